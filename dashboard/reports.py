"""报告: every report of a published period, made when it is asked for, within the 发布口径."""

import streamlit as st

from dashboard.components import address, closing, people, report_buttons, report_jobs, revision, theme, ui
from dashboard.strings import common
from dashboard.strings import reports as words
from scoring.permissions import Action, may
from scoring.services.report import build
from scoring.services.report.kinds import Kind
from scoring.services.shapes import PeriodInfo

_EACH, _MOST = (Kind.UNIT, Kind.WEB), 300
"""Kinds with a file for each unit are made at once for so many units at most; more take minutes and are written in the background."""


def render() -> None:
    """The page."""
    published = closing.readable(st.query_params.get("period", ""))
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="reports_top"):
        ui.heading(words.TITLE)
        if published:
            with st.container(horizontal=True, width="stretch" if theme.is_phone() else "content", key="reports_filters"):
                periods = {period.ref: period for period in published}
                chosen = address.select("period", ui.titles(published), published[0].ref, icon=":material/calendar_month:", key="reports")
    address.explain()
    if not published:
        ui.nothing_published()
        return
    period = periods[chosen]
    address.keep(period=chosen)
    units = report_buttons.units(period)
    offered = build.offered(period.disclosure, units=bool(units))
    extent = period.disclosure.zh
    ui.conclusion(words.HEAD.format(period=period.title, n=len(offered)), words.NOTE.format(extent=extent, revision=period.revision or 1))
    revision.banner(period)
    if missing := [kind.zh for kind in Kind if kind not in offered]:
        st.info(words.NOT_OFFERED.format(extent=extent, names=common.COMMA.join(missing)), icon=":material/visibility_off:")
    with st.grid(3, min_column_width=300):
        for kind in offered:
            with ui.card(kind.zh, words.NOTES[kind]):
                if kind in _EACH and len(units) > _MOST:
                    report_jobs.card(period, kind, units)
                    continue
                label = words.MAKE_ALL.format(n=len(units)) if kind is Kind.UNIT else ""
                report_buttons.button(period, kind, key="reports", label=label)
                report_buttons.told(period, (kind,))
    _of_unit(period, dict(units))
    if may(people.current().role, Action.VIEW_DRAFT):
        st.caption(words.MANUAL)
        st.code(words.COMMAND.format(period=period.ref), language=None)


def _of_unit(period: PeriodInfo, units: dict[str, str]) -> None:
    with ui.card(words.OF_UNIT, words.OF_UNIT_NOTE if units else words.NO_UNITS):
        if not units:
            return
        unit = address.select("unit", units, next(iter(units)), icon=":material/domain:", key="reports", width=320)
        report_buttons.for_unit(period, unit, key="reports_unit")
