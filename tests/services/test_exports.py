"""Exports are the same bytes each time, complete, explained column by column, and run nothing in a spreadsheet."""

import csv
import hashlib
import io
import re
import zipfile
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from scoring.disclosure import Disclosure, Extent
from scoring.model import PeriodState, Role, Unit, UnitScore
from scoring.services import canonical, drafts, export_files, period_rows, periods, results, sheets
from scoring.services.book import GroupBook
from scoring.services.shapes import PeriodInfo
from scoring.store import ledger
from scoring.store.marked import marked
from scoring.store.published import PublishedFile
from tests.index.make import TREE, edition
from tests.services.closing import LATER, PERIOD, finished, published
from tests.services.hand import GROUP, NOW, missing

D = Decimal


def unpacked(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path.with_suffix(".zip")) as packed:
        return {name: packed.read(name) for name in packed.namelist()}


def table(content: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"))))


def test_publishing_twice_from_the_same_lock_gives_the_same_bytes(tmp_path: Path) -> None:
    """The same findings, locked at the same instant, published on two days by two homes."""
    made = []
    for n in range(2):
        ws = finished(tmp_path / str(n), {("fgw", "guide"): missing("guide", "政府信息公开指南")})
        periods.lock(ws, PERIOD, "甲", NOW, role=Role.EVALUATOR)
        periods.publish(ws, PERIOD, "甲", LATER + timedelta(days=n), role=Role.EVALUATOR)
        made.append(next(ws.published.glob("*.duckdb")))
        ws.close()
    one, two = (path.with_suffix(".zip").read_bytes() for path in made)
    assert one == two
    tables = [name for name, column, _ in PublishedFile(made[0]).dictionary() if not column]
    for name in tables:
        sql = f"SELECT * FROM {name}" + (" WHERE key <> 'published_at'" if name == "meta" else "")  # noqa: S608
        assert PublishedFile(made[0]).rows(sql) == PublishedFile(made[1]).rows(sql)


def test_the_canonical_csv_is_the_digest_and_follows_from_the_database(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home")
    content = unpacked(path)[export_files.CANONICAL]
    assert hashlib.sha256(content).hexdigest() == ledger.revisions(ws.store, PERIOD)[0].digest
    book = drafts.group_book(ws, period_rows.row(ws, PERIOD), GROUP)
    assert canonical.seal([book], marked(ws.store, PERIOD).marks()).text == content
    assert export_files.bundle(path) == path.with_suffix(".zip").read_bytes()
    rows = list(csv.DictReader(io.StringIO(content.decode())))
    assert tuple(rows[0]) == canonical.HEADER
    for row in rows:
        if row["rate"]:
            assert abs(D(row["total"]) / D(row["full"]) - D(row["rate"])) < D("1e-11")
    assert all(
        re.fullmatch(r"\d+\.\d{12}", row[name]) for row in rows for name in ("total", "lower", "upper", "full", "rate", "coverage", "ratio") if row[name]
    )
    ws.close()


def test_every_sheet_comes_as_csv_and_parquet_with_the_same_cells(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")})
    found = unpacked(path)
    for name in ("得分", "指标得分", "评分结果", "指标体系"):
        rows, exact = table(found[f"{name}.csv"]), pq.read_table(io.BytesIO(found[f"{name}.parquet"]))
        assert exact.num_rows == len(rows) > 0
        assert not [field.name for field in exact.schema if str(field.type) in ("double", "float", "halffloat")]
        for row, same in zip(rows, exact.to_pylist(), strict=True):
            for column, value in same.items():
                assert D(row[column]) == value if isinstance(value, D) else row[column] == ("" if value is None else str(value)), (name, column)
    totals = table(found["得分.csv"])
    shown = {row.name: row.score for row in results.ranking(ws, PERIOD, GROUP).rows}
    assert {row["单位名称"]: D(row["得分"]) for row in totals} == {name: score.total for name, score in shown.items()}
    assert all(row["得分率"] for row in totals)
    ws.close()


def test_the_dictionary_explains_every_column_of_every_file(tmp_path: Path) -> None:
    for disclosure in (Disclosure(), Disclosure(Extent.GRADES)):
        ws, path = published(tmp_path / str(disclosure), None, disclosure)
        found = unpacked(path)
        told = {(row["文件或表"], row["列"]) for row in table(found["数据字典.csv"]) if row["含义"]}
        for name, content in found.items():
            if name.endswith(".csv") and name not in (export_files.CANONICAL, export_files.DICTIONARY):
                assert {(name[:-4], column) for column in table(content)[0]} <= told
        for name, column, comment in PublishedFile(path).dictionary():
            assert (f"{name}（.duckdb 文件）", column) in told
            assert not column or len(comment.split("｜")) == 3, (name, column)
        ws.close()


def test_the_note_says_how_it_was_done_and_how_to_check_it(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home", None, Disclosure(Extent.TOP, 1))
    note = unpacked(path)["方法说明.md"].decode()
    digest = ledger.revisions(ws.store, PERIOD)[0].digest
    for words in (digest, f"disclosure verify {path.name}", "前1名", "未判定的事项", "不确定性", "得分率 = 得分 ÷ 满分", "指标与权重"):
        assert words in note
    for leaf in results.ranking(ws, PERIOD, GROUP).edition.leaves():
        assert leaf.title in note
    assert "2026-04-01 10:00" in note  # locked, Beijing time
    assert "published" not in note
    ws.close()


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", " =1", "＝1"])
def test_no_cell_becomes_a_formula(text: str) -> None:
    info = PeriodInfo(text, "x", date(2026, 1, 1), date(2026, 1, 2), None, PeriodState.OPEN, {})
    score = UnitScore(text, D(0), D(0), D(0), D(0), text, None, (), (), {}, {})
    book = GroupBook(info, text, edition(TREE), (Unit(text, text, text),), {}, {text: score})
    sheet = sheets.grades(info, [book])
    (row,) = table(export_files.as_csv(sheet))
    assert all(cell.startswith("'") for cell in row.values())
