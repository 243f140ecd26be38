"""组成 of a unit's published score: its parts with weight, score and contribution, and what went into each."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.model import Role
from scoring.parts import Part, PartInput, PartSource
from scoring.permissions import Action, require
from scoring.services import reading, results
from scoring.services.workspace import Workspace
from scoring.store.published import PublishedFile


@dataclass(frozen=True, slots=True)
class PartView:
    """One part of a composed score. `weight`: its full marks in the total after parts that do not apply were shared out (0: 不涉及); `points` of them earned.

    `lower` and `upper` differ where something is unknown. `counted` of `known` inputs count: a sample passes over the rest. `inputs`: what went into it.
    """

    part: Part
    weight: Decimal
    points: Decimal
    lower: Decimal
    upper: Decimal
    inputs: tuple[PartInput, ...]

    @property
    def rate(self) -> Decimal | None:
        """得分率; None when the part does not apply."""
        return self.points / self.weight if self.weight else None

    @property
    def counted(self) -> int:
        """How many inputs count."""
        return sum(one.drawn for one in self.inputs)

    @property
    def seed(self) -> int | None:
        """The seed of its draw; None where all count."""
        return self.part.sample.seed if self.part.sample else None

    @property
    def files(self) -> tuple[PartInput, ...]:
        """The files that imported scores came from."""
        return tuple(one for one in self.inputs if self.part.source is PartSource.IMPORT)


def parts(ws: Workspace, period: str, unit: str, *, role: Role = Role.LEADER) -> Sequence[PartView]:
    """The parts of a unit's score in the edition's order; none for a unit that is not composed. Raises BadInput, Refused as `results.profile` does."""
    require(role, Action.VIEW_RESULTS)
    found = results.profile(ws, period, unit, role=role)
    if not found.edition.parts:
        return ()
    inputs = reading.inputs_of(PublishedFile(results.file(ws, period))).get(unit, {})
    nodes = found.row.score.nodes
    return tuple(
        PartView(one, node.weight, node.total, node.lower, node.upper, inputs.get(one.code, ())) for one in found.edition.parts if (node := nodes.get(one.code))
    )
