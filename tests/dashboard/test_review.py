"""The scoring page: accept, change, manual scores, concurrency, locked periods."""

from decimal import Decimal
from typing import Any

from streamlit.testing.v1 import AppTest

from scoring.model import Check, Outcome, PeriodState
from scoring.services.locking import Blocker
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
    at.text_area(key=f"{key}_why").set_value("一次不规范")
    at.button(key=f"{key}_save").click().run()
    assert not at.exception
    assert world.decisions[-1]["level"] == "良"
    assert world.decisions[-1]["expected_seq"] == 1
    assert "已保存" in at.success[0].value
    assert "草稿得分" in at.success[0].value


def test_manual_leaf_by_points(world: World) -> None:
    at, key = _open(world, "h5")
    at.number_input(key=f"{key}_points").set_value(1.2)
    at.text_area(key=f"{key}_why").set_value("没有年度培训")
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


def test_a_manual_level_below_full_needs_a_reason(world: World) -> None:
    at, key = _open(world, "d5")
    at.radio(key=f"{key}_level").set_value("良（70%）")
    at.button(key=f"{key}_save").click().run()
    assert not world.decisions
    assert "扣分理由" in at.error[0].value
    at.text_area(key=f"{key}_why").set_value("一次答复没有落款")
    at.button(key=f"{key}_save").click().run()
    assert world.decisions[-1]["why"] == "一次答复没有落款"


def test_full_marks_need_no_reason(world: World) -> None:
    at, key = _open(world, "d5")
    at.radio(key=f"{key}_level").set_value("优（100%）")
    at.button(key=f"{key}_save").click().run()
    assert world.decisions[-1]["level"] == "优"


def test_every_card_shows_its_basis_and_a_manual_one_the_pages_of_its_neighbours(world: World) -> None:
    at, _ = _open(world, "d5")
    shown = texts(at)
    assert "《政府信息公开条例》第十二条" in shown
    near = next(one for one in at.expander if "相关页面" in one.label)
    assert all("/d" in one.value for one in near.code)
    assert near.code


def test_after_saving_the_next_waiting_leaf_is_shown(world: World) -> None:
    waiting = [leaf.code for leaf in world.profile(None, "2026Q3", UNIT).leaves if leaf.code in {one.code for one in _waiting(world, UNIT)}]
    at, key = _open(world, waiting[1])
    seq = world.found(3, UNIT)[0].seq
    assert seq == 1
    at.radio(key=f"{key}_level").set_value("确认无法观测")
    at.text_area(key=f"{key}_why").set_value("没有样本")
    at.button(key=f"{key}_save").click().run()
    assert at.query_params["indicator"] in (waiting[2], [waiting[2]])


def test_all_unseen_leaves_of_a_unit_are_settled_with_one_reason(world: World) -> None:
    at = page("review", unit="qx07", period="2026Q3")
    unseen = [leaf.code for leaf in world.found(3, "qx07") if leaf.outcome is Outcome.NOT_OBSERVED and leaf.check is not Check.MANUAL]
    key = f"review_bulk_2026Q3_qx07_{len(unseen)}"
    assert at.button(key=f"{key}_do").disabled
    at.checkbox(key=f"{key}_sure").check().run()
    at.button(key=f"{key}_do").click().run()
    assert not world.decisions
    assert "理由" in at.error[0].value
    at.text_area(key=f"{key}_why").set_value("全站由防护系统拦截")
    at.button(key=f"{key}_do").click().run()
    assert not at.exception
    assert sorted(one["code"] for one in world.decisions) == sorted(unseen)
    assert {(one["outcome"], one["why"]) for one in world.decisions} == {(Outcome.NOT_OBSERVED, "全站由防护系统拦截")}
    assert not any(leaf.check is Check.MANUAL and leaf.reviewed for leaf in world.found(3, "qx07"))


def test_a_published_period_opens_on_everything_and_promises_no_button(world: World) -> None:
    at = page("review", unit=UNIT, period="2026Q2")
    control: Any = at.get_by_key("review_filter_closed")
    assert control.value == "全部"
    assert len(at.dataframe[0].value) == 40
    assert "尚未提供" in at.warning[0].value
    assert "保存后" not in texts(at)


def _waiting(world: World, unit: str) -> list[Blocker]:
    return [one for one in world.blockers(None, "2026Q3") if one.unit == unit]
