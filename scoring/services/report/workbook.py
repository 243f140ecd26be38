"""问题清单与整改链接表 and 得分明细 as Excel: a table a sheet, with filter, widths, frozen header and row ids. No cell is ever a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

from openpyxl import Workbook
from openpyxl.cell import Cell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from scoring.services.canonical import safe
from scoring.services.report.package import settled
from scoring.services.report.text import clean

_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 hyperlinks."""
_LONGEST = 2_000
_HEAD = PatternFill("solid", fgColor="DCE8F4")
_FILL_IN = PatternFill("solid", fgColor="FDF3DF")
_SIDE = Side("thin", "D9E0E8")
_LINE = Border(left=_SIDE, right=_SIDE, top=_SIDE, bottom=_SIDE)
_NAMED = re.compile(r"[\[\]:*?/\\]")
_TITLE = 31


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its width in characters; `kind` text | link | number; `form` of a number; `own`: people fill it in."""

    title: str
    width: int
    kind: str = "text"
    form: str = "General"
    own: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet: `note` stands above the header. A cell is text, a whole number, a Decimal or None."""

    name: str
    note: str
    columns: Sequence[Column]
    rows: Iterable[Sequence[str | int | Decimal | None]]
    frozen: int = 1


def workbook(title: str, tables: Sequence[Table], at: datetime | None) -> bytes:
    """The file. Text is written as text, whatever it begins with; only addresses of web pages become links."""
    book = Workbook()
    book.remove(book.worksheets[0])
    book.properties.title, book.properties.creator = clean(title), ""
    taken: set[str] = set()
    for table in tables:
        _sheet(book.create_sheet(_name(table.name, taken)), table)
    out = io.BytesIO()
    book.save(out)
    return settled(out.getvalue(), at)


def is_web(url: str) -> bool:
    """Whether a spreadsheet may open the address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) < _LONGEST


def _sheet(sheet: Any, table: Table) -> None:
    _text(sheet.cell(1, 1), table.note)
    sheet.cell(1, 1).font = Font(italic=True, color="566474")
    for n, column in enumerate(table.columns, 1):
        cell = sheet.cell(2, n)
        _text(cell, column.title)
        cell.font, cell.fill, cell.border = Font(bold=True), _FILL_IN if column.own else _HEAD, _LINE
        cell.alignment = Alignment(vertical="center", wrap_text=True)
        sheet.column_dimensions[get_column_letter(n)].width = column.width
    last, links = 2, 0
    for last, row in enumerate(table.rows, 3):
        for n, (column, value) in enumerate(zip(table.columns, row, strict=True), 1):
            links += _fill(sheet.cell(last, n), column, value, link=links < _LINKS)
    sheet.freeze_panes = sheet.cell(3, table.frozen + 1)
    sheet.auto_filter.ref = f"A2:{get_column_letter(len(table.columns))}{last}"
    sheet.print_title_rows = "2:2"
    sheet.page_setup.orientation, sheet.page_setup.paperSize, sheet.page_setup.fitToHeight = "landscape", sheet.PAPERSIZE_A4, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True


def _fill(cell: Cell, column: Column, value: str | int | Decimal | None, *, link: bool) -> int:
    """Write one cell; 1 when it became a link."""
    cell.border = _LINE
    cell.alignment = Alignment(vertical="top", wrap_text=column.kind == "text", horizontal="right" if column.kind == "number" else None)
    if column.own:
        cell.fill = _FILL_IN
    if value is None:
        return 0
    if not isinstance(value, str):
        cell.value, cell.number_format = value, column.form
        return 0
    _text(cell, value)
    if link and column.kind == "link" and is_web(value):
        cell.hyperlink = value
        cell.font = Font(color="1F5A9E", underline="single")
        return 1
    return 0


def _text(cell: Cell, text: str) -> None:
    cell.value = safe(clean(text))
    cell.data_type = "s"


def _name(text: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, once."""
    base = _NAMED.sub("", clean(text)).strip("'")[:_TITLE] or "表"
    name, n = base, 1
    while name.casefold() in taken:
        n += 1
        name = f"{base[: _TITLE - len(str(n))]}{n}"
    taken.add(name.casefold())
    return name
