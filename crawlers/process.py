"""What a process that only crawls sets for itself: its core, its memory, its open files, its end."""

import atexit
import contextlib
import ctypes
import gc
import os
import threading
import time

_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Options of glibc's mallopt."""
_FREE, _BLOCK = 256 * 2**20, 32 * 2**20
"""Bytes that may lie free before they are given back, and of a block that the system is asked for by itself."""
_FILES = 8
"""Open files that a group in work may need: sockets, evidence, journal, progress."""


def collect_seldom() -> None:
    """Look for garbage less often in a process that only crawls: doing so by default took a seventh of its CPU.

    Reading pages leaves no cycles behind; what hundreds of sites have in memory was walked through in vain, one part in thirty of the CPU with a tenth of this threshold.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(500_000, 20, 50)


def share_one_heap() -> None:
    """Have the C library serve all threads from one heap that keeps what pages free. Elsewhere than with glibc nothing is changed.

    By default it gives every thread a heap of its own. Pages are parsed by one thread and let go by another, so that each of hundreds of heaps keeps holes of a page's
    size: a process of ten hosts held 673 MB, with one heap 192. Threads never wait for it: one of them reads at a time.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        for option, value in ((_ARENA_MAX, 1), (_TRIM_THRESHOLD, _FREE), (_MMAP_THRESHOLD, _BLOCK)):
            mallopt(option, value)


def stay_on_core(number: int, processes: int) -> None:
    """Keep the threads of this process, the `number`th from 0 of so many, on one core; call it before they are started.

    Of hundreds of threads one reads at a time, and the system wakes the next on whichever core is idle, where nothing of what it works with is at hand: threads that
    take turns cost a quarter more CPU than the same work in one thread, and on one core no more than it. Only where the processes fill the cores, so that each has its own and
    none is left idle; on a system that cannot say which cores there are nothing is changed. Programs that this process starts stay on its core as well.
    """
    if not hasattr(os, "sched_setaffinity"):
        return
    cores = sorted(os.sched_getaffinity(0))
    if 1 < len(cores) <= processes:
        with contextlib.suppress(OSError):
            os.sched_setaffinity(0, {cores[number % len(cores)]})


def die_with(parent: int) -> None:
    """End this worker when the process that started it is gone: an orphan would go on asking the sites, unseen and beside the next run."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()
    atexit.register(os._exit, 0)  # its work is written by then: nothing is left to tear down


def room_for(groups: int) -> None:
    """Let this process open as many files as that many groups need, as far as the system allows."""
    try:
        import resource
    except ImportError:
        return
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 256 + groups * _FILES
    if soft != resource.RLIM_INFINITY and soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if hard == resource.RLIM_INFINITY else min(wanted, hard), hard))
