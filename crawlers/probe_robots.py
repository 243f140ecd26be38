"""robots.txt between rounds of samples: kept for a day, so that a sample costs a site one request; longer while it cannot be had (RFC 9309, 2.4)."""

import json
import os
import threading
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawlers.robots import Robots

_DAY = timedelta(hours=24)


class Rules:
    """What is kept, by origin: when it was had, and its text. Used by the threads of one round."""

    def __init__(self, path: Path, clock: Callable[[], datetime]) -> None:
        self._path, self._clock = path, clock
        self._lock = threading.Lock()
        self._kept = _read(path)

    def lend(self, robots: Robots) -> None:
        """Let a fetcher know what is still new, and learn what it has to ask for."""
        now = self._clock()
        for origin, (at, text) in self._kept.copy().items():
            if now - at < _DAY:
                robots.know(origin, text)
        robots.told = self._learn

    def settle(self, robots: Robots, url: str, origin: str) -> None:
        """Have the rules of an address at hand before its time is taken; what was known before stands while they cannot be had."""
        if robots.bar(url, origin) is not None and (known := self._kept.get(origin)) is not None:
            robots.know(origin, known[1])

    def write(self) -> None:
        """Keep what was learnt. Raises OSError."""
        draft = self._path.with_name(f".{self._path.name}.{os.getpid()}")
        draft.write_text(json.dumps({origin: [at.isoformat(), text] for origin, (at, text) in self._kept.items()}, ensure_ascii=False), "utf-8")
        draft.replace(self._path)

    def _learn(self, origin: str, text: str) -> None:
        with self._lock:
            self._kept[origin] = self._clock(), text


def _read(path: Path) -> dict[str, tuple[datetime, str]]:
    try:
        raw = json.loads(path.read_text("utf-8"))
        return {str(origin): (datetime.fromisoformat(at).astimezone(UTC), str(text)) for origin, (at, text) in raw.items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}  # a cache: without it the rules are asked for
