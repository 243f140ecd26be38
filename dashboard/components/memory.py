"""Streamlit collects all garbage after every run of a page; what stays for good is set aside, so that this takes a millisecond and not a fifth of a second."""

import gc
import time
from collections.abc import Callable

_LONG = 0.02
"""Seconds; a full collection that took longer looked through many objects that are here to stay: modules, published periods."""
_AGAIN = 600.0
"""Seconds after which what was set aside is looked through once more, so that what has become garbage since does not stay for ever."""


class Aside:
    """A callback for `gc.callbacks`. Only what a full collection has just found to be in use is set aside; things that are dropped without a cycle go as always."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._began = self._looked = clock()

    def __call__(self, phase: str, info: dict[str, int]) -> None:
        if info["generation"] != 2:
            return
        now = self._clock()
        if phase == "start":
            self._began = now
            if now - self._looked >= _AGAIN:
                self._looked = now
                gc.unfreeze()
        elif now - self._began > _LONG:
            gc.freeze()


_ASIDE = Aside()


def set_aside() -> None:
    """Begin; further calls do nothing."""
    if _ASIDE not in gc.callbacks:
        gc.callbacks.append(_ASIDE)
