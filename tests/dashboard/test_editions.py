"""指标体系: who sees what of it, and what an upload leads to."""

from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import editions as page_editions
from dashboard.components import data, edition_trial
from dashboard.strings import editions as words
from scoring.errors import NotPermitted
from scoring.model import Role
from scoring.services import dry_run, edition_rows, edition_workbook, editions
from tests.dashboard.conftest import page, texts
from tests.dashboard.fake import World


@pytest.fixture
def real(world: World, monkeypatch: pytest.MonkeyPatch) -> World:
    """The editions that ship, in the fake world."""
    monkeypatch.setattr(data, "editions", editions)
    return world


def test_the_tree_is_a_table_with_search(real: World) -> None:
    control: Any = page("editions").get_by_key("editions_id")
    at = control.set_value("ningbo-2020-bm").run()
    assert not at.exception
    frame = at.dataframe[0].value
    assert list(frame[words.COLUMN_CODE]) == [leaf.code for leaf in editions.get("ningbo-2020-bm").leaves()]
    assert next(iter(frame[words.COLUMN_NAME])) == "设有政府信息公开指南"
    assert "设有栏目“政府信息公开指南”" in frame[words.COLUMN_CRITERIA][0]
    search: Any = at.get_by_key("editions_search")
    found = search.set_value("法规科 规范性").run()
    left = found.dataframe[0].value
    assert "p4-regulations" in set(left[words.COLUMN_CODE])
    assert len(left) < len(frame)
    assert set(left[words.COLUMN_RESPONSIBLE]) == {"法规科"}
    nothing = search.set_value("没有的词").run()
    assert "没有含" in texts(nothing)


@pytest.mark.parametrize(("role", "tries"), [("评估员", True), ("领导", False), ("政务公开专员", False)])
def test_leaders_read_and_evaluators_try(real: World, role: str, tries: bool) -> None:
    at = page("editions", role=role)
    assert not at.exception
    assert (words.TRY in texts(at)) is tries
    assert len(at.dataframe) == 1


def test_it_begins_with_the_edition_of_the_newest_period_and_names_a_broken_file(real: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(editions, "broken", lambda: ["指标体系 data/editions/aaa.yml：index 为空"])
    newest, *older = data.all_periods()
    monkeypatch.setattr(data, "all_periods", lambda: [replace(newest, groups={"区县": "ningbo-2020"}), *older])
    at = page("editions", role="评估员")
    chosen: Any = at.get_by_key("editions_id")
    assert chosen.value == "ningbo-2020"
    assert "index 为空" in texts(at)


def test_no_edition_says_what_to_do(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(data, "editions", SimpleNamespace(available=list, broken=list))
    assert words.NONE_YET in texts(page("editions"))


def test_vetoes_deductions_and_bonus_have_their_points_in_words() -> None:
    rows = {row.node.code: row for row in edition_rows.rows(editions.get("ningbo-2020"))}
    said = {row.part.zh: page_editions.cells(row)[words.COLUMN_WEIGHT] for row in rows.values() if row.part is not edition_rows.Part.INDEX}
    assert said["单项否决"] == words.VETO_ZERO


UPLOAD = """
from dashboard.components import data, edition_trial
import streamlit as st
found = edition_trial._read(st.session_state["content"], "上传.xlsx")
"""


def test_problems_of_an_upload_are_listed_cell_by_cell(real: World) -> None:
    from io import BytesIO

    from openpyxl import load_workbook

    book = load_workbook(BytesIO(edition_workbook.export(editions.get("ningbo-2020-bm"))))
    book["指标体系"]["D3"], book["指标体系"]["D4"] = "甲", "=1+1"
    out = BytesIO()
    book.save(out)
    at = AppTest.from_string(UPLOAD, default_timeout=30)
    at.session_state["content"] = out.getvalue()
    at.run()
    assert not at.exception
    assert "2 处问题" in texts(at)
    listed = list(at.dataframe[0].value[words.COLUMN_PROBLEM])
    assert [one.partition("：")[0] for one in listed] == ["工作表“指标体系”第 3 行 D 列", "工作表“指标体系”第 4 行 D 列"]


def test_the_service_refuses_whoever_may_not_see_drafts() -> None:
    with pytest.raises(NotPermitted):
        dry_run.dry_run(SimpleNamespace(), "2026Q1", editions.get("ningbo-2020-bm"), role=Role.STAFF)  # type: ignore[arg-type]


def test_a_gain_is_signed() -> None:
    from decimal import Decimal

    assert [edition_trial.signed(Decimal(one)) for one in ("1.25", "-0.34", "0.04")] == ["+1.3", "−0.3", "0.0"]
    assert edition_trial.signed(Decimal("-0.125"), hundredths=True) == "−0.13"
