"""单位画像: one unit in a published period: where the points went and how to get them back."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.components import address, data, leaf, theme, ui, unit_charts
from dashboard.components.text import change, percent, points, to_csv
from dashboard.strings import common
from dashboard.strings import unit as words
from scoring.model import Outcome
from scoring.services.shapes import LeafResult, PeriodInfo, Ranking, UnitProfile

_LONGEST = 40
_TOP = 10


def render() -> None:
    """The page."""
    published = data.published_periods()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="unit_top"):
        ui.heading(words.TITLE)
        if published:
            with st.container(horizontal=True, width="stretch" if theme.is_phone() else "content", key="unit_filters"):
                period, ranking, unit = _filters(published)
    address.explain()
    if not published:
        ui.nothing_published()
        return
    if ranking is None:
        st.info(words.NO_UNITS, icon=":material/inbox:")
        return
    profile = data.profile(period, unit)
    down = unit_charts.steps(profile)
    ui.conclusion(headline(profile), _note(profile, ranking))
    _badges(profile)
    with st.grid(2, min_column_width=440):
        _lost(profile, down)
        _trend(profile)
        _compare(profile, ranking)
        _scores(profile)
    _leaves(profile)
    ui.source_of(ranking)


def headline(profile: UnitProfile) -> str:
    """Points, rank and the two first-level indicators that cost most, in at most 40 characters."""
    row = profile.row
    if row.score.veto:
        return words.HEAD_VETO.format(unit=row.name)
    if row.score.rank is None:
        return words.HEAD_UNRANKED.format(unit=row.name, coverage=percent(row.score.coverage))
    first = {node.title for node in profile.edition.index}
    costly = [step.label for step in unit_charts.steps(profile) if step.sure and step.label in first]
    values = {"unit": row.name, "total": points(row.score.total), "rank": row.score.rank}
    if not costly:
        return (words.HEAD_SHORT if row.score.provisional else words.HEAD_FULL).format(**values)
    lines = [words.HEAD.format(**values, first=costly[0], second=costly[1])] if len(costly) > 1 else []
    lines += [words.HEAD_ONE.format(**values, first=costly[0]), words.HEAD_SHORT.format(**values)]
    return next((line for line in lines if len(line) <= _LONGEST), lines[-1])


def _filters(published: Sequence[PeriodInfo]) -> tuple[PeriodInfo, Ranking | None, str]:
    periods = {period.id: period for period in published}
    chosen = address.select("period", ui.titles(published), published[0].id, icon=":material/calendar_month:", key="unit")
    rankings = [data.ranking(periods[chosen], group) for group in periods[chosen].groups]
    home = {row.unit: ranking for ranking in rankings for row in ranking.rows}
    if not home:
        return periods[chosen], None, ""
    names = {row.unit: row.name for ranking in rankings for row in ranking.rows}
    unit = address.select("unit", names, next(iter(names)), icon=":material/domain:", key="unit")
    address.keep(period=chosen, unit=unit)
    return periods[chosen], home[unit], unit


def _note(profile: UnitProfile, ranking: Ranking) -> str:
    score = profile.row.score
    values = {"period": profile.period.title, "group": profile.group, "size": profile.size}
    line = words.NOTE.format(**values, lower=points(score.lower), upper=points(score.upper)) if score.provisional else words.NOTE_SURE.format(**values)
    near = next((names for names in ranking.inseparable if profile.row.name in names), ())
    others = [name for name in near if name != profile.row.name]
    return f"{line} · {words.NEAR.format(names=common.COMMA.join(others))}" if others else line


def _badges(profile: UnitProfile) -> None:
    row = profile.row
    parts = [ui.neutral(row.score.grade or common.SHORT_DATA)]
    if row.score.provisional:
        parts.append(ui.quiet(common.PROVISIONAL))
    moved = change(row)
    if moved != common.NONE:
        colour = "gray" if row.change in (None, 0) else "green" if row.change > 0 else "red"
        parts.append(f":{colour}-badge[{moved}]")
    st.markdown(" ".join([*parts, ui.badges(row.counts)]))
    if row.score.veto:
        titles = {veto.leaf.code: veto.leaf.title for veto in profile.edition.vetoes}
        names = common.COMMA.join(titles.get(code, code) for code in row.score.veto)
        st.error(common.VETOED.format(names=names), icon=":material/block:")


def _lost(profile: UnitProfile, down: list[unit_charts.Step]) -> None:
    with ui.card(words.LOST, words.LOST_NOTE):
        if not down:
            st.caption(words.LOST_NONE)
            return
        alt = words.LOST_ALT.format(first=down[0].label, points=points(down[0].lost))
        theme.show(unit_charts.waterfall(down, full=profile.edition.full, total=profile.row.score.total), alt=alt, key="unit_lost")


def _trend(profile: UnitProfile) -> None:
    with ui.card(words.TREND, words.TREND_NOTE):
        if len(profile.history) < 2:
            st.caption(words.TREND_FIRST)
            return
        alt = words.TREND_ALT.format(points=common.COMMA.join(points(total) for _, total in profile.history))
        theme.show(unit_charts.trend(profile.history, full=profile.edition.full), alt=alt, key="unit_trend")


def _compare(profile: UnitProfile, ranking: Ranking) -> None:
    rows: list[unit_charts.Compared] = []
    for node in profile.edition.index:
        own, median = profile.row.rates.get(node.code), profile.medians.get(node.code)
        others = [rate for row in ranking.rows if (rate := row.rates.get(node.code)) is not None]
        if own is not None and median is not None:
            rows.append(unit_charts.Compared(node.title, own, median, min([own, *others]), max([own, *others])))
    low = [row.label for row in rows if row.own < row.median]
    with ui.card(words.COMPARE, words.COMPARE_NOTE):
        alt = words.COMPARE_ALT.format(names=common.COMMA.join(low)) if low else words.COMPARE_NONE_LOW
        theme.show(unit_charts.dumbbell(rows), alt=alt, key="unit_compare")


def _scores(profile: UnitProfile) -> None:
    nodes = [(node, profile.row.score.nodes[node.code]) for node in profile.edition.index if node.code in profile.row.score.nodes]
    frame = pd.DataFrame(
        {
            words.COLUMN_TITLE: [node.title for node, _ in nodes],
            words.COLUMN_POINTS: [points(score.total) if score.weight else common.NONE for _, score in nodes],
            words.COLUMN_FULL: [points(score.weight) if score.weight else common.NONE for _, score in nodes],
            words.COLUMN_RATE: [percent(score.rate) for _, score in nodes],
            words.COLUMN_MEDIAN: [percent(profile.medians.get(node.code)) for node, _ in nodes],
        }
    )
    right = {name: st.column_config.TextColumn(alignment="right", width=72) for name in frame.columns[1:]}
    with ui.card(words.SCORES, words.SCORES_NOTE):
        st.dataframe(frame, hide_index=True, row_height=38, column_config=right, alt=words.SCORES_ALT)


def _leaves(profile: UnitProfile) -> None:
    lost = [one for one in profile.leaves if one.lost]
    unknown = [one for one in profile.leaves if one.outcome is Outcome.NOT_OBSERVED]
    rest = [one for one in profile.leaves if not one.lost and one.outcome is not Outcome.NOT_OBSERVED]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="unit_leaves_top"):
        st.header(words.LEAVES.format(n=len(lost), points=points(leaf.total_lost(lost))) if lost else words.LEAVES_NONE, anchor=False)
        _download(profile)
    if lost:
        st.caption(words.LEAVES_NOTE)
        _expanders(lost[:_TOP], "unit_lost_leaf", first_open=True)
        if len(lost) > _TOP and st.toggle(words.REST.format(n=len(lost) - _TOP), key="unit_rest"):
            _expanders(lost[_TOP:], "unit_rest_leaf")
    if unknown:
        st.header(words.UNKNOWN.format(n=len(unknown)), anchor=False)
        st.caption(words.UNKNOWN_NOTE)
        _expanders(unknown, "unit_unknown_leaf")
    if rest:
        with st.expander(words.PASSED.format(n=len(rest)), key="unit_passed"):
            st.dataframe(_frame(rest), hide_index=True, row_height=38, alt=words.PASSED_ALT)


def _expanders(leaves: list[LeafResult], key: str, *, first_open: bool = False) -> None:
    with st.container(gap="xsmall"):
        for n, one in enumerate(leaves):
            with st.expander(leaf.label(one), expanded=first_open and n == 0, key=f"{key}_{one.code}"):
                leaf.body(one, key=f"{key}_{one.code}")


def _frame(leaves: list[LeafResult]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            words.COLUMN_OUTCOME: [ui.marked(one.outcome) for one in leaves],
            words.COLUMN_LEAF: [one.title for one in leaves],
            words.COLUMN_POINTS: [points(one.points) for one in leaves],
            words.COLUMN_FULL: [points(one.full) for one in leaves],
            words.COLUMN_REASON: [one.reason for one in leaves],
        }
    )


def _download(profile: UnitProfile) -> None:
    first = {node.code: node.title for node in profile.edition.index}
    header = [words.COLUMN_CODE, words.COLUMN_LEVEL, words.COLUMN_LEAF, words.COLUMN_OUTCOME, words.COLUMN_POINTS, words.COLUMN_FULL, words.COLUMN_LOST]
    header += [words.COLUMN_REASON, words.COLUMN_FIX, words.COLUMN_BASIS, words.COLUMN_URL]
    rows: list[list[object]] = [
        [
            one.code,
            first.get(one.first_level, one.first_level),
            one.title,
            one.outcome.zh,
            points(one.points),
            points(one.full),
            points(one.lost if one.lost is not None else Decimal(0) if one.points is not None else None),
            one.reason,
            one.indicator.fix,
            one.indicator.basis,
            one.evidence[0].url if one.evidence else "",
        ]
        for one in profile.leaves
    ]
    name = words.FILE.format(period=profile.period.title, unit=profile.row.name)
    st.download_button(words.DOWNLOAD, to_csv(header, rows), name, "text/csv", key="unit_csv", icon=":material/download:", on_click="ignore")
