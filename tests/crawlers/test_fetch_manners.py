"""Pace, robots.txt, waiting when told to, and HEAD: what a server sees of the crawler."""

import time
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from crawlers.fetch import MAX_WAIT, Fetcher, Policy
from crawlers.status import FetchStatus
from tests.crawlers.raw import Bytes, Raw, http

NOW = datetime(2026, 3, 31, 4, tzinfo=UTC)


def fetcher(*netlocs: str, waits: list[float] | None = None, **more: float) -> Fetcher:
    policy = {"rate": 0, "timeout": 1.0, "backoff": 0.0} | more
    return Fetcher(
        Policy(local=frozenset(netlocs), **policy),  # type: ignore[arg-type]
        clock=lambda: NOW,
        wait=lambda seconds: None if waits is None else waits.append(seconds),
    )


def test_head_brings_headers_only_and_follows_the_same_rules() -> None:
    robots = http(200, b"User-agent: *\nDisallow: /secret/\n")
    raw = Raw(lambda path: robots if path == "/robots.txt" else b"HTTP/1.1 200 X\r\nContent-Length: 5000\r\nContent-Type: text/html\r\n\r\n")
    one = fetcher(raw.netloc)
    response = one.head(f"http://{raw.netloc}/a")
    assert (response.status, response.body, response.content_type, response.header("content-length")) == (FetchStatus.OK, b"", "text/html", "5000")
    assert one.head(f"http://{raw.netloc}/secret/a").status is FetchStatus.ROBOTS
    assert one.head("http://10.0.0.1/").status is FetchStatus.ADDRESS_REFUSED
    assert raw.lines == ["GET /robots.txt", "HEAD /a"]
    raw.close()


def test_a_redirected_head_stays_head_and_a_post_becomes_get() -> None:
    raw = Raw(lambda path: http(302, b"", Location="/b") if path == "/a" else b"HTTP/1.1 200 X\r\nContent-Length: 0\r\n\r\n")
    one = fetcher(raw.netloc)
    assert one.head(f"http://{raw.netloc}/a").ok
    assert one.get(f"http://{raw.netloc}/a", {"page": "2"}).ok
    assert raw.lines[1:] == ["HEAD /a", "HEAD /b", "POST /a", "GET /b"]
    raw.close()


def test_every_request_counts_for_the_pace() -> None:
    """robots.txt, a redirect and its end, a further try, HEAD: each waits its turn."""
    answers = {"/robots.txt": [http(404)], "/a": [http(302, b"", Location="/b")], "/b": [http(503), http(200, b"ok")]}

    def say(path: str) -> Bytes:
        one = answers.get(path, [http(200)])
        return one.pop(0) if len(one) > 1 else one[0]

    raw = Raw(say)
    one = Fetcher(Policy(rate=10, timeout=1, backoff=0.0, local=frozenset({raw.netloc})))
    start = time.monotonic()
    assert one.get(f"http://{raw.netloc}/a").ok
    one.head(f"http://{raw.netloc}/c")
    spent = time.monotonic() - start
    assert raw.lines == ["GET /robots.txt", "GET /a", "GET /b", "GET /a", "GET /b", "HEAD /c"]
    assert spent >= 0.5 - 0.01  # six requests at ten a second
    raw.close()


def test_the_crawl_delay_of_a_host_holds_for_that_host_and_redirects_to_it() -> None:
    slow = Raw(lambda path: http(200, b"User-agent: *\nCrawl-delay: 7\n") if path == "/robots.txt" else http(200, b"ok"))
    fast = Raw(lambda path: http(404) if path == "/robots.txt" else http(302, b"", Location=f"http://{slow.netloc}/x"))
    waits: list[float] = []
    one = fetcher(slow.netloc, fast.netloc, waits=waits)
    assert one.get(f"http://{fast.netloc}/1").ok
    assert waits == []
    assert one.get(f"http://{fast.netloc}/2").ok
    assert len(waits) == 1 and 6 < waits[0] <= 7
    slow.close()
    fast.close()


@pytest.mark.parametrize(("value", "waited"), [("3", 3.0), (format_datetime(datetime(2026, 3, 31, 4, 0, 5, tzinfo=UTC), usegmt=True), 5.0), ("0", 0.0)])
def test_retry_after_is_waited_for_seconds_and_dates_alike(value: str, waited: float) -> None:
    answers = [http(429, b"", Retry_After=value), http(200, b"ok")]
    raw = Raw(lambda path: http(404) if path == "/robots.txt" else answers.pop(0))
    waits: list[float] = []
    assert fetcher(raw.netloc, waits=waits).get(f"http://{raw.netloc}/").ok
    assert waits == [waited]
    raw.close()


def test_a_date_is_counted_from_the_servers_own_clock() -> None:
    answers = [http(503, b"", Retry_After="Tue, 31 Mar 2026 09:00:09 GMT", Date="Tue, 31 Mar 2026 09:00:00 GMT"), http(200, b"ok")]
    raw = Raw(lambda path: http(404) if path == "/robots.txt" else answers.pop(0))
    waits: list[float] = []
    assert fetcher(raw.netloc, waits=waits).get(f"http://{raw.netloc}/").ok
    assert waits == [9.0]
    raw.close()


def test_a_server_that_asks_for_hours_is_left_alone() -> None:
    raw = Raw(lambda path: http(404) if path == "/robots.txt" else http(429, b"", Retry_After=str(int(MAX_WAIT) + 1)))
    waits: list[float] = []
    one = fetcher(raw.netloc, waits=waits)
    assert one.get(f"http://{raw.netloc}/a").http == 429
    assert one.get(f"http://{raw.netloc}/b").status is FetchStatus.CANCELLED
    assert (raw.lines, waits) == (["GET /robots.txt", "GET /a"], [])
    raw.close()


def test_a_nonsense_retry_after_falls_back_to_the_usual_wait() -> None:
    answers = [http(503, b"", Retry_After="soon"), http(200, b"ok")]
    raw = Raw(lambda path: http(404) if path == "/robots.txt" else answers.pop(0))
    waits: list[float] = []
    assert fetcher(raw.netloc, waits=waits, backoff=0.25).get(f"http://{raw.netloc}/").ok
    assert waits == [0.25]
    raw.close()


def test_rules_that_cannot_be_had_bar_the_site_and_are_asked_for_again() -> None:
    down = [True]
    raw = Raw(lambda path: (http(500) if down[0] else http(404)) if path == "/robots.txt" else http(200, b"ok"))
    one = fetcher(raw.netloc, retries=0)
    assert [one.get(f"http://{raw.netloc}/{number}").status for number in range(3)] == [FetchStatus.HTTP_ERROR] * 3
    assert raw.lines == ["GET /robots.txt"]
    down[0] = False
    assert one.get(f"http://{raw.netloc}/4").ok
    assert raw.lines == ["GET /robots.txt"] * 2 + ["GET /4"]
    raw.close()


def test_rules_that_never_come_are_asked_for_a_few_times_only() -> None:
    raw = Raw(lambda path: http(500))
    one = fetcher(raw.netloc, retries=0)
    assert {one.get(f"http://{raw.netloc}/{number}").status for number in range(40)} == {FetchStatus.HTTP_ERROR}
    assert raw.lines == ["GET /robots.txt"] * 4
    raw.close()


@pytest.mark.parametrize(
    ("robots", "allowed"),
    [
        (http(404), True),
        (http(403), True),
        (http(412, b"<script>"), True),
        (http(200, b"<html><body>User-agent: * Disallow: /</body></html>", Content_Type="text/html"), True),
        (http(200, b"User-agent: *\nDisallow: /\n", Content_Type="text/html"), False),
        (http(200, b"\xef\xbb\xbfUser-agent: *\nDisallow: /\n"), False),
        (http(200, b"User-agent: DisclosureIndex\nDisallow: /\n\nUser-agent: *\nAllow: /\n"), False),
        (http(200, b"User-agent: Other\nDisallow: /\n"), True),
        (http(302, b"", Location="/robots.txt"), True),
        (http(302, b"", Location="http://10.0.0.1/robots.txt"), True),
        (http(500), False),
        (http(503), False),
        (http(429), False),
    ],
)
def test_what_an_answer_for_robots_means(robots: bytes, allowed: bool) -> None:
    raw = Raw(lambda path: robots if path == "/robots.txt" else http(200, b"ok"))
    assert fetcher(raw.netloc, retries=0).get(f"http://{raw.netloc}/a").ok is allowed
    raw.close()


def test_the_seconds_of_an_answer_are_the_servers_alone() -> None:
    """Neither waiting nor the tries and redirects before count."""
    answers = {"/": [http(503), http(302, b"", Location="/b")]}

    def say(path: str) -> Bytes:
        if path == "/robots.txt":
            return http(404)
        time.sleep(0.3 if path == "/" else 0.05)
        return answers[path].pop(0) if path in answers else http(200, b"ok")

    raw = Raw(say)
    one = Fetcher(Policy(rate=20, timeout=2, backoff=0.2, local=frozenset({raw.netloc})))
    response = one.get(f"http://{raw.netloc}/")
    assert response.ok
    assert 0.05 <= response.seconds < 0.25
    raw.close()


def test_pages_come_over_one_connection_and_a_closed_one_is_no_failure() -> None:
    raw = Raw(lambda path: http(404) if path == "/robots.txt" else http(200, b"ok"))
    one = fetcher(raw.netloc, retries=0)  # the server closes after each answer without saying so
    assert all(one.get(f"http://{raw.netloc}/{number}").ok for number in range(20))
    raw.close()
