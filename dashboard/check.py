"""自查: a body checks itself. The job runs in the background; its id stands in the address, so a refresh loses nothing."""

from collections.abc import Iterable

import streamlit as st

from dashboard.components import address, boundary, check_result, data, links, people, ui
from dashboard.components.text import beijing, plain
from dashboard.strings import check as words
from dashboard.strings import common
from scoring.services.shapes import CheckTarget, JobState

_ERROR = "check_error"
_LIVE = ("queued", "running")
_RECENT = 5


def render() -> None:
    """The page; `?job=ID` shows that job."""
    ui.heading(words.TITLE)
    job = st.query_params.get("job", "")
    if job:
        _show(data.job(job))
        return
    ui.conclusion(words.INTRO, words.NOTE)
    error = st.session_state.pop(_ERROR, "")
    if error:
        boundary.failed(error)
    with st.grid(2, min_column_width=440):
        with st.container(border=True, height="stretch", key="check_form"):
            _form()
        with st.container(border=True, height="stretch", gap="xsmall", key="check_recent"):
            _recent()


def _form() -> None:
    targets = {target.unit: target for target in data.targets()}
    modes = [words.MODE_UNIT, words.MODE_URL]
    mode = st.segmented_control(words.MODE, modes, default=words.MODE_UNIT if targets else words.MODE_URL, required=True, key="check_mode")
    if mode == words.MODE_UNIT:
        if not targets:
            st.caption(words.UNIT_NONE)
            return
        names = {target.unit: target.name for target in targets.values()}
        unit = address.select("unit", names, next(iter(names)), icon=":material/domain:", key="check", width=320)
        address.explain()
        address.keep(unit=unit)
        target: CheckTarget = targets[unit]
        st.text(words.SCOPE.format(home=target.site_home, scope=target.scope_zh))
    else:
        st.text_input(words.URL, key="check_url", placeholder=words.URL_HINT)
        editions = _editions(targets.values())
        st.selectbox(
            words.EDITION, list(editions), index=None, format_func=lambda one: editions.get(one, one), key="check_edition", placeholder=words.EDITION_CHOOSE
        )
    st.button(words.START, type="primary", icon=":material/play_arrow:", key="check_start", on_click=_start)


def _editions(targets: Iterable[CheckTarget]) -> dict[str, str]:
    """Editions by the kinds of bodies they are for, as far as the register tells."""
    groups: dict[str, list[str]] = {}
    for target in targets:
        if target.group not in groups.setdefault(target.edition, []):
            groups[target.edition].append(target.group)
    return {
        edition.id: words.EDITION_FOR.format(groups=common.COMMA.join(groups[edition.id]), title=edition.title) if edition.id in groups else edition.title
        for edition in data.available_editions()
    }


def _start() -> None:
    state = st.session_state
    person = people.current()
    if state.get("check_mode") == words.MODE_URL:
        url = str(state.get("check_url") or "").strip()
        if not links.is_web(url):
            state[_ERROR] = words.NEED_URL
            return
        if not state.get("check_edition"):
            state[_ERROR] = words.NEED_EDITION
            return
        job, state[_ERROR] = boundary.attempt(
            lambda: data.start_check(url=url, unit=None, edition_id=state.get("check_edition"), owner=person.name, role=person.role)
        )
    else:
        job, state[_ERROR] = boundary.attempt(
            lambda: data.start_check(url=None, unit=state.get("check_unit"), edition_id=None, owner=person.name, role=person.role)
        )
    if job:
        st.query_params["job"] = job


def _recent() -> None:
    st.subheader(words.RECENT, anchor=False)
    jobs = data.recent_jobs(people.current().name)[:_RECENT]
    if not jobs:
        st.caption(words.RECENT_NONE)
    for job in jobs:
        label = words.RECENT_LINE.format(title=job.title, state=_state(job), at=beijing(job.started))
        st.button(plain(label), key=f"check_job_{job.id}", type="tertiary", icon=_icon(job), on_click=_open, args=(job.id,))


def _show(job: JobState) -> None:
    if job.state in _LIVE:
        ui.conclusion(job.title, words.REFRESH)
        _progress(job.id)
        return
    result = data.check_result(job.id) if job.state == "done" else None
    if result is not None:
        check_result.show(result, job=job.id, again=_again)
        return
    ui.conclusion(job.title)
    if job.state == "failed":
        st.error(plain(words.FAILED.format(why=job.error or words.FAILED_WHY_UNKNOWN)), icon=":material/error:")
        st.caption(words.FAILED_HOW)
    elif job.state == "lost":
        st.warning(words.LOST, icon=":material/link_off:")
    else:
        st.warning(words.NO_RESULT, icon=":material/help:")
    _again()


@st.fragment(run_every=1)
def _progress(job_id: str) -> None:
    """Polls by itself; when the job has ended the whole page is drawn again."""
    job = data.job(job_id)
    if job.state not in _LIVE:
        st.rerun()
    with st.container(border=True, key="check_progress"):
        if job.state == "queued":
            st.progress(0.0, words.WAITING)
            return
        pages = int(job.progress.get("pages") or 0)
        budget = int(job.progress.get("budget") or 0)
        share = min(pages / budget, 0.99) if budget else pages / (pages + 40)
        st.progress(share, words.RUNNING.format(pages=pages, failures=int(job.progress.get("failures") or 0)))
        now = str(job.progress.get("now") or "")
        if now:
            st.caption(words.RUNNING_NOW)
            st.code(now, language=None, wrap_lines=True)


def _again() -> None:
    st.button(words.AGAIN, icon=":material/refresh:", key="check_again", on_click=_open, args=("",))


def _open(job: str) -> None:
    if job:
        st.query_params["job"] = job
    elif "job" in st.query_params:
        del st.query_params["job"]


def _state(job: JobState) -> str:
    return words.STATES.get(job.state, words.OTHER_STATE)


def _icon(job: JobState) -> str:
    return {"done": ":material/check_circle:", "failed": ":material/error:", "lost": ":material/link_off:"}.get(job.state, ":material/hourglass_top:")
