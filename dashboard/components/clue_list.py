"""线索 of a unit: what the crawl noticed and no rule scores, for a person to look at."""

import pandas as pd
import streamlit as st

from dashboard.components import data, links, tables
from dashboard.components.text import to_csv
from dashboard.strings import common
from dashboard.strings import review as words
from scoring.services.clues import Clue
from scoring.services.shapes import PeriodInfo

_KEY = "review_clues_csv"


def show(period: PeriodInfo, unit: str, name: str) -> None:
    """Behind one expander, closed; says plainly when there is nothing. What pages say is data: a table and plain text only."""
    found = data.clues(period, unit)
    if not found:
        st.caption(words.CLUES_NONE)
        return
    with st.expander(words.CLUES.format(n=len(found)), icon=":material/search_insights:", key="review_clues"):
        st.caption(words.CLUES_NOTE)
        frame = pd.DataFrame(
            {
                words.CLUE_KIND: [clue.kind.zh for clue in found],
                words.CLUE_COLUMN: [clue.column or words.CLUE_SITE for clue in found],
                words.CLUE_WHAT: [clue.what for clue in found],
                words.CLUE_URL: [clue.url for clue in found],
            }
        )
        tables.show(frame, take=_KEY, most=12, alt=words.CLUES.format(n=len(found)))
        _stored(period, unit, found)
        rows = [[clue.kind.zh, clue.column or words.CLUE_SITE, clue.what, clue.url, clue.snapshot] for clue in found]
        header = (words.CLUE_KIND, words.CLUE_COLUMN, words.CLUE_WHAT, words.CLUE_URL, words.CLUE_STORED)
        file = words.CLUES_FILE.format(period=period.title, unit=name)
        tables.download(tables.Take(_KEY, file, lambda: to_csv(header, rows), words.CLUES_DOWNLOAD))


def _stored(period: PeriodInfo, unit: str, found: tuple[Clue, ...]) -> None:
    """The stored page of a chosen clue."""
    kept = [clue for clue in found if clue.snapshot]
    if not kept:
        return
    chosen = st.selectbox(words.CLUE_OPEN, range(len(kept)), format_func=lambda n: f"{kept[n].kind.zh}　{kept[n].what[:60]}", key=f"review_clue_{unit}")
    st.code(kept[chosen].url, language=None, wrap_lines=True)
    links.link("evidence", common.OPEN_STORED, icon=":material/plagiarism:", snapshot=kept[chosen].snapshot, source="review", period=period.id, unit=unit)
