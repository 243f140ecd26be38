"""草稿排名: the ranking as of now, with what is still uncertain, for evaluators."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components import address, data, ranking_table, stability, theme, ui
from dashboard.components.overview_cards import show_intervals
from dashboard.components.text import points
from dashboard.overview import left_out
from dashboard.strings import common
from dashboard.strings import draft as words
from dashboard.strings import stability as stability_words
from scoring.model import PeriodState
from scoring.services.shapes import PeriodInfo, Ranking


def render() -> None:
    """The page."""
    periods = data.all_periods()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="draft_top"):
        title = st.empty()
        if periods:
            with st.container(horizontal=True, width="stretch" if theme.is_phone() else "content", key="draft_filters"):
                period, group = _choose(periods)
        with title:
            ui.heading(words.TITLE if not periods or period.state is PeriodState.OPEN else words.TITLE_CLOSED)
    address.explain()
    if not periods:
        st.info(words.NO_PERIOD, icon=":material/inbox:")
        st.caption(words.NO_PERIOD_HOW)
        return
    ranking = data.draft_ranking(period, group)
    waiting = Counter(blocker.unit for blocker in data.blockers(period)) if period.state is PeriodState.OPEN else Counter[str]()
    if not ranking.rows:
        st.info(words.NO_UNITS, icon=":material/inbox:")
        return
    ui.conclusion(headline(ranking, waiting), _note(ranking))
    if period.state is not PeriodState.OPEN:
        st.info(words.CLOSED if period.state is PeriodState.PUBLISHED else words.LOCKED, icon=":material/lock:")
    _figures(ranking, waiting)
    _table(ranking, waiting)
    if st.toggle(words.INTERVALS, value=True, key="draft_intervals", bind="query-params"):
        show_intervals(ranking, key="draft_interval")
    if st.toggle(stability_words.TOGGLE, key="draft_stability", bind="query-params"):
        stability.show(data.stability(ranking), key="draft")
    ui.source_of(ranking)


def headline(ranking: Ranking, waiting: Mapping[str, int]) -> str:
    """Mean and how much is left to do in this group."""
    if ranking.mean is None:
        return words.HEAD_NONE.format(group=ranking.group)
    left = sum(waiting.get(row.unit, 0) for row in ranking.rows)
    form = words.HEAD_FINAL if final(ranking) else words.HEAD if left else words.HEAD_READY
    return form.format(group=ranking.group, mean=points(ranking.mean), n=left)


def final(ranking: Ranking) -> bool:
    """True once the period is locked: nothing on the page is provisional in the sense of a draft any more."""
    return ranking.period.state is not PeriodState.OPEN


def bonus_open(ranking: Ranking) -> str:
    """Bonus that nobody has scored yet stands beside the scores, not in them."""
    waiting = [row.bonus_open for row in ranking.rows if row.bonus_open]
    return words.BONUS_OPEN.format(n=len(waiting), most=points(max(waiting))) if waiting else ""


def _choose(periods: Sequence[PeriodInfo]) -> tuple[PeriodInfo, str]:
    period = ui.workbench(periods, key="draft")
    groups = {name: name for name in period.groups}
    group = address.select("group", groups, next(iter(groups)), icon=":material/account_tree:", key="draft", width=160)
    address.keep(period=period.id, group=group)
    return period, group


def _note(ranking: Ranking) -> str:
    line = (words.NOTE_FINAL if final(ranking) else words.NOTE).format(period=ranking.period.title, state=ranking.period.state.zh)
    return common.DOT.join(part for part in (line, left_out(ranking), bonus_open(ranking), ranking_table.caution(ranking)) if part)


def _figures(ranking: Ranking, waiting: Mapping[str, int]) -> None:
    with st.grid(4, min_column_width=150):
        st.metric(words.MEAN_FINAL if final(ranking) else words.MEAN, points(ranking.mean), border=True, height="stretch")
        provisional = sum(row.score.provisional for row in ranking.rows)
        st.metric(words.PROVISIONAL, f"{provisional} / {len(ranking.rows)}", help=words.PROVISIONAL_HELP, border=True, height="stretch")
        left = sum(waiting.get(row.unit, 0) for row in ranking.rows)
        st.metric(words.WAITING, f"{left:,}", help=words.WAITING_HELP, border=True, height="stretch")
        st.metric(words.BLOCKERS, f"{sum(waiting.values()):,}", help=words.BLOCKERS_HELP, border=True, height="stretch")


def _table(ranking: Ranking, waiting: Mapping[str, int]) -> None:
    with ui.card(words.TABLE_FINAL if final(ranking) else words.TABLE):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(words.TABLE_NOTE_FINAL if final(ranking) else words.TABLE_NOTE)
            if not theme.is_phone():
                ranking_table.download(ranking, key="draft")
        ranking_table.table(ranking, key="draft", waiting=waiting)
        if theme.is_phone():
            ranking_table.download(ranking, key="draft")
