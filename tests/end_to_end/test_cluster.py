"""A crawl on a real Dask cluster of this machine: a worker is killed in the middle, nothing is lost and nothing asked twice that was had."""

import os
import re
import subprocess
import sys
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest

from crawlers.cluster import ClusterError
from crawlers.evidence import EvidenceError, read_snapshot
from crawlers.manifest import RunError, read_run
from crawlers.observation import load
from crawlers.run import Progress, crawl
from crawlers.status import FetchStatus
from tests.conftest import ROOT
from tests.crawlers.counted import CountedCity, Request, timeless
from tests.crawlers.test_run_resume import PLAN

distributed = pytest.importorskip("distributed")
pytestmark = pytest.mark.e2e
DAY = date(2026, 9, 30)
SITES = ("qinghe", "wangshu", "heting", "mochuan")


@dataclass
class Cluster:
    """A scheduler and its workers, each a process of this machine."""

    address: str
    folder: Path
    environment: dict[str, str]
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    def add_worker(self, **more: str) -> subprocess.Popen[bytes]:
        number = len(self.workers)
        command = ["worker", self.address, "--nthreads", "8", "--no-nanny", "--no-dashboard", "--name", f"w{number}", "--local-directory", str(self.folder)]
        with (self.folder / f"worker{number}.log").open("wb") as log:
            self.workers.append(subprocess.Popen([sys.executable, "-m", "dask", *command], env=self.environment | more, stdout=log, stderr=log, cwd=ROOT))
        return self.workers[-1]


@contextmanager
def cluster(folder: Path, workers: int, **more: str) -> Iterator[Cluster]:
    """A scheduler on a free port, and workers."""
    environment = {**os.environ, "PYTHONPATH": f"{more.pop('path', '')}{os.pathsep}{ROOT}", "TMPDIR": str(folder)} | more
    command = [sys.executable, "-m", "dask", "scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard"]
    scheduler = subprocess.Popen(command, env=environment, stderr=subprocess.PIPE, stdout=subprocess.DEVNULL, cwd=folder)
    assert scheduler.stderr is not None
    lines: list[bytes] = []
    for line in scheduler.stderr:
        lines.append(line)
        if found := re.search(rb"Scheduler at:\s*(tcp://\S+)", line):
            break
    else:
        raise AssertionError(b"".join(lines).decode())
    threading.Thread(target=scheduler.stderr.read, daemon=True).start()
    served = Cluster(found[1].decode(), folder, environment)
    try:
        for _ in range(workers):
            served.add_worker()
        if workers:
            with distributed.Client(served.address, set_as_default=False) as client:
                client.wait_for_workers(workers, timeout=60)
        yield served
    finally:
        for process in (*served.workers, scheduler):
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def city() -> Iterator[CountedCity]:
    with CountedCity.load() as served:
        served.start(DAY)
        yield served


@pytest.fixture(scope="module")
def whole(city: CountedCity, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Counter[Request]]:
    """The same crawl undisturbed, and what it asked."""
    runs = tmp_path_factory.mktemp("whole")
    city.forget()
    crawl(city.register(), PLAN, runs=runs, run_id="r", as_of=DAY, only=SITES, workers=0)
    return runs / "r" / "sites", Counter(city.asked)


@pytest.fixture
def settled(city: CountedCity, tmp_path: Path) -> Iterator[tuple[Path, Counter[Request]]]:
    """The same crawl of the city without pages that fail only once: a site that is read twice from its beginning meets such a page once."""
    city.settled = True
    city.forget()
    crawl(city.register(), PLAN, runs=tmp_path / "whole", run_id="r", as_of=DAY, only=SITES, workers=0)
    yield tmp_path / "whole" / "r" / "sites", Counter(city.asked)
    city.settled = False


def killing(city: CountedCity, served: Cluster, at: int) -> list[int]:
    """Kill the first worker at the city's n-th request."""
    killed: list[int] = []

    def kill(site: str, number: int) -> None:
        if not killed and sum(city.numbers.values()) >= at:
            killed.append(served.workers[0].pid)
            served.workers[0].kill()

    city.forget()
    city.on_request = kill
    return killed


def test_a_worker_is_killed_and_nothing_is_lost_or_asked_twice(city: CountedCity, whole: tuple[Path, Counter[Request]], tmp_path: Path) -> None:
    seen: list[Progress] = []
    with cluster(tmp_path, 2) as served:
        killed = killing(city, served, at=150)
        summary = crawl(
            city.register(), PLAN, runs=tmp_path / "runs", run_id="r", as_of=DAY, only=SITES, cluster=served.address, workers=1, progress=seen.append
        )
        city.on_request = None
    assert killed, "the worker was killed while it crawled"
    assert not summary.unobserved
    assert read_run(summary.path).sites.keys() == set(SITES)
    again = city.asked - whole[1]
    assert again.total() <= len(SITES), f"besides the requests under way in the killed worker, asked twice: {again}"
    for site in SITES:
        assert timeless(whole[0] / f"{site}.json") == timeless(summary.path / "sites" / f"{site}.json")
    assert seen[-1].sites_done == len(SITES)
    assert any(0 < one.pages < seen[-1].pages for one in seen), "progress is shown while workers crawl"
    assert not [path for path in (summary.path / "sites").iterdir() if path.suffix not in (".json", ".gz")]


def test_with_a_storage_the_workers_need_no_common_folder(city: CountedCity, settled: tuple[Path, Counter[Request]], tmp_path: Path) -> None:
    elsewhere = tmp_path / "elsewhere"
    with cluster(tmp_path, 2) as served:
        killed = killing(city, served, at=150)
        summary = crawl(city.register(), PLAN, runs=tmp_path / "runs", run_id="r", as_of=DAY, only=SITES, cluster=served.address, store=f"file://{elsewhere}")
        city.on_request = None
    assert killed
    assert not summary.unobserved
    again = city.asked - settled[1]
    for site in SITES:
        mine = sum(count for (asked, *_), count in again.items() if asked == site)
        assert mine <= sum(count for (asked, *_), count in settled[1].items() if asked == site), "a site is read at most once more"
        assert timeless(settled[0] / f"{site}.json") == timeless(summary.path / "sites" / f"{site}.json")
        assert (elsewhere / "r" / "sites" / f"{site}.json").read_bytes() == (summary.path / "sites" / f"{site}.json").read_bytes()
        assert not (summary.path / "sites" / f"{site}.warc.gz").exists()
    assert (elsewhere / "r" / "run.json").read_bytes() == (summary.path / "run.json").read_bytes()
    observation = load(summary.path / "sites" / "heting.json")
    shot = next(shot for shot in observation.snapshots if shot.length)
    stored = read_snapshot(tmp_path / "runs", f"r/heting@{shot.offset}+{shot.length}")
    assert (stored.url, stored.sha256) == (shot.url, shot.sha256), "evidence opens from where it lives"
    (elsewhere / "r" / "sites" / "heting.warc.gz").unlink()
    with pytest.raises(EvidenceError, match="heting"):
        read_snapshot(tmp_path / "runs", f"r/heting@{shot.offset}+{shot.length}")


def test_a_site_that_kills_its_workers_ends_as_not_observed(city: CountedCity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    killer = tmp_path / "killer"
    killer.mkdir()
    (killer / "sitecustomize.py").write_text(
        "import crawlers.site, os\n_seen = crawlers.site.SiteCrawl.observe\n"
        "def observe(self, run, earlier=None):\n    if self._site.id == 'heting': os._exit(9)\n    return _seen(self, run, earlier)\ncrawlers.site.SiteCrawl.observe = observe\n"
    )
    monkeypatch.setenv("PYTHONPATH", f"{killer}{os.pathsep}{ROOT}")
    city.forget()
    with cluster(tmp_path, 3, path=str(killer)) as served:
        summary = crawl(city.register(), PLAN, runs=tmp_path / "runs", run_id="r", as_of=DAY, only=SITES, cluster=served.address, workers=1)
        lost = [worker.poll() for worker in served.workers].count(9)
    assert {site: result.status for site, result in summary.manifest.sites.items()} == {
        site: FetchStatus.CANCELLED if site == "heting" else FetchStatus.OK for site in SITES
    }
    assert lost == 2, "it takes two workers along, not the cluster"


def test_a_cluster_that_cannot_be_used_is_one_clear_line(city: CountedCity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import crawlers.cluster

    monkeypatch.setattr(crawlers.cluster, "_PATIENCE", 2)

    def refused(address: str, says: str, **more: str) -> None:
        with pytest.raises(RunError, match=says) as caught:
            crawl(city.register(), PLAN, runs=tmp_path / "runs", run_id="r", as_of=DAY, only=SITES, cluster=address, **more)  # type: ignore[arg-type]
        assert "\n" not in str(caught.value)

    refused("tcp://127.0.0.1:9", "dask scheduler")
    with cluster(tmp_path, 0) as served:
        refused(served.address, "dask worker")
    assert not (tmp_path / "runs").exists(), "what is refused leaves nothing behind"
    monkeypatch.setitem(sys.modules, "distributed", None)
    refused("tcp://127.0.0.1:9", r"disclosure-index\[cluster\]")


def test_workers_that_do_not_see_the_folder_are_named(city: CountedCity, tmp_path: Path) -> None:
    from crawlers.cluster import _check, reaches
    from crawlers.work import Job

    job = Job(sites=(), scopes=(), group=("s",), run_id="r", as_of=DAY, folder=tmp_path, contact="")
    assert not reaches(job)

    class Blind:
        def run(self, function: object, *args: object) -> dict[str, bool]:
            return {"tcp://a:1": True, "tcp://b:2": False}

    with pytest.raises(ClusterError, match=r"tcp://b:2 读不到.*--runs"):
        _check(Blind(), "tcp://s:1", job)
