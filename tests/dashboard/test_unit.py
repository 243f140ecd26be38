"""单位画像 looks closely: where points went, what to mend first, the way, the group, the units below."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.components import unit_children, unit_losses
from scoring.errors import Refused
from scoring.model import Outcome, PeriodState
from scoring.services.shapes import LeafResult
from tests.dashboard import fake_index as index
from tests.dashboard.conftest import elements, page, texts
from tests.dashboard.fake import World
from tests.dashboard.fake_closer import PARTS, child, plan_of

PUBLISHED = PeriodState.PUBLISHED


def chart(at: AppTest, key: str) -> dict[str, list[dict[str, object]]]:
    """The figure whose key this is."""
    found = next(one for one in elements(at, "plotly_chart") if key in one.proto.id)
    spec: dict[str, list[dict[str, object]]] = json.loads(found.proto.spec)
    return spec


def numbers(value: object) -> list[float]:
    """Values of a trace, whichever way Plotly writes them."""
    assert isinstance(value, list)
    return [float(one) for one in value]


@pytest.mark.parametrize("by", ["按一级指标", "按维度", "按指标"])
def test_the_address_restores_how_losses_are_cut_and_the_bars_lead_from_full_marks_to_the_score(world: World, by: str) -> None:
    at = page("unit", unit="qx03", unit_by=by)
    assert not at.exception
    assert elements(at, "button_group")[0].value == by
    total = world.profile(None, "2026Q2", "qx03").row.score.total
    bars = chart(at, "unit_lost")["data"][0]
    base, lost = numbers(bars["base"]), numbers(bars["x"])
    assert base[0] + lost[0] == pytest.approx(100)
    assert base[-1] == pytest.approx(float(total), abs=0.05)
    assert all(base[n] == pytest.approx(base[n + 1] + lost[n + 1]) for n in range(len(base) - 1))


def test_what_to_mend_first_says_the_rank_that_follows_and_a_failure_stops_nothing(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = world.profile(None, "2026Q2", "qx03")
    at = page("unit", unit="qx03")
    plan = plan_of(profile)
    assert unit_losses.together(plan) in texts(at).replace("\\", "")
    texts_of = chart(at, "unit_fixes")["data"][0]["text"]
    assert texts_of == [f"+{fix.shown} 分，列第 {fix.rank} 名" for fix in plan.fixes]

    def refuse(*_: object) -> None:
        raise Refused("公布的文件只含部分单位")

    monkeypatch.setattr("dashboard.components.closer.fixes_service", SimpleNamespace(plan=refuse))
    at = page("unit", unit="qx04")
    assert not at.exception
    assert "公布的文件只含部分单位" in texts(at)
    assert "逐项失分" in texts(at)


def test_a_vetoed_unit_is_told_what_lifting_brings(world: World) -> None:
    world.barred = {"qx07"}
    at = page("unit", unit="qx07")
    assert "解除 1 项单项否决后得" in texts(at)


def test_the_units_below_stand_by_what_they_lost_and_their_parts_tell_the_seed(world: World) -> None:
    short = child(3, name="示例市统计局", rank=None, grade=None)
    world.children = {"qx01": (child(2, pull=Decimal("1.5")), child(1), short)}
    world.parts = {"qx01": PARTS}
    at = page("unit", unit="qx01")
    assert not at.exception
    said = texts(at).replace("\\", "")
    assert "失分最多的是示例市2局（失 20.0 分）、示例市1局（失 10.0 分）；1 个数据不足或暂不纳入，列在最后" in said
    below = next(one.value for one in at.dataframe if "名次" in one.value.columns and "失分最多的指标" in one.value.columns)
    assert list(below["名次"]) == ["第 2 名（市直部门共 3 个）", "第 1 名（市直部门共 3 个）", "数据不足"]
    assert list(below["影响得分"]) == ["1.5", "—", "—"]
    parts = next(one.value for one in at.dataframe if "组成部分" in one.value.columns)
    assert parts["来源"][1] == "所属单位的平均，计入 1 个（从 2 个中抽取，随机种子 11，可复算）"
    assert list(parts["占比"]) == ["60%", "40%"]
    assert "所属单位" not in texts(page("unit", unit="qx02"))


def test_nothing_below_lost_anything() -> None:
    assert unit_children.sentence([child(1, lost=Decimal(0))]) == "所属单位没有失分"


def perfect(leaf: LeafResult) -> LeafResult:
    return replace(leaf, outcome=Outcome.MET, ratio=Decimal(1), points=leaf.full, lost=Decimal(0))


def equal(world: World) -> None:
    for unit, _ in index.units(index.GROUP):
        for quarter in (1, 2):
            world.leaves[quarter, unit] = [perfect(leaf) for leaf in world.found(quarter, unit)]


def first_period(world: World) -> None:
    world.states = [PUBLISHED, PeriodState.OPEN, PeriodState.OPEN]


def all_barred(world: World) -> None:
    world.barred = {unit for unit, _ in index.units(index.GROUP)}


def all_unseen(world: World) -> None:
    world.unseen = {unit for unit, _ in index.units(index.GROUP)}


@pytest.mark.parametrize(
    ("change", "said"),
    [(equal, "没有失分"), (first_period, "首次参评"), (all_barred, "单项否决"), (all_unseen, "数据不足")],
)
def test_the_page_makes_sense_at_the_edges(world: World, change: Callable[[World], None], said: str) -> None:
    change(world)
    at = page("unit", unit="qx02")
    assert not at.exception
    assert not at.error
    assert said in texts(at)


def test_a_group_of_one_has_nobody_to_compare_with(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    only = [("qx01", "青禾区")]
    monkeypatch.setattr(index, "units", lambda group: only if group == index.GROUP else [])
    monkeypatch.setattr(
        world, "periods", lambda _ws=None: [replace(one, groups={index.GROUP: "demo-2020"}) for one in index.periods((PUBLISHED, PUBLISHED, PUBLISHED))]
    )
    from tests.dashboard.fake import install

    install(world, monkeypatch.setattr)
    at = page("unit", unit="qx01")
    assert not at.exception
    assert "本组只有这一个单位有得分" in texts(at)
