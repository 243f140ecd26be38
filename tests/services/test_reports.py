"""Reports say what was published: each file is read again and its numbers held against the ranking; foreign text stays text; odd periods still make sense."""

import io
import re
import zipfile
from decimal import Decimal
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from docx import Document
from openpyxl import load_workbook
from PIL import Image
from pptx import Presentation

from scoring.errors import BadInput, Refused
from scoring.model import Outcome, Role
from scoring.services import results
from scoring.services.report import build, fonts, slides
from scoring.services.report.facts import GroupFacts, facts
from scoring.services.report.fonts import settings
from scoring.services.report.kinds import Kind, kinds
from scoring.services.report.material import Material, fixes_of
from scoring.services.report.problems import problems
from scoring.services.workspace import Workspace
from scoring.wording import displayed, exact, points
from tests.conftest import Built
from tests.services.reported import loaded, words_of

D = Decimal
pytestmark = pytest.mark.xdist_group("demo")


@pytest.fixture(scope="module")
def demo(built: Built) -> tuple[Workspace, Material]:
    return loaded(built.home)


@pytest.fixture(scope="module")
def press(built: Built) -> build.Press:
    return build.Press(Workspace.open(built.home, write=False), "latest", Role.EVALUATOR)


def lines_of(content: bytes, sheet: str) -> list[dict[str, Any]]:
    rows = list(_book(content)[sheet].iter_rows(min_row=2, values_only=True))
    return [dict(zip(map(str, rows[0]), row, strict=True)) for row in rows[1:]]


@lru_cache(maxsize=2)
def _book(content: bytes) -> Any:
    return load_workbook(io.BytesIO(content))


def test_facts_count_as_the_published_file_does(demo: tuple[Workspace, Material]) -> None:
    for group in demo[1].groups:
        one = facts(group)
        told = {tally.leaf.code: tally for tally in one.tallies}
        assert {code for code, tally in told.items() if tally.short} == {lost.leaf.code for lost in group.ranking.lost}
        for lost in group.ranking.lost:
            tally = told[lost.leaf.code]
            assert (len(tally.short), tally.judged, tally.common, tally.mean) == (lost.losing, lost.units, lost.common, lost.mean)
            assert {case.found.outcome for case in tally.short} <= {Outcome.PARTIAL, Outcome.UNMET}
            assert [D(0), *sorted(case.found.lost or D(0) for case in tally.short)][1:] == [case.found.lost for case in reversed(tally.short)]
            assert f"{tally.judged} 家" in tally.sentence
        assert sum(n for _, n in one.segments) == len(one.ranked)
        assert {board.node.code: board.median for board in one.boards} == dict(group.ranking.medians)
        assert one.spread == displayed(one.ranked[0].score.total) - displayed(one.ranked[-1].score.total)


def test_the_overall_report_is_the_ranking(press: build.Press) -> None:
    ((name, content),) = press.make(Kind.OVERALL).items()
    assert name == "2026年二季度-总报告.docx"
    file: Any = Document(io.BytesIO(content))
    headings = [paragraph.text for paragraph in file.paragraphs if paragraph.style.name == "Heading 1"]
    assert headings == ["一、评估概况", "二、总体评估结果", "三、各板块结果", "四、分类对比", "五、完善建议", "六、附表"]
    assert "模拟数据" in file.paragraphs[0].text
    tables = [table for table in file.tables if table.cell(0, 0).text == "名次"]
    for table, group in zip(tables, press.material.groups, strict=True):
        rows = [[cell.text for cell in row.cells][:3] for row in table.rows[1:]]
        expected = [
            [str(row.score.rank or "—"), row.name, points(row.score.total) if row.score.grade else "—"]
            for row in results.ranking(press.ws, "latest", group.name).rows
        ]
        assert rows == expected
    said = words_of(content)
    assert press.material.digest in said
    assert not re.search(r"[{}]{2}|\{%|None", said)
    for one in press.facts:
        assert one.headline in said
        assert all(board.heading in said for board in one.boards)
        assert all(tally.told in said for tally in one.problems)
    assert len(file.inline_shapes) == 3 * len(press.facts)


def test_the_page_is_that_of_official_documents(press: build.Press) -> None:
    """GB/T 9704: A4, margins 37/35/28/26 mm, 22 lines, the fonts by name and none embedded, — 1 — at the outer edge."""
    content = press.make(Kind.CIRCULAR)["2026年二季度-通报.docx"]
    file: Any = Document(io.BytesIO(content))
    section = file.sections[0]
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(one.mm) for one in (section.page_width, section.page_height, *margins)] == [210, 297, 37, 35, 28, 26]
    ea = {
        name: file.styles[name].element.rPr.rFonts.get("{http://schemas.openxmlformats.org/wordprocessingml/2006/main}eastAsia")
        for name in ("Title", "Normal", "Heading 1", "Heading 2")
    }
    assert ea == {"Title": "方正小标宋简体", "Normal": "仿宋_GB2312", "Heading 1": "黑体", "Heading 2": "楷体_GB2312"}
    assert (file.styles["Normal"].font.size.pt, file.styles["Title"].font.size.pt) == (16, 22)
    assert 22 * file.styles["Normal"].paragraph_format.line_spacing.pt <= (297 - 37 - 35) / 25.4 * 72
    assert section.footer.paragraphs[0].text == "— " + " —"
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        assert not [name for name in parts.namelist() if "font" in name.lower() and not name.endswith("fontTable.xml")]


def test_every_unit_has_a_report_that_names_no_other(press: build.Press) -> None:
    made = press.make(Kind.UNIT)
    names = {row.unit: row.name for group in press.material.groups for row in group.ranking.rows}
    assert len(made) == len(names)
    for group in press.material.groups:
        for row in group.ranking.rows:
            said = words_of(next(content for name, content in made.items() if name.endswith(f"-{row.unit}.docx")))
            assert not [other for unit, other in names.items() if unit != row.unit and other in said]
            found = problems(group, row.unit)
            assert all(one.title in said for one in found)
            if row.score.rank:
                assert f"{row.name}得 {points(row.score.total)} 分" in said
                assert f"列第 {row.score.rank} 名" in said
                assert f"问题 {len(found)} 项" in said
            elif row.score.grade is None:
                assert "数据不足" in said
                assert points(row.score.total) not in said


def test_the_problem_list_holds_every_lost_point(press: build.Press) -> None:
    (content,) = press.make(Kind.PROBLEMS).values()
    rows = lines_of(content, "问题清单")
    assert len({row["编号"] for row in rows}) == len(rows)
    for group in press.material.groups:
        for row in group.ranking.rows:
            profile = results.profile(press.ws, "latest", row.unit)
            lost = {f"2026Q2/{row.unit}/{one.code}": exact(one.lost) for one in profile.leaves if one.lost and not one.beside}
            mine = {one["编号"]: one for one in rows if one["编号"].startswith(f"2026Q2/{row.unit}/")}
            assert set(lost) <= set(mine)
            told = {code: exact(D(str(mine[code]["扣分"]))) for code in lost if mine[code]["扣分"] is not None}
            assert told == (lost if row.score.grade else {})
            assert {code.rpartition("/")[2] for code in set(mine) - set(lost)} == set(row.score.veto)
    sheet: Any = _book(content)["问题清单"]
    assert sheet.freeze_panes == "D3"
    assert sheet.auto_filter.ref == f"A2:V{len(rows) + 2}"
    assert all(sheet.column_dimensions[letter].width >= 7 for letter in "ABCDEFGHIJ")
    links = [cell.hyperlink.target for row in sheet.iter_rows(min_row=3) for cell in row if cell.hyperlink]
    assert links
    assert all(link.startswith(("http://", "https://")) for link in links)


def test_the_detail_is_the_ranking_and_every_leaf(press: build.Press) -> None:
    (content,) = press.make(Kind.SCORES).values()
    for group in press.material.groups:
        rows = {row["单位编号"]: row for row in lines_of(content, f"{group.name}得分")}
        for row in group.ranking.rows:
            score = rows[row.unit]
            assert score["名次"] == row.score.rank
            assert (None if score["得分"] is None else D(str(score["得分"]))) == (displayed(row.score.total) if row.score.grade else None)
        detail = lines_of(content, f"{group.name}明细")
        assert len(detail) == len(group.ranking.rows) * len(list(group.edition.leaves()))
        matrix = lines_of(content, f"{group.name}底稿")
        assert [row["单位"] for row in matrix] == [row.name for row in group.ranking.rows]


def test_the_slides_hold_native_charts_of_the_displayed_numbers(press: build.Press) -> None:
    (content,) = press.make(Kind.SLIDES).values()
    deck: Any = Presentation(io.BytesIO(content))
    found = [shape.chart for slide in deck.slides for shape in slide.shapes if shape.has_chart]
    assert len(found) == 4 * len(press.facts) + 1
    for slide in deck.slides:
        assert any("模拟数据" in shape.text_frame.text for shape in slide.shapes if shape.has_text_frame)
    rankings = [chart for chart in found if str(chart.plots[0].categories[0]).startswith("1 ")]
    for chart, one in zip(rankings, press.facts, strict=True):
        assert [D(str(value)) for value in chart.plots[0].series[0].values] == [displayed(row.score.total) for row in one.ranked]
        book = load_workbook(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
        assert [row[1] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)] == [float(displayed(row.score.total)) for row in one.ranked]


def test_pictures_are_svg_and_png_with_chinese_glyphs(press: build.Press) -> None:
    made = press.make(Kind.CHARTS)
    assert len([name for name in made if name.endswith(".svg")]) == 1 + 5 * len(press.facts)
    for name, content in made.items():
        if name.endswith(".svg"):
            ElementTree.fromstring(content)  # noqa: S314 - of our own making
            assert "模拟数据" in content.decode()
    pictures = [Image.open(io.BytesIO(content)) for name, content in made.items() if name.endswith(".png")]
    if not pictures:
        assert press.notes
        pytest.skip("no Chinese font here: the PNG files are left out, and it says so (apt-get install fonts-noto-cjk)")
    assert all(picture.width == 1520 and len(picture.getcolors(1 << 20) or ()) > 8 for picture in pictures)


def test_a_machine_without_a_chinese_font_says_so_in_one_line(built: Built, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fonts, "picture_font", lambda _: None)
    one = build.Press(Workspace.open(built.home, write=False), "latest", Role.EVALUATOR)
    assert len(one.notes) == 1
    assert "没有找到中文字体" in one.notes[0]
    assert all(name.endswith(".svg") for name in one.make(Kind.CHARTS))
    assert not Document(io.BytesIO(one.make(Kind.OVERALL)["2026年二季度-总报告.docx"])).inline_shapes


def test_two_builds_are_the_same_bytes(built: Built, press: build.Press) -> None:
    again = build.Press(Workspace.open(built.home, write=False), "latest", Role.EVALUATOR)
    for kind in (Kind.CIRCULAR, Kind.PROBLEMS, Kind.SLIDES, Kind.BADGES):
        assert press.make(kind) == again.make(kind), kind
    assert press.make(Kind.UNIT, "wangshu") == again.make(Kind.UNIT, "wangshu")


def test_the_web_folder_needs_nothing_from_outside(press: build.Press, tmp_path: Path) -> None:
    build.write(press, tmp_path / "out", [Kind.WEB])
    folder = tmp_path / "out" / "2026年二季度-静态网页"
    pages = list(folder.rglob("*.html"))
    assert len(pages) == 2 + sum(len(group.profiles) for group in press.material.groups)
    for page in pages:
        text = page.read_text("utf-8")
        assert '<html lang="zh-CN">' in text
        assert "模拟数据" in text
        assert not re.search(r"<script|\son\w+=|url\(|@import", text)
        for target in re.findall(r'(?:href|src)="([^"#]+)"', text):
            assert target.startswith("http") or (page.parent / target).resolve().is_file(), (page.name, target)
        assert not re.findall(r'<(?:link|img|iframe)[^>]*(?:href|src)="http', text)
    index = (folder / "index.html").read_text("utf-8")
    for group in press.material.groups:
        assert all(f">{row.name}</a>" in index for row in group.ranking.rows)
        assert all(f'<td class="number">{points(row.score.total)}</td>' in index for row in group.ranking.rows if row.score.rank)


def test_a_folder_is_written_whole_or_not_at_all(press: build.Press, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(*_: object) -> bytes:
        raise BadInput("so")

    with monkeypatch.context() as patch:
        patch.setattr(slides, "slides", fails)
        with pytest.raises(BadInput, match="so"):
            build.write(press, tmp_path / "new", [Kind.PROBLEMS, Kind.SLIDES])
    assert not list(tmp_path.iterdir())
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "x").touch()
    with pytest.raises(Refused, match="不是空的"):
        build.write(press, tmp_path / "full", [Kind.BADGES])
    with pytest.raises(BadInput, match="不是目录"):
        build.write(press, tmp_path / "full" / "x", [Kind.BADGES])
    made = build.write(press, tmp_path / "a" / "b", [Kind.BADGES])
    assert all(path.is_file() for path in made)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "full"]


def test_kinds_and_fonts_that_do_not_exist_are_named(press: build.Press, tmp_path: Path) -> None:
    assert kinds([]) == tuple(Kind)
    assert kinds(["总报告", "overall"]) == (Kind.OVERALL,)
    with pytest.raises(BadInput, match=r"大报告.*总报告"):
        kinds(["大报告"])
    with pytest.raises(BadInput, match="正文=仿宋"):
        settings(tmp_path, ["仿宋"])
    with pytest.raises(BadInput, match="封面"):
        settings(tmp_path, ["封面=仿宋"])
    (tmp_path / "fonts.yml").write_text("正文: 仿宋\n标题: 小标宋\n", "utf-8")
    assert settings(tmp_path, ["标题=宋体"]) == {"正文": "仿宋", "标题": "宋体"}
    (tmp_path / "fonts.yml").write_text("- 正文\n", "utf-8")
    with pytest.raises(BadInput, match=r"fonts\.yml"):
        settings(tmp_path)
    with pytest.raises(BadInput, match="整个评估期次"):
        press.make(Kind.OVERALL, "wangshu")


def test_fixes_stand_in_the_order_of_what_they_bring(press: build.Press) -> None:
    plan = fixes_of(press.ws, press.material, "wangshu", role=Role.EVALUATOR)
    assert plan is not None
    said = words_of(next(iter(press.make(Kind.UNIT, "wangshu").values())))
    assert all(f"可提高 {exact(one.gain)} 分，改后 {points(one.total)} 分" in said for one in plan.fixes)
    assert all(left.gain >= right.gain for left, right in pairwise(plan.fixes))


def test_a_group_without_an_earlier_period_says_so(built: Built) -> None:
    _, found = loaded(built.home, "2026Q1")
    one: GroupFacts = facts(found.groups[0])
    assert any("首期" in line for line in one.overview)
