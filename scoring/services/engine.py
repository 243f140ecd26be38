"""Rules, roll-up and ranks as services use them."""

from datetime import date

from scoring.model import Finding, Indicator, Outcome, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import RULES


def duties_missing(leaf: Indicator, duties: tuple[str, ...]) -> list[str]:
    """The duties a leaf needs and a unit does not have; the leaf is 不涉及 when there are any."""
    return [duty for duty in leaf.needs if duty not in duties]


def judge(leaf: Indicator, evidence: UnitEvidence, as_of: date) -> Finding:
    """What the leaf's rule says of a unit, or 不涉及 because it was not drawn or for want of a duty."""
    if not leaf.drawn:
        return Finding(Outcome.NOT_APPLICABLE, None, Reason.NOT_DRAWN)
    if missing := duties_missing(leaf, evidence.unit.duties):
        return Finding(Outcome.NOT_APPLICABLE, None, Reason.DUTY_ABSENT, {"duties": missing})
    return RULES[leaf.rule].judge(evidence, leaf.params, as_of, inherits=leaf.inherits)
