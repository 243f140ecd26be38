"""Which home a command works in: the demo has its own, so that real data can stand beside it as they are."""

from pathlib import Path

import pytest

from scoring.cli.common import home_of
from scoring.services import workspace
from scoring.services.workspace import HomeFile, write_home
from tests.cli.test_bad_input import register
from tests.cli.when import said
from tests.conftest import ROOT


def test_the_demo_has_a_home_of_its_own(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("DISCLOSURE_HOME", raising=False)
    assert home_of(None) == ROOT / "data" / "local"
    assert home_of(None, demo=True) == ROOT / "data" / "local" / "demo"
    monkeypatch.setenv("DISCLOSURE_HOME", str(tmp_path))
    assert home_of(None) == home_of(None, demo=True) == tmp_path
    assert home_of(tmp_path / "a", demo=True) == tmp_path / "a"


def test_a_real_crawl_works_as_it_stands_after_the_demo(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("DISCLOSURE_HOME", raising=False)
    monkeypatch.setattr(workspace, "CHECKOUT", tmp_path)
    write_home(home_of(None, demo=True), HomeFile(simulated=True))
    # A crawl of an address that nobody answers: the run is complete, the site is named as unobserved.
    site = {"id": "s", "home": "http://127.0.0.1:9/", "rate": 0, "loopback": True, "timeout": 1}
    code, _, err = said(capsys, "crawl", "--sites", register(tmp_path, sites=[site]), "--workers", "0")
    assert (code, "未能观测：s" in err) == (1, True), err
    assert (tmp_path / "data" / "local" / "home.json").is_file()
