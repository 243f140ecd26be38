"""One connection to an origin: what it sends, and when it connects again."""

import socket
import threading

import pytest
from hypothesis import given
from hypothesis import strategies as st
from urllib3.util import parse_url
from urllib3.util.wait import wait_for_read

from crawlers.address import Guard
from crawlers.channel import Channel, target
from crawlers.connect import Allowance
from crawlers.fetch import Fetcher, Policy
from crawlers.status import FetchStatus
from tests.crawlers.raw import Raw, http

_PIECES = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x9FFF, exclude_characters="#?\\\x7f", exclude_categories=["Cs", "Cc"]), max_size=12)


def channel(raw: Raw) -> tuple[Channel, Allowance]:
    host, port = raw.netloc.split(":")
    allowance = Allowance()
    allowance.start(2, 5)
    return Channel(("http", host, int(port)), Guard(frozenset({raw.netloc})), allowance, None), allowance


def fetcher(raw: Raw) -> Fetcher:
    return Fetcher(Policy(rate=0, timeout=1, retries=0, local=frozenset({raw.netloc})), wait=lambda seconds: None)


@given(path=st.lists(_PIECES, max_size=4), query=st.one_of(st.none(), _PIECES))
def test_a_target_is_escaped_as_urllib3_does(path: list[str], query: str | None) -> None:
    url = "http://a.example/" + "/".join(path) + (f"?{query}" if query else "")
    try:
        wanted = parse_url(url).request_uri
    except ValueError:
        return
    assert target(url) == wanted


@pytest.mark.parametrize(
    ("url", "sent"),
    [
        ("http://a.example", "/"),
        ("http://a.example/x/../y", "/y"),
        ("http://a.example/栏目?名=值", "/%E6%A0%8F%E7%9B%AE?%E5%90%8D=%E5%80%BC"),
        ("http://a.example/a%2fb?c=d e", "/a%2Fb?c=d%20e"),
        ("http://a.example/a?b=/../c", "/a?b=/../c"),
    ],
)
def test_targets(url: str, sent: str) -> None:
    assert target(url) == sent


def test_requests_follow_each_other_on_one_connection_until_the_server_hangs_up() -> None:
    server = socket.create_server(("127.0.0.1", 0))
    host, port = server.getsockname()

    def answer() -> None:
        for requests in (2, 1):
            link = server.accept()[0]
            for _ in range(requests):
                while not link.recv(65_536).endswith(b"\r\n\r\n"):
                    pass
                link.sendall(http(200, b"page"))
            link.close()

    threading.Thread(target=answer, daemon=True).start()
    allowance = Allowance()
    allowance.start(5, 10)
    way = Channel(("http", host, port), Guard(frozenset({f"{host}:{port}"})), allowance, None)
    kept = []
    for number in range(3):
        if number == 2:
            wait_for_read(way._connection.sock, 5)  # the server's end of the connection has arrived
        page = way.ask("GET", f"http://{host}:{port}/{number}", {"Accept": "*/*"}, None)
        assert page.read() == b"page"
        page.close()
        kept.append(way.kept)
    way.close()
    server.close()
    assert kept == [False, True, False]


def test_a_form_is_sent_with_its_length() -> None:
    raw = Raw(lambda asked: http(200, b"page"))
    way, _ = channel(raw)
    way.ask("POST", f"http://{raw.netloc}/form", {"Content-Type": "application/x-www-form-urlencoded"}, "a=1&b=2").read()
    way.close()
    assert "Content-Length: 7\r\n" in raw.asked[0]


@pytest.mark.parametrize("value", ["a\r\nHost: other", "a\nb", "a\x00b"])
def test_a_value_that_would_break_off_its_line_is_not_sent(value: str) -> None:
    raw = Raw(lambda asked: http(200, b"page"))
    way, _ = channel(raw)
    with pytest.raises(ValueError, match="header line"):
        way.ask("GET", f"http://{raw.netloc}/", {"Cookie": value}, None)
    way.close()
    assert raw.asked == []


def test_headers_of_one_name_are_joined_and_folded_lines_are_one() -> None:
    head = b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\nX-One: a\r\nx-one: b\r\nX-Long: c\r\n  d\r\n\r\nok"
    raw = Raw(lambda asked: http(404) if asked.endswith("/robots.txt") else head)
    response = fetcher(raw).get(f"http://{raw.netloc}/")
    assert (response.header("x-one"), response.header("x-long"), response.body) == ("a, b", "c d", b"ok")


def test_an_answer_that_ends_before_its_length_is_no_page() -> None:
    raw = Raw(lambda asked: http(404) if asked.endswith("/robots.txt") else b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nhalf")
    assert fetcher(raw).get(f"http://{raw.netloc}/").status is FetchStatus.RESET
