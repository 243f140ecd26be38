"""Writes the Word templates that ship in data/templates (`make templates`): GB/T 9704 page, styles to restyle, and the words around what is filled in.

A user restyles a copy in `<home>/templates` with Word; this script only makes the first ones. Fonts are named, never embedded.
"""

import io
from collections.abc import Sequence
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from scoring.services.report.fonts import ROLES
from scoring.services.report.package import settled
from tests.project.checkout import ROOT

FOLDER = ROOT / "data" / "templates"
LATIN = "Times New Roman"
BODY, LINE = 16, 28.95
"""三号 is 16 pt; 22 lines of 28.95 pt fill the 225 mm between the margins, 28 characters the 156 mm."""
SMALL = "表格文字"
NOTE = "提示"
CENTRE = WD_ALIGN_PARAGRAPH.CENTER


class Page:
    """One template under construction."""

    def __init__(self) -> None:
        self.file: Any = Document()
        self._page()
        self._styles()
        self._numbers()

    def text(self, text: str, style: str = "Normal") -> None:
        """A paragraph."""
        self.file.add_paragraph(text, style=style)

    def each(self, name: str, given: str, text: str, style: str = "Normal") -> None:
        """A paragraph for each."""
        self.text(f"{{%p for {name} in {given} %}}")
        self.text(text, style)
        self.text("{%p endfor %}")

    def picture(self, name: str) -> None:
        """A picture where there is one."""
        self.text(f"{{%p if {name} %}}")
        self.text(f"{{{{ {name} }}}}", SMALL)
        self.file.paragraphs[-1].alignment = CENTRE
        self.text("{%p endif %}")

    def table(self, head: Sequence[str], rows: str, cells: Sequence[str], widths: Sequence[int], *, more: tuple[str, str] | None = None) -> None:
        """A table with a row for each `row` of `rows`. `more`: lists of further heads and, in a row, further cells."""
        extra = 3 if more else 0
        table = self.file.add_table(rows=4, cols=len(head) + extra, style="Table Grid")
        table.alignment = WD_TABLE_ALIGNMENT.CENTER
        for n, text in enumerate(head):
            _cell(table.cell(0, n), text, bold=True)
        _cell(table.cell(1, 0), f"{{%tr for row in {rows} %}}")
        for n, text in enumerate(cells):
            _cell(table.cell(2, n), text)
        if more:
            for line, given in ((0, more[0]), (2, more[1])):
                for n, text in enumerate((f"{{%tc for cell in {given} %}}", "{{ cell }}", "{%tc endfor %}")):
                    _cell(table.cell(line, len(head) + n), text, bold=line == 0)
        _cell(table.cell(3, 0), "{%tr endfor %}")
        for n, width in enumerate(widths):
            for row in table.rows:
                row.cells[n].width = Mm(width)
        head_row = table.rows[0]._tr.get_or_add_trPr()
        head_row.append(OxmlElement("w:tblHeader"))
        self.text("", SMALL)

    def save(self) -> bytes:
        """The file, the same bytes each time."""
        self.file.core_properties.title = "{{ title }}"
        for name in ("author", "last_modified_by", "comments"):
            setattr(self.file.core_properties, name, "")
        out = io.BytesIO()
        self.file.save(out)
        return settled(out.getvalue(), None)

    def _page(self) -> None:
        section = self.file.sections[0]
        section.page_width, section.page_height = Mm(210), Mm(297)
        section.top_margin, section.bottom_margin, section.left_margin, section.right_margin = Mm(37), Mm(35), Mm(28), Mm(26)
        section.footer_distance = Mm(26)
        grid = OxmlElement("w:docGrid")
        for name, value in (("type", "linesAndChars"), ("linePitch", "579"), ("charSpace", "-849")):
            grid.set(qn(f"w:{name}"), value)
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        section._sectPr.append(grid)

    def _styles(self) -> None:
        styles = self.file.styles
        _style(styles["Normal"], ROLES["正文"], BODY, indent=True, align=WD_ALIGN_PARAGRAPH.JUSTIFY)
        _style(styles["Title"], ROLES["标题"], 22, align=CENTRE, spacing=36)
        _style(styles["Subtitle"], ROLES["二级标题"], BODY, align=CENTRE)
        _style(styles["Heading 1"], ROLES["一级标题"], BODY, indent=True)
        _style(styles["Heading 2"], ROLES["二级标题"], BODY, indent=True)
        _style(styles["Heading 3"], ROLES["正文"], BODY, indent=True, bold=True)
        _style(styles.add_style(SMALL, 1), ROLES["正文"], 10.5, spacing=0)
        _style(styles.add_style(NOTE, 1), ROLES["一级标题"], 12, align=CENTRE, spacing=0, colour="8A4706")

    def _numbers(self) -> None:
        """— 1 — at the outer edge: right on odd pages, left on even ones."""
        section = self.file.sections[0]
        self.file.settings.odd_and_even_pages_header_footer = True
        for footer, align in ((section.footer, WD_ALIGN_PARAGRAPH.RIGHT), (section.even_page_footer, WD_ALIGN_PARAGRAPH.LEFT)):
            line = footer.paragraphs[0]
            line.style, line.alignment = self.file.styles[SMALL], align
            line.paragraph_format.left_indent = line.paragraph_format.right_indent = Pt(14)
            for part in ("— ", None, " —"):
                run = line.add_run(part or "")
                run.font.size = Pt(14)
                _fonts(run._r.get_or_add_rPr(), "宋体")
                if part is None:
                    _field(run)


def overall() -> bytes:
    """总报告."""
    page = Page()
    _head(page)
    page.text("一、评估概况", "Heading 1")
    for title, name in (("（一）评估原则和依据", "basis"), ("（二）评估对象", "units"), ("（三）评估指标", "indicators"), ("（四）评估方法", "method")):
        page.text(title, "Heading 2")
        page.each("line", name, "{{ line }}")
    page.text("二、总体评估结果", "Heading 1")
    page.each("line", "limits", "{{ line }}")
    page.text("{%p for group in groups %}")
    page.text("（{{ group.no }}）{{ group.headline }}", "Heading 2")
    page.each("line", "group.overview", "{{ line }}")
    page.picture("group.ranking_chart")
    page.picture("group.segments_chart")
    for title, name in (("1．亮点", "highlights"), ("2．主要问题", "problems")):
        page.text(f"{{%p if group.{name} %}}")
        page.text(title, "Heading 3")
        page.each("line", f"group.{name}", "{{ line }}")
        page.text("{%p endif %}")
    page.text("{%p endfor %}")
    page.text("{%p for group in graded %}")
    page.text("（{{ group.no }}）{{ group.name }}", "Heading 2")
    page.text("{{ group.line }}")
    page.text("{%p endfor %}")
    page.text("三、各板块结果", "Heading 1")
    page.each("line", "limits", "{{ line }}")
    page.text("{%p for group in groups %}")
    page.text("（{{ group.no }}）{{ group.name }}", "Heading 2")
    page.picture("group.boards_chart")
    page.text("{%p for board in group.boards %}")
    page.text("{{ board.no }}．{{ board.heading }}", "Heading 3")
    page.text("{{ board.intro }}")
    page.each("line", "board.lines", "{{ line }}")
    page.text("{%p endfor %}")
    page.text("{%p endfor %}")
    page.text("四、分类对比", "Heading 1")
    page.each("line", "comparison", "{{ line }}")
    page.text("{%p if groups %}")
    heads = ("分组", "单位", "参加排名", "平均分", "最高", "最低", "比上期", "共性短板")
    cells = tuple(f"{{{{ row.{name} }}}}" for name in ("name", "size", "ranked", "mean", "best", "least", "change", "common"))
    page.table(heads, "compared", cells, (24, 14, 20, 18, 18, 18, 26, 20))
    page.text("{%p endif %}")
    page.text("五、完善建议", "Heading 1")
    page.each("line", "advice", "{{ line }}")
    page.text("六、附表", "Heading 1")
    page.text("{%p for group in groups %}")
    page.text("附表{{ loop.index }}-1　{{ group.name }}得分排名", SMALL)
    page.table(
        ("名次", "单位", "得分", "等次", "比上期"), "group.rows", _cells("rank", "name", "total", "grade", "change"), (12, 30, 14, 16, 16),
        more=("group.firsts", "row.rates"),
    )  # fmt: skip
    page.each("line", "group.legend", "{{ line }}", SMALL)
    page.text("{%p endfor %}")
    page.text("{%p for group in graded %}")
    page.text("附表{{ loop.index }}-1　{{ group.name }}等次", SMALL)
    page.table(("单位", "等次"), "group.rows", _cells("name", "grade"), (100, 50))
    page.text("{%p endfor %}")
    page.text("{%p for edition in editions %}")
    page.text("附表{{ loop.index }}-2　{{ edition.groups }}指标体系：{{ edition.title }}（{{ edition.id }}）", SMALL)
    page.table(("一级指标", "指标", "分值", "评分方式"), "edition.rows", _cells("first", "title", "weight", "check"), (36, 70, 16, 34))
    page.text("{%p endfor %}")
    page.each("line", "proof", "{{ line }}", SMALL)
    return page.save()


def circular() -> bytes:
    """通报."""
    page = Page()
    _head(page)
    page.text("各有关单位：")
    page.file.paragraphs[-1].paragraph_format.first_line_indent = Pt(0)
    page.text("{{ opening }}")
    page.text("一、总体情况", "Heading 1")
    page.each("line", "limits", "{{ line }}")
    page.text("{%p for group in groups %}")
    page.text("（{{ group.no }}）{{ group.headline }}", "Heading 2")
    page.each("line", "group.overview", "{{ line }}")
    page.text("{%p endfor %}")
    page.text("{%p for group in graded %}")
    page.text("（{{ group.no }}）{{ group.name }}", "Heading 2")
    page.text("{{ group.line }}")
    page.text("{%p endfor %}")
    page.text("二、主要做法和存在问题", "Heading 1")
    page.each("line", "limits", "{{ line }}")
    page.text("{%p for group in groups %}")
    page.text("（{{ group.no }}）{{ group.name }}", "Heading 2")
    page.each("line", "group.highlights", "{{ line }}")
    page.each("line", "group.problems", "{{ line }}")
    page.text("{%p endfor %}")
    page.text("三、下一步要求", "Heading 1")
    page.each("line", "next_steps", "{{ line }}")
    page.text("附件：评估结果")
    page.text("（发文机关署名）")
    page.file.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page.text("（成文日期）")
    page.file.paragraphs[-1].alignment = WD_ALIGN_PARAGRAPH.RIGHT
    page.file.add_page_break()
    page.text("附件", "Heading 1")
    page.text("评估结果", "Subtitle")
    page.text("{%p for group in groups %}")
    page.text("{{ group.name }}", SMALL)
    page.table(("名次", "单位", "得分", "等次", "比上期"), "group.rows", _cells("rank", "name", "total", "grade", "change"), (16, 60, 24, 28, 28))
    page.text("{%p endfor %}")
    page.text("{%p for group in graded %}")
    page.text("{{ group.name }}", SMALL)
    page.table(("单位", "等次"), "group.rows", _cells("name", "grade"), (100, 50))
    page.text("{%p endfor %}")
    page.each("line", "proof", "{{ line }}", SMALL)
    return page.save()


def unit() -> bytes:
    """分报告."""
    page = Page()
    _head(page)
    page.text("一、总体结果", "Heading 1")
    page.each("line", "overview", "{{ line }}")
    page.text("{%p if boards %}")
    page.text("二、一级指标", "Heading 1")
    page.picture("boards_chart")
    page.table(("一级指标", "得分", "满分", "得分率", "本组中位数"), "boards", _cells("title", "points", "full", "rate", "median"), (60, 22, 22, 24, 28))
    page.text("{%p endif %}")
    page.text("{%p if parts %}")
    page.text("组成部分", "Heading 2")
    page.table(("组成部分", "来源", "得分", "满分", "得分率"), "parts", _cells("title", "source", "points", "full", "rate"), (46, 46, 20, 20, 24))
    page.text("{%p endif %}")
    page.text("{%p if children %}")
    page.text("所属单位", "Heading 2")
    page.each("line", "children_lines", "{{ line }}")
    page.table(("所属单位", "得分率", "是否抽中"), "children", _cells("name", "rate", "drawn"), (80, 38, 38))
    page.text("{%p endif %}")
    page.text("三、先改这几项", "Heading 1")
    page.each("line", "first_fixes", "{{ line }}")
    page.text("四、发现的问题", "Heading 1")
    page.each("line", "problem_lines", "{{ line }}")
    page.text("{%p if problems %}")
    page.table(
        ("序号", "指标", "扣分", "发现的问题", "怎么改", "取证网址"), "problems", _cells("no", "title", "lost", "reason", "fix", "url"), (12, 28, 12, 42, 34, 28)
    )
    page.text("{%p endif %}")
    page.text("{%p if unseen %}")
    page.text("五、未判定的指标", "Heading 1")
    page.each("line", "unseen", "{{ line }}")
    page.text("{%p endif %}")
    page.each("line", "proof", "{{ line }}", SMALL)
    return page.save()


TEMPLATES = {"总报告.docx": overall, "通报.docx": circular, "分报告.docx": unit}


def _head(page: Page) -> None:
    page.text("{%p if simulated %}")
    page.text("模拟数据：城市及其单位均为虚构，结果不对应任何真实单位", NOTE)
    page.text("{%p endif %}")
    page.text("{{ title }}", "Title")
    page.text("{{ subtitle }}", "Subtitle")


def _cells(*names: str) -> tuple[str, ...]:
    return tuple(f"{{{{ row.{name} }}}}" for name in names)


def _cell(cell: Any, text: str, *, bold: bool = False) -> None:
    line = cell.paragraphs[0]
    line.style = SMALL
    line.add_run(text).bold = bold


def _style(style: Any, font: str, size: float, *, indent: bool = False, align: Any = None, spacing: float = LINE, bold: bool = False, colour: str = "000000") -> None:
    style.font.size, style.font.bold, style.font.italic = Pt(size), bold, False
    style.font.color.rgb = RGBColor.from_string(colour)
    style.base_style = None
    _fonts(style.element.get_or_add_rPr(), font)
    form = style.paragraph_format
    form.space_before = form.space_after = Pt(0)
    form.alignment = align
    form.first_line_indent = Pt(size * 2) if indent else Pt(0)
    form.keep_with_next = style.name.startswith("Heading")
    if spacing:
        form.line_spacing_rule, form.line_spacing = WD_LINE_SPACING.EXACTLY, Pt(spacing)
    else:
        form.line_spacing_rule = WD_LINE_SPACING.SINGLE
    for border in style.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().remove(border)


def _fonts(properties: Any, font: str) -> None:
    for old in properties.findall(qn("w:rFonts")):
        properties.remove(old)
    given = OxmlElement("w:rFonts")
    for name, value in (("ascii", LATIN), ("hAnsi", LATIN), ("eastAsia", font), ("cs", LATIN)):
        given.set(qn(f"w:{name}"), value)
    properties.insert(0, given)


def _field(run: Any) -> None:
    for kind in ("begin", "instr", "end"):
        part = OxmlElement("w:instrText" if kind == "instr" else "w:fldChar")
        if kind == "instr":
            part.text = "PAGE"
        else:
            part.set(qn("w:fldCharType"), kind)
        run._r.append(part)


def main() -> None:
    """Write the templates."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in TEMPLATES.items():
        (FOLDER / name).write_bytes(make())


if __name__ == "__main__":
    main()
