"""问题清单与整改链接表 and 得分明细 as Excel: a table a sheet, with filter, widths, frozen header and row ids. No cell is ever a formula."""

import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any
from urllib.parse import urlsplit

import xlsxwriter

from scoring.services.canonical import safe
from scoring.services.report.package import settled
from scoring.services.report.text import clean

_LINKS = 60_000
"""Excel opens no sheet with more than 65,530 hyperlinks."""
_LONGEST = 2_000
_WIDE = 0x2000
_LINE_HEIGHT, _MOST_LINES = 15, 8
_NAMED = re.compile(r"[\[\]:*?/\\]")
_TITLE, _CELL = 31, 32_000
_HEAD, _FILL_IN, _LINE, _LINK, _MUTED = "#DCE8F4", "#FDF3DF", "#D9E0E8", "#1F5A9E", "#566474"
_TEXT_ONLY = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}


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
    out = io.BytesIO()
    book: Any = xlsxwriter.Workbook(out, _TEXT_ONLY)
    book.set_properties({"title": clean(title)})
    taken: set[str] = set()
    for table in tables:
        _sheet(book, book.add_worksheet(_name(table.name, taken)), table)
    book.close()
    return settled(out.getvalue(), at)


def is_web(url: str) -> bool:
    """Whether a spreadsheet may open the address."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname) and len(url) < _LONGEST


def _sheet(book: Any, sheet: Any, table: Table) -> None:
    forms = [_form(book, column) for column in table.columns]
    linked = [_form(book, column, link=True) if column.kind == "link" else None for column in table.columns]
    sheet.write_string(0, 0, _text(table.note), book.add_format({"italic": True, "font_color": _MUTED}))
    for n, column in enumerate(table.columns):
        look = {"bold": True, "text_wrap": True, "valign": "vcenter", "border": 1, "border_color": _LINE, "bg_color": _FILL_IN if column.own else _HEAD}
        sheet.write_string(1, n, _text(column.title), book.add_format(look))
        sheet.set_column(n, n, column.width)
    last, links = 1, 0
    for last, row in enumerate(table.rows, 2):
        sheet.set_row(last, _LINE_HEIGHT * min(max(map(_lines, table.columns, row), default=1), _MOST_LINES))
        for n, value in enumerate(row):
            if value is None or value == "":
                sheet.write_blank(last, n, None, forms[n])
            elif not isinstance(value, str):
                sheet.write_number(last, n, value, forms[n])
            elif linked[n] is not None and links < _LINKS and is_web(value) and sheet.write_url(last, n, value, linked[n], _text(value)) == 0:
                links += 1
            else:
                sheet.write_string(last, n, _text(value), forms[n])
    sheet.freeze_panes(2, table.frozen)
    sheet.autofilter(1, 0, last, len(table.columns) - 1)
    sheet.repeat_rows(1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)


def _form(book: Any, column: Column, *, link: bool = False) -> Any:
    """How the cells of a column look."""
    look: dict[str, Any] = {"valign": "top", "border": 1, "border_color": _LINE, "text_wrap": column.kind == "text"}
    if column.kind == "number":
        look |= {"num_format": column.form, "align": "right"}
    if column.own:
        look["bg_color"] = _FILL_IN
    if link:
        look |= {"font_color": _LINK, "underline": 1}
    return book.add_format(look)


def _text(text: str) -> str:
    return safe(clean(text))[:_CELL]


def _lines(column: Column, value: str | int | Decimal | None) -> int:
    """How many lines a cell takes; not every program makes rows fit by itself."""
    if column.kind != "text" or not isinstance(value, str):
        return 1
    return -(-sum(1 if ord(char) < _WIDE else 2 for char in value) // max(column.width - 1, 1)) or 1


def _name(text: str, taken: set[str]) -> str:
    """A name that Excel takes for a sheet, once."""
    base = _NAMED.sub("", clean(text)).strip("'")[:_TITLE] or "表"
    name, n = base, 1
    while name.casefold() in taken:
        n += 1
        name = f"{base[: _TITLE - len(str(n))]}{n}"
    taken.add(name.casefold())
    return name
