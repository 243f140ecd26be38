"""Every limit on what one request may cost, and the name that running into it has."""

import gzip
import importlib
import itertools
import time
import tracemalloc
import zlib
from collections.abc import Iterator

import pytest

from crawlers.connect import MAX_HEADER
from crawlers.fetch import MAX_REDIRECTS, Fetcher, Policy
from crawlers.link import MAX_LINKS
from crawlers.page import Page
from crawlers.status import FetchStatus
from tests.crawlers.raw import Bytes, http, serving

BOMB = 60_000_000
LIMIT = 1_000_000


def fetcher(netloc: str, **more: float) -> Fetcher:
    policy = {"rate": 0, "timeout": 0.3, "backoff": 0.0, "retries": 0, "max_bytes": LIMIT} | more
    return Fetcher(Policy(local=frozenset({netloc}), **policy), wait=lambda seconds: None)  # type: ignore[arg-type]


def status(answer: Bytes, pause: float = 0.0, **more: float) -> FetchStatus:
    with serving(lambda path: answer, pause) as raw:
        return fetcher(raw.netloc, **more).get(f"http://{raw.netloc}/").status


def packed(kind: str, size: int) -> bytes:
    body = bytes(size)
    if kind == "gzip":
        return gzip.compress(body)
    if kind == "deflate":
        return zlib.compress(body)
    if kind == "gzip, gzip":
        return gzip.compress(gzip.compress(body))
    if kind == "br":
        return bytes(importlib.import_module("brotli").compress(body, quality=1))
    return bytes(importlib.import_module("backports.zstd").compress(body))


@pytest.mark.parametrize("kind", ["gzip", "deflate", "gzip, gzip", "br", "zstd"])
def test_a_bomb_is_a_page_that_is_too_large_and_takes_no_memory(kind: str) -> None:
    if kind in ("br", "zstd"):
        pytest.importorskip({"br": "brotli", "zstd": "backports.zstd"}[kind])
    bomb = http(200, packed(kind, BOMB), Content_Encoding=kind)
    assert len(bomb) < LIMIT
    with serving(lambda path: bomb) as raw:
        one = fetcher(raw.netloc, timeout=5)
        tracemalloc.start()
        try:
            response = one.get(f"http://{raw.netloc}/")
            peak = tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()
    assert (response.status, response.body) == (FetchStatus.TOO_LARGE, b"")
    assert peak < BOMB / 4


@pytest.mark.parametrize("kind", ["gzip", "deflate", "gzip, gzip"])
def test_a_packed_page_is_unpacked(kind: str) -> None:
    with serving(lambda path: http(200, packed(kind, 5000), Content_Encoding=kind)) as raw:
        assert fetcher(raw.netloc).get(f"http://{raw.netloc}/").body == bytes(5000)
        assert "accept-encoding: gzip, deflate\r\n" in raw.asked[-1].lower()


def test_a_body_that_is_not_what_its_header_says_is_a_broken_answer() -> None:
    assert status(http(200, b"<p>plain</p>", Content_Encoding="gzip")) is FetchStatus.RESET
    assert status(b"HTTP/1.1 200 X\r\nContent-Length: 100\r\n\r\nshort") is FetchStatus.RESET
    assert status(b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nnonsense") is FetchStatus.RESET
    assert status(b"nonsense\r\n\r\n") is FetchStatus.RESET
    assert status(b"") is FetchStatus.RESET


def test_a_length_over_the_limit_is_not_even_read() -> None:
    assert status(f"HTTP/1.1 200 X\r\nContent-Length: {LIMIT + 1}\r\n\r\n".encode()) is FetchStatus.TOO_LARGE
    assert status(http(200, bytes(LIMIT))) is FetchStatus.OK


def test_headers_without_end_are_too_large() -> None:
    many = "".join(f"X-{number}: 1\r\n" for number in range(200))
    assert status(f"HTTP/1.1 200 X\r\n{many}Content-Length: 0\r\n\r\n".encode()) is FetchStatus.TOO_LARGE
    assert status(f"HTTP/1.1 200 X\r\nX: {'x' * 70_000}\r\n\r\n".encode()) is FetchStatus.TOO_LARGE
    line = f"X: {'x' * 60_000}\r\n".encode()
    assert status((b"HTTP/1.1 200 X\r\n", *itertools.repeat(line, MAX_HEADER // len(line) + 3), b"\r\n")) is FetchStatus.TOO_LARGE
    assert status(itertools.repeat(b"HTTP/1.1 100 Continue\r\n\r\n" * 500), timeout=5) is FetchStatus.TOO_LARGE


@pytest.mark.parametrize(
    "start", [b"", b"HTTP/1.1 200 X\r\n", b"HTTP/1.1 200 X\r\nContent-Length: 9999\r\n\r\n", b"HTTP/1.1 200 X\r\nTransfer-Encoding: chunked\r\n\r\n"]
)
def test_dripping_gains_nothing(start: bytes) -> None:
    def drip() -> Iterator[bytes]:
        yield start
        yield from itertools.repeat(b"1")

    began = time.monotonic()
    assert status(drip(), pause=0.05) is FetchStatus.TIMEOUT
    assert time.monotonic() - began < 3  # three times the time-out, and room for a slow machine


def test_the_time_of_redirects_adds_up() -> None:
    with serving(lambda path: http(302, b"", Location=f"/{int(path[1:] or 0) + 1}"), pause=0.0) as raw:
        slow = raw._say

        def late(path: str) -> Bytes:
            if path != "/robots.txt":
                time.sleep(0.25)
            return slow(path)

        raw._say = late
        assert fetcher(raw.netloc).get(f"http://{raw.netloc}/").status is FetchStatus.TIMEOUT
        assert 2 <= len(raw.asked) <= 6


def test_redirects_end() -> None:
    with serving(lambda path: http(302, b"", Location=f"/{int(path[1:] or 0) + 1}")) as raw:
        assert fetcher(raw.netloc, timeout=5).get(f"http://{raw.netloc}/").status is FetchStatus.REDIRECT_LOOP
        assert len(raw.asked) == 1 + MAX_REDIRECTS + 1


def test_a_redirect_to_itself_that_sets_a_cookie_is_followed_with_it() -> None:
    with serving(lambda path: b"") as raw:
        raw._say = lambda path: (
            http(404)
            if path == "/robots.txt"
            else http(200, b"in")
            if "Cookie: seen=1" in raw.asked[-1]
            else http(302, b"", Location=path, Set_Cookie="seen=1; path=/")
        )
        assert fetcher(raw.netloc).get(f"http://{raw.netloc}/a").body == b"in"
    with serving(lambda path: http(302, b"", Location=path, Set_Cookie="seen=1; path=/")) as raw:
        assert fetcher(raw.netloc).get(f"http://{raw.netloc}/a").status is FetchStatus.REDIRECT_LOOP


@pytest.mark.parametrize(
    ("code", "found"), [(204, FetchStatus.HTTP_ERROR), (302, FetchStatus.HTTP_ERROR), (304, FetchStatus.HTTP_ERROR), (412, FetchStatus.SHIELD)]
)
def test_an_answer_without_a_page_is_not_a_page(code: int, found: FetchStatus) -> None:
    assert status(http(code)) is found


def test_202_with_a_script_is_a_shield() -> None:
    assert status(http(202, b"<script>var _0x1=1</script>")) is FetchStatus.SHIELD


def test_a_fragment_is_not_sent_and_dots_are_resolved() -> None:
    with serving(lambda path: http(302, b"", Location="/b/../c?x=1#part") if path == "/a" else http(200, b"ok")) as raw:
        response = fetcher(raw.netloc).get(f"http://{raw.netloc}/a")
        assert (raw.lines[-1], response.final) == ("GET /c?x=1", f"http://{raw.netloc}/c?x=1")


def test_the_links_of_a_page_are_read_up_to_a_limit() -> None:
    page = Page("http://h.invalid/", "".join(f"<a href='/{number}.html'>第{number}条</a>" for number in range(MAX_LINKS + 500)).encode())
    assert [len(page.links), page.links[-1].url] == [MAX_LINKS, f"http://h.invalid/{MAX_LINKS - 1}.html"]
