"""The top of a page about one group in one published period: title, choice of period and group, and what stands in the way of its ranking."""

import streamlit as st

from dashboard.components import address, closing, data, revision, theme, ui
from scoring.services.shapes import Ranking


def opened(title: str, *, key: str) -> Ranking | None:
    """Draw the top; the ranking of the chosen group, None when there is none to show, which is then said. `key`: the page's prefix of widgets."""
    published = closing.readable(st.query_params.get("period", ""))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key=f"{key}_top"):
        ui.heading(title)
        if published:
            with st.container(horizontal=True, width="stretch" if theme.is_phone() else "content", key=f"{key}_filters"):
                period, group = address.period_and_group(published, key=key)
    address.explain()
    if not published:
        ui.nothing_published()
        return None
    revision.banner(period)
    if not period.disclosure.scored:
        revision.grades(period, group)
        return None
    return data.ranking(period, group)
