"""The charts of reports, from facts: bars with their values written out. The same drawing becomes SVG, PNG and the picture in a Word file."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.services.report.drawing import HAIR, INK, MUTED, Drawing, Line, Rect, Text, shortened
from scoring.services.report.facts import GroupFacts
from scoring.services.report.text import clean
from scoring.services.shapes import UnitProfile
from scoring.wording import change, displayed, exact, percent, points

BLUE, RED, GREY = "#1F5A9E", "#B83A48", "#8492A2"
MOST = 30
"""Bars in one picture; beyond, the table says the rest."""
_WIDTH, _ROW, _TOP, _LEFT, _RIGHT = 760, 30, 66, 190, 96
_RATES = ((Decimal("0.9"), "#267D71"), (Decimal("0.75"), "#7DB9AE"), (Decimal("0.6"), "#CE7E03"), (Decimal("0.4"), "#DB8A5E"), (Decimal(0), "#9E3A2B"))
_WORST, _TEN = 3, 10
SIMULATED = "模拟数据"


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `part` of the axis (0–1), its value in words, a mark across it (0–1) where something is compared."""

    label: str
    part: Decimal
    value: str
    fill: str = BLUE
    mark: Decimal | None = None


def bars(title: str, note: str, given: Sequence[Bar], *, simulated: bool) -> Drawing:
    """Horizontal bars, one a row."""
    shapes: list[Rect | Line | Text] = [*_head(title, note, simulated=simulated)]
    room, height = _WIDTH - _LEFT - _RIGHT, _TOP + _ROW * max(len(given), 1) + 14
    shapes.append(Line(_LEFT, _TOP - 4, _LEFT, height - 10, HAIR))
    for n, one in enumerate(given):
        y = _TOP + n * _ROW
        shapes.append(Text(_LEFT - 10, y + 18, shortened(one.label, 13, _LEFT - 24), anchor="end"))
        shapes.append(Rect(_LEFT, y + 4, _along(one.part, room), _ROW - 10, one.fill))
        if one.mark is not None:
            x = _LEFT + _along(one.mark, room)
            shapes.append(Line(x, y, x, y + _ROW - 2, INK, 2))
        shapes.append(Text(_WIDTH - _RIGHT + 8, y + 18, one.value))
    if not given:
        shapes.append(Text(_LEFT + 10, _TOP + 18, "没有可显示的数据", fill=MUTED))
    said = "；".join(f"{clean(one.label)} {one.value}" for one in given[:_TEN])
    return Drawing(_WIDTH, height, f"{title}：{said or '没有可显示的数据'}", shapes)


def columns(title: str, note: str, given: Sequence[tuple[str, int]], *, simulated: bool) -> Drawing:
    """Upright columns of counts."""
    shapes: list[Rect | Line | Text] = [*_head(title, note, simulated=simulated)]
    top, floor, most = _TOP + 20, 300, max([n for _, n in given] or [0]) or 1
    step = (_WIDTH - 60) / max(len(given), 1)
    for n, (label, count) in enumerate(given):
        x, tall = 30 + n * step, float(Decimal(count) / most) * (floor - top)
        shapes.append(Rect(x + step * 0.2, floor - tall, step * 0.6, tall, BLUE))
        shapes.append(Text(x + step / 2, floor - tall - 6, str(count), anchor="middle", bold=True))
        shapes.append(Text(x + step / 2, floor + 20, label, anchor="middle"))
    shapes.append(Line(30, floor, _WIDTH - 30, floor, GREY))
    said = "；".join(f"{label} {count}" for label, count in given)
    return Drawing(_WIDTH, floor + 34, f"{title}：{said}", shapes)


def ranking(one: GroupFacts, *, simulated: bool) -> Drawing:
    """Totals of the ranked units with their change of rank."""
    full = one.group.edition.full
    shown = one.ranked[:MOST]
    more = f"，只画前 {MOST} 名" if len(one.ranked) > MOST else ""
    given = [Bar(f"{row.score.rank} {clean(row.name)}", displayed(row.score.total) / full, f"{points(row.score.total)}　{_moved(row.change)}") for row in shown]
    return bars(f"{one.name}得分排名", f"单位：分，满分 {exact(full)} 分；右侧为与上期相比的名次{more}", given, simulated=simulated)


def distribution(one: GroupFacts, *, simulated: bool) -> Drawing:
    """How many ranked units stand in each segment of 得分率."""
    return columns(f"{one.name}得分率分布", f"参加排名的 {len(one.ranked)} 家，按总分得分率分段，单位：家", one.segments, simulated=simulated)


def boards(one: GroupFacts, *, simulated: bool) -> Drawing:
    """Median 得分率 of each first-level indicator."""
    given = [Bar(clean(board.node.title), board.median, percent(board.median), _band(board.median)) for board in one.boards if board.median is not None]
    return bars(f"{one.name}一级指标得分率", "数据充分的单位的中位数", given, simulated=simulated)


def shortfalls(one: GroupFacts, *, simulated: bool) -> Drawing:
    """The leaves that cost most on average."""
    worst = one.shortfalls[:_TEN]
    most = worst[0].mean if worst else Decimal(1)
    given = [
        Bar(clean(tally.leaf.title), tally.mean / most, f"{exact(tally.mean)} 分·{len(tally.short)} 家", RED if n < _WORST else GREY)
        for n, tally in enumerate(worst)
    ]
    return bars(f"{one.name}失分较多的指标", "平均每家失分与失分家数", given, simulated=simulated)


def dimensions(one: GroupFacts, *, simulated: bool) -> Drawing:
    """Median 得分率 by dimension."""
    given = [Bar(dimension.zh, rate, percent(rate), _band(rate)) for dimension, rate in one.dimensions]
    return bars(f"{one.name}各维度得分率", "数据充分的单位的中位数", given, simulated=simulated)


def groups(every: Sequence[GroupFacts], *, simulated: bool) -> Drawing:
    """Means of the groups, as parts of each edition's full marks."""
    given = [Bar(one.name, mean / one.group.edition.full, f"{points(mean)} 分") for one in every if (mean := one.group.ranking.mean) is not None]
    return bars("各分组平均分", "各组指标体系不同，得分不宜直接比较", given, simulated=simulated)


def unit(profile: UnitProfile) -> Drawing:
    """A unit's 得分率 by first-level indicator, with the group's median across."""
    given = [
        Bar(clean(node.title), rate, percent(rate), _band(rate), profile.medians.get(node.code))
        for node in profile.edition.index
        if (rate := profile.row.rates.get(node.code)) is not None
    ]
    note = "黑线为本组中位数" if any(one.mark is not None for one in given) else "得分 ÷ 满分"
    return bars(f"{clean(profile.row.name)}一级指标得分率", note, given, simulated=profile.simulated)


def _head(title: str, note: str, *, simulated: bool) -> list[Text]:
    found = [Text(16, 28, shortened(title, 17, _WIDTH - 130), 17, bold=True), Text(16, 50, note, 12, MUTED)]
    return [*found, Text(_WIDTH - 16, 26, SIMULATED, 13, "#8A4706", "end", bold=True)] if simulated else found


def _band(rate: Decimal) -> str:
    return next(colour for line, colour in _RATES if rate >= line)


def _along(part: Decimal, room: int) -> float:
    return float(min(max(part, Decimal(0)), Decimal(1)) * room)


def _moved(places: int | None) -> str:
    return change(places).replace("首期", "") if places else ""
