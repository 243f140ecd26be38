"""The stages of a period's year on the page 定稿发布: what was, who and when; what begins now."""

from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.components import closing, tables, ui
from dashboard.components.text import beijing, to_csv
from dashboard.strings import common
from dashboard.strings import submission as words
from scoring.services.shapes import PeriodInfo
from scoring.stages import BY_ACT, Stage


def show(period: PeriodInfo, act: Callable[..., None]) -> None:
    """The card."""
    found = closing.stage_rows(period)
    with ui.card(words.STAGES, words.STAGES_NOTE):
        frame = pd.DataFrame(
            {
                words.STAGE_NAME: [Stage(one.stage).zh for one in found],
                words.LOG_AT: [beijing(one.at) for one in found],
                words.STAGE_BY: [one.by for one in found],
                words.STAGE_NOTE: [one.note or common.NONE for one in found],
            }
        )
        if len(frame):
            file = words.STAGE_FILE.format(period=period.title)
            take = tables.Take("publish_stages_csv", file, lambda: to_csv(list(frame.columns), frame.itertuples(index=False)))
            tables.show(frame, take=take, most=12, alt=words.STAGE_ALT)
        with st.grid(2, min_column_width=280):
            key = f"publish_stage_{period.id}"
            stage = st.selectbox(
                words.STAGE, [one for one in Stage if one not in BY_ACT], format_func=lambda one: one.zh, key=f"{key}_which", placeholder=common.CHOOSE
            )
            note = st.text_input(words.STAGE_NOTE, key=f"{key}_note", max_chars=200)
        act(words.STAGE_ADD, words.STAGE_ADDED, key, ":material/flag:", lambda: closing.enter(period.id, str(stage), note))
