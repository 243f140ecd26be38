"""Running host groups on a Dask cluster (extra `cluster`). A worker that is lost costs the sites it held; they go on elsewhere."""

import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from contextlib import contextmanager
from dataclasses import replace
from importlib import import_module
from typing import Any

from crawlers.executors import POLL, run_processes
from crawlers.manifest import RunError
from crawlers.process import room_for, share_one_heap
from crawlers.progress import Abandoned
from crawlers.storage import storage
from crawlers.work import Job, crawl_group

log = logging.getLogger(__name__)
_PATIENCE = 15
_LONELY = 60.0
_EVERY = 3.0
_STARTS = 2
"""A group that was started this often and not finished has lost two workers: it is left to the machine of the command, where only a process can die."""


class ClusterError(RunError):
    """The cluster cannot be used; one Chinese line with the address and the remedy."""


def run_cluster(client: Any, jobs: Sequence[Job], report: Callable[[], None], workers: int) -> None:
    """Every group a task of its own. What the cluster could not finish is crawled here, in `workers` processes. Raises ClusterError.

    Two workers never have one group: a worker whose task was taken from it stops before its next request, and the site's journal is locked while it is
    written (where the run directory is shared).
    """
    address, run = client.scheduler.address, jobs[0].run_id
    _check(client, address, jobs[0])
    executor = client.get_executor(pure=False, retries=0)
    waiting: dict[Future[bool], Job] = {executor.submit(crawl_on_worker, job): job for job in jobs}
    asked = seen = time.monotonic()
    while waiting:
        done, _ = wait(waiting, timeout=POLL, return_when=FIRST_COMPLETED)
        for future in done:
            job = waiting.pop(future)
            if future.cancelled():
                raise ClusterError(f"与 Dask 集群 {address} 失去联系，恢复后请用 crawl --resume {run} 续采")
            if (error := future.exception()) is not None:
                log.warning("%s: %s", job.name, error)
            if job.apart:
                fetch_finished(job)
        report()
        if time.monotonic() - asked > _EVERY:
            asked = time.monotonic()
            seen = asked if _workers(client, address, run) else seen
            if asked - seen > _LONELY:
                raise ClusterError(f"Dask 集群 {address} 已没有工作节点，补上后请用 crawl --resume {run} 续采")
    rest = [replace(job, apart=False) for job in (job.left() for job in jobs) if job.sites]
    if rest:
        run_processes(rest, max(1, workers), report, deaths=1)


def _workers(client: Any, address: str, run: str) -> int:
    if client.status == "closed":
        raise ClusterError(f"与 Dask 集群 {address} 失去联系，恢复后请用 crawl --resume {run} 续采")
    try:
        return len(client.scheduler_info(n_workers=-1)["workers"])
    except (OSError, TimeoutError):  # it is being connected to again; the client gives up by itself
        return 0


def _check(client: Any, address: str, job: Job) -> None:
    """Whether the workers have this program and see the run directory."""
    try:
        seen = client.run(reaches, job)
    except Exception as error:  # what a worker of another version raises is sent over as it is, and may be anything
        raise ClusterError(f"Dask 集群 {address} 的工作节点不能运行本程序（{' '.join(str(error).split())[:160]}），请在各机器上安装同一版本") from error
    if blind := sorted(worker for worker, reached in seen.items() if not reached):
        where = job.store if job.apart else job.folder
        what = "请检查存放处的地址与权限" if job.apart else "请把数据目录放在各机器挂载于同一路径的文件夹中，或用 --runs 指定对象存储"
        raise ClusterError(f"工作节点 {'、'.join(blind[:5])} 读不到批次目录 {where}，{what}，再用 crawl --resume {job.run_id} 续采")


def reaches(job: Job) -> bool:
    """Whether this machine can read the run directory."""
    try:
        return storage(job.store).has("plan.json") if job.apart else (job.folder / "plan.json").is_file()
    except RunError:
        return False


def crawl_on_worker(job: Job) -> bool:
    """A task: crawl one group. False when it was started too often before; the command's own machine then sees to it."""
    distributed: Any = import_module("distributed")
    worker, key = distributed.get_worker(), getattr(distributed.worker.thread_state, "key", None)
    room_for(worker.state.nthreads)
    share_one_heap()

    def wanted() -> bool:
        task = worker.state.tasks.get(key) if key is not None else None
        return worker.status.name == "running" and (task is None or task.state in ("executing", "long-running"))

    if not _start(job):
        return False
    try:
        crawl_group(job, wanted)
    except Abandoned as error:
        raise RuntimeError("the task was taken from this worker") from error
    return True


def fetch_finished(job: Job) -> None:
    """Bring the observations that a group's worker left in the storage into the run directory."""
    there = storage(job.store)
    for site in job.left().sites:
        if there.has(f"sites/{site.id}.json"):
            there.fetch(f"sites/{site.id}.json", job.folder / "sites" / f"{site.id}.json")


def _start(job: Job) -> bool:
    """Count the starts of a group where every worker sees them."""
    name = f"sites/{job.name}.starts"
    if job.apart:
        there = storage(job.store)
        before = len(there.read(name)) if there.has(name) else 0
        if before < _STARTS:
            there.write(name, b"x" * (before + 1))
        return before < _STARTS
    path = job.folder / name
    before = path.stat().st_size if path.is_file() else 0
    if before < _STARTS:
        with path.open("ab") as file:
            file.write(b"x")
    return before < _STARTS


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A client of the cluster, None when no address is given. Raises ClusterError."""
    if not address:
        yield None
        return
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ClusterError("未安装集群组件，请先运行 pip install 'disclosure-index[cluster]'，或去掉 --cluster 在本机采集") from error
    for name in [name for name in logging.root.manager.loggerDict if name.partition(".")[0] == "distributed"]:
        logging.getLogger(name).setLevel(logging.CRITICAL + 1)  # what is lost is said here, in one line
    try:
        client = distributed.Client(address, timeout=_PATIENCE, name="disclosure", set_as_default=False)
    except (OSError, TimeoutError) as error:
        raise ClusterError(f"连接不上 Dask 集群 {address}，请确认 dask scheduler 已在那里启动、地址与端口无误") from error
    except (ValueError, TypeError) as error:
        raise ClusterError(f"Dask 集群地址 {address} 无效，应写成 tcp://主机:8786 这样") from error
    try:
        try:
            client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError as error:
            raise ClusterError(f"Dask 集群 {address} 没有工作节点，请在各机器上运行 dask worker {address} --nthreads 250") from error
        yield client
    finally:
        with contextlib.suppress(Exception):
            client.close(timeout=5)
