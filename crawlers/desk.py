"""The reading desk of a process: of its many crawling threads one reads pages at a time, the others wait for answers.

Python runs one thread at a time anyway. Left to itself it takes hundreds of sites in turns of milliseconds, so that pages are parsed, put aside for memory's sake and
parsed again; at a desk, the site that began first goes on first, and is done and forgotten sooner (20 sites at once: half the CPU).

Sites that are asked once a second go on in another order: the one with the fewest turns behind it first. What it has left to ask takes longest, and when the first went on
first, the last were still waiting from request to request when nothing else was left to do.
"""

import heapq
import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Desk:
    """Taken by the thread that reads, given up while it waits; next is the waiting thread that has had the fewest turns, and of these the one that was seated first."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._taken = False
        self._seats = 0
        self._waiting: list[tuple[int, int, threading.Lock]] = []
        self._here = threading.local()

    @contextmanager
    def seated(self) -> Iterator[None]:
        """This thread crawls a site: it holds the desk but where it is `away`."""
        with self._lock:
            self._seats += 1
            seat = self._seats
        self._here.turns = 0
        self._take(seat)
        self._here.seat = seat
        try:
            yield
        finally:
            self._here.seat = 0
            self._give()

    def away(self, *, turn: bool = False) -> "_Away":
        """This thread waits for somebody else; nothing to give up where it is not seated, or away already. `turn`: until its site may be asked again."""
        return _Away(self, turn)

    def leave(self, turn: bool) -> int:
        """Give the desk up; the seat to come back to, 0 where this thread has none."""
        seat: int = getattr(self._here, "seat", 0)
        if seat:
            self._here.seat = 0
            self._here.turns += turn
            self._give()
        return seat

    def back(self, seat: int) -> None:
        """Take the desk again, when it is this seat's turn."""
        if seat:
            self._take(seat)
            self._here.seat = seat

    def _take(self, seat: int) -> None:
        with self._lock:
            if not self._taken:
                self._taken = True
                return
            gate = threading.Lock()
            gate.acquire()
            heapq.heappush(self._waiting, (self._here.turns, seat, gate))
        gate.acquire()  # released by the one that gives the desk to this thread

    def _give(self) -> None:
        with self._lock:
            if self._waiting:
                heapq.heappop(self._waiting)[-1].release()
            else:
                self._taken = False


class _Away:
    """A while away from a desk."""

    __slots__ = ("_desk", "_seat", "_turn")

    def __init__(self, desk: Desk, turn: bool) -> None:
        self._desk, self._turn, self._seat = desk, turn, 0

    def __enter__(self) -> None:
        self._seat = self._desk.leave(self._turn)

    def __exit__(self, *trouble: object) -> None:
        self._desk.back(self._seat)


DESK = Desk()
