"""模拟测试与外部数据 on the real services: a case is entered and corrected, a table imported."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from scoring.facts import Regular
from scoring.services import editions
from scoring.services.workspace import Workspace
from tests.dashboard.conftest import choose, page, texts
from tests.services.monitoring import edition, opened

LEAVES = edition(
    "{code: g, title: 依申请测试, weight: 1, check: assist, rule: request_answered_in_time, fix: 改}",
    "{code: h, title: 社会评议, weight: 1, rule: imported_value, fix: 改}",
)
UNIT = "示例市发展和改革局"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    from dashboard.components import data

    made = opened(tmp_path / "home", monkeypatch, LEAVES)
    made.close()
    monkeypatch.setenv("DISCLOSURE_HOME", str(tmp_path / "home"))
    st.cache_resource.clear()
    yield data.workspace()
    data.workspace().close()
    st.cache_resource.clear()


def _field(at: AppTest, name: str) -> str:
    return next(str(one.key) for kind in ("selectbox", "date_input", "text_input", "text_area") for one in at.get(kind) if str(one.key).endswith(f"_{name}"))


def _submit(at: AppTest) -> AppTest:
    next(one for one in at.button if one.label in ("登记", "保存更正")).click().run()
    return at


@pytest.mark.usefixtures("home")
def test_a_case_is_entered_and_listed_with_its_limit() -> None:
    assert editions.available()
    at = page("cases")
    assert "还没有登记" in at.header[0].value
    assert "请选择被评估单位" in _submit(at).error[0].value
    at.selectbox(key=_field(at, "unit")).select("fgw")
    at.date_input(key=_field(at, "applied")).set_value(date(2026, 1, 12))
    at.date_input(key=_field(at, "registered")).set_value(date(2026, 1, 13))
    at.date_input(key=_field(at, "answered")).set_value(date(2026, 2, 10))
    at.selectbox(key=_field(at, "regular")).set_value(Regular.YES)
    _submit(at)
    assert not at.exception
    assert not at.error, at.error[0].value
    assert "2026" in at.success[0].value
    shown = at.dataframe[0].value
    assert list(shown["单位"]) == [UNIT]
    assert list(shown["状态"]) == ["按期答复"]
    assert list(shown["截止日期"]) == ["2026-02-10"]
    assert list(shown["已用工作日"]) == ["20"]


@pytest.mark.usefixtures("home")
def test_what_the_service_refuses_is_said_in_one_line() -> None:
    at = page("cases")
    at.selectbox(key=_field(at, "unit")).select("fgw")
    at.date_input(key=_field(at, "applied")).set_value(date(2026, 1, 12))
    at.date_input(key=_field(at, "registered")).set_value(date(2026, 1, 11))
    _submit(at)
    assert "早于提交日期" in at.error[0].value.replace("\\", "")


@pytest.mark.usefixtures("home")
def test_imported_values_have_a_place_of_their_own() -> None:
    at = choose(page("cases"), "cases_view", "外部数据")
    assert not at.exception
    assert "社会评议" in at.header[0].value
    assert "优、良、一般、差" in texts(at)
    next(one for one in at.button if one.label == "导入").click().run()
    assert "请先选择文件" in at.error[0].value
