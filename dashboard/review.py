"""评分: an evaluator goes through one unit's leaves of an open period."""

from collections import Counter
from collections.abc import Container, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.components import address, clue_list, data, people, review_bulk, review_card, tables, theme, ui
from dashboard.components.text import difference, exact, percent, plain, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import review as words
from scoring.model import Check, Outcome, PeriodState
from scoring.services.locking import Blocker
from scoring.services.shapes import LeafResult, PeriodInfo, UnitProfile

_FILTERS = (words.WAITING, words.ALL, *(outcome.zh for outcome in ui.ORDER), words.MANUAL)


def render() -> None:
    """The page."""
    periods = data.all_periods()
    if not periods:
        ui.heading(words.TITLE)
        st.info(words.NO_PERIOD, icon=":material/inbox:")
        st.markdown(words.NO_PERIOD_HOW)
        st.code(words.NO_PERIOD_COMMAND, language=None)
        return
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="review_top"):
        ui.heading(words.TITLE)
        with st.container(horizontal=True, width="stretch" if theme.is_phone() else "content", key="review_filters"):
            period, unit, waiting = _choose(periods)
    address.explain()
    profile = data.draft_profile(period, unit)
    writable = period.state is PeriodState.OPEN
    mine = {blocker.code: blocker.why for blocker in waiting if blocker.unit == unit}
    left = len(mine)
    values = {"unit": profile.row.name, "n": left, "total": points(profile.row.score.total)}
    if writable:
        few = profile.row.score.rank is None and not profile.row.score.veto
        head = (words.HEAD_FEW if few else words.HEAD) if left else words.HEAD_FEW_DONE if few else words.HEAD_DONE
        ui.conclusion(head.format(**values, seen=percent(profile.row.score.coverage)), words.NOTE.format(period=period.title, n=len(waiting)))
    else:
        closed = words.HEAD_CLOSED_NONE if profile.row.score.rank is None else words.HEAD_CLOSED
        ui.conclusion(closed.format(**values), words.NOTE_CLOSED.format(period=period.title, state=period.state.zh))
        st.warning(words.LOCKED.format(state=period.state.zh), icon=":material/lock:")
    review_card.notice()
    _work(period, profile, mine, writable=writable)
    clue_list.show(period, unit, profile.row.name)


def chosen(leaves: Sequence[LeafResult], by: str, waiting: Container[str]) -> list[LeafResult]:
    """The leaves a filter lets through; `waiting` holds the codes that still need a person."""
    if by == words.WAITING:
        return [leaf for leaf in leaves if leaf.code in waiting]
    if by == words.MANUAL:
        return [leaf for leaf in leaves if leaf.check is Check.MANUAL]
    return [leaf for leaf in leaves if by == words.ALL or leaf.outcome.zh == by]


def following(leaves: Sequence[LeafResult], code: str, waiting: Container[str]) -> str:
    """The next leaf in the list that waits for a person, after the last one the first; empty when none does or `code` itself did not wait."""
    codes = [leaf.code for leaf in leaves]
    at = codes.index(code)
    return next((one for one in [*codes[at + 1 :], *codes[:at]] if one in waiting), "") if code in waiting else ""


def _choose(periods: Sequence[PeriodInfo]) -> tuple[PeriodInfo, str, Sequence[Blocker]]:
    period = ui.workbench(periods, key="review")
    waiting = data.blockers(period) if period.state is PeriodState.OPEN else []
    counts = Counter(blocker.unit for blocker in waiting)
    names = {row.unit: row.name for group in period.groups for row in data.draft_ranking(period, group).rows}
    labels = {unit: words.CHOICE.format(name=name, n=counts[unit]) if counts[unit] else words.CHOICE_DONE.format(name=name) for unit, name in names.items()}
    first = next((unit for unit in names if counts[unit]), next(iter(names), ""))
    unit = address.select("unit", labels, first, icon=":material/domain:", key="review", width=240)
    address.keep(period=period.id, unit=unit)
    return period, unit, waiting


def _work(period: PeriodInfo, profile: UnitProfile, waiting: Mapping[str, str], *, writable: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom", horizontal_alignment="distribute", key="review_bar"):
        by = (
            st.segmented_control(
                words.FILTER,
                _FILTERS if writable else _FILTERS[1:],
                default=_first_filter(profile, waiting) if writable else words.ALL,
                required=True,
                key="review_filter" if writable else "review_filter_closed",
                wrap=True,
            )
            or words.ALL
        )
        if writable:
            _score(profile)
    leaves = chosen(profile.leaves, by, waiting)
    codes = {leaf.code: leaf.title for leaf in profile.leaves}
    if not leaves:
        st.success(words.FILTER_DONE if by == words.WAITING else words.FILTER_NONE, icon=":material/task_alt:")
        return
    first = leaves[0].code
    code = address.read("indicator", codes, first)
    if code not in {leaf.code for leaf in leaves}:
        code = first
    address.explain()
    address.keep(indicator=code)
    with st.grid(2, min_column_width=440):
        with st.container():
            st.caption(words.TABLE_NOTE)
            _list(leaves, code, waiting, f"{profile.row.unit}_{by}")
            if writable:
                review_bulk.show(period, profile, waiting, actor=people.current())
        leaf = next(leaf for leaf in leaves if leaf.code == code)
        review_card.card(period, profile, leaf, waiting.get(code, ""), following=following(leaves, code, waiting), actor=people.current(), writable=writable)


def _first_filter(profile: UnitProfile, waiting: Container[str]) -> str:
    """What still waits; but a link to a leaf that is settled shows that leaf, not the first one waiting."""
    linked = st.query_params.get("indicator")
    return words.ALL if linked in {leaf.code for leaf in profile.leaves} and linked not in waiting else words.WAITING


def _list(leaves: list[LeafResult], code: str, waiting: Container[str], scope: str) -> None:
    options = [ui.marked(outcome) for outcome in Outcome]
    frame = pd.DataFrame(
        {
            words.COLUMN_STATE: [[ui.marked(leaf.outcome)] for leaf in leaves],
            words.COLUMN_LEAF: [leaf.title for leaf in leaves],
            words.COLUMN_POINTS: [exact(leaf.points) for leaf in leaves],
            words.COLUMN_FULL: [exact(leaf.full) for leaf in leaves],
            words.COLUMN_BY: [_by(leaf, waiting) for leaf in leaves],
        }
    )
    at = next(n for n, leaf in enumerate(leaves) if leaf.code == code)
    # The key changes with what is listed, so that a selection never points at another row.
    widget = f"review_list_{scope}_{len(leaves)}_{code}"
    tables.show(
        frame,
        take=tables.Take("review_csv", words.FILE, lambda: csv(leaves, waiting)),
        most=14,
        on_select=lambda: _pick(widget, leaves),
        selection_mode="single-row",
        selection_default={"selection": {"rows": [at], "columns": [], "cells": []}},
        key=widget,
        alt=words.TABLE_ALT,
        column_order=[words.COLUMN_STATE, words.COLUMN_LEAF, words.COLUMN_BY] if theme.is_phone() else None,
        column_config={
            words.COLUMN_STATE: st.column_config.MultiselectColumn(options=options, color=theme.tints(list(Outcome)), width=104),
            words.COLUMN_POINTS: st.column_config.TextColumn(width=56, alignment="right"),
            words.COLUMN_FULL: st.column_config.TextColumn(width=56, alignment="right"),
            words.COLUMN_BY: st.column_config.TextColumn(width=88),
        },
    )


def csv(leaves: Sequence[LeafResult], waiting: Container[str]) -> bytes:
    """The listed leaves with their reasons, points as shown and unrounded."""
    header = [words.COLUMN_CODE, words.COLUMN_LEAF, words.COLUMN_STATE, words.COLUMN_POINTS, words.COLUMN_FULL, words.COLUMN_BY, words.COLUMN_REASON]
    header += [common.UNROUNDED.format(name=name) for name in (words.COLUMN_POINTS, words.COLUMN_FULL)]
    rows = [
        [one.code, one.title, one.outcome.zh, exact(one.points), exact(one.full), _by(one, waiting), one.reason, unrounded(one.points), unrounded(one.full)]
        for one in leaves
    ]
    return to_csv(header, rows)


def _by(leaf: LeafResult, waiting: Container[str]) -> str:
    return words.BY_WAITING if leaf.code in waiting else words.BY_PERSON if leaf.reviewed else words.BY_MACHINE


def _pick(widget: str, leaves: list[LeafResult]) -> None:
    rows = st.session_state[widget].selection.rows
    if rows and rows[0] < len(leaves):
        address.keep(indicator=leaves[rows[0]].code)


def _score(profile: UnitProfile) -> None:
    """The draft score; beside it what the last save changed."""
    key = f"review_total_{profile.period.id}_{profile.row.unit}"
    score = profile.row.score
    delta = difference(score.total, st.session_state.get(key))
    st.session_state[key] = score.total
    spread = words.DRAFT_RANGE.format(lower=points(score.lower), upper=points(score.upper)) if score.provisional else words.DRAFT_SURE
    line = f"{words.DRAFT_SCORE} **{points(score.total)}** :gray[{plain(spread)}]"
    if delta:
        line += f" :blue-badge[{words.SCORE_CHANGED.format(sign=words.UP if delta > 0 else words.DOWN, n=points(abs(delta)))}]"
    st.markdown(line, width="content")
