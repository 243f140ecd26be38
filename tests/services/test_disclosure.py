"""发布口径: what lies outside it is nowhere in the file that readers read; what is inside is complete."""

import zipfile
from pathlib import Path

import pytest

from scoring.disclosure import Disclosure, Extent, parse
from scoring.errors import BadInput, NotPermitted, Refused
from scoring.model import Role
from scoring.services import handouts, results, verification
from tests.services.closing import PERIOD, published
from tests.services.hand import GROUP, NAMES, missing, stale

CHANGES = {("fgw", "guide"): missing("guide", "政府信息公开指南"), ("czj", "duties"): stale("duties", "机关职能")}


def everything_in(path: Path) -> bytes:
    """Every byte a reader could get at: the file, its tables as text, and the unpacked exports."""
    import duckdb

    with duckdb.connect(str(path), read_only=True) as file:
        tables = [row[0] for row in file.execute("SELECT table_name FROM duckdb_tables()").fetchall()]
        rows = "\n".join(str(file.table(table).fetchall()) for table in tables)
    with zipfile.ZipFile(path.with_suffix(".zip")) as packed:
        exports = b"".join(packed.read(name) for name in packed.namelist())
    return path.read_bytes() + rows.encode() + exports


@pytest.mark.parametrize(("text", "zh"), [("all", "全部排名"), ("top:5", "前5名"), ("grades", "等次"), ("own", "仅本单位"), ("own:fgw", "仅本单位")])
def test_an_extent_is_written_and_read(text: str, zh: str) -> None:
    assert (str(parse(text)), parse(text).zh) == (text, zh)


@pytest.mark.parametrize("text", ["", "top", "top:0", "top:-1", "top:1.5", "前5名", "ALL", "grades:3"])
def test_an_unknown_extent_names_the_choices(text: str) -> None:
    with pytest.raises(BadInput, match="top:5"):
        parse(text)


def test_the_first_n_hold_nothing_of_the_others(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home", CHANGES, Disclosure(Extent.TOP, 1))
    ranking = results.ranking(ws, PERIOD, GROUP)
    assert [(row.unit, row.score.rank) for row in ranking.rows] == [("jyj", 1)]
    assert ranking.mean == ranking.rows[0].score.total
    found = everything_in(path)
    for unit in ("fgw", "czj"):
        assert NAMES[unit].encode() not in found
        assert f"portal.example/{unit}/".encode() not in found
        with pytest.raises(BadInput, match=r"没有单位 .*前1名"):
            results.profile(ws, PERIOD, unit)
    assert NAMES["jyj"].encode() in found
    assert results.profile(ws, PERIOD, "jyj").size == 3
    ws.close()


def test_ties_at_the_last_rank_are_all_in(tmp_path: Path) -> None:
    ws, _ = published(tmp_path / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")}, Disclosure(Extent.TOP, 1))
    assert {row.unit for row in results.ranking(ws, PERIOD, GROUP).rows} == {"jyj", "czj"}
    ws.close()


def test_grades_hold_no_number(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home", CHANGES, Disclosure(Extent.GRADES))
    assert [name for _, name, _ in results.grades(ws, PERIOD, GROUP)] == [NAMES[unit] for unit in ("fgw", "jyj", "czj")]
    for attempt in (lambda: results.ranking(ws, PERIOD, GROUP), lambda: results.profile(ws, PERIOD, "fgw")):
        with pytest.raises(Refused, match="发布口径为等次"):
            attempt()
    import duckdb

    with duckdb.connect(str(path), read_only=True) as file:
        assert file.execute("SELECT count(*) FROM finding").fetchall() == file.execute("SELECT count(*) FROM node").fetchall() == [(0,)]
        assert file.execute("SELECT count(*) FROM total WHERE coalesce(total, lower, upper, coverage, rank::VARCHAR, rates) IS NOT NULL").fetchall() == [(0,)]
    with zipfile.ZipFile(path.with_suffix(".zip")) as packed:
        assert "得分.csv" not in packed.namelist()
        assert "示例市财政局" in packed.read("等次.csv").decode("utf-8-sig")
    ws.close()


def test_own_results_go_to_each_unit_alone(tmp_path: Path) -> None:
    ws, path = published(tmp_path / "home", CHANGES, Disclosure(Extent.OWN))
    found = everything_in(path)
    assert not [name for name in NAMES.values() if name.encode() in found]
    with pytest.raises(Refused, match="分别发给各单位"):
        results.grades(ws, PERIOD, GROUP)
    made = handouts.unit_file(ws, PERIOD, "fgw", tmp_path, role=Role.EVALUATOR)
    own = everything_in(made)
    assert NAMES["fgw"].encode() in own
    assert NAMES["jyj"].encode() not in own
    assert b"portal.example/jyj/" not in own
    verdict = verification.verify(made, named=False)
    assert (verdict.holds, verdict.units) == (True, 1)
    assert any("名次要与其他单位比较" in note for note in verdict.notes)
    assert verdict.meta["digest"] == verification.verify(ws.sealed / path.name).meta["digest"]
    with pytest.raises(Refused, match="不会覆盖"):
        handouts.unit_file(ws, PERIOD, "fgw", tmp_path, role=Role.EVALUATOR)
    with pytest.raises(BadInput, match="没有单位 nobody"):
        handouts.unit_file(ws, PERIOD, "nobody", tmp_path, role=Role.EVALUATOR)
    with pytest.raises(NotPermitted):
        handouts.unit_file(ws, PERIOD, "czj", tmp_path, role=Role.STAFF)
    ws.close()
