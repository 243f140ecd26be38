"""Sends one request and reads its answer within limits; knows nothing of politeness.

Environment proxies (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`) are used for public hosts, never for those of the site list's own machine. The peer is then the proxy, which the user chose and which may
stand in a private net; the name itself must still resolve to public addresses here before the proxy is asked for it, but what the proxy connects to is out of our hands.

Certificates are always verified, and one that fails is the status TLS. When a server and this machine agree on no way to encrypt (TLS 1.0, renegotiation without RFC 5746, small keys), it is asked a second
time with the means of old: the pages are public and the certificate is verified all the same. Such answers are marked `lenient`.
"""

import http.client
import re
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from urllib.parse import urlencode

import requests
import urllib3
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header
from requests.utils import DEFAULT_CA_BUNDLE_PATH
from urllib3.exceptions import HTTPError, LocationParseError, NameResolutionError, NewConnectionError, ProxyError, SSLError

from crawlers.address import Barred, Guard, endpoint
from crawlers.body import read_body
from crawlers.channel import Channel
from crawlers.connect import Allowance, Answer, HeadersTooLarge
from crawlers.proxied import Proxied, proxy_of
from crawlers.response import Response
from crawlers.status import FetchStatus

_SHIELD_CODES = frozenset({412, 512, 521})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_WAYS = 8
_FOLD = re.compile(r"[ \t]*\r?\n[ \t]+")
_CERTIFICATE = ("CERTIFICATE_VERIFY_FAILED", "certificate", "doesn't match", "IP address mismatch", "Hostname mismatch")


@cache
def _context(ca: str, lenient: bool) -> ssl.SSLContext:
    """Verifies certificates against the roots in `ca`; one a process, since reading the roots costs 20 ms."""
    context = ssl.create_default_context(cafile=ca)
    if lenient:
        context.minimum_version = ssl.TLSVersion.MINIMUM_SUPPORTED  # TLS 1.0; contexts exclude SSL 3 by themselves
        context.set_ciphers("DEFAULT:@SECLEVEL=0")
        context.options |= getattr(ssl, "OP_LEGACY_SERVER_CONNECT", 0x4)
    return context


class Transport:
    """Requests to any host that `guard` lets through. `ca`: file with the root certificates, those of `requests` when empty; `proxies`: whether the environment's are used."""

    def __init__(self, guard: Guard, headers: Mapping[str, str], clock: Callable[[], datetime], *, proxies: bool, ca: str = "") -> None:
        self._guard, self._headers, self._clock, self._proxies = guard, dict(headers), clock, proxies
        self._ca = ca or DEFAULT_CA_BUNDLE_PATH
        self._ways: OrderedDict[str, Channel | Proxied] = OrderedDict()
        self._lenient: set[str] = set()
        self._cookies = RequestsCookieJar()
        self._allowance = Allowance()

    def close(self) -> None:
        """Release connections."""
        for way in self._ways.values():
            way.close()
        self._ways.clear()

    def send(self, asked: str, url: str, *, method: str, data: Mapping[str, str] | None, timeout: float, seconds: float, max_bytes: int) -> Response:
        """Ask for `url`, which came of `asked`. `timeout`: between two signs of life; `seconds`: for the whole; `max_bytes`: of the decoded body."""
        at, began = self._clock(), time.monotonic()
        where = endpoint(url)
        if where is None:
            return Response(asked, url, FetchStatus.ADDRESS_REFUSED, at)
        origin = f"{where[0]}://{where[1]}:{where[2]}"
        self._allowance.start(timeout, seconds)
        response = self._once(asked, url, where, origin, at, method, data, max_bytes)
        if response.status is FetchStatus.TLS and response.lenient and origin not in self._lenient:
            self._lenient.add(origin)
            self._drop(origin)
            self._allowance.start(timeout, seconds - (time.monotonic() - began))
            began = time.monotonic()
            response = self._once(asked, url, where, origin, at, method, data, max_bytes)
        return Response(
            asked,
            url,
            response.status,
            at,
            response.http,
            response.headers,
            response.body,
            time.monotonic() - began,
            lenient=response.http is not None and origin in self._lenient,
        )

    def _once(
        self, asked: str, url: str, where: tuple[str, str, int], origin: str, at: datetime, method: str, data: Mapping[str, str] | None, max_bytes: int
    ) -> Response:
        headers = self._headers
        body = None
        if data is not None:
            body, headers = urlencode(data), headers | {"Content-Type": "application/x-www-form-urlencoded"}
        if self._cookies and (cookie := get_cookie_header(self._cookies, _asking(url))):  # type: ignore[no-untyped-call]
            headers = headers | {"Cookie": cookie}
        way: Channel | Proxied | None = None
        try:
            way = self._way(where, origin)
            answer = way.ask(method, url, headers, body)
        except Exception as error:  # http.client, ssl and urllib3 let some malformed answers through as errors of every kind
            self._drop(origin)
            if way is not None and way.kept and method != "POST" and isinstance(_cause(error), ConnectionError):
                # A connection kept from the page before was closed by the server meanwhile: not an answer to this request.
                return self._once(asked, url, where, origin, at, method, data, max_bytes)
            status, outdated = _failure(error)
            return Response(asked, url, status, at, lenient=outdated)
        whole = False
        try:
            response, whole = self._read(asked, url, answer, at, method, max_bytes)
        finally:
            answer.close()
            if whole and not answer.will_close:
                way.done()
            else:
                self._drop(origin)  # what was not read to its end cannot carry another request
        return response

    def _read(self, asked: str, url: str, answer: Answer, at: datetime, method: str, max_bytes: int) -> tuple[Response, bool]:
        """The answer, and whether it was read to its end."""
        headers = _merged(answer.headers.items())
        if "set-cookie" in answer.headers:
            extract_cookies_to_jar(self._cookies, _asking(url), _Original(answer))  # type: ignore[no-untyped-call]
        body, status = read_body(answer, method, max_bytes) if method != "HEAD" else (b"", FetchStatus.OK)
        whole = status is FetchStatus.OK
        if whole:
            status = _meaning(answer.status, headers, body, method)
        return Response(asked, url, status, at, answer.status, headers, body), whole

    def _way(self, where: tuple[str, str, int], origin: str) -> "Channel | Proxied":
        if (known := self._ways.get(origin)) is not None:
            self._ways.move_to_end(origin)
            return known
        context = _context(self._ca, origin in self._lenient) if where[0] == "https" else None
        proxy = proxy_of(origin) if self._proxies else ""
        found = Proxied(proxy, where, self._allowance, context) if proxy else Channel(where, self._guard, self._allowance, context)
        self._ways[origin] = found
        while len(self._ways) > _WAYS:
            self._ways.popitem(last=False)[1].close()
        return found

    def _drop(self, origin: str) -> None:
        if (known := self._ways.pop(origin, None)) is not None:
            known.close()


@dataclass(frozen=True, slots=True)
class _Original:
    """An answer as the cookie jar wants it."""

    _original_response: Answer


def _asking(url: str) -> requests.PreparedRequest:
    """The request as the cookie jar wants it."""
    request = requests.PreparedRequest()
    request.prepare_headers({})
    request.url = url
    return request


def _merged(items: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Headers by the name they have first, those of one name joined; lines that were folded are one again."""
    names: dict[str, str] = {}
    found: dict[str, str] = {}
    for name, stated in items:
        value = _FOLD.sub(" ", stated) if "\n" in stated else stated
        first = names.setdefault(name.lower(), name)
        found[first] = f"{found[first]}, {value}" if first in found else value
    return found


def _meaning(code: int, headers: Mapping[str, str], body: bytes, method: str) -> FetchStatus:
    if code in _SHIELD_CODES or (code == 202 and b"<script" in body):
        return FetchStatus.SHIELD
    if code >= 400 or (method != "HEAD" and code in (201, 202, 204, 205, 304)):
        return FetchStatus.HTTP_ERROR
    if 300 <= code < 400 and not (code in _REDIRECTS and any(name.lower() == "location" for name in headers)):
        return FetchStatus.HTTP_ERROR
    return FetchStatus.OK


def _cause(error: Exception) -> object:
    """What went wrong below urllib3's own errors; a proxy's are one layer deeper."""
    if isinstance(error, ProxyError) and isinstance(error.original_error, Exception):
        error = error.original_error
    return error.args[1] if isinstance(error, urllib3.exceptions.ProtocolError) and len(error.args) > 1 else error


def _failure(error: Exception) -> tuple[FetchStatus, bool]:
    """(how the request ended, whether means of encryption of old might help)."""
    if isinstance(error, ProxyError) and isinstance(error.original_error, Exception):
        error = error.original_error
    cause = _cause(error)
    if isinstance(cause, http.client.LineTooLong | HeadersTooLarge) or type(cause) is http.client.HTTPException:
        return FetchStatus.TOO_LARGE, False
    if isinstance(cause, SSLError | ssl.SSLError):
        return FetchStatus.TLS, not any(word in str(cause) for word in _CERTIFICATE)
    if isinstance(error.__cause__, Barred):
        return error.__cause__.status, False
    if isinstance(error, NameResolutionError):
        return FetchStatus.DNS, False
    if isinstance(error, NewConnectionError):
        return FetchStatus.REFUSED, False
    if isinstance(cause, urllib3.exceptions.TimeoutError | TimeoutError):
        return FetchStatus.TIMEOUT, False
    if isinstance(error, UnicodeError | LocationParseError):
        return FetchStatus.ADDRESS_REFUSED, False
    if isinstance(cause, HTTPError | http.client.HTTPException | OSError | ValueError):
        return FetchStatus.RESET, False
    raise error
