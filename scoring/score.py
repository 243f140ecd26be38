"""Scores: what the roll-up gives for a node and for a unit. Points are exact `Decimal`s."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple


class NodeScore(NamedTuple):
    """An interval of points for one node, or for one part of a composed index: `lower` counts every unobserved leaf 0, `upper` full; `total` is the midpoint.

    `weight` is the node's full marks after 不涉及 was shared out; `observed` of `applicable` weight is the coverage. A node that is 不涉及 throughout has `applicable` 0.
    """

    code: str
    lower: Decimal
    upper: Decimal
    total: Decimal
    weight: Decimal
    observed: Decimal
    applicable: Decimal

    @property
    def rate(self) -> Decimal | None:
        """得分率: total ÷ full marks; None when nothing applies."""
        return self.total / self.weight if self.weight else None


@dataclass(frozen=True, slots=True)
class UnitScore:
    """The index of one unit: roll-up of its findings by one edition. `rank` is filled in by `scoring.ranking`.

    `full`: the unit's full marks; less than the edition's only where 不涉及 makes the base smaller (满分按实际涉及分值). `nodes` holds the parts of a composed index too.
    """

    unit: str
    total: Decimal
    lower: Decimal
    upper: Decimal
    coverage: Decimal
    grade: str | None
    rank: int | None
    veto: tuple[str, ...]
    veto_open: tuple[str, ...]
    nodes: Mapping[str, NodeScore]
    dimensions: Mapping[str, Decimal | None]
    full: Decimal = Decimal(100)

    @property
    def rate(self) -> Decimal | None:
        """得分率: total ÷ full marks; None when nothing applies."""
        return self.total / self.full if self.full else None

    @property
    def provisional(self) -> bool:
        """True when something is still unobserved (暂定)."""
        return self.lower != self.upper
