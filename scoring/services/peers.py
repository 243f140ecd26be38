"""A unit beside its group: 得分率 by first-level indicator and by dimension, with the group's median, lowest and best."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.model import Dimension
from scoring.services.shapes import Ranking, RankRow


@dataclass(frozen=True, slots=True)
class Peer:
    """One indicator or dimension. Rates 0–1; `median`, `low` and `best` over the `units` of the group with enough data; `best_units`: names of those at the best."""

    code: str
    label: str
    own: Decimal
    median: Decimal
    low: Decimal
    best: Decimal
    best_units: tuple[str, ...]
    units: int

    @property
    def below(self) -> bool:
        """True when the unit lies below the median."""
        return self.own < self.median


@dataclass(frozen=True, slots=True)
class Field:
    """The same of the whole group, with every unit's rate by id: worked out once, since sorting thousands of rates takes a while."""

    code: str
    label: str
    rates: Mapping[str, Decimal]
    median: Decimal
    low: Decimal
    best: Decimal
    best_units: tuple[str, ...]

    def of(self, unit: str) -> Peer | None:
        """The unit in the field; None where it has no rate."""
        own = self.rates.get(unit)
        return None if own is None else Peer(self.code, self.label, own, self.median, self.low, self.best, self.best_units, len(self.rates))


@dataclass(frozen=True, slots=True)
class Fields:
    """A group by first-level indicator, in the edition's order, and by dimension."""

    first: tuple[Field, ...]
    dimension: tuple[Field, ...]

    def by_first(self, unit: str) -> Sequence[Peer]:
        """First-level indicators; those without a rate of the unit are left out."""
        return [peer for one in self.first if (peer := one.of(unit))]

    def by_dimension(self, unit: str) -> Sequence[Peer]:
        """Dimensions (及时性 …) likewise."""
        return [peer for one in self.dimension if (peer := one.of(unit))]


def fields(ranking: Ranking) -> Fields:
    """Over the units with enough data."""
    enough = [row for row in ranking.rows if not row.short_of_data]
    first = [_field(node.code, node.title, enough, [row.rates.get(node.code) for row in enough]) for node in ranking.edition.index]
    dimension = [_field(one.value, one.zh, enough, [row.score.dimensions.get(one) for row in enough]) for one in Dimension]
    return Fields(tuple(one for one in first if one), tuple(one for one in dimension if one))


def middle(values: Sequence[Decimal]) -> Decimal | None:
    """The median; the mean of the two in the middle of an even number; None of none."""
    known = sorted(values)
    if not known:
        return None
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def _field(code: str, label: str, rows: Sequence[RankRow], given: Sequence[Decimal | None]) -> Field | None:
    known = {row.unit: rate for row, rate in zip(rows, given, strict=True) if rate is not None}
    median = middle(list(known.values()))
    if median is None:
        return None
    best = max(known.values())
    names = tuple(row.name for row in rows if known.get(row.unit) == best)
    return Field(code, label, known, median, min(known.values()), best, names)
