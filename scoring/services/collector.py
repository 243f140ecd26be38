"""The garbage collector, out of the way while millions of records are made that all stay: looking through them again and again takes up to half of the time.

Who pauses it, and why the roll-up does without: docs/decisions/0018-by-column.md.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def paused() -> Iterator[None]:
    """No automatic collection in this block; nested blocks and other threads' blocks end it together."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()
