"""What a worker does: crawls the sites of one host group, one after the other, and leaves each site's files when it is done."""

import contextlib
import errno
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from pathlib import Path

from crawlers.browser import shared
from crawlers.checks.outside import Outside
from crawlers.desk import DESK
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Fetcher, Policy
from crawlers.journal import Journal, robots_in
from crawlers.manifest import RunError
from crawlers.observation import SiteObservation, dump, load
from crawlers.oserror import said
from crawlers.plan import Plan
from crawlers.progress import Meter
from crawlers.register import ScopeEntry, SiteEntry
from crawlers.site import SiteCrawl, failed
from crawlers.status import FetchStatus
from crawlers.storage import spool, storage

_DISK = frozenset({errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE})
"""Trouble of this machine, not of a site: the run stops and can be resumed, instead of calling site after site unobservable."""


@dataclass(frozen=True, slots=True)
class Job:
    """One host group of a run, as it travels to a worker; the plan is read from the run directory. `group`: the ids of all its sites, of which `sites` are left.

    `earlier`: (site, file of its newest earlier observation). `shift` is added to the clock that stamps what was fetched.
    `store`: address of a storage that the site's files are put into; `apart`: `folder` is out of the worker's reach, so that it works in a folder of its own.
    `browser`: scripts are run and pictures taken by the worker's browser, where it has one.
    """

    sites: tuple[SiteEntry, ...]
    scopes: tuple[ScopeEntry, ...]
    group: tuple[str, ...]
    run_id: str
    as_of: date
    folder: Path
    contact: str
    earlier: tuple[tuple[str, str], ...] = ()
    shift: timedelta = timedelta(0)
    store: str = ""
    apart: bool = False
    browser: bool = False

    def now(self) -> datetime:
        """The instant by the run's clock: the edge from which snapshots get their times."""
        return datetime.now(UTC) + self.shift

    @property
    def name(self) -> str:
        """The group's name: its first site."""
        return self.group[0]

    def left(self) -> "Job":
        """The same job without the sites that are done."""
        return replace(self, sites=tuple(site for site in self.sites if not finished(self.folder, site.id)))

    def scopes_of(self, site: SiteEntry) -> list[ScopeEntry]:
        """The scopes on one of its sites."""
        return [scope for scope in self.scopes if scope.site == site.id]

    def plan(self) -> Plan:
        """What the run looks for. Raises OSError when the run directory is out of reach."""
        return _plan(self.folder / "plan.json")


@lru_cache(maxsize=8)
def _plan(path: Path) -> Plan:
    return Plan.model_validate_json(path.read_bytes())


def finished(folder: Path, site: str) -> bool:
    """Whether a site's observation is in the run directory."""
    return (folder / "sites" / f"{site}.json").is_file()


def crawl_group(job: Job, wanted: Callable[[], bool] = lambda: True) -> None:
    """The sites of one host group that are not done, one request at a time. Raises Abandoned as soon as the work is no longer `wanted`."""
    job = (_spooled(job) if job.apart else job).left()
    if not job.sites:
        return
    try:
        with DESK.seated():
            _crawl_sites(job, wanted)
    except OSError as error:
        raise RunError(f"采集批次 {job.run_id} 无法读写：{said(error)}，处理后请用 crawl --resume {job.run_id} 续采") from error


def _crawl_sites(job: Job, wanted: Callable[[], bool]) -> None:
    rate = min((site.rate for site in job.sites if site.rate), default=0.0)
    local = frozenset(netloc for site in job.sites if site.loopback for netloc in site.netlocs())
    policy = Policy(rate=rate, contact=job.contact, local=local, closed=all(site.loopback for site in job.sites), backoff=0.5 if rate else 0.05)
    fetcher = Fetcher(policy, clock=job.now)
    for name in job.group:
        for origin, text in robots_in(job.folder / "sites" / f"{name}.journal").items():
            fetcher.robots.know(origin, text)
    try:
        for site in job.sites:
            fetcher.policy = replace(policy, timeout=site.timeout, max_bytes=site.max_bytes)
            _crawl_site(job, site, fetcher, wanted)
            if job.store:
                with DESK.away():
                    _hand_over(job, site)
    finally:
        fetcher.close()


def _crawl_site(job: Job, site: SiteEntry, fetcher: Fetcher, wanted: Callable[[], bool]) -> None:
    folder = job.folder / "sites"
    part, whole = folder / f"{site.id}.warc.part", folder / f"{site.id}.warc.gz"
    if whole.is_file() and not part.is_file():  # killed between leaving the evidence and leaving the observation
        whole.replace(part)
    with Journal(folder / f"{site.id}.journal", part) as journal:
        fetcher.robots.told = journal.note_robots
        observation = _observed(job, site, fetcher, journal, part, wanted)
        write_site(job, site, observation, observation.status if observation else FetchStatus.CANCELLED)
        journal.finish()


def _observed(job: Job, site: SiteEntry, fetcher: Fetcher, journal: Journal, part: Path, wanted: Callable[[], bool]) -> SiteObservation | None:
    meter = Meter(job.folder / "sites" / f"{site.id}.progress", wanted)
    try:
        with EvidenceWriter(part, journal.end) as writer:
            outside = None if site.loopback else Outside(fetcher.policy, fetcher.now)
            crawl = SiteCrawl(
                site,
                job.scopes_of(site),
                job.plan(),
                fetcher=fetcher,
                writer=writer,
                as_of=job.as_of,
                on_page=meter.page,
                journal=journal,
                outside=outside,
                browser=shared() if job.browser else None,
            )
            return crawl.observe(job.run_id, _earlier(job, site))
    except Exception as error:  # one site's trouble costs only itself (DESIGN §9): whatever a site provoked, the others are crawled
        if isinstance(error, OSError) and error.errno in _DISK:
            raise
        (job.folder / "sites" / f"{site.id}.error").write_text(f"{type(error).__name__}: {error}", "utf-8")
        return None
    finally:
        meter.write()


def _earlier(job: Job, site: SiteEntry) -> SiteObservation | None:
    """The site in an earlier run; none when that run's file is damaged, which costs `first_seen` and nothing else."""
    for name, path in job.earlier:
        if name == site.id:
            with contextlib.suppress(ValueError, OSError):
                return load(Path(path))
    return None


def write_site(job: Job, site: SiteEntry, observation: SiteObservation | None, status: FetchStatus) -> None:
    """Leave a site's evidence and, last, its observation; without one, an observation that says why nothing was seen."""
    folder = job.folder / "sites"
    part = folder / f"{site.id}.warc.part"
    if observation is None:
        observation = failed(site, job.scopes_of(site), job.plan(), job.run_id, job.as_of, job.now(), status)
        part.unlink(missing_ok=True)
    elif part.is_file():
        part.replace(folder / f"{site.id}.warc.gz")
    draft = folder / f"{site.id}.json.part"
    draft.write_bytes(dump(observation))
    draft.replace(folder / f"{site.id}.json")


def give_up(job: Job) -> None:
    """Every site of the group that is not done ends as not observed."""
    for site in job.left().sites:
        write_site(job, site, None, FetchStatus.CANCELLED)
        if job.store:
            _hand_over(job, site)


def _spooled(job: Job) -> Job:
    """The job in a folder of the worker's own, without the sites that the storage has."""
    there, folder = storage(job.store), spool(job.run_id)
    if not (folder / "plan.json").is_file():
        there.fetch("plan.json", folder / "plan.json")
    earlier = []
    for site, _ in job.earlier:
        path = folder / "sites" / f"{site}.earlier"
        with contextlib.suppress(RunError):
            there.fetch(f"earlier/{site}.json", path)
            earlier.append((site, str(path)))
    return replace(job, folder=folder, earlier=tuple(earlier), sites=tuple(site for site in job.sites if not there.has(f"sites/{site.id}.json")))


def _hand_over(job: Job, site: SiteEntry) -> None:
    """Put a site's files into the storage, its observation last, and clear away here what the storage has and the run's own machine does not need."""
    folder, there = job.folder / "sites", storage(job.store)
    for suffix in ("error", "warc.gz", "json"):
        if (path := folder / f"{site.id}.{suffix}").is_file():
            there.put(path, f"sites/{path.name}")
    for suffix in ("error", "warc.gz", "json", "earlier", "progress") if job.apart else ("warc.gz",):
        (folder / f"{site.id}.{suffix}").unlink(missing_ok=True)
