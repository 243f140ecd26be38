"""The rows of the effective view as they go into a published file, each with its mark: column by column, as fast as the database makes them.

A mark is the first 16 hex digits of the SHA-256 of the columns MARKED, joined by U+001F, NULL written as U+0000, truth as True or False, times as `YYYY-MM-DD HH:MM:SS`
(with six digits of a second's fraction where there is one).
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

import pyarrow as pa
import pyarrow.compute as pc

from scoring.store.findings import SEEN

MARKED = SEEN[2:]
_TRUTH = "CASE WHEN {0} THEN 'True' ELSE 'False' END"
_TIME = "CASE WHEN microsecond({0}) % 1000000 = 0 THEN strftime({0}, '%Y-%m-%d %H:%M:%S') ELSE strftime({0}, '%Y-%m-%d %H:%M:%S.%f') END"
_FORMS = {"reviewed": _TRUTH, "review_at": _TIME}
_WRITTEN = (f"CASE WHEN {name} IS NULL THEN chr(0) ELSE {_FORMS.get(name, '{0}::VARCHAR').format(name)} END" for name in MARKED)
MARK = f"left(sha256(concat_ws(chr(31), {', '.join(_WRITTEN)})), 16)"
"""The mark of a row, in SQL."""
_ALL = f"SELECT {', '.join(SEEN)}, {MARK} AS mark FROM {{}} ORDER BY unit_id, code"  # noqa: S608 - columns of ours
_CHECKED = f"SELECT unit_id, code, {MARK} AS right, mark AS kept FROM finding ORDER BY unit_id, code"  # noqa: S608 - columns of ours


class Readable(Protocol):
    """A database, or what stands in for one."""

    def arrow(self, sql: str, *params: object) -> pa.Table:
        """Read by column."""
        ...


@dataclass(frozen=True, slots=True)
class Marked:
    """The table `finding` of a published file: SEEN, then `mark`."""

    table: pa.Table

    def marks(self) -> dict[str, dict[str, str]]:
        """The marks by unit id and code."""
        return _by_leaf(self.table, "mark")

    def of(self, units: Collection[str]) -> "Marked":
        """The rows of these units."""
        return Marked(self.table.filter(pc.is_in(self.table["unit_id"], pa.array(units, pa.string()))))


def marked(store: Readable, period: str) -> Marked:
    """The effective view of a period."""
    return Marked(store.arrow(_ALL.format("effective_finding WHERE period_id = ?"), period))


def marked_in(file: Readable, unit: str | None = None) -> Marked:
    """The rows of a published file (of one unit), with the marks that they should have."""
    return Marked(file.arrow(_ALL.format("finding")) if unit is None else file.arrow(_ALL.format("finding WHERE unit_id = ?"), unit))


def checked_in(file: Readable) -> tuple[dict[str, dict[str, str]], set[tuple[str, str]]]:
    """The marks that the rows of a published file should have, by unit id and code, and (unit id, code) of the rows that have another."""
    found = file.arrow(_CHECKED)
    changed = found.filter(pc.not_equal(pc.fill_null(found["kept"], ""), found["right"]))
    return _by_leaf(found, "right"), set(zip(changed["unit_id"].to_pylist(), changed["code"].to_pylist(), strict=True))


def _by_leaf(table: pa.Table, name: str) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for unit, code, mark in zip(*(table[column].to_pylist() for column in ("unit_id", "code", name)), strict=True):
        found.setdefault(unit, {})[code] = mark
    return found
