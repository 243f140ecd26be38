"""The case log as a table with its limits, and its way in and out as a file."""

from collections.abc import Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.components import boundary, case_form, data, people, tables, theme, ui
from dashboard.components.text import day, to_csv
from dashboard.strings import cases as words
from dashboard.strings import common
from scoring.facts import RequestCase
from scoring.requests import Clock, State
from scoring.services.uploads import Upload

_KEY = "cases_export"
Listed = Sequence[tuple[RequestCase, Clock]]


def head(listed: Listed) -> None:
    """The computed answer."""
    standing = [at.state for case, at in listed if not case.withdrawn]
    undecided = sum(1 for state in standing if state in (State.RUNNING, State.PAUSED, State.UNKNOWN))
    ui.conclusion(words.HEAD.format(n=len(standing), overdue=standing.count(State.OVERDUE), open=undecided) if listed else words.HEAD_NONE, words.NOTE)


def table(listed: Listed, names: Mapping[str, str]) -> RequestCase | None:
    """The log; returns the case that is chosen."""
    if not listed:
        return None
    frame = pd.DataFrame(
        {
            words.COLUMN_UNIT: [names.get(case.unit, case.unit) for case, _ in listed],
            words.COLUMN_STATE: [words.WITHDRAWN if case.withdrawn else at.state.zh for case, at in listed],
            words.COLUMN_DEADLINE: [day(at.deadline) if at.deadline else common.NONE for _, at in listed],
            words.COLUMN_DAYS: [common.NONE if at.days is None else str(at.days) for _, at in listed],
            words.COLUMN_LIMIT: [words.LIMIT.format(n=at.limit) for _, at in listed],
            words.COLUMN_APPLIED: [day(case.applied) for case, _ in listed],
            words.COLUMN_ID: [case.id for case, _ in listed],
            words.COLUMN_ENTRIES: [words.ENTRIES.format(n=case.seq) for case, _ in listed],
        }
    )
    st.caption(words.TABLE_NOTE)
    picked = tables.show(
        frame,
        take=_KEY,
        most=12,
        on_select="rerun",
        selection_mode="single-row",
        # The key changes with what is listed, so that a selection never points at another row.
        key=f"cases_list_{len(listed)}_{sum(case.seq for case, _ in listed)}",
        alt=words.TABLE_ALT,
        column_order=[words.COLUMN_UNIT, words.COLUMN_STATE, words.COLUMN_DEADLINE] if theme.is_phone() else None,
    )
    rows = picked["selection"]["rows"]
    return listed[rows[0]][0] if rows else None


def exchange(listed: Listed, names: Mapping[str, str]) -> None:
    """In from a table, out as one."""
    if listed:
        header, rows = data.case_rows(listed, names)
        tables.download(tables.Take(_KEY, words.EXPORT_FILE, lambda: to_csv(header, rows), words.EXPORT))
    with st.expander(words.IMPORT_LOG, icon=":material/upload_file:", key="cases_import"):
        st.caption(words.IMPORT_LOG_NOTE)
        file = st.file_uploader(words.IMPORT_FILE, type=["csv", "xlsx"], key="cases_file")

        def run() -> None:
            if file is None:
                st.session_state[case_form.ERROR] = words.NEED_FILE
                return
            done, st.session_state[case_form.ERROR] = boundary.attempt(lambda: data.import_cases(Upload(file.name, file.getvalue()), people.current()))
            if done is not None:
                st.session_state[case_form.DONE] = words.LOG_DONE.format(new=done[0], corrected=done[1], same=done[2])

        st.button(words.IMPORT_DO, key="cases_import_do", icon=":material/upload:", on_click=run)
