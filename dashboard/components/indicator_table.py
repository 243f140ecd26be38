"""各单位结果 on one indicator: filter, pages of 100, evidence and profile, CSV of all."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import indicator_said, links, tables, theme, ui
from dashboard.components.text import beijing, exact, percent, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import indicator as words
from scoring.services.indicator import IndicatorView, Mark

_PAGE = 100
_AT = "indicator_page"


def card(view: IndicatorView) -> None:
    """The table."""
    with ui.card(words.TABLE, "" if theme.is_phone() else words.TABLE_NOTE):  # there the table's tools would lie over it
        kinds = list(dict.fromkeys(indicator_said.outcome_of(view, one) for one in view.marks)) if view.row.node.is_leaf else []
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            chosen = words.EVERY
            if len(kinds) > 1:
                chosen = st.segmented_control(
                    words.FILTER,
                    [words.EVERY, *kinds],
                    default=words.EVERY,
                    required=True,
                    key="indicator_only",
                    label_visibility="collapsed",
                    bind="query-params",
                    on_change=_from_the_start,
                )
            name = words.FILE.format(period=view.period.title, group=view.group, title=view.row.node.title)
            take = tables.above(tables.Take("indicator_csv", name, lambda: csv(view), words.DOWNLOAD))
        rows = [one for one in view.marks if chosen in (words.EVERY, None) or indicator_said.outcome_of(view, one) == chosen]
        if len(rows) > _PAGE:
            page = st.pagination(-(-len(rows) // _PAGE), key=_AT, bind="query-params")
            st.caption(words.PAGE.format(a=(page - 1) * _PAGE + 1, b=min(page * _PAGE, len(rows)), n=len(rows)))
            rows = rows[(page - 1) * _PAGE : page * _PAGE]
        _table(view, rows, take)


def _from_the_start() -> None:
    st.session_state[_AT] = 1


def csv(view: IndicatorView) -> bytes:
    """Every unit with its reason and evidence."""
    header = [words.RANK, words.UNIT, words.OUTCOME, words.RATE_COLUMN, words.POINTS, words.REASON, words.URL, words.SEEN]
    header += [common.UNROUNDED.format(name=name) for name in (words.RATE_COLUMN, words.POINTS)]
    rows = [
        [
            common.NONE if one.rank is None else one.rank,
            one.name,
            indicator_said.outcome_of(view, one),
            percent(_told(one, one.rate)),
            exact(_told(one, one.points)),
            one.reason,
            one.finding.evidence[0].url if one.finding and one.finding.evidence else "",
            beijing(one.finding.evidence[0].at) if one.finding and one.finding.evidence else "",
            unrounded(_told(one, one.rate)),
            unrounded(_told(one, one.points)),
        ]
        for one in view.marks
    ]
    return to_csv(header, rows)


def _table(view: IndicatorView, rows: Sequence[Mark], take: tables.Take | str) -> None:
    phone, leaf = theme.is_phone(), view.row.node.is_leaf
    frame = pd.DataFrame({words.RANK: [common.NONE if one.rank is None else str(one.rank) for one in rows], words.UNIT: [one.name for one in rows]})
    if phone:
        frame = frame.drop(columns=[words.RANK])
    if leaf:
        frame[words.OUTCOME] = [_marked(view, one) for one in rows]
    if not (phone and leaf):
        frame[words.RATE_COLUMN] = [percent(_told(one, one.rate)) for one in rows]
    if not phone:
        frame[words.POINTS] = [exact(_told(one, one.points)) for one in rows]
        if leaf:
            frame[words.REASON] = [one.reason for one in rows]
    if leaf:
        frame["evidence"] = [words.OPEN_EVIDENCE if _snapshot(one) else None for one in rows]
    frame["open"] = words.PROFILE
    config: dict[str, Any] = {
        words.RANK: st.column_config.TextColumn(width=48, alignment="center"),
        words.UNIT: st.column_config.TextColumn(width=90 if phone else 200),
        words.OUTCOME: st.column_config.TextColumn(width=84 if phone else 100),
        words.RATE_COLUMN: st.column_config.TextColumn(alignment="right", width=64),
        words.POINTS: st.column_config.TextColumn(alignment="right", width=64),
        words.REASON: st.column_config.TextColumn(width=520),
        "evidence": st.column_config.ButtonColumn("", type="tertiary", width=56, key="indicator_evidence", on_click=_evidence, args=(view, rows)),
        "open": st.column_config.ButtonColumn("", type="tertiary", width=56, key="indicator_open", on_click=_profile, args=(view, rows)),
    }
    alt = words.TABLE_ALT.format(n=len(rows))
    tables.show(frame, take=take, column_config=config, alt=alt, placeholder=common.NONE)


def _marked(view: IndicatorView, one: Mark) -> str:
    text = indicator_said.outcome_of(view, one)
    return text if one.short or one.outcome is None else f"{theme.MARKS[one.outcome].glyph} {text}"


def _told(one: Mark, value: Decimal | None) -> Decimal | None:
    """No number of a unit that is 数据不足: what was seen of it is not what it is worth."""
    return None if one.short else value


def _snapshot(one: Mark) -> str:
    return next((ref.snapshot for ref in one.finding.evidence if ref.snapshot), "") if one.finding else ""


def _evidence(view: IndicatorView, rows: Sequence[Mark]) -> None:
    click = st.session_state["indicator_evidence"]
    if click is not None and (snapshot := _snapshot(rows[click.row])):
        ids = {"period": view.period.ref, "group": view.group, "unit": rows[click.row].unit, "indicator": view.row.node.code}
        links.open_page("evidence", snapshot=snapshot, source="indicator", **ids)


def _profile(view: IndicatorView, rows: Sequence[Mark]) -> None:
    click = st.session_state["indicator_open"]
    if click is not None:
        links.open_page("unit", unit=rows[click.row].unit, period=view.period.ref)
