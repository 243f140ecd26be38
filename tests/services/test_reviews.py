"""A person's decision stands beside what the machine said, and nobody overwrites anybody."""

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from scoring.errors import BadInput, NotPermitted, Refused
from scoring.model import Outcome, Role
from scoring.services import assess, drafts, reviews, runs
from scoring.services.reviews import Decision
from scoring.services.shapes import LeafResult
from scoring.services.workspace import Workspace
from scoring.store import ledger
from tests.services.hand import GROUP, NOW, missing, portal, stale, with_period, write_run


@pytest.fixture
def ws(tmp_path: Path) -> Any:
    made = with_period(tmp_path / "home")
    runs.ingest(made, write_run(made.home, portal("r1", changes={("fgw", "guide"): missing("guide", "政府信息公开指南")})), now=NOW)
    assess.assess(made, "2026Q1", now=NOW)
    yield made
    made.close()


def leaf(ws: Workspace, code: str, unit: str = "fgw") -> LeafResult:
    return next(one for one in drafts.profile(ws, "2026Q1", unit, role=Role.EVALUATOR).leaves if one.code == code)


def decide(ws: Workspace, code: str, **given: Any) -> LeafResult:
    unit, by = given.pop("unit", "fgw"), {"actor": given.pop("actor", "评估员甲"), "role": given.pop("role", Role.EVALUATOR), "now": NOW}
    call: dict[str, Any] = {"expected_seq": leaf(ws, code, unit).seq} | given
    return reviews.decide(ws, Decision("2026Q1", unit, code, **call), **by)


def test_the_machine_keeps_its_value_and_the_draft_moves(ws: Workspace) -> None:
    before = next(row for row in drafts.ranking(ws, "2026Q1", GROUP, role=Role.EVALUATOR).rows if row.unit == "fgw")
    found = decide(ws, "p1-guide", outcome=Outcome.MET, why="在办公室栏目下找到")
    assert (found.outcome, found.points, found.reviewed, found.review_by) == (Outcome.MET, Decimal(4), True, "评估员甲")
    assert (found.machine_outcome, found.machine_ratio) == (Outcome.UNMET, Decimal(0))
    assert "未找到" in found.machine_reason
    after = next(row for row in drafts.ranking(ws, "2026Q1", GROUP, role=Role.EVALUATOR).rows if row.unit == "fgw")
    assert after.score.total == before.score.total + 4
    assert leaf(ws, "p1-guide") == found
    trail = ledger.trail(ws.store, "2026Q1/fgw/p1-guide")
    assert [line["action"] for line in trail] == ["review"]


def test_the_second_of_two_writers_is_refused(ws: Workspace) -> None:
    seq = leaf(ws, "p1-guide").seq
    decide(ws, "p1-guide", outcome=Outcome.MET, why="甲先写", expected_seq=seq)
    with pytest.raises(Refused, match="刷新"):
        decide(ws, "p1-guide", outcome=Outcome.UNMET, expected_seq=seq)
    assert leaf(ws, "p1-guide").review_why == "甲先写"


def test_accepting_needs_no_words_and_changing_does(ws: Workspace) -> None:
    assert decide(ws, "p1-guide", outcome=Outcome.UNMET).reviewed
    with pytest.raises(BadInput, match="理由"):
        decide(ws, "p3-duties", outcome=Outcome.UNMET)
    with pytest.raises(BadInput, match="大于 0 且小于 1"):
        decide(ws, "p3-duties", outcome=Outcome.PARTIAL, ratio=Decimal(1), why="x")
    assert decide(ws, "p3-duties", outcome=Outcome.PARTIAL, ratio=Decimal("0.5"), why="职能未列全").points == Decimal("3.25")


def test_manual_leaves_take_what_the_edition_says(ws: Workspace) -> None:
    manual = leaf(ws, "p10-training").indicator.manual
    assert manual is not None
    name, ratio = next(iter(manual.levels.items()))
    with pytest.raises(BadInput, match="档次"):
        decide(ws, "p10-training")
    with pytest.raises(BadInput, match="没有档次"):
        decide(ws, "p10-training", level="不存在")
    found = decide(ws, "p10-training", level=name)
    assert (found.ratio, found.points) == (ratio, ratio * Decimal("4.5"))
    assert name in found.reason
    lower = list(manual.levels)[-1]
    with pytest.raises(BadInput, match="没有给满分，须写明理由"):
        decide(ws, "p10-training", level=lower)
    assert decide(ws, "p10-training", level=lower, why="没有培训记录，评分标准第三款").ratio == manual.levels[lower]


def test_a_new_crawl_that_says_otherwise_reopens_the_question(ws: Workspace) -> None:
    decide(ws, "p1-guide", outcome=Outcome.MET, why="在别处找到")
    runs.ingest(ws, write_run(ws.home, portal("r2", changes={("fgw", "guide"): missing("guide", "政府信息公开指南")})), now=NOW)
    assess.assess(ws, "2026Q1", now=NOW)
    assert leaf(ws, "p1-guide").reviewed
    decide(ws, "p3-duties", outcome=Outcome.PARTIAL, ratio=Decimal("0.5"), why="不全")
    waiting = reviews.queue(ws, "2026Q1", role=Role.EVALUATOR)["fgw"]
    runs.ingest(ws, write_run(ws.home, portal("r3", changes={("fgw", "duties"): stale("duties", "机关职能")})), now=NOW)
    assess.assess(ws, "2026Q1", now=NOW)
    again = leaf(ws, "p3-duties")
    assert (again.outcome, again.reviewed, again.review_why) == (Outcome.UNMET, False, "不全")
    assert reviews.queue(ws, "2026Q1", role=Role.EVALUATOR)["fgw"] == waiting + 1


def test_unobserved_is_settled_by_a_look_or_by_saying_that_it_cannot_be_had(ws: Workspace) -> None:
    from dataclasses import replace

    from tests.services.hand import AS_OF, sighting

    unseen = replace(sighting("duties", "机关职能", AS_OF), newest=None, items=())
    runs.ingest(ws, write_run(ws.home, portal("r2", changes={("fgw", "duties"): unseen, ("jyj", "duties"): unseen})), now=NOW)
    assess.assess(ws, "2026Q1", now=NOW)
    assert leaf(ws, "p3-duties").outcome is Outcome.NOT_OBSERVED
    with pytest.raises(BadInput, match="须写明理由"):
        decide(ws, "p3-duties", outcome=Outcome.NOT_OBSERVED)
    confirmed = decide(ws, "p3-duties", outcome=Outcome.NOT_OBSERVED, why="网站改版，无法访问")
    assert (confirmed.outcome, confirmed.reviewed, confirmed.reason_code) == (Outcome.NOT_OBSERVED, True, "confirmed_unobservable")
    assert "网站改版" in confirmed.reason
    looked = decide(ws, "p3-duties", unit="jyj", outcome=Outcome.MET, why="电话核实并打开页面")
    assert (looked.outcome, looked.reviewed) == (Outcome.MET, True)


def test_only_evaluators_review(ws: Workspace) -> None:
    for role in (Role.LEADER, Role.STAFF):
        with pytest.raises(NotPermitted):
            decide(ws, "p1-guide", outcome=Outcome.MET, why="x", role=role)
    with pytest.raises(BadInput, match="没有单位"):
        reviews.decide(ws, Decision("2026Q1", "nobody", "p1-guide", 0, outcome=Outcome.MET, why="x"), actor="a", role=Role.EVALUATOR, now=NOW)
