"""Text and tables of attached files, by their kind. Bounded, so that a small file cannot become a large one; None when a file cannot be read."""

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import xlrd
from defusedxml import ElementTree  # type: ignore[import-untyped]

from crawlers.documents.body import plain
from crawlers.documents.ofd import read_ofd
from crawlers.documents.office import read_docx
from crawlers.documents.pdf import read_pdf
from crawlers.documents.sheet import Sheet
from crawlers.documents.word97 import read_doc

SHEETS: dict[str, Callable[[bytes], Sheet]] = {"docx": read_docx, "doc": read_doc, "pdf": read_pdf, "ofd": read_ofd}
"""What reads a document as lines and rows, by what its bytes are."""
KINDS = frozenset({*SHEETS, "xlsx", "xls"})
"""Kinds of files that are read."""
_UNPACKED = 60_000_000
"""Bytes that a packed file may unpack to."""
_WORKBOOK = 5_000_000
"""Bytes of an old workbook: its reader reads all of a sheet, a second for 250,000 cells."""
_ROWS = 5000
_WORKSHEETS = 20
_CELLS = 60
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile(r"[A-Z]{1,3}")


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds: lines of text, and tables with a name in words (表格1, 工作表2 …)."""

    lines: tuple[str, ...]
    tables: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]

    @property
    def text(self) -> str:
        """All of it as lines; cells are separated by tabs."""
        return "\n".join([*self.lines, *("\t".join(row) for _, rows in self.tables for row in rows)])


def read(body: bytes, kind: str) -> Content | None:
    """The content of a file of one of KINDS. None: another kind, too large, encrypted, damaged, a scan without text."""
    if kind in SHEETS:
        return _of_sheet(SHEETS[kind](body))
    try:
        if kind == "xlsx" and _small(body):
            return _xlsx(body)
        if kind == "xls" and len(body) <= _WORKBOOK:
            return _xls(body)
    except Exception:  # damaged archives, old records and hostile XML raise everything; the message could quote the file, so it is dropped
        return None
    return None


def _of_sheet(sheet: Sheet) -> Content | None:
    if not sheet.lines and not sheet.rows:
        return None
    rows = tuple(tuple(plain(cell.text) for cell in row) for row in sheet.rows)
    return Content(tuple(plain(line) for line in sheet.lines), (("表格", rows),) if rows else ())


def _small(body: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(body)) as archive:
            return sum(entry.file_size for entry in archive.infolist()) <= _UNPACKED
    except (zipfile.BadZipFile, OSError, ValueError):
        return False


def _xlsx(body: bytes) -> Content:
    with zipfile.ZipFile(io.BytesIO(body)) as archive:
        names = archive.namelist()
        shared: list[str] = []
        if "xl/sharedStrings.xml" in names:
            with archive.open("xl/sharedStrings.xml") as part:
                for _, node in ElementTree.iterparse(part):
                    if node.tag == f"{_MAIN}si":
                        shared.append(plain("".join(text.text or "" for text in node.iter(f"{_MAIN}t"))))
                        node.clear()
        sheets = sorted(name for name in names if re.fullmatch(r"xl/worksheets/sheet\d{1,4}\.xml", name))[:_WORKSHEETS]
        tables = []
        for number, name in enumerate(sheets, start=1):
            with archive.open(name) as part:
                tables.append((f"工作表{number}", tuple(_rows(part, shared))))
    return Content((), tuple(tables))


def _xls(body: bytes) -> Content:
    tables = []
    with xlrd.open_workbook(file_contents=body, on_demand=True, ragged_rows=True, logfile=io.StringIO()) as book:
        for number in range(min(book.nsheets, _WORKSHEETS)):
            sheet = book.sheet_by_index(number)
            rows = [tuple(_shown(cell, book.datemode) for cell in sheet.row(row)[:_CELLS]) for row in range(min(sheet.nrows, _ROWS))]
            tables.append((f"工作表{number + 1}", tuple(rows)))
            book.unload_sheet(number)
    return Content((), tuple(tables))


def _shown(cell: Any, datemode: int) -> str:
    """A cell of an old workbook as text: whole numbers without their `.0`, days as days."""
    if cell.ctype == xlrd.XL_CELL_NUMBER:
        return f"{cell.value:.0f}" if cell.value.is_integer() else repr(cell.value)
    if cell.ctype == xlrd.XL_CELL_DATE:
        return str(xlrd.xldate_as_datetime(cell.value, datemode)).removesuffix(" 00:00:00")
    return plain(cell.value) if cell.ctype == xlrd.XL_CELL_TEXT else ""


def _rows(part: Any, shared: list[str]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for _, node in ElementTree.iterparse(part):
        if node.tag != f"{_MAIN}row":
            continue
        cells: dict[int, str] = {}
        for cell in node.findall(f"{_MAIN}c"):
            column = _number(cell.get("r") or "", len(cells))
            if column < _CELLS:
                cells[column] = _value(cell, shared)
        rows.append(tuple(cells.get(column, "") for column in range(max(cells, default=-1) + 1)))
        node.clear()
        if len(rows) >= _ROWS:
            break
    return rows


def _number(reference: str, default: int) -> int:
    """The column of `AB12`, from 0."""
    match = _COLUMN.match(reference)
    if not match:
        return default
    column = 0
    for letter in match[0]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return column - 1


def _value(cell: Any, shared: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return plain("".join(text.text or "" for text in cell.iter(f"{_MAIN}t")))
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return shared[int(value)] if value.isdigit() and int(value) < len(shared) else ""
    return plain(value)
