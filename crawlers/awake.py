"""How many pages of a process stay parsed: a parsed page takes thirty times what it weighs, and hundreds of sites are crawled at once."""

import threading
from collections import deque
from typing import Protocol

AWAKE = 16
"""Pages that stay parsed. Only a few are at work at any moment; the others are parsed again when they are looked at again.

With few, the next page is parsed into memory that the processor still has at hand: 64 of them took a sixth more CPU a page.
"""


class Rests(Protocol):
    """Something that can let go of what it can have again."""

    def rest(self) -> None:
        """Let go."""


class Awake:
    """The pages that are parsed, oldest first; used by all threads of a process."""

    def __init__(self, limit: int = AWAKE) -> None:
        self._limit = limit
        self._pages: deque[Rests] = deque()
        self._lock = threading.Lock()

    def wake(self, page: Rests) -> None:
        """Take in a page that is being parsed; the one that has been longest lies down."""
        with self._lock:
            self._pages.append(page)
            tired = self._pages.popleft() if len(self._pages) > self._limit else None
        if tired is not None and tired is not page:
            tired.rest()


PARSED = Awake()
