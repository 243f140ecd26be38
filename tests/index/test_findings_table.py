"""A findings workbook: read like the CSV, and refused with every wrong cell named, nothing taken over."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook

from scoring.cli import run
from scoring.errors import BadInput
from scoring.services.compute import compute
from scoring.services.findings_table import HEADER, read_findings
from scoring.tabular.problems import BadTable
from tests.index.make import TREE, edition

ROWS: list[list[Any]] = [["甲区", "区县", "a1", "MET", 1, None], ["甲区", "区县", "a2", "PARTIAL", 0.7, None], ["甲区", "区县", "b", "PARTIAL", None, 33.3]]
Save = Callable[..., Path]


@pytest.fixture
def save(tmp_path: Path) -> Save:
    """A workbook with these rows; `edit` may do more to its sheet."""

    def saved(rows: list[list[Any]], header: tuple[str, ...] = HEADER, edit: Callable[[Any], None] | None = None) -> Path:
        book = Workbook()
        sheet: Any = book.active
        sheet.title = "评分结果"
        for row in [list(header), *rows]:
            sheet.append(row)
        if edit:
            edit(sheet)
        book.save(tmp_path / "findings.xlsx")
        return tmp_path / "findings.xlsx"

    return saved


def test_workbook_and_csv_say_the_same(save: Save, tmp_path: Path) -> None:
    text = ",".join(HEADER) + "\n" + "".join(",".join("" if one is None else str(one) for one in row) + "\n" for row in ROWS)
    (tmp_path / "findings.csv").write_text(text, "utf-8")
    assert compute(edition(TREE), save(ROWS)) == compute(edition(TREE), tmp_path / "findings.csv")


def test_chinese_words_blank_rows_and_full_width_digits(save: Save) -> None:
    rows = [[None] * 6, ["甲区", "区县", "a1", "达标", "１", None], [None] * 6, ["甲区", "区县", "b", "需改进", None, "３３.３分"]]
    found = read_findings(edition(TREE), save(rows, ("单位", "分组", "指标代码", "结果", "得分率", "得分")))
    assert found.findings["甲区"]["b"].params["points"] == "33.3"


def merge(sheet: Any) -> None:
    sheet.merge_cells("A2:A3")


def formula(sheet: Any) -> None:
    sheet["E2"] = "=1/1"


BAD: dict[str, tuple[list[list[Any]], tuple[str, ...], Callable[[Any], None] | None, str]] = {
    "text for a number": (
        [["甲区", "区县", "a1", "PARTIAL", "一半", None]],
        HEADER,
        None,
        "第 2 行 E 列（ratio）：ratio 为「一半」，应为数字|第 2 行 E 列：ratio 为「一半」，应为数字",
    ),
    "true for a number": ([["甲区", "区县", "a1", "MET", True, None]], HEADER, None, "第 2 行 E 列.*应为数字"),
    "digits with a line": ([["甲区", "区县", "a1", "MET", "1_0", None]], HEADER, None, "第 2 行 E 列.*应为数字"),
    "ratio above one": ([["甲区", "区县", "a1", "PARTIAL", 1.5, None]], HEADER, None, "第 2 行 E 列（ratio）：ratio 为 1.5"),
    "unknown code": ([["甲区", "区县", "zz", "MET", 1, None]], HEADER, None, "第 2 行 C 列（code）：指标代码「zz」"),
    "duplicate": ([*ROWS, ROWS[0]], HEADER, None, "第 5 行 C 列（code）：单位「甲区」的指标 a1 出现了两次"),
    "merged": (ROWS, HEADER, merge, "有合并单元格（A2:A3）"),
    "formula": (ROWS, HEADER, formula, "第 2 行 E 列：是公式"),
    "missing column": ([row[:5] for row in ROWS], HEADER[:5], None, "第 1 行：缺少列 points"),
    "unknown column": ([[*row, 1] for row in ROWS], (*HEADER, "备注"), None, "第 1 行 G 列：列「备注」不认识"),
    "column twice": ([[*row, 1] for row in ROWS], (*HEADER, "ratio"), None, "列「ratio」重复"),
    "no rows": ([], HEADER, None, "没有评分结果"),
}


@pytest.mark.parametrize("case", BAD)
def test_refused(case: str, save: Save) -> None:
    rows, header, edit, why = BAD[case]
    with pytest.raises(BadInput, match=why) as caught:
        read_findings(edition(TREE), save(rows, header, edit))
    assert "findings.xlsx" in str(caught.value)
    assert "\n" not in str(caught.value)


def test_all_problems_at_once_ten_at_most(save: Save) -> None:
    with pytest.raises(BadTable) as caught:
        read_findings(edition(TREE), save([[f"单位{n}", "区县", "zz", "MET", 1, None] for n in range(12)]))
    assert (caught.value.count, len(caught.value.problems)) == (12, 10)
    assert "共 12 处问题，先列 10 处" in str(caught.value)
    assert "第 11 行 C 列" in str(caught.value)
    assert "第 12 行" not in str(caught.value)


def test_unknown_units_are_refused_when_the_list_is_known(save: Save) -> None:
    with pytest.raises(BadInput, match=r"第 2 行 A 列（unit）：单位「甲区」不在单位名单中"):
        read_findings(edition(TREE), save(ROWS), {"乙区"})
    assert read_findings(edition(TREE), save(ROWS), {"甲区"}).groups == {"甲区": "区县"}


@pytest.mark.parametrize("content", [b"", b"unit,group\n", b"\xd0\xcf\x11\xe0" + b"0" * 600], ids=["empty", "a CSV", "an old .xls"])
def test_what_is_no_workbook(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "f.xlsx").write_bytes(content)
    with pytest.raises(BadInput, match=r"f\.xlsx：不是有效的 \.xlsx"):
        read_findings(edition(TREE), tmp_path / "f.xlsx")


def test_on_the_command_line(save: Save, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "t.yml").write_text(TREE, "utf-8")
    assert run(["compute", "--edition", str(tmp_path / "t.yml"), "--findings", str(save(ROWS)), "--json"]) == 0
    assert run(["compute", "--edition", str(tmp_path / "t.yml"), "--findings", str(save([["甲", "组", "a1", "MET", "x", None]]))]) == 2
    assert "第 2 行 E 列" in capsys.readouterr().err
