"""One connection to an origin, kept from one request to the next: what urllib3's pools do for many threads, for the one thread that asks, at a third of the cost."""

import contextlib
import re
import ssl
from collections.abc import Mapping
from functools import lru_cache
from urllib.parse import urlsplit

from urllib3.util import parse_url

from crawlers.address import PORTS, Guard
from crawlers.connect import Allowance, Answer, PlainConnection, SecureConnection

_PLAIN = re.compile(r"/[A-Za-z0-9._~!$&'()*+,;=:@/-]*(?:\?[A-Za-z0-9._~!$&'()*+,;=:@/?-]*)?")
"""Targets that a request line may hold as they are, without a step up or down in their path (which `target` tells)."""
_SIMPLE = re.compile(rf"https?://[A-Za-z0-9.-]+(?::[0-9]+)?({_PLAIN.pattern})(?:#.*)?")
"""Addresses whose target can be seen without taking them apart."""
_LINE = re.compile(r"[^\x00-\x08\x0a-\x1f\x7f]*")


class Channel:
    """Speaks HTTP/1.1 to `where` (scheme, host, port) and nobody else; `context` for https. `kept`: the connection of the last request was that of one before."""

    def __init__(self, where: tuple[str, str, int], guard: Guard, allowance: Allowance, context: ssl.SSLContext | None) -> None:
        scheme, host, port = where
        self._allowance = allowance
        self._connection: PlainConnection | SecureConnection
        if context is None:
            self._connection = PlainConnection(host, port, guard=guard, allowance=allowance)
        else:
            self._connection = SecureConnection(host, port, guard=guard, allowance=allowance, ssl_context=context, cert_reqs="CERT_REQUIRED")
        name = f"[{host}]" if ":" in host else host
        self._host = name if port == PORTS[scheme] else f"{name}:{port}"
        self.kept = False

    def close(self) -> None:
        """Hang up; the next request connects again."""
        self._connection.close()

    def done(self) -> None:
        """The answer was read to its end. Its connection is there already."""

    def ask(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> Answer:
        """Send a request and read the head of its answer. Raises what sockets, ssl, http.client and the connections raise; the channel is to be closed then."""
        connection = self._connection
        if connection.sock is not None and not connection.is_connected:
            connection.close()  # the server has hung up since, or says something that was not asked for
        self.kept = connection.sock is not None
        if not self.kept:
            connection.timeout = self._allowance.left()
            connection.connect()
        sock = connection.sock
        sock.settimeout(self._allowance.left())
        with contextlib.suppress(BrokenPipeError):  # a server that has heard enough may have answered nevertheless
            sock.sendall(self._request(method, url, headers, body))
        answer = Answer(sock, method=method, allowance=self._allowance)
        try:
            answer.begin()
        except BaseException:
            answer.close()
            raise
        return answer

    def _request(self, method: str, url: str, headers: Mapping[str, str], body: str | None) -> bytes:
        sent = b"" if body is None else body.encode("ascii")
        stated = (("Host", self._host), *headers.items(), *((("Content-Length", str(len(sent))),) if body is not None else ()))
        return _checked(f"{method} {target(url)} HTTP/1.1").encode("latin-1") + _lines(stated) + sent


@lru_cache(256)
def _lines(headers: tuple[tuple[str, str], ...]) -> bytes:
    """The head of a request below its first line: the same for one page after the other of a site."""
    return "".join((*("\r\n" + _checked(f"{name}: {value}") for name, value in headers), "\r\n\r\n")).encode("latin-1")


def _checked(line: str) -> str:
    if not _LINE.fullmatch(line):
        raise ValueError("a header line breaks off")
    return line


def target(url: str) -> str:
    """The path and query to ask for; what a request line may not hold is escaped."""
    if (simple := _SIMPLE.fullmatch(url)) is not None and "/." not in url:
        return simple[1]
    parts = urlsplit(url)
    found = f"{parts.path}?{parts.query}" if parts.query else parts.path
    return found if _PLAIN.fullmatch(found) and "/." not in parts.path else parse_url(url).request_uri
