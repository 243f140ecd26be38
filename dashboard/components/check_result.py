"""What a self-check found: ring, what to change first, column by column, leaf by leaf, the list to take away."""

import re
from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import urlsplit

import pandas as pd
import streamlit as st

from dashboard.components import charts, data, leaf, tables, theme, ui
from dashboard.components.text import day, exact, percent, plain, points, to_csv, unrounded
from dashboard.strings import check as words
from dashboard.strings import common
from scoring.model import Outcome
from scoring.services.shapes import CheckResult, ColumnResult, LeafResult

_TAIL = re.compile(words.TITLE_TAIL)
_SEEN = "ok"
_FIRST = 3
_OPEN = 5
_STANDINGS = {
    words.COLUMN_MISSING: Outcome.UNMET,
    words.COLUMN_BLANK: Outcome.UNMET,
    words.COLUMN_STALE: Outcome.PARTIAL,
    words.COLUMN_UNKNOWN: Outcome.NOT_OBSERVED,
    words.COLUMN_THERE: Outcome.MET,
}
"""Words for a column, each with the outcome whose tint it takes."""


def show(result: CheckResult, *, job: str, again: Callable[[], None]) -> None:
    """The finished self-check."""
    groups = leaf.by_outcome(result.leaves)
    note = words.DONE_NOTE.format(day=day(result.as_of), pages=result.pages, seconds=f"{result.seconds:.0f}", edition=result.edition_title)
    if unseen(result):
        _blocked(result, note, job, again)
        return
    ui.conclusion(headline(result), note)
    with st.container(horizontal=True, key="check_actions"):
        _download(result)
        again()
    if result.status != "ok":
        st.warning(plain(words.STATUS.format(status=result.status_zh)), icon=":material/help:")
    with st.grid(3, min_column_width=280) as grid:
        _score(result)
        with grid.cell(column_span=2):
            _first(result.leaves)
    _columns(result.columns)
    st.header(words.LEAVES, anchor=False)
    for outcome in ui.ORDER:
        _group(outcome, groups[outcome], job)


def unseen(result: CheckResult) -> bool:
    """True when nothing of the site could be looked at."""
    return result.status != _SEEN or all(one.outcome in (Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE) for one in result.leaves)


def name_of(result: CheckResult) -> str:
    """The unit; for a check by address the site's own name, as its home page's title gives it."""
    if result.unit_name and result.unit_name != urlsplit(result.url).netloc:
        return result.unit_name
    home = next((ref.snapshot for one in result.leaves for ref in one.evidence if ref.snapshot and ref.url.rstrip("/") == result.url.rstrip("/")), "")
    title = data.title_of(home) if home else ""
    return _TAIL.split(title)[0].strip() or result.unit_name or result.url


def headline(result: CheckResult) -> str:
    """What is wrong and what it is worth."""
    groups = leaf.by_outcome(result.leaves)
    name = name_of(result)
    bad, warn, unknown = (len(groups[outcome]) for outcome in (Outcome.UNMET, Outcome.PARTIAL, Outcome.NOT_OBSERVED))
    if bad or warn:
        return words.HEAD.format(unit=name, bad=bad, warn=warn, gain=points(leaf.total_gain(result.leaves)))
    return words.HEAD_UNKNOWN.format(unit=name, n=unknown) if unknown else words.HEAD_GOOD.format(unit=name)


def advice(column: ColumnResult) -> str:
    """How to mend one column; — when nothing is wrong."""
    if column.outcome is Outcome.NOT_OBSERVED:
        return words.FIX_UNKNOWN
    if column.outcome is Outcome.UNMET:
        return words.FIX_DEAD if column.url else words.FIX_MISSING.format(name=column.name)
    if stale(column):
        return words.FIX_STALE.format(days=column.days)
    return words.FIX_DATE if column.days is not None and column.age_days is None else words.FIX_NONE


def standing(column: ColumnResult) -> str:
    """Where a column stands, in one word with a shape: being there and being in time are told apart."""
    if column.outcome is Outcome.NOT_OBSERVED:
        return words.COLUMN_UNKNOWN
    if column.outcome is Outcome.UNMET:
        return words.COLUMN_BLANK if column.url else words.COLUMN_MISSING
    return words.COLUMN_STALE if stale(column) else words.COLUMN_THERE


def stale(column: ColumnResult) -> bool:
    """True when the column is there and older than its limit (the limit day itself is in time)."""
    return column.age_days is not None and column.days is not None and column.age_days > column.days


def freshness(column: ColumnResult) -> str:
    """How fresh, in words with a shape."""
    if column.outcome is not Outcome.MET:
        return common.NONE
    if column.age_days is None:
        return words.NO_DATE if column.days is not None else common.NONE
    if stale(column):
        return words.STALE.format(age=column.age_days, days=column.days)
    return (words.FRESH if column.days is None else words.FRESH_LIMIT).format(age=column.age_days, days=column.days)


def _blocked(result: CheckResult, note: str, job: str, again: Callable[[], None]) -> None:
    """Nothing was seen: the cause and the first thing to do, no ring, nothing said 73 times."""
    ui.conclusion(words.HEAD_BLOCKED, words.BLOCKED_NOTE.format(unit=name_of(result), note=note))
    why = result.status_zh if result.status != _SEEN else next((one.reason for one in result.leaves if one.reason), result.status_zh)
    st.warning(plain(words.BLOCKED_STATUS.format(status=why.rstrip("。"))), icon=":material/help:")
    with ui.card(words.BLOCKED_FIRST):
        st.text(words.BLOCKED_FIX.get(result.status, words.BLOCKED_FIX_OTHER))
        st.text(words.BLOCKED_THEN)
        again()
    if result.columns:
        with st.expander(words.BLOCKED_COLUMNS.format(n=len(result.columns)), key="check_blocked_columns"):
            st.text(words.BLOCKED_COLUMNS_WHY.format(status=why.rstrip("。")))
            st.caption(plain(common.COMMA.join(column.name for column in result.columns)))
    leaf.unknown([one for one in result.leaves if one.outcome is Outcome.NOT_OBSERVED], key="check_blocked_leaves", source="check", job=job)


def _score(result: CheckResult) -> None:
    score = result.score
    with ui.card(words.SCORE, words.SCORE_NOTE):
        full = score["max"]
        alt = words.SCORE_ALT.format(points=points(score["points"]), full=points(full))
        theme.show(charts.ring(score["points"], full, words.SCORE_OF.format(full=points(full))), alt=alt, key="check_ring")
        st.markdown(ui.badges({outcome: len(found) for outcome, found in leaf.by_outcome(result.leaves).items()}))
        if score["lower"] == score["upper"]:
            st.caption(words.SCORE_SURE)
        else:
            spread = words.SCORE_RANGE.format(lower=points(score["lower"]), upper=points(score["upper"]), coverage=percent(score["coverage"]))
            st.caption(spread)


def _first(leaves: Sequence[LeafResult]) -> None:
    worst = sorted((one for one in leaves if leaf.recoverable(one)), key=lambda one: -(one.lost or 0))[:_FIRST]
    if not worst:
        with ui.card(words.FIRST_NONE, words.FIRST_NONE_NOTE):
            return
    with ui.card(words.FIRST.format(n=len(worst), gain=points(leaf.total_gain(worst)))):
        for one in worst:
            with st.container(border=True):
                mark = theme.MARKS[one.outcome]
                gain = ui.neutral(leaf.gain_of(one), ":material/trending_up:")
                st.markdown(f":{mark.colour}[{mark.icon}] **{plain(one.title)}** &nbsp; {gain}")
                st.text(one.reason)
                st.markdown(f":small[:gray[{common.FIX}：{plain(one.indicator.fix or common.NO_FIX)}]]")


def _columns(columns: Sequence[ColumnResult]) -> None:
    count = {outcome: sum(column.outcome is outcome for column in columns) for outcome in Outcome}
    note = words.COLUMNS_NOTE.format(
        n=len(columns),
        there=count[Outcome.MET],
        bad=count[Outcome.UNMET],
        unknown=count[Outcome.NOT_OBSERVED],
        stale=sum(stale(column) for column in columns),
    )
    with ui.card(words.COLUMNS, note):
        only = st.toggle(words.COLUMN_FILTER, key="check_columns_only")
        shown = [column for column in columns if not only or advice(column) != words.FIX_NONE]
        order = {Outcome.UNMET: 0, Outcome.NOT_OBSERVED: 1, Outcome.MET: 2}
        shown.sort(key=lambda column: (order.get(column.outcome, 3), not stale(column)))
        frame = pd.DataFrame(
            {
                words.COLUMN_STATE: [[standing(column)] for column in shown],
                words.COLUMN_NAME: [column.name for column in shown],
                words.COLUMN_TEXT: [column.text or common.NONE for column in shown],
                words.COLUMN_FRESH: [freshness(column) for column in shown],
                words.COLUMN_NEWEST: [day(column.newest) for column in shown],
                words.COLUMN_ITEMS: [column.items for column in shown],
                words.COLUMN_FIX: [advice(column) for column in shown],
                words.COLUMN_URL: [column.url or common.NONE for column in shown],
            }
        )
        state = st.column_config.MultiselectColumn(options=list(_STANDINGS), color=theme.tints(list(_STANDINGS.values())), width=124)
        widths = {
            words.COLUMN_NAME: 140,
            words.COLUMN_TEXT: 130,
            words.COLUMN_FRESH: 196,
            words.COLUMN_NEWEST: 96,
            words.COLUMN_ITEMS: 52,
            words.COLUMN_FIX: 320,
            words.COLUMN_URL: 150,
        }
        config: dict[str, Any] = {name: st.column_config.Column(width=width) for name, width in widths.items()}
        config[words.COLUMN_STATE] = state
        take = tables.Take("check_columns_csv", words.COLUMNS_FILE, lambda: _columns_csv(columns))
        tables.show(frame, take=take, most=16, column_config=config, alt=words.COLUMNS_ALT)


def _columns_csv(columns: Sequence[ColumnResult]) -> bytes:
    header = [
        words.COLUMN_NAME,
        words.COLUMN_STATE,
        words.COLUMN_TEXT,
        words.COLUMN_FRESH,
        words.COLUMN_NEWEST,
        words.COLUMN_ITEMS,
        words.COLUMN_FIX,
        words.COLUMN_URL,
    ]
    return to_csv(
        header,
        [[one.name, standing(one)[2:], one.text, freshness(one), day(one.newest), one.items, advice(one), one.url or ""] for one in columns],
    )


def _group(outcome: Outcome, leaves: list[LeafResult], job: str) -> None:
    if not leaves:
        return
    mark = theme.MARKS[outcome]
    gain = leaf.total_gain(leaves)
    tail = words.GROUP_GAIN.format(gain=points(gain)) if gain else words.GROUP_UNKNOWN if outcome is Outcome.NOT_OBSERVED else ""
    head = words.GROUP_HEAD.format(outcome=outcome.zh, n=len(leaves))
    st.subheader(f":{mark.colour}[{mark.icon}] {head} :small[:gray[{tail}]]", anchor=False)
    if outcome is Outcome.MET:
        with st.expander(words.GROUP_PASSED.format(n=len(leaves)), key="check_passed"):
            frame = pd.DataFrame(
                {
                    words.COLUMN_LEAF: [one.title for one in leaves],
                    words.COLUMN_POINTS: [exact(one.points) for one in leaves],
                    words.COLUMN_REASON: [one.reason for one in leaves],
                }
            )
            rows = [[one.title, exact(one.points), one.reason, unrounded(one.points)] for one in leaves]
            header = [*frame.columns, common.UNROUNDED.format(name=words.COLUMN_POINTS)]
            tables.show(frame, take=tables.Take("check_passed_csv", words.PASSED_FILE, lambda: to_csv(header, rows)), alt=words.PASSED_ALT)
        return
    if outcome is Outcome.NOT_OBSERVED and len(leaves) > _OPEN:
        leaf.unknown(leaves, key="check_unknown", source="check", job=job)
        return
    first = leaves if outcome is Outcome.UNMET else leaves[:_OPEN]
    _expanders(first, job)
    rest = leaves[len(first) :]
    if rest and st.toggle(words.GROUP_REST.format(n=len(rest)), key=f"check_rest_{outcome}"):
        _expanders(rest, job)


def _expanders(leaves: list[LeafResult], job: str) -> None:
    with st.container(gap="xsmall"):
        for one in leaves:
            with st.expander(leaf.label(one), key=f"check_leaf_{one.code}"):
                leaf.body(one, key=f"check_leaf_{one.code}", source="check", job=job, indicator=one.code)


def _download(result: CheckResult) -> None:
    rows: list[list[object]] = []
    for outcome, leaves in leaf.by_outcome(result.leaves).items():
        if outcome in (Outcome.MET, Outcome.NOT_APPLICABLE):
            continue
        rows += [
            [
                words.CSV_LEAF,
                one.title,
                outcome.zh,
                exact(one.lost) if one.lost is None or leaf.recoverable(one) or not one.lost else words.CSV_GONE,
                one.reason,
                one.indicator.fix,
                one.indicator.basis,
                one.evidence[0].url if one.evidence else "",
                "",
                leaf.picture(one),
            ]
            for one in leaves
        ]
    rows += [
        [words.CSV_COLUMN, column.name, standing(column)[2:], "", freshness(column), advice(column), "", column.url or "", day(column.newest), ""]
        for column in result.columns
        if advice(column) != words.FIX_NONE
    ]
    name = words.FILE.format(unit=name_of(result), day=day(result.as_of))
    tables.download(tables.Take("check_csv", name, lambda: to_csv(words.CSV_HEADER, rows), words.DOWNLOAD))
