"""`inspect` on annual reports, through the command line: pages, PDF and Word files, what is not read, what is none."""

import json
from pathlib import Path
from typing import Any

import pytest
from typer.testing import CliRunner

from scoring.cli import app
from tests.crawlers import report_files
from tests.crawlers.report_pages import page, simple

WRONG = simple().changed(2, 6, 1)
FILES = {
    "right.html": page(simple()),
    "wrong.html": page(WRONG),
    "wrong.pdf": report_files.pdf(WRONG),
    "wrong.docx": report_files.word(WRONG),
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "news.html": "<html><title>要闻</title><body><p>今天召开会议。</p></body></html>".encode(),
}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("reports")
    for name, body in FILES.items():
        (path / name).write_bytes(body)
    return path


def inspected(path: Path) -> dict[str, Any]:
    result = CliRunner().invoke(app, ["inspect", str(path), "--as-of", "2026-03-31", "--json"])
    assert result.exit_code == 0, result.output
    found: dict[str, Any] = json.loads(result.output)
    return found


@pytest.mark.parametrize("name", ["wrong.html", "wrong.pdf", "wrong.docx"])
def test_violations_are_told_for_every_kind_of_file(folder: Path, name: str) -> None:
    report = inspected(folder / name)["report"]
    assert (report["format"], report["year"], len(report["sections"]), report["checked"], report["unchecked"]) == ("30", 2022, 6, 42, 0)
    assert [(one["rule"], one["expected"], one["found"]) for one in report["violations"]] == [("outcomes_sum", "28", "27"), ("row_sum", "9", "10")]
    assert all(set(one) == {"rule", "where", "expected", "found"} for one in report["violations"])


def test_a_right_report_a_page_that_is_none_and_a_file_that_is_not_read(folder: Path) -> None:
    assert inspected(folder / "right.html")["report"]["violations"] == []
    assert inspected(folder / "news.html")["report"] is None
    old = inspected(folder / "old.doc")
    assert (old["report"]["checked"], old["report"]["violations"], old["report"]["year"]) == (0, [], None)
    assert "不读取" in old["report"]["note"]
    assert old["items"] == []


def test_the_output_for_people(folder: Path) -> None:
    def shown(name: str) -> str:
        return CliRunner().invoke(app, ["inspect", str(folder / name), "--as-of", "2026-03-31"]).output

    assert "年度报告　2022，〔2021〕30号格式，6 个部分" in shown("right.html")
    assert "全部成立" in shown("right.html")
    assert "“（一）予以公开”行：各类申请人之和=总计　应为 9，实为 10" in shown("wrong.pdf")
    assert "全部成立" not in shown("old.doc")
    assert "未能核对" in shown("old.doc")
    assert "年度报告" not in shown("news.html")
