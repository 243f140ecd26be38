"""Writes the Word templates that ship in data/templates (`make templates`): GB/T 9704 page, styles to restyle, and the words around what is filled in.

A user restyles a copy in `<home>/templates` with Word; this script only makes the first ones. Fonts are named, never embedded.
"""

from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt

from tests.project.checkout import ROOT
from tests.project.word_page import NOTE, SMALL, Page

FOLDER = ROOT / "data" / "templates"


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
    for title, name in (("1.亮点", "highlights"), ("2.主要问题", "problems")):
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
    page.text("{{ board.no }}.{{ board.heading }}", "Heading 3")
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
    page.table(("名次", "单位", "得分", "等次", "比上期"), "group.rows", _cells("rank", "name", "total", "grade", "change"), (16, 56, 22, 36, 26))
    page.text("附表{{ loop.index }}-2　{{ group.name }}一级指标得分率", SMALL)
    page.table(("单位",), "group.rows", _cells("name"), (40, 13, 13, 13), more=("group.firsts", "row.rates"))
    page.each("line", "group.legend", "{{ line }}", SMALL)
    page.text("{%p endfor %}")
    page.text("{%p for group in graded %}")
    page.text("附表{{ loop.index }}-1　{{ group.name }}等次", SMALL)
    page.table(("单位", "等次"), "group.rows", _cells("name", "grade"), (100, 50))
    page.text("{%p endfor %}")
    page.text("{%p for edition in editions %}")
    page.text("附表{{ loop.index }}-3　{{ edition.groups }}指标体系：{{ edition.title }}（{{ edition.id }}）", SMALL)
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
    for line in page.file.paragraphs[-2:]:
        line.paragraph_format.keep_with_next = True
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
    page.text("二、一级指标", "Heading 1")
    page.each("line", "board_lines", "{{ line }}")
    page.picture("boards_chart")
    page.text("{%p if boards %}")
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
        ("序号", "指标", "扣分", "发现的问题", "怎么改", "取证网址"),
        "problems",
        _cells("no", "title", "lost", "reason", "fix", "url"),
        (12, 28, 12, 42, 34, 28),
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


def main() -> None:
    """Write the templates."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, make in TEMPLATES.items():
        (FOLDER / name).write_bytes(make())


if __name__ == "__main__":
    main()
