"""The scoring page: accept, change, manual scores, concurrency, locked periods."""

from decimal import Decimal

from streamlit.testing.v1 import AppTest

from scoring.model import Check, Outcome, PeriodState
from tests.dashboard import fake_index
from tests.dashboard.conftest import choose, page, texts
from tests.dashboard.fake import World

UNIT = "qx02"


def _open(world: World, code: str) -> tuple[AppTest, str]:
    leaf = next(leaf for leaf in world.found(3, UNIT) if leaf.code == code)
    at = page("review", unit=UNIT, indicator=code)
    assert not at.exception
    if f"review_2026Q3_{UNIT}_{code}_{leaf.seq}_save" not in {button.key for button in at.button}:
        choose(at, "review_filter", "全部")
        at.query_params["indicator"] = code
        at.run()
    return at, f"review_2026Q3_{UNIT}_{code}_{leaf.seq}"


def test_manual_leaf_by_level_beside_its_guide(world: World) -> None:
    at, key = _open(world, "d5")
    assert "看三次答复" in texts(at)
    at.radio(key=f"{key}_level").set_value("良（70%）")
    at.button(key=f"{key}_save").click().run()
    assert not at.exception
    assert world.decisions[-1]["level"] == "良"
    assert world.decisions[-1]["expected_seq"] == 1
    assert "已保存" in at.success[0].value
    assert "草稿得分" in at.success[0].value


def test_manual_leaf_by_points(world: World) -> None:
    at, key = _open(world, "h5")
    at.number_input(key=f"{key}_points").set_value(1.2)
    at.button(key=f"{key}_save").click().run()
    assert world.decisions[-1]["points"] == Decimal("1.2")


def test_unscored_manual_leaf_can_be_set_aside_only_with_a_reason(world: World) -> None:
    at, key = _open(world, "d5")
    at.radio(key=f"{key}_level").set_value("确认无法观测")
    at.button(key=f"{key}_save").click().run()
    assert not world.decisions
    assert "理由" in at.error[0].value
    at.text_area(key=f"{key}_why").set_value("没有样本")
    at.button(key=f"{key}_save").click().run()
    assert world.decisions[-1]["outcome"] is Outcome.NOT_OBSERVED


def test_accepting_keeps_the_machines_value(world: World) -> None:
    leaf = next(leaf for leaf in world.found(3, UNIT) if leaf.check is Check.ASSIST)
    at, key = _open(world, leaf.code)
    assert leaf.machine_reason in texts(at)
    at.button(key=f"{key}_save").click().run()
    assert not at.exception
    assert world.decisions[-1]["outcome"] is leaf.machine_outcome
    assert world.decisions[-1]["why"] == ""


def test_a_change_needs_a_reason(world: World) -> None:
    at, key = _open(world, "c3")
    choose(at, f"{key}_opinion", "改判")
    choose(at, f"{key}_to", "需改进")
    at.number_input(key=f"{key}_ratio").set_value(40)
    at.button(key=f"{key}_save").click().run()
    assert not world.decisions
    assert "理由" in at.error[0].value
    at.text_area(key=f"{key}_why").set_value("附件打不开")
    at.button(key=f"{key}_save").click().run()
    assert world.decisions[-1]["ratio"] == Decimal("0.4")
    assert world.decisions[-1]["outcome"] is Outcome.PARTIAL


def test_somebody_else_was_first(world: World) -> None:
    at, key = _open(world, "d5")
    at.radio(key=f"{key}_level").set_value("优（100%）")
    leaves = world.found(3, UNIT)
    n = next(n for n, leaf in enumerate(leaves) if leaf.code == "d5")
    leaves[n] = fake_index.decided(leaves[n], Outcome.UNMET, Decimal(0), "", "另一位评估员", world.periods()[1].published_at or None)  # type: ignore[arg-type]
    at.button(key=f"{key}_save").click().run()
    assert not at.exception
    assert "他人的评分" in at.error[0].value
    assert leaves[n].ratio == Decimal(0)


def test_a_locked_period_is_refused_politely(world: World) -> None:
    world.states[2] = PeriodState.LOCKED
    at = page("review", unit=UNIT, period="2026Q3")
    assert not at.exception
    assert "不能再评分" in at.warning[0].value
    assert not [button for button in at.button if str(button.key).endswith("_save")]


def test_filters(world: World) -> None:
    at = page("review", unit=UNIT)
    assert len(at.dataframe[0].value) == len([blocker for blocker in world.blockers(None, "2026Q3") if blocker.unit == UNIT])
    choose(at, "review_filter", "人工评分")
    assert len(at.dataframe[0].value) == 3
    choose(at, "review_filter", "全部")
    assert len(at.dataframe[0].value) == 40


def test_a_link_to_a_settled_leaf_shows_that_leaf(world: World) -> None:
    settled = next(leaf for leaf in world.found(3, UNIT) if leaf.check is Check.AUTO and leaf.outcome is Outcome.MET)
    at = page("review", period="2026Q3", unit=UNIT, indicator=settled.code)
    assert at.query_params["indicator"] in (settled.code, [settled.code])
    assert settled.title in texts(at)


def test_a_bad_link_is_explained_once(world: World) -> None:
    at = page("review", period="2026Q3", unit=UNIT, indicator="nonsense")
    assert len([one for one in at.warning if "nonsense" in str(one.value)]) == 1
