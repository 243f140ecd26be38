"""A Word template under construction: GB/T 9704 page and styles, paragraphs and tables with the marks that docxtpl fills in."""

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
        table.autofit = False
        for n, width in enumerate(widths):
            table.columns[n].width = Mm(width)
            for row in table.rows:
                row.cells[n].width = Mm(width)
        for row in table.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
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
        for name, value in (("type", "lines"), ("linePitch", "579")):
            grid.set(qn(f"w:{name}"), value)
        for old in section._sectPr.findall(qn("w:docGrid")):
            section._sectPr.remove(old)
        section._sectPr.append(grid)

    def _styles(self) -> None:
        styles = self.file.styles
        _style(styles["Normal"], ROLES["正文"], BODY, indent=True, align=WD_ALIGN_PARAGRAPH.JUSTIFY, tight=True)
        _style(styles["Title"], ROLES["标题"], 22, align=CENTRE, spacing=36)
        _style(styles["Subtitle"], ROLES["二级标题"], BODY, align=CENTRE)
        _style(styles["Heading 1"], ROLES["一级标题"], BODY, indent=True)
        _style(styles["Heading 2"], ROLES["二级标题"], BODY, indent=True)
        _style(styles["Heading 3"], ROLES["正文"], BODY, indent=True, bold=True)
        _style(styles.add_style(SMALL, 1), ROLES["正文"], 10.5, spacing=0, snapped=False)
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


def _cell(cell: Any, text: str, *, bold: bool = False) -> None:
    line = cell.paragraphs[0]
    line.style = SMALL
    line.add_run(text).bold = bold


def _style(
    style: Any,
    font: str,
    size: float,
    *,
    indent: bool = False,
    align: Any = None,
    spacing: float = LINE,
    bold: bool = False,
    colour: str = "000000",
    tight: bool = False,
    snapped: bool = True,
) -> None:
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
    if tight:  # 28 characters of 16 pt are 448 pt, the line has 442
        closer = OxmlElement("w:spacing")
        closer.set(qn("w:val"), "-5")
        style.element.rPr.insert_element_before(closer, "w:w", "w:kern", "w:position", "w:sz", "w:szCs")
    if not snapped:
        off = OxmlElement("w:snapToGrid")
        off.set(qn("w:val"), "0")
        style.element.get_or_add_pPr().insert_element_before(off, "w:spacing", "w:ind", "w:jc")
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
