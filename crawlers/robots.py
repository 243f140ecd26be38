"""What robots.txt allows (RFC 9309), asked once a host and remembered; rules that could not be had bar the host, and are asked for again a few times in case it only stumbled."""

from collections.abc import Callable
from dataclasses import dataclass

from protego import Protego

from crawlers.response import Response
from crawlers.status import FetchStatus

MAX_DELAY = 60.0
"""Seconds of Crawl-delay that are obeyed at most."""
_READ = 512_000
_AGAIN = 3
"""Times that rules which could not be had are asked for again; each time after as many barred pages."""
_NO_RULES = frozenset({FetchStatus.SHIELD, FetchStatus.REDIRECT_LOOP, FetchStatus.TOO_LARGE, FetchStatus.ADDRESS_REFUSED})


@dataclass
class _Host:
    """`rules` None: everything is allowed. `barred`: how asking for the rules failed."""

    rules: Protego | None = None
    barred: FetchStatus | None = None
    delay: float = 0.0
    asked: int = 1
    refused: int = 0


class Robots:
    """The rules of every host that was asked. `ask` fetches a robots.txt, politely; `agent` is the name that rules may address.

    `told` is called with origin and text (empty: no rules) of each that was had, so that a crawl that is cut off can take it over by `know`.
    """

    def __init__(self, ask: Callable[[str], Response], agent: str) -> None:
        self._ask, self._agent = ask, agent
        self._hosts: dict[str, _Host] = {}
        self.told: Callable[[str, str], None] | None = None

    def bar(self, url: str, origin: str) -> FetchStatus | None:
        """None when the address may be asked; ROBOTS, or why the rules could not be had."""
        host = self._hosts.get(origin)
        if host is None:
            host = self._hosts[origin] = self._read(origin)
        elif host.barred is not None and host.refused >= _AGAIN and host.asked <= _AGAIN:
            asked = host.asked
            host = self._hosts[origin] = self._read(origin)
            host.asked = asked + 1
        if host.barred is not None:
            host.refused += 1
            return host.barred
        return None if host.rules is None or host.rules.can_fetch(url, self._agent) else FetchStatus.ROBOTS

    def delay(self, origin: str) -> float:
        """Seconds that the host wants between two requests."""
        host = self._hosts.get(origin)
        return host.delay if host is not None else 0.0

    def _read(self, origin: str) -> _Host:
        answer = self._ask(f"{origin}/robots.txt")
        # RFC 9309: 4xx and endless redirects mean no rules. A shield answers the page itself the same way, and that is what gets recorded.
        if answer.ok or answer.status in _NO_RULES or (answer.http is not None and answer.http < 500 and answer.http != 429):
            text = answer.body[:_READ].decode("utf-8-sig", "replace") if answer.ok else ""
            if text.lstrip().startswith("<"):
                text = ""  # a page for every address, whatever its type says
            if self.told is not None:
                self.told(origin, text)
            return self._host(text)
        # RFC 9309: rules that cannot be had (5xx, no connection) forbid everything; the pages carry the reason.
        return _Host(barred=answer.status)

    def know(self, origin: str, text: str) -> None:
        """Take over a robots.txt that was had before."""
        self._hosts[origin] = self._host(text)

    def _host(self, text: str) -> _Host:
        if not text.strip():
            return _Host()
        rules = Protego.parse(text)
        return _Host(rules=rules, delay=min(float(rules.crawl_delay(self._agent) or 0), MAX_DELAY))
