"""What a site costs, and the arithmetic to 24,000 of them: `python -m benchmarks.scaling`.

Sites of this machine, 60 pages each, every column of the built-in editions, politeness off, two processes. CPU is that of the command and its processes,
imports included, and not the server's. The arithmetic adds what politeness takes: a site is asked once a second, however many machines crawl.
"""

import argparse
import os
import resource
import tempfile
import time
from datetime import date
from pathlib import Path

from benchmarks.polite import register
from benchmarks.served.pages import write_site
from benchmarks.served.server import serve
from crawlers.executors import THREADS
from crawlers.run import crawl
from scoring.services import editions
from scoring.services.plans import plan_for

AS_OF = date(2026, 3, 31)
SITES = 24_000
PROCESSES = 2


def cpu() -> float:
    """CPU seconds of this process and of those it has waited for."""
    return sum(used.ru_utime + used.ru_stime for used in map(resource.getrusage, (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)))


def size(folder: Path, pattern: str) -> int:
    """Bytes of the files that match."""
    return sum(path.stat().st_size for path in folder.glob(pattern))


def main(arguments: list[str] | None = None) -> None:
    """Crawl, and print cost and arithmetic."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=100)
    parser.add_argument("--pages", type=int, default=60, help="pages a site may cost")
    given = parser.parse_args(arguments)
    plan = plan_for(editions.available()).model_copy(update={"budget": given.pages})
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_site(folder / "site", 800)
        (folder / "runs").mkdir()
        with serve(folder / "site", given.hosts) as served:
            before, began = cpu(), time.perf_counter()
            summary = crawl(register(served.netlocs, 0), plan, runs=folder / "runs", run_id="r", as_of=AS_OF, workers=PROCESSES)
            wall = time.perf_counter() - began
            time.sleep(1)  # the processes have ended by now, and count
            used = cpu() - before
            requests = sum(served.requests().values())
        sites = folder / "runs" / "r" / "sites"
        evidence, observations = size(sites, "*.warc.gz") / given.hosts, size(sites, "*.json") / given.hosts
    pages = sum(result.pages for result in summary.manifest.sites.values()) / given.hosts
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    each = used / given.hosts
    print(f"{given.hosts} sites, served by {served.by}, {os.cpu_count()} cores, {PROCESSES} processes; not observed: {len(summary.unobserved)}")
    print(f"a site: {pages:.1f} pages kept, {requests / given.hosts:.1f} requests, {each:.3f} s CPU ({each / pages * 1000:.2f} ms a page)")
    print(f"a site: {evidence / 1000:.0f} kB evidence, {observations / 1000:.0f} kB observation; {requests / given.hosts:.0f} s at one request a second")
    print(f"this run: {wall:.1f} s, {used / wall:.2f} cores busy, at most {peak:.0f} MB in a process of {min(THREADS, given.hosts // PROCESSES)} threads")
    work = SITES * each / 3600
    polite = SITES * requests / given.hosts / 3600
    lanes = PROCESSES * THREADS
    print(
        f"{SITES} sites: {work:.2f} h CPU, {work / 2:.2f} h of two cores; {SITES * evidence / 1e9:.1f} GB evidence, {SITES * observations / 1e9:.1f} GB observations"
    )
    print(
        f"{SITES} sites politely: {polite:.0f} site-hours of waiting; {polite / lanes:.2f} h with the {lanes} sites at once of two processes, {polite / lanes / 4:.2f} h with four such machines"
    )


if __name__ == "__main__":
    main()
