"""Findings that people make: by level, by points, or not yet."""

from decimal import Context, Decimal

from scoring.errors import BadInput
from scoring.model import Finding, Indicator, Outcome, Scale
from scoring.reasons import Reason

_CONTEXT = Context(prec=50)


def pending() -> Finding:
    """An unscored manual leaf."""
    return Finding(Outcome.NOT_OBSERVED, None, Reason.MANUAL_PENDING)


def outcome_of(ratio: Decimal) -> Outcome:
    """MET at 1, UNMET at 0, PARTIAL between."""
    return Outcome.MET if ratio == 1 else Outcome.UNMET if ratio == 0 else Outcome.PARTIAL


def by_level(leaf: Indicator, level: str) -> Finding:
    """The finding of a level of the leaf's scoring guide. Raises BadInput for a level that it does not have."""
    levels = leaf.manual.levels if leaf.manual else {}
    if level not in levels:
        raise BadInput(f"指标 {leaf.code}（{leaf.title}）没有档次「{level}」，可用：{'、'.join(levels) or '无'}")
    return Finding(outcome_of(levels[level]), levels[level], Reason.MANUAL_LEVEL, {"level": level})


def by_points(leaf: Indicator, points: Decimal, scale: Scale = Scale.POINTS, *, bonus: bool = False) -> Finding:
    """The finding of points as given: up to the weight, or up to 100 where the edition's scale is 权重制 (bonus leaves: always up to the weight)."""
    most = leaf.weight if scale is Scale.POINTS or bonus else Decimal(100)
    if not points.is_finite() or not 0 <= points <= most:
        raise BadInput(f"指标 {leaf.code}（{leaf.title}）的得分 {points} 应在 0 与 {most} 之间")
    ratio = _CONTEXT.divide(points, most)
    return Finding(outcome_of(ratio), ratio, Reason.MANUAL_POINTS, {"points": str(points)})
