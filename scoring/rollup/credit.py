"""平均计入: what is 不涉及 for a unit is credited with the mean 得分率 of the units of its group for which it is not."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, localcontext

from scoring.model import Finding
from scoring.rollup.leaf import CONTEXT, ONE, ZERO, Leaf
from scoring.rollup.tree import Credits


def credits_of(leaves: Iterable[Leaf], group: Collection[tuple[Mapping[str, Finding], Collection[str]]]) -> Credits:
    """The credit of each leaf from the findings and duties of the whole group; a leaf that no unit has gets none, and is shared out.

    Unobserved leaves of others make the credit an interval.
    """
    found: dict[str, tuple[Decimal, Decimal]] = {}
    with localcontext(CONTEXT):
        for leaf in leaves:
            each = [marks for findings, duties in group if (marks := leaf.marks(findings.get(leaf.code), duties)) is not None]
            if 0 < len(each) < len(group):
                found[leaf.code] = _mean([one[0] for one in each], leaf.weight), _mean([one[1] for one in each], leaf.weight)
    return found


def _mean(marks: list[Decimal], weight: Decimal) -> Decimal:
    """The mean as a rate; exactly 1 when all are full."""
    return min(ONE, sum(marks, ZERO) / (weight * len(marks)))
