"""草稿排名: the ranking as of now, with what is still uncertain, for evaluators."""

from collections import Counter
from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components import address, data, ranking_table, theme, ui
from dashboard.components.text import points
from dashboard.overview import show_intervals
from dashboard.strings import draft as words
from scoring.model import PeriodState
from scoring.services.shapes import PeriodInfo, Ranking


def render() -> None:
    """The page."""
    periods = data.all_periods()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="draft_top"):
        ui.heading(words.TITLE)
        if periods:
            with st.container(horizontal=True, width="stretch" if theme.is_phone() else "content", key="draft_filters"):
                period, group = _choose(periods)
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
        st.info(words.CLOSED.format(state=period.state.zh), icon=":material/lock:")
    _figures(ranking, waiting)
    _table(ranking, waiting)
    if st.toggle(words.INTERVALS, value=True, key="draft_intervals"):
        show_intervals(ranking, key="draft_interval")
    ui.source_of(ranking)


def headline(ranking: Ranking, waiting: Mapping[str, int]) -> str:
    """Mean and how much is left to do in this group."""
    if ranking.mean is None:
        return words.HEAD_NONE.format(group=ranking.group)
    left = sum(waiting.get(row.unit, 0) for row in ranking.rows)
    return (words.HEAD if left else words.HEAD_READY).format(group=ranking.group, mean=points(ranking.mean), n=left)


def _choose(periods: Sequence[PeriodInfo]) -> tuple[PeriodInfo, str]:
    period = ui.workbench(periods, key="draft")
    groups = {name: name for name in period.groups}
    group = address.select("group", groups, next(iter(groups)), icon=":material/account_tree:", key="draft", width=160)
    address.keep(period=period.id, group=group)
    return period, group


def _note(ranking: Ranking) -> str:
    line = words.NOTE.format(period=ranking.period.title, state=ranking.period.state.zh)
    caution = ranking_table.caution(ranking)
    return f"{line} · {caution}" if caution else line


def _figures(ranking: Ranking, waiting: Mapping[str, int]) -> None:
    with st.grid(4, min_column_width=150):
        st.metric(words.MEAN, points(ranking.mean), border=True, height="stretch")
        provisional = sum(row.score.provisional for row in ranking.rows)
        st.metric(words.PROVISIONAL, f"{provisional} / {len(ranking.rows)}", help=words.PROVISIONAL_HELP, border=True, height="stretch")
        left = sum(waiting.get(row.unit, 0) for row in ranking.rows)
        st.metric(words.WAITING, f"{left:,}", help=words.WAITING_HELP, border=True, height="stretch")
        st.metric(words.BLOCKERS, f"{sum(waiting.values()):,}", help=words.BLOCKERS_HELP, border=True, height="stretch")


def _table(ranking: Ranking, waiting: Mapping[str, int]) -> None:
    with ui.card(words.TABLE):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(words.TABLE_NOTE)
            if not theme.is_phone():
                ranking_table.download(ranking, key="draft")
        ranking_table.table(ranking, key="draft", waiting=waiting)
        if theme.is_phone():
            ranking_table.download(ranking, key="draft")
