"""The import contracts of pyproject.toml hold, and name modules that exist."""

import subprocess
import sys
from pathlib import Path

from tests.project.checkout import ROOT


def test_import_contracts_hold() -> None:
    tool = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run([str(tool), "--no-cache"], cwd=ROOT, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stdout[-3000:] + done.stderr[-3000:]
