"""指标体系: an edition as a table, its Excel workbook, and for evaluators a changed one: checked, compared, tried on a period."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.components import boundary, data, edition_trial, people, tables, theme, ui
from dashboard.components.text import plain
from dashboard.strings import common
from dashboard.strings import editions as words
from scoring.model import Check, Edition
from scoring.permissions import Action, may
from scoring.services import edition_rows, rule_words
from scoring.services.edition_rows import EditionRow, Part

_ROW = 96
"""Four lines of a cell, so that most sentences are read without opening it."""


def render() -> None:
    """The page."""
    ui.heading(words.TITLE)
    for line in data.broken_editions():
        st.warning(plain(words.BROKEN.format(line=line)), icon=":material/warning:")
    editions = {edition.id: edition for edition in data.available_editions()}
    if not editions:
        st.info(words.NONE_YET, icon=":material/inbox:")
        st.caption(words.NONE_HOW)
        return
    chosen = st.selectbox(
        words.CHOOSE,
        list(editions),
        index=list(editions).index(_in_use(list(editions))),
        format_func=lambda one: f"{editions[one].title}（{one}）",
        key="editions_id",
        bind="query-params",
        label_visibility="collapsed",
    )
    edition = editions[chosen or next(iter(editions))]
    _head(edition)
    _table(edition)
    if may(people.current().role, Action.VIEW_DRAFT):
        edition_trial.show(edition)


def _in_use(known: Sequence[str]) -> str:
    """The edition that the newest period is judged by: that of its first group."""
    periods = [*data.all_periods(), *data.published_periods()] if may(people.current().role, Action.VIEW_DRAFT) else data.published_periods()
    used = [edition for period in sorted(periods, key=lambda one: (one.end, one.id), reverse=True)[:1] for edition in period.groups.values()]
    return next((one for one in used if one in known), known[0])


def _head(edition: Edition) -> None:
    counts = edition_rows.counts(edition)
    head = words.HEAD.format(n=sum(counts.values()), full=edition_rows.plain(edition.full))
    parent = words.PARENT.format(id=edition.parent) if edition.parent else ""
    note = words.NOTE.format(
        title=edition.title,
        auto=counts[Check.AUTO],
        assist=counts[Check.ASSIST],
        manual=counts[Check.MANUAL],
        unverified=edition_rows.unverified(edition),
        parent=parent,
    )
    ui.conclusion(head, note)
    if edition.note:
        st.info(plain(edition.note), icon=":material/balance:")


def _table(edition: Edition) -> None:
    rows = [row for row in edition_rows.rows(edition) if row.node.is_leaf]
    with ui.card(words.TABLE):
        with st.container(horizontal=True, vertical_alignment="bottom", key="editions_tools"):
            query = st.text_input(
                words.SEARCH,
                key="editions_search",
                placeholder=words.SEARCH_HINT,
                label_visibility="collapsed",
                icon=":material/search:",
                bind="query-params",
            )
            _downloads(edition)
        frame = pd.DataFrame([cells(row) for row in rows])
        if wanted := query.split():
            text = frame.astype(str).agg("\n".join, axis=1).str.casefold()
            frame = frame[[all(word.casefold() in one for word in wanted) for one in text]]
            if frame.empty:
                st.info(plain(words.NOTHING_FOUND.format(query=query)), icon=":material/search_off:")
                return
            st.caption(words.FOUND.format(n=len(frame), total=len(rows)))
        _show(frame)


def _show(frame: pd.DataFrame) -> None:
    order: Sequence[str] | None = None
    if theme.is_phone():
        order = [words.COLUMN_NAME, words.COLUMN_WEIGHT, words.COLUMN_CHECK, words.COLUMN_CRITERIA, words.COLUMN_PATH]
    widths = {
        words.COLUMN_PATH: 170,
        words.COLUMN_NAME: 150 if theme.is_phone() else 240,
        words.COLUMN_WEIGHT: 84,
        words.COLUMN_CHECK: 92,
        words.COLUMN_CRITERIA: 360,
        words.COLUMN_RESPONSIBLE: 150,
        words.COLUMN_NEEDS: 96,
    }
    tables.show(
        frame,
        take="editions_xlsx",
        column_order=order,
        row_height=_ROW,
        height=min(38 + _ROW * len(frame) + 4, 700),
        column_config={name: st.column_config.TextColumn(width=width) for name, width in widths.items()},
        alt=words.TABLE_ALT,
    )


def cells(row: EditionRow) -> dict[str, str]:
    """A leaf as the table shows it."""
    node = row.node
    path = common.DOT.join(one.title for one in row.path) if row.part is Part.INDEX else row.part.zh
    return {
        words.COLUMN_PATH: path,
        words.COLUMN_NAME: node.title,
        words.COLUMN_WEIGHT: weight(row),
        words.COLUMN_CHECK: (node.check or Check.MANUAL).zh.partition(common.COMMA)[0],
        words.COLUMN_CRITERIA: rule_words.sentence(node, row.part),
        words.COLUMN_RESPONSIBLE: common.COMMA.join(node.responsible),
        words.COLUMN_NEEDS: common.COMMA.join(node.needs) or words.EVERYBODY,
        words.COLUMN_BASIS: node.basis,
        words.COLUMN_FIX: node.fix,
        words.COLUMN_VERIFIED: "" if node.verified else words.UNVERIFIED,
        words.COLUMN_CODE: node.code,
    }


def weight(row: EditionRow) -> str:
    """The points of a leaf, or what a veto or deduction does."""
    if row.part is Part.VETO:
        return words.VETO_ZERO if row.score is None else words.VETO_LIMIT.format(points=edition_rows.plain(row.score))
    points = edition_rows.plain(row.weight or Decimal(0))
    return words.DEDUCTION.format(points=points) if row.part is Part.DEDUCTION else points


def _downloads(edition: Edition) -> None:
    book, why = boundary.attempt(lambda: data.workbook(edition))
    if book is None:
        boundary.failed(why)
    else:
        kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        name = words.FILE.format(id=edition.id)
        st.download_button(words.DOWNLOAD, book, name, kind, icon=":material/download:", key="editions_xlsx", on_click="ignore")
    name = words.FILE_YAML.format(id=edition.id)
    st.download_button(words.DOWNLOAD_YAML, edition.text.encode(), name, "application/yaml", icon=":material/code:", key="editions_yaml", on_click="ignore")
