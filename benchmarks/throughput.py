"""Pages a second on two cores, politeness off, beside Scrapy on the same pages in the same run: `python -m benchmarks.throughput`.

Ours reads everything of every page (links, dated items, metadata, title, state, the date of articles) and keeps evidence and observation; Scrapy, with its fastest settings, links and
dates only (`benchmarks/served/peer.py` says how). Ours: two processes, ten hosts each. Scrapy twice: as its users start it, which is one process and one core for all hosts; and dealt
out to two processes by hand. CPU is that of these processes from start to end, imports included, and not the server's.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks.served.pages import write_site
from benchmarks.served.server import Served, serve

PROCESSES = 2


@dataclass(frozen=True)
class Measured:
    """What a crawl of all hosts took. `peak`: MB of the larger process."""

    pages: int
    links: int
    dates: int
    wall: float
    cpu: float
    peak: float

    @property
    def rate(self) -> float:
        """Pages a second."""
        return self.pages / self.wall

    def line(self, name: str) -> str:
        """The figures in one line."""
        return (
            f"{name:38s} {self.pages:6d} pages {self.wall:7.1f} s {self.rate:7.0f} pages/s {self.cpu / self.pages * 1000:6.2f} ms CPU a page "
            f"{self.peak:5.0f} MB a process, {self.links / self.pages:.0f} links and {self.dates / self.pages:.1f} dates a page"
        )


def measure(module: str, first: Sequence[str], pages: int, served: Served, processes: int = PROCESSES) -> Measured:
    """Run `module` in that many processes, each with its share of the hosts; `first` stands before the number of pages, {place} in it for which process of how many."""
    began = time.perf_counter()
    count = min(processes, len(served.netlocs))
    running = [
        subprocess.Popen(
            [sys.executable, "-m", module, *(part.format(place=f"{number}/{count}") for part in first), str(pages), *served.netlocs[number::count]],
            stdout=subprocess.PIPE,
        )
        for number in range(count)
    ]
    said, cpu, peak = [], 0.0, 0.0
    for process in running:
        assert process.stdout is not None
        said.append(json.loads(process.stdout.read()))
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        assert process.returncode == 0, f"{module} failed"
        cpu += usage.ru_utime + usage.ru_stime
        peak = max(peak, usage.ru_maxrss / 1024)
    wall = time.perf_counter() - began
    found, links, dates = (sum(part) for part in zip(*said, strict=True))
    return Measured(found, links, dates, wall, cpu, peak)


def main(arguments: list[str] | None = None) -> None:
    """Print the growth curve of ours, then Scrapy's lines and the ratios, as many times as asked."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--hosts", type=int, default=20)
    parser.add_argument("--pages", type=int, default=800, help="pages a host; the curve also shows a quarter and a half of them")
    parser.add_argument("--rounds", type=int, default=1, help="how many times each is measured; on a machine of uneven pace the medians tell more")
    parser.add_argument("--no-peer", action="store_true", help="ours only")
    given = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_site(folder / "site", given.pages)
        sizes = [path.stat().st_size for path in (folder / "site").rglob("*.html")]
        with serve(folder / "site", given.hosts) as served:
            print(
                f"{given.hosts} hosts × {given.pages} pages of {sum(sizes) / len(sizes) / 1000:.0f} KB, served by {served.by}; {PROCESSES} processes on {os.cpu_count()} cores"
            )
            ratios: dict[str, list[float]] = {}
            for _ in range(given.rounds):
                ours = {pages: _ours(pages, served) for pages in (given.pages // 4, given.pages // 2, given.pages)}
                if given.no_peer:
                    continue
                # htmldate makes the usual spider slow: a quarter of the pages is enough to know its pace.
                for mode, pages in (("lean", given.pages), ("usual", given.pages // 4)):
                    own = ours[pages]
                    for processes, started in ((1, "one process, as people start it"), (PROCESSES, f"dealt out to {PROCESSES} processes")):
                        peer = measure("benchmarks.served.peer", (mode,), pages, served, processes)
                        spider = f"Scrapy, {mode}, {started}"
                        print(peer.line(f"{spider}:\n  {pages} pages a host"))
                        faster, leaner = own.rate / peer.rate, (peer.cpu / peer.pages) / (own.cpu / own.pages)
                        print(f"  ours in {PROCESSES} processes ÷ it: {faster:.1f} × the pages a second, {leaner:.1f} × the pages a CPU second", flush=True)
                        ratios.setdefault(spider, []).append(faster)
            for spider, found in ratios.items() if given.rounds > 1 else ():
                print(f"median of {given.rounds}: {median(found):.1f} × the pages a second ({min(found):.1f} to {max(found):.1f}); {spider}")


def _ours(pages: int, served: Served) -> Measured:
    """Measure ours and print its line."""
    with tempfile.TemporaryDirectory() as kept:
        found = measure("benchmarks.served.reader", (kept, "0", "{place}"), pages, served)
        stored = sum(path.stat().st_size for path in Path(kept).iterdir())
    print(f"{found.line(f'ours, {pages} pages a host')}, {stored / found.pages / 1000:.1f} KB stored a page", flush=True)
    return found


if __name__ == "__main__":
    main()
