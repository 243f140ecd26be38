"""Composition (组成): the index, imported scores and the mean of child units, with weights that sum to 100.

A part that does not apply (a unit without children, 不涉及 in an imported table) shares its weight among the others. A part that nobody has given yet is unknown:
its whole weight lies in the interval. A child without a rank comes with its own interval.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from scoring.model import Edition, NodeScore
from scoring.parts import Part, PartInput, PartSource
from scoring.rollup.leaf import HUNDRED, ONE, TWO, ZERO

Inputs = Mapping[str, Sequence[PartInput]]
"""What goes into a unit's parts, by part code; the index itself need not be among them."""


def compose(edition: Edition, index: PartInput, inputs: Inputs) -> tuple[PartInput, dict[str, NodeScore]]:
    """The composed interval out of 100, and one NodeScore a part (points of its shared-out weight). To be called with 50 digits."""
    given = [(part, _rates(part, index, inputs)) for part in edition.parts]
    base = sum((part.weight for part, rates in given if rates), ZERO)
    lower = upper = observed = applicable = ZERO
    nodes: dict[str, NodeScore] = {}
    for part, rates in given:
        if rates is None:
            nodes[part.code] = NodeScore(part.code, ZERO, ZERO, ZERO, ZERO, ZERO, ZERO)
            continue
        full = part.weight if base == HUNDRED else part.weight * HUNDRED / base
        low, up, known = (full if rate == ONE else full * rate for rate in rates)
        nodes[part.code] = NodeScore(part.code, low, up, low if low == up else (low + up) / TWO, full, known, full)
        lower, upper, observed, applicable = lower + low, upper + up, observed + known, applicable + full
    whole = HUNDRED if applicable else ZERO
    if applicable != whole:  # shares of thirds and sevenths: 100 all the same
        lower, upper = (whole if end == applicable else end for end in (lower, upper))
        observed = whole if observed == applicable else observed
    coverage = ONE if whole and observed == whole else observed / HUNDRED
    return PartInput(index.source, lower, upper, whole, coverage), nodes


def _rates(part: Part, index: PartInput, inputs: Inputs) -> tuple[Decimal, Decimal, Decimal] | None:
    """得分率 at both ends and coverage of a part; None: it does not apply."""
    if part.source is PartSource.INDEX:
        each = [index]
    else:
        each = [one for one in inputs.get(part.code, ()) if one.drawn]
        if not each:
            return None if part.source is PartSource.CHILDREN else (ZERO, ONE, ZERO)
    each = [one for one in each if one.full]
    if not each:
        return None
    count = Decimal(len(each))
    ends = zip(*((_rate(one.lower, one.full), _rate(one.upper, one.full), one.coverage) for one in each), strict=True)
    lower, upper, coverage = (_mean(rates, count) for rates in ends)
    return lower, upper, coverage


def _rate(points: Decimal, full: Decimal) -> Decimal:
    return ONE if points == full else points / full


def _mean(values: Sequence[Decimal], count: Decimal) -> Decimal:
    total = sum(values, ZERO)
    return total if count == ONE else ONE if total == count else total / count
