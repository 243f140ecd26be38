"""Sends one request and reads its answer within limits; knows nothing of politeness.

Environment proxies (`HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`) are used for public hosts, never for those of the site list's own machine. The peer is then the proxy, which the user chose and which may
stand in a private net; the name itself must still resolve to public addresses here before the proxy is asked for it, but what the proxy connects to is out of our hands.

Certificates are always verified, and one that fails is the status TLS. When a server and this machine agree on no way to encrypt (TLS 1.0, renegotiation without RFC 5746, small keys), it is asked a second
time with the means of old: the pages are public and the certificate is verified all the same. Such answers are marked `lenient`.
"""

import http.client
import ssl
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import cache, partial
from typing import Any
from urllib.parse import urlencode, urlsplit

import requests
import urllib3
from requests.cookies import RequestsCookieJar, extract_cookies_to_jar, get_cookie_header
from requests.utils import DEFAULT_CA_BUNDLE_PATH, get_auth_from_url, get_environ_proxies, select_proxy
from urllib3.exceptions import HTTPError, LocationParseError, NameResolutionError, NewConnectionError, ProxyError, SSLError
from urllib3.util import Timeout, parse_url

from crawlers.address import Barred, Guard, endpoint
from crawlers.connect import Allowance, HeadersTooLarge, PlainConnection, SecureConnection
from crawlers.response import Response
from crawlers.status import FetchStatus

_SHIELD_CODES = frozenset({412, 512, 521})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_POOLS = 8
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
        self._pools: OrderedDict[str, tuple[urllib3.HTTPConnectionPool, bool]] = OrderedDict()
        self._lenient: set[str] = set()
        self._cookies = RequestsCookieJar()
        self._allowance = Allowance()

    def close(self) -> None:
        """Release connections."""
        for pool, _ in self._pools.values():
            pool.close()
        self._pools.clear()

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
        made = 0
        try:
            pool, whole = self._pool(where, origin)
            made = pool.num_connections
            answer = pool.urlopen(
                method,
                url.partition("#")[0] if whole else _target(url),
                body=body,
                headers=headers,
                retries=False,
                redirect=False,
                assert_same_host=False,
                preload_content=False,
                timeout=Timeout(connect=self._allowance.left(), read=self._allowance.left()),
            )
        except Exception as error:  # http.client, ssl and urllib3 let some malformed answers through as errors of every kind
            self._drop(origin)
            if made and pool.num_connections == made and method != "POST" and isinstance(_cause(error), ConnectionError):
                # A connection kept from the page before was closed by the server meanwhile: not an answer to this request.
                return self._once(asked, url, where, origin, at, method, data, max_bytes)
            status, outdated = _failure(error)
            return Response(asked, url, status, at, lenient=outdated)
        try:
            return self._read(asked, url, answer, at, method, max_bytes)
        finally:
            if not answer.closed:
                answer.close()  # what was not read to its end cannot carry another request
            answer.release_conn()

    def _read(self, asked: str, url: str, answer: urllib3.BaseHTTPResponse, at: datetime, method: str, max_bytes: int) -> Response:
        if "set-cookie" in answer.headers:
            extract_cookies_to_jar(self._cookies, _asking(url), answer)  # type: ignore[no-untyped-call]
        headers = dict(answer.headers.itermerged())
        body, status = b"", FetchStatus.OK
        if method != "HEAD":
            body, status = _body(answer, max_bytes)
        if status is FetchStatus.OK:
            status = _meaning(answer.status, headers, body, method)
        return Response(asked, url, status, at, answer.status, headers, body)

    def _pool(self, where: tuple[str, str, int], origin: str) -> tuple[urllib3.HTTPConnectionPool, bool]:
        """The connections to an origin, and whether requests there carry the whole address (through a proxy, unencrypted)."""
        if (known := self._pools.get(origin)) is not None:
            self._pools.move_to_end(origin)
            return known
        scheme, host, port = where
        secure: dict[str, Any] = {"ssl_context": _context(self._ca, origin in self._lenient), "cert_reqs": "CERT_REQUIRED"} if scheme == "https" else {}
        proxy = select_proxy(origin, get_environ_proxies(origin)) if self._proxies else None
        kind = SecureConnection if secure else PlainConnection
        if proxy:
            user, password = get_auth_from_url(proxy)
            auth = urllib3.make_headers(proxy_basic_auth=f"{user}:{password}") if user else None
            manager = urllib3.ProxyManager(proxy if "://" in proxy else f"http://{proxy}", proxy_headers=auth, **secure)
            pool = manager.connection_from_host(host, port, scheme)
        else:
            pool = (urllib3.HTTPSConnectionPool if secure else urllib3.HTTPConnectionPool)(host, port, maxsize=1, **secure)
        pool.ConnectionCls = partial(kind, guard=None if proxy else self._guard, allowance=self._allowance)  # type: ignore[assignment]
        self._pools[origin] = found = (pool, bool(proxy) and scheme == "http")
        while len(self._pools) > _POOLS:
            self._pools.popitem(last=False)[1][0].close()
        return found

    def _drop(self, origin: str) -> None:
        if (known := self._pools.pop(origin, None)) is not None:
            known[0].close()


def _asking(url: str) -> requests.PreparedRequest:
    """The request as the cookie jar wants it."""
    request = requests.PreparedRequest()
    request.prepare_headers({})
    request.url = url
    return request


def _target(url: str) -> str:
    """The path and query to ask for; urllib3 escapes what a request line may not hold."""
    parts = urlsplit(url)
    if "/." in parts.path or not parts.path.startswith("/"):
        return parse_url(url).request_uri
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def _body(answer: urllib3.BaseHTTPResponse, max_bytes: int) -> tuple[bytes, FetchStatus]:
    """The decoded body. Decoding stops at the limit, so that a bomb costs no more memory than a page that is too large."""
    length = answer.headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:18]) > max_bytes:
        return b"", FetchStatus.TOO_LARGE
    chunks, size = [], 0
    try:
        # read1 returns what has arrived: nothing waits for a full buffer.
        while chunk := answer.read1(65_536, decode_content=True):
            chunks.append(chunk)
            size += len(chunk)
            if size > max_bytes:
                return b"", FetchStatus.TOO_LARGE
    except (urllib3.exceptions.ReadTimeoutError, TimeoutError):
        return b"", FetchStatus.TIMEOUT
    except (HTTPError, http.client.HTTPException, OSError, ValueError):
        return b"", FetchStatus.RESET
    return b"".join(chunks), FetchStatus.OK


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
