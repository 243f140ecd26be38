"""Writes the files of simulated reports into data/demo/reports/ (`python -m crawlers.demo.report_files`): needs reportlab; the demo itself only serves what was written."""

import io
import re
from pathlib import Path
from typing import Any

import docx

from crawlers import yml
from crawlers.demo import reports
from crawlers.demo.content import ROOT

Grid = list[list[str]]
Spans = list[tuple[int, int, int, int]]


def grid(table: str) -> tuple[Grid, Spans]:
    """A table of `crawlers.demo.reports` as a full grid, and its merged cells (first row, first column, last row, last column)."""
    rows = re.findall(r"<tr>(.*?)</tr>", table)
    width = sum(int(span or 1) for span in re.findall(r"<td(?:[^>]*?colspan=\"?(\d+))?[^>]*>", rows[0]))
    taken: dict[tuple[int, int], str] = {}
    spans: Spans = []
    for number, row in enumerate(rows):
        column = 0
        for attributes, text in re.findall(r"<td([^>]*)>(.*?)</td>", row):
            while (number, column) in taken:
                column += 1
            across, down = (int(found[1]) if (found := re.search(rf"{name}=\"?(\d+)", attributes)) else 1 for name in ("colspan", "rowspan"))
            for cell in ((number + y, column + x) for y in range(down) for x in range(across)):
                taken[cell] = ""
            taken[number, column] = text
            if across > 1 or down > 1:
                spans.append((number, column, number + down - 1, column + across - 1))
    return [[taken.get((row, column), "") for column in range(width)] for row in range(len(rows))], spans


def _parts(one: reports.ReportContent) -> list[str | tuple[Grid, Spans]]:
    """Headings, paragraphs and tables in order."""
    found: list[str | tuple[Grid, Spans]] = []
    for piece in re.findall(r"<table.*?</table>|<p>.*?</p>", reports.html(one), re.DOTALL):
        found.append(grid(piece) if piece.startswith("<table") else re.sub(r"<[^>]+>", "", piece))
    return found


def word(one: reports.ReportContent, title: str) -> bytes:
    """The report as .docx."""
    document = docx.Document()
    document.add_heading(title, 0)
    for part in _parts(one):
        if isinstance(part, str):
            document.add_paragraph(part)
            continue
        cells, spans = part
        table: Any = document.add_table(rows=len(cells), cols=len(cells[0]), style="Table Grid")
        for row, texts in zip(table.rows, cells, strict=True):
            for cell, text in zip(row.cells, texts, strict=True):
                cell.text = text
        for top, left, bottom, right in spans:
            kept = cells[top][left]
            table.cell(top, left).merge(table.cell(bottom, right)).text = kept
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(one: reports.ReportContent, title: str) -> bytes:
    """The report as PDF; its third table runs over two pages."""
    from reportlab.lib import colors
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import Paragraph, SimpleDocTemplate, Table

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = ParagraphStyle("text", fontName="STSong-Light", fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
    small = ParagraphStyle("small", fontName="STSong-Light", fontSize=8, leading=10, wordWrap="CJK")
    story: list[Any] = [Paragraph(title, ParagraphStyle("title", parent=text, fontSize=18, leading=30, firstLineIndent=0))]
    for part in _parts(one):
        if isinstance(part, str):
            story.append(Paragraph(part, text))
            continue
        cells, spans = part
        widths = {4: [150, 90, 90, 90], 10: [60, 50, 130, *[32] * 7], 15: [31] * 15}[len(cells[0])]
        style: list[Any] = [("GRID", (0, 0), (-1, -1), 0.5, colors.black), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        # A merged cell higher than a page cannot be set; its column is left unmerged.
        style += [("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in spans if bottom - top < 9]
        story.append(Table([[Paragraph(cell, small) for cell in row] for row in cells], colWidths=widths, style=style))
    out = io.BytesIO()
    SimpleDocTemplate(out, title=title, author="模拟数据", invariant=1).build(story)
    return out.getvalue()


def main(root: Path = ROOT) -> None:
    """Writes every file that `reports.yml` lists."""
    (root / "reports").mkdir(exist_ok=True)
    for one in yml.load((root / "reports.yml").read_text("utf-8"))["files"]:
        content = reports.report(one["publisher"], one["year"])
        title = f"{one['publisher']}{one['year']}年政府信息公开工作年度报告"
        if one.get("broken"):  # written by hand: a page that says the file is not there
            continue
        (root / "reports" / one["name"]).write_bytes((pdf if one["name"].endswith(".pdf") else word)(content, title))


if __name__ == "__main__":
    main()
