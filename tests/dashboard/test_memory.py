"""What stays is set aside after a long collection, and looked through again after a while."""

import gc
import weakref
from collections.abc import Iterator

import pytest

from dashboard.components import memory
from dashboard.components.memory import Aside


class Clock:
    """Time as the test tells it."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


class Knot:
    """Something that holds itself."""

    def __init__(self) -> None:
        self.me = self


@pytest.fixture(autouse=True)
def only_ours() -> Iterator[None]:
    kept = list(gc.callbacks)
    gc.callbacks.clear()
    gc.unfreeze()
    yield
    gc.callbacks[:] = kept
    gc.unfreeze()


def _collection(aside: Aside, clock: Clock, seconds: float) -> None:
    aside("start", {"generation": 2})
    clock.now += seconds
    aside("stop", {"generation": 2})


def test_only_a_long_full_collection_sets_aside() -> None:
    clock = Clock()
    aside = Aside(clock)
    _collection(aside, clock, 0.001)
    assert gc.get_freeze_count() == 0
    aside("start", {"generation": 1})
    clock.now += 1
    aside("stop", {"generation": 1})
    assert gc.get_freeze_count() == 0
    _collection(aside, clock, 0.1)
    assert gc.get_freeze_count() > 1000


def test_garbage_among_what_was_set_aside_is_found_after_a_while() -> None:
    clock = Clock()
    aside = Aside(clock)
    knot = Knot()
    gone = weakref.ref(knot)
    _collection(aside, clock, 0.1)
    del knot
    gc.collect()
    assert gone() is not None  # set aside: not looked at
    clock.now += 3600
    aside("start", {"generation": 2})
    gc.collect()
    assert gone() is None


def test_the_callback_is_there_once() -> None:
    memory.set_aside()
    memory.set_aside()
    assert len(gc.callbacks) == 1
