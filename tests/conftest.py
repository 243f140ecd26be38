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
from hypothesis import settings

from crawlers.lock import held

settings.register_profile("repeatable", derandomize=True)
settings.load_profile("repeatable")  # the same examples in every run; `--hypothesis-profile=default` draws others

_PATIENCE = 900.0
"""Seconds that building the demo may take on a busy machine."""
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
    """The demo's home, of this process alone. `DISCLOSURE_TEST_DEMO` names one that is built already (a developer's short cut)."""
    home = tmp_path_factory.mktemp("demo") / "home"
    if ready := os.environ.get("DISCLOSURE_TEST_DEMO"):
        shutil.copytree(ready, home)
        yield Built(home, "")
        return
    base = tmp_path_factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (shared / "demo.lock").open("a+b") as lock:
        assert held(lock, _PATIENCE), "another test process has been building the demo for too long"
        printed = _made(shared / "demo-made")
    shutil.copytree(shared / "demo-made", home)
    yield Built(home, printed)


def _made(home: Path) -> str:
    """Build the demo, or give what the process that built it before this one was told."""
    told = home.with_name(f"{home.name}.txt")
    if not told.is_file():
        shutil.rmtree(home, ignore_errors=True)
        done = subprocess.run(
            [sys.executable, "-m", "scoring.cli", "demo", "--build-only", "--home", str(home)], cwd=ROOT, capture_output=True, text=True, timeout=_PATIENCE
        )
        assert done.returncode == 0, done.stdout + done.stderr
        told.write_text(done.stdout + done.stderr, "utf-8")
    return told.read_text("utf-8")


def pytest_make_parametrize_id(val: object, argname: str) -> str | None:
    """Names of tests are the same in every process: bytes of an archive hold the time they were made."""
    return argname if isinstance(val, bytes) else None
