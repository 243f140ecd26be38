"""对比: units side by side, a unit or a group in two periods; addresses restore each, and what they hold wrongly is explained."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest

from dashboard.components import compare_charts, compare_periods, compare_units, data
from scoring.model import PeriodState
from scoring.services import contrast
from scoring.services.shapes import LeafResult
from tests.dashboard import fake_index as index
from tests.dashboard.conftest import elements, page, texts
from tests.dashboard.fake import World
from tests.dashboard.test_unit import all_barred, all_unseen, equal

UNIT, GROUP = "一个单位的两期", "一个分组的两期"


def test_units_of_the_address_stand_side_by_side_in_its_order(world: World) -> None:
    at = page("compare", period="2026Q2", group=index.GROUP, units="qx03,qx01,qx05")
    assert not at.exception
    assert at.query_params["units"] == "qx03,qx01,qx05"
    assert [one.label.replace("\\", "") for one in elements(at, "metric")] == ["云岫区（分）", "青禾区（分）", "墨川区（分）"]
    profiles = [world.profile(None, "2026Q2", unit) for unit in ("qx03", "qx01", "qx05")]
    different = [one for one in contrast.across(profiles) if one.differs]
    assert len(at.dataframe[-1].value) == len(different)
    assert list(at.dataframe[-1].value.columns[2:]) == ["云岫区", "青禾区", "墨川区"]
    reasons = [element.value for expander in at.expander for element in expander.text]
    assert any(leaf is not None and leaf.reason in text for leaf in different[0].results for text in reasons)


def test_wrong_double_and_too_many_units_are_explained(world: World) -> None:
    at = page("compare", units="qx01,nobody,qx01,qx02")
    said = texts(at).replace("\\", "")
    assert "网址里的被评估单位“nobody”不存在，已改为显示“青禾区、望舒区”" in said
    assert at.query_params["units"] == "qx01,qx02"
    at = page("compare", units=",".join(f"qx{n:02d}" for n in range(1, 9)))
    assert "网址里有 8 个被评估单位，最多 5 个" in texts(at)
    assert len(elements(at, "metric")) == 5
    at = page("compare", units="qx01")
    assert "请再选一个单位" in texts(at)


def test_units_of_another_group_are_left_out_with_the_reason(world: World) -> None:
    at = page("compare", group=index.GROUP, units="qx01,bm02,qx02")
    assert not at.exception
    assert at.query_params["units"] == "qx01,qx02"
    said = texts(at).replace("\\", "")
    assert "示例市教育局属于“市直部门”，不在“区县”，已略去：两组分别排名" in said
    assert "不存在" not in said
    assert "只比较同一分组的单位" in said


def test_units_judged_by_other_rules_are_left_out_with_that_reason(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    apart = [replace(period, groups={index.GROUP: "demo-2020", index.OTHER: "departments"}) for period in world.published()]
    monkeypatch.setattr(data, "periods", SimpleNamespace(published=lambda _ws: apart))
    at = page("compare", group=index.GROUP, units="bm02")
    assert "两组适用的指标体系不同" in texts(at)
    assert len(elements(at, "metric")) == 2, "the first two of the group instead"


def test_the_period_it_was_compared_with_can_be_chosen_without_a_complaint(world: World) -> None:
    at = page("compare", compare_what=UNIT, unit="qx04", period="2026Q2", before="2026Q1")
    at.selectbox(key="compare_period").select("2026Q1").run()
    assert not at.warning
    assert (at.query_params["period"], at.query_params["before"]) == ("2026Q1", "2026Q2")


def test_equal_rates_do_not_hide_each_other(world: World) -> None:
    figure = compare_charts.several([compare_charts.Line("a", (Decimal(1), Decimal(1)))], ["甲", "乙"])
    one, two = (trace for trace in figure.data if trace.mode == "markers")
    assert one.y[0] != two.y[0]
    assert abs(one.y[0] - two.y[0]) < 0.5


def test_a_unit_in_two_periods_tells_what_changed_and_why(world: World) -> None:
    at = page("compare", compare_what=UNIT, unit="qx04", period="2026Q2", before="2026Q1")
    assert not at.exception
    then, now = world.profile(None, "2026Q1", "qx04"), world.profile(None, "2026Q2", "qx04")
    assert at.header[0].value.replace("\\", "") == compare_periods.headline(then, now)
    changed = [one for one in contrast.turns(then, now) if one.turn is not contrast.Turn.SAME]
    assert len(at.dataframe[-1].value) == len(changed)
    shown = [element.value for expander in at.expander for element in expander.text]
    assert changed[0].before is not None
    assert changed[0].after is not None
    assert changed[0].before.reason in shown
    assert changed[0].after.reason in shown
    csv = compare_periods.csv(changed, then, now).decode("utf-8-sig")
    assert csv.count("\n") == len(changed) + 1
    assert "'=" not in csv.split("\n")[0]


def test_added_removed_and_altered_indicators_are_told(world: World) -> None:
    then, now = world.profile(None, "2026Q1", "qx04"), world.profile(None, "2026Q2", "qx04")
    nodes = list(now.edition.index)
    nodes[0] = replace(nodes[0], children=(*nodes[0].children[1:], replace(nodes[0].children[0], code="new")))
    leaves = tuple(replace(one, code="new") if one.code == "a1" else _altered(one) if one.code == "a2" else one for one in now.leaves)
    turns = {one.code: one for one in contrast.turns(then, replace(now, edition=replace(now.edition, index=tuple(nodes), sha="x"), leaves=leaves))}
    assert (turns["new"].turn, turns["a1"].turn) == (contrast.Turn.ADDED, contrast.Turn.REMOVED)
    assert turns["a2"].rule
    assert not turns["a3"].rule


def _altered(leaf: LeafResult) -> LeafResult:
    return replace(leaf, indicator=replace(leaf.indicator, params={"days": 1}))


def test_a_group_in_two_periods_lists_every_unit(world: World) -> None:
    at = page("compare", compare_what=GROUP, group=index.GROUP, period="2026Q2", before="2026Q1")
    assert not at.exception
    assert "区县平均从" in at.header[0].value
    moved = next(one.value for one in at.dataframe if "进退位" in one.value.columns)
    assert len(moved) == 10
    ranking, before = world.ranking(None, "2026Q2", index.GROUP), world.ranking(None, "2026Q1", index.GROUP)
    ranks = {row.name: row.score.rank for row in before.rows}
    assert list(moved["名次"]) == [f"{ranks[row.name]} → {row.score.rank}" for row in ranking.rows]


def test_a_difference_within_the_interval_is_not_asserted(world: World) -> None:
    rows = list(world.ranking(None, "2026Q2", index.GROUP).rows[:2])
    wide = [replace(row, score=replace(row.score, lower=row.score.total - 9, upper=row.score.total + 9)) for row in rows]
    assert "不宜断言高低" in compare_units.doubtful(wide)
    assert compare_units.doubtful([replace(row, score=replace(row.score, lower=row.score.total, upper=row.score.total)) for row in rows]) == ""


def one_period(world: World) -> None:
    world.states = [PeriodState.PUBLISHED, PeriodState.OPEN, PeriodState.OPEN]


@pytest.mark.parametrize("what", ["几个单位", UNIT, GROUP])
@pytest.mark.parametrize("change", [equal, all_barred, all_unseen, one_period])
def test_the_page_makes_sense_at_the_edges(world: World, change: Callable[[World], None], what: str) -> None:
    change(world)
    at = page("compare", compare_what=what)
    assert not at.exception
    assert not at.error
    said = texts(at)
    if change is one_period and what != "几个单位":
        assert "只发布了一期" in said
    if change is equal and what == "几个单位":
        assert "得分相同" in said
    if change is all_unseen and what == "几个单位":
        assert "没有可以比较的总分" in said


def test_a_unit_that_was_not_there_then_is_said(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    real = world.ranking

    def without(ws: object, period: str, group: str, **more: object) -> object:
        found = real(ws, period, group, **more)
        return replace(found, rows=tuple(row for row in found.rows if row.unit != "qx04")) if period == "2026Q1" else found

    monkeypatch.setattr("dashboard.components.data.results.ranking", without)
    at = page("compare", compare_what=UNIT, unit="qx04", period="2026Q2")
    assert not at.exception
    assert "不在2026年一季度公布的结果中" in texts(at)


def test_two_totals_are_told_apart_as_displayed(world: World) -> None:
    rows = list(world.ranking(None, "2026Q2", index.GROUP).rows[:2])
    same = [replace(row, score=replace(row.score, total=Decimal(total))) for row, total in zip(rows, ("80.04", "79.96"), strict=True)]
    assert "得分相同，均为 80.0 分" in compare_units.headline(same)
