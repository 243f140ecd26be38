"""The demo's build never touches a home that somebody works in."""

import subprocess
import sys
from pathlib import Path

from scoring.services.workspace import HomeFile, write_home
from tests.conftest import ROOT

_HOLD = "import sys\nfrom pathlib import Path\nfrom scoring.services.workspace import Workspace\nws = Workspace.open(Path(sys.argv[1]))\nprint('open', flush=True)\nsys.stdin.read()\nws.close()\n"


def demo(home: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "scoring.cli", "demo", "--build-only", "--home", str(home)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )


def test_a_build_of_a_home_that_is_being_built_is_refused_and_clears_nothing(tmp_path: Path) -> None:
    write_home(tmp_path, HomeFile(simulated=True))
    kept = tmp_path / "runs" / "demo-2026Q1" / "plan.json"
    kept.parent.mkdir(parents=True)
    kept.write_text("{}")
    holder = subprocess.Popen([sys.executable, "-c", _HOLD, str(tmp_path)], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "open\n"
        done = demo(tmp_path)
    finally:
        holder.communicate("")
    assert (done.returncode, str(holder.pid) in done.stderr, kept.is_file()) == (2, True, True), done.stderr
    assert done.stderr.strip().count("\n") == 0


def test_real_data_are_never_replaced_by_the_demo(tmp_path: Path) -> None:
    write_home(tmp_path, HomeFile(simulated=False))
    done = demo(tmp_path)
    assert (done.returncode, "真实数据" in done.stderr) == (3, True), done.stderr
