"""`disclosure edition`: what an evaluator reads in a terminal."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from openpyxl import load_workbook

from scoring.cli import run
from scoring.model import Check
from scoring.services import assess, edition_rows, editions, runs
from tests.services.hand import NOW, portal, stale, with_period, write_run

CHILD = """edition: mine
format: 1
extends: ningbo-2020-bm
title: 我的
change: {p1-guide: {weight: 3}, p1-guide-fresh: {weight: 5}}
"""


@pytest.fixture
def child(tmp_path: Path) -> str:
    """A file that extends an edition of ours."""
    path = tmp_path / "mine.yml"
    path.write_text(CHILD, "utf-8")
    return str(path)


@pytest.mark.parametrize("named", ["ningbo-2020-bm", "file"])
def test_validate_says_passed_in_one_line(named: str, child: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edition", "validate", child if named == "file" else named]) == 0
    out = capsys.readouterr().out
    assert out.startswith("通过：")
    assert out.count("\n") == 1
    base = editions.get("ningbo-2020-bm")
    counts, waiting = edition_rows.counts(base), edition_rows.unverified(base)
    leaves = f"末级指标 {sum(counts.values())} 项（自动 {counts[Check.AUTO]} 项、机器初判 {counts[Check.ASSIST]} 项、人工 {counts[Check.MANUAL]} 项）"
    for said in (leaves, f"未核对 {waiting} 项", *(["依据 ningbo-2020-bm"] if named == "file" else [])):
        assert said in out


def test_show_as_yaml_gives_the_edition_back(child: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edition", "show", child, "--yaml"]) == 0
    (tmp_path / "whole.yml").write_text(capsys.readouterr().out, "utf-8")
    assert editions.load(tmp_path / "whole.yml") == editions.load(Path(child))


def test_show_as_table_and_as_json(child: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edition", "show", child]) == 0
    assert "p10-training" in capsys.readouterr().out
    assert run(["edition", "show", child, "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["edition"], found["parent"], found["index"][0]["children"][0]["weight"]) == ("mine", "ningbo-2020-bm", 3)


def test_diff_in_words_and_as_json(child: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["edition", "diff", "ningbo-2020-bm", child]) == 0
    out = capsys.readouterr().out
    assert "调整分值 2 项" in out
    assert "分值：4 → 3" in out
    assert run(["edition", "diff", child, child]) == 0
    assert "没有差别" in capsys.readouterr().out
    assert run(["edition", "diff", "ningbo-2020-bm", child, "--json"]) == 0
    assert [one["code"] for one in json.loads(capsys.readouterr().out)["changes"]] == ["p1-guide", "p1-guide-fresh"]


def test_export_and_import_give_the_edition_back(child: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book, file = tmp_path / "指标体系.xlsx", tmp_path / "again.yml"
    assert run(["edition", "export", child, str(book)]) == 0
    assert run(["edition", "import", str(book), "--out", str(file)]) == 0
    again, before = editions.load(file), editions.load(Path(child))
    assert replace(again, text="", sha="") == replace(before, text="", sha="")
    assert run(["edition", "diff", child, str(book)]) == 0
    assert "没有差别" in capsys.readouterr().out


def test_nothing_is_written_over_or_on_refusal(child: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    book = tmp_path / "b.xlsx"
    assert run(["edition", "export", child, str(book)]) == 0
    assert run(["edition", "export", child, str(book)]) == 2
    assert "--force" in capsys.readouterr().err
    broken = load_workbook(book)
    broken["指标体系"]["D3"] = "五"
    broken.save(book)
    assert run(["edition", "import", str(book)]) == 2
    assert "b.xlsx 工作表“指标体系”第 3 行 D 列：分值为「五」，应为数字" in capsys.readouterr().err
    assert sorted(path.name for path in tmp_path.iterdir()) == ["b.xlsx", "mine.yml"]


def test_dry_run_tells_who_moves_and_why(child: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    ws = with_period(home)
    runs.ingest(ws, write_run(home, portal("r1", changes={("fgw", "guide"): stale("guide", "政府信息公开指南")})), now=NOW)
    assess.assess(ws, "2026Q1", now=NOW)
    ws.close()
    assert run(["edition", "dry-run", "--edition", child, "--period", "2026Q1", "--home", str(home)]) == 0
    out = capsys.readouterr().out
    assert "得分提高 0 个、降低 1 个、不变 2 个" in out
    assert "p1-guide 设有政府信息公开指南：分值 4 → 3" in out
    assert run(["edition", "dry-run", "--edition", child, "--home", str(home), "--json"]) == 0
    assert [one["unit"] for one in json.loads(capsys.readouterr().out)["units"]][-1] == "fgw"
