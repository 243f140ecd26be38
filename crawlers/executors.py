"""Running host groups on this machine: threads, or processes of many threads each, of which one may die."""

import atexit
import contextlib
import ctypes
import gc
import multiprocessing
import os
import sys
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import ModuleType

from crawlers.work import Job, crawl_group, give_up

POLL = 0.3
THREADS = 250
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
"""Options of glibc's mallopt."""
_FREE, _BLOCK = 256 * 2**20, 32 * 2**20
"""Bytes that may lie free before they are given back, and of a block that the system is asked for by itself."""
_FILES = 8
"""Open files that a group in work may need: sockets, evidence, journal, progress."""
_STARTING = threading.Lock()


def run_threads(jobs: Sequence[Job], report: Callable[[], None]) -> None:
    """All groups in threads of this process."""
    with ThreadPoolExecutor(max_workers=min(len(jobs), THREADS)) as pool:
        waiting = {pool.submit(crawl_group, job) for job in jobs}
        while waiting:
            done, waiting = wait(waiting, timeout=POLL)
            report()
            for future in done:
                future.result()


def run_processes(jobs: Sequence[Job], workers: int, report: Callable[[], None], deaths: int = 0) -> None:
    """Groups dealt out to `workers` processes. `deaths`: how many processes the groups may have killed before.

    When a process dies, what it had not finished is dealt out to two new ones, halving until the group that kills is alone; one that has killed two
    is given up: its sites end as not observed. Sites go on where their journals end.
    """
    killed: Counter[str] = Counter({job.name: deaths for job in jobs})
    count = min(workers, len(jobs))
    running = dict(_started(jobs[index::count]) for index in range(count))
    try:
        while running:
            done, _ = wait(running, timeout=POLL, return_when=FIRST_COMPLETED)
            report()
            for future in done:
                batch, pool = running.pop(future)
                pool.shutdown(wait=False)
                with contextlib.suppress(BrokenProcessPool):
                    future.result()
                    continue
                rest = [job for job in (job.left() for job in batch) if job.sites]
                killed.update(job.name for job in rest)
                if len(rest) == 1 and killed[rest[0].name] > 1:
                    give_up(rest[0])
                else:
                    running |= dict(_started(half) for half in (rest[::2], rest[1::2]) if half)
    finally:
        for _, pool in running.values():
            for process in (pool._processes or {}).values():  # interrupted, or one of them failed: the others must not go on unseen
                process.terminate()
            pool.shutdown(wait=False, cancel_futures=True)


def _started(batch: Sequence[Job]) -> tuple[Future[None], tuple[Sequence[Job], ProcessPoolExecutor]]:
    pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"), initializer=die_with, initargs=(os.getpid(),))
    with _nameless():
        return pool.submit(crawl_batch, batch), (batch, pool)


@contextlib.contextmanager
def _nameless() -> Iterator[None]:
    """While a process is started: it would import the command's own module, the database and the dashboard's services with it, and use nothing of them."""
    with _STARTING:
        command = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = command


def crawl_batch(jobs: Sequence[Job]) -> None:
    """Many host groups at once, a thread each: politeness makes each of them wait most of the time."""
    collect_seldom()
    share_one_heap()
    room_for(min(len(jobs), THREADS))
    with ThreadPoolExecutor(max_workers=min(len(jobs), THREADS)) as pool:
        for future in [pool.submit(crawl_group, job) for job in jobs]:
            future.result()


def collect_seldom() -> None:
    """Look for garbage less often in a process that only crawls: doing so by default took a seventh of its CPU."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)


def share_one_heap() -> None:
    """Have the C library serve all threads from one heap that keeps what pages free. Elsewhere than with glibc nothing is changed.

    By default it gives every thread a heap of its own. Pages are parsed by one thread and let go by another, so that each of hundreds of heaps keeps holes of a page's
    size: a process of ten hosts held 673 MB, with one heap 192. Threads never wait for it: one of them reads at a time.
    """
    with contextlib.suppress(OSError, AttributeError, TypeError):
        mallopt = ctypes.CDLL(None).mallopt
        for option, value in ((_ARENA_MAX, 1), (_TRIM_THRESHOLD, _FREE), (_MMAP_THRESHOLD, _BLOCK)):
            mallopt(option, value)


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
