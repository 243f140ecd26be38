"""走势 of a unit: score and rank over the published periods."""

import streamlit as st

from dashboard.components import closer, theme, ui, unit_charts
from dashboard.components.text import points
from dashboard.strings import common
from dashboard.strings import unit as words
from scoring.services.shapes import UnitProfile


def card(profile: UnitProfile) -> None:
    """Score or rank; says so where there is nothing to draw a line through."""
    way = closer.course(profile.period, profile.row.unit)
    with ui.card(words.TREND, words.TREND_NOTE):
        if all(one.total is None for one in way):
            st.caption(words.TREND_SHORT)
            return
        if len(way) < 2:
            st.caption(words.TREND_FIRST)
            return
        chosen = st.segmented_control(
            words.TREND,
            [words.TREND_SCORE, words.TREND_RANK],
            default=words.TREND_SCORE,
            required=True,
            key="unit_line",
            label_visibility="collapsed",
            bind="query-params",
        )
        if way[-1].total is None:
            st.caption(words.TREND_GAP)
        if chosen == words.TREND_RANK:
            alt = words.TREND_RANK_ALT.format(ranks=common.COMMA.join(str(one.rank) if one.rank else common.NONE for one in way))
            theme.show(unit_charts.ranks(way), alt=alt, key="unit_rank")
        else:
            alt = words.TREND_ALT.format(points=common.COMMA.join(points(one.total) for one in way))
            theme.show(unit_charts.trend(way, full=profile.row.score.full), alt=alt, key="unit_trend")
        if len({one.edition for one in way}) > 1:
            st.caption(words.TREND_EDITIONS)
