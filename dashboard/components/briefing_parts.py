"""The parts of 简报: three numbers, three shortfalls, three suggestions."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Literal

import streamlit as st

from dashboard.components import boundary, published, theme
from dashboard.components.text import change, difference, percent, plain, points
from dashboard.strings import briefing as words
from dashboard.strings import common
from dashboard.strings import overview as overview_words
from scoring.model import Indicator, Outcome
from scoring.services.fixes import Fix
from scoring.services.shapes import Ranking, RankRow

_CLAUSE = 17


def unit(ranking: Ranking, row: RankRow, most: int) -> None:
    """One unit."""
    from dashboard.briefing import headline  # the page that holds these parts

    first = not ranking.before
    st.header(plain(headline(row, row.change, first=first)), anchor=False)
    ranked = sum(one.score.rank is not None for one in ranking.rows)
    with st.grid(3, min_column_width=100, gap="xsmall"):
        place = common.NONE if row.score.rank is None else f"{row.score.rank} {words.RANK_OF.format(n=ranked)}"
        moved = change(row)
        st.metric(
            words.RANK,
            place,
            None if moved == common.NONE else moved,
            delta_arrow="off",
            delta_color=_colour(row.change),
            border=not theme.is_phone(),
            height="stretch",
        )
        _points(words.SCORE, None if row.short_of_data else row.score.total, difference(row.score.total, row.previous_total))
        _points(words.MEAN, ranking.mean, None)
    _card(words.WEAK_UNIT, [_weak(ranking, row, node) for node in weakest(ranking, row, most)], words.WEAK_NONE)
    if row.short_of_data:
        unseen = words.ADVICE_UNSEEN.format(
            n=row.counts.get(Outcome.NOT_OBSERVED, 0), coverage=percent(row.score.coverage), need=percent(ranking.edition.coverage)
        )
        _card(words.ADVICE, [], unseen)
        return
    found, refused = boundary.attempt(lambda: published.fixes(ranking.period, row.unit, most))
    none = words.ADVICE_REFUSED if refused else words.ADVICE_NONE
    _card(words.ADVICE, [_advice(fix, row) for fix in found or ()], none)


def group(ranking: Ranking, most: int) -> None:
    """The whole group."""
    from dashboard.overview import moved

    head = words.HEAD_GROUP.format(group=ranking.group, mean=points(ranking.mean), moved=moved(ranking))
    st.header(plain(head if ranking.mean is not None else words.HEAD_GROUP_NONE.format(group=ranking.group)), anchor=False)
    totals = [row.score.total for row in ranking.rows if row.score.rank is not None]
    with st.grid(3, min_column_width=100, gap="xsmall"):
        _points(words.MEAN, ranking.mean, difference(ranking.mean_both, ranking.previous_mean))
        for label, end in ((words.BEST, max), (words.WORST, min)):
            total = end(totals, default=None)
            names = [row.name for row in ranking.rows if row.score.rank is not None and row.score.total == total]
            st.metric(
                label, points(total), plain(names[0]) if names else None, delta_arrow="off", delta_color="gray", border=not theme.is_phone(), height="stretch"
            )
    lost = [one for one in ranking.lost if one.common][:most]
    weak = [(one.leaf.title, words.WEAK_GROUP.format(losing=one.losing, units=one.units, points=points(one.mean)), "") for one in lost]
    _card(words.WEAK, weak, words.WEAK_NONE)
    advice = [(one.leaf.title, words.ADVICE_GROUP.format(n=points(one.mean)), clause(one.leaf.fix or common.NO_FIX)) for one in lost]
    _card(words.ADVICE, advice, words.ADVICE_NONE)


def weakest(ranking: Ranking, row: RankRow, most: int) -> list[Indicator]:
    """The first-level indicators of a unit below full marks, the furthest below the group's median first."""
    known = [(node, rate) for node in ranking.edition.index if (rate := row.rates.get(node.code)) is not None and rate < 1]
    return [node for node, _ in sorted(known, key=lambda pair: pair[1] - (ranking.medians.get(pair[0].code) or Decimal(1)))][:most]


def clause(text: str) -> str:
    """The first clause of an advice, as much as fits one line of a telephone; the whole stands on 单位画像."""
    end = min((found for mark in "。；，" if (found := text.find(mark)) > 0), default=len(text))
    return text[:end] if end <= _CLAUSE else f"{text[: _CLAUSE - 1]}…"


def _weak(ranking: Ranking, row: RankRow, node: Indicator) -> tuple[str, str, str]:
    return node.title, words.WEAK_RATE.format(rate=percent(row.rates.get(node.code)), median=percent(ranking.medians.get(node.code))), ""


def _advice(fix: Fix, row: RankRow) -> tuple[str, str, str]:
    figure = words.ADVICE_VETO.format(total=points(fix.total)) if fix.veto else words.ADVICE_GAIN.format(n=points(fix.shown))
    rank = "" if fix.rank is None else words.ADVICE_STAYS if fix.rank == row.score.rank else words.ADVICE_RANK.format(rank=fix.rank)
    return fix.leaf.title, figure, rank + clause(fix.leaf.indicator.fix or common.NO_FIX)


def _card(title: str, lines: Sequence[tuple[str, str, str]], none: str) -> None:
    with st.container(border=not theme.is_phone(), gap="xxsmall"):
        st.subheader(title, anchor=False)
        if not lines:
            st.markdown(plain(none))
        for n, (name, figure, more) in enumerate(lines, 1):
            st.markdown(f":small[{n}\\. **{plain(name)}** &nbsp; :blue[{plain(figure)}]]" + (f"  \n:small[:gray[{plain(more)}]]" if more else ""))


def _points(label: str, value: Decimal | None, delta: Decimal | None) -> None:
    said = None
    if delta is not None and value is not None:
        form = overview_words.DELTA_UP if delta > 0 else overview_words.DELTA_DOWN
        said = form.format(n=points(abs(delta)), unit=overview_words.POINT) if delta else overview_words.DELTA_SAME
    arrow: Literal["off", "up", "down"] = "off" if not delta else "up" if delta > 0 else "down"
    st.metric(
        label,
        points(value),
        said,
        delta_arrow=arrow,
        delta_color=_colour(None if delta is None else int(delta > 0) - int(delta < 0)),
        border=not theme.is_phone(),
        height="stretch",
    )


def _colour(change: int | None) -> Literal["gray", "green", "red"]:
    return "gray" if not change else "green" if change > 0 else "red"
