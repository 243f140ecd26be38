"""`demo --build-only` from nothing: seconds, peak memory of all its processes together, and findings that differ from the truth. `python -m benchmarks.demo`."""

import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.conftest import ROOT
from tests.end_to_end.compare import differences, findings_compared


def resident(process: psutil.Process) -> int:
    """Resident bytes of a process and everything it started."""
    total = 0
    for one in (process, *process.children(recursive=True)):
        try:
            total += one.memory_info().rss
        except psutil.NoSuchProcess:
            continue
    return total


def main() -> None:
    """Build once and print."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        began, peak = time.perf_counter(), 0
        process = psutil.Popen([sys.executable, "-m", "scoring.cli", "demo", "--build-only", "--home", str(home)], cwd=ROOT, stdout=subprocess.DEVNULL)
        while process.poll() is None:
            peak = max(peak, resident(process))
            time.sleep(0.1)
        seconds = time.perf_counter() - began
        if process.returncode:
            sys.exit(f"demo --build-only ended with {process.returncode}")
        wrong = list(differences(home, ROOT))
        print(
            f"demo --build-only: {seconds:.0f} s on {psutil.cpu_count()} cores (aim: 120 s), peak memory {peak / 2**20:.0f} MB, all processes together (aim: 1024 MB)"
        )
        print(f"findings compared with the truth: {findings_compared()}, different: {len(wrong)}")


if __name__ == "__main__":
    main()
