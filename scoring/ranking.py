"""Ranks within a group. Ranks stand on the displayed totals (one decimal, half up), so that equal printed scores share a rank: docs/decisions/0003."""

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

from scoring.model import Edition, RankStyle, UnitScore
from scoring.wording import displayed


def rank(edition: Edition, scores: Sequence[UnitScore], order: Mapping[str, int] | None = None) -> list[UnitScore]:
    """The scores in rank order with their ranks; ties print in official order, unranked units (vetoed, or below the coverage threshold) come last in it.

    `order`: official order by unit; without it, the order given is the official one.
    """
    official = sorted(scores, key=lambda score: order.get(score.unit, len(order))) if order is not None else list(scores)
    ranked = sorted((score for score in official if ranks(edition, score)), key=lambda score: -displayed(score.total))
    result: list[UnitScore] = []
    for place, score in enumerate(ranked, 1):
        before = result[-1] if result else None
        if before is None or before.rank is None:
            number = 1
        elif displayed(before.total) == displayed(score.total):
            number = before.rank
        else:
            number = place if edition.rank is RankStyle.COMPETITION else before.rank + 1
        result.append(replace(score, rank=number))
    return result + [replace(score, rank=None) for score in official if not ranks(edition, score)]


def place(edition: Edition, score: UnitScore, others: Sequence[Decimal]) -> int | None:
    """The rank that `rank` gives a score among other ranked units, whose displayed totals are given in ascending order."""
    if not ranks(edition, score):
        return None
    higher = others[bisect_right(others, displayed(score.total)) :]
    return 1 + len(higher if edition.rank is RankStyle.COMPETITION else set(higher))


def change(previous: int | None, current: int | None) -> int | None:
    """Places gained since the period before (positive is better); None when either has no rank."""
    return None if previous is None or current is None else previous - current


def inseparable(ranked: Sequence[UnitScore]) -> tuple[tuple[str, ...], ...]:
    """The largest sets (unit ids, in rank order) in which every two intervals overlap: 差距在误差范围内. Exact scores alone are told apart, or are a plain tie."""
    known = [score for score in ranked if score.rank is not None]
    ends = sorted([(score.lower, 0, n) for n, score in enumerate(known)] + [(score.upper, 1, n) for n, score in enumerate(known)])
    sets: list[list[int]] = []
    active: set[int] = set()
    grown = False
    for _, closes, n in ends:  # intervals that pairwise overlap share a point; a set is largest where a lower end is followed by an upper one
        if not closes:
            active.add(n)
            grown = True
            continue
        if grown and len(active) > 1 and any(known[one].provisional for one in active):
            sets.append(sorted(active))
        active.discard(n)
        grown = False
    return tuple(tuple(known[n].unit for n in one) for one in sorted(sets))


def ranks(edition: Edition, score: UnitScore) -> bool:
    """Whether a score takes part in the ranking: no veto held, enough observed."""
    return not score.veto and score.coverage >= edition.coverage
