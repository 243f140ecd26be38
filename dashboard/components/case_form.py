"""The form in which a mock application is entered or corrected."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date

import streamlit as st

from dashboard.components import boundary, data, people
from dashboard.components.text import plain
from dashboard.strings import cases as words
from dashboard.strings import common
from scoring.facts import Channel, Regular, RequestCase
from scoring.services.uploads import Upload

ERROR, DONE = "cases_error", "cases_done"
_DAYS = {
    "applied": words.APPLIED,
    "registered": words.REGISTERED,
    "supplement": words.SUPPLEMENT,
    "supplemented": words.SUPPLEMENTED,
    "extended": words.EXTENDED,
    "consult_from": words.CONSULT_FROM,
    "consult_to": words.CONSULT_TO,
    "answered": words.ANSWERED,
    "served": words.SERVED,
}
_SERVED = {None: words.UNSET, True: words.YES, False: words.NO}


def show(case: RequestCase | None, names: Mapping[str, str]) -> None:
    """The form for `case`, or for a new one; below it everything that was ever entered of it."""
    key = f"cases_form_{case.id}_{case.seq}" if case else f"cases_form_new_{len(data.cases())}"
    with st.container(border=True, key="cases_card"):
        st.subheader(plain(words.CORRECT.format(id=case.id)) if case else words.NEW, anchor=False)
        with st.form(key, border=False):
            with st.grid(3, min_column_width=240):
                if case is None:
                    st.selectbox(words.UNIT, list(names), index=None, format_func=lambda one: names[one], key=f"{key}_unit", placeholder=common.CHOOSE)
                else:
                    st.text_input(words.UNIT, names.get(case.unit, case.unit), disabled=True, key=f"{key}_unit_shown")
                channels = list(Channel)
                at = channels.index(case.channel) if case else 0
                st.selectbox(words.CHANNEL, channels, index=at, format_func=lambda one: one.zh, key=f"{key}_channel", placeholder=common.CHOOSE)
                st.text_input(words.WHAT, case.what if case else "", key=f"{key}_what", placeholder=words.WHAT_HINT)
                for field, label in _DAYS.items():
                    st.date_input(label, getattr(case, field) if case else None, format="YYYY-MM-DD", key=f"{key}_{field}")
                regular = [None, *Regular]
                st.selectbox(
                    words.REGULAR,
                    regular,
                    index=regular.index(case.regular) if case else 0,
                    format_func=lambda one: words.UNSET if one is None else one.zh,
                    key=f"{key}_regular",
                    help=words.REGULAR_HINT,
                    placeholder=common.CHOOSE,
                )
                served = list(_SERVED)
                index = served.index(case.served_right) if case else 0
                st.selectbox(words.SERVED_RIGHT, served, index=index, format_func=_SERVED.__getitem__, key=f"{key}_right", placeholder=common.CHOOSE)
            st.text_area(words.NOTES, case.notes if case else "", key=f"{key}_notes", height=80)
            st.file_uploader(words.FILES, accept_multiple_files=True, key=f"{key}_files", help=words.FILES_HINT)
            if case is not None:
                st.text_input(words.WHY, key=f"{key}_why", placeholder=words.WHY_HINT)
                st.checkbox(words.WITHDRAW, case.withdrawn, key=f"{key}_withdrawn")
            label = words.SAVE if case else words.SAVE_NEW
            st.form_submit_button(label, type="primary", icon=":material/save:", on_click=lambda: _save(case, key))
        if case is not None:
            _history(case)


def _save(case: RequestCase | None, key: str) -> None:
    state = st.session_state
    days: dict[str, date | None] = {field: state.get(f"{key}_{field}") for field in _DAYS}
    unit, applied = case.unit if case else state.get(f"{key}_unit"), days.pop("applied")
    if unit is None or applied is None:
        state[ERROR] = words.NEED_UNIT if unit is None else words.NEED_APPLIED
        return
    entry = replace(
        case or RequestCase(id="", unit=str(unit), seq=0, applied=applied),
        applied=applied,
        channel=state[f"{key}_channel"],
        what=str(state.get(f"{key}_what") or "").strip(),
        regular=state.get(f"{key}_regular"),
        served_right=state.get(f"{key}_right"),
        notes=str(state.get(f"{key}_notes") or "").strip(),
        withdrawn=bool(state.get(f"{key}_withdrawn")),
        why=str(state.get(f"{key}_why") or "").strip(),
        registered=days["registered"],
        supplement=days["supplement"],
        supplemented=days["supplemented"],
        extended=days["extended"],
        consult_from=days["consult_from"],
        consult_to=days["consult_to"],
        answered=days["answered"],
        served=days["served"],
    )
    files = tuple(Upload(file.name, file.getvalue()) for file in state.get(f"{key}_files") or ())
    made, state[ERROR] = boundary.attempt(lambda: data.save_case(entry, people.current(), files))
    if made is not None:
        state[DONE] = words.SAVED.format(id=made.id, n=made.seq)


def _history(case: RequestCase) -> None:
    with st.expander(words.HISTORY.format(n=case.seq), icon=":material/history:", key="cases_history"):
        st.code(data.stored_page(f"cases/{case.id}+{case.seq}").text, language=None, wrap_lines=True)
        for n, file in enumerate(case.attachments):
            st.download_button(
                plain(words.ATTACHMENT.format(name=file.name)),
                data.attachment(file),
                file.name,
                key=f"cases_attachment_{n}",
                icon=":material/attach_file:",
                on_click="ignore",
            )
