"""Reports of odd periods and of hostile text: one unit, all equal, vetoes only, 数据不足 only, and names and reasons that want to be formulas, templates or scripts."""

import io
import zipfile
from typing import Any
from xml.etree import ElementTree

import pytest
from openpyxl import load_workbook
from pptx import Presentation

from scoring.services.report import badge, charts, overall, sheets, slides, unit_report, web, word
from scoring.services.report.facts import facts
from scoring.services.report.material import Material
from scoring.services.report.workbook import Column, Table, workbook
from scoring.services.workspace import Workspace
from tests.conftest import Built
from tests.services.reported import NASTY, equal, hostile, loaded, one, short, vetoed, words_of

pytestmark = pytest.mark.xdist_group("demo")
BENT = {shape.__name__: shape for shape in (hostile, one, equal, vetoed, short)}


@pytest.fixture(scope="module")
def demo(built: Built) -> tuple[Workspace, Material]:
    return loaded(built.home)


def made_of(ws: Workspace, found: Material) -> tuple[dict[str, str], list[tuple[str, bytes]]]:
    """Every kind from given material: all text of each, and the Office files themselves."""
    told = [facts(group) for group in found.groups]
    at = found.period.published_at
    units = [row.unit for group in found.groups for row in group.ranking.rows]
    files = {
        "总报告": word.document(ws, "总报告.docx", overall.overall(found, told, lambda _: None), {}, at),
        "通报": word.document(ws, "通报.docx", overall.circular(found, told), {}, at),
        **{f"分报告{unit}": word.document(ws, "分报告.docx", unit_report.unit_report(found, unit, None, lambda _: None), {}, at) for unit in units[:3]},
    }
    texts = {name: words_of(content) for name, content in files.items()}
    deck: Any = Presentation(io.BytesIO(made := slides.slides(found, told, {})))
    texts["演示文稿"] = "\n".join(shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame)
    pages = web.pages(found, told, lambda _: None, "说明", "x.duckdb", lambda _: None)
    texts |= {name: content.decode() for name, content in pages.items() if name.endswith((".html", ".svg"))}
    texts |= {f"图{n}": make(one, simulated=True).svg() for one in told for n, make in enumerate((charts.ranking, charts.boards, charts.shortfalls))}
    tables = [("问题清单", sheets.problem_list(found)), ("得分明细", sheets.score_detail(found))]
    return texts, [*files.items(), ("演示文稿", made), *tables]


@pytest.mark.parametrize("shape", BENT)
def test_odd_periods_still_make_sense(demo: tuple[Workspace, Material], shape: str) -> None:
    ws, whole = demo
    found = BENT[shape](whole)
    texts, files = made_of(ws, found)
    for name, content in files:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            for part in parts.namelist():
                if part.endswith((".xml", ".rels")):
                    ElementTree.fromstring(parts.read(part))  # noqa: S314 - of our own making
        if name in ("问题清单", "得分明细"):
            cells = [cell for sheet in load_workbook(io.BytesIO(content)).worksheets for row in sheet.iter_rows() for cell in row]
            assert not [cell.value for cell in cells if cell.data_type == "f"]
            texts_of = [str(cell.value) for cell in cells if isinstance(cell.value, str)]
            assert not [text for text in texts_of if text.lstrip().startswith(("=", "+", "-", "@", "＝"))]
            assert not [cell.hyperlink.target for cell in cells if cell.hyperlink and not str(cell.hyperlink.target).startswith(("http://", "https://"))]
    for name, text in texts.items():
        assert not set(text) & set("\x07\x0b\x1b\ufffe\u202e"), name
        if name.endswith((".html", ".svg")) or name.startswith("图"):
            assert "<script" not in text, name
        assert "None" not in text, name
    first = facts(found.groups[0])
    if shape == "hostile":
        assert all("{{ 7*7 }}" in texts[name] for name in ("总报告", "通报", "演示文稿", "index.html", "图0"))
        assert "<script>alert(1)</script>" in texts["总报告"]
        assert "&lt;script&gt;" in texts["index.html"]
    elif shape == "equal":
        assert "得分相同" in texts["总报告"]
        assert first.spread == 0
    elif shape == "one":
        assert "参加排名 1 家" in texts["总报告"]
        assert "最低" not in first.overview[0]
    else:
        assert "没有参加排名的单位" in texts["总报告"]
        assert ("数据不足" in texts["总报告"]) == (shape == "short")
        assert ("触发单项否决" in texts["总报告"]) == (shape == "vetoed")


def test_no_text_is_a_formula_in_any_cell() -> None:
    columns = (Column("a", 9), Column("b", 9, "link"))
    rows = [(text, text) for text in ("=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1", "＝1", "http://a.example/=1", "javascript:alert(1)", "\x00=1")]
    sheet: Any = load_workbook(io.BytesIO(workbook("=t", [Table("=x[1]:*?/'", "=n", columns, rows), Table("=x1", "", columns, [])], None))).worksheets[0]
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert not [cell.value for cell in cells if cell.value.lstrip().startswith(("=", "+", "-", "@", "＝"))]
    assert [cell.hyperlink.target for cell in cells if cell.hyperlink] == ["http://a.example/=1"]


def test_a_badge_tells_the_grade_and_nothing_else(demo: tuple[Workspace, Material]) -> None:
    _, found = demo
    grades = {row.unit: row.score.grade or "数据不足" for group in found.groups for row in group.ranking.rows}
    for unit, grade in grades.items():
        root = ElementTree.fromstring(badge.badge(found, unit))  # noqa: S314 - of our own making
        texts = [one.text or "" for one in root.iter("{http://www.w3.org/2000/svg}text")]
        assert texts[1] == grade
        assert "模拟数据" in texts[0]
    bent = hostile(found)
    ElementTree.fromstring(badge.badge(bent, "huaqiao"))  # noqa: S314 - of our own making
    assert NASTY[:20] not in badge.badge(bent, "huaqiao")
    with pytest.raises(KeyError):
        badge.badge(found, "nobody")
