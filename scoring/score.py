"""Scores: what the roll-up gives for a node and for a unit. Points are exact `Decimal`s."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
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


_score = partial(tuple.__new__, NodeScore)  # a NodeScore from its seven values, without a call of Python's own


class Nodes(Mapping[str, NodeScore]):
    """The nodes of one unit by code, in the tree's order. Equal to any mapping with the same content.

    Kept by column, since two million records of 14,000 units are a burden to the garbage collector and to memory, and few are ever asked for one by one: `columns`
    holds lower, upper, total, weight, observed and applicable, `places` where a code stands in them; one `places` serves all units of an edition.
    """

    __slots__ = ("columns", "places")

    def __init__(self, places: Mapping[str, int], columns: tuple[tuple[Decimal, ...], ...]) -> None:
        self.places = places
        self.columns = columns

    @classmethod
    def of(cls, nodes: Mapping[str, NodeScore]) -> "Nodes":
        """The same of any nodes."""
        if isinstance(nodes, cls):
            return nodes
        _, *columns = zip(*nodes.values(), strict=True) if nodes else ((),) * len(NodeScore._fields)
        return cls({code: n for n, code in enumerate(nodes)}, tuple(columns))

    def joined(self, others: Mapping[str, NodeScore]) -> "Nodes":
        """These, then others; the later one of two with the same code."""
        return Nodes.of({**self, **others}) if others else self

    def column(self, name: str, codes: Iterable[str]) -> list[Decimal]:
        """One field of some nodes, such as `weight`, without making records of them."""
        values = self.columns[NodeScore._fields.index(name) - 1]
        return [values[self.places[code]] for code in codes]

    def __getitem__(self, code: str) -> NodeScore:
        n = self.places[code]
        return _score((code, *[column[n] for column in self.columns]))

    def __iter__(self) -> Iterator[str]:
        return iter(self.places)

    def __len__(self) -> int:
        return len(self.places)

    def __repr__(self) -> str:
        return repr(dict(self))


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
