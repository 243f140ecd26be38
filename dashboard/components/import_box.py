"""外部数据: a table for one leaf of an open period, and what is in force."""

import pandas as pd
import streamlit as st

from dashboard.components import boundary, case_form, data, people, tables, theme, ui
from dashboard.components.text import beijing, to_csv
from dashboard.strings import cases as words
from dashboard.strings import common
from scoring.model import PeriodState
from scoring.services.uploads import Upload


def show() -> None:
    """The section."""
    periods = [period for period in data.all_periods() if period.state is PeriodState.OPEN]
    if not periods:
        st.info(words.NO_OPEN, icon=":material/inbox:")
        return
    period = ui.workbench(periods, key="cases")
    leaves = data.import_leaves(period)
    if not leaves:
        st.info(words.NO_LEAF, icon=":material/inbox:")
        return
    code = st.selectbox(words.LEAF, list(leaves), format_func=lambda one: leaves[one].title, key=f"cases_leaf_{period.id}", placeholder=common.CHOOSE)
    leaf = leaves[code]
    values = data.imported(period, code)
    levels = common.COMMA.join(leaf.params["levels"])
    ui.conclusion(
        words.IMPORT_HEAD.format(leaf=leaf.title, n=len({unit for unit, _ in values})), words.IMPORT_NOTE.format(full=leaf.params["full"], levels=levels)
    )
    file = st.file_uploader(words.IMPORT_FILE, type=["csv", "xlsx"], key=f"cases_scores_{period.id}_{code}")

    def run() -> None:
        if file is None:
            st.session_state[case_form.ERROR] = words.NEED_FILE
            return
        upload = Upload(file.name, file.getvalue())
        done, st.session_state[case_form.ERROR] = boundary.attempt(lambda: data.import_scores(period, code, upload, people.current()))
        if done is not None:
            line = words.SCORES_DONE.format(new=done.new, replaced=done.replaced, same=done.same, findings=done.findings)
            lacking = words.LACKING.format(names=common.COMMA.join(done.lacking)) if done.lacking else ""
            st.session_state[case_form.DONE] = f"{line}。{lacking}"

    st.button(words.IMPORT_DO, type="primary", key=f"cases_scores_do_{period.id}_{code}", icon=":material/upload:", on_click=run)
    if values:
        frame = pd.DataFrame(
            {
                words.COLUMN_UNIT: [unit for unit, _ in values],
                words.VALUE_SOURCE: [one.source for _, one in values],
                words.VALUE: [one.level or str(one.value) for _, one in values],
                words.VALUE_WEIGHT: [str(one.weight) for _, one in values],
                words.VALUE_FILE: [one.file for _, one in values],
                words.VALUE_ROW: [one.row for _, one in values],
                words.VALUE_AT: [beijing(one.at) for _, one in values],
            }
        )
        name = words.VALUES_FILE.format(period=period.title, title=leaves[code].title)
        tables.show(
            frame,
            take=tables.Take(f"cases_values_{period.id}_{code}", name, lambda: to_csv(list(frame.columns), frame.to_numpy().tolist())),
            most=15,
            alt=words.VALUES_ALT,
            column_order=[words.COLUMN_UNIT, words.VALUE_SOURCE, words.VALUE] if theme.is_phone() else None,
        )
