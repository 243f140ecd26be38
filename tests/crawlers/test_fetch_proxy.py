"""Proxies of the environment: used for public hosts, never for this machine's, and never a way round the guard."""

import socket
import time
from collections.abc import Iterator

import pytest

from crawlers.fetch import Fetcher, Policy
from crawlers.status import FetchStatus
from tests.crawlers.raw import Raw, http


@pytest.fixture
def proxy(monkeypatch: pytest.MonkeyPatch) -> Raw:
    raw = Raw(lambda target: http(404) if target.endswith("/robots.txt") else http(200, b"by proxy"))
    for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY", "HTTPS_PROXY"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("http_proxy", f"http://user:secret@{raw.netloc}")
    monkeypatch.setenv("https_proxy", f"http://{raw.netloc}")
    straight = socket.getaddrinfo

    def getaddrinfo(host: str, port: int, *args: object, **more: object) -> object:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", port))] if host == "public.invalid" else straight(host, port)

    monkeypatch.setattr(socket, "getaddrinfo", getaddrinfo)
    return raw


def fetcher(*local: str) -> Fetcher:
    return Fetcher(Policy(rate=0, timeout=1, retries=0, local=frozenset(local)), wait=lambda seconds: None)


def test_public_pages_are_had_through_the_proxy(proxy: Raw) -> None:
    assert fetcher().get("http://public.invalid/a#b").body == b"by proxy"
    assert proxy.lines == ["GET http://public.invalid/robots.txt", "GET http://public.invalid/a"]
    assert all(
        ("Host: public.invalid\r\n" in asked and "Proxy-Authorization: Basic" in asked) or "proxy-authorization: Basic" in asked for asked in proxy.asked
    )


def test_a_proxy_that_closed_a_kept_connection_is_asked_again(proxy: Raw) -> None:
    def slow(target: str) -> Iterator[bytes]:
        yield http(404) if target.endswith("/robots.txt") else http(200, b"by proxy")
        time.sleep(0.3)  # the next request arrives on a connection that is then closed unread

    proxy._say = slow
    assert fetcher().get("http://public.invalid/a").body == b"by proxy"


def test_the_guard_comes_before_the_proxy(proxy: Raw) -> None:
    for url in ("http://127.0.0.1/", "http://10.0.0.1/", "http://localhost/"):
        assert fetcher().get(url).status is FetchStatus.ADDRESS_REFUSED
    assert fetcher().get("http://unknown.invalid/").status is FetchStatus.DNS
    assert proxy.asked == []


def test_an_encrypted_page_is_asked_through_a_tunnel(proxy: Raw) -> None:
    assert not fetcher().get("https://public.invalid/a").ok  # this proxy opens none
    assert set(proxy.lines) == {"CONNECT public.invalid:443"}


def test_addresses_of_this_machine_are_asked_directly(proxy: Raw) -> None:
    raw = Raw(lambda path: http(200, b"direct"))
    assert fetcher(raw.netloc).get(f"http://{raw.netloc}/").body == b"direct"
    assert proxy.asked == []
    raw.close()
