"""Buttons that make a report when they are clicked and then offer it for download: for the page 报告 and for 单位画像."""

import mimetypes
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

import streamlit as st

from dashboard.components import boundary, data, people
from dashboard.components.boundary import service
from dashboard.components.text import plain
from dashboard.strings import reports as words
from scoring.services.report import build, material
from scoring.services.report.kinds import Kind
from scoring.services.shapes import PeriodInfo

_MADE = "reports_made"
_ZIP = "application/zip"
_KB, _MB = 1 << 10, 1 << 20
OF_UNIT = build.OWN
"""The kinds that tell of one unit alone."""


@dataclass(frozen=True, slots=True)
class Made:
    """A report that waits for its download; a session keeps the last one only."""

    what: tuple[str, int | None, Kind, str]
    name: str
    content: bytes
    notes: Sequence[str]


def for_unit(period: PeriodInfo, unit: str, *, kinds: Sequence[Kind] = OF_UNIT, key: str) -> None:
    """A row of buttons that make a unit's own reports; `key` tells the buttons of several pages apart. Nothing is read before a click."""
    with st.container(horizontal=True, key=f"{key}_reports"):
        for kind in kinds:
            button(period, kind, unit=unit, key=key)
    told(period, kinds, unit)


def button(period: PeriodInfo, kind: Kind, *, unit: str = "", key: str, label: str = "") -> None:
    """Make, then download."""
    what = (period.ref, period.revision, kind, unit)
    made: Made | None = st.session_state.get(_MADE)
    if made is not None and made.what == what:
        mime = mimetypes.guess_type(made.name)[0] or "application/octet-stream"
        st.download_button(
            words.DOWNLOAD.format(kind=kind.zh),
            made.content,
            made.name,
            _ZIP if made.name.endswith(".zip") else mime,
            type="primary",
            icon=":material/download:",
            key=f"{key}_get_{kind.value}",
            on_click="ignore",
        )
        return
    if st.button(label or words.MAKE.format(kind=kind.zh), icon=":material/description:", key=f"{key}_make_{kind.value}"):
        with st.spinner(words.MAKING.format(kind=kind.zh)):
            found, error = boundary.attempt(lambda: _make(period, kind, unit))
        if found is None:
            boundary.failed(error)
            return
        st.session_state[_MADE] = Made(what, *found)
        st.rerun()


def told(period: PeriodInfo, kinds: Sequence[Kind], unit: str = "") -> None:
    """What was made, how large it is, and what had to be left out."""
    made: Made | None = st.session_state.get(_MADE)
    if made is None or made.what[:2] != (period.ref, period.revision) or made.what[2] not in kinds or made.what[3] != unit:
        return
    st.caption(plain(words.READY.format(file=made.name, size=_size(len(made.content)))))
    for note in made.notes:
        st.caption(plain(note))


@service
def units(period: PeriodInfo) -> Mapping[str, str]:
    """Names by id of the units whose own reports the person in front of the page may have."""
    return material.units_of(data.workspace(), period.ref, role=people.current().role)


def _make(period: PeriodInfo, kind: Kind, unit: str) -> tuple[str, bytes, Sequence[str]]:
    """Name, content and notes: the file itself, or a zip of several."""
    press = build.Press(data.workspace(), period.ref, people.current().role)
    files = press.make(kind, unit)
    notes = press.notes if kind not in (Kind.PROBLEMS, Kind.SCORES, Kind.SLIDES) else []
    if len(files) == 1:
        ((name, content),) = files.items()
        return PurePath(name).name, content, notes
    return f"{press.name}-{kind.zh}.zip", build.packed(files), notes


def _size(n: int) -> str:
    return words.MB.format(n=f"{n / _MB:.1f}") if n >= _MB else words.KB.format(n=max(1, n // _KB))
