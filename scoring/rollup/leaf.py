"""One leaf: the marks that a finding is worth, and what became of them."""

from collections.abc import Collection
from dataclasses import dataclass
from decimal import Context, Decimal
from typing import NamedTuple

from scoring.model import Edition, Finding, Indicator, NodeScore, Outcome, UnitScore
from scoring.reasons import Reason
from scoring.score import Nodes

PRECISION = 50
CONTEXT = Context(prec=PRECISION)
ZERO, ONE, TWO, HUNDRED = Decimal(0), Decimal(1), Decimal(2), Decimal(100)
GIVEN = frozenset({Reason.MANUAL_POINTS.value, Reason.GIVEN_POINTS.value})
UNSEEN, OUT = Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE


class LeafPoints(NamedTuple):
    """A leaf's share of the total: `full` marks after 不涉及 was shared out, `points` and `lost` (None while unobserved or 不涉及)."""

    points: Decimal | None
    full: Decimal
    lost: Decimal | None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf as the roll-up sees it. Given points count ÷ `scale` × `weight`: the weight itself, or 100."""

    code: str
    weight: Decimal
    needs: tuple[str, ...]
    scale: Decimal

    def marks(self, finding: Finding | None, duties: Collection[str]) -> tuple[Decimal, Decimal] | None:
        """Marks (lower, upper) of `weight`; None: 不涉及."""
        for duty in self.needs:
            if duty not in duties:
                return None
        if finding is None:
            return ZERO, self.weight
        if finding.outcome is OUT:
            return None
        if finding.outcome is UNSEEN or finding.ratio is None:
            return ZERO, self.weight
        marks = self.weight * finding.ratio if finding.reason_code not in GIVEN else given(finding, self.weight, self.scale)
        return marks, marks


def given(finding: Finding, weight: Decimal, scale: Decimal) -> Decimal:
    """Points that a person gave, used as they are."""
    points = Decimal(str(finding.params["points"]))
    return points if scale == weight else points * weight / scale


def compiled(leaf: Indicator, scale: Decimal | None) -> Leaf:
    """The leaf; `scale` None: points are given out of the weight."""
    return Leaf(leaf.code, leaf.weight, leaf.needs, scale or leaf.weight)


def leaf_points(edition: Edition, score: UnitScore) -> dict[str, LeafPoints]:
    """Points, full marks and loss of every leaf of the tree; the full marks of a node's leaves sum to the node's."""
    nodes = score.nodes
    return {code: _points(nodes[code]) for code in edition.tree_leaves}


def losses(edition: Edition, score: UnitScore) -> list[Decimal | None]:
    """The loss of every leaf of the tree, as in `leaf_points`: by column, for summaries over thousands of units."""
    nodes = Nodes.of(score.nodes)
    _, _, total, full, observed, applicable = nodes.columns
    known = [one is other or one == other for one, other in zip(observed, applicable, strict=True)]
    at = map(nodes.places.__getitem__, edition.tree_leaves)
    return [None if not full[n] or not known[n] else ZERO if total[n] is full[n] else full[n] - total[n] for n in at]


def _points(node: NodeScore) -> LeafPoints:
    if not node.weight or (node.observed is not node.applicable and node.observed != node.applicable):
        return LeafPoints(None, node.weight, None)
    return LeafPoints(node.total, node.weight, ZERO if node.total is node.weight else node.weight - node.total)
