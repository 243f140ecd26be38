"""Running host groups on this machine: threads, or processes of many threads each, of which one may die."""

import contextlib
import multiprocessing
import os
import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from types import ModuleType

from crawlers.process import collect_seldom, die_with, room_for, share_one_heap, stay_on_core
from crawlers.work import Job, crawl_group, give_up

POLL = 0.3
THREADS = 250
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
    running = dict(_started(jobs[index::count], index, count) for index in range(count))
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


def _started(batch: Sequence[Job], number: int = 0, processes: int = 1) -> tuple[Future[None], tuple[Sequence[Job], ProcessPoolExecutor]]:
    pool = ProcessPoolExecutor(max_workers=1, mp_context=multiprocessing.get_context("spawn"), initializer=die_with, initargs=(os.getpid(),))
    with _nameless():
        return pool.submit(crawl_batch, batch, number, processes), (batch, pool)


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


def crawl_batch(jobs: Sequence[Job], number: int = 0, processes: int = 1) -> None:
    """Many host groups at once, a thread each: politeness makes each of them wait most of the time. This process is the `number`th of so many."""
    if not any(job.browser for job in jobs):  # a browser has processes of its own, which want other cores
        stay_on_core(number, processes)
    collect_seldom()
    share_one_heap()
    room_for(min(len(jobs), THREADS))
    with ThreadPoolExecutor(max_workers=min(len(jobs), THREADS)) as pool:
        for future in [pool.submit(crawl_group, job) for job in jobs]:
            future.result()
