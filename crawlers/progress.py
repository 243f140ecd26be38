"""Where a run stands, told through small files in its directory, so that any executor, local or not, can be watched."""

import json
import os
import time
from collections.abc import Callable, Collection
from pathlib import Path

_EVERY = 2.0
"""Seconds between two notes of a site: hundreds of sites are asked once a second, and each note is a file."""
_QUICK, _SHARE = 0.005, 20
"""Seconds a look may take at any time; one at hundreds of files that took longer is not taken again for so many times as long."""


class Abandoned(BaseException):
    """The work was given to somebody else meanwhile: stop at once, and write nothing of the site."""


class Meter:
    """Counts one site's requests into `sites/SITE.progress`. Raises Abandoned from `page` once `wanted` says no."""

    def __init__(self, path: Path, wanted: Callable[[], bool]) -> None:
        self._path, self._wanted = path, wanted
        self._pages, self._failures, self._now, self._written = 0, 0, "", 0.0

    def page(self, url: str, good: bool) -> None:
        """Count one request."""
        if not self._wanted():
            raise Abandoned
        self._pages += 1
        self._failures += not good
        self._now = url
        if time.monotonic() - self._written > _EVERY:
            self.write()

    def write(self) -> None:
        """Write the counts down."""
        self._written = time.monotonic()
        note(self._path, self._pages, self._failures, self._now)


def note(path: Path, pages: int, failures: int, now: str = "") -> None:
    """Write a site's counts. The file is written over rather than emptied first: file systems put an emptied file on disk when it is closed, ten times the cost."""
    text = json.dumps([pages, failures, now]).encode()
    file = os.open(path, os.O_WRONLY | os.O_CREAT, 0o666)
    try:
        os.write(file, text)
        os.ftruncate(file, len(text))
    finally:
        os.close(file)


class Watch:
    """Reads the progress of `sites` below `folder`; a site that is done is read once more and not again, so that a run of thousands can be watched."""

    def __init__(self, folder: Path, sites: Collection[str]) -> None:
        self._folder, self._sites = folder, frozenset(sites)
        self._done: set[str] = set()
        self._pages = self._failures = 0
        self._seen, self._until = (0, 0, 0, ""), 0.0

    def look(self, *, whole: bool = False) -> tuple[int, int, int, str]:
        """Sites done, pages, failures, and an address being opened; as they were at the last look where that was costly and has only just been taken, unless the `whole` is wanted."""
        began = time.monotonic()
        if whole or began >= self._until:
            self._seen = self._look()
            took = time.monotonic() - began
            self._until = began + took * _SHARE if took > _QUICK else 0.0
        return self._seen

    def _look(self) -> tuple[int, int, int, str]:
        with os.scandir(self._folder) as entries:
            names = {entry.name for entry in entries}
        now = ""
        pages = failures = 0
        for site in sorted({name.removesuffix(".progress") for name in names if name.endswith(".progress")} - self._done):
            if (seen := _read(self._folder / f"{site}.progress")) is None:
                continue  # it is being replaced at this moment
            if f"{site}.json" in names:
                self._done.add(site)
                self._pages, self._failures = self._pages + seen[0], self._failures + seen[1]
            else:
                pages, failures, now = pages + seen[0], failures + seen[1], seen[2]
        done = len(self._sites & {name.removesuffix(".json") for name in names if name.endswith(".json")})
        return done, self._pages + pages, self._failures + failures, now


def _read(path: Path) -> tuple[int, int, str] | None:
    try:
        pages, failures, now = json.loads(path.read_text("utf-8"))
        return int(pages), int(failures), str(now)
    except (OSError, ValueError, TypeError):
        return None
