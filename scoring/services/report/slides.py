"""演示文稿: a slide a question, with native charts that PowerPoint and WPS edit. The numbers in a chart are those on screen, rounded once."""

import io
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from pptx import Presentation
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import XL_CHART_TYPE, XL_LABEL_POSITION
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Inches, Pt

from scoring.disclosure import Extent
from scoring.services.report.charts import MOST, SIMULATED
from scoring.services.report.facts import GroupFacts
from scoring.services.report.fonts import ROLES
from scoring.services.report.material import Material
from scoring.services.report.package import settled
from scoring.services.report.text import clean, listed, quoted
from scoring.wording import displayed, exact, percent, points

_ROLE = "演示文稿"
_Data: Any = CategoryChartData  # the package is typed in part only
_Colour: Any = RGBColor
_INK, _BLUE, _MUTED, _MARK = (_Colour(*one) for one in ((16, 24, 32), (31, 90, 158), (86, 100, 116), (138, 71, 6)))
_WIDTH, _HEIGHT, _EDGE = Inches(13.333), Inches(7.5), Inches(0.7)
_BLANK, _SHOWN = 6, 10
_HUNDRED = Decimal(100)


class Deck:
    """The slides under construction."""

    def __init__(self, material: Material, font: str) -> None:
        self.file: Any = Presentation()
        self.file.slide_width, self.file.slide_height = _WIDTH, _HEIGHT
        self._material, self._font, self._count = material, font, 0
        properties = self.file.core_properties
        properties.title, properties.author, properties.last_modified_by = f"{clean(material.period.title)}政务公开评估", "", ""

    def slide(self, title: str, note: str = "") -> Any:
        """A slide with a sentence as title."""
        made = self.file.slides.add_slide(self.file.slide_layouts[_BLANK])
        self._count += 1
        self.text(made, [title], top=0.4, height=0.9, size=28, bold=True)
        if note:
            self.text(made, [note], top=1.25, height=0.5, size=14, colour=_MUTED)
        foot = f"{clean(self._material.period.title)}　第 {self._material.period.revision} 版　{self._count}"
        self.text(made, [foot], top=6.95, height=0.4, size=11, colour=_MUTED)
        if self._material.simulated:
            self.text(made, [SIMULATED], top=0.1, height=0.4, size=14, bold=True, colour=_MARK, align=PP_ALIGN.RIGHT)
        return made

    def text(
        self, slide: Any, lines: Sequence[str], *, top: float, height: float, size: int, bold: bool = False, colour: Any = _INK, align: Any = PP_ALIGN.LEFT
    ) -> None:
        """A box of lines, as wide as the slide."""
        box = slide.shapes.add_textbox(_EDGE, Inches(top), _WIDTH - 2 * _EDGE, Inches(height)).text_frame
        box.word_wrap, box.vertical_anchor = True, MSO_ANCHOR.TOP
        for n, line in enumerate(lines):
            paragraph = box.paragraphs[0] if n == 0 else box.add_paragraph()
            paragraph.alignment, paragraph.space_after = align, Pt(size / 2)
            run = paragraph.add_run()
            run.text = clean(line)
            run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
            self._named(run.font)

    def chart(self, slide: Any, kind: Any, name: str, given: Sequence[tuple[str, Decimal | int]], form: str) -> None:
        """A native chart of one series."""
        data: Any = _Data(number_format=form)
        data.categories = [clean(label) or "—" for label, _ in given]
        data.add_series(clean(name), [value for _, value in given])
        frame = slide.shapes.add_chart(kind, _EDGE, Inches(1.8), _WIDTH - 2 * _EDGE, Inches(5), data)
        chart = frame.chart
        chart.has_legend = chart.has_title = False
        chart.font.size = Pt(13)
        self._named(chart.font)
        plot = chart.plots[0]
        plot.gap_width, plot.has_data_labels = 45, True
        plot.data_labels.number_format, plot.data_labels.number_format_is_linked = form, False
        plot.data_labels.position = XL_LABEL_POSITION.OUTSIDE_END
        fill = plot.series[0].format.fill
        fill.solid()
        fill.fore_color.rgb = _BLUE
        chart.value_axis.has_major_gridlines = chart.value_axis.visible = False
        chart.value_axis.minimum_scale = 0
        if kind is XL_CHART_TYPE.BAR_CLUSTERED:
            chart.category_axis.reverse_order = True

    def save(self) -> bytes:
        """The file, the same bytes each time."""
        out = io.BytesIO()
        self.file.save(out)
        return settled(out.getvalue(), self._material.period.published_at)

    def _named(self, font: Any) -> None:
        """Latin and Chinese font alike."""
        font.name = self._font
        properties = font._rPr
        for old in properties.findall(qn("a:ea")):
            properties.remove(old)
        given = properties.makeelement(qn("a:ea"), {"typeface": self._font})
        latin = properties.find(qn("a:latin"))
        latin.addnext(given)


def slides(material: Material, facts: Sequence[GroupFacts], fonts: Mapping[str, str]) -> bytes:
    """The .pptx: overview, then for each group ranking, distribution, first-level indicators and shortfalls, then the groups side by side and what to do."""
    deck = Deck(material, fonts.get(_ROLE, ROLES[_ROLE]))
    _cover(deck, material)
    deck.text(deck.slide("总体情况", _scope(material)), _overview(material, facts), top=1.9, height=4.8, size=20)
    for one in facts:
        deck.text(deck.slide(one.headline), one.overview, top=1.5, height=5.2, size=18)
        for make in (_ranking, _distribution, _boards, _shortfalls):
            make(deck, one)
    if len([one for one in facts if one.group.ranking.mean is not None]) > 1:
        slide = deck.slide("各分组平均分", "各组指标体系不同，得分不宜直接比较")
        given = [(one.name, displayed(one.group.ranking.mean)) for one in facts if one.group.ranking.mean is not None]
        deck.chart(slide, XL_CHART_TYPE.COLUMN_CLUSTERED, "平均分", given, "0.0")
    _next_steps(deck, facts)
    return deck.save()


def _cover(deck: Deck, material: Material) -> None:
    slide = deck.slide("")
    deck.text(slide, [f"{clean(material.period.title)}政务公开评估结果"], top=2.4, height=1.2, size=40, bold=True, align=PP_ALIGN.CENTER)
    deck.text(slide, [_scope(material)], top=3.9, height=0.6, size=18, colour=_MUTED, align=PP_ALIGN.CENTER)


def _scope(material: Material) -> str:
    period = material.period
    return f"评估时段 {period.start} 至 {period.end}，数据截止 {period.cutoff or period.end}，发布口径：{period.disclosure.zh}"


def _overview(material: Material, facts: Sequence[GroupFacts]) -> list[str]:
    if facts:
        return [f"{one.headline}。" for one in facts]
    if material.period.disclosure.extent is Extent.OWN:
        return ["本期结果分别发给各单位，不公布得分、名次和等次。"]
    lines = []
    for name, rows in material.grades.items():
        order = [grade.name for grade in material.editions[name].grades]
        told = "、".join(f"{clean(grade)} {n} 家" for grade in order if (n := sum(one == grade for *_, one in rows)))
        lines.append(f"{clean(name)}共 {len(rows)} 家：{told or '均数据不足'}。")
    return lines


def _ranking(deck: Deck, one: GroupFacts) -> None:
    more = f"，只画前 {MOST} 名" if len(one.ranked) > MOST else ""
    given = [(f"{row.score.rank} {row.name}", displayed(row.score.total)) for row in one.ranked[:MOST]]
    _drawn(deck, f"排名：{one.headline}", f"满分 {exact(one.group.edition.full)} 分{more}", given, XL_CHART_TYPE.BAR_CLUSTERED, "0.0")


def _distribution(deck: Deck, one: GroupFacts) -> None:
    peak = max(n for _, n in one.segments)
    most = [label for label, n in one.segments if n == peak]
    title = f"分布：{one.name}得分率多在 {most[0]}（{peak} 家）" if len(most) == 1 and peak > 1 else f"分布：{one.name}得分率"
    _drawn(deck, title, f"参加排名的 {len(one.ranked)} 家", one.segments if one.ranked else (), XL_CHART_TYPE.COLUMN_CLUSTERED, "0")


def _boards(deck: Deck, one: GroupFacts) -> None:
    known = [(clean(board.node.title), board.median) for board in one.boards if board.median is not None]
    low = min(known, key=lambda pair: pair[1], default=None)
    title = f"一级指标：{one.name}{quoted(low[0])}得分率最低（{percent(low[1])}）" if low else f"一级指标：{one.name}没有可比的结果"
    given = [(label, Decimal(percent(rate).rstrip("%")) / _HUNDRED) for label, rate in known]
    _drawn(deck, title, "得分率中位数，只含数据充分的单位", given, XL_CHART_TYPE.BAR_CLUSTERED, "0%")


def _shortfalls(deck: Deck, one: GroupFacts) -> None:
    worst = one.shortfalls[:_SHOWN]
    title = f"短板：{one.name}{quoted(worst[0].leaf.title)}平均失分最多" if worst else f"短板：{one.name}没有失分的指标"
    note = f"平均每家失分；共性短板 {len(one.common)} 项" + (f"：{listed([tally.leaf.title for tally in one.common], counted='项')}" if one.common else "")
    given = [(tally.leaf.title, Decimal(exact(tally.mean))) for tally in worst]
    _drawn(deck, title, note, given, XL_CHART_TYPE.BAR_CLUSTERED, "0.00")


def _next_steps(deck: Deck, facts: Sequence[GroupFacts]) -> None:
    lines = [f"{one.name}：{advice.text}" for one in facts for advice in one.advice[:2]]
    deck.text(deck.slide("下一步"), lines or ["逐单位核对问题清单，按期反馈整改情况。"], top=1.5, height=5.2, size=16)


def _drawn(deck: Deck, title: str, note: str, given: Sequence[tuple[str, Decimal | int]], kind: Any, form: str) -> None:
    slide = deck.slide(title, note)
    if given:
        deck.chart(slide, kind, title, given, form)
    else:
        deck.text(slide, [f"没有可显示的数据（{points(None)}）"], top=3, height=1, size=20, colour=_MUTED)
