"""A changed edition on the page 指标体系: its problems cell by cell, its differences, and a dry run on a period."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.components import boundary, data, tables, theme, ui
from dashboard.components.text import exact, plain, points, shown, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import editions as words
from scoring import wording
from scoring.errors import BadInput
from scoring.model import Edition
from scoring.services import edition_diff, edition_rows
from scoring.services.dry_run import DryRun, UnitEffect
from scoring.services.edition_workbook import Imported

_RESULT = "editions_trial"


def show(before: Edition) -> None:
    """The part of the page that evaluators see; `before` is the edition chosen above."""
    with ui.card(words.TRY, words.TRY_NOTE):
        file = st.file_uploader(words.UPLOAD, type=["xlsx", "yml", "yaml"], key="editions_upload")
        if file is None:
            return
        found = _read(file.getvalue(), file.name)
        if found is None:
            return
        edition = found.edition
        n = len(list(edition.leaves()))
        st.success(plain(words.GOOD.format(title=edition.title, n=n, full=edition_rows.plain(edition.full))), icon=":material/task_alt:")
        for note in found.notes:
            st.caption(plain(note))
        name = words.FILE_YAML.format(id=edition.id)
        st.download_button(words.DOWNLOAD_YAML, edition.text.encode(), name, "application/yaml", icon=":material/code:", key="editions_new", on_click="ignore")
    _diff(before, edition)
    _trial(edition)


def _read(content: bytes, name: str) -> Imported | None:
    """The uploaded edition; what is wrong with it is listed, each with its place."""
    try:
        return data.uploaded_edition(content, name)
    except BadInput as error:
        problems = [str(one) for one in getattr(error, "problems", ())] or [str(error)]
        count = int(getattr(error, "count", len(problems)))
        st.error(plain(words.BAD.format(name=name, n=count)), icon=":material/error:")
        if count > len(problems):
            st.caption(words.BAD_MORE.format(n=len(problems)))
        take = tables.Take("editions_problems_csv", words.PROBLEMS_FILE, lambda: to_csv([words.COLUMN_PROBLEM], [[one] for one in problems]))
        tables.show(pd.DataFrame({words.COLUMN_PROBLEM: problems}), take=take, alt=words.PROBLEMS_ALT)
    except Exception as error:  # the boundary of DESIGN §9: one service call of a page
        boundary.failed(boundary.explain(error))
    return None


def _diff(before: Edition, after: Edition) -> None:
    found = edition_diff.diff(before, after)
    counts = common.COMMA.join(words.DIFF_COUNT.format(kind=kind.zh, n=len(found.of(kind))) for kind in edition_diff.Kind if found.of(kind))
    with ui.card(words.DIFF.format(title=before.title), counts):
        if not found.whole and not found.changes:
            st.info(words.DIFF_NONE, icon=":material/equal:")
            return
        for one in found.whole:
            st.markdown(f"- {plain(str(one))}")
        if not found.changes:
            return
        frame = pd.DataFrame(
            [
                {
                    words.COLUMN_KIND: change.kind.zh,
                    words.COLUMN_NAME: change.title,
                    words.COLUMN_BEFORE: common.NONE if change.weight_before is None else edition_rows.plain(change.weight_before),
                    words.COLUMN_AFTER: common.NONE if change.weight_after is None else edition_rows.plain(change.weight_after),
                    words.COLUMN_DETAIL: "；".join(str(field) for field in change.fields),
                    words.COLUMN_CODE: change.code,
                }
                for change in found.changes
            ]
        )
        widths = {words.COLUMN_KIND: 84, words.COLUMN_NAME: 180 if theme.is_phone() else 320, words.COLUMN_BEFORE: 70, words.COLUMN_AFTER: 70}
        _frame(frame, widths, words.DIFF_ALT, _take("diff", words.DIFF_FILE, frame))


def _trial(edition: Edition) -> None:
    with ui.card(words.TRIAL, words.TRIAL_NOTE):
        periods = {period.id: period for period in data.all_periods()}
        if not periods:
            st.info(words.TRIAL_NO_PERIOD, icon=":material/inbox:")
            return
        with st.container(horizontal=True, vertical_alignment="bottom", key="editions_where"):
            period = st.selectbox(words.TRIAL_PERIOD, list(periods), format_func=lambda one: periods[one].title, key="editions_period")
            groups = list(periods[period].groups)
            likely = next((n for n, group in enumerate(groups) if periods[period].groups[group] in (edition.id, edition.parent)), 0)
            group = st.selectbox(words.TRIAL_GROUP, groups, index=likely, key=f"editions_group_{period}")
            start = st.button(words.TRIAL_RUN, type="primary", icon=":material/play_arrow:", key="editions_run")
        key = (edition.sha, period, group)
        if start:
            found, why = boundary.attempt(lambda: data.dry_run(period, edition, group))
            st.session_state[_RESULT] = (key, found)
            if why:
                boundary.failed(why)
        kept, result = st.session_state.get(_RESULT, (None, None))
        if kept == key and result is not None:
            _result(result)


def _result(found: DryRun) -> None:
    gains = [one.gain for one in found.units]
    head = words.TRIAL_HEAD.format(up=sum(gain > 0 for gain in gains), down=sum(gain < 0 for gain in gains), same=sum(not gain for gain in gains))
    st.subheader(head, anchor=False)
    for note in found.notes:
        st.markdown(f"- {plain(note)}")
    frame = pd.DataFrame([_unit(one) for one in found.units])
    order = [words.COLUMN_UNIT, words.COLUMN_GAIN, words.COLUMN_TOTAL_AFTER, words.COLUMN_MOVE] if theme.is_phone() else None
    _frame(
        frame,
        {words.COLUMN_UNIT: 130 if theme.is_phone() else 220},
        words.TRIAL_ALT,
        _take("trial", words.TRIAL_FILE.format(group=found.group), pd.DataFrame([_unit(one) | _exact(one) for one in found.units])),
        order,
    )
    units = {one.unit: one for one in found.units}
    most = max(found.units, key=lambda one: abs(one.gain), default=None)
    if most is None:
        return
    chosen = st.selectbox(
        words.WHY_UNIT,
        list(units),
        index=list(units).index(most.unit),
        format_func=lambda one: words.WHY_OF.format(name=units[one].name, gain=signed(units[one].gain)),
        key=f"editions_why_{found.after.sha[:12]}_{found.period}_{found.group}",
    )
    _why(units[chosen or most.unit])


def _unit(one: UnitEffect) -> dict[str, str]:
    after = one.after
    return {
        words.COLUMN_UNIT: one.name,
        words.COLUMN_GAIN: signed(one.gain),
        words.COLUMN_TOTAL_BEFORE: points(one.before.total),
        words.COLUMN_TOTAL_AFTER: points(after.total),
        words.COLUMN_INTERVAL: f"{points(after.lower)}–{points(after.upper)}" if after.provisional else common.NONE,
        words.COLUMN_RANK_BEFORE: common.NONE if one.before.rank is None else str(one.before.rank),
        words.COLUMN_RANK_AFTER: common.NONE if after.rank is None else str(after.rank),
        words.COLUMN_MOVE: common.NONE if one.places is None else wording.change(one.places),
    }


def _exact(one: UnitEffect) -> dict[str, str]:
    """The numbers of a unit unrounded, for the file."""
    numbers = {words.COLUMN_GAIN: one.gain, words.COLUMN_TOTAL_BEFORE: one.before.total, words.COLUMN_TOTAL_AFTER: one.after.total}
    return {common.UNROUNDED.format(name=name): unrounded(value) for name, value in numbers.items()}


def _take(key: str, file: str, frame: pd.DataFrame) -> tables.Take:
    return tables.Take(f"editions_{key}_csv", file, lambda: to_csv(list(frame.columns), frame.itertuples(index=False)))


def _why(one: UnitEffect) -> None:
    reasons = [(leaf.gain, leaf.title, leaf.why) for leaf in one.leaves]
    if one.beside:
        reasons.append((one.beside, words.WHY_BESIDE, ""))
    if not reasons:
        st.info(words.WHY_NONE, icon=":material/equal:")
        return
    if theme.is_phone():
        for gain, title, why in reasons:
            st.markdown(f"**{plain(signed(gain, hundredths=True))}** {plain(title)}")
            st.caption(plain(why))
        return
    header = [words.COLUMN_LEAF_GAIN, words.COLUMN_NAME, words.COLUMN_WHY, common.UNROUNDED.format(name=words.COLUMN_LEAF_GAIN)]
    lines = [[signed(gain, hundredths=True), title, why, unrounded(gain)] for gain, title, why in reasons]
    take = tables.Take("editions_why_csv", words.WHY_FILE.format(name=one.name), lambda: to_csv(header, lines))
    rows = [{words.COLUMN_LEAF_GAIN: signed(gain, hundredths=True), words.COLUMN_NAME: title, words.COLUMN_WHY: why} for gain, title, why in reasons]
    _frame(pd.DataFrame(rows), {words.COLUMN_LEAF_GAIN: 84, words.COLUMN_NAME: 220, words.COLUMN_WHY: 880}, words.WHY_ALT, take)


def signed(gain: Decimal, *, hundredths: bool = False) -> str:
    """+1.5, −0.3, 0.0."""
    size = exact(abs(gain)) if hundredths else points(abs(gain))
    value = gain if hundredths else shown(gain) or Decimal(0)
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{size}"


def _frame(frame: pd.DataFrame, widths: dict[str, int], alt: str, take: tables.Take, order: list[str] | None = None) -> None:
    config = {name: st.column_config.TextColumn(width=width) for name, width in widths.items()}
    tables.show(frame, take=take, most=14, column_order=order, column_config=config, alt=alt)
