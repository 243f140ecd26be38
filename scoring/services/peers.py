"""A unit beside its group: 得分率 by first-level indicator and by dimension, with the group's median, lowest and best."""

from collections.abc import Sequence
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


def by_first(ranking: Ranking, unit: str) -> Sequence[Peer]:
    """First-level indicators in the edition's order; those without a rate of the unit are left out."""
    return _peers(unit, [(node.code, node.title, [(row, row.rates.get(node.code)) for row in ranking.rows]) for node in ranking.edition.index])


def by_dimension(ranking: Ranking, unit: str) -> Sequence[Peer]:
    """Dimensions (及时性 …) likewise; over units with enough data."""
    return _peers(
        unit,
        [(one.value, one.zh, [(row, None if row.short_of_data else row.score.dimensions.get(one)) for row in ranking.rows]) for one in Dimension],
    )


def middle(values: Sequence[Decimal]) -> Decimal | None:
    """The median; the mean of the two in the middle of an even number; None of none."""
    known = sorted(values)
    if not known:
        return None
    half = len(known) // 2
    return known[half] if len(known) % 2 else (known[half - 1] + known[half]) / 2


def _peers(unit: str, of: Sequence[tuple[str, str, Sequence[tuple[RankRow, Decimal | None]]]]) -> Sequence[Peer]:
    found: list[Peer] = []
    for code, label, rates in of:
        known = [(row, rate) for row, rate in rates if rate is not None]
        own = next((rate for row, rate in known if row.unit == unit), None)
        median = middle([rate for _, rate in known])
        if own is None or median is None:
            continue
        low, best = min(rate for _, rate in known), max(rate for _, rate in known)
        found.append(Peer(code, label, own, median, low, best, tuple(row.name for row, rate in known if rate == best), len(known)))
    return found
