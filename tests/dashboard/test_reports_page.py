"""The page 报告: nothing is made before a click; every kind comes down; what the 发布口径 holds back is not offered."""

import io
import shutil
import time
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import streamlit as st

from scoring.disclosure import Disclosure, Extent
from scoring.errors import Refused
from scoring.model import Role
from scoring.services import jobs, results
from scoring.services.report import background, build
from scoring.services.report.kinds import Kind
from tests.conftest import Built
from tests.dashboard.conftest import elements, page, texts
from tests.services.closing import published

pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    from dashboard.components import data

    monkeypatch.setenv("DISCLOSURE_HOME", str(tmp_path / "home"))
    st.cache_resource.clear()
    yield tmp_path / "home"
    data.workspace().close()
    st.cache_resource.clear()


def test_the_page_makes_a_report_when_it_is_asked_for(built: Built, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(built.home, own_home)
    with monkeypatch.context() as patch:
        patch.setattr(build.Press, "__post_init__", lambda _: pytest.fail("a report was begun before anybody asked"))
        at = page("reports", period="2026Q2", role="领导")
    assert not at.exception
    assert at.header[0].value == "2026年二季度可以下载 9 种报告"
    assert not elements(at, "download_button")
    at = at.button(key="reports_make_badges").click().run()
    assert not at.exception
    (made,) = elements(at, "download_button")
    assert made.proto.label == "下载徽标"
    found = at.session_state["reports_made"]
    assert found.name == "2026年二季度-徽标.zip"
    assert len(zipfile.ZipFile(io.BytesIO(found.content)).namelist()) == 19
    at.selectbox(key="reports_unit").select("huaqiao").run()
    assert at.query_params["unit"] == "huaqiao"
    at = at.button(key="reports_unit_make_unit").click().run()
    assert at.session_state["reports_made"].name == "2026年二季度-示例市画桥街道-huaqiao.docx"
    assert [one.proto.label for one in elements(at, "download_button")] == ["下载分报告"]
    assert "huaqiao.docx" in texts(at).replace("\\", "")


def test_many_units_are_left_to_the_background(built: Built, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(built.home, own_home)
    from dashboard import reports

    monkeypatch.setattr(reports, "_MOST", 18)
    at = page("reports", period="2026Q2", role="评估员")
    assert not at.exception
    keys = {str(button.key) for button in at.button}
    assert not {"reports_make_unit", "reports_make_web"} & keys
    assert {"reports_unit_make_unit", "reports_make_overall"} <= keys
    assert at.button(key="reports_job_start_unit").label == "在后台生成分报告（19 个单位）"


def test_what_cannot_be_made_is_said_in_one_line(built: Built, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(built.home, own_home)

    def refuses(*_: object, **__: object) -> dict[str, bytes]:
        raise Refused("模板 {坏} 不能使用")

    at = page("reports", period="2026Q2")
    monkeypatch.setattr(build.Press, "make", refuses)
    at = at.button(key="reports_make_overall").click().run()
    assert not at.exception
    assert "不能使用" in at.error[0].value
    assert not elements(at, "download_button")


@pytest.mark.parametrize(("extent", "role", "n", "whose"), [(Extent.OWN, "leader", 4, 0), (Extent.GRADES, "leader", 6, 0), (Extent.OWN, "evaluator", 5, 3)])
def test_only_what_the_extent_leaves_is_offered(own_home: Path, monkeypatch: pytest.MonkeyPatch, extent: Extent, role: str, n: int, whose: int) -> None:
    from dashboard.components import people
    from scoring.model import Role

    ws, _ = published(own_home, None, Disclosure(extent))
    ws.close()
    monkeypatch.setattr(people, "current", lambda: people.Person("某人", Role(role)))
    at = page("reports")
    assert not at.exception
    offered = [key.removeprefix("reports_make_") for button in at.button if (key := str(button.key)).startswith("reports_make_")]
    assert len(offered) == n
    assert Kind.PROBLEMS.value not in offered
    assert f"发布口径（{extent.zh}）" in at.info[0].value
    assert len(at.selectbox(key="reports_unit").options if whose else []) == whose


def test_nothing_published_says_what_to_do(own_home: Path) -> None:
    at = page("reports")
    assert not at.exception
    assert "disclosure" in texts(at)


def test_reports_of_many_units_are_written_in_the_background(built: Built, own_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from dashboard import reports
    from dashboard.components import data

    shutil.copytree(built.home, own_home)
    monkeypatch.setattr(reports, "_MOST", 3)
    at = page("reports", period="2026Q2", role="领导")
    assert not at.exception
    assert "要写几分钟" in texts(at)
    at = at.button(key="reports_job_start_unit").click().run()
    assert not at.exception
    for _ in range(600):
        found = background.newest(data.workspace(), results.period(data.workspace(), "2026Q2"), Kind.UNIT, role=Role.LEADER)
        assert found is not None
        if found.state not in jobs.LIVE:
            break
        time.sleep(0.2)
    assert found is not None
    assert found.state == "done", found.error
    at = page("reports", period="2026Q2", role="领导")
    assert [one.proto.label for one in elements(at, "download_button")] == ["下载分报告"]
    assert [one.key for one in at.button if "job_start" in (one.key or "")] == ["reports_job_start_unit", "reports_job_start_web"]
    _, content = background.content(data.workspace(), found.id, role=Role.LEADER)
    assert len(zipfile.ZipFile(io.BytesIO(content)).namelist()) == 19
