"""What is said of one indicator: the sentence with its counts, named cases, what stands apart, difficulty and discrimination in words."""

from decimal import Decimal

from dashboard.components.text import exact, listed, percent
from dashboard.strings import common
from dashboard.strings import indicator as words
from scoring.disclosure import EVERYTHING
from scoring.model import Outcome
from scoring.services.edition_rows import Part
from scoring.services.indicator import IndicatorView, Mark
from scoring.services.shapes import said

_NAMED = 3
_EASY, _HARD = Decimal("0.85"), Decimal("0.6")
_STRONG, _FAIR = Decimal("0.3"), Decimal("0.15")
_BESIDE = {Part.INDEX: "", Part.VETO: "veto", Part.DEDUCTION: "deduction", Part.BONUS: "bonus"}
_LONG = 16


def told(view: IndicatorView, outcome: Outcome) -> str:
    """An outcome in the words of where the indicator hangs: a bonus that is not earned is no 不达标."""
    return said(_BESIDE[view.row.part], outcome)


def headline(view: IndicatorView) -> str:
    """“指标”：9 个单位中 7 个（78%）达标，1 个需改进，1 个不达标; above leaves the mean and both ends."""
    line = _leaf(view) if view.row.node.is_leaf else _node(view)
    title = view.row.node.title
    return words.HEAD_OF.format(title=title if len(title) <= _LONG else f"{title[: _LONG - 1]}…", said=line)


def cases(view: IndicatorView) -> str:
    """Named good and bad cases, and who is not counted."""
    judged = view.judged
    parts: list[str] = []
    if view.row.node.is_leaf:
        good = [one.name for one in judged if one.outcome is Outcome.MET]
        bad = [one for one in judged if one.outcome is Outcome.UNMET] or [one for one in judged if one.outcome is Outcome.PARTIAL]
        if good and len(good) < len(judged):
            parts.append(words.GOOD.format(good=told(view, Outcome.MET), names=listed(good, _NAMED)))
        if bad and bad[0].outcome is not None:
            parts.append(words.BAD.format(bad=told(view, bad[0].outcome), names=listed([one.name for one in bad], _NAMED)))
    elif len(judged) > 2 * _NAMED:
        parts.append(words.BEST.format(names=common.COMMA.join(one.name for one in judged[:_NAMED])))
        parts.append(words.WORST.format(names=common.COMMA.join(one.name for one in reversed(judged[-_NAMED:]))))
    apart = _apart(view)
    if apart:
        parts.append(words.APART.format(parts=common.COMMA.join(apart)))
    if view.period.disclosure != EVERYTHING:
        parts.append(words.TOLD)
    return common.SEMICOLON.join(parts)


def note(view: IndicatorView) -> str:
    """Scope: period, group, where the indicator stands, its full marks."""
    row = view.row
    path = "".join(f"{node.title} › " for node in row.path) + row.node.title + common.DOT
    full = words.FULL.format(full=exact(row.weight)) if row.part is Part.INDEX else words.BESIDE.format(part=row.part.zh)
    return words.NOTE.format(period=view.period.title, group=view.group, path=path, full=full)


def difficulty(view: IndicatorView) -> str:
    """容易, 适中, 偏难; empty where nothing was judged."""
    mean = view.difficulty
    return "" if mean is None else words.EASY if mean >= _EASY else words.MIDDLE if mean >= _HARD else words.HARD


def separates(view: IndicatorView) -> str:
    """强, 一般, 弱."""
    value = view.discrimination
    return words.SEPARATES_FEW if value is None else words.STRONG if value >= _STRONG else words.FAIR if value >= _FAIR else words.WEAK


def outcome_of(view: IndicatorView, one: Mark) -> str:
    """The outcome cell of a unit; 数据不足 of a unit that is not counted."""
    if one.short:
        return words.SHORT
    if one.outcome is not None:
        return told(view, one.outcome)
    return Outcome.NOT_APPLICABLE.zh if one.rate is None else words.UNSURE if one.unsure else words.SURE


def _leaf(view: IndicatorView) -> str:
    counts, n = view.counts, len(view.judged)
    met, partial, unmet = (counts.get(one, 0) for one in (Outcome.MET, Outcome.PARTIAL, Outcome.UNMET))
    if not n:
        return words.NONE_JUDGED
    if met == n and view.row.part is Part.INDEX:
        return words.ALL_MET.format(n=n)
    line = words.MET.format(n=n, m=met, p=percent(Decimal(met) / n), good=told(view, Outcome.MET))
    line += words.REST.format(k=partial, bad=told(view, Outcome.PARTIAL)) if partial else ""
    return line + (words.REST.format(k=unmet, bad=told(view, Outcome.UNMET)) if unmet else "")


def _node(view: IndicatorView) -> str:
    judged = view.judged
    if not judged:
        return words.NONE_JUDGED
    if len(judged) == 1:
        return words.NODE_ONE.format(mean=percent(view.difficulty))
    line = words.NODE.format(n=len(judged), mean=percent(view.difficulty))
    return line + words.NODE_ENDS.format(best=percent(judged[0].rate), low=percent(judged[-1].rate))


def _apart(view: IndicatorView) -> list[str]:
    short = sum(one.short for one in view.marks)
    unseen = view.counts.get(Outcome.NOT_OBSERVED, 0)
    out = view.counts.get(Outcome.NOT_APPLICABLE, 0) if view.row.node.is_leaf else sum(not one.short and one.rate is None for one in view.marks)
    found = [(words.APART_UNSEEN, unseen), (words.APART_OUT, out), (words.APART_SHORT, short)]
    return [text.format(n=n) for text, n in found if n]
