"""Rules, roll-up and ranks as services use them."""

from datetime import date

from pydantic import ValidationError

from scoring.errors import BadInput
from scoring.model import Edition, Finding, Indicator, Outcome, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import RULES


def duties_missing(leaf: Indicator, duties: tuple[str, ...]) -> list[str]:
    """The duties a leaf needs and a unit does not have; the leaf is 不涉及 when there are any."""
    return [duty for duty in leaf.needs if duty not in duties]


def judgeable(edition: Edition) -> None:
    """Refuse to judge by a kept edition whose rules are not what today's program knows: it can only be read. Raises BadInput naming the leaves."""
    strange = [f"{leaf.title}（{leaf.rule}）" for leaf in edition.leaves() if leaf.rule and not _known(leaf)]
    if strange:
        raise BadInput(
            f"指标体系 {edition.id} 的规则或参数在本版程序中已不存在：{'、'.join(strange)}。已有的结果可以查看和复算，不能再评分；请用当时的程序，或按新的指标体系另建期次"
        )


def _known(leaf: Indicator) -> bool:
    if leaf.rule not in RULES:
        return False
    try:
        RULES[leaf.rule].params.model_validate(dict(leaf.params))
    except ValidationError:
        return False
    return True


def judge(leaf: Indicator, evidence: UnitEvidence, as_of: date) -> Finding:
    """What the leaf's rule says of a unit, or 不涉及 because it was not drawn or for want of a duty."""
    if not leaf.drawn:
        return Finding(Outcome.NOT_APPLICABLE, None, Reason.NOT_DRAWN)
    if missing := duties_missing(leaf, evidence.unit.duties):
        return Finding(Outcome.NOT_APPLICABLE, None, Reason.DUTY_ABSENT, {"duties": missing})
    return RULES[leaf.rule].judge(evidence, leaf.params, as_of, inherits=leaf.inherits)
