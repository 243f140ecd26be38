"""采集批次: crawls the sites of a register into an immutable run directory; `run.json`, written last, makes it complete."""

import contextlib
import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Collection
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import ValidationError

from crawlers.manifest import RunDamaged, RunError, RunManifest, RunStart, SiteResult, file_sha, replace_file
from crawlers.observation import load
from crawlers.oserror import said
from crawlers.plan import Plan
from crawlers.register import Register, SiteEntry
from crawlers.status import FetchStatus
from crawlers.work import Job, crawl_batch, crawl_group, die_with, progress_of, write_site

_POLL = 0.2


@dataclass(frozen=True, slots=True)
class RunSummary:
    """What `crawl` did."""

    run_id: str
    path: Path
    manifest: RunManifest

    @property
    def unobserved(self) -> list[str]:
        """Sites whose home page could not be had."""
        return [site for site, result in self.manifest.sites.items() if result.status is not FetchStatus.OK]


@dataclass(frozen=True, slots=True)
class Progress:
    """Where a crawl stands: sites, pages and failures so far, and an address being opened."""

    sites: int
    sites_done: int
    pages: int
    failures: int
    now: str


def new_run_id(now: datetime) -> str:
    """A run's name: its start to the second, UTC, and four random digits."""
    return f"{now.astimezone(UTC):%Y%m%dT%H%M%SZ}-{os.urandom(2).hex()}"


def crawl(
    register: Register,
    plan: Plan,
    *,
    runs: Path,
    run_id: str,
    as_of: date,
    only: Collection[str] | None = None,
    workers: int = 2,
    resume: bool = False,
    progress: Callable[[Progress], None] | None = None,
    origin: Literal["cli", "check", "demo"] = "cli",
    shift: timedelta = timedelta(0),
) -> RunSummary:
    """Crawl into `runs/run_id`. `workers` processes, each with a thread a host group (0: threads of this process).

    Sites that an earlier, cut-off attempt finished are kept when `resume`, and the run keeps the day it was started for. `shift` moves the clock that stamps
    snapshots: for simulated sites only, whose content is of another day than today. Raises RunError for an unknown site in `only`, a run that exists already,
    or one that was started with another plan or site list.
    """
    sites = _chosen(register, only)
    folder = runs / run_id
    start = _resumed(folder, plan, register) if resume else _prepare(folder, plan, register, as_of)
    as_of = start.as_of
    earlier = _earlier(runs, run_id, as_of)
    kept = {site for site in sites if resume and _finished(folder, site)}
    jobs = [
        Job(
            sites=tuple(site for site in group if site.id in sites and site.id not in kept),
            scopes=tuple(scope for site in group for scope in register.scopes_of(site.id)),
            plan=plan,
            run_id=run_id,
            as_of=as_of,
            folder=folder,
            contact=register.contact,
            shift=shift,
            earlier=tuple((site.id, str(earlier[site.id])) for site in group if site.id in earlier),
        )
        for group in register.host_groups()
    ]
    jobs = [job for job in jobs if job.sites]
    _run_jobs(jobs, workers, lambda: _report(folder, sites, progress))
    results = {site: _result(folder, site) for site in sites}
    manifest = RunManifest(
        run_id=run_id,
        as_of=as_of,
        started=start.started,
        finished=datetime.now(UTC),
        plan_sha=plan.sha(),
        origin=origin,
        simulated=register.simulated,
        register_sha=start.register_sha,
        sites=results,
    )
    for leftover in (folder / "sites").glob("*.progress"):
        leftover.unlink()
    replace_file(folder / "run.json", manifest.model_dump_json(indent=1).encode())
    return RunSummary(run_id, folder, manifest)


def _chosen(register: Register, only: Collection[str] | None) -> dict[str, SiteEntry]:
    sites = {site.id: site for site in register.sites}
    if unknown := sorted(set(only or ()) - set(sites)):
        raise RunError(f"站点清单中没有网站 {'、'.join(unknown)}；可选：{'、'.join(list(sites)[:20])}")
    return {name: site for name, site in sites.items() if only is None or name in only}


def _prepare(folder: Path, plan: Plan, register: Register, as_of: date) -> RunStart:
    if folder.exists():
        raise RunError(f"采集批次 {folder.name} 已经存在")
    start = RunStart(as_of=as_of, started=datetime.now(UTC), register_sha=_register_sha(register))
    try:
        (folder / "sites").mkdir(parents=True)
        plan.write(folder / "plan.json")
        replace_file(folder / "start.json", start.model_dump_json(indent=1).encode())
    except OSError as error:
        raise RunError(f"无法写入 {folder}：{said(error)}，请检查磁盘空间与目录权限") from error
    return start


def _resumed(folder: Path, plan: Plan, register: Register) -> RunStart:
    if not (folder / "start.json").is_file() or not (folder / "plan.json").is_file():
        raise RunError(f"没有可续采的批次 {folder.name}（缺少 start.json 或 plan.json）")
    if (folder / "run.json").is_file():
        raise RunError(f"采集批次 {folder.name} 已经采完，不必续采")
    try:
        start = RunStart.model_validate_json((folder / "start.json").read_bytes())
        asked = Plan.model_validate_json((folder / "plan.json").read_bytes())
    except ValidationError as error:
        raise RunDamaged(f"采集批次 {folder.name} 的 start.json 或 plan.json 无法读取（已损坏，或由更新的版本写成），请升级程序或新开一个批次") from error
    if asked.sha() != plan.sha():
        raise RunError(f"采集批次 {folder.name} 的采集方案与现在的不同，请用当时的指标体系续采，或新开一个批次")
    if start.register_sha != _register_sha(register):
        raise RunError(f"采集批次 {folder.name} 开始后站点清单已改动，请用当时的站点清单续采，或新开一个批次")
    return start


def _register_sha(register: Register) -> str:
    return hashlib.sha256(register.model_dump_json().encode()).hexdigest()


def _earlier(runs: Path, run_id: str, as_of: date) -> dict[str, Path]:
    """For each site, its file in the newest complete run before this one: `first_seen` is carried over from there."""
    found: dict[str, tuple[date, Path]] = {}
    for path in runs.glob("*/run.json"):
        if path.parent.name == run_id:
            continue
        with contextlib.suppress(json.JSONDecodeError, ValidationError, OSError):
            manifest = RunManifest.model_validate_json(path.read_bytes())
            for site, result in manifest.sites.items():
                if manifest.as_of <= as_of and result.status is FetchStatus.OK and (site not in found or manifest.as_of > found[site][0]):
                    found[site] = (manifest.as_of, path.parent / "sites" / f"{site}.json")
    return {site: path for site, (_, path) in found.items()}


def _run_jobs(jobs: list[Job], workers: int, report: Callable[[], None]) -> None:
    if not jobs:
        return
    if workers <= 0 or len(jobs) == 1:
        with ThreadPoolExecutor(max_workers=min(len(jobs), 200)) as pool:
            _await([pool.submit(crawl_group, job) for job in jobs], report)
        return
    count = min(workers, len(jobs))
    batches = [jobs[index::count] for index in range(count)]
    with _processes(count) as pool:
        futures = [pool.submit(crawl_batch, batch) for batch in batches]
        broken = _await(futures, report)
    if not broken:
        return
    # A process died and took its batch along: what it had not finished is run again, one group in a process of its own; only the one that kills again is given up.
    for job in jobs:
        done = partial(_finished, job.folder)
        rest = job.without(done)
        if not rest.sites:
            continue
        with _processes(1) as pool:
            if _await([pool.submit(crawl_group, rest)], report):
                for site in rest.without(done).sites:
                    write_site(rest, site, None, FetchStatus.CANCELLED)


def _processes(count: int) -> Executor:
    return ProcessPoolExecutor(max_workers=count, mp_context=multiprocessing.get_context("spawn"), initializer=die_with, initargs=(os.getpid(),))


def _await(futures: list[Future[None]], report: Callable[[], None]) -> bool:
    """Wait, reporting meanwhile; whether a worker process died. Anything else that went wrong is raised."""
    waiting = set(futures)
    while waiting:
        _, waiting = wait(waiting, timeout=_POLL)
        report()
    broken = False
    for future in futures:
        try:
            future.result()
        except BrokenProcessPool:
            broken = True
    return broken


def _report(folder: Path, sites: Collection[str], progress: Callable[[Progress], None] | None) -> None:
    if progress is None:
        return
    pages, failures, now = progress_of(folder / "sites")
    progress(Progress(len(sites), sum(1 for site in sites if _finished(folder, site)), pages, failures, now))


def _finished(folder: Path, site: str | SiteEntry) -> bool:
    return (folder / "sites" / f"{site if isinstance(site, str) else site.id}.json").is_file()


def _result(folder: Path, site: str) -> SiteResult:
    path = folder / "sites" / f"{site}.json"
    observation = load(path)
    return SiteResult(status=observation.status, pages=observation.pages, failures=observation.failures, sha256=file_sha(path))
