"""简报: one screen of a telephone for one unit or its group: rank, change, three shortfalls, three suggestions. Published periods only."""

import streamlit as st

from dashboard.components import address, briefing_parts, closing, data, links, revision, ui
from dashboard.components.text import day, plain, points
from dashboard.strings import briefing as words
from dashboard.strings import common
from scoring.services.shapes import PeriodInfo, Ranking, RankRow

_MOST = 3


def render() -> None:
    """The page."""
    published = closing.readable(st.query_params.get("period", ""))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="briefing_top"):
        ui.heading(words.TITLE)
        if published:
            with st.popover(words.SWITCH, icon=":material/swap_horiz:", key="briefing_switch", width="content"):
                period, group = address.period_and_group(published, key="briefing")
                ranking = data.ranking(period, group) if period.disclosure.scored else None
                unit = _unit(ranking)
    address.explain()
    if not published:
        ui.nothing_published()
        return
    if ranking is None:
        revision.banner(period)
        revision.grades(period, group)
        return
    if not ranking.rows:
        st.info(words.HEAD_GROUP_NONE.format(group=group), icon=":material/inbox:")
        return
    row = next((one for one in ranking.rows if one.unit == unit), None)
    with st.container(gap="xsmall", key="briefing_page"):
        if row is None:
            briefing_parts.group(ranking, _MOST)
        else:
            briefing_parts.unit(ranking, row, _MOST)
        _foot(ranking, row)


def headline(row: RankRow, change: int | None, *, first: bool) -> str:
    """The answer about one unit."""
    score = row.score
    if row.excluded:
        return words.HEAD_EXCLUDED.format(unit=row.name)
    if score.veto:
        return words.HEAD_VETO.format(unit=row.name, total=points(score.total))
    if score.rank is None:
        return words.HEAD_SHORT.format(unit=row.name)
    if change is None:
        moved = words.MOVED_FIRST if first else ""
    else:
        moved = words.MOVED_SAME if change == 0 else (words.MOVED_UP if change > 0 else words.MOVED_DOWN).format(n=abs(change))
    return words.HEAD.format(unit=row.name, total=points(score.total), rank=score.rank, moved=moved).rstrip("，")


def _unit(ranking: Ranking | None) -> str:
    """The chosen unit's id; empty for the whole group."""
    if ranking is None:
        return ""
    names = {"": words.WHOLE, **{row.unit: row.name for row in sorted(ranking.rows, key=lambda one: one.order)}}
    unit = address.select("unit", names, "", icon=":material/domain:", key="briefing", recall=())
    address.keep(unit=unit)
    return unit


def _foot(ranking: Ranking, row: RankRow | None) -> None:
    period: PeriodInfo = ranking.period
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="briefing_foot"):
        state = common.PUBLISHED_AS.format(revision=period.revision or 1, at=day(period.published_at.date() if period.published_at else None))
        st.markdown(f":small[:gray[{plain(words.SOURCE.format(cutoff=day(period.cutoff or period.end), state=state))}]]", width="content")
        if row is None:
            links.link("overview", words.SEE_OVERVIEW, icon=":material/leaderboard:", period=period.ref, group=ranking.group)
        else:
            links.link("unit", words.SEE_UNIT, icon=":material/domain:", period=period.ref, unit=row.unit)
