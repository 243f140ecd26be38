"""The way to the network: polite, bounded, honest about how each request ended. Never tries to defeat a shield."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import quote

from crawlers.address import Guard, endpoint, join
from crawlers.desk import DESK
from crawlers.pace import SHARED, Pace
from crawlers.response import Response as Response
from crawlers.robots import Robots
from crawlers.status import FetchStatus
from crawlers.transport import Transport

AGENT = "DisclosureIndex/0.1"
MAX_REDIRECTS = 8
MAX_WAIT = 60.0
"""Seconds of Retry-After that are waited; a server that asks for more is left alone for as long as it says, and what it was asked stays unanswered."""
_RETRY_CODES = frozenset({429, 500, 502, 503, 504})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WHOLE = 3
"""A request may cost, from the first packet to the last byte and over all its redirects, this many times the time-out."""

_PLAIN = " !#$%&'*+,/:;=?@^`|"
"""Signs that a contact may have as they are."""


def user_agent(contact: str) -> str:
    """The one honest User-Agent, with an address to complain to; what a header cannot hold is percent-encoded."""
    return f"{AGENT} (+{quote(contact, safe=_PLAIN)})" if contact else AGENT


@dataclass(frozen=True, slots=True)
class Policy:
    """How a host group may be asked. `rate`: requests a second (0: no limit). `timeout`: seconds between two signs of life. `max_bytes`: of a page after decoding.

    `local`: host:port of this machine or a private net that may be asked; `closed`: nothing else may (sites of this machine never lead a crawl to the internet).
    """

    rate: float = 1.0
    timeout: float = 20.0
    max_bytes: int = 8_000_000
    retries: int = 2
    backoff: float = 0.5
    contact: str = ""
    local: frozenset[str] = frozenset()
    closed: bool = False


class Fetcher:
    """Asks one host group, one request at a time; its pace and robots rules hold across the group's sites, whose `policy` is set in turn.

    A host's own pace is that of the whole process (`pace`). `clock` gives UTC instants, `wait` sleeps; tests replace all three.
    """

    def __init__(
        self,
        policy: Policy,
        *,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        wait: Callable[[float], None] = time.sleep,
        ca: str = "",
        pace: Pace = SHARED,
    ) -> None:
        self.policy = policy
        self._clock, self._wait = clock, wait
        headers = {
            "User-Agent": user_agent(policy.contact),
            "Accept": "*/*",
            "Accept-Language": "zh-CN,zh;q=0.9",
            # Only what every machine can decode: what is recorded must not depend on the libraries that happen to be installed.
            "Accept-Encoding": "gzip, deflate",
        }
        self._guard = Guard(policy.local, closed=policy.closed)
        self._transport = Transport(self._guard, headers, clock, proxies=not policy.local, ca=ca)
        self.robots = Robots(lambda url: self._patiently(url, None, "GET", obey=False), AGENT)
        self._turns, self._next = pace, 0.0
        self._left_alone: dict[str, float] = {}

    def now(self) -> datetime:
        """The instant by this fetcher's clock: the only clock that stamps snapshots."""
        return self._clock()

    def close(self) -> None:
        """Release connections."""
        self._transport.close()

    def get(self, url: str, data: Mapping[str, str] | None = None) -> Response:
        """Ask for a page (POST when `data` is given); transient failures are tried again with back-off. Never raises for what a server does."""
        method = "GET" if data is None else "POST"
        response = self._patiently(url, data, method, obey=True)
        if not _maybe_cut(response):
            return response
        again = self._patiently(url, data, method, obey=True)
        one, other = sorted((response.body, again.body), key=len)
        if _maybe_cut(again) and one != other and other.startswith(one):
            return Response(url, again.final, FetchStatus.RESET, again.at)
        return again

    def once(self, url: str) -> Response:
        """Ask for a page with one try, redirects followed: what a visitor meets."""
        return self._follow(url, None, "GET", obey=True)

    def head(self, url: str) -> Response:
        """Ask for the headers alone, under the same rules. Some servers answer this wrongly: a failure says nothing of the page."""
        return self._patiently(url, None, "HEAD", obey=True)

    def _patiently(self, url: str, data: Mapping[str, str] | None, method: str, *, obey: bool) -> Response:
        response = self._follow(url, data, method, obey=obey)
        for attempt in range(self.policy.retries):
            if not _transient(response):
                break
            asked = self._retry_after(response)
            if asked is not None and asked > MAX_WAIT:
                self._left_alone[origin_of(response.final)] = time.monotonic() + asked
                break
            self._sleep(self.policy.backoff * 2**attempt if asked is None else asked)
            response = self._follow(url, data, method, obey=obey)
        return response

    def _follow(self, url: str, data: Mapping[str, str] | None, method: str, *, obey: bool) -> Response:
        """One try: redirects are followed, and each address on the way is held against the guard and, to `obey`, its host's robots.txt."""
        current, left = url, self.policy.timeout * _WHOLE
        seen: set[tuple[str, bool]] = set()
        cookies = 0
        for _ in range(MAX_REDIRECTS + 1):
            if (current, bool(cookies)) in seen:
                break
            seen.add((current, bool(cookies)))
            barred = self._bar(current, obey=obey)
            if barred is not None:
                return Response(url, current, barred, self._clock())
            self._pace(current)
            policy = self.policy
            answer = self._transport.send(url, current, method=method, data=data, timeout=policy.timeout, seconds=left, max_bytes=policy.max_bytes)
            location = answer.header("location") if answer.http in _REDIRECTS else ""
            if not location:
                return answer
            left -= answer.seconds
            if left <= 0:
                return Response(url, current, FetchStatus.TIMEOUT, answer.at)
            cookies += bool(answer.header("set-cookie"))  # a page may send back to itself once, to see whether its cookie comes along
            current = join(current, _as_sent(location)).partition("#")[0]
            if answer.http not in (307, 308) and method == "POST":
                method, data = "GET", None
        return Response(url, current, FetchStatus.REDIRECT_LOOP, self._clock())

    def _bar(self, url: str, *, obey: bool) -> FetchStatus | None:
        barred = self._guard.bar(url)
        if barred is not None:
            return barred
        origin = origin_of(url)
        if self._left_alone and time.monotonic() < self._left_alone.get(origin, 0.0):
            return FetchStatus.CANCELLED
        return self.robots.bar(url, origin) if obey else None

    def _pace(self, url: str) -> None:
        """Wait for the group's next turn and the host's, whose Crawl-delay may be longer. Every request counts: robots.txt, HEAD, redirects and further tries."""
        interval = 1 / self.policy.rate if self.policy.rate else 0.0
        if not (between := max(interval, self.robots.delay(origin_of(url)))):
            return
        at, ahead = self._turns.turn(url, between, self._next)
        self._next = at + interval
        if ahead > 0:
            self._sleep(ahead)

    def _sleep(self, seconds: float) -> None:
        with DESK.away(turn=True):
            self._wait(seconds)

    def _retry_after(self, response: Response) -> float | None:
        """Seconds that the server asks to wait; a date is counted from the answer's own Date."""
        value = response.header("retry-after").strip()
        if value.isascii() and value.isdigit():
            return float(value[:9])
        until = _http_date(value)
        return max(0.0, (until - (_http_date(response.header("date")) or self._clock())).total_seconds()) if until else None


def origin_of(url: str) -> str:
    """Scheme, host and port as every spelling of them has it."""
    where = endpoint(url)
    if where is None:
        return ""
    scheme, host, port = where
    host = f"[{host}]" if ":" in host else host
    return f"{scheme}://{host}" if port == (443 if scheme == "https" else 80) else f"{scheme}://{host}:{port}"


def _http_date(value: str) -> datetime | None:
    try:
        found = parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def _as_sent(location: str) -> str:
    """A Location header as its server meant it: raw UTF-8 arrives as Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return location


def _maybe_cut(response: Response) -> bool:
    """Whether a page may have been broken off without anything showing it: no length was stated, and it does not end.

    Such a page is asked for twice: half a page lacks columns and items that are there, so that one which only begins like the other is no page.
    """
    if not response.ok or response.header("content-length") or "chunked" in response.header("transfer-encoding").lower():
        return False
    return b"<html" in response.body[:2048].lower() and b"</html" not in response.body[-4096:].lower()


def _transient(response: Response) -> bool:
    return response.status in (FetchStatus.TIMEOUT, FetchStatus.RESET) or (response.http in _RETRY_CODES)
