"""The ways out of a site: other hosts' pages, name look-ups and bare connections. Simulated sites are given none, so that nothing of theirs can leave."""

import socket
import ssl
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from crawlers.address import Guard
from crawlers.fetch import Fetcher, Policy

_TIMEOUT = 10.0
_BYTES = 3_000_000
_NO_SUCH_NAME = frozenset({socket.EAI_NONAME, getattr(socket, "EAI_NODATA", socket.EAI_NONAME), getattr(socket, "EAI_ADDRFAMILY", socket.EAI_NONAME)})

Resolve = Callable[[str, int, int], list[str]]
Connect = Callable[[str, int, float], socket.socket]


def resolve(host: str, port: int, family: int) -> list[str]:
    """Addresses of a host, of one family or (0) any. Raises socket.gaierror."""
    return list(dict.fromkeys(str(entry[4][0]).split("%")[0] for entry in socket.getaddrinfo(host, port, family, socket.SOCK_STREAM)))


def connect(address: str, port: int, timeout: float) -> socket.socket:
    """A connection to an address. Raises OSError."""
    return socket.create_connection((address, port), timeout)


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
        fetchers: Callable[[Policy, Callable[[], datetime]], Fetcher] | None = None,
    ) -> None:
        self.policy = replace(policy, rate=policy.rate or 1.0, timeout=min(policy.timeout, _TIMEOUT), retries=0, max_bytes=min(policy.max_bytes, _BYTES))
        self.trust = trust
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
