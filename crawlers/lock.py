"""Who may write: one process at a time, however it ends; the system lets go of what a killed process held."""

import time
from typing import IO, Any

try:
    import fcntl
except ImportError:  # a system without it: nothing is held, and nobody is kept out
    fcntl = None  # type: ignore[assignment]

_POLL = 0.1


def held(file: IO[Any], patience: float = 0.0) -> bool:
    """Take a file for oneself until it is closed; False when another process has it and keeps it for `patience` seconds.

    A file system that knows no locks lets everybody in: the run's own order of work is then all that keeps two apart.
    """
    if fcntl is None:
        return True
    until = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= until:
                return False
            time.sleep(_POLL)
        except OSError:
            return True
        else:
            return True
