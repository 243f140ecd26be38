"""采集批次: crawls the sites of a register into an immutable run directory; `run.json`, written last, makes it complete."""

import contextlib
import hashlib
import json
import os
from collections.abc import Callable, Collection, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ValidationError

from crawlers.cluster import connected, fetch_finished, run_cluster
from crawlers.contact import contact_of
from crawlers.executors import run_processes, run_threads
from crawlers.lock import held
from crawlers.manifest import RunBusy, RunDamaged, RunError, RunManifest, RunStart, SiteResult, replace_file
from crawlers.oserror import said
from crawlers.plan import Plan
from crawlers.progress import Watch
from crawlers.register import Register, ScopeEntry, SiteEntry
from crawlers.status import FetchStatus
from crawlers.storage import storage
from crawlers.work import Job

_LEFTOVERS = ("*.progress", "*.journal", "*.starts", "*.earlier")
"""What only a run that is not complete needs."""


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
    cluster: str = "",
    store: str = "",
    browser: bool = False,
) -> RunSummary:
    """Crawl into `runs/run_id`. `workers` processes, each with a thread a host group (0: threads of this process).

    `cluster`: address of a Dask scheduler, whose workers crawl instead. `store`: fsspec URL below which the run's files are put: its evidence lives there,
    and the cluster's workers need not see `runs`. `browser`: run the scripts of pages that show nothing without, and photograph confirmed negatives. When `resume`, sites that an earlier, cut-off attempt finished are kept, others go on where their journals
    end, and the run keeps the day it was started for. `shift` moves the clock that stamps snapshots: for simulated sites only, whose content is of another
    day than today. Raises RunError for an unknown site in `only`, a run that exists already, is being crawled, or was started with another plan or site list.
    """
    sites = _chosen(register, only)
    folder = runs / run_id
    store = f"{store.rstrip('/')}/{run_id}" if store else ""
    with connected(cluster) as client, contextlib.ExitStack() as stack:
        start = _resumed(folder, plan, register, store) if resume else _prepare(folder, plan, register, as_of, store, browser=browser)
        if not held(stack.enter_context((folder / "start.json").open("r+b"))):
            raise RunBusy(f"采集批次 {run_id} 正由另一个进程采集，请等它结束或先终止它")
        jobs = _jobs(register, sites, folder, start, _earlier(runs, run_id, start.as_of), shift, apart=bool(cluster))
        watch = Watch(folder / "sites", sites)
        _run_jobs(jobs, workers, client, lambda: _report(watch, len(sites), progress))
        _report(watch, len(sites), progress, whole=True)
        manifest = RunManifest(
            run_id=run_id,
            as_of=start.as_of,
            started=start.started,
            finished=datetime.now(UTC),
            plan_sha=plan.sha(),
            origin=origin,
            simulated=register.simulated,
            register_sha=start.register_sha,
            sites={site: _result(folder, site) for site in sites},
        )
        content = manifest.model_dump_json(indent=1).encode()
        if start.store:
            storage(start.store).write("run.json", content)
        for pattern in _LEFTOVERS:
            for leftover in (folder / "sites").glob(pattern):
                leftover.unlink()
        replace_file(folder / "run.json", content)
    return RunSummary(run_id, folder, manifest)


def _jobs(
    register: Register, sites: Collection[str], folder: Path, start: RunStart, earlier: Mapping[str, Path], shift: timedelta, *, apart: bool
) -> list[Job]:
    """A job for each host group that has sites left. Where its workers are out of reach of this machine's files, earlier observations are put into the storage."""
    apart = apart and bool(start.store)
    scopes: dict[str, list[ScopeEntry]] = {}
    for scope in register.scopes:
        scopes.setdefault(scope.site, []).append(scope)
    jobs = []
    for group in register.host_groups():
        job = Job(
            sites=tuple(site for site in group if site.id in sites),
            scopes=tuple(scope for site in group for scope in scopes.get(site.id, ())),
            group=tuple(site.id for site in group),
            run_id=folder.name,
            as_of=start.as_of,
            folder=folder,
            contact=contact_of(register.contact),
            shift=shift,
            earlier=tuple((site.id, str(earlier[site.id])) for site in group if site.id in earlier),
            store=start.store,
            apart=apart,
            browser=start.browser,
        )
        if apart:
            fetch_finished(job)
        if (job := job.left()).sites:
            jobs.append(job)
    if apart:
        there = storage(start.store)
        with ThreadPoolExecutor(max_workers=16) as pool:
            list(pool.map(lambda one: there.put(Path(one[1]), f"earlier/{one[0]}.json"), [one for job in jobs for one in job.earlier]))
    return jobs


def _chosen(register: Register, only: Collection[str] | None) -> dict[str, SiteEntry]:
    sites = {site.id: site for site in register.sites}
    if unknown := sorted(set(only or ()) - set(sites)):
        raise RunError(f"站点清单中没有网站 {'、'.join(unknown)}；可选：{'、'.join(list(sites)[:20])}")
    return {name: site for name, site in sites.items() if only is None or name in only}


def _prepare(folder: Path, plan: Plan, register: Register, as_of: date, store: str, *, browser: bool) -> RunStart:
    if folder.exists():
        raise RunError(f"采集批次 {folder.name} 已经存在")
    start = RunStart(as_of=as_of, started=datetime.now(UTC), register_sha=_register_sha(register), store=store, browser=browser)
    content = start.model_dump_json(indent=1).encode()
    if store:  # tried first: what cannot be reached leaves nothing behind
        storage(store).write("plan.json", plan.model_dump_json(indent=1).encode())
        storage(store).write("start.json", content)
    try:
        (folder / "sites").mkdir(parents=True)
        plan.write(folder / "plan.json")
        replace_file(folder / "start.json", content)
    except OSError as error:
        raise RunError(f"无法写入 {folder}：{said(error)}，请检查磁盘空间与目录权限") from error
    return start


def _resumed(folder: Path, plan: Plan, register: Register, store: str) -> RunStart:
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
    if store not in ("", start.store):
        raise RunError(f"采集批次 {folder.name} 的文件存放在 {start.store or '数据目录中'}，不能改到 {store}")
    for mark in (folder / "sites").glob("*.starts"):
        mark.unlink()
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


def _run_jobs(jobs: list[Job], workers: int, client: Any, report: Callable[[], None]) -> None:
    if not jobs:
        return
    if client is not None:
        run_cluster(client, jobs, report, workers)
    elif workers <= 0 or len(jobs) == 1:
        run_threads(jobs, report)
    else:
        run_processes(jobs, workers, report)


def _report(watch: Watch, sites: int, progress: Callable[[Progress], None] | None, *, whole: bool = False) -> None:
    if progress is not None:
        done, pages, failures, now = watch.look(whole=whole)
        progress(Progress(sites, done, pages, failures, now))


def _result(folder: Path, site: str) -> SiteResult:
    path = folder / "sites" / f"{site}.json"
    body = path.read_bytes()
    head = _Head.model_validate_json(body)
    return SiteResult(status=head.status, pages=head.pages, failures=head.failures, sha256=hashlib.sha256(body).hexdigest())


class _Head(BaseModel):
    """What the manifest says of a site, out of an observation that is a hundred times as long."""

    status: FetchStatus
    pages: int
    failures: int
