"""The finding that counts for a leaf: what a person decided, else what the machine said, else why nothing is known."""

from dataclasses import dataclass

from scoring.model import Check, Finding, Indicator, Outcome, Unit
from scoring.reasons import Reason
from scoring.services.engine import duties_missing
from scoring.store.findings import LeafState, Review

FOR_GOOD = (Reason.DUTY_ABSENT, Reason.NOT_DRAWN)
"""Why a leaf is 不涉及 whatever anybody finds or decides."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """Why a leaf still needs a person."""

    code: str
    why: str


def effective(leaf: Indicator, unit: Unit, state: LeafState | None) -> Finding:
    """The effective finding. A leaf that was not drawn, or needs a duty the unit does not have, is 不涉及 whatever else is known."""
    if not leaf.drawn:
        return Finding(Outcome.NOT_APPLICABLE, None, Reason.NOT_DRAWN)
    if leaf.needs and (missing := duties_missing(leaf, unit.duties)):
        return Finding(Outcome.NOT_APPLICABLE, None, Reason.DUTY_ABSENT, {"duties": missing})
    if state and state.reviewed and state.review:
        return _decided(state.review, state.machine)
    if state and state.machine:
        return state.machine
    if leaf.check is Check.MANUAL:
        return Finding(Outcome.NOT_OBSERVED, None, Reason.MANUAL_PENDING)
    return Finding(Outcome.NOT_OBSERVED, None, Reason.NOT_ASSESSED)


def waiting(leaf: Indicator, finding: Finding, state: LeafState | None) -> Waiting | None:
    """What a person still has to do on this leaf, given its effective finding, before the period can be locked; None when nothing."""
    reviewed = bool(state and state.reviewed and state.review)
    if finding.reason_code in FOR_GOOD or reviewed:
        return None
    if state and state.review and state.machine and (state.review.outcome, state.review.ratio) != (state.machine.outcome, state.machine.ratio):
        return Waiting(leaf.code, "核查之后机器结果有变化，需重新核查")
    if leaf.check is Check.MANUAL:
        return Waiting(leaf.code, "人工指标尚未评分")
    if finding.outcome is Outcome.NOT_OBSERVED:
        return Waiting(leaf.code, "未能观测，需人工补查或确认无法观测")
    if leaf.check is Check.ASSIST and finding.outcome is not Outcome.NOT_APPLICABLE:
        return Waiting(leaf.code, "机器初判尚未人工核查")
    return None


def _decided(review: Review, machine: Finding | None) -> Finding:
    evidence = machine.evidence if machine else ()
    if review.outcome is Outcome.NOT_OBSERVED:
        return Finding(review.outcome, None, Reason.CONFIRMED_UNOBSERVABLE, {"why": review.why.rstrip("。")}, evidence)
    if review.level:
        return Finding(review.outcome, review.ratio, Reason.MANUAL_LEVEL, {"level": review.level}, evidence)
    if review.points is not None:
        return Finding(review.outcome, review.ratio, Reason.MANUAL_POINTS, {"points": str(review.points)}, evidence)
    return Finding(review.outcome, review.ratio, Reason.REVIEWED, {"outcome": review.outcome.value, "why": review.why, "by": review.by}, evidence)
