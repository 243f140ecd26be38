"""The demo, built once for every test that needs it: three quarters crawled, two published."""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


def pytest_configure() -> None:
    """No test writes into the checkout's own data: without a home of its own it gets a temporary one."""
    os.environ.setdefault("DISCLOSURE_HOME", tempfile.mkdtemp(prefix="disclosure-tests-"))


@dataclass(frozen=True)
class Built:
    """A home built by `disclosure demo --build-only`, and what that printed."""

    home: Path
    printed: str


@pytest.fixture(scope="session")
def built(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Built]:
    """The demo's home. `DISCLOSURE_TEST_DEMO` names one that is built already (a developer's short cut)."""
    ready = os.environ.get("DISCLOSURE_TEST_DEMO")
    home = tmp_path_factory.mktemp("demo") / "home"
    if ready:
        shutil.copytree(ready, home)
        yield Built(home, "")
        return
    done = subprocess.run(
        [sys.executable, "-m", "scoring.cli", "demo", "--build-only", "--home", str(home)], cwd=ROOT, capture_output=True, text=True, timeout=600
    )
    assert done.returncode == 0, done.stdout + done.stderr
    yield Built(home, done.stdout + done.stderr)
