"""Bodies are read as http.client and urllib3 read them, in fewer steps; what breaks off is told from what ends."""

import gzip
import http.client
import socket
import threading
import zlib
from collections.abc import Callable
from typing import cast

import pytest
import urllib3
from hypothesis import given
from hypothesis import strategies as st

from crawlers.body import read_body
from crawlers.connect import MAX_HEADER, Allowance, Answer
from crawlers.fetch import Fetcher, Policy
from crawlers.status import FetchStatus
from tests.crawlers.raw import serving

LIMIT = 40_000
PAGE = ("<html><body>" + "<p>政务公开</p>" * 300 + "</body></html>").encode()


def raw_deflate(body: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(body) + packer.flush()


PACKED: dict[str, Callable[[bytes], bytes]] = {
    "": bytes,
    "identity": bytes,
    "gzip": gzip.compress,
    "X-GZIP": gzip.compress,
    "deflate": zlib.compress,
    "Deflate": raw_deflate,
    "gzip, gzip": lambda body: gzip.compress(gzip.compress(body)),
}


def on_socket(answer: bytes) -> socket.socket:
    ours, theirs = socket.socketpair()
    ours.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 1 << 20)
    ours.sendall(answer)
    ours.close()
    return theirs


def read(answer: bytes, limit: int = LIMIT) -> tuple[bytes, FetchStatus]:
    allowance = Allowance()
    allowance.start(5, 5)
    with on_socket(answer) as sock:
        one = Answer(sock, method="GET", allowance=allowance)
        one.begin()
        try:
            return read_body(one, "GET", limit)
        finally:
            one.close()


def as_libraries_read(answer: bytes) -> bytes | None:
    """The body by http.client and urllib3; None where they call it broken."""
    with on_socket(answer) as sock:
        one = http.client.HTTPResponse(sock, method="GET")
        one.begin()
        reader = urllib3.HTTPResponse(
            body=one,
            headers=urllib3.HTTPHeaderDict(one.headers.items()),
            status=one.status,
            preload_content=False,
            original_response=one,
            request_method="GET",
        )
        try:
            return b"".join(iter(lambda: reader.read1(65_536, decode_content=True), b""))
        except (urllib3.exceptions.HTTPError, http.client.HTTPException, ValueError):
            return None
        finally:
            one.close()


def head(encoding: str, *fields: str) -> bytes:
    stated = [*fields, *((f"Content-Encoding: {encoding}",) if encoding else ())]
    return "\r\n".join(("HTTP/1.1 200 OK", *stated, "", "")).encode()


def in_pieces(body: bytes, sizes: list[int], form: str = "{:x}", trailer: bytes = b"") -> bytes:
    sent, at = b"", 0
    for size in [*sizes, len(body)]:
        if piece := body[at : at + size]:
            sent += form.format(len(piece)).encode() + b"\r\n" + piece + b"\r\n"
            at += len(piece)
    return sent + b"0\r\n" + trailer + b"\r\n"


@given(
    st.binary(max_size=3000) | st.just(PAGE),
    st.sampled_from(sorted(PACKED)),
    st.lists(st.integers(1, 4000), max_size=5),
    st.sampled_from(("pieces", "upper", "extension", "trailer", "length", "close")),
)
def test_a_whole_body_is_what_the_libraries_make_of_it(body: bytes, encoding: str, sizes: list[int], way: str) -> None:
    packed = PACKED[encoding](body)
    chunked = head(encoding, "Transfer-Encoding: chunked")
    answer = {
        "pieces": chunked + in_pieces(packed, sizes),
        "upper": chunked + in_pieces(packed, sizes, "00{:X}"),
        "extension": chunked + in_pieces(packed, sizes, "{:x};a=b"),
        "trailer": chunked + in_pieces(packed, sizes, trailer=b"X: y\r\nZ: " + b"z" * 500 + b"\r\n"),
        "length": head(encoding, f"Content-Length: {len(packed)}") + packed,
        "close": head(encoding) + packed,
    }[way]
    assert read(answer) == (body, FetchStatus.OK)
    assert as_libraries_read(answer) == body


@given(st.sampled_from(sorted(PACKED)), st.integers(0, 400), st.integers(0, 255), st.booleans())
def test_a_spoilt_body_is_never_read_as_another_than_the_libraries_read(encoding: str, place: int, by: int, chunked: bool) -> None:
    packed = PACKED[encoding](PAGE[:600])
    spoilt = bytearray(in_pieces(packed, [200, 50]) if chunked else packed)
    spoilt[place % len(spoilt)] ^= by
    answer = head(encoding, "Transfer-Encoding: chunked" if chunked else f"Content-Length: {len(packed)}") + bytes(spoilt)
    body, status = read(answer)
    if status is FetchStatus.OK:
        assert as_libraries_read(answer) == body
    else:
        assert body == b""


@pytest.mark.parametrize("encoding", sorted(PACKED))
@pytest.mark.parametrize("lost", [1, 3, 300])
def test_pieces_that_break_off_are_a_broken_answer(encoding: str, lost: int) -> None:
    whole = head(encoding, "Transfer-Encoding: chunked") + in_pieces(PACKED[encoding](bytes(range(256)) * 8), [500])
    assert read(whole[: -lost - 4]) == (b"", FetchStatus.RESET)


@pytest.mark.parametrize("size", [b"zz", b"-5", b"0x5", b"+5", b"1_0", b"", b"5" * 20])
def test_a_size_that_is_none_is_a_broken_answer(size: bytes) -> None:
    assert read(head("", "Transfer-Encoding: chunked") + size + b"\r\nhello\r\n0\r\n\r\n") == (b"", FetchStatus.RESET)


def test_more_than_the_limit_is_a_page_that_is_too_large() -> None:
    chunked = head("", "Transfer-Encoding: chunked")
    assert read(chunked + in_pieces(bytes(LIMIT), [9000, 9000]))[1] is FetchStatus.OK
    assert read(chunked + in_pieces(bytes(LIMIT + 1), [9000, 9000])) == (b"", FetchStatus.TOO_LARGE)
    assert read(chunked + b"7fffffffffffff\r\n" + bytes(LIMIT + 1)) == (b"", FetchStatus.TOO_LARGE)
    assert read(chunked + b"0\r\n" + (b"X: y\r\n" * (MAX_HEADER // 4))) == (b"", FetchStatus.TOO_LARGE)
    for encoding in ("gzip", "deflate", "Deflate"):
        assert read(head(encoding) + PACKED[encoding](bytes(LIMIT)))[1] is FetchStatus.OK
        assert read(head(encoding) + PACKED[encoding](bytes(LIMIT + 1))) == (b"", FetchStatus.TOO_LARGE)
    two = gzip.compress(bytes(LIMIT)) + gzip.compress(b"x")
    assert read(head("gzip") + two) == (b"", FetchStatus.TOO_LARGE)


def test_gzip_in_several_members_is_one_body_and_what_follows_is_none_of_it() -> None:
    two = gzip.compress(b"<p>one</p>") + gzip.compress(b"<p>two</p>")
    for behind in (b"", b"\0" * 20, b"garbage"):
        answer = head("gzip") + two + behind
        assert read(answer) == (b"<p>one</p><p>two</p>", FetchStatus.OK)
        assert as_libraries_read(answer) == b"<p>one</p><p>two</p>"


@pytest.mark.parametrize("encoding", ["gzip", "deflate", "Deflate"])
def test_half_of_a_packed_page_is_no_page_though_its_transfer_ends(encoding: str) -> None:
    """A gateway that loses its source sends its last piece all the same: columns in the half that is missing are not missing."""
    page = ("<html>" + "".join(f"<p>{number * number * 7919}</p>" for number in range(300)) + "</html>").encode()
    packed = PACKED[encoding](page)
    chunked = head(encoding, "Transfer-Encoding: chunked")
    half = chunked + in_pieces(packed[: len(packed) // 2], [])
    assert page.startswith(cast("bytes", as_libraries_read(half)))
    assert read(half) == (b"", FetchStatus.RESET)
    # Without its checksum alone the page is whole, as browsers take it.
    if encoding == "gzip":
        assert read(chunked + in_pieces(packed[:-8], [])) == (page, FetchStatus.OK)
    with serving(lambda path: half) as raw:
        one = Fetcher(Policy(rate=0, retries=0, local=frozenset({raw.netloc})), wait=lambda seconds: None)
        assert one.get(f"http://{raw.netloc}/").status is FetchStatus.RESET


def test_nothing_at_all_is_an_empty_body() -> None:
    for encoding in sorted(PACKED):
        assert read(head(encoding, "Content-Length: 0")) == (b"", FetchStatus.OK)
        assert read(head(encoding, "Transfer-Encoding: chunked") + b"0\r\n\r\n") == (b"", FetchStatus.OK)


@pytest.mark.parametrize("through", ["", "proxy"])
def test_bodies_in_pieces_follow_each_other_on_one_connection(through: str, monkeypatch: pytest.MonkeyPatch) -> None:
    server = socket.create_server(("127.0.0.1", 0))
    netloc = f"127.0.0.1:{server.getsockname()[1]}"
    said = [
        head(encoding, "Transfer-Encoding: chunked") + in_pieces(PACKED[encoding](PAGE), [7, 900], trailer=b"X: y\r\n") for encoding in ("gzip", "", "deflate")
    ]
    asked: list[bytes] = []

    def answer() -> None:
        link = server.accept()[0]
        for one in (b"HTTP/1.1 404 X\r\nContent-Length: 0\r\n\r\n", *said):  # the first is asked for robots.txt
            request = b""
            while not request.endswith(b"\r\n\r\n"):
                request += link.recv(65_536)
            asked.append(request.split(b" HTTP/")[0])
            link.sendall(one)
        link.close()
        server.close()

    threading.Thread(target=answer, daemon=True).start()
    if through:
        for name in ("no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", f"http://{netloc}")
        straight = socket.getaddrinfo
        public = [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("8.8.8.8", 80))]
        monkeypatch.setattr(socket, "getaddrinfo", lambda host, *more, **named: public if host == "public.invalid" else straight(host, *more, **named))
    home = "http://public.invalid" if through else f"http://{netloc}"
    one = Fetcher(Policy(rate=0, timeout=2, retries=0, local=frozenset() if through else frozenset({netloc})), wait=lambda seconds: None)
    assert [one.get(f"{home}/{number}").body for number in range(3)] == [PAGE] * 3
    one.close()
    assert len(asked) == 4
