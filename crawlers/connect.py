"""Connections that go only where the guard says and end when their time is up: urllib3's, with the guard in place of the name lookup and a bound on every read."""

import http.client
import io
import socket
import ssl
import time
from functools import partial
from typing import Any, cast

from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NewConnectionError
from urllib3.util.wait import wait_for_read, wait_for_write

from crawlers.address import Barred, Guard, SocketAddress
from crawlers.desk import DESK
from crawlers.head import Head, read_head

MAX_HEADER = 128 * 1024
"""Bytes of headers, interim answers (1xx) among them; http.client itself allows 100 headers and 64 KB a line."""
_BUFFER = 65_536
_BARE = (204, 304)
"""Answers that have no body, whatever length they state."""


class HeadersTooLarge(http.client.HTTPException):
    """A server sends headers without end."""


class Allowance:
    """What the request under way may still cost: `until` (an instant of time.monotonic) and `patience` (seconds between two pieces)."""

    def __init__(self) -> None:
        self.until, self.patience = 0.0, 0.0

    def start(self, patience: float, seconds: float) -> None:
        """A new request."""
        self.until, self.patience = time.monotonic() + seconds, patience

    def left(self) -> float:
        """Seconds for the next operation on the socket. Raises TimeoutError when there are none."""
        left = self.until - time.monotonic()
        if left <= 0:
            raise TimeoutError("the request's time is up")
        return min(left, self.patience)


class _Reader(io.RawIOBase):
    """Reads from a socket within the allowance: a server that drips headers or body, a byte at a time, gains nothing by it."""

    def __init__(self, sock: socket.socket, allowance: Allowance) -> None:
        self._raw = sock.makefile("rb", buffering=0)
        self._sock, self._allowance = sock, allowance
        self.limit: int | None = None
        sock.settimeout(0)  # for this answer; urllib3 gives it a time-out again for the next request

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        while (count := self._arrived(buffer)) is None:
            pass
        if self.limit is not None and count:
            self.limit -= count
            if self.limit < 0:
                raise HeadersTooLarge("got headers without end")
        return count

    def _arrived(self, buffer: Any) -> int | None:
        """What is there already, read at the desk; None after a wait away from it for more to arrive."""
        left = self._allowance.left()
        try:
            return self._sock.recv_into(buffer)
        except (BlockingIOError, ssl.SSLWantReadError):
            wait = wait_for_read
        except ssl.SSLWantWriteError:
            wait = wait_for_write
        with DESK.away():
            if not wait(self._sock, left):
                raise TimeoutError("nothing arrived in time")
        return None

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
            super().close()


class _Source:
    """What http.client's response takes for its socket."""

    def __init__(self, reader: _Reader) -> None:
        self._reader = reader

    def makefile(self, mode: str) -> io.BufferedReader:  # noqa: ARG002 — the way http.client calls it
        return io.BufferedReader(self._reader, _BUFFER)


class Answer(http.client.HTTPResponse):
    """An answer that is read within the allowance."""

    def __init__(self, sock: socket.socket, debuglevel: int = 0, method: str | None = None, url: str | None = None, *, allowance: Allowance) -> None:
        self._reader = _Reader(sock, allowance)
        super().__init__(cast("socket.socket", _Source(self._reader)), debuglevel, method, url)

    def begin(self) -> None:
        self._reader.limit = MAX_HEADER + _BUFFER  # the last piece read ahead may hold body
        arrived = self.fp
        if self.headers is None and (head := read_head(arrived.peek())) is not None:
            arrived.read(head.size)
            self._take(head)
        else:
            super().begin()
        self._reader.limit = None

    def _take(self, head: Head) -> None:
        """What http.client's `begin` takes from a head that it has read itself."""
        self.version, self.code, self.status, self.reason = head.version, head.status, head.status, head.reason
        self.headers = self.msg = head.fields
        self.chunked = self.headers.get("transfer-encoding", "").lower() == "chunked"
        if self.chunked:
            self.chunk_left = None
        self.will_close = self._check_close()  # type: ignore[attr-defined]
        self.length = None if self.chunked else _length(self.headers.get("content-length", ""))
        if head.status in _BARE or self._method == "HEAD":  # type: ignore[attr-defined]
            self.length = 0
        self.will_close = self.will_close or (not self.chunked and self.length is None)


def _length(stated: str) -> int | None:
    """Bytes that a Content-Length states, as http.client takes it; None for none."""
    try:
        length = int(stated)
    except ValueError:
        return None
    return length if length >= 0 else None


class _Bounded:
    """The part that plain and encrypted connections share. `guard` None: the peer is a proxy of the user's environment."""

    def __init__(self, *args: Any, guard: Guard | None, allowance: Allowance, **more: Any) -> None:
        super().__init__(*args, **more)
        self._guard, self._allowance = guard, allowance
        setattr(self, "response_class", partial(Answer, allowance=allowance))  # noqa: B010 — http.client calls it like a class

    def connect(self) -> None:
        with DESK.away():
            super().connect()  # type: ignore[misc]

    def _new_conn(self) -> socket.socket:
        if self._guard is None:
            return cast("socket.socket", super()._new_conn())  # type: ignore[misc]
        connection = cast("HTTPConnection", self)
        try:
            addresses = self._guard.addresses(connection._dns_host, connection.port)
        except Barred as barred:
            raise NewConnectionError(connection, barred.status.value) from barred
        trouble: OSError = OSError("no address")
        for number, address in enumerate(addresses):
            try:
                return self._dial(address, self._allowance.left() / (len(addresses) - number))
            except OSError as error:
                trouble = error
        if isinstance(trouble, TimeoutError):
            raise ConnectTimeoutError(connection, "connecting took too long") from trouble
        raise NewConnectionError(connection, str(trouble)) from trouble

    def _dial(self, address: SocketAddress, seconds: float) -> socket.socket:
        connection = cast("HTTPConnection", self)
        family, where = address
        sock = socket.socket(family, socket.SOCK_STREAM)
        try:
            for option in connection.socket_options or ():
                sock.setsockopt(*option)
            sock.settimeout(seconds)
            sock.connect(where)
            assert self._guard is not None
            if not self._guard.allows(connection._dns_host, connection.port, str(sock.getpeername()[0])):
                raise ConnectionRefusedError("the peer is not where the guard pointed")
        except BaseException:
            sock.close()
            raise
        return sock


class PlainConnection(_Bounded, HTTPConnection):
    """http."""


class SecureConnection(_Bounded, HTTPSConnection):
    """https; the server's name stays what the address says, in SNI, in the certificate and in the Host header."""
