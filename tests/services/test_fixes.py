"""The fixes of a unit: what they promise is what comes when the leaf is really put in order."""

from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.disclosure import EVERYTHING, Disclosure, Extent
from scoring.edition import DUTIES
from scoring.errors import BadInput, Refused
from scoring.model import Finding, Outcome, PeriodState, RankStyle, Role, Unit
from scoring.parts import NotApplicable
from scoring.reasons import Reason
from scoring.services import book as books
from scoring.services import corrections, fixes, periods, results, tables, trial
from scoring.services.book import Given
from scoring.services.shapes import PeriodInfo
from scoring.store.findings import LeafState
from tests.index.make import together
from tests.index.test_rollup_properties import RATIOS, trees
from tests.services.closing import LATER, PERIOD, close, judge, published
from tests.services.hand import GROUP, missing, stale
from tests.services.test_composition import BELOW, give, open_period, table, ws  # noqa: F401 - a fixture

D = Decimal
INFO = PeriodInfo("P", "一期", date(2026, 1, 1), date(2026, 3, 31), None, PeriodState.PUBLISHED, {"g": "random"}, 1, datetime(2026, 4, 1, tzinfo=UTC))
KINDS = ("ratio", "ratio", "ratio", "ratio", "unseen", "na", "missing")


def state(unit: str, code: str, outcome: Outcome, ratio: Decimal | None) -> LeafState:
    finding = Finding(outcome, ratio, Reason.REVIEWED, {"outcome": outcome.value, "why": "", "by": ""})
    return LeafState(unit, code, 1, finding, 1, "", "", "", None, reviewed=False)


@st.composite
def groups(draw: st.DrawFn) -> Given:
    """Four units with random findings of one random edition; vetoes are held now and then."""
    edition = replace(draw(trees()), rank=draw(st.sampled_from(list(RankStyle))))
    units = [Unit(f"u{n}", f"单位{n}", "g", order=n, duties=DUTIES, excluded="在建" if n == 3 and draw(st.booleans()) else "") for n in range(4)]
    states: dict[str, dict[str, LeafState]] = {unit.id: {} for unit in units}
    for unit in units:
        for leaf in edition.leaves():
            kind = draw(st.sampled_from(KINDS))
            if kind == "ratio":
                ratio = draw(st.sampled_from([D(0), D(1)])) if leaf.code == "vet" else draw(RATIOS)
                outcome = Outcome.MET if ratio == 1 else Outcome.PARTIAL if ratio else Outcome.UNMET
                states[unit.id][leaf.code] = state(unit.id, leaf.code, outcome, ratio)
            elif kind != "missing":
                states[unit.id][leaf.code] = state(unit.id, leaf.code, Outcome.NOT_APPLICABLE if kind == "na" else Outcome.NOT_OBSERVED, None)
    return Given(INFO, "g", edition, units, states)


@settings(max_examples=120, deadline=None)
@given(groups())
def test_what_a_fix_promises_is_what_a_new_roll_up_of_the_whole_group_gives(found: Given) -> None:
    book = books.build([found])[0]
    for unit in (one for one in (found.units[0], found.units[3]) if not one.excluded):
        now = book.scores[unit.id]
        leaves = tables.leaf_results(book, unit)
        plan = fixes.of_trial(trial.of_book(book, unit), now, leaves, 5)
        held = [one for one in leaves if one.code in now.veto]
        assert [fix.leaf.code for fix in plan.fixes[: len(held)]] == [one.code for one in held]
        assert [fix.gain for fix in plan.fixes if not fix.veto] == sorted((fix.gain for fix in plan.fixes if not fix.veto), reverse=True)
        for fix in plan.fixes:
            codes = {fix.leaf.code, *now.veto}
            mended = {code: state(unit.id, code, Outcome.MET, D(1)) for code in codes}
            again = books.build([replace(found, states={**found.states, unit.id: {**found.states[unit.id], **mended}})])[0].scores[unit.id]
            assert together(fix.total, fix.grade, fix.rank) == (again.total, again.grade, again.rank)
            assert fix.total >= fix.before
            assert fix.veto or fix.gain > 0
            assert plan.together.total >= fix.total
            if fix.rank is not None and plan.base.rank is not None and found.edition.not_applicable is not NotApplicable.MEAN:
                assert fix.rank <= plan.base.rank


@settings(max_examples=60, deadline=None)
@given(groups())
def test_putting_any_leaf_in_order_never_lowers_a_total(found: Given) -> None:
    unit = found.units[0]
    given = trial.of_book(books.build([found])[0], unit)
    base = given.score(())
    for leaf in found.edition.leaves():
        if found.states[unit.id].get(leaf.code) and found.states[unit.id][leaf.code].machine.outcome is not Outcome.NOT_APPLICABLE:  # type: ignore[union-attr]
            assert given.score((leaf.code,)).total >= base.total


CHANGES = {
    ("fgw", "guide"): missing("guide", "政府信息公开指南"),
    ("fgw", "duties"): stale("duties", "机关职能"),
    ("czj", "duties"): stale("duties", "机关职能"),
}


def test_a_promise_is_kept_when_the_leaf_is_really_mended(tmp_path: Path) -> None:
    ws, _ = published(tmp_path / "home", CHANGES)  # noqa: F811 - not the fixture
    plan = fixes.plan(ws, PERIOD, "fgw", 3)
    assert plan.now.rank == 3
    assert len(plan.fixes) == 3
    assert plan.more > 0
    assert all(fix.shown > 0 and fix.leaf.lost for fix in plan.fixes)
    corrections.reopen(ws, PERIOD, "整改后复核", "甲", LATER, role=Role.EVALUATOR)
    judge(ws, "fgw", plan.fixes[0].leaf.code, Outcome.MET, "已整改")
    close(ws)
    row = next(row for row in results.ranking(ws, PERIOD, GROUP).rows if row.unit == "fgw")
    assert together(row.score.total, row.score.rank, row.score.grade) == (plan.fixes[0].total, plan.fixes[0].rank, plan.fixes[0].grade)
    corrections.reopen(ws, PERIOD, "整改后复核", "甲", LATER, role=Role.EVALUATOR)
    for fix in plan.fixes[1:]:
        judge(ws, "fgw", fix.leaf.code, Outcome.MET, "已整改")
    close(ws)
    row = next(row for row in results.ranking(ws, PERIOD, GROUP).rows if row.unit == "fgw")
    assert together(row.score.total, row.score.rank) == (plan.together.total, plan.together.rank)
    assert [fix.leaf.code for fix in fixes.best_fixes(ws, f"{PERIOD}@1", "fgw", 3)] == [fix.leaf.code for fix in plan.fixes]
    ws.close()


@pytest.mark.parametrize("disclosure", [EVERYTHING, Disclosure(Extent.TOP, 2), Disclosure(Extent.GRADES)])
def test_a_plan_keeps_to_what_is_published(tmp_path: Path, disclosure: Disclosure) -> None:
    ws, _ = published(tmp_path / "home", CHANGES, disclosure)  # noqa: F811
    if disclosure.extent is Extent.GRADES:
        with pytest.raises(Refused, match="不公布得分"):
            fixes.plan(ws, PERIOD, "fgw")
    elif disclosure.extent is Extent.TOP:
        assert fixes.plan(ws, PERIOD, "czj").fixes[0].rank == 1
        with pytest.raises(BadInput, match="没有单位"):
            fixes.plan(ws, PERIOD, "fgw")
    else:
        assert fixes.plan(ws, PERIOD, "jyj").fixes == ()
        with pytest.raises(BadInput, match="没有单位"):
            fixes.plan(ws, PERIOD, "nobody")
    ws.close()


def test_a_composed_unit_gains_what_its_own_part_weighs(ws, tmp_path: Path) -> None:  # type: ignore[no-untyped-def] # noqa: F811
    from scoring.services import composition
    from tests.services.test_composition import NOW, ROLE

    open_period(ws)
    for unit, points in {"east": "90", "west": "75", **dict.fromkeys(BELOW, "40")}.items():
        give(ws, unit, points)
    composition.import_scores(ws, "P", table(tmp_path, "单位,得分\n东区,8\nwest,不涉及\n"), "测试", NOW, role=ROLE)
    periods.lock(ws, "P", "测试", NOW, role=ROLE)
    periods.publish(ws, "P", "测试", NOW, role=ROLE)
    plan = fixes.plan(ws, "P", "east")
    assert together(plan.now.total, plan.now.rank) == (36 + 16 + 16, 2)
    assert together(plan.fixes[0].gain, plan.fixes[0].total, plan.fixes[0].rank) == (4, 72, 2)
    assert fixes.plan(ws, "P", "d1").fixes[0].rank == 1


MEAN = """edition: department
title: 部门
not_applicable: mean
format: 1
scale: points
grades: [{name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]
index:
  - {code: all, title: 全部, weight: 60, manual: {points: true, guide: 按评分表}}
  - {code: law, title: 执法, weight: 40, needs: [行政执法], manual: {points: true, guide: 按评分表}}
"""


def test_credits_of_the_group_move_with_a_fix_and_a_cut_file_is_refused(ws, tmp_path: Path) -> None:  # type: ignore[no-untyped-def] # noqa: F811
    """平均计入: d3 and d4 do no 执法, so their credit, and with it d1's rank, follows what d1 and d2 get for it."""
    from scoring.services import composition, corrections, reviews
    from scoring.services.reviews import Decision
    from tests.services.test_composition import NOW, ROLE

    (tmp_path / "editions" / "department.yml").write_text(MEAN, "utf-8")
    law: dict[str, object] = {"parent": "", "duties": ["行政执法"]}
    open_period(ws, d1=law, d2=law, d3={"parent": ""}, d4={"parent": ""})
    for unit, points in {"east": "90", "west": "75", "d1": "50", "d2": "20", "d3": "55", "d4": "10"}.items():
        give(ws, unit, points)
    for unit, points in {"d1": "0", "d2": "40"}.items():
        reviews.decide(ws, Decision("P", unit, "law", 0, None, None, None, D(points), "按评分表"), actor="测试", role=ROLE, now=NOW)
    composition.import_scores(ws, "P", table(tmp_path, "单位,得分\n东区,8\nwest,不涉及\n"), "测试", NOW, role=ROLE)
    periods.lock(ws, "P", "测试", NOW, role=ROLE)
    periods.publish(ws, "P", "测试", NOW, role=ROLE)
    best = fixes.plan(ws, "P", "d1").fixes[0]
    assert together(best.leaf.code, best.before, best.total, best.rank) == ("law", 50, 90, 2)  # d3: 55 + 40 × mean(1, 1) = 95
    corrections.reopen(ws, "P", "改口径", "测试", NOW, role=ROLE)
    periods.lock(ws, "P", "测试", NOW, role=ROLE)
    periods.publish(ws, "P", "测试", NOW, role=ROLE, disclosure=Disclosure(Extent.TOP, 3))
    with pytest.raises(Refused, match="平均计入"):
        fixes.plan(ws, "P", "d3")
