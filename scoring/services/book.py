"""底稿: one group of one period with everything known of it, from which rankings, profiles, exports and digests are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from scoring.model import Edition, Finding, Unit, UnitScore
from scoring.ranking import rank
from scoring.rollup import LeafPoints, Rollup, leaf_points
from scoring.services.compute import exact
from scoring.services.effective import effective
from scoring.services.shapes import PeriodInfo
from scoring.store.findings import LeafState


@dataclass(frozen=True, slots=True)
class GroupBook:
    """One group: `units` in official order; `states`, `scores` and `points` by unit id (states and points then by leaf code)."""

    period: PeriodInfo
    group: str
    edition: Edition
    units: tuple[Unit, ...]
    states: Mapping[str, Mapping[str, LeafState]]
    scores: Mapping[str, UnitScore]
    points: Mapping[str, Mapping[str, LeafPoints]]

    def enough(self, unit: str) -> bool:
        """Whether enough was observed of the unit for its numbers to stand in a comparison (not 数据不足)."""
        return self.scores[unit].coverage >= self.edition.coverage

    def unit(self, unit: str) -> Unit | None:
        """The unit with this id; None when it is not of this group."""
        return next((one for one in self.units if one.id == unit), None)

    def findings(self, unit: Unit) -> dict[str, Finding]:
        """The effective finding of every leaf of a unit, in the edition's order."""
        known = self.states.get(unit.id, {})
        return {leaf.code: effective(leaf, unit, known.get(leaf.code)) for leaf in self.edition.leaves()}


def build(period: PeriodInfo, group: str, edition: Edition, units: Sequence[Unit], states: Mapping[str, Mapping[str, LeafState]]) -> GroupBook:
    """Roll a group up and rank it."""
    rollup = Rollup(edition)
    scores: dict[str, UnitScore] = {}
    points: dict[str, Mapping[str, LeafPoints]] = {}
    for unit in units:
        known = states.get(unit.id, {})
        findings = {leaf.code: effective(leaf, unit, known.get(leaf.code)) for leaf in edition.leaves()}
        scores[unit.id] = rollup.score(findings, unit.duties, unit.id)
        points[unit.id] = leaf_points(edition, scores[unit.id])
    ranked = rank(edition, [scores[unit.id] for unit in units])
    return GroupBook(period, group, edition, tuple(units), states, {one.unit: one for one in ranked}, points)


@lru_cache(maxsize=1 << 16)
def places(value: Decimal | None) -> str:
    """A number for an export: 12 places, half up; empty for None."""
    return exact(value) or ""
