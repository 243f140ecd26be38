"""Tables of a page. Each says how the complete table is taken away: by a button below it, or by the key of one that stands elsewhere on the page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import theme, ui
from dashboard.strings import common

_ROWS = 20
_TOOLS = 24
"""Pixels above a table on a telephone: there its own tools always lie over the line above."""


@dataclass(frozen=True, slots=True)
class Take:
    """A CSV of a page, made when somebody takes it: every row, numbers unrounded beside those that are shown."""

    key: str
    file: str
    make: Callable[[], bytes]
    label: str = common.TAKE


def download(take: Take) -> None:
    """The button alone. `text.to_csv` makes the content, which keeps cells from becoming formulas."""
    name = take.file.replace("/", "／")
    st.download_button(take.label, take.make, name, "text/csv", key=take.key, icon=":material/download:", on_click="ignore")


def above(take: Take) -> Take | str:
    """The button above a table; on a telephone, where the table's own tools lie over the line above it, below. Give the result to `show` as its `take`."""
    if theme.is_phone():
        return take
    download(take)
    return take.key


def show(frame: pd.DataFrame, *, take: Take | str, alt: str, most: int = _ROWS, **options: Any) -> Any:
    """A table as tall as its rows, up to `most`; then it scrolls. `take`: its CSV, or the key of the button elsewhere that gives it.

    `options` go to `st.dataframe`; returns what that returns.
    """
    if theme.is_phone():
        st.space(_TOOLS)
    options = {"row_height": 38, "height": ui.table_height(len(frame), most), **options}
    drawn = st.dataframe(frame, hide_index=True, alt=alt, **options)
    if isinstance(take, Take):
        download(take)
    return drawn
