"""The simulated city with every request counted, and a hook on the n-th: to kill whoever asks."""

import threading
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from crawlers.demo.content import ROOT
from crawlers.demo.pages import Reply
from crawlers.demo.server import DemoCity
from crawlers.observation import dump, load
from crawlers.register import Register, load_register

Request = tuple[str, str, str, str]
"""Site, method, target, form."""


class CountedCity(DemoCity):
    """`asked` counts by request; `on_request(site, number)` is called with the number of the request at that site, before it is answered.

    `settled`: pages that fail when first asked for are right from the start, so that a site read anew from its beginning reads the same.
    """

    def __init__(self, root: Path = ROOT) -> None:
        super().__init__(root)
        self.asked: Counter[Request] = Counter()
        self.numbers: Counter[str] = Counter()
        self.on_request: Callable[[str, int], None] | None = None
        self.settled = False
        self._counting = threading.Lock()

    def reply(self, site: str, method: str, target: str, form: str = "") -> Reply:
        with self._counting:
            self.asked[site, method, target, form] += 1
            self.numbers[site] += 1
            number = self.numbers[site]
        if self.on_request is not None:
            self.on_request(site, number)
        if self.settled:
            self._asked.add((site, self.as_of, method, target, form))
        return super().reply(site, method, target, form)

    def forget(self) -> None:
        """Count from nought."""
        self.asked.clear()
        self.numbers.clear()
        self._asked.clear()


def written(register: Register, path: Path) -> Path:
    """A register as a file."""
    path.write_text(register.model_dump_json(), "utf-8")
    load_register(path)
    return path


def timeless(path: Path) -> bytes:
    """An observation without what differs from run to run: its name and times, and where in the evidence records stand (compressed times have other lengths)."""
    observation = load(path)
    then = observation.started.replace(year=2000, month=1, day=1, hour=0, minute=0, second=0, microsecond=0)
    snapshots = tuple(replace(shot, at=then, offset=0, length=bool(shot.length)) for shot in observation.snapshots)
    checks = replace(observation.checks, load=None)
    return dump(replace(observation, run="", started=then, finished=then, snapshots=snapshots, checks=checks))
