"""Where a unit's points went: steps down from full marks to the total, by first-level indicator, by dimension or by leaf. They sum to what was lost exactly."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal, localcontext
from enum import StrEnum

from crawlers.status import Labelled
from scoring.model import Indicator, NodeScore
from scoring.parts import PartSource
from scoring.rollup import PRECISION
from scoring.services.shapes import UnitProfile
from scoring.wording import displayed

VISIBLE = Decimal("0.05")
"""What is displayed as 0.1 at least."""
MOST = 10


class By(Labelled):
    """What the steps are."""

    FIRST = "first", "按一级指标"
    DIMENSION = "dimension", "按维度"
    LEAF = "leaf", "按指标"


class Kind(StrEnum):
    """What a step stands for. `named`: an indicator, dimension or part, named by its label; the rest is worded by whoever shows it."""

    NAMED = "named"
    REST = "rest"
    NO_DIMENSION = "no_dimension"
    UNSURE = "unsure"
    VETO = "veto"
    VETO_OPEN = "veto_open"
    OTHER = "other"
    BONUS = "bonus"


@dataclass(frozen=True, slots=True)
class Step:
    """One step down (`lost` negative: up). `code`: the indicator's or part's. `count`: how many leaves a REST holds."""

    kind: Kind
    lost: Decimal
    label: str = ""
    code: str = ""
    count: int = 0

    @property
    def sure(self) -> bool:
        """False for what is only unknown, or no loss at all."""
        return self.kind not in (Kind.UNSURE, Kind.VETO_OPEN, Kind.BONUS)


def steps(profile: UnitProfile, by: By = By.FIRST, *, most: int = MOST) -> tuple[Step, ...]:
    """The steps, largest loss first; then what is unknown (half of it), and what no indicator accounts for: vetoes, deductions, bonus. Points of the unit's total.

    In a composed index the tree's losses are shares of its part's weight, and every other part is a step of its own.
    """
    with localcontext() as context:
        context.prec = PRECISION + 10
        score = profile.row.score
        share, found, unknown = _parts(profile)
        known = [(node, one) for node in _nodes(profile, by) if (one := score.nodes.get(node.code))]
        found += _named(known, share, by, most)
        unknown += share * sum((one.upper - one.total for _, one in known), Decimal(0))
        found.sort(key=lambda step: (step.kind in (Kind.REST, Kind.NO_DIMENSION), -step.lost))
        rest = score.full - score.total - sum((step.lost for step in found), unknown)
        found.append(Step(Kind.UNSURE, unknown))
        outside = Kind.VETO if score.veto else Kind.VETO_OPEN if score.veto_open else Kind.OTHER
        found.append(Step(outside if rest > 0 else Kind.BONUS, rest))
        return tuple(step for step in found if step.lost)


def visible(found: Iterable[Step]) -> list[Step]:
    """The steps that are not displayed as 0.0."""
    return [step for step in found if abs(step.lost) >= VISIBLE]


def remainder(profile: UnitProfile, found: Iterable[Step]) -> Decimal:
    """What the displayed steps leave of the displayed full marks less the displayed total: 0, or what rounding each of them makes."""
    score = profile.row.score
    return displayed(score.full) - displayed(score.total) - sum((displayed(step.lost) for step in found), Decimal(0))


def _parts(profile: UnitProfile) -> tuple[Decimal, list[Step], Decimal]:
    """How much one point of the tree is worth in the total, the losses of the other parts, and what is unknown of them."""
    score = profile.row.score
    if not profile.edition.parts:
        return Decimal(1), [], Decimal(0)
    share, found, unknown = Decimal(0), [], Decimal(0)
    for part in profile.edition.parts:
        node = score.nodes.get(part.code)
        if node is None or not node.weight:
            continue
        if part.source is PartSource.INDEX:
            whole = sum((one.weight for first in profile.edition.index if (one := score.nodes.get(first.code))), Decimal(0))
            share = node.weight / whole if whole else Decimal(0)
        else:
            found.append(Step(Kind.NAMED, node.weight - node.upper, part.title, part.code))
            unknown += node.upper - node.total
    return share, found, unknown


def _nodes(profile: UnitProfile, by: By) -> list[Indicator]:
    first = profile.edition.index
    return list(first) if by is By.FIRST else [leaf for node in first for leaf in node.leaves()]


def _named(known: Sequence[tuple[Indicator, NodeScore]], share: Decimal, by: By, most: int) -> list[Step]:
    losses = [(node, share * (one.weight - one.upper)) for node, one in known]
    if by is By.FIRST:
        return [Step(Kind.NAMED, lost, node.title, node.code) for node, lost in losses]
    if by is By.DIMENSION:
        return _summed(losses, lambda node: node.dimension.zh if node.dimension else "")
    losing = sorted((one for one in losses if one[1] > 0), key=lambda one: -one[1])
    top = [Step(Kind.NAMED, lost, node.title, node.code) for node, lost in losing[:most]]
    rest = losing[most:]
    return [*top, Step(Kind.REST, sum((lost for _, lost in rest), Decimal(0)), count=len(rest))]


def _summed(losses: Iterable[tuple[Indicator, Decimal]], of: Callable[[Indicator], str]) -> list[Step]:
    found: dict[str, Decimal] = {}
    for node, lost in losses:
        found[of(node)] = found.get(of(node), Decimal(0)) + lost
    return [Step(Kind.NAMED if label else Kind.NO_DIMENSION, lost, label) for label, lost in found.items()]
