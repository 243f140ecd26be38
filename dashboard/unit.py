"""单位画像: one unit in a published period: where the points went and how to get them back."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard.components import (
    address,
    closing,
    data,
    leaf,
    printing,
    report_buttons,
    revision,
    theme,
    ui,
    unit_asked,
    unit_children,
    unit_compare,
    unit_course,
    unit_leaves,
    unit_losses,
)
from dashboard.components.text import change, percent, points, width
from dashboard.strings import common
from dashboard.strings import unit as words
from scoring.model import Outcome
from scoring.services import losses
from scoring.services.losses import Kind as LossKind
from scoring.services.report.kinds import Kind
from scoring.services.shapes import PeriodInfo, Ranking, UnitProfile

_LONGEST = 40
_CAUSES = 2
_CLOSE = 2
"""A second loss of more than 1/_CLOSE of the first is named beside it."""


def render() -> None:
    """The page."""
    published = closing.readable(st.query_params.get("period", ""))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="unit_top"):
        ui.heading(words.TITLE)
        if published:
            with st.container(horizontal=True, width="stretch" if theme.is_phone() else "content", key="unit_filters"):
                period, ranking, unit = _filters(published)
    address.explain()
    if not published:
        ui.nothing_published()
        return
    printing.a4()
    revision.banner(period)
    if ranking is None:
        st.info(words.NOT_TOLD if not period.disclosure.scored else words.NO_UNITS, icon=":material/inbox:")
        return
    profile = data.profile(period, unit)
    if short(profile):
        _unseen(profile)
        unit_asked.card(profile)
        ui.source_of(ranking)
        return
    ui.conclusion(headline(profile), _note(profile, ranking))
    _badges(profile)
    unit_asked.card(profile)
    if profile.row.score.veto:
        unit_leaves.vetoed(profile)
    with st.grid(2, min_column_width=440):
        unit_losses.lost(profile)
        unit_losses.fixes(profile)
        unit_course.card(profile)
        unit_compare.card(profile, ranking)
    unit_children.below(profile)
    unit_children.made_of(profile)
    unit_leaves.scored(profile)
    unit_compare.table(profile, ranking)
    with st.container(key="unit_take"), ui.card(words.TAKE, words.PRINT):
        report_buttons.for_unit(period, unit, kinds=[kind for kind in report_buttons.OF_UNIT if kind is not Kind.UNIT], key="unit")
    ui.source_of(ranking)


def headline(profile: UnitProfile) -> str:
    """Points, rank, points lost and where most of them went, in at most 40 汉字."""
    row = profile.row
    if row.score.veto:
        return words.HEAD_VETO.format(unit=row.name, n=len(row.score.veto))
    if short(profile):
        return words.HEAD_UNRANKED.format(unit=row.name, coverage=percent(row.score.coverage))
    sure = [step for step in losses.visible(losses.steps(profile)) if step.sure]
    costly = [step for step in sure if step.kind is LossKind.NAMED]
    values = {"unit": row.name, "total": points(row.score.total), "rank": row.score.rank, "lost": points(sum((step.lost for step in sure), Decimal(0)))}
    if not costly:
        return (words.HEAD_SHORT if row.score.provisional else words.HEAD_FULL).format(**values)
    names = [costly[0].label, costly[1].label] if len(costly) > 1 and costly[1].lost * _CLOSE > costly[0].lost else [costly[0].label]
    lines = [
        words.HEAD.format(**values, names="".join(words.HEAD_QUOTED.format(name=name) for name in names)),
        words.HEAD_BRIEF.format(**values, names=common.COMMA.join(names)),
        words.HEAD_LOST.format(**values),
    ]
    return next((line for line in lines if width(line) <= _LONGEST), lines[-1])


def short(profile: UnitProfile) -> bool:
    """True when too little was seen for a total: 数据不足, never a fault of the unit."""
    return profile.row.score.rank is None and not profile.row.score.veto


def _filters(published: Sequence[PeriodInfo]) -> tuple[PeriodInfo, Ranking | None, str]:
    periods = {period.ref: period for period in published}
    chosen = address.select("period", ui.titles(published), published[0].ref, icon=":material/calendar_month:", key="unit")
    rankings = [data.ranking(periods[chosen], group) for group in periods[chosen].groups if periods[chosen].disclosure.scored]
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
    _top(profile, " ".join([*parts, ui.badges(row.counts)]))


def _top(profile: UnitProfile, badges: str) -> None:
    """The badges, and beside them the report to print or to send."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="unit_told"):
        st.markdown(badges, width="content")
        report_buttons.button(profile.period, Kind.UNIT, unit=profile.row.unit, key="unit")
    report_buttons.told(profile.period, (Kind.UNIT,), profile.row.unit)


def _unseen(profile: UnitProfile) -> None:
    """数据不足: what was seen, why not more, and what is needed; no total, no rates, no comparison."""
    needed = words.SHORT_NOTE.format(period=profile.period.title, group=profile.group, size=profile.size, need=percent(profile.edition.coverage))
    ui.conclusion(headline(profile), needed)
    unknown = sum(n for _, n in unit_leaves.causes(profile))
    _top(profile, " ".join([ui.quiet(common.SHORT_DATA), ui.badge(Outcome.NOT_OBSERVED, unknown)]))
    with st.grid(2, min_column_width=440):
        with ui.card(words.NEEDED, words.NEEDED_NOTE):
            for reason, n in unit_leaves.causes(profile)[:_CAUSES]:
                leaf.part(words.CAUSE.format(n=n), reason)
            leaf.part(words.NEEDED_HOW, words.NEEDED_STEPS)
        unit_course.card(profile)
    unit_children.below(profile)
    unit_leaves.unscored(profile)
