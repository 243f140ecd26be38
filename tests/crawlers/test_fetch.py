"""How requests end, and what they cost. All servers are on this machine."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from crawlers.fetch import AGENT, Fetcher, Policy, user_agent
from crawlers.status import FetchStatus
from tests.demo.faults import closed_port, misbehaving

Log = list[tuple[str, str]]


class _Handler(BaseHTTPRequestHandler):
    log: Log
    robots = "User-agent: *\nDisallow: /secret/\nCrawl-delay: 0.5\n"

    def do_GET(self) -> None:
        self.log.append((self.path, self.headers.get("User-Agent", "")))
        if self.path == "/robots.txt":
            return self._say(200, self.robots.encode(), "text/plain")
        if self.path.startswith("/busy") and sum(1 for path, _ in self.log if path == self.path) == 1:
            return self._say(429, b"", "text/plain", ("Retry-After", "3"))
        if self.path == "/inside":
            return self._say(302, b"", "text/plain", ("Location", "http://10.0.0.1/"))
        if self.path == "/to/secret":
            return self._say(302, b"", "text/plain", ("Location", "/secret/x"))
        if self.path == "/to/ok":
            return self._say(302, b"", "text/plain", ("Location", "/ok"))
        return self._say(200, "好".encode(), "text/html; charset=utf-8")

    do_POST = do_GET  # noqa: N815 — the name http.server calls

    def _say(self, code: int, body: bytes, kind: str, *headers: tuple[str, str]) -> None:
        self.send_response(code)
        for name, value in (("Content-Type", kind), ("Content-Length", str(len(body))), *headers):
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args: object) -> None: ...


@pytest.fixture
def server() -> Iterator[tuple[str, Log]]:
    log: Log = []
    handler = type("Handler", (_Handler,), {"log": log})
    http = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    yield f"127.0.0.1:{http.server_port}", log
    http.shutdown()
    http.server_close()


def fetcher(netloc: str, waits: list[float] | None = None, **more: float) -> Fetcher:
    policy = {"rate": 0, "timeout": 1.0, "backoff": 0.01} | more
    return Fetcher(Policy(local=frozenset({netloc}), **policy), wait=(waits.append if waits is not None else lambda seconds: None))  # type: ignore[arg-type]


def test_a_page_comes_with_its_instant_and_one_honest_agent(server: tuple[str, Log]) -> None:
    netloc, log = server
    response = fetcher(netloc).get(f"http://{netloc}/ok")
    assert (response.status, response.body, response.at.tzinfo is not None) == (FetchStatus.OK, "好".encode(), True)
    assert {agent for _, agent in log} == {AGENT}
    assert user_agent("mailto:a@example.invalid") == f"{AGENT} (+mailto:a@example.invalid)"


def test_robots_are_asked_once_and_obeyed(server: tuple[str, Log]) -> None:
    netloc, log = server
    one = fetcher(netloc)
    assert one.get(f"http://{netloc}/secret/a").status is FetchStatus.ROBOTS
    assert one.get(f"http://{netloc}/ok").ok
    assert [path for path, _ in log] == ["/robots.txt", "/ok"]


def test_crawl_delay_and_rate_hold_between_requests(server: tuple[str, Log]) -> None:
    netloc, _ = server
    waits: list[float] = []
    one = fetcher(netloc, waits)
    for path in ("a", "b", "c"):
        one.get(f"http://{netloc}/{path}")
    assert len(waits) == 2
    assert all(0.3 < waited <= 0.5 for waited in waits[:1])


def test_429_waits_as_long_as_the_server_says(server: tuple[str, Log]) -> None:
    netloc, _ = server
    waits: list[float] = []
    assert fetcher(netloc, waits).get(f"http://{netloc}/busy").ok
    assert 3.0 in waits


def test_redirects_are_followed_and_checked_each_time(server: tuple[str, Log]) -> None:
    netloc, _ = server
    one = fetcher(netloc)
    assert one.get(f"http://{netloc}/to/ok").final == f"http://{netloc}/ok"
    assert one.get(f"http://{netloc}/inside").status is FetchStatus.ADDRESS_REFUSED


@pytest.mark.parametrize(
    "url",
    [
        "http://127.0.0.1:9/",
        "http://localhost/",
        "http://10.1.2.3/",
        "http://[::1]/",
        "ftp://example.invalid/",
        "http://169.254.169.254/",
        "file:///etc/passwd",
        "http:///x",
    ],
)
def test_private_addresses_and_other_schemes_are_refused(url: str) -> None:
    assert Fetcher(Policy(rate=0, timeout=0.2)).get(url).status is FetchStatus.ADDRESS_REFUSED


def test_each_trouble_has_its_own_name_and_costs_little() -> None:
    with misbehaving(delay=0.4) as origin:
        netloc = origin.removeprefix("http://")
        one = fetcher(netloc, timeout=0.15, max_bytes=1_000_000, retries=1)
        found = {path: one.get(f"http://{netloc}/{path}").status for path in ("slow", "drip", "loop/a", "endless", "broken", "reset", "error", "login")}
    assert found == {
        "slow": FetchStatus.TIMEOUT,
        "drip": FetchStatus.TIMEOUT,
        "loop/a": FetchStatus.REDIRECT_LOOP,
        "endless": FetchStatus.TOO_LARGE,
        "broken": FetchStatus.OK,
        "reset": FetchStatus.RESET,
        "error": FetchStatus.HTTP_ERROR,
        "login": FetchStatus.OK,
    }


def test_a_closed_port_is_refused() -> None:
    netloc = f"127.0.0.1:{closed_port()}"
    assert fetcher(netloc).get(f"http://{netloc}/").status is FetchStatus.REFUSED


def test_malformed_redirects_are_refused_not_raised() -> None:
    with misbehaving() as origin:
        netloc = origin.removeprefix("http://")
        for path in ("badhost", "longlabel", "twodots"):
            assert fetcher(netloc).get(f"http://{netloc}/{path}").status is FetchStatus.ADDRESS_REFUSED, path


def test_robots_bar_the_end_of_a_redirect_too(server: tuple[str, Log]) -> None:
    netloc, log = server
    assert fetcher(netloc).get(f"http://{netloc}/to/secret").status is FetchStatus.ROBOTS
    assert "/secret/x" not in [path for path, _ in log]


def test_a_robots_txt_that_stumbles_once_is_asked_again() -> None:
    seen: Log = []

    class Stumbling(_Handler):
        log = seen
        stumbled = False

        def do_GET(self) -> None:
            if self.path == "/robots.txt" and not Stumbling.stumbled:
                Stumbling.stumbled = True
                return self._say(503, b"", "text/plain")
            return _Handler.do_GET(self)

    http = ThreadingHTTPServer(("127.0.0.1", 0), Stumbling)
    threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
    try:
        netloc = f"127.0.0.1:{http.server_port}"
        assert fetcher(netloc).get(f"http://{netloc}/ok").ok
    finally:
        http.shutdown()
        http.server_close()
