"""送审 on the page 定稿发布: name the approvers, see what was sent and who read it."""

import re
from collections.abc import Callable

import pandas as pd
import streamlit as st

from dashboard.components import closing, links, tables, ui
from dashboard.components.text import beijing, listed, to_csv
from dashboard.strings import submission as words
from scoring.model import PeriodState
from scoring.services.shapes import PeriodInfo

Act = Callable[..., None]


def show(period: PeriodInfo, act: Act) -> None:
    """The card; nothing for a published period to which nothing was sent."""
    made = closing.submitted(period)
    if period.state is PeriodState.PUBLISHED and not made:
        return
    with ui.card(words.CARD, words.CARD_NOTE):
        if period.state is not PeriodState.PUBLISHED:
            _form(period, act)
        for one in made:
            st.text(words.MADE.format(n=one.n, at=beijing(one.at), by=one.by, names=listed(one.approvers), digest=one.digest[:12]))
        if not made:
            return
        if period.state is not PeriodState.PUBLISHED:
            st.caption(words.SAME if closing.unchanged(period, made[0].digest) else words.OTHER)
            links.link("submission", words.TITLE, icon=":material/approval:", period=period.id)
        _log(period)


def _form(period: PeriodInfo, act: Act) -> None:
    with st.grid(2, min_column_width=280):
        names = st.text_input(words.TO, key=f"publish_to_{period.id}", placeholder=words.TO_HINT, max_chars=400)
        note = st.text_input(words.MESSAGE, key=f"publish_say_{period.id}", max_chars=200)
    people = [name for name in re.split(r"[、,，;；\n]", names) if name.strip()]
    act(words.SEND, words.SENT, f"publish_submit_{period.id}", ":material/outgoing_mail:", lambda: closing.submit(period.id, people, note), disabled=not people)


def _log(period: PeriodInfo) -> None:
    found = closing.readings(period)
    with st.expander(words.LOG.format(n=len(found)), key="publish_log"):
        if not found:
            st.caption(words.LOG_NONE)
            return
        frame = pd.DataFrame(
            {
                words.LOG_AT: [beijing(one.at) for one in found],
                words.LOG_WHO: [one.reader for one in found],
                words.LOG_WHAT: [one.what for one in found],
                words.LOG_N: [one.n for one in found],
            }
        )
        file = words.LOG_FILE.format(period=period.title)
        take = tables.Take("publish_log_csv", file, lambda: to_csv(list(frame.columns), frame.itertuples(index=False)))
        tables.show(frame, take=take, most=10, alt=words.LOG_ALT)
