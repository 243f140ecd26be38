"""Pieces that all kinds of 对比 share: the card of rates, results in words, the table that can be taken away."""

from collections.abc import Callable, Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import plotly.graph_objects as go
import streamlit as st

from dashboard.components import tables, theme, ui
from dashboard.components.compare_charts import Line
from dashboard.components.text import exact
from dashboard.strings import common
from dashboard.strings import compare as words
from scoring.model import Dimension, Edition
from scoring.services.shapes import LeafResult, RankRow

_TALL = 16


def rates(firsts: Sequence[Line], dimensions: Sequence[Line], draw: Callable[[Sequence[Line]], go.Figure], note: str, *, title: str = words.RATES) -> None:
    """A dumbbell by first-level indicator or dimension."""
    with ui.card(title, note):
        chosen = words.FIRST
        if dimensions:
            chosen = st.segmented_control(
                words.RATES,
                [words.FIRST, words.DIMENSION],
                default=words.FIRST,
                required=True,
                key="compare_by",
                label_visibility="collapsed",
                bind="query-params",
            )
        lines = dimensions if chosen == words.DIMENSION else firsts
        lines = [line for line in lines if any(rate is not None for rate in line.rates)]
        if not lines:
            st.caption(words.RATES_NONE)
            return
        widest = max(lines, key=lambda line: line.spread)
        theme.show(draw(lines), alt=words.RATES_ALT.format(title=widest.label), key="compare_rates")


def first_lines(edition: Edition, rows: Sequence[RankRow]) -> list[Line]:
    """The rates of units by first-level indicator."""
    return [Line(node.title, tuple(row.rates.get(node.code) for row in rows)) for node in edition.index]


def dimension_lines(rows: Sequence[RankRow]) -> list[Line]:
    """The rates of units by dimension; none of a unit that is 数据不足."""

    def rate(row: RankRow, one: Dimension) -> Decimal | None:
        return None if row.short_of_data else row.score.dimensions.get(one)

    return [Line(one.zh, tuple(rate(row, one) for row in rows)) for one in Dimension]


def cell(leaf: LeafResult | None) -> str:
    """● 达标 2; — where there is no such leaf."""
    if leaf is None:
        return common.NONE
    said = f"{theme.MARKS[leaf.outcome].glyph} {leaf.said}"
    return said if leaf.points is None else words.CELL.format(outcome=said, points=exact(leaf.points))


def table(frame: pd.DataFrame, config: dict[str, Any], take: tables.Take | str) -> None:
    """Rows with what differs first."""
    alt = words.TABLE_ALT.format(n=len(frame))
    tables.show(frame, take=take, most=_TALL, column_config=config, alt=alt, placeholder=common.NONE)


def head(csv: Callable[[], bytes], name: str) -> tuple[bool, tables.Take | str]:
    """The switch and the download above a table: whether only what differs is wanted, and the way out for `table`."""
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
        only = st.toggle(words.TABLE_ONLY, value=True, key="compare_only", bind="query-params")
        take = tables.above(tables.Take("compare_csv", name, csv, words.DOWNLOAD))
    return bool(only), take
