"""Reports of many units: begun with a click, written in the background, taken when they are done. Whoever opens the page finds what was written before."""

from collections.abc import Mapping

import streamlit as st

from dashboard.components import boundary, data, people
from dashboard.components.boundary import service
from dashboard.components.text import beijing, plain
from dashboard.strings import reports as words
from scoring.services import jobs
from scoring.services.report import background
from scoring.services.report.kinds import Kind
from scoring.services.shapes import JobState, PeriodInfo

_ERROR = "reports_job_error"


def card(period: PeriodInfo, kind: Kind, units: Mapping[str, str]) -> None:
    """Where the kind stands, and what can be done next."""
    if error := st.session_state.pop(f"{_ERROR}_{kind.value}", ""):
        boundary.failed(error)
    job = _newest(period, kind)
    if job is not None and job.state in jobs.LIVE:
        _progress(period, kind)
        return
    if job is not None and job.state == "done":
        st.download_button(
            words.DOWNLOAD.format(kind=kind.zh),
            lambda: _content(job.id)[1],
            words.JOB_FILE.format(period=period.title, kind=kind.zh),
            "application/zip",
            type="primary",
            icon=":material/download:",
            key=f"reports_job_get_{kind.value}",
            on_click="ignore",
        )
        st.caption(plain(words.JOB_DONE.format(at=beijing(job.started))))
    elif job is not None:
        boundary.failed(job.error)
    label = words.JOB_AGAIN if job is not None else words.JOB_START.format(kind=kind.zh, n=len(units))
    st.button(
        label,
        icon=":material/hourglass_top:",
        type="tertiary" if job is not None and job.state == "done" else "secondary",
        key=f"reports_job_start_{kind.value}",
        on_click=_start,
        args=(period, kind),
    )
    st.caption(words.JOB_NOTE)


@st.fragment(run_every=2)
def _progress(period: PeriodInfo, kind: Kind) -> None:
    """Polls by itself; when the job has ended the whole page is drawn again."""
    job = _newest(period, kind)
    if job is None or job.state not in jobs.LIVE:
        st.rerun()
    done, of = int(job.progress.get("done") or 0), int(job.progress.get("of") or 0)
    st.progress(min(done / of, 0.99) if of else 0.0, words.JOB_RUNNING.format(done=done, of=of) if of else words.JOB_WAITING)


@service
def _newest(period: PeriodInfo, kind: Kind) -> JobState | None:
    return background.newest(data.workspace(), period, kind, role=people.current().role)


@service
def _content(job: str) -> tuple[str, bytes]:
    return background.content(data.workspace(), job, role=people.current().role)


def _start(period: PeriodInfo, kind: Kind) -> None:
    person = people.current()
    _, error = boundary.attempt(lambda: background.start(data.workspace(), period.ref, kind, owner=person.name, role=person.role, now=data.now()))
    st.session_state[f"{_ERROR}_{kind.value}"] = error
