"""A crawl from the command line while the app runs appears in it, without anybody telling it."""

import json
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from crawlers.demo import DemoCity
from dashboard.components import data
from dashboard.components.text import beijing
from scoring.cli import build
from scoring.model import EvidenceRef, Role
from scoring.services import drafts, results
from tests.conftest import ROOT, Built

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("demo")]
UNIT = "qinghe"


@pytest.fixture
def home(built: Built, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of the built home whose sites are up, as the app's home."""
    copy = tmp_path / "home"
    shutil.copytree(built.home, copy)
    monkeypatch.setenv("DISCLOSURE_HOME", str(copy))
    st.cache_resource.clear()
    with DemoCity.load() as city:
        build.take_up(copy, city)
        yield copy
    opened = data.workspace()
    opened.close()
    st.cache_resource.clear()


def test_a_crawl_from_the_command_line_appears_in_the_running_app(home: Path) -> None:
    page = AppTest.from_string("from dashboard import review; review.render()", default_timeout=60)
    page.query_params["role"] = "评估员"
    page.query_params["period"] = "2026Q3"
    page.query_params["unit"] = UNIT
    page.query_params["indicator"] = "a4-guide-fresh"
    page.run()
    assert not page.exception
    assert newest().snapshot.startswith(f"demo-2026Q3/{UNIT}@")
    crawled = subprocess.run(
        [sys.executable, "-m", "scoring.cli", "crawl", "--sites", str(home / "register.yml"), "--home", str(home), "--only", UNIT, "--as-of", "2026-09-30"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert crawled.returncode == 0, crawled.stdout + crawled.stderr
    run = max((path.parent for path in (home / "runs").glob("*/run.json")), key=lambda path: json.loads((path / "run.json").read_text())["finished"]).name
    assert not run.startswith("demo-")
    deadline = time.monotonic() + 60
    while not newest().snapshot.startswith(f"{run}/{UNIT}@"):
        assert time.monotonic() < deadline, f"{run} did not appear"
        time.sleep(0.5)
    page.run()
    assert not page.exception
    shown = " ".join(str(element.value) for element in page.caption)
    assert beijing(newest().at) in shown, "the page shows when the new evidence was taken"


def newest() -> EvidenceRef:
    """The evidence of one leaf as the app's own workspace gives it."""
    profile = drafts.profile(data.workspace(), "2026Q3", UNIT, role=Role.EVALUATOR)
    return next(leaf for leaf in profile.leaves if leaf.code == "a4-guide-fresh").evidence[0]


def test_the_stored_page_of_a_scripted_list_shows_the_items_that_were_read(home: Path) -> None:
    profile = results.profile(data.workspace(), "2026Q2", "mochuan")
    leaf = next(leaf for leaf in profile.leaves if leaf.code == "d1-interpretation")
    page = AppTest.from_string("from dashboard import evidence; evidence.render()", default_timeout=60)
    page.query_params["snapshot"] = leaf.evidence[0].snapshot
    page.run()
    assert not page.exception
    listed = page.dataframe[0].value
    assert leaf.params["newest"] in set(listed["日期"]), "the date that the finding speaks of can be pointed at"
