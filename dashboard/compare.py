"""对比: two to five units side by side, or one unit or group in two periods. Published files only, within each period's 发布口径."""

from collections.abc import Mapping, Sequence

import streamlit as st

from dashboard.components import address, closing, compare_group, compare_periods, compare_units, data, printing, ui
from dashboard.components.text import plain
from dashboard.strings import compare as words
from scoring.services.shapes import PeriodInfo, Ranking


def render() -> None:
    """The page."""
    published = _readable()
    printing.a4()
    ui.heading(words.TITLE)
    if not published:
        address.explain()
        ui.nothing_published()
        return
    what = st.segmented_control(
        words.WHAT,
        [words.UNITS, words.UNIT_PERIODS, words.GROUP_PERIODS],
        default=words.UNITS,
        required=True,
        key="compare_what",
        label_visibility="collapsed",
        bind="query-params",
    )
    if what == words.UNITS:
        _units(published)
    elif len(published) < 2:
        address.explain()
        st.info(words.ONE_PERIOD, icon=":material/inbox:")
    elif what == words.UNIT_PERIODS:
        _unit_periods(published)
    else:
        _group_periods(published)


def _readable() -> list[PeriodInfo]:
    """The published periods, and earlier revisions that the address asks for on either side."""
    found: dict[str, PeriodInfo] = {}
    for name in ("period", "before"):
        found |= {one.ref: one for one in closing.readable(st.query_params.get(name, ""))}
    return list(found.values())


def _units(published: Sequence[PeriodInfo]) -> None:
    with st.container(horizontal=True, key="compare_filters"):
        period = _period(published)
        group = _group(period.groups, drops=("units",))
    ranking = _ranking(period, group, words.NOT_TOLD)
    if ranking is None:
        return
    names = {row.unit: row.name for row in ranking.rows}
    _other_groups(period, group, names)
    chosen = address.select_list("units", names, compare_units.default(ranking), most=compare_units.MOST, key="compare")
    address.keep(period=period.ref, group=group, units=",".join(chosen))
    address.explain()
    compare_units.show(ranking, chosen)
    ui.source_of(ranking)


def _other_groups(period: PeriodInfo, group: str, names: Mapping[str, str]) -> None:
    """Units of other groups that the address asks for are left out, with the reason: they were judged by other rules and ranked among others."""
    if len(period.groups) < 2:
        return
    st.caption(plain(words.ONE_GROUP))
    asked = dict.fromkeys(st.query_params.get("units", "").replace("，", ",").split(","))
    strange = [one for one in asked if one and one not in names]
    if not strange:
        return
    known = {row.unit: (row.name, other) for other in period.groups if other != group for row in data.ranking(period, other).rows}
    foreign = [one for one in strange if one in known]
    for one in foreign:
        name, other = known[one]
        why = words.OTHER_RULES if period.groups[other] != period.groups[group] else words.OTHER_RANKS
        st.info(plain(words.OTHER_GROUP.format(unit=name, other=other, group=group, why=why)), icon=":material/account_tree:")
    if foreign:
        st.query_params["units"] = ",".join(one for one in asked if one not in foreign)


def _unit_periods(published: Sequence[PeriodInfo]) -> None:
    with st.container(horizontal=True, key="compare_filters"):
        period = _period(published)
        before = _before(published, period)
        rankings = [data.ranking(period, group) for group in period.groups] if period.disclosure.scored else []
        home = {row.unit: ranking for ranking in rankings for row in ranking.rows}
        names = {row.unit: row.name for ranking in rankings for row in ranking.rows}
        unit = address.select("unit", names, next(iter(names)), icon=":material/domain:", key="compare") if names else ""
    address.keep(period=period.ref, before=before.ref, unit=unit)
    address.explain()
    if not names or not before.disclosure.scored:
        st.info(words.NOT_TOLD_BEFORE if names else words.NOT_TOLD, icon=":material/inbox:")
        return
    if not any(row.unit == unit for group in before.groups for row in data.ranking(before, group).rows):
        st.info(plain(words.NOT_THEN.format(unit=names[unit], period=before.title)), icon=":material/inbox:")
        return
    compare_periods.show(before, period, unit)
    ui.source_of(home[unit])


def _group_periods(published: Sequence[PeriodInfo]) -> None:
    with st.container(horizontal=True, key="compare_filters"):
        period = _period(published)
        before = _before(published, period)
        group = _group({name: edition for name, edition in period.groups.items() if name in before.groups} or period.groups)
    address.keep(period=period.ref, before=before.ref, group=group)
    now = _ranking(period, group, words.NOT_TOLD)
    if now is None:
        return
    if not before.disclosure.scored or group not in before.groups:
        address.explain()
        st.info(words.NOT_TOLD_BEFORE if group in before.groups else plain(words.NOT_THEN.format(unit=group, period=before.title)), icon=":material/inbox:")
        return
    address.explain()
    compare_group.show(data.ranking(before, group), now)
    ui.source_of(now)


def _period(published: Sequence[PeriodInfo]) -> PeriodInfo:
    periods = {period.ref: period for period in published}
    return periods[address.select("period", ui.titles(published), published[0].ref, icon=":material/calendar_month:", key="compare")]


def _before(published: Sequence[PeriodInfo], period: PeriodInfo) -> PeriodInfo:
    """The other period: by default the last one before it."""
    if st.query_params.get("before") == period.ref:  # the period was changed to the one it was compared with
        del st.query_params["before"]
    others = [one for one in published if one.ref != period.ref]
    earlier = [one for one in others if (one.end, one.revision or 0) < (period.end, period.revision or 0)]
    first = max(earlier, key=lambda one: (one.end, one.revision or 0), default=others[0])
    chosen = address.select("before", ui.titles(others), first.ref, icon=":material/history:", key="compare")
    return next(one for one in others if one.ref == chosen)


def _group(groups: Mapping[str, str], drops: Sequence[str] = ()) -> str:
    names = {name: name for name in groups}
    return address.select("group", names, next(iter(names)), icon=":material/account_tree:", key="compare", width=160, drops=drops)


def _ranking(period: PeriodInfo, group: str, why: str) -> Ranking | None:
    """The ranking, or None after saying why there is none to compare."""
    ranking = data.ranking(period, group) if period.disclosure.scored else None
    if ranking is None or not ranking.rows:
        address.explain()
        st.info(why if ranking is None else words.NO_UNITS, icon=":material/inbox:")
        return None
    return ranking
