"""底稿: one group of one period with everything known of it, from which rankings, profiles, exports and digests are made."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from scoring.model import Edition, Finding, Indicator, Unit, UnitScore
from scoring.ranking import rank
from scoring.rollup import LeafPoints, leaf_points
from scoring.rollup.compose import Inputs
from scoring.services import composing
from scoring.services.composing import Imports, Member
from scoring.services.effective import effective
from scoring.services.shapes import PeriodInfo
from scoring.store.findings import LeafState


@dataclass(frozen=True, slots=True)
class GroupBook:
    """One group: `units` in official order; `states` and `scores` by unit id (states then by leaf code).

    `inputs`: what went into the parts of a composed index, by unit id; empty for one that is not composed.
    """

    period: PeriodInfo
    group: str
    edition: Edition
    units: tuple[Unit, ...]
    states: Mapping[str, Mapping[str, LeafState]]
    scores: Mapping[str, UnitScore]
    inputs: Mapping[str, Inputs] = field(default_factory=dict)
    decided: dict[str, dict[str, Finding]] = field(default_factory=dict, compare=False, repr=False)
    """What `findings` has worked out already."""

    def enough(self, unit: str) -> bool:
        """Whether the unit's numbers may stand in a comparison: enough was observed (not 数据不足), and it is not 暂不纳入."""
        return self.scores[unit].coverage >= self.edition.coverage and self.scores[unit].grade is not None

    def unit(self, unit: str) -> Unit | None:
        """The unit with this id; None when it is not of this group."""
        return next((one for one in self.units if one.id == unit), None)

    def points(self, unit: str) -> dict[str, LeafPoints]:
        """Points, full marks and loss of every leaf of a unit's tree."""
        return leaf_points(self.edition, self.scores[unit])

    def findings(self, unit: Unit) -> dict[str, Finding]:
        """The effective finding of every leaf of a unit, in the edition's order."""
        if (found := self.decided.get(unit.id)) is None:
            given = Given(self.period, self.group, self.edition, self.units, self.states)
            found = self.decided[unit.id] = _findings(given, unit, list(self.edition.leaves()))
        return found


@dataclass(frozen=True, slots=True)
class Given:
    """What a group's book is made from."""

    period: PeriodInfo
    group: str
    edition: Edition
    units: Sequence[Unit]
    states: Mapping[str, Mapping[str, LeafState]]


def build(given: Sequence[Given], imports: Imports | None = None, inputs: Mapping[str, Inputs] | None = None) -> list[GroupBook]:
    """Roll groups up, compose and rank them; groups that others are composed of must be among them.

    `imports`: imported scores of parts. `inputs`: for these units, what goes into their parts as it was once computed, instead of their children and imports.
    """
    members = []
    for one in given:
        leaves = list(one.edition.leaves())
        members.append((one.edition, [Member(unit, _findings(one, unit, leaves)) for unit in one.units]))
    scored = composing.score(members, imports, inputs)
    return [_ranked(one, found, scored) for one, (_, found) in zip(given, members, strict=True)]


def _findings(given: Given, unit: Unit, leaves: Sequence[Indicator]) -> dict[str, Finding]:
    known = given.states.get(unit.id, {})
    return {leaf.code: effective(leaf, unit, known.get(leaf.code)) for leaf in leaves}


def _ranked(one: Given, members: Sequence[Member], scored: composing.Scored) -> GroupBook:
    """The book of a group; 暂不纳入 has neither grade nor rank."""
    taken = rank(one.edition, [scored.scores[unit.id] for unit in one.units if not unit.excluded])
    left = [replace(scored.scores[unit.id], grade=None, rank=None) for unit in one.units if unit.excluded]
    scores = {score.unit: score for score in [*taken, *left]}
    inputs = {unit.id: scored.inputs[unit.id] for unit in one.units if unit.id in scored.inputs}
    decided = {member.unit.id: dict(member.findings) for member in members}
    return GroupBook(one.period, one.group, one.edition, tuple(one.units), one.states, scores, inputs, decided)
