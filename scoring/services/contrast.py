"""Two results side by side, finding by finding: units of one period, or one unit (or group) in two periods. From read models of published files alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from scoring.model import Outcome, UnitScore
from scoring.ranking import change
from scoring.services import restated
from scoring.services.shapes import LeafResult, Ranking, RankRow, UnitProfile
from scoring.wording import displayed


class Turn(StrEnum):
    """What became of a leaf between two periods."""

    BETTER = "better"
    WORSE = "worse"
    SAME = "same"
    KNOWN = "known"
    """It could not be told before."""
    UNKNOWN = "unknown"
    """It can no longer be told."""
    ADDED = "added"
    REMOVED = "removed"
    OUT = "out"
    """不涉及 in one of the two."""


@dataclass(frozen=True, slots=True)
class LeafTurn:
    """One leaf then and now. `gained`: points now less points then, None where either has none. `rule`: its rule, parameters or weight are not the same."""

    code: str
    title: str
    first_level: str
    before: LeafResult | None
    after: LeafResult | None
    turn: Turn
    gained: Decimal | None
    rule: bool


@dataclass(frozen=True, slots=True)
class Across:
    """One leaf of several units of a group, in the order given; None where a unit has none. `spread`: the nominal points between the best and the worst of those judged."""

    code: str
    title: str
    first_level: str
    results: tuple[LeafResult | None, ...]
    spread: Decimal

    @property
    def differs(self) -> bool:
        """Whether the units do not all have the same outcome and rate."""
        return len({(one.outcome, one.ratio) if one else None for one in self.results}) > 1


@dataclass(frozen=True, slots=True)
class Moved:
    """One unit of a group then and now; None where it is not in that period's file. `places`: gained (positive is better)."""

    unit: str
    name: str
    before: RankRow | None
    after: RankRow | None
    places: int | None
    gained: Decimal | None


def doubtful(one: UnitScore, other: UnitScore) -> bool:
    """差距在误差范围内: the intervals overlap, and something is unknown in either; two exact scores are told apart."""
    return (one.provisional or other.provisional) and one.lower <= other.upper and other.lower <= one.upper


def turns(before: UnitProfile, after: UnitProfile) -> Sequence[LeafTurn]:
    """Every leaf of either period: what changed most points first, then changes without points, then the rest in the edition's order."""
    then = {leaf.code: leaf for leaf in before.leaves}
    now = {leaf.code: leaf for leaf in after.leaves}
    titles = {node.code: node.title for edition in (before.edition, after.edition) for node in edition.index}
    found: list[LeafTurn] = []
    for code in dict.fromkeys(leaf.code for edition in (after.edition, before.edition) for leaf in edition.leaves()):
        old, new = then.get(code), now.get(code)
        known = new or old
        if known is None:
            continue
        rule = old is not None and new is not None and not (restated.same_rule(old.indicator, new.indicator) and old.indicator.weight == new.indicator.weight)
        found.append(LeafTurn(code, known.title, titles.get(known.first_level, ""), old, new, _turn(old, new), _gained(old, new), rule))
    return sorted(found, key=lambda one: (one.turn is Turn.SAME, one.gained is None, -abs(one.gained or Decimal(0))))


def across(profiles: Sequence[UnitProfile]) -> Sequence[Across]:
    """Every leaf of units of one group: where they differ most first, then those with different outcomes, then the rest in the edition's order."""
    if not profiles:
        return ()
    titles = {node.code: node.title for node in profiles[0].edition.index}
    each = [{leaf.code: leaf for leaf in profile.leaves} for profile in profiles]
    found: list[Across] = []
    for leaf in profiles[0].edition.leaves():
        results = tuple(known.get(leaf.code) for known in each)
        rates = [one.ratio for one in results if one is not None and one.ratio is not None]
        spread = (max(rates) - min(rates)) * leaf.weight if rates else Decimal(0)
        first = next((one.first_level for one in results if one is not None), "")
        found.append(Across(leaf.code, leaf.title, titles.get(first, ""), results, spread))
    return sorted(found, key=lambda one: (not one.differs, -one.spread))


def moves(before: Ranking, after: Ranking) -> Sequence[Moved]:
    """The units of a group in two periods, in the order of the later ranking; those that are gone come last. A unit is followed by its id."""
    then, now = {row.unit: row for row in before.rows}, {row.unit: row for row in after.rows}
    found: list[Moved] = []
    for unit in dict.fromkeys([*now, *then]):
        old, new = then.get(unit), now.get(unit)
        known = new or old
        ranked = old is not None and new is not None and old.score.rank is not None and new.score.rank is not None
        places = change(old.score.rank, new.score.rank) if old is not None and new is not None else None
        gained = displayed(new.score.total) - displayed(old.score.total) if ranked and old is not None and new is not None else None
        found.append(Moved(unit, known.name if known else unit, old, new, places, gained))
    return found


def _turn(old: LeafResult | None, new: LeafResult | None) -> Turn:
    if old is None or new is None:
        return Turn.ADDED if old is None else Turn.REMOVED
    if old.outcome is new.outcome and old.ratio == new.ratio:
        return Turn.SAME
    if Outcome.NOT_APPLICABLE in (old.outcome, new.outcome):
        return Turn.OUT
    if old.ratio is None or new.ratio is None:
        return Turn.KNOWN if old.ratio is None else Turn.UNKNOWN
    return Turn.BETTER if new.ratio > old.ratio else Turn.WORSE


def _gained(old: LeafResult | None, new: LeafResult | None) -> Decimal | None:
    return None if old is None or new is None or old.points is None or new.points is None else new.points - old.points
