"""The head of an answer: what is read without http.client must be what http.client reads."""

import http.client
import io
import socket

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.connect import Allowance, Answer
from crawlers.head import read_head

_NAMES = (
    "Content-Length",
    "content-length",
    "Transfer-Encoding",
    "Connection",
    "Keep-Alive",
    "Proxy-Connection",
    "Set-Cookie",
    "Content-Type",
    "X-Y",
    "",
    "名",
    "A B",
)
_VALUES = (
    "",
    "12",
    " 12 ",
    "-3",
    "1x",
    "chunked",
    "Chunked",
    "gzip, chunked",
    "close",
    "keep-alive",
    "a=b; Path=/",
    "multipart/mixed; boundary=x",
    "\t栏目",
    "a\x0bb",
    "x\r\n y",
)
_LINES = st.lists(st.tuples(st.sampled_from(_NAMES), st.sampled_from((":", ": ", " : ", "")), st.sampled_from(_VALUES)), max_size=6)
_STARTS = (
    "HTTP/1.1 200 OK",
    "HTTP/1.0 200 OK",
    "HTTP/1.1 200",
    "HTTP/1.1 200 ",
    "HTTP/1.1 404  Not  Found ",
    "HTTP/1.1 204 -",
    "HTTP/1.1 304 x",
    "HTTP/1.2 200 OK",
)
_ODD = ("HTTP/1.1 099 x", "HTTP/1.1 600 x", "HTTP/2 200", "ICY 200 OK", "HTTP/1.1 2x0 OK", "", "HTTP/1.1\t200 OK", "HTTP/1.1 200 名")

Seen = tuple[object, ...]


class _Said:
    def __init__(self, said: bytes) -> None:
        self._said = said

    def makefile(self, _: str) -> io.BytesIO:
        return io.BytesIO(self._said)


def _seen(answer: http.client.HTTPResponse) -> Seen:
    try:
        answer.begin()
    except (http.client.HTTPException, ValueError) as error:
        return (type(error), str(error))
    headers = answer.headers
    names = {name for name, _ in headers.items()} | {"Absent"}
    asked = tuple((name, headers.get(name), headers.get(name.upper(), "-"), headers.get_all(name), name in headers) for name in sorted(names))
    state = (answer.version, answer.status, answer.code, answer.reason, answer.length, answer.will_close, answer.chunked)  # type: ignore[attr-defined]
    return (*state, answer.chunk_left if answer.chunked else None, tuple(headers.items()), asked, answer.read1(100) if not answer.chunked else b"")


def _both(said: bytes, method: str) -> tuple[Seen, Seen]:
    """What http.client sees of an answer, and what ours does."""
    theirs = _seen(http.client.HTTPResponse(_Said(said), method=method))  # type: ignore[arg-type]
    server, client = socket.socketpair()
    with server, client:
        server.sendall(said)
        server.shutdown(socket.SHUT_WR)
        allowance = Allowance()
        allowance.start(5, 5)
        answer = Answer(client, method=method, allowance=allowance)
        ours = _seen(answer)
        answer.close()
    return theirs, ours


@given(start=st.sampled_from((*_STARTS, *_ODD)), lines=_LINES, end=st.sampled_from(("\r\n", "\n")), method=st.sampled_from(("GET", "HEAD")))
def test_an_answer_is_what_the_library_makes_of_it(start: str, lines: list[tuple[str, str, str]], end: str, method: str) -> None:
    said = end.join([start, *("".join(line) for line in lines), "", "body of the page"]).encode("utf-8")
    theirs, ours = _both(said, method)
    assert ours == theirs


@pytest.mark.parametrize("count", [88, 89, 90, 98, 99, 100, 101])
def test_as_many_headers_as_the_library_allows(count: int) -> None:
    theirs, ours = _both(b"HTTP/1.1 200 OK\r\n" + b"A: b\r\n" * count + b"\r\nbody", "GET")
    assert ours == theirs


def test_an_interim_answer_is_passed_over() -> None:
    theirs, ours = _both(b"HTTP/1.1 100 Continue\r\nA: b\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nbody", "GET")
    assert ours == theirs
    assert ours[1] == 200


def test_an_ordinary_head_needs_no_library() -> None:
    said = b"HTTP/1.1 200 OK\r\nServer: nginx\r\nContent-Type: text/html\r\nSet-Cookie: a=b\r\nSet-Cookie: c=d\r\n\r\n<html>"
    head = read_head(said)
    assert head is not None
    assert said[head.size :] == b"<html>"
    assert head.fields.get_all("set-cookie") == ["a=b", "c=d"]


@pytest.mark.parametrize(
    "said",
    [
        b"HTTP/1.1 200 OK\r\nA: b\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\r\n c\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: \xe5\x90\x8d\r\n\r\n",
        b"HTTP/1.1 200 OK\nA: b\n\n\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA b\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nA: b\rc\r\n\r\n",
        b"HTTP/1.1 103 Early Hints\r\nA: b\r\n\r\n",
    ],
)
def test_what_has_more_than_one_reading_is_left_to_the_library(said: bytes) -> None:
    assert read_head(said) is None
