"""模拟测试与外部数据: the case log of mock applications, and values that come from tables (社会评议)."""

import streamlit as st

from dashboard.components import address, boundary, case_form, case_list, data, import_box, ui
from dashboard.components.text import plain
from dashboard.strings import cases as words


def render() -> None:
    """The page."""
    ui.heading(words.TITLE)
    views = [words.LOG, words.IMPORTS]
    view = st.segmented_control(words.VIEW, views, default=words.LOG, required=True, key="cases_view", label_visibility="collapsed", bind="query-params")
    address.explain()
    error, done = st.session_state.pop(case_form.ERROR, ""), st.session_state.pop(case_form.DONE, "")
    if error:
        boundary.failed(error)
    if done:
        st.success(plain(done), icon=":material/task_alt:")
    if view == words.IMPORTS:
        import_box.show()
        return
    listed = data.cases()
    case_list.head(listed)
    chosen = case_list.table(listed, data.case_units())
    case_form.show(chosen, data.case_units())
    case_list.exchange(listed, data.case_units())
