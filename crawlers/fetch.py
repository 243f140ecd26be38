"""The only network code: polite, bounded, honest about how each request ended. Never tries to defeat a shield."""

import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from urllib.parse import urlsplit

import requests
import urllib3
from protego import Protego
from requests.adapters import HTTPAdapter
from urllib3.exceptions import HTTPError, NameResolutionError, NewConnectionError

from crawlers.address import Guard, join
from crawlers.status import FetchStatus

AGENT = "DisclosureIndex/0.1"
MAX_REDIRECTS = 8
_SHIELD_CODES = frozenset({412, 512, 521})
_RETRY_CODES = frozenset({429, 500, 502, 503, 504})


def user_agent(contact: str) -> str:
    """The one honest User-Agent, with an address to complain to."""
    return f"{AGENT} (+{contact})" if contact else AGENT


@dataclass(frozen=True, slots=True)
class Policy:
    """How a host group may be asked. `rate`: requests a second (0: no limit). `local`: host:port of this machine or a private net that may be asked."""

    rate: float = 1.0
    timeout: float = 20.0
    max_bytes: int = 8_000_000
    retries: int = 2
    backoff: float = 0.5
    contact: str = ""
    local: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Response:
    """How one request ended. `url` is the address asked for, `final` where redirects led; `body` is empty unless something was received."""

    url: str
    final: str
    status: FetchStatus
    at: datetime
    http: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""
    seconds: float = 0.0

    @property
    def ok(self) -> bool:
        """Whether a page was received."""
        return self.status is FetchStatus.OK

    @property
    def gone(self) -> bool:
        """Whether the server says that there is no such page (a look that succeeded, not one that failed)."""
        return self.http in (404, 410)

    @property
    def content_type(self) -> str:
        """The Content-Type header, or empty."""
        return next((value for name, value in self.headers.items() if name.lower() == "content-type"), "")

    @property
    def sha256(self) -> str:
        """SHA-256 of the body."""
        return hashlib.sha256(self.body).hexdigest()


class _Session(requests.Session):
    """A session that leaves redirects alone: even when told not to follow, requests prepares the next request and trips over malformed addresses."""

    def get_redirect_target(self, resp: requests.Response) -> None:  # noqa: ARG002 — the name requests calls it by
        return None


class Fetcher:
    """Asks one host group, one request at a time; its pace and robots rules hold across the group's sites, whose `policy` is set in turn. `clock` gives UTC instants, `wait` sleeps; tests replace both."""

    def __init__(self, policy: Policy, *, clock: Callable[[], datetime] = lambda: datetime.now(UTC), wait: Callable[[float], None] = time.sleep) -> None:
        self.policy = policy
        self._clock, self._wait = clock, wait
        self._session = _Session()
        self._session.headers.update({"User-Agent": user_agent(policy.contact), "Accept-Language": "zh-CN,zh;q=0.9"})
        self._session.trust_env = not policy.local
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, HTTPAdapter(pool_connections=4, pool_maxsize=4, max_retries=0))
        self._robots: dict[str, Protego | FetchStatus] = {}
        self.on_robots: Callable[[str, str], None] | None = None
        self._guard = Guard(policy.local)
        self._next_at = 0.0

    def now(self) -> datetime:
        """The instant by this fetcher's clock: the only clock that stamps snapshots."""
        return self._clock()

    def know_robots(self, origin: str, text: str) -> None:
        """Take over the robots.txt of scheme://host:port that an earlier attempt was given; `on_robots` is told of each that is had from here on."""
        self._robots[origin] = Protego.parse(text)

    def close(self) -> None:
        """Release connections."""
        self._session.close()

    def get(self, url: str, data: Mapping[str, str] | None = None) -> Response:
        """Ask for a page (POST when `data` is given); transient failures are tried again with back-off. Never raises for what a server does."""
        began = time.monotonic()
        response = self._patiently(url, data, obey=True)
        return replace(response, seconds=time.monotonic() - began)

    def _patiently(self, url: str, data: Mapping[str, str] | None, *, obey: bool) -> Response:
        response = self._follow(url, data, obey=obey)
        for attempt in range(self.policy.retries):
            if not _transient(response):
                break
            self._wait(_retry_after(response) or self.policy.backoff * 2**attempt)
            response = self._follow(url, data, obey=obey)
        return response

    def _follow(self, url: str, data: Mapping[str, str] | None, *, obey: bool) -> Response:
        """One try: redirects are followed, and each address on the way is held against the guard and, to `obey`, its host's robots.txt."""
        current, seen = url, set()
        for _ in range(MAX_REDIRECTS + 1):
            if current in seen:
                break
            seen.add(current)
            barred = self._guard.bar(current)
            if barred is None and obey:
                barred = self._robots_bar(current)
            if barred is not None:
                return Response(url, current, barred, self._clock())
            self._pace(current)
            answer = self._ask(url, current, data)
            location = next((value for name, value in answer.headers.items() if name.lower() == "location"), "")
            if answer.http not in (301, 302, 303, 307, 308) or not location:
                return answer
            current = join(current, _as_sent(location))
            data = data if answer.http in (307, 308) else None
        return Response(url, current, FetchStatus.REDIRECT_LOOP, self._clock())

    def _robots_bar(self, url: str) -> FetchStatus | None:
        parts = urlsplit(url)
        origin = f"{parts.scheme}://{parts.netloc}"
        if origin not in self._robots:
            answer = self._patiently(f"{origin}/robots.txt", None, obey=False)
            if answer.ok and "html" not in answer.content_type.lower():
                self._had_robots(origin, answer.body[:500_000].decode("utf-8", "replace"))
            elif answer.ok or answer.status is FetchStatus.SHIELD or (answer.http is not None and answer.http < 500):
                # RFC 9309: 4xx means no rules. A shield answers the page itself the same way, and that is what gets recorded.
                self._had_robots(origin, "")
            else:
                # RFC 9309: rules that cannot be had (5xx, no connection) forbid everything; the pages carry the reason.
                self._robots[origin] = answer.status
        rules = self._robots[origin]
        if isinstance(rules, FetchStatus):
            return rules
        return None if rules.can_fetch(url, AGENT) else FetchStatus.ROBOTS

    def _had_robots(self, origin: str, text: str) -> None:
        self.know_robots(origin, text)
        if self.on_robots is not None:
            self.on_robots(origin, text)

    def _pace(self, url: str) -> None:
        interval = 1 / self.policy.rate if self.policy.rate else 0.0
        parts = urlsplit(url)
        rules = self._robots.get(f"{parts.scheme}://{parts.netloc}")
        if isinstance(rules, Protego) and (delay := rules.crawl_delay(AGENT)):
            interval = max(interval, min(float(delay), 60.0))
        if interval:
            if (ahead := self._next_at - time.monotonic()) > 0:
                self._wait(ahead)
            self._next_at = time.monotonic() + interval

    def _ask(self, asked: str, url: str, data: Mapping[str, str] | None) -> Response:
        at, deadline = self._clock(), time.monotonic() + self.policy.timeout * 3
        try:
            answer = self._session.request(
                "GET" if data is None else "POST", url, data=data, timeout=(self.policy.timeout, self.policy.timeout), stream=True, allow_redirects=False
            )
        except requests.RequestException as error:
            return Response(asked, url, _failure(error), at)
        except (ValueError, HTTPError) as error:
            # http.client and urllib3 let some malformed addresses and answers through as their own errors.
            return Response(asked, url, FetchStatus.ADDRESS_REFUSED if isinstance(error, UnicodeError) else FetchStatus.RESET, at)
        with answer:
            headers = dict(answer.headers)
            body, status = self._body(answer, deadline)
            if status is FetchStatus.OK and answer.status_code >= 400:
                status = FetchStatus.SHIELD if answer.status_code in _SHIELD_CODES else FetchStatus.HTTP_ERROR
            return Response(asked, url, status, at, answer.status_code, headers, body)

    def _body(self, answer: requests.Response, deadline: float) -> tuple[bytes, FetchStatus]:
        chunks, size = [], 0
        try:
            # read1 returns what has arrived, so that a server that drips bytes cannot outlast the deadline.
            while chunk := answer.raw.read1(65_536, decode_content=True):
                chunks.append(chunk)
                size += len(chunk)
                if size > self.policy.max_bytes:
                    return b"", FetchStatus.TOO_LARGE
                if time.monotonic() > deadline:
                    return b"", FetchStatus.TIMEOUT
        except urllib3.exceptions.ReadTimeoutError:
            return b"", FetchStatus.TIMEOUT
        except (HTTPError, OSError):
            return b"", FetchStatus.RESET
        return b"".join(chunks), FetchStatus.OK


def _as_sent(location: str) -> str:
    """A Location header as its server meant it: raw UTF-8 arrives as Latin-1."""
    try:
        return location.encode("latin-1").decode("utf-8")
    except (UnicodeEncodeError, UnicodeDecodeError):
        return location


def _failure(error: requests.RequestException) -> FetchStatus:
    if isinstance(error, requests.exceptions.SSLError):
        return FetchStatus.TLS
    if isinstance(error, requests.Timeout):
        return FetchStatus.TIMEOUT
    reason = getattr(error.args[0], "reason", None) if error.args else None
    if isinstance(reason, NameResolutionError):
        return FetchStatus.DNS
    if isinstance(reason, NewConnectionError):
        return FetchStatus.REFUSED
    return FetchStatus.RESET


def _transient(response: Response) -> bool:
    return response.status in (FetchStatus.TIMEOUT, FetchStatus.RESET) or (response.http in _RETRY_CODES)


def _retry_after(response: Response) -> float | None:
    value = next((value for name, value in response.headers.items() if name.lower() == "retry-after"), "")
    return min(float(value), 60.0) if value.isascii() and value.isdigit() else None
