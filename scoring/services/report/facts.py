"""What a report says of a group: every number and sentence formed once, for Word, slides, pictures and web pages alike."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from scoring.model import Dimension, Indicator
from scoring.services.report.material import Group
from scoring.services.report.tally import Tally, tallies
from scoring.services.report.text import clean, listed, quoted
from scoring.services.shapes import RankRow
from scoring.wording import change, displayed, exact, gap, percent, points, score_change

BANDS = ((Decimal("0.9"), "总体到位"), (Decimal("0.75"), "总体较好"), (Decimal("0.6"), "尚有差距"), (Decimal(0), "短板突出"))
SEGMENTS = ((Decimal("0.9"), "90% 及以上"), (Decimal("0.8"), "80–90%"), (Decimal("0.7"), "70–80%"), (Decimal("0.6"), "60–70%"), (Decimal(0), "60% 以下"))
_MOST_MET = Decimal("0.9")
_FEW, _TOP = 3, 5
_TWO = 2


@dataclass(frozen=True, slots=True)
class Board:
    """A first-level indicator (板块): its verdict as heading, what is said of it, its leaves. `median` of the 得分率; None when nothing can be compared."""

    node: Indicator
    median: Decimal | None
    heading: str
    intro: str
    worst: tuple[Tally, ...]
    best: tuple[Tally, ...]


@dataclass(frozen=True, slots=True)
class Advice:
    """How a common shortfall is repaired."""

    tally: Tally

    @property
    def text(self) -> str:
        """“title”（3 家失分）：how to repair it; who is responsible."""
        leaf = self.tally.leaf
        who = f"由{'、'.join(map(clean, leaf.responsible))}牵头，" if leaf.responsible else ""
        return f"{quoted(leaf.title)}（{len(self.tally.short)} 家失分）：{who}{clean(leaf.fix) or '请按评估依据逐项核对后补充。'}"


@dataclass(frozen=True, slots=True)
class GroupFacts:
    """One group. `ranked` in rank order; `vetoed`, `short` (数据不足) and `excluded` (暂不纳入) are the others. `segments`: ranked units by 得分率."""

    group: Group
    tallies: tuple[Tally, ...]
    ranked: tuple[RankRow, ...]
    vetoed: tuple[RankRow, ...]
    short: tuple[RankRow, ...]
    excluded: tuple[RankRow, ...]
    grades: tuple[tuple[str, int], ...]
    segments: tuple[tuple[str, int], ...]
    boards: tuple[Board, ...]
    dimensions: tuple[tuple[Dimension, Decimal], ...]

    @property
    def name(self) -> str:
        """The group's name."""
        return clean(self.group.name)

    @property
    def common(self) -> tuple[Tally, ...]:
        """共性短板: most points lost on average first."""
        return tuple(sorted((one for one in self.tallies if one.common), key=lambda one: -one.mean))

    @property
    def shortfalls(self) -> tuple[Tally, ...]:
        """Leaves that cost points, most on average first."""
        return tuple(sorted((one for one in self.tallies if one.short), key=lambda one: -one.mean))

    @property
    def highlights(self) -> tuple[Tally, ...]:
        """亮点: what nine units in ten meet, dearest leaves first."""
        good = (one for one in self.tallies if one.share is not None and one.share >= _MOST_MET and one.judged > 1)
        return tuple(sorted(good, key=lambda one: (-(one.share or 0), -one.leaf.weight)))[:_TOP]

    @property
    def problems(self) -> tuple[Tally, ...]:
        """主要问题: the dearest common shortfalls; the dearest of all where nothing is common."""
        return (self.common or self.shortfalls)[:_TOP]

    @property
    def advice(self) -> tuple[Advice, ...]:
        """One advice for each way to repair, dearest first."""
        once: dict[str, Advice] = {}
        for one in self.problems:
            once.setdefault(one.leaf.fix or one.leaf.code, Advice(one))
        return tuple(once.values())

    @property
    def spread(self) -> Decimal | None:
        """Best minus worst displayed total of the ranked units; None when none is ranked."""
        return gap(self.ranked[0].score.total, min(row.score.total for row in self.ranked)) if self.ranked else None

    @property
    def headline(self) -> str:
        """The result in one sentence."""
        if not self.ranked:
            return f"{self.name}本期没有参加排名的单位"
        mean = points(self.group.ranking.mean)
        if len(self.ranked) == 1:
            return f"{self.name}参加排名 1 家，{clean(self.ranked[0].name)} {mean} 分"
        if not self.spread:
            return f"{self.name}参加排名 {len(self.ranked)} 家，得分相同，均为 {mean} 分"
        return f"{self.name}平均 {mean} 分，最高最低相差 {points(self.spread)} 分"

    @property
    def overview(self) -> tuple[str, ...]:
        """总体评估结果: results, change against the period before, grades, who is not ranked and why, who cannot be told apart."""
        told = [self._result(), self._change(), self._grades(), *self._unranked(), self._inseparable()]
        return tuple(line for line in told if line)

    def _result(self) -> str:
        head = f"{self.name}共 {self.group.size} 家，参加排名 {len(self.ranked)} 家"
        outside = f"（本报告只含公布的 {len(self.group.units)} 家）" if len(self.group.units) < self.group.size else ""
        if not self.ranked:
            return f"{head}{outside}。"
        first, last = self.ranked[0], self.ranked[-1]
        mean = f"平均 {points(self.group.ranking.mean)} 分"
        if not self.spread:
            each = "得分相同，" if len(self.ranked) > 1 else ""
            return f"{head}{outside}，{each}{mean}。"
        best = listed([row.name for row in self.ranked if displayed(row.score.total) == displayed(first.score.total)])
        least = listed([row.name for row in self.ranked if displayed(row.score.total) == displayed(last.score.total)])
        extremes = f"最高为{best}（{points(first.score.total)} 分），最低为{least}（{points(last.score.total)} 分），相差 {points(self.spread)} 分"
        return f"{head}{outside}，{mean}；{extremes}。"

    def _change(self) -> str:
        one = self.group.ranking
        if not self.group.before:
            return "本组为首期评估，没有可比的上一期。" if self.ranked else ""
        if not one.compared:
            return ""
        both = f"与{clean(self.group.before)}相比，两期都参加排名的 {one.compared} 家平均分{score_change(one.mean_both, one.previous_mean)}"
        moved = [row for row in self.ranked if row.change]
        up = max(moved, key=lambda row: row.change or 0, default=None)
        down = min(moved, key=lambda row: row.change or 0, default=None)
        parts = [f"进位最多的是{clean(up.name)}（{change(up.change)}）" if up and (up.change or 0) > 0 else ""]
        parts.append(f"退位最多的是{clean(down.name)}（{change(down.change)}）" if down and (down.change or 0) < 0 else "")
        told = "，".join(part for part in parts if part)
        return f"{both}{'；' if told else ''}{told}。"

    def _grades(self) -> str:
        counts = "、".join(f"{clean(name)} {n} 家" for name, n in self.grades if n)
        return f"等次：{counts}。" if counts else ""

    def _unranked(self) -> Iterable[str]:
        titles = {veto.leaf.code: veto.leaf.title for veto in self.group.edition.vetoes}
        for row in self.vetoed:
            why = "、".join(clean(titles.get(code, code)) for code in row.score.veto)
            yield f"{clean(row.name)}触发单项否决（{why}），等次为{clean(row.score.grade or '')}，不参加排名，不计入平均分。"
        if self.short:
            yield f"{listed([row.name for row in self.short], 10)}数据不足，不参加排名。这是采集方面的原因，不代表该单位的公开情况。"
        for row in self.excluded:
            yield f"{clean(row.name)}本期暂不纳入：{clean(row.excluded)}。"

    def _inseparable(self) -> str:
        sets = "；".join("、".join(map(clean, names)) for names in self.group.ranking.inseparable)
        return f"以下单位的差距在误差范围内，不宜断言先后：{sets}。" if sets else ""


def facts(group: Group) -> GroupFacts:
    """Everything said of a group."""
    rows, every = group.ranking.rows, tallies(group)
    ranked = tuple(row for row in rows if row.score.rank is not None)
    excluded = tuple(row for row in rows if row.excluded)
    vetoed = tuple(row for row in rows if row.score.veto and not row.excluded)
    short = tuple(row for row in rows if row.short_of_data and not row.excluded)
    counts = Counter(row.score.grade for row in rows)
    return GroupFacts(
        group=group,
        tallies=every,
        ranked=ranked,
        vetoed=vetoed,
        short=short,
        excluded=excluded,
        grades=tuple((grade.name, counts[grade.name]) for grade in group.edition.grades),
        segments=_segments(ranked),
        boards=tuple(_board(group, node, [one for one in every if one.first == node.code]) for node in group.edition.index),
        dimensions=_dimensions(group),
    )


def _segments(ranked: Iterable[RankRow]) -> tuple[tuple[str, int], ...]:
    found: Counter[str] = Counter()
    for row in ranked:
        rate = displayed(row.score.total) / row.score.full if row.score.full else Decimal(0)
        found[next(label for line, label in SEGMENTS if rate >= line)] += 1
    return tuple((label, found[label]) for _, label in SEGMENTS)


def _board(group: Group, node: Indicator, mine: list[Tally]) -> Board:
    median = group.ranking.medians.get(node.code)
    worst = tuple(sorted((one for one in mine if one.short), key=lambda one: -one.mean))[:_FEW]
    best = tuple(sorted((one for one in mine if one.met and (one.share or 0) >= _MOST_MET), key=lambda one: (-(one.share or 0), -one.leaf.weight)))[:_TWO]
    title = clean(node.title)
    if median is None:
        return Board(node, None, f"{title}：未形成可比的结果", "本组各单位的这一指标不涉及，或取得的数据不足。", (), ())
    band = next(word for line, word in BANDS if median >= line)
    contrast = f"，失分集中在{quoted(worst[0].leaf.title)}" if worst else "，各单位均未失分"
    rates = [(rate, row.name) for row in group.ranking.rows if row.unit in group.counted and (rate := row.rates.get(node.code)) is not None]
    top, low = max(rates)[0], min(rates)[0]
    intro = f"得分率中位数 {percent(median)}"
    if percent(top) != percent(low):
        high = listed([name for rate, name in rates if percent(rate) == percent(top)])
        intro += f"，最高为{high}（{percent(top)}），最低为{listed([name for rate, name in rates if percent(rate) == percent(low)])}（{percent(low)}）"
    elif len(rates) > 1:
        intro += f"，{len(rates)} 家相同"
    return Board(node, median, f"{title}{band}{contrast}", f"{intro}。", worst, best)


def _dimensions(group: Group) -> tuple[tuple[Dimension, Decimal], ...]:
    """Median of the 得分率 by dimension over the units with enough data."""
    found = []
    for one in Dimension:
        rates = sorted(rate for row in group.ranking.rows if row.unit in group.counted and (rate := row.score.dimensions.get(one)) is not None)
        if rates:
            middle = len(rates) // 2
            found.append((one, rates[middle] if len(rates) % 2 else (rates[middle - 1] + rates[middle]) / 2))
    return tuple(found)


def lost_words(tally: Tally) -> str:
    """平均失 1.14 分，8 家失分."""
    return f"平均失 {exact(tally.mean)} 分，{len(tally.short)} 家失分"
