"""更正: a new revision with its reason; the old one stays readable, and what changed is told unit by unit and leaf by leaf."""

import hashlib
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.disclosure import EVERYTHING, Disclosure, Extent
from scoring.errors import BadInput, NotPermitted, Refused
from scoring.model import Outcome, PeriodState, Role
from scoring.services import corrections, periods, results
from scoring.services.workspace import Workspace
from scoring.store import ledger
from tests.services.closing import LATER, PERIOD, close, correct, judge, published
from tests.services.hand import GROUP, NOW


def test_a_correction_is_a_new_revision_and_the_old_one_stays(tmp_path: Path) -> None:
    ws, first = published(tmp_path / "home")
    before = hashlib.sha256(first.read_bytes()).hexdigest()
    second = correct(ws)
    assert (first.stem[:9], second.stem[:9]) == ("2026Q1-r1", "2026Q1-r2")
    assert hashlib.sha256(first.read_bytes()).hexdigest() == before
    info = results.period(ws, PERIOD)
    assert (info.revision, info.corrects, info.reason, info.newest, info.ref) == (2, 1, "机关职能判错", True, PERIOD)
    assert info == periods.periods(ws)[0]
    old = results.period(ws, f"{PERIOD}@1")
    assert (old.revision, old.corrects, old.newest, old.ref) == (1, None, False, f"{PERIOD}@1")
    assert [one.revision for one in results.history(ws, PERIOD)] == [2, 1]
    was = {row.unit: row.score.total for row in results.ranking(ws, old.ref, GROUP).rows}
    now = {row.unit: row.score.total for row in results.ranking(ws, PERIOD, GROUP).rows}
    assert {unit for unit in now if now[unit] != was[unit]} == {"jyj"}
    assert results.ranking(ws, old.ref, GROUP).period == old
    assert [one.outcome for one in results.profile(ws, old.ref, "jyj").leaves if one.code == "p3-duties"] == [Outcome.MET]
    ws.close()
    reader = Workspace.open(tmp_path / "home", write=False)
    told = corrections.changes(reader, PERIOD)
    (change,), others = [one for one in told if one.leaves], [one for one in told if not one.leaves]
    assert (change.unit, change.name, [leaf.code for leaf in change.leaves]) == ("jyj", "示例市教育局", ["p3-duties"])
    assert change.leaves[0].before is not None
    assert change.leaves[0].after == (Outcome.UNMET, Decimal(0))
    assert change.before is not None
    assert change.after is not None
    assert (change.before[1], change.after[1]) == (was["jyj"], now["jyj"])
    assert all(not one.leaves and one.before and one.after and one.before[0] != one.after[0] for one in others)  # only their ranks moved
    assert corrections.changes(reader, f"{PERIOD}@1") == []
    with pytest.raises(BadInput, match="没有已发布的第 3 版，已发布的有：第 1 版、第 2 版"):
        results.period(reader, f"{PERIOD}@3")


def test_reopening_needs_a_reason_and_a_closed_period(tmp_path: Path) -> None:
    ws, _ = published(tmp_path / "home")
    for reason in ("", "  \n", "长" * 501):
        with pytest.raises(BadInput, match="原因"):
            corrections.reopen(ws, PERIOD, reason, "甲", LATER, role=Role.EVALUATOR)
    with pytest.raises(NotPermitted):
        corrections.reopen(ws, PERIOD, "x", "甲", LATER, role=Role.LEADER)
    assert corrections.reopened(ws, PERIOD) is None
    made = corrections.reopen(ws, PERIOD, "判错", "甲", LATER, role=Role.EVALUATOR)
    assert (made.state, made.revision) == (PeriodState.OPEN, 1)
    with pytest.raises(Refused, match="正在评估中"):
        corrections.reopen(ws, PERIOD, "再来", "甲", LATER, role=Role.EVALUATOR)
    assert [row["action"] for row in ledger.trail(ws.store, PERIOD)][-1] == "reopen"
    ws.close()


def test_while_reopened_readers_see_the_first_revision_and_the_evaluator_what_changes(tmp_path: Path) -> None:
    ws, _ = published(tmp_path / "home")
    corrections.reopen(ws, PERIOD, "判错", "甲", LATER, role=Role.EVALUATOR)
    assert corrections.pending(ws, PERIOD, role=Role.EVALUATOR) == []
    judge(ws, "czj", "p3-duties", Outcome.UNMET, "空白")
    assert [(one.unit, [leaf.code for leaf in one.leaves]) for one in corrections.pending(ws, PERIOD, role=Role.EVALUATOR) if one.leaves] == [
        ("czj", ["p3-duties"])
    ]
    assert results.period(ws, PERIOD).revision == 1
    with pytest.raises(NotPermitted):
        corrections.pending(ws, PERIOD, role=Role.LEADER)
    with pytest.raises(Refused, match="已有改动"):
        corrections.cancel(ws, PERIOD, "甲", LATER, role=Role.EVALUATOR)
    ws.close()


def test_a_correction_that_changed_nothing_can_be_taken_back(tmp_path: Path) -> None:
    ws, _ = published(tmp_path / "home")
    with pytest.raises(Refused, match="不能再修改"):
        corrections.cancel(ws, PERIOD, "甲", LATER, role=Role.EVALUATOR)
    for _ in range(2):
        corrections.reopen(ws, PERIOD, "看错了", "甲", LATER, role=Role.EVALUATOR)
        assert corrections.cancel(ws, PERIOD, "甲", LATER, role=Role.EVALUATOR).state is PeriodState.PUBLISHED
    assert [one.n for one in ledger.revisions(ws.store, PERIOD)] == [1]
    ws.close()


def test_a_locked_period_sent_back_is_published_later_without_being_called_a_correction(tmp_path: Path) -> None:
    from tests.services.closing import finished

    ws = finished(tmp_path / "home")
    periods.lock(ws, PERIOD, "甲", NOW, role=Role.EVALUATOR)
    corrections.reopen(ws, PERIOD, "送审退回", "甲", LATER, role=Role.EVALUATOR)
    judge(ws, "czj", "p3-duties", Outcome.UNMET, "空白")
    path = close(ws)
    info = results.period(ws, PERIOD)
    assert (path.stem[:9], info.corrects, info.reason) == ("2026Q1-r2", None, "送审退回")
    assert corrections.changes(ws, PERIOD) == []
    ws.close()


@pytest.mark.parametrize("disclosure", [EVERYTHING, Disclosure(Extent.TOP, 1), Disclosure(Extent.GRADES), Disclosure(Extent.OWN)])
def test_changes_stay_within_what_both_files_hold(tmp_path: Path, disclosure: Disclosure) -> None:
    ws, _ = published(tmp_path / "home", None, disclosure)
    correct(ws, disclosure)
    found = corrections.changes(ws, PERIOD)
    assert ("jyj" in {one.unit for one in found}) == disclosure.scored
    if not disclosure.scored:
        assert found == []
    corrections.reopen(ws, PERIOD, "再更正", "甲", LATER, role=Role.EVALUATOR)
    judge(ws, "czj", "p3-duties", Outcome.UNMET, "空白")
    assert "czj" in {one.unit for one in corrections.pending(ws, PERIOD, role=Role.EVALUATOR)}  # the evaluator compares with the whole
    ws.close()
