"""定稿发布: what forbids locking; lock; 送审; publish within a 发布口径; correct. Every step asks for a confirmation or a reason."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence

import pandas as pd
import streamlit as st

from dashboard.components import address, boundary, closing, data, links, list_form, people, revision, stage_card, submission_card, tables, theme, ui
from dashboard.components.text import beijing, plain, to_csv
from dashboard.strings import common
from dashboard.strings import publish as words
from scoring.disclosure import Disclosure, Extent
from scoring.model import PeriodState
from scoring.services.corrections import Reopening
from scoring.services.locking import Blocker
from scoring.services.shapes import PeriodInfo

_ERROR, _DONE = "publish_error", "publish_done"
_USUAL_N = 10


def render() -> None:
    """The page."""
    periods = data.all_periods()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="publish_top"):
        ui.heading(words.TITLE)
        if periods:
            period = ui.workbench(periods, key="publish")
            address.keep(period=period.id)
    address.explain()
    if not periods:
        st.info(words.NO_PERIOD, icon=":material/inbox:")
        st.caption(words.NO_PERIOD_HOW)
        return
    error, done = st.session_state.pop(_ERROR, ""), st.session_state.pop(_DONE, "")
    if error:
        boundary.failed(error)
    if done:
        st.success(plain(done), icon=":material/task_alt:")
    if period.state is PeriodState.OPEN:
        _open(period)
    elif period.state is PeriodState.LOCKED:
        _locked(period)
    else:
        _published(period)
    submission_card.show(period, _act)
    stage_card.show(period, _act)


def _open(period: PeriodInfo) -> None:
    blockers = data.blockers(period)
    head = words.HEAD_BLOCKED.format(period=period.title, n=len(blockers)) if blockers else words.HEAD_READY.format(period=period.title)
    ui.conclusion(head, words.NOTE)
    if (again := closing.reopened(period)) is not None:
        _correcting(period, again)
    if blockers:
        _list(period, blockers)
        return
    links.link("draft", words.SEE_DRAFT, icon=":material/format_list_numbered:", period=period.id)
    actor = people.current()
    _step(words.LOCK, words.LOCK_CONFIRM, words.LOCKED, f"publish_lock_{period.id}", lambda: data.lock(period.id, actor.name, actor.role))


def _correcting(period: PeriodInfo, again: Reopening) -> None:
    st.info(plain(words.REOPENED.format(n=again.n, by=again.by, at=beijing(again.at), reason=again.reason)), icon=":material/edit_note:")
    found = closing.pending(period)
    with ui.card(words.PENDING, words.PENDING_NOTE.format(n=len(found))):
        revision.table(found, period)
        if not found:
            _act(words.CANCEL, words.CANCELLED, f"publish_cancel_{period.id}", ":material/undo:", lambda: closing.cancel(period.id))


def _locked(period: PeriodInfo) -> None:
    ui.conclusion(words.HEAD_LOCKED.format(period=period.title), words.NOTE)
    before = closing.before(period)
    if before is not None:
        named = common.COMMA.join(one.name for one in before.lists) or words.NO_LISTS
        st.info(plain(words.AS_BEFORE.format(n=before.revision, extent=before.disclosure.zh, names=named)), icon=":material/history:")
    with ui.card(words.EXTENT, words.EXTENT_NOTE):
        extent = st.segmented_control(
            words.EXTENT,
            list(Extent),
            format_func=lambda one: one.zh,
            default=before.disclosure.extent if before else Extent.ALL,
            required=True,
            key=f"publish_extent_{period.id}",
            label_visibility="collapsed",
        )
        extent = extent or Extent.ALL
        usual = before.disclosure.n if before and before.disclosure.extent is Extent.TOP else _USUAL_N
        n = st.number_input(words.TOP_N, min_value=1, max_value=9999, value=usual, key=f"publish_n_{period.id}") if extent is Extent.TOP else 0
        st.caption(words.EXTENTS[extent])
    chosen = Disclosure(extent, int(n))
    lists = list_form.choose(period, chosen, before.lists if before else ())
    named = words.PUBLISH_LISTS.format(names=common.COMMA.join(one.name for one in lists)) if lists else ""
    confirm = plain(words.PUBLISH_CONFIRM.format(extent=chosen.zh) + named)
    _step(words.PUBLISH, confirm, words.PUBLISHED, f"publish_publish_{period.id}", lambda: closing.publish(period.id, chosen, lists))
    _reopen(period, words.SEND_BACK, words.SEND_BACK_NOTE, words.SENT_BACK)


def _published(period: PeriodInfo) -> None:
    at = beijing(period.published_at)
    note = words.PUBLISHED_NOTE.format(revision=period.revision or 1, at=at, extent=period.disclosure.zh)
    ui.conclusion(words.HEAD_PUBLISHED.format(period=period.title), note)
    revision.banner(period)
    links.link("overview", words.SEE, icon=":material/leaderboard:", period=period.id)
    with ui.card(words.REVISIONS, words.REVISIONS_NOTE):
        for one in closing.revisions(period.id):
            name, digest, _ = closing.named(one)
            told = words.REVISION.format(n=one.revision, at=beijing(one.published_at), extent=one.disclosure.zh, reason=one.reason)
            st.text(told)
            st.code(words.REVISION_CHECK.format(name=name, digest=digest), language=None)
        if not period.disclosure.scored or period.disclosure.extent is Extent.TOP:
            st.caption(words.HANDOUT)
            st.code(words.HANDOUT_COMMAND.format(period=period.id), language=None)
    _reopen(period, words.CORRECT, words.CORRECT_NOTE, words.REOPENED_DONE)


def _reopen(period: PeriodInfo, title: str, note: str, done: str) -> None:
    with ui.card(title, note):
        key = f"publish_reopen_{period.id}"
        why = st.text_area(words.REASON, key=f"{key}_why", max_chars=500, height=80, placeholder=words.REASON_HINT)
        _act(title, done, key, ":material/lock_open:", lambda: closing.reopen(period.id, why), disabled=not why.strip())


def _step(label: str, confirm: str, done: str, key: str, act: Callable[[], None]) -> None:
    sure = st.checkbox(confirm, key=f"{key}_sure")
    _act(label, done, key, ":material/verified:", act, disabled=not sure, primary=True)


def _act(label: str, done: str, key: str, icon: str, act: Callable[[], None], *, disabled: bool = False, primary: bool = False) -> None:
    """A button that does something and says on the next run whether it was done."""

    def run() -> None:
        _, st.session_state[_ERROR] = boundary.attempt(act)
        if not st.session_state[_ERROR]:
            st.session_state[_DONE] = done

    st.button(label, type="primary" if primary else "secondary", icon=icon, disabled=disabled, key=key, on_click=run)


def _list(period: PeriodInfo, blockers: Sequence[Blocker]) -> None:
    units = {blocker.unit: blocker.unit_name for blocker in blockers}
    by_unit, by_kind = Counter(blocker.unit for blocker in blockers), Counter(blocker.why for blocker in blockers)
    with ui.card(words.BLOCKERS, words.BLOCKERS_NOTE.format(units=len(units), n=len(blockers))):
        with st.grid(2, min_column_width=280):
            unit = st.selectbox(
                words.COLUMN_UNIT,
                ["", *units],
                format_func=lambda one: words.CHOICE.format(name=units[one], n=by_unit[one]) if one else words.ALL_UNITS.format(n=len(blockers)),
                key=f"publish_unit_{period.id}",
                placeholder=common.CHOOSE,
            )
            kind = st.selectbox(
                words.COLUMN_WHY,
                ["", *(why for why, _ in by_kind.most_common())],
                format_func=lambda one: words.CHOICE.format(name=one, n=by_kind[one]) if one else words.ALL_KINDS.format(n=len(blockers)),
                key=f"publish_kind_{period.id}",
                placeholder=common.CHOOSE,
            )
        shown = [blocker for blocker in blockers if (not unit or blocker.unit == unit) and (not kind or blocker.why == kind)]
        if not shown:
            st.caption(words.SHOWN_NONE)
            return
        st.caption(words.SHOWN.format(n=len(shown)))
        _table(period, blockers, shown, f"publish_open_{period.id}_{unit}_{list(by_kind).index(kind) if kind else ''}_{len(shown)}")
        with st.expander(words.COUNTS.format(n=len(units)), key="publish_counts"):
            _counts(period, blockers, units, [why for why, _ in by_kind.most_common()])


def _table(period: PeriodInfo, every: Sequence[Blocker], shown: list[Blocker], widget: str) -> None:
    frame = pd.DataFrame(
        {
            words.COLUMN_UNIT: [blocker.unit_name for blocker in shown],
            words.COLUMN_LEAF: [blocker.title for blocker in shown],
            words.COLUMN_WHY: [blocker.why for blocker in shown],
            "open": words.OPEN,
        }
    )
    button = st.column_config.ButtonColumn(words.COLUMN_OPEN, type="tertiary", width=80, key=widget, on_click=_go, args=(period.id, shown, widget))
    header = [words.COLUMN_UNIT, words.COLUMN_LEAF, words.COLUMN_CODE, words.COLUMN_WHY]
    file = words.BLOCKERS_FILE.format(period=period.title)
    take = tables.Take("publish_csv", file, lambda: to_csv(header, [[one.unit_name, one.title, one.code, one.why] for one in every]))
    tables.show(
        frame,
        take=take,
        most=15,
        column_order=[words.COLUMN_UNIT, "open", words.COLUMN_LEAF] if theme.is_phone() else None,
        column_config={"open": button},
        alt=words.BLOCKERS_ALT,
    )


def _counts(period: PeriodInfo, blockers: Sequence[Blocker], units: Mapping[str, str], kinds: Sequence[str]) -> None:
    count = Counter((blocker.unit, blocker.why) for blocker in blockers)
    frame = pd.DataFrame(
        {
            words.COLUMN_UNIT: list(units.values()),
            words.COLUMN_N: [sum(count[unit, why] for why in kinds) for unit in units],
            **{why: [count[unit, why] for unit in units] for why in kinds},
        }
    )
    file = words.COUNTS_FILE.format(period=period.title)
    take = tables.Take("publish_counts_csv", file, lambda: to_csv(list(frame.columns), frame.to_numpy().tolist()))
    tables.show(frame, take=take, alt=words.COUNTS_ALT)


def _go(period: str, blockers: list[Blocker], widget: str) -> None:
    click = st.session_state[widget]
    if click is not None:
        blocker = blockers[click.row]
        links.open_page("review", period=period, unit=blocker.unit, indicator=blocker.code)
