"""Many polite sites at once: 500 hosts at one page a second each: `python -m benchmarks.polite`.

Twice: read in full, as `benchmarks.throughput` reads them (links, dated items, metadata, state, evidence, observation); and through the whole crawl, which looks for columns,
looks again at what seems missing or stale, reads documents and checks the site. The limit is what politeness alone allows: one second a request of the host that was asked most. Memory is the sum of what the crawling processes hold, shared pages counted once (PSS).
"""

import argparse
import os
import tempfile
import threading
import time
from datetime import date
from pathlib import Path

import psutil

from benchmarks.served.pages import write_site
from benchmarks.served.server import serve
from benchmarks.throughput import PROCESSES, measure
from crawlers.columns import load_columns
from crawlers.plan import Plan, PlannedColumn
from crawlers.register import Register
from crawlers.run import crawl

KEYS = ("guide", "annual", "duties", "leaders", "regulations", "interpretation", "penalties", "services", "budget", "notices")
AS_OF = date(2026, 3, 31)
_LOGGED = 2.0
"""Seconds after which the server has written down what it was asked."""
_LOOK = 4.0
"""Seconds between two looks at the processes: the system walks through all their pages for one, and they wait meanwhile."""


def register(netlocs: tuple[str, ...], rate: float) -> Register:
    """A site with a unit for each host."""
    names = [f"s{number}" for number in range(len(netlocs))]
    return Register.model_validate(
        {
            "format": 1,
            "title": "示例市",
            "simulated": True,
            "units": [{"id": name, "name": name, "group": "区县"} for name in names],
            "sites": [{"id": name, "home": f"http://{netloc}/", "rate": rate, "loopback": True} for name, netloc in zip(names, netlocs, strict=True)],
            "scopes": [{"unit": name, "site": name, "kind": "site"} for name in names],
        }
    )


class Watch(threading.Thread):
    """Looks at the crawling processes now and then: what they hold together, and the CPU each has used."""

    def __init__(self, apart: set[int]) -> None:
        super().__init__(daemon=True)
        self._apart, self._ended = apart, threading.Event()
        self.peak = 0.0
        self.cpu: dict[int, float] = {}

    def run(self) -> None:
        while not self._ended.wait(_LOOK):
            here = psutil.Process()
            held = 0.0
            for process in (here, *(child for child in here.children(recursive=True) if child.pid not in self._apart)):
                try:
                    memory = process.memory_full_info()
                    held += getattr(memory, "pss", memory.rss) / 1e6
                    times = process.cpu_times()
                    self.cpu[process.pid] = times.user + times.system
                except psutil.Error:
                    continue
            self.peak = max(self.peak, held)

    def finish(self) -> None:
        """The last look has been taken."""
        self._ended.set()
        self.join()


def main(arguments: list[str] | None = None) -> None:
    """Print what the crawl took beside what politeness allows."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=500)
    parser.add_argument("--pages", type=int, default=40, help="pages a site may cost")
    parser.add_argument("--rate", type=float, default=1.0, help="requests a second and host")
    given = parser.parse_args(arguments)
    columns = load_columns()
    plan = Plan(columns=tuple(PlannedColumn(column=columns[key], stale_after=columns[key].days) for key in KEYS), budget=given.pages, links=0)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_site(folder / "site", 800)
        (folder / "runs").mkdir()
        with serve(folder / "site", given.hosts) as served:
            print(f"{given.hosts} hosts at {given.rate:g} a second each, served by {served.by}, {os.cpu_count()} cores, {PROCESSES} processes")
            (folder / "read").mkdir()
            read = measure("benchmarks.served.reader", (str(folder / "read"), str(given.rate), "{place}"), given.pages, served)
            time.sleep(_LOGGED)
            asked = served.requests()
            limit = (max(asked.values()) - 1) / given.rate
            print(f"read in full: {read.pages} pages, {read.cpu / read.pages * 1000:.2f} ms CPU a page, at most {read.peak:.0f} MB a process")
            print(f"{read.wall:.1f} s; politeness alone {limit:.1f} s: {(read.wall / limit - 1) * 100:+.1f} %")
            watch = Watch({child.pid for child in psutil.Process().children()})
            watch.start()
            before = psutil.Process().cpu_times()
            began = time.perf_counter()
            summary = crawl(register(served.netlocs, given.rate), plan, runs=folder / "runs", run_id="r", as_of=AS_OF, workers=PROCESSES)
            wall = time.perf_counter() - began
            watch.finish()
            time.sleep(_LOGGED)
            requests = {name: number - asked.get(name, 0) for name, number in served.requests().items()}
        pages = sum(result.pages for result in summary.manifest.sites.values())
    cpu = sum(watch.cpu.values()) - before.user - before.system
    limit = (max(requests.values()) - 1) / given.rate
    print(f"the whole crawl: {sum(requests.values())} requests, {pages} pages kept")
    print(f"{wall:.1f} s; politeness alone {limit:.1f} s ({max(requests.values())} requests of one host): {(wall / limit - 1) * 100:+.1f} %")
    print(
        f"at most {watch.peak:.0f} MB in all processes, {cpu / pages * 1000:.2f} ms CPU a page, {cpu / wall:.2f} cores busy; not observed: {len(summary.unobserved)}"
    )


if __name__ == "__main__":
    main()
