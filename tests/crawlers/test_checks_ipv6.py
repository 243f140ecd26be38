"""IPv6: what the site lacks is told apart from what this machine lacks."""

import socket
from collections.abc import Mapping

import pytest

from crawlers.checks.ipv6 import check_ipv6, own_address
from crawlers.checks.outside import Outside
from crawlers.checks.record import Ipv6
from crawlers.fetch import Policy
from tests.crawlers.web import NOW

HOST = "www.example.invalid"
GLOBAL = "2001:4860:4860::8888"
NONE = socket.gaierror(socket.EAI_NONAME, "no record")
AGAIN = socket.gaierror(socket.EAI_AGAIN, "try again")


class Line:
    """A line out: addresses by family (an error is raised), and what connecting does."""

    def __init__(self, names: Mapping[int, list[str] | OSError], connects: OSError | None = None) -> None:
        self.names, self.connects, self.asked = names, connects, list[tuple[str, int]]()
        self.outside = Outside(Policy(), lambda: NOW, resolve=self._resolve, connect=self._connect)

    def _resolve(self, host: str, port: int, family: int) -> list[str]:
        found = self.names[family]
        if isinstance(found, OSError):
            raise found
        return found

    def _connect(self, address: str, port: int, timeout: float) -> socket.socket:
        self.asked.append((address, port))
        if self.connects is not None:
            raise self.connects
        return socket.socket()


BOTH: dict[int, list[str] | OSError] = {socket.AF_INET6: [GLOBAL], socket.AF_INET: ["8.8.8.8"]}


def with_ipv6(towards: str) -> str | None:
    return "2001:db8::1"


def without_ipv6(towards: str) -> str | None:
    return None


def test_a_record_and_a_connection() -> None:
    line = Line(BOTH)
    found = check_ipv6(HOST, 80, line.outside, with_ipv6)
    assert (found.address, found.reachable) == (True, True)
    assert set(line.asked) == {(GLOBAL, 80)}


@pytest.mark.parametrize("connects", [None, ConnectionRefusedError(), TimeoutError(), OSError(101, "Network is unreachable")])
def test_without_ipv6_of_its_own_this_machine_says_nothing_of_reachability(connects: OSError | None) -> None:
    line = Line(BOTH, connects)
    found = check_ipv6(HOST, 80, line.outside, without_ipv6)
    assert (found.address, found.reachable) == (True, None)
    assert "本机没有 IPv6" in found.note
    assert line.asked == []


def test_no_record() -> None:
    line = Line({**BOTH, socket.AF_INET6: NONE})
    assert check_ipv6(HOST, 80, line.outside, with_ipv6) == Ipv6(False, None, "没有 AAAA 记录")


@pytest.mark.parametrize(
    "names",
    [
        {socket.AF_INET6: AGAIN, socket.AF_INET: ["8.8.8.8"]},
        {socket.AF_INET6: NONE, socket.AF_INET: AGAIN},
        {socket.AF_INET6: NONE, socket.AF_INET: NONE},
        {socket.AF_INET6: ["fd00::1"], socket.AF_INET: ["8.8.8.8"]},
        {socket.AF_INET6: [GLOBAL, "::1"], socket.AF_INET: ["8.8.8.8"]},
    ],
)
def test_a_name_service_that_fails_or_points_inside_establishes_nothing(names: Mapping[int, list[str] | OSError]) -> None:
    line = Line(names)
    found = check_ipv6(HOST, 80, line.outside, with_ipv6)
    assert (found.address, found.reachable) == (None, None)
    assert line.asked == []


def test_refused_twice_is_unreachable_and_a_time_out_is_not_established() -> None:
    refused = Line(BOTH, ConnectionRefusedError())
    assert check_ipv6(HOST, 80, refused.outside, with_ipv6).reachable is False
    assert len(refused.asked) == 2
    for error in (TimeoutError(), OSError(113, "No route to host")):
        assert check_ipv6(HOST, 80, Line(BOTH, error).outside, with_ipv6).reachable is None


def test_an_address_instead_of_a_name_and_no_way_out() -> None:
    line = Line(BOTH)
    assert check_ipv6("192.0.2.1", 80, line.outside, with_ipv6).address is None
    assert check_ipv6(HOST, 80, None) == Ipv6(None, None, "未检查：本机或模拟网站")


def test_a_unique_local_address_of_this_machine_is_no_ipv6(monkeypatch: pytest.MonkeyPatch) -> None:
    class Aimed(socket.socket):
        own = "fd00::2"

        def connect(self, address: object) -> None: ...

        def getsockname(self) -> tuple[str, int, int, int]:
            return self.own, 0, 0, 0

    monkeypatch.setattr("crawlers.checks.ipv6.socket.socket", Aimed)
    assert own_address(GLOBAL) is None
    Aimed.own = GLOBAL
    assert own_address(GLOBAL) == GLOBAL
