"""Seconds and megabytes of every report of a period: `python -m benchmarks.reports [UNITS]`, by default 60 units × 120 leaves (模拟 data of `benchmarks.publishing`)."""

import argparse
import tempfile
import time
from pathlib import Path

from benchmarks.publishing import LEAVES, NOW, filled
from scoring.model import Role
from scoring.services import periods
from scoring.services.report.build import Press
from scoring.services.workspace import Workspace


def measure(units: int) -> None:
    """Print one line a kind."""
    with tempfile.TemporaryDirectory() as folder:
        ws = filled(Path(folder) / "home", units)
        periods.lock(ws, "2026Q1", "a", NOW, role=Role.EVALUATOR)
        periods.publish(ws, "2026Q1", "a", NOW, role=Role.EVALUATOR)
        ws.close()
        begun = time.perf_counter()
        press = Press(Workspace.open(Path(folder) / "home", write=False), "2026Q1", Role.EVALUATOR)
        print(f"{units} units × {LEAVES} leaves: read in {time.perf_counter() - begun:.1f} s")
        begun = whole = time.perf_counter()
        for kind in press.offered:
            files = press.make(kind)
            print(f"  {kind.zh}: {time.perf_counter() - begun:.1f} s, {len(files)} files, {sum(map(len, files.values())) / 1e6:.1f} MB")
            begun = time.perf_counter()
        print(f"  all: {time.perf_counter() - whole:.1f} s")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("units", type=int, nargs="?", default=60)
    measure(parser.parse_args().units)
