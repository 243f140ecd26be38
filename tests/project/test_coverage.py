"""docs/coverage.md is what the editions, rules, tests and truth give today; no edition lacks a row that its source obliges; no rule goes untested."""

from pathlib import Path

import pytest

from scoring.rules import RULES
from scoring.services import editions
from tests.project import coverage
from tests.project.checkout import ROOT
from tests.project.coverage import FILE, IDS, all_editions, held, render
from tests.project.defects import defect
from tests.project.obligations import Feature, load
from tests.project.rule_tests import exercising
from tests.project.test_plan import functions


@pytest.mark.parametrize("name", IDS)
def test_an_edition_holds_every_row_that_its_sources_oblige(name: str) -> None:
    edition = editions.get(name)
    assert edition.id in {one.id for one in load().editions}, f"{edition.id} 不在 data/obligations.yml 的 editions 中，请写明它的来源"
    lacking = [row for row in load().owed(edition.id) if not held(edition, row)]
    assert not lacking, f"{edition.id} 缺少义务 {'、'.join(lacking)} 的指标"


def test_an_excuse_is_needed_once_and_no_longer_than_needed() -> None:
    for duty in load().editions:
        edition, owed_by_source = editions.get(duty.id), {row.id for row in load().rows if set(row.sources) & set(duty.sources)}
        assert len(set(duty.excused)) == len(duty.excused)
        assert set(duty.excused) <= owed_by_source
        held_all_the_same = [row for row in duty.excused if held(edition, row)]
        assert not held_all_the_same, f"{duty.id} 已有义务 {'、'.join(held_all_the_same)} 的指标，请从 without、not_yet 中去掉"


@pytest.mark.parametrize("name", IDS)
def test_a_leaf_names_known_rows_only(name: str) -> None:
    edition = editions.get(name)
    rows = {row.id for row in load().rows}
    unknown = {leaf.code: set(leaf.obligations) - rows for leaf in edition.leaves() if set(leaf.obligations) - rows}
    assert not unknown


def test_what_only_people_judge_says_why() -> None:
    answered: dict[str, set[str]] = {}
    for one in coverage.answers():
        answered.setdefault(one.row.id, set()).add(one.rule)
    for row in load().rows:
        assert (answered[row.id] == {""}) == (len(row.by_hand) >= 12), f"{row.id}：只由人评的义务须在 by_hand 中写明原因，别的不写"


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_a_test(rule: str) -> None:
    assert exercising(rule), f"规则 {rule} 没有点名并运行它的测试（tests/index/test_rules*.py）"


@pytest.mark.parametrize("row", [row.id for row in load().rows])
def test_every_row_is_answered_somewhere(row: str) -> None:
    assert any(held(edition, row) for edition in all_editions())


def test_the_document_is_up_to_date() -> None:
    assert FILE.read_text("utf-8") == render(), f"docs/coverage.md 与数据不符，请运行 {coverage.COMMAND}（或 python -m tests.project.coverage）重新生成"


def test_the_document_names_every_row_and_hides_no_gap() -> None:
    text = FILE.read_text("utf-8")
    assert all(f"\n| {one} | " in text for one in [*(row.id for row in load().rows), *(feature.id for feature in load().system)])
    assert "**缺**" not in text
    assert all(f"- {gap}\n" in text for gap in coverage.gaps())


@pytest.mark.parametrize("feature", load().system, ids=lambda feature: feature.id)
def test_a_feature_that_is_said_to_be_there_is(feature: Feature) -> None:
    assert (feature.state == "尚未") == (not feature.shown)
    assert bool(feature.shown) == bool(feature.tests)
    assert feature.note or feature.state != "部分"
    for path in feature.shown:
        assert (ROOT / path).exists(), f"{feature.id}：{path} 不在"
    for reference in feature.tests:
        file, _, name = reference.partition("::")
        assert (ROOT / file).is_file(), f"{feature.id}：{file} 不在"
        assert not name or name in functions(ROOT / file), f"{feature.id}：{reference} 不在"


def test_the_system_s_rows_are_thirteen() -> None:
    assert [one.id for one in load().system] == [f"I{number}" for number in range(1, 14)]


def test_tests_are_looked_for_not_claimed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.project import rule_tests

    room = tmp_path / "tests" / "index"
    room.mkdir(parents=True)
    (room / "test_one.py").write_text(
        'CASES = [("by_table", 1)]\n\n\ndef help():\n    return said("by_helper")\n\n\ndef test_table():\n    said(CASES)\n\n\ndef test_helper():\n    help()\n\n\n'
        'def test_words():\n    "by_words is only spoken of"\n    said("x by_words y")\n\n\ndef test_named():\n    assert "by_name"\n',
        "utf-8",
    )
    monkeypatch.setattr(rule_tests, "ROOT", tmp_path)
    monkeypatch.setattr("tests.project.checkout.ROOT", tmp_path)
    rule_tests._modules.cache_clear()
    try:
        assert rule_tests.exercising("by_table") == ["tests/index/test_one.py::test_table"]
        assert rule_tests.exercising("by_helper") == ["tests/index/test_one.py::test_helper"]
        assert rule_tests.exercising("by_words") == []
        assert rule_tests.exercising("by_name") == []
    finally:
        rule_tests._modules.cache_clear()


def test_a_defect_of_the_row_comes_before_one_of_the_rule() -> None:
    assert "年报" in str(defect("report_on_time", "B1"))
    assert defect("no_such_rule", "B1") is None
