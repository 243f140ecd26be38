"""HTTPS against servers of this machine: each fault of a certificate is told apart, and what may be this machine's lack is not established."""

import datetime
import socket
import ssl
from collections.abc import Iterator
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from crawlers.checks.https import check_https
from crawlers.checks.outside import Outside
from crawlers.checks.record import Https
from crawlers.fetch import Policy
from tests.crawlers.certificates import Made, listening, made, serving
from tests.crawlers.web import NOW
from tests.demo.faults import closed_port

HOST = "www.good.invalid"


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Made, Path]]:
    root = made("test root", authority=True)
    yield root, root.write(tmp_path_factory.mktemp("ca") / "root.pem")


def outside(port: int, root: Path | None = None, address: str = "127.0.0.1") -> Outside:
    """Every name leads to this machine, which the policy allows; trusted is the test's own authority."""
    policy = Policy(local=frozenset({f"{HOST}:{port}"}), timeout=3)
    return Outside(policy, lambda: NOW, resolve=lambda host, port, family: [address], trust=lambda: ssl.create_default_context(cafile=root))


def look(made: Made, tmp_path: Path, root: Path) -> Https:
    with serving(made.write(tmp_path / "site.pem")) as port:
        return check_https(HOST, port, outside(port, root), redirects=None)


def last_day(made: Made) -> datetime.date:
    return made.certificate.not_valid_after_utc.astimezone(ZoneInfo("Asia/Shanghai")).date()


def test_a_certificate_that_holds(authority: tuple[Made, Path], tmp_path: Path) -> None:
    good = made(HOST, by=authority[0])
    assert look(good, tmp_path, authority[1]) == Https(True, last_day(good), None, "")


def test_an_expired_certificate(authority: tuple[Made, Path], tmp_path: Path) -> None:
    old = made(HOST, by=authority[0], days=(-90, -3))
    assert look(old, tmp_path, authority[1]) == Https(False, last_day(old), None, "证书已过期")


def test_a_certificate_of_another_name(authority: tuple[Made, Path], tmp_path: Path) -> None:
    other = made("www.other.invalid", by=authority[0])
    assert look(other, tmp_path, authority[1]) == Https(False, last_day(other), None, "证书与域名不符")


def test_a_certificate_of_a_day_to_come(authority: tuple[Made, Path], tmp_path: Path) -> None:
    assert look(made(HOST, by=authority[0], days=(3, 90)), tmp_path, authority[1]) == Https(False, None, None, "证书尚未生效")


def test_a_certificate_signed_by_itself(authority: tuple[Made, Path], tmp_path: Path) -> None:
    found = look(made(HOST), tmp_path, authority[1])
    assert (found.valid, found.note) == (False, "证书为自签名，不受信任")


def test_an_authority_this_machine_does_not_know_is_not_established(authority: tuple[Made, Path], tmp_path: Path) -> None:
    stranger = made("unknown root", authority=True)
    found = look(made(HOST, by=stranger), tmp_path, authority[1])
    assert found.valid is None
    assert "未作结论" in found.note


def test_a_closed_port_is_refused() -> None:
    port = closed_port()
    assert check_https(HOST, port, outside(port), redirects=False) == Https(False, None, False, f"{port} 端口拒绝连接")


def test_what_is_no_tls_is_not_established() -> None:
    with listening(lambda client: client.sendall(b"HTTP/1.1 400 Bad Request\r\n\r\n")) as port:
        assert check_https(HOST, port, outside(port), redirects=None).valid is None


def test_a_server_that_hangs_is_not_established() -> None:
    def timeout(address: str, port: int, seconds: float) -> socket.socket:
        raise TimeoutError

    way = Outside(Policy(), lambda: NOW, resolve=lambda host, port, family: ["8.8.8.8"], connect=timeout)
    assert check_https(HOST, 443, way, redirects=None) == Https(None, None, None, "连接超时，未作结论")


def test_a_fault_seen_once_only_is_not_established(authority: tuple[Made, Path], tmp_path: Path) -> None:
    old = made(HOST, by=authority[0], days=(-90, -3)).write(tmp_path / "old.pem")
    good = made(HOST, by=authority[0]).write(tmp_path / "good.pem")
    with serving(old) as first, serving(good) as second:
        ports = iter([first, first, second])  # the second connection reads the expiry of what failed
        way = Outside(
            Policy(),
            lambda: NOW,
            resolve=lambda host, port, family: ["8.8.8.8"],
            connect=lambda address, port, seconds: socket.create_connection(("127.0.0.1", next(ports))),
            trust=lambda: ssl.create_default_context(cafile=authority[1]),
        )
        assert check_https(HOST, 443, way, redirects=None).valid is True


@pytest.mark.parametrize("address", ["127.0.0.1", "10.0.0.8", "169.254.169.254", "::1", "fd00::1"])
def test_no_connection_to_addresses_that_are_not_public(address: str) -> None:
    def never(address: str, port: int, seconds: float) -> socket.socket:
        raise AssertionError("connected")

    way = Outside(Policy(), lambda: NOW, resolve=lambda host, port, family: ["8.8.8.8", address], connect=never)
    assert check_https(HOST, 443, way, redirects=None).valid is None


def test_without_a_way_out_nothing_is_asked() -> None:
    assert check_https(HOST, 443, None, redirects=None) == Https(None, None, None, "未检查：本机或模拟网站")
