"""The ways out of a site: other hosts' pages, name look-ups and bare connections. Simulated sites are given none, so that nothing of theirs can leave."""

import socket
import ssl
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from crawlers.address import Guard
from crawlers.desk import DESK
from crawlers.fetch import Fetcher, Policy

_TIMEOUT = 10.0
_BYTES = 3_000_000
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME), getattr(socket, "EAI_ADDRFAMILY", socket.EAI_NONAME)})

_PATIENCE = 15.0
"""Seconds that a site waits for its turn at another host: where hundreds of sites link to one, most leave it to the others."""

Resolve = Callable[[str, int, int], list[str]]
Connect = Callable[[str, int, float], socket.socket]


def resolve(host: str, port: int, family: int) -> list[str]:
    """Addresses of a host, of one family or (0) any. Raises socket.gaierror."""
    return list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)))


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to an address. Raises OSError."""
    return socket.create_connection((address, port), timeout)


class Turns:
    """Whose turn it is at hosts that many sites link to: one request after another, whichever sites they are for."""

    def __init__(self, interval: float = 2.0, clock: Callable[[], float] = time.monotonic, wait: Callable[[float], None] = time.sleep) -> None:
        self._interval, self._clock, self._wait = interval, clock, wait
        self._next: dict[str, float] = {}
        self._lock = threading.Lock()

    def take(self, host: str) -> bool:
        """Wait for a turn; False, at once, where that would take too long."""
        with self._lock:
            now = self._clock()
            ahead = max(0.0, self._next.get(host, now) - now)
            if ahead > _PATIENCE:
                return False
            self._next[host] = now + ahead + self._interval
        if ahead:
            with DESK.away():
                self._wait(ahead)
        return True


_TURNS = Turns()
"""Of this process, whose threads crawl many sites at once."""


class Outside:
    """What checks that look beyond a site's own pages ask with. `policy` is the site's; tests replace `resolve`, `connect` and `trust`."""

    def __init__(
        self,
        policy: Policy,
        now: Callable[[], datetime],
        *,
        resolve: Resolve = resolve,
        connect: Connect = connect,
        trust: Callable[[], ssl.SSLContext] = ssl.create_default_context,
        turns: Turns = _TURNS,
        fetchers: Callable[[Policy, Callable[[], datetime]], Fetcher] | None = None,
    ) -> None:
        self.policy = replace(policy, rate=policy.rate or 1.0, timeout=min(policy.timeout, _TIMEOUT), retries=0, max_bytes=min(policy.max_bytes, _BYTES))
        self.trust, self.turns = trust, turns
        self._now, self._resolve, self._connect = now, resolve, connect
        self._fetchers = fetchers or (lambda policy, now: Fetcher(policy, clock=now))

    def fetcher(self) -> Fetcher:
        """A fetcher that knows nothing yet, neither of names nor of robots rules: a second look must be another look."""
        return self._fetchers(self.policy, self._now)

    def addresses(self, host: str, port: int, family: int = 0) -> list[str] | None:
        """Addresses of a host that may be connected to: none where there is no such name or record, None where that could not be established.

        Looked up afresh each time. A host with any address that is not public is not asked at all, unless the policy's `local` names it.
        """
        try:
            with DESK.away():
                found = self._resolve(host, port, family)
        except socket.gaierror as error:
            return [] if error.errno in _NO_SUCH_NAME else None
        except (OSError, UnicodeError):
            return None
        guard = Guard(self.policy.local)
        return found if all(guard.allows(host, port, address) for address in found) else None

    def connection(self, address: str, port: int) -> socket.socket:
        """A connection to one of `addresses`. Raises OSError."""
        return self._connect(address, port, self.policy.timeout)

    def no_such_host(self, host: str) -> bool:
        """Whether the name service says, now, that there is no such host."""
        return self.addresses(host, 80) == []


def closed(connection: socket.socket) -> None:
    """Close a connection, whatever it thinks of that."""
    with suppress(OSError):
        connection.close()
