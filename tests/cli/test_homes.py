"""Which home a command works in: the demo has its own, so that real data can stand beside it as they are."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from scoring.cli.common import home_of
from scoring.services import workspace
from scoring.services.workspace import HomeFile, write_home
from tests.cli.test_bad_input import register
from tests.cli.when import said
from tests.conftest import ROOT
from tests.services.hand import portal, with_period, write_run


def test_the_demo_has_a_home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_HOME", raising=False)
    assert home_of(None) == ROOT / "data" / "local"
    assert home_of(None, demo=True) == ROOT / "data" / "local" / "demo"
    monkeypatch.setenv("DISCLOSURE_HOME", str(tmp_path))
    assert home_of(None) == home_of(None, demo=True) == tmp_path
    assert home_of(tmp_path / "a", demo=True) == tmp_path / "a"


WRITERS: dict[str, Callable[[Path], list[str]]] = {
    "crawl": lambda files: ["crawl", "--sites", register(files)],
    "period create": lambda files: [
        *("period", "create", "2026Q1", "--from", "2026-01-01", "--to", "2026-03-31", "--group", "市直部门=ningbo-2020-bm", "--sites", register(files))
    ],
    "demo": lambda _: ["demo", "--build-only"],
}
READERS: dict[str, Callable[[Path], list[str]]] = {
    "rank": lambda _: ["rank"],
    "doctor": lambda _: ["doctor"],
    "check": lambda _: ["check", "http://a.example/"],
    "serve": lambda _: ["serve"],
}


@pytest.mark.parametrize("command", WRITERS)
@pytest.mark.parametrize("place", ["file", "/proc"])
def test_an_unwritable_home_is_one_line(command: str, place: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    home = Path(place if place.startswith("/") else tmp_path / place) / "home"
    code, _, err = said(capsys, *WRITERS[command](tmp_path), "--home", str(home))
    assert (code, err.count("\n"), str(home) in err) == (2, 1, True), err


@pytest.mark.parametrize("command", [*WRITERS, *READERS])
def test_a_newer_home_asks_for_an_upgrade_and_stays_as_it_is(command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    home.mkdir()
    (home / "home.json").write_text('{"schema": 2, "simulated": {"since": 2030}, "tenants": []}', "utf-8")
    code, _, err = said(capsys, *{**WRITERS, **READERS}[command](tmp_path), "--home", str(home))
    assert (code, err.count("\n"), "升级" in err) == (2, 1, True), err
    assert [path.name for path in home.iterdir()] == ["home.json"]


@pytest.mark.parametrize("command", [["assess"], ["lock"], ["publish"], ["ingest"], ["rank", "--draft"], ["ingest", "r1"]])
def test_a_locked_database_is_one_line(command: list[str], tmp_path: Path) -> None:
    ws = with_period(tmp_path)
    write_run(tmp_path, portal("r1"))
    try:
        done = subprocess.run(
            [sys.executable, "-m", "scoring.cli", *command, "--home", str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60, check=False
        )
    finally:
        ws.close()
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1), done.stderr
    assert str(os.getpid()) in done.stderr


def test_a_real_crawl_works_as_it_stands_after_the_demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DISCLOSURE_HOME", raising=False)
    monkeypatch.setattr(workspace, "CHECKOUT", tmp_path)
    write_home(home_of(None, demo=True), HomeFile(simulated=True))
    # A crawl of an address that nobody answers: the run is complete, the site is named as unobserved.
    site = {"id": "s", "home": "http://127.0.0.1:9/", "rate": 0, "loopback": True, "timeout": 1}
    code, _, err = said(capsys, "crawl", "--sites", register(tmp_path, sites=[site]), "--workers", "0")
    assert (code, "未能观测：s" in err) == (1, True), err
    assert (tmp_path / "data" / "local" / "home.json").is_file()
