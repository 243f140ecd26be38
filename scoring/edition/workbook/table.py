"""Finding the header of a sheet, wherever it stands and in whatever order its columns are."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from scoring.edition.workbook import columns
from scoring.edition.workbook.columns import Column
from scoring.edition.workbook.row import Row
from scoring.tabular.sheet import Cell, Sheet

_LOOKED = 30
"""Rows that may stand above a header: a title, a note, who made the table."""


@dataclass(frozen=True, slots=True)
class Table:
    """A header with the rows below it. `above`: the texts over the header. `unused`: headers that mean nothing to the program."""

    header: Row
    rows: tuple[Row, ...]
    above: tuple[str, ...]
    unused: tuple[str, ...]

    @property
    def depth(self) -> int:
        """How many levels of indicators the main sheet has."""
        return max((int(key.removeprefix("title")) for key in self.header.places if key.startswith("title") and key != "title"), default=0)


def main(sheet: Sheet) -> Table | None:
    """The main table: keys title1, weight1, code1, … for the levels. None when the sheet has no header with 一级指标."""
    return _table(sheet, _main_key, "title1")


def beside(sheet: Sheet, of: Sequence[Column]) -> Table | None:
    """The table of another sheet, by its first column."""
    return _table(sheet, lambda header: columns.named(tuple(of), header), of[0].key)


def _main_key(header: str) -> str:
    if found := columns.level_of(header):
        return f"{found[0]}{found[1]}"
    return columns.named((columns.WEIGHT, columns.CODE, *columns.LEAF), header)


def _table(sheet: Sheet, key_of: Callable[[str], str], needed: str) -> Table | None:
    for number, cells in enumerate(sheet.rows[:_LOOKED]):
        keys = [key_of(columns.normal(cell.text())) if not cell.formula else "" for cell in cells]
        if needed in keys:
            places = _places(cells, keys)
            header = Row(sheet, cells, places)
            rows = tuple(row for one in sheet.rows[number + 1 :] if not (row := Row(sheet, one, places)).blank() or any(row.cell(key).above for key in places))
            above = tuple(text for one in sheet.rows[:number] for cell in one if not cell.formula and (text := cell.text()))
            used = set(places.values())
            unused = tuple(cell.text() for place, cell in enumerate(cells) if place not in used and not cell.blank)
            return Table(header, rows, above, unused)
    return None


def _places(cells: Sequence[Cell], keys: Sequence[str]) -> dict[str, int]:
    """The column of each key. Several 分值 belong each to the level at its left. Raises Problem for another header that is there twice."""
    places: dict[str, int] = {}
    several, level = keys.count("weight") > 1, 0
    for place, key in enumerate(keys):
        if not key:
            continue
        if key.startswith("title") and key != "title":
            level = int(key.removeprefix("title"))
        said = f"weight{level}" if key == "weight" and several and level else key
        if said in places:
            raise cells[place].problem(f"列「{cells[place].text()}」重复，请只保留一列")
        places[said] = place
    return places
