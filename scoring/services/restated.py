"""What is known of a period's units, restated for another edition: machine findings judged again where the rule changed, people's decisions kept where they still fit."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Context, Decimal

from scoring.model import Edition, Indicator, Scale, Unit
from scoring.services import assess
from scoring.services.book import GroupBook
from scoring.services.workspace import Workspace
from scoring.store.catalogue import PeriodRow
from scoring.store.findings import LeafState, NewFinding, Review

_CONTEXT = Context(prec=50)


@dataclass(slots=True)
class Restated:
    """`states` by unit and code, as a 底稿 takes them. `again`: codes whose rule was run again. `lapsed`: (unit, code) of decisions that no longer hold."""

    states: dict[str, dict[str, LeafState]] = field(default_factory=dict)
    again: tuple[str, ...] = ()
    lapsed: tuple[tuple[str, str], ...] = ()


def restate(ws: Workspace, row: PeriodRow, book: GroupBook, edition: Edition, *, now: datetime) -> Restated:
    """The states of a group under another edition. Reads only."""
    before = {leaf.code: leaf for leaf in book.edition.leaves()}
    again = [leaf for leaf in edition.leaves() if leaf.rule and not (leaf.code in before and same_rule(before[leaf.code], leaf))]
    found = assess.judged(ws, row, {unit.id: again for unit in book.units}, now=now) if again else {}
    anew = {leaf.code for leaf in again}
    lapsed: list[tuple[str, str]] = []
    states: dict[str, dict[str, LeafState]] = {}
    for unit in book.units:
        known, new = book.states.get(unit.id, {}), found.get(unit.id, {})
        mine: dict[str, LeafState] = {}
        for leaf in edition.leaves():
            old = known.get(leaf.code) if leaf.code in before else None
            state = _judged(unit, leaf, old, new.get(leaf.code)) if leaf.code in anew else _kept(before, leaf, old, book.edition, edition)
            if old and old.review and old.reviewed and not (state and state.reviewed):
                lapsed.append((unit.id, leaf.code))
            if state:
                mine[leaf.code] = state
        states[unit.id] = mine
    return Restated(states, tuple(leaf.code for leaf in again), tuple(lapsed))


def same_rule(before: Indicator, after: Indicator) -> bool:
    """Whether a finding of the one holds for the other."""

    def of(leaf: Indicator) -> tuple[object, ...]:
        return leaf.rule, dict(leaf.params), leaf.runs, leaf.inherits

    return of(before) == of(after)


def _judged(unit: Unit, leaf: Indicator, old: LeafState | None, new: NewFinding | None) -> LeafState | None:
    """A leaf whose rule was run again. What a person decided on the machine's finding holds as long as that stays the same."""
    if new is None:
        return None
    holds = bool(old and old.reviewed and old.machine and (old.machine.outcome, old.machine.ratio) == (new.finding.outcome, new.finding.ratio))
    review = old.review if old and holds else None
    return LeafState(unit.id, leaf.code, 0, new.finding, 0, new.input_sha, new.rule_version, new.run, review, reviewed=holds)


def _kept(before: Mapping[str, Indicator], leaf: Indicator, old: LeafState | None, was: Edition, now: Edition) -> LeafState | None:
    """A leaf whose rule is the same, or that people score: by the same level, or by as large a part of its points as before."""
    if old is None or leaf.rule:
        return old
    if old.review is None or before[leaf.code].rule:
        return None
    review = _review(old.review, before[leaf.code], leaf, was, now)
    return old._replace(review=review) if review else None


def _review(review: Review, before: Indicator, leaf: Indicator, was: Edition, now: Edition) -> Review | None:
    manual = leaf.manual
    if manual is None or (review.level is None and review.points is None):
        return review
    if review.level is not None:
        ratio = manual.levels.get(review.level)
        return None if ratio is None else replace(review, ratio=ratio)
    if not manual.points or review.ratio is None:
        return None
    most, least = _most(leaf, now), _most(before, was)
    if most == least:
        return review
    return replace(review, points=_CONTEXT.multiply(review.ratio, most))


def _most(leaf: Indicator, edition: Edition) -> Decimal:
    bonus = edition.bonus is not None and any(one.code == leaf.code for one in edition.bonus.leaves)
    return leaf.weight if edition.scale is Scale.POINTS or bonus else Decimal(100)
