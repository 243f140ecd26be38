"""The same annual reports as Word and PDF files, written with python-docx and reportlab."""

import io
from typing import Any

import docx
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.cidfonts import UnicodeCIDFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer, Table

from tests.crawlers.report_pages import APPLICANTS, OUTCOMES_30, OUTCOMES_60, RESULTS, SECTIONS, Model

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of a merged cell."""


def grids(model: Model) -> list[tuple[list[list[str]], list[Span]]]:
    """Tables two, three and four as grids with their merged cells."""
    heads = ["本年制发件数", "本年废止件数", "现行有效件数"] if model.form == "30" else ["本年新制作数量", "本年新公开数量", "对外公开总数量"]
    second = [["第二十条第（一）项", "", "", ""], ["信息内容", *heads], ["规章", "0", "0", "0"], ["规范性文件", "3", "1", "20"]]
    outcomes = OUTCOMES_30 if model.form == "30" else OUTCOMES_60
    third = [
        ["（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）", "", "", "申请人情况", *[""] * 6],
        ["", "", "", "自然人", "法人或其他组织", "", "", "", "", "总计"],
        ["", "", "", "", *APPLICANTS[1:], ""],
    ]
    spans: list[Span] = [(0, 0, 2, 2), (0, 3, 0, 9), (1, 3, 2, 3), (1, 4, 1, 8), (1, 9, 2, 9)]
    for number, (label, row) in enumerate(zip(model.labels, model.rows, strict=True)):
        at = number + 3
        figures = [str(value) for value in row]
        if 2 <= number < 2 + len(outcomes):
            group, item = outcomes[number - 2]
            third.append(["三、本年度办理结果" if number == 2 else "", group, item, *figures])
            if not item:
                spans.append((at, 1, at, 2))
            elif group:
                below = next((more for more, (name, _) in enumerate(outcomes[number - 1 :]) if name), len(outcomes) - number + 1)
                spans.append((at, 1, at + below, 1))
        elif label == "（七）总计":
            third.append(["", label, "", *figures])
            spans += [(at, 1, at, 2), (5, 0, at, 0)]
        else:
            third.append([label, "", "", *figures])
            spans.append((at, 0, at, 2))
    fourth = [
        ["行政复议", *[""] * 4, "行政诉讼", *[""] * 9],
        [*RESULTS, "未经复议直接起诉", *[""] * 4, "复议后起诉", *[""] * 4],
        [*[""] * 5, *RESULTS * 2],
        [str(value) for block in model.cases for value in block],
    ]
    merged: list[Span] = [(0, 0, 0, 4), (0, 5, 0, 14), (1, 5, 1, 9), (1, 10, 1, 14), *((1, column, 2, column) for column in range(5))]
    return [(second, [(0, 0, 0, 3)]), (third, spans), (fourth, merged)]


def title(model: Model) -> str:
    return f"{model.body}{model.year}年政府信息公开工作年度报告"


def _bodies(model: Model, prose: str) -> list[str | tuple[list[list[str]], list[Span]]]:
    second, third, fourth = grids(model)
    return [f"本报告所列数据的统计期限自{model.year}年1月1日起至12月31日止。{prose}", second, third, fourth, "仍存在差距，将继续改进。", "无。"]


def word(model: Model, prose: str = "") -> bytes:
    """A .docx with merged cells."""
    document = docx.Document()
    document.add_heading(title(model), 0)
    for heading, body in zip(SECTIONS, _bodies(model, prose), strict=True):
        document.add_paragraph(heading)
        if isinstance(body, str):
            document.add_paragraph(body)
            continue
        cells, spans = body
        table: Any = document.add_table(rows=len(cells), cols=len(cells[0]))
        for row, line in enumerate(cells):
            for column, text in enumerate(line):
                table.rows[row].cells[column].text = text
        for top, left, bottom, right in spans:
            kept = table.cell(top, left).text
            table.cell(top, left).merge(table.cell(bottom, right)).text = kept
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def pdf(model: Model, prose: str = "", *, lead: float = 0, ruled: bool = True) -> bytes:
    """A PDF; `lead` points of space before table three move the page break through it."""
    if "STSong-Light" not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))
    text = ParagraphStyle("text", fontName="STSong-Light", fontSize=12, leading=20, wordWrap="CJK", firstLineIndent=24)
    small = ParagraphStyle("small", fontName="STSong-Light", fontSize=8, leading=10, wordWrap="CJK")
    story: list[Any] = [Paragraph(title(model), ParagraphStyle("title", parent=text, fontSize=18, leading=28, firstLineIndent=0))]
    for heading, body in zip(SECTIONS, _bodies(model, prose), strict=True):
        story.append(Paragraph(heading, text))
        if isinstance(body, str):
            story.append(Paragraph(body, text))
            continue
        cells, spans = body
        if heading.startswith("三"):
            story.append(Spacer(1, lead))
        widths = {4: [160, 90, 90, 90], 10: [60, 50, 130, *[32] * 7], 15: [31] * 15}[len(cells[0])]
        style: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE")]
        if ruled:
            style += [
                ("GRID", (0, 0), (-1, -1), 0.5, colors.black),
                *(("SPAN", (left, top), (right, bottom)) for top, left, bottom, right in spans if bottom - top < 9),
            ]
        story.append(
            Table([[Paragraph(cell, small) for cell in row] for row in cells], colWidths=widths, style=style, repeatRows=3 if len(cells[0]) == 10 else 0)
        )
    out = io.BytesIO()
    SimpleDocTemplate(out, pagesize=A4).build(story)
    return out.getvalue()
