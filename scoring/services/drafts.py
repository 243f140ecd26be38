"""Drafts: the same tables, computed from the database as it stands now."""

from datetime import date

from scoring.errors import BadInput
from scoring.model import Role
from scoring.permissions import Action, require
from scoring.services import book as books
from scoring.services import period_rows, results, runs, tables
from scoring.services.book import GroupBook
from scoring.services.shapes import Ranking, UnitProfile
from scoring.services.workspace import Workspace
from scoring.store import findings
from scoring.store.catalogue import PeriodRow


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
        edition = period_rows.edition_of(ws, row, group)
        units = [one.unit for one in period_rows.units(ws, row.id) if one.unit.group == group]
        return books.build(period_rows.info(ws, row), group, edition, units, findings.states(ws.store, row.id))

    return ws.remember(("book", row.id, group), make)


def group_books(ws: Workspace, row: PeriodRow) -> list[GroupBook]:
    """The 底稿 of every group."""
    return [group_book(ws, row, group) for group in row.groups]


def book_of_unit(ws: Workspace, row: PeriodRow, unit: str) -> GroupBook:
    """The 底稿 of the group a unit is in. Raises BadInput when the period has no such unit."""
    for one in period_rows.units(ws, row.id):
        if one.unit.id == unit:
            return group_book(ws, row, one.unit.group)
    raise BadInput(f"评估期次 {row.id} 中没有单位 {unit}")
