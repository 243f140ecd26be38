"""A CSV as a sheet: UTF-8 or GB18030, with or without a byte order mark."""

import csv
import io

from scoring.errors import BadInput
from scoring.tabular.sheet import Cell, Sheet


def read(data: bytes, name: str) -> Sheet:
    """Every row that holds something; `row` is the line of the file at which it ends. Raises BadInput naming `name` and the line."""
    rows = csv.reader(io.StringIO(_text(data, name), newline=""), strict=True)
    found: list[list[Cell]] = []
    try:
        for row in rows:
            if any(value.strip() for value in row):
                found.append([Cell("", rows.line_num, column, value) for column, value in enumerate(row, 1)])
    except csv.Error as error:
        raise BadInput(f"{name} 第 {rows.line_num} 行不是有效的 CSV（{error}），请重新导出") from error
    return Sheet(name, "", found)


def _text(data: bytes, name: str) -> str:
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(f"{name}：编码无法识别，请另存为 UTF-8 编码的 CSV")
