"""The exports beside a published file, made from that file alone: one zip of CSV, Parquet, data dictionary, 方法说明 and 规范数据, the same bytes each time."""

import csv
import io
import zipfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scoring.services import canonical, method_note, reading, sheets
from scoring.services.book import GroupBook
from scoring.services.canonical import safe
from scoring.services.sheets import Column, Sheet
from scoring.store.published import PublishedFile

CANONICAL, DICTIONARY, NOTE = "规范数据.csv", "数据字典.csv", "方法说明.md"
_ONCE = (1980, 1, 1, 0, 0, 0)
_TYPES = {"text": pa.string(), "whole": pa.int32(), "number": pa.decimal128(38, 12)}
_KINDS = {"text": "文本", "whole": "整数", "number": "十进制数，12 位小数"}
_DICTIONARY = ("文件或表", "列", "含义", "单位", "类型")
_FILE_ONLY = "（.duckdb 文件）"


def bundle(path: Path) -> bytes:
    """The zip. Raises BadInput when the file cannot be read."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in contents(path).items():
            info = zipfile.ZipInfo(name, _ONCE)
            info.external_attr = 0o644 << 16
            packed.writestr(info, content, zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED, 3)
    return out.getvalue()


def contents(path: Path) -> dict[str, bytes]:
    """Every export by file name."""
    file = PublishedFile(path, keep=False)
    period, meta = reading.header_of(file)
    editions = {group: reading.edition_of(file, group) for group in period.groups}
    books = [reading.group_book(file, period, group, one) for group, one in editions.items()] if period.disclosure.scored else []
    plain = [GroupBook(period, group, one, (), {}, {}, {}) for group, one in editions.items()]
    found: dict[str, bytes] = {}
    if period.disclosure.scored:
        made = [sheets.totals(period, books), sheets.nodes(period, books), sheets.findings(period, books), sheets.indicators(plain)]
        marks = canonical.marks_of(file.rows("SELECT * FROM finding"))
        found[CANONICAL] = canonical.canonical_csv(books, marks)
    else:
        made = [sheets.grades(period, [(group, reading.grades_of(file, group)) for group in period.groups]), sheets.indicators(plain)]
    for sheet in made:
        found[f"{sheet.name}.csv"] = as_csv(sheet)
        found[f"{sheet.name}.parquet"] = as_parquet(sheet)
    found[DICTIONARY] = dictionary(file, made)
    found[NOTE] = method_note.note(period, meta, books or plain, file.rows("SELECT group_name, size FROM period_group ORDER BY position")).encode()
    return dict(sorted(found.items()))


def as_csv(sheet: Sheet) -> bytes:
    """A sheet that spreadsheets open as UTF-8 (BOM, CRLF)."""
    texts = [[safe(one) for one in values] if column.kind == "text" else values for column, values in zip(sheet.columns, sheet.values, strict=True)]
    return table([column.name for column in sheet.columns], zip(*texts, strict=True))


def as_parquet(sheet: Sheet) -> bytes:
    """The same with exact types."""
    arrays = [_array(column, values) for column, values in zip(sheet.columns, sheet.values, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, names=[column.name for column in sheet.columns]), out, compression="zstd")
    return out.getvalue()


def dictionary(file: PublishedFile, made: Sequence[Sheet]) -> bytes:
    """数据字典: every column of every export and of the file itself; meaning, unit, type."""
    rows: list[tuple[str, ...]] = []
    for sheet in made:
        rows.append((f"{sheet.name}.csv / .parquet", "", sheet.meaning, "", ""))
        rows += [(sheet.name, one.name, one.meaning, one.unit, _KINDS[one.kind]) for one in sheet.columns]
    rows.append((CANONICAL, "", "计算摘要所用的规范文本，定义见方法说明", "", ""))
    for name, column, comment in file.dictionary():
        meaning, unit, kind = (*comment.split("｜"), "", "")[:3]
        rows.append((f"{name}{_FILE_ONLY}", column, meaning, unit, kind))
    return table(_DICTIONARY, ([safe(cell) for cell in row] for row in rows))


def table(header: Sequence[str], rows: Any) -> bytes:
    """Cells as a CSV with BOM."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def _array(column: Column, values: Sequence[Any]) -> pa.Array:
    if column.kind != "number":
        return pa.array(values, _TYPES[column.kind])
    texts = pa.array(values, pa.string())
    return pc.if_else(pc.equal(texts, ""), None, texts).cast(_TYPES["number"])
