"""How fast one host is asked, by whoever in this process asks it: sites of other groups that link to it, checks that look beyond their own site."""

import ipaddress
import threading
import time
from collections.abc import Callable
from functools import lru_cache

from crawlers.address import endpoint

_KEPT = 4096
"""Hosts remembered at most before those whose turn is long past are forgotten."""


class Pace:
    """Gives turns: each host's next is free only after the longer of two intervals, that of who asked it last and that of who asks now. Safe for threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._turns: dict[str, tuple[float, float]] = {}
        """By host: when its last turn was or will be, and when the next may be."""

    def turn(self, url: str, interval: float, earliest: float = 0.0) -> tuple[float, float]:
        """Take the host's next turn, not before `earliest`: its instant, and how many seconds to wait for it."""
        host = _host(url)
        with self._lock:
            now = self._clock()
            last, free = self._turns.get(host, (now - interval, now))
            at = max(now, earliest, free, last + interval)
            if len(self._turns) >= _KEPT:
                self._turns = {name: known for name, known in self._turns.items() if known[1] > now}
            self._turns[host] = at, at + interval
        return at, at - now


SHARED = Pace()
"""Of this process."""


def _host(url: str) -> str:
    """The host; on this machine with its port, for there each port is a site of its own."""
    where = endpoint(url)
    if where is None:
        return ""
    _, host, port = where
    return f"{host}:{port}" if _is_here(host) else host


@lru_cache(4096)
def _is_here(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
