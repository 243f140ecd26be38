"""Drafts: the same tables, computed from the database as it stands now."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from scoring.errors import BadInput
from scoring.model import Edition, Role
from scoring.parts import PartSource
from scoring.permissions import Action, require
from scoring.services import book as books
from scoring.services import canonical, period_rows, results, runs, tables
from scoring.services.book import GroupBook
from scoring.services.canonical import Sealed
from scoring.services.collector import paused
from scoring.services.composing import Imports
from scoring.services.shapes import Ranking, UnitProfile
from scoring.services.workspace import Workspace
from scoring.store import findings, part_scores
from scoring.store.catalogue import PeriodRow
from scoring.store.findings import LeafState
from scoring.store.marked import Marked, marked


def ranking(ws: Workspace, period: str, group: str, *, role: Role) -> Ranking:
    """A group's ranking as it stands."""
    require(role, Action.VIEW_DRAFT)
    row = period_rows.row(ws, period)
    book = group_book(ws, row, group)
    return tables.ranking(book, results.earlier(ws, book.period, group), draft=True, simulated=ws.simulated, as_of=as_of(ws, row))


def profile(ws: Workspace, period: str, unit: str, *, role: Role) -> UnitProfile:
    """A unit as it stands."""
    require(role, Action.VIEW_DRAFT)
    book = book_of_unit(ws, period_rows.row(ws, period), unit)
    return tables.profile(book, results.earlier(ws, book.period, book.group), tables.unit_of(book, unit), draft=True, simulated=ws.simulated)


def as_of(ws: Workspace, row: PeriodRow) -> date | None:
    """The day of the newest observation that the period is judged by."""
    return max((seen.as_of for seen in runs.latest(ws, row.start, row.cutoff or row.end).values()), default=None)


def group_book(ws: Workspace, row: PeriodRow, group: str) -> GroupBook:
    """A group's 底稿, kept until something is written."""

    def make() -> GroupBook:
        return _books(ws, row, [group])[0]

    edition = period_rows.edition_of(ws, row, group)
    if any(part.source is PartSource.CHILDREN for part in edition.parts):
        return next(book for book in group_books(ws, row) if book.group == group)
    return _as_it_stands(ws, row, ws.remember(("book", row.id, group), make, scores=True))


def states(ws: Workspace, period: str) -> dict[str, dict[str, LeafState]]:
    """The state of every leaf of a period, kept likewise."""
    return ws.remember(("states", period), lambda: findings.states_in(known(ws, period).table), scores=True)


def known(ws: Workspace, period: str) -> Marked:
    """All that is known of every leaf with its marks, as it goes into a published file; read once for scores, digest and file, and kept likewise."""
    return ws.remember(("marked", period), lambda: marked(ws.store, period), scores=True)


def group_books(ws: Workspace, row: PeriodRow) -> list[GroupBook]:
    """The 底稿 of every group, made together: a group may be composed of others."""
    made = ws.remember(("books", row.id), lambda: _books(ws, row, list(row.groups)), scores=True)
    return [_as_it_stands(ws, row, book) for book in made]


def sealed(ws: Workspace, row: PeriodRow) -> Sealed:
    """The canonical text of a period as it stands, its digest and seals, kept likewise."""

    def make() -> Sealed:
        return canonical.seal(group_books(ws, row), known(ws, row.id).marks())

    return ws.remember(("sealed", row.id), make, scores=True)


def _as_it_stands(ws: Workspace, row: PeriodRow, book: GroupBook) -> GroupBook:
    """What was computed, with the period's state of now."""
    return replace(book, period=period_rows.info(ws, row))


def _books(ws: Workspace, row: PeriodRow, groups: Sequence[str]) -> list[GroupBook]:
    with paused():
        return _built(ws, row, groups)


def _built(ws: Workspace, row: PeriodRow, groups: Sequence[str]) -> list[GroupBook]:
    leaves, info, units = states(ws, row.id), period_rows.info(ws, row), [one.unit for one in period_rows.units(ws, row.id)]
    trees = {group: period_rows.edition_of(ws, row, group) for group in groups}
    given = [books.Given(info, group, tree, [unit for unit in units if unit.group == group], leaves) for group, tree in trees.items()]
    return books.build(given, imported(ws, row, trees.values()))


def imported(ws: Workspace, row: PeriodRow, trees: Iterable[Edition]) -> Imports:
    """The imported scores of a period as they go into parts."""
    full = {part.code: part.full for tree in trees for part in tree.parts if part.source is PartSource.IMPORT}
    if not full:
        return {}
    return {
        unit: {code: one.input(full[code]) for code, one in by_code.items() if code in full} for unit, by_code in part_scores.in_force(ws.store, row.id).items()
    }


def book_of_unit(ws: Workspace, row: PeriodRow, unit: str) -> GroupBook:
    """The 底稿 of the group a unit is in. Raises BadInput when the period has no such unit."""
    for one in period_rows.units(ws, row.id):
        if one.unit.id == unit:
            return group_book(ws, row, one.unit.group)
    raise BadInput(f"评估期次 {row.id} 中没有单位 {unit}")
