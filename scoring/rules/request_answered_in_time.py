"""依申请公开模拟测试: made from the case log (条例30条 7个工作日, 33条 20+20个工作日). A person decides; no case is never a zero.

Four points a case, as evaluators count them: 登记, 补正告知 in time (where there was one), 答复 in time, 文书规范 and 按要求送达. Not answered at all is 0.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.facts import Regular, RequestCase
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.requests import Clock, Limits, State, clock, known_by, said
from scoring.rules import phrase
from scoring.rules.finding import ONE, ZERO, graded, unobserved
from scoring.rules.spec import Params as Base

WorkingDays = Annotated[StrictInt, Field(gt=0, le=60)]
Ratio = Annotated[Decimal, Field(ge=0, le=1)]


class Params(Base):
    """Limits in working days; `ratios`: what a case is worth with 0, 1, 2, 3 and 4 of its points lacking."""

    supplement: WorkingDays = 7
    answer: WorkingDays = 20
    extension: WorkingDays = 20
    ratios: tuple[Ratio, Ratio, Ratio, Ratio, Ratio] = (Decimal(1), Decimal("0.7"), Decimal("0.4"), Decimal(0), Decimal(0))


def says(params: Params) -> str:
    """The rule in words."""
    worth = "、".join(f"缺 {n} 项{phrase.worth(value)}" for n, value in enumerate(params.ratios))
    return (
        "按依申请公开模拟测试台账，每件看四项：有登记；需要补正的在 "
        f"{params.supplement} 个工作日内一次告知；在 {params.answer} 个工作日内答复（告知延期的可再延 {params.extension} 个工作日）；答复文书规范并按要求送达；"
        f"{worth}，逾期没有答复的不得分；得分比例为各件的平均；没有测试或有未了结的，未判定。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """The mean over the unit's cases of the 评估时段; NOT_OBSERVED without any, or while one cannot be decided."""
    cases = [known_by(case, as_of) for case in evidence.cases if not case.withdrawn and case.applied <= as_of and _in_span(evidence, case)]
    if not cases or evidence.calendar is None:
        return unobserved(Reason.CASES_NONE, {}, ())
    limits = Limits(params.supplement, params.answer, params.extension)
    judged = [(case, at := clock(case, evidence.calendar, as_of, limits), _lacking(case, at)) for case in cases]
    pages = tuple(EvidenceRef(f"依申请公开模拟测试台账 {case.id}", case.at, f"cases/{case.id}+{case.seq}") for case in cases)
    if waiting := [said(case, at) for case, at, lacking in judged if lacking is None]:
        return unobserved(Reason.CASES_OPEN, {"count": len(cases), "open": len(waiting), "cases": waiting}, pages)
    worth = [ZERO if at.state is State.OVERDUE else params.ratios[lacking or 0] for _, at, lacking in judged]
    ratio = ONE if all(one == ONE for one in worth) else sum(worth, ZERO) / len(worth)
    return graded(ratio, Reason.CASES_JUDGED, {"count": len(cases), "cases": [said(case, at) for case, at, _ in judged]}, pages)


def _in_span(evidence: UnitEvidence, case: RequestCase) -> bool:
    return evidence.span is None or evidence.span.start <= case.applied <= evidence.span.end


def _lacking(case: RequestCase, at: Clock) -> int | None:
    """How many of the four points are lacking; None while the case cannot be decided."""
    if at.state is State.OVERDUE:
        return 4
    if case.answered is None or at.state not in (State.ON_TIME, State.LATE) or case.regular is None or case.served_right is None:
        return None
    if case.supplement is not None and at.supplement_in_time is None:
        return None
    right = case.regular is Regular.YES and case.served_right
    return sum((case.registered is None, at.supplement_in_time is False, at.state is State.LATE, not right))
