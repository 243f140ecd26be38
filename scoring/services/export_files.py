"""The exports beside a published file, made from that file alone: one zip of CSV, Parquet, data dictionary, 方法说明 and 规范数据, the same bytes each time."""

import csv
import io
import re
import zipfile
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scoring.services import canonical, method_note, reading, sheets
from scoring.services.book import GroupBook
from scoring.services.canonical import safe
from scoring.services.shapes import PeriodInfo
from scoring.services.sheets import Column, Sheet
from scoring.store.marked import checked_in
from scoring.store.published import PublishedFile

CANONICAL, DICTIONARY, NOTE = "规范数据.csv", "数据字典.csv", "方法说明.md"
_ONCE = (1980, 1, 1, 0, 0, 0)
_NUMBER = pa.decimal128(38, 12)
_LINE = "\r\n"
_SPECIAL = '[,"\r\n]'
_FORMULA = f"^ *[{re.escape(''.join(canonical.FORMULA))}]"
"""What `canonical.safe` looks for."""
_CHUNK = 1 << 17
"""Rows of a CSV joined at once: their text stays far below the 2 GB that an array of texts can hold."""
_KINDS = {"text": "文本", "whole": "整数", "number": "十进制数，12 位小数"}
_DICTIONARY = ("文件或表", "列", "含义", "单位", "类型")
_FILE_ONLY = "（.duckdb 文件）"


@dataclass(frozen=True, slots=True)
class Source:
    """What exports are made of: the books inside the 发布口径, units of each group (`sizes`), the canonical text, and the file's own dictionary."""

    period: PeriodInfo
    meta: Mapping[str, str]
    books: Sequence[GroupBook]
    sizes: Mapping[str, int]
    text: bytes
    dictionary: Sequence[tuple[str, str, str]]


def source(path: Path) -> Source:
    """The same from a published file alone. Raises BadInput when it cannot be read."""
    with PublishedFile(path, keep=False) as file:
        period, meta = reading.header_of(file)
        books = [reading.group_book(file, period, group, reading.edition_of(file, group)) for group in period.groups]
        text = canonical.seal(books, checked_in(file)[0]).text if period.disclosure.scored else b""
        sizes = {row["group_name"]: row["size"] for row in file.rows("SELECT group_name, size FROM period_group")}
        return Source(period, meta, books, sizes, text, file.dictionary())


def bundle(path: Path) -> bytes:
    """The zip beside a published file, made from that file. Raises BadInput when it cannot be read."""
    return pack(contents(source(path)))


def digest_of(path: Path) -> str:
    """The digest of the whole revision, as a published file carries it."""
    return reading.header(path)[1]["digest"]


def note_of(path: Path) -> str:
    """The 方法说明 beside a published file."""
    with zipfile.ZipFile(path.with_suffix(".zip")) as packed:
        return packed.read(NOTE).decode()


def pack(files: Mapping[str, bytes]) -> bytes:
    """Files as a zip: sorted, and without the time of day."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as packed:
        for name, content in sorted(files.items()):
            info = zipfile.ZipInfo(name, _ONCE)
            info.external_attr = 0o644 << 16
            packed.writestr(info, content, zipfile.ZIP_STORED if name.endswith(".parquet") else zipfile.ZIP_DEFLATED, 1)
    return out.getvalue()


def contents(given: Source) -> dict[str, bytes]:
    """Every export by file name."""
    period, books = given.period, given.books
    found = {NOTE: method_note.note(period, given.meta, books, given.sizes).encode()}
    if period.disclosure.scored:
        made = [sheets.totals(period, books), sheets.nodes(period, books), sheets.findings(period, books), sheets.indicators(books)]
        found[CANONICAL] = given.text
    else:
        made = [sheets.grades(period, books), sheets.indicators(books)]
    for sheet in made:
        found[f"{sheet.name}.csv"] = as_csv(sheet)
        found[f"{sheet.name}.parquet"] = as_parquet(sheet)
    found[DICTIONARY] = dictionary(given.dictionary, made)
    return found


def as_csv(sheet: Sheet) -> bytes:
    """A sheet that spreadsheets open as UTF-8 (BOM, CRLF), quoted as `csv` of the standard library does: joined by column, which takes a fifth of the time."""
    written = [table([column.name for column in sheet.columns], ())]
    for start in range(0, len(sheet.values[0]), _CHUNK):
        cells = [_cells(column, values.slice(start, _CHUNK)) for column, values in zip(sheet.columns, sheet.values, strict=True)]
        rows = pc.binary_join_element_wise(*cells, ",")
        written += [pc.binary_join(pa.ListArray.from_arrays([0, len(rows)], rows), _LINE)[0].as_buffer().to_pybytes(), _LINE.encode()]
    return b"".join(written)


def _cells(column: Column, values: pa.Array) -> pa.StringArray:
    """A column as it stands in a CSV: no text is a formula, and quotes stand only where they are needed. Numbers need neither."""
    texts = pc.fill_null(values.cast(pa.string()), "")
    return _where(texts, f"{_FORMULA}|{_SPECIAL}", _guarded) if column.kind == "text" else texts


def _guarded(texts: pa.StringArray) -> pa.StringArray:
    safe = _where(texts, _FORMULA, lambda some: pc.binary_join_element_wise("'", some, ""))
    return _where(safe, _SPECIAL, lambda some: pc.binary_join_element_wise('"', pc.replace_substring(some, '"', '""'), '"', ""))


def _where(texts: pa.StringArray, pattern: str, change: Callable[[pa.StringArray], pa.StringArray]) -> pa.StringArray:
    """The texts, those changed that hold the pattern."""
    found = pc.match_substring_regex(texts, pattern)
    return pc.replace_with_mask(texts, found, change(texts.filter(found))) if found.true_count else texts


def as_parquet(sheet: Sheet) -> bytes:
    """The same with exact types."""
    arrays = [_exact(values) if column.kind == "number" else values for column, values in zip(sheet.columns, sheet.values, strict=True)]
    out = io.BytesIO()
    pq.write_table(pa.table(arrays, names=[column.name for column in sheet.columns]), out, compression="zstd")
    return out.getvalue()


def dictionary(tables: Sequence[tuple[str, str, str]], made: Sequence[Sheet]) -> bytes:
    """数据字典: every column of every export and of the file itself; meaning, unit, type."""
    rows: list[tuple[str, ...]] = []
    for sheet in made:
        rows.append((f"{sheet.name}.csv / .parquet", "", sheet.meaning, "", ""))
        rows += [(sheet.name, one.name, one.meaning, one.unit, _KINDS[one.kind]) for one in sheet.columns]
    rows.append((CANONICAL, "", "计算摘要所用的规范文本，定义见方法说明", "", ""))
    for name, column, comment in tables:
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


def _exact(texts: pa.StringArray) -> pa.Array:
    """Numbers of 12 places from their texts; null for an empty one."""
    return pc.if_else(pc.equal(texts, ""), None, texts).cast(_NUMBER)
