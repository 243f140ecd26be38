"""What a worker does: crawls the sites of one host group, one after the other, and leaves each site's files when it is done."""

import contextlib
import json
import os
import threading
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Fetcher, Policy
from crawlers.observation import SiteObservation, dump, load
from crawlers.plan import Plan
from crawlers.register import ScopeEntry, SiteEntry
from crawlers.site import SiteCrawl, failed
from crawlers.status import FetchStatus

_EVERY = 0.5


@dataclass(frozen=True, slots=True)
class Job:
    """One host group of a run. `earlier`: (site, file of its newest earlier observation). `shift` is added to the clock that stamps what was fetched."""

    sites: tuple[SiteEntry, ...]
    scopes: tuple[ScopeEntry, ...]
    plan: Plan
    run_id: str
    as_of: date
    folder: Path
    contact: str
    earlier: tuple[tuple[str, str], ...] = ()
    shift: timedelta = timedelta(0)

    def without(self, done: Callable[[SiteEntry], bool]) -> "Job":
        """The same job without the sites that are done."""
        return replace(self, sites=tuple(site for site in self.sites if not done(site)))

    def scopes_of(self, site: SiteEntry) -> list[ScopeEntry]:
        """The scopes on one of its sites."""
        return [scope for scope in self.scopes if scope.site == site.id]


def die_with(parent: int) -> None:
    """End this worker when the process that started it is gone: an orphan would go on asking the sites, unseen and beside the next run."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1)
        os._exit(1)

    threading.Thread(target=watch, name="parent-watch", daemon=True).start()


def crawl_batch(jobs: Sequence[Job]) -> None:
    """Many host groups at once, a thread each: politeness makes each of them wait most of the time."""
    with ThreadPoolExecutor(max_workers=min(len(jobs), 250)) as pool:
        for future in [pool.submit(crawl_group, job) for job in jobs]:
            future.result()


def crawl_group(job: Job) -> None:
    """The sites of one host group, one request at a time."""
    rate = min((site.rate for site in job.sites if site.rate), default=0.0)
    local = frozenset(netloc for site in job.sites if site.loopback for netloc in site.netlocs())
    policy = Policy(rate=rate, contact=job.contact, local=local, backoff=0.5 if rate else 0.05)
    fetcher = Fetcher(policy, clock=lambda: datetime.now(UTC) + job.shift)
    try:
        for site in job.sites:
            fetcher.policy = replace(policy, timeout=site.timeout, max_bytes=site.max_bytes)
            _crawl_site(job, site, fetcher)
    finally:
        fetcher.close()


def _crawl_site(job: Job, site: SiteEntry, fetcher: Fetcher) -> None:
    meter = _Meter(job.folder / "sites" / f"{site.id}.progress")
    part = job.folder / "sites" / f"{site.id}.warc.part"
    try:
        with EvidenceWriter(part) as writer:
            crawl = SiteCrawl(site, job.scopes_of(site), job.plan, fetcher=fetcher, writer=writer, as_of=job.as_of, on_page=meter.page)
            observation = crawl.observe(job.run_id, _earlier(job, site))
    except Exception as error:  # one site's trouble costs only itself (DESIGN §9): whatever a site provoked, the others are crawled
        (job.folder / "sites" / f"{site.id}.error").write_text(f"{type(error).__name__}: {error}", "utf-8")
        write_site(job, site, None, FetchStatus.CANCELLED)
        return
    finally:
        meter.write()
    write_site(job, site, observation, observation.status)


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
        observation = failed(site, job.scopes_of(site), job.plan, job.run_id, job.as_of, datetime.now(UTC) + job.shift, status)
        part.unlink(missing_ok=True)
    elif part.is_file():
        part.replace(folder / f"{site.id}.warc.gz")
    draft = folder / f"{site.id}.json.part"
    draft.write_bytes(dump(observation))
    draft.replace(folder / f"{site.id}.json")


class _Meter:
    """Keeps a site's progress in a small file, so that any executor, local or not, can be watched."""

    def __init__(self, path: Path) -> None:
        self._path, self._pages, self._failures, self._now, self._written = path, 0, 0, "", 0.0

    def page(self, url: str, good: bool) -> None:
        """Count one request."""
        self._pages += 1
        self._failures += not good
        self._now = url
        if time.monotonic() - self._written > _EVERY:
            self.write()

    def write(self) -> None:
        """Write the counts down."""
        self._written = time.monotonic()
        draft = self._path.with_suffix(".progress-part")
        draft.write_text(json.dumps([self._pages, self._failures, self._now]), "utf-8")
        draft.replace(self._path)


def progress_of(folder: Path) -> tuple[int, int, str]:
    """Pages, failures and the last address over all sites of a run."""
    pages = failures = 0
    now = ""
    for path in folder.glob("*.progress"):
        try:
            one, bad, url = json.loads(path.read_text("utf-8"))
        except (OSError, json.JSONDecodeError):
            continue  # it is being replaced at this moment
        pages, failures, now = pages + one, failures + bad, url
    return pages, failures, now
