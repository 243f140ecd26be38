"""采集批次: crawls the sites of a register into an immutable run directory; `run.json`, written last, makes it complete."""

import contextlib
import hashlib
import json
import multiprocessing
import os
from collections.abc import Callable, Collection, Iterator
from concurrent.futures import Executor, Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from crawlers.observation import FORMAT, FormatTooNew, SiteObservation, load
from crawlers.plan import Plan
from crawlers.register import Register, SiteEntry
from crawlers.status import FetchStatus
from crawlers.work import Job, crawl_batch, crawl_group, progress_of, write_site

ENGINE = "0.1.0"
_POLL = 0.2


class RunError(ValueError):
    """A run that cannot be used; one Chinese line with the culprit and the remedy."""


class RunIncomplete(RunError):
    """No `run.json`: the crawl was cut off."""


class RunDamaged(RunError):
    """A file of the run does not agree with `run.json`."""


class SiteResult(BaseModel):
    """One site of a run. `sha256` is that of `sites/SITE.json`."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    status: FetchStatus
    pages: int
    failures: int
    sha256: str


class RunManifest(BaseModel):
    """`run.json`. `simulated` is the register's word; `register_sha` identifies the site list that was crawled."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    format: int = FORMAT
    run_id: str
    as_of: date
    started: datetime
    finished: datetime
    plan_sha: str
    engine: str = ENGINE
    origin: str = "cli"
    simulated: bool = False
    sites: dict[str, SiteResult]


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
) -> RunSummary:
    """Crawl into `runs/run_id`. `workers` processes, each with a thread a host group (0: threads of this process). Sites that an earlier, cut-off attempt finished are kept when `resume`.

    Raises RunError for an unknown site in `only`, a run that exists already, or one that was started with another plan.
    """
    sites = _chosen(register, only)
    folder = runs / run_id
    started = datetime.now(UTC)
    _prepare(folder, plan, resume=resume)
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
            earlier=tuple((site.id, str(earlier[site.id])) for site in group if site.id in earlier),
        )
        for group in register.host_groups()
    ]
    jobs = [job for job in jobs if job.sites]
    _run_jobs(jobs, workers, lambda: _report(folder, sites, progress))
    results = {site: _result(folder, site) for site in sites}
    manifest = RunManifest(
        run_id=run_id, as_of=as_of, started=started, finished=datetime.now(UTC), plan_sha=plan.sha(), origin=origin, simulated=register.simulated, sites=results
    )
    for leftover in (folder / "sites").glob("*.progress"):
        leftover.unlink()
    _replace(folder / "run.json", manifest.model_dump_json(indent=1).encode())
    return RunSummary(run_id, folder, manifest)


def read_run(folder: Path) -> RunManifest:
    """The manifest of a complete run, checked against its files. Raises RunIncomplete, RunDamaged, FormatTooNew."""
    path = folder / "run.json"
    if not path.is_file():
        if not folder.is_dir():
            raise RunError(f"采集批次 {folder} 不存在")
        raise RunIncomplete(f"采集批次 {folder.name} 没有采完（缺少 run.json），请用 crawl --resume {folder.name} 续采")
    try:
        raw = json.loads(path.read_bytes())
        if isinstance(raw, dict) and isinstance(raw.get("format"), int) and raw["format"] > FORMAT:
            raise FormatTooNew(f"采集批次 {folder.name} 的格式 {raw['format']} 比本程序（格式 {FORMAT}）新，请升级程序后再入库")
        manifest = RunManifest.model_validate(raw)
    except (json.JSONDecodeError, ValidationError) as error:
        raise RunDamaged(f"采集批次 {folder.name} 的 run.json 已损坏，请重新采集或从采集机器取回") from error
    for site, result in manifest.sites.items():
        file = folder / "sites" / f"{site}.json"
        if not file.is_file() or _sha(file) != result.sha256:
            raise RunDamaged(f"采集批次 {folder.name} 中 {file.name} 与 run.json 的校验值不符，请重新采集或从采集机器取回")
    return manifest


def observations(folder: Path, manifest: RunManifest) -> Iterator[SiteObservation]:
    """The observations of a complete run, one at a time."""
    for site in manifest.sites:
        yield load(folder / "sites" / f"{site}.json")


def _chosen(register: Register, only: Collection[str] | None) -> dict[str, SiteEntry]:
    sites = {site.id: site for site in register.sites}
    if unknown := sorted(set(only or ()) - set(sites)):
        raise RunError(f"站点清单中没有网站 {'、'.join(unknown)}；可选：{'、'.join(list(sites)[:20])}")
    return {name: site for name, site in sites.items() if only is None or name in only}


def _prepare(folder: Path, plan: Plan, *, resume: bool) -> None:
    if resume:
        if not (folder / "plan.json").is_file():
            raise RunError(f"没有可续采的批次 {folder.name}（缺少 plan.json）")
        if (folder / "run.json").is_file():
            raise RunError(f"采集批次 {folder.name} 已经采完，不必续采")
        if Plan.model_validate_json((folder / "plan.json").read_bytes()).sha() != plan.sha():
            raise RunError(f"采集批次 {folder.name} 的采集方案与现在的不同，请用当时的指标体系续采，或新开一个批次")
        return
    if folder.exists():
        raise RunError(f"采集批次 {folder.name} 已经存在")
    try:
        (folder / "sites").mkdir(parents=True)
        plan.write(folder / "plan.json")
    except OSError as error:
        raise RunError(f"无法写入 {folder}：{error.strerror or error}，请检查磁盘空间与目录权限") from error


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
    return ProcessPoolExecutor(max_workers=count, mp_context=multiprocessing.get_context("spawn"))


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
    return SiteResult(status=observation.status, pages=observation.pages, failures=observation.failures, sha256=_sha(path))


def _sha(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def _replace(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    part.write_bytes(content)
    part.replace(path)
