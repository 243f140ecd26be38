"""Which addresses may be asked, however they are written and whatever their names resolve to."""

import ipaddress
import socket
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.address import Barred, Guard, endpoint, is_public, netloc_of, path_and_query, split
from crawlers.fetch import Fetcher, Policy
from crawlers.status import FetchStatus

Answers = list[list[str]]


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.0.0.1",
        "172.16.3.4",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "255.255.255.255",
        "240.0.0.1",
        "198.18.0.1",
        "::",
        "::1",
        "fe80::1",
        "fc00::1",
        "fec0::1",
        "ff02::1",
        "::ffff:127.0.0.1",
        "::ffff:10.0.0.1",
        "::127.0.0.1",
        "64:ff9b::7f00:1",
        "64:ff9b::a00:1",
        "64:ff9b:1::7f00:1",
        "2002:7f00:1::1",
        "2002:a00:1::",
        "2001:0:4136:e378:8000:63bf:3fff:fdd2",
        "2001:db8::1",
    ],
)
def test_addresses_that_are_not_of_the_public_internet(address: str) -> None:
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", ["8.8.8.8", "202.108.22.5", "2400:3200::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"])
def test_public_addresses(address: str) -> None:
    assert is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize(
    "url",
    [
        "http://2130706433/",
        "http://0x7f.1/",
        "http://0177.0.0.1/",
        "http://127.1/",
        "http://0/",
        "http://[::ffff:127.0.0.1]/",
        "http://[::ffff:7f00:1]/",
        "http://127.0.0.1./",
        "http://localhost./",
        "http://LOCALHOST/",
        "http://a.localhost/",
        "http://printer.local/",
        "http://metadata.google.internal/",
        "http://good@127.0.0.1/",
        "http://127.0.0.1:80@8.8.8.8/",
        "http://user:secret@8.8.8.8/",
        "http://１２７.０.０.１/",
        "http://127。0。0。1/",
        "http://8.8.8.8:0/",
        "http://8.8.8.8:22/",
        "http://8.8.8.8:99999/",
        "http://8.8.8.8:x/",
        "http://a b/",
        "http://a%00b/",
        "http://[fe80::1%25eth0]/",
        "http://[::1/",
        "http://\\127.0.0.1/",
        "http://8.8.8.8\\@127.0.0.1/",
        "http://℀.example/",
        "//8.8.8.8/",
        "gopher://8.8.8.8/",
        "javascript:alert(1)",
        "",
    ],
)
def test_disguises_are_seen_through(url: str) -> None:
    assert Guard(frozenset()).bar(url) is FetchStatus.ADDRESS_REFUSED


def test_one_spelling_of_a_host() -> None:
    assert endpoint("HTTP://WWW.Example.COM:80/x") == ("http", "www.example.com", 80)
    assert endpoint("https://政务.中国/") == ("https", "xn--zfr164b.xn--fiqs8s", 443)
    assert endpoint("http://[2400:3200::1]:81/") == ("http", "2400:3200::1", 81)


def test_only_the_listed_port_of_this_machine_may_be_asked() -> None:
    guard = Guard(frozenset({"127.0.0.1:8080", "intranet.example.invalid"}))
    assert guard.bar("http://127.0.0.1:8080/x") is None
    for url in ("http://127.0.0.1:8081/", "http://127.0.0.1/", "http://localhost:8080/", "http://127.0.0.2:8080/"):
        assert guard.bar(url) is FetchStatus.ADDRESS_REFUSED, url
    assert guard.bar("http://intranet.example.invalid/") is FetchStatus.DNS  # listed: refused by nobody, but it has no address here


@pytest.fixture
def names(monkeypatch: pytest.MonkeyPatch) -> dict[str, Answers]:
    """Names and what they resolve to, in turn; the last answer stays."""
    known: dict[str, Answers] = {}

    def getaddrinfo(host: str, port: int, *args: object, **more: object) -> list[tuple[object, ...]]:
        if host not in known:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        answer = known[host].pop(0) if len(known[host]) > 1 else known[host][0]
        return [(socket.AF_INET6 if ":" in one else socket.AF_INET, socket.SOCK_STREAM, 6, "", (one, port)) for one in answer]

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return known


def test_a_name_is_refused_for_one_private_address_among_public_ones(names: dict[str, Answers]) -> None:
    names["mixed.invalid"] = [["8.8.8.8", "10.0.0.1"]]
    names["fine.invalid"] = [["8.8.8.8", "2400:3200::1"]]
    guard = Guard(frozenset())
    assert guard.bar("http://mixed.invalid/") is FetchStatus.ADDRESS_REFUSED
    assert guard.bar("http://fine.invalid/") is None
    with pytest.raises(Barred):
        guard.addresses("mixed.invalid", 80)


def test_answers_are_kept_for_a_while_failures_for_less(names: dict[str, Answers]) -> None:
    now = [0.0]
    guard = Guard(frozenset(), clock=lambda: now[0])
    assert guard.bar("http://late.invalid/") is FetchStatus.DNS
    names["late.invalid"] = [["8.8.8.8"], ["127.0.0.1"]]
    assert guard.bar("http://late.invalid/") is FetchStatus.DNS
    now[0] = 31
    assert guard.bar("http://late.invalid/") is None
    now[0] = 200
    assert guard.bar("http://late.invalid/") is None
    now[0] = 400
    assert guard.bar("http://late.invalid/") is FetchStatus.ADDRESS_REFUSED


class _Secret(BaseHTTPRequestHandler):
    asked: list[str]

    def do_GET(self) -> None:
        self.asked.append(f"{self.headers['Host']}{self.path}")
        self.send_response(200)
        self.end_headers()
        self.wfile.write("内部".encode())

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def inside() -> Iterator[tuple[int, list[str]]]:
    """A server of this machine that no site list names."""
    handler = type("Handler", (_Secret,), {"asked": []})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield http.server_port, handler.asked  # type: ignore[attr-defined]
    http.shutdown()
    http.server_close()


def test_a_name_that_turns_private_between_look_and_connection_leads_nowhere(
    names: dict[str, Answers], inside: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, asked = inside
    names["rebind.invalid"] = [["8.8.8.8"], ["127.0.0.1"]]
    dialled: list[object] = []

    def connect(self: socket.socket, where: object) -> None:
        dialled.append(where)
        raise ConnectionRefusedError

    monkeypatch.setattr(socket.socket, "connect", connect)
    response = Fetcher(Policy(rate=0, timeout=0.3, retries=0), wait=lambda seconds: None).get(f"http://rebind.invalid:{port}/")
    assert response.status is FetchStatus.REFUSED
    assert set(dialled) == {("8.8.8.8", port)}
    assert not asked


def test_a_peer_that_is_not_where_the_guard_pointed_is_hung_up_on(
    names: dict[str, Answers], inside: tuple[int, list[str]], monkeypatch: pytest.MonkeyPatch
) -> None:
    port, asked = inside
    names["turned.invalid"] = [["8.8.8.8"]]
    straight = socket.socket.connect
    monkeypatch.setattr(socket.socket, "connect", lambda self, where: straight(self, ("127.0.0.1", port)))
    response = Fetcher(Policy(rate=0, timeout=0.3, retries=0), wait=lambda seconds: None).get(f"http://turned.invalid:{port}/")
    assert response.status is FetchStatus.REFUSED
    assert not asked


def test_a_listed_name_keeps_its_name_when_asked(names: dict[str, Answers], inside: tuple[int, list[str]]) -> None:
    port, asked = inside
    names["town.invalid"] = [["127.0.0.1"]]
    one = Fetcher(Policy(rate=0, timeout=1, local=frozenset({f"town.invalid:{port}"})), wait=lambda seconds: None)
    assert one.get(f"http://town.invalid:{port}/a").body == "内部".encode()
    assert asked == [f"town.invalid:{port}/robots.txt", f"town.invalid:{port}/a"]
    one.close()


def test_the_second_address_is_tried_when_the_first_does_not_answer(names: dict[str, Answers], inside: tuple[int, list[str]]) -> None:
    port, _ = inside
    names["two.invalid"] = [["127.0.0.9", "127.0.0.1"]]
    one = Fetcher(Policy(rate=0, timeout=1, local=frozenset({f"two.invalid:{port}"})), wait=lambda seconds: None)
    assert one.get(f"http://two.invalid:{port}/").ok
    one.close()


def test_a_closed_guard_asks_nothing_but_what_the_site_list_names(monkeypatch: pytest.MonkeyPatch) -> None:
    def resolved(host: str, port: int, **_: object) -> list[tuple[object, ...]]:
        assert host == "127.0.0.1", f"{host} was looked up"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (host, port))]

    monkeypatch.setattr(socket, "getaddrinfo", resolved)
    guard = Guard(frozenset({"127.0.0.1:8080"}), closed=True)
    assert guard.bar("http://127.0.0.1:8080/") is None
    for url in ("http://127.0.0.1:8081/", "https://www.example.org/", "http://8.8.8.8/"):
        assert guard.bar(url) is FetchStatus.ADDRESS_REFUSED


_PARTS = st.lists(
    st.sampled_from(
        [
            "http",
            "https",
            "HTTP",
            "ftp",
            ":",
            "//",
            "/",
            "?",
            "#",
            "@",
            "[",
            "]",
            ".",
            "A.gov.cn",
            "甲.cn",
            "8080",
            "99999",
            "0",
            "a b",
            "\n",
            "％",
            "é",
            "x;y=1&z",
        ]
    )
)


@given(_PARTS.map("".join), st.sampled_from(["", "http://", "https://h.cn", "https://h.cn:8080/"]))
def test_addresses_are_taken_apart_the_short_way_as_the_long_way(rest: str, begin: str) -> None:
    url = begin + rest
    parts = split(url)
    assert netloc_of(url) == (parts.netloc.lower() if parts is not None else "")
    if parts is not None:
        assert path_and_query(url) == (urlsplit(url).path, urlsplit(url).query)
