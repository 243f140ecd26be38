"""`serve`: it says what is wrong with a home before it names an address, and whatever ends it ends the web process too."""

import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from scoring.services.workspace import Workspace
from tests.cli.when import said
from tests.conftest import ROOT


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize("kind", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_a_signal_ends_the_web_process_too(kind: signal.Signals, tmp_path: Path) -> None:
    parent = subprocess.Popen(
        [sys.executable, "-m", "scoring.cli", "serve", "--home", str(tmp_path / "home"), "--port", str(free_port())],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    children: list[psutil.Process] = []
    try:
        deadline = time.monotonic() + 30
        while not (children := psutil.Process(parent.pid).children(recursive=True)):
            assert parent.poll() is None, parent.communicate()[1]
            assert time.monotonic() < deadline
            time.sleep(0.05)
        time.sleep(0.3)
        parent.send_signal(kind)
        _, err = parent.communicate(timeout=90)
        assert (parent.returncode, err.strip()) == (130, "已中断")
        gone, alive = psutil.wait_procs(children, timeout=5)
        assert (len(gone), alive) == (len(children), [])
    finally:
        parent.kill()
        for child in children:
            if child.is_running():
                child.kill()


def test_an_unusable_home_is_said_before_an_address(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    damaged = tmp_path / "damaged"
    damaged.mkdir()
    (damaged / "disclosure.duckdb").write_bytes(b"not a database" * 1000)
    for home in (tmp_path / "file" / "home", Path("/proc/disclosure"), damaged):
        code, out, err = said(capsys, "serve", "--port", str(free_port()), "--home", str(home))
        assert (code, out, err.count("\n")) == (2, "", 1), err
        assert str(home) in err


def test_a_home_that_another_process_serves_is_said_with_its_pid(tmp_path: Path) -> None:
    ws = Workspace.open(tmp_path)
    try:
        command = [sys.executable, "-m", "scoring.cli", "serve", "--port", str(free_port()), "--home", str(tmp_path)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=False)
    finally:
        ws.close()
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
