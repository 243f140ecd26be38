"""An Excel workbook as sheets of cells. Formulas are told apart, never computed."""

import io
import re
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from zipfile import BadZipFile, ZipFile

from openpyxl import load_workbook

from scoring.errors import BadInput
from scoring.tabular.sheet import Cell, Sheet, Value

MOST_BYTES = 20 * 1024 * 1024
MOST_UNPACKED = 200 * 1024 * 1024
MOST_CELLS = 1_000_000
_ESCAPE = re.compile(r"_x([0-9A-Fa-f]{4})_")
_ILLEGAL = re.compile(r"[\x00-\x08\x0b-\x1f\ufffe\uffff]|_(?=x[0-9A-Fa-f]{4}_)")


def read(data: bytes, name: str) -> list[Sheet]:
    """The visible and hidden sheets, in order. Raises BadInput for what is no .xlsx or too large."""
    too_large = BadInput(f"{name}：工作簿过大（上限 {MOST_BYTES // 1024 // 1024} MB、{MOST_CELLS // 10000} 万个单元格），请删去无关的工作表和空行后再导入")
    if len(data) > MOST_BYTES:
        raise too_large
    try:
        with ZipFile(io.BytesIO(data)) as archive:
            if sum(one.file_size for one in archive.infolist()) > MOST_UNPACKED:
                raise too_large
        book = load_workbook(io.BytesIO(data), data_only=False)
    except BadInput:
        raise
    except Exception as error:  # openpyxl raises whatever the XML made it stumble over; to the user it is one thing
        why = "不是有效的 .xlsx 文件（可能加了密码，或是旧的 .xls）" if isinstance(error, BadZipFile) else "Excel 文件已损坏或不是工作簿"
        raise BadInput(f"{name}：{why}，请在 Excel 中另存为 .xlsx 后再导入") from error
    if sum(sheet.max_row * sheet.max_column for sheet in book.worksheets) > MOST_CELLS:
        raise too_large
    return [_sheet(sheet, name) for sheet in book.worksheets]


def to_text(value: str) -> str:
    """Text as a cell stores it: what XML cannot hold is escaped as Excel does."""
    return _ILLEGAL.sub(lambda found: f"_x{ord(found[0][0]):04X}_", value)


def to_number(value: Decimal) -> Decimal | str:
    """A number as a cell stores it: as text where the 15 digits of a spreadsheet would change it."""
    return value if _shortened(float(value)) == value else f"{value:f}"


def _shortened(value: float) -> Decimal:
    return Decimal(f"{value:.15g}")


def _sheet(sheet: Any, name: str) -> Sheet:
    continued = {(row, one.min_col): (one.min_row, one.min_col) for one in sheet.merged_cells.ranges for row in range(one.min_row + 1, one.max_row + 1)}
    rows: list[list[Cell]] = []
    for row in sheet.iter_rows():
        cells = [_cell(sheet, one, continued.get((one.row, one.column))) for one in row]
        if any(not cell.blank or cell.above for cell in cells):
            rows.append(cells)
    return Sheet(name, sheet.title, rows, tuple(str(one) for one in sheet.merged_cells.ranges))


def _cell(sheet: Any, cell: Any, first: tuple[int, int] | None) -> Cell:
    """`first`: where the merged range that it continues begins."""
    if first:
        return Cell(sheet.title, cell.row, cell.column, above=True, shared=_value(sheet.cell(*first).value))
    formula = cell.data_type == "f"
    return Cell(sheet.title, cell.row, cell.column, None if formula else _value(cell.value), formula=formula)


def _value(value: object) -> Value:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        return Decimal(value)
    if isinstance(value, float):
        return _shortened(value)
    if isinstance(value, datetime):
        return value.date() if not (value.hour or value.minute or value.second) else value.isoformat(" ")
    if isinstance(value, date):
        return value
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), str(value))
