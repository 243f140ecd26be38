"""A page broken off where no length was stated: it is asked for again, and half a page is never a page."""

from itertools import cycle

import pytest

from crawlers.fetch import Fetcher, Policy
from crawlers.response import Response
from crawlers.status import FetchStatus
from tests.crawlers.raw import serving

WHOLE = "<html><head><title>示例区</title></head><body><ul><li>政府信息公开指南</li></ul></body></html>\n".encode()
UNENDED = WHOLE.replace(b"</body></html>\n", b"")
HALF, LESS = WHOLE[:70], WHOLE[:40]
OPEN = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n\r\n"


def asked(*bodies: bytes, head: bytes = OPEN) -> tuple[Response, int]:
    """The response, and how often the page was asked for."""
    turn = cycle(bodies)
    with serving(lambda path: head + next(turn)) as raw:
        fetcher = Fetcher(Policy(rate=0, timeout=1, backoff=0.0, retries=0, local=frozenset({raw.netloc})), wait=lambda seconds: None)
        response = fetcher.get(f"http://{raw.netloc}/")
        return response, sum(1 for line in raw.lines if line == "GET /")


@pytest.mark.parametrize(
    ("bodies", "status", "body", "times"),
    [
        ((WHOLE,), FetchStatus.OK, WHOLE, 1),
        ((HALF, WHOLE), FetchStatus.OK, WHOLE, 2),
        ((UNENDED, UNENDED), FetchStatus.OK, UNENDED, 2),
        ((HALF, LESS), FetchStatus.RESET, b"", 2),
        ((LESS, UNENDED), FetchStatus.RESET, b"", 2),
        ((UNENDED + b"<p>1", UNENDED + b"<p>2"), FetchStatus.OK, UNENDED + b"<p>2", 2),
        ((b"<li>a part that a script asks for",), FetchStatus.OK, b"<li>a part that a script asks for", 1),
        ((b"",), FetchStatus.OK, b"", 1),
    ],
)
def test_half_a_page_is_no_page(bodies: tuple[bytes, ...], status: FetchStatus, body: bytes, times: int) -> None:
    response, count = asked(*bodies)
    assert (response.status, response.body, count) == (status, body, times)


def test_a_stated_length_is_believed() -> None:
    head = OPEN.replace(b"Connection: close", b"Content-Length: %d" % len(UNENDED))
    response, count = asked(UNENDED, head=head)
    assert (response.status, count) == (FetchStatus.OK, 1)
