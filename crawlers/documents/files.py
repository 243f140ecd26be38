"""Text and tables of attached files: docx, xlsx, pdf. Bounded, so that a small file cannot become a large one; None when a file cannot be read."""

import io
import re
import zipfile
from dataclasses import dataclass
from typing import Any

from defusedxml import ElementTree  # type: ignore[import-untyped]

from crawlers.documents.body import plain
from crawlers.documents.office import read_docx
from crawlers.documents.pdf import read_pdf
from crawlers.documents.sheet import Sheet

_UNPACKED = 60_000_000
"""Bytes that a packed file may unpack to."""
_ROWS = 5000
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
    """The content of a docx, xlsx or pdf. None: another kind, too large, encrypted, damaged, a scan without text."""
    match kind:
        case "docx":
            return _of_sheet(read_docx(body))
        case "pdf":
            return _of_sheet(read_pdf(body))
        case "xlsx" if _small(body):
            try:
                return _xlsx(body)
            except Exception:  # damaged archives and hostile XML raise everything; the message could quote the file, so it is dropped
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
        sheets = sorted(name for name in names if re.fullmatch(r"xl/worksheets/sheet\d{1,4}\.xml", name))[:20]
        tables = []
        for number, name in enumerate(sheets, start=1):
            with archive.open(name) as part:
                tables.append((f"工作表{number}", tuple(_rows(part, shared))))
    return Content((), tuple(tables))


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
