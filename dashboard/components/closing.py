"""What the pages of a period's end ask of services: revisions, corrections, 送审稿, stages, exports. Tests replace the service modules named here."""

from collections.abc import Sequence

import streamlit as st

from dashboard.components import data, people
from dashboard.components.boundary import home, service
from scoring.disclosure import Disclosure
from scoring.lists import NamedList
from scoring.services import corrections, export_files, periods, results, stages, submissions
from scoring.services.corrections import Reopening, UnitChange
from scoring.services.shapes import PeriodInfo
from scoring.services.stages import StageRow
from scoring.services.submissions import Reading, Submission, View


@service
def readable(asked: str) -> list[PeriodInfo]:
    """The published periods, newest first, and the earlier revision that an address asks for (`2026Q1@1`)."""
    known = list(data.published_periods())
    name, at, _ = asked.partition("@")
    old = [one for one in revisions(name) if one.ref == asked] if at and any(one.id == name for one in known) else []
    return known + old


@service
def revisions(period: str) -> list[PeriodInfo]:
    """Every published revision of a period, newest first."""
    return results.history(data.workspace(), period)


@service
def grades(period: PeriodInfo, group: str) -> list[tuple[str, str, str | None]]:
    """Id, name and grade where only grades are published."""
    return results.grades(data.workspace(), period.ref, group)


@st.cache_resource(max_entries=32, show_spinner=False)
def _changes(key: tuple[str, str, int | None]) -> list[UnitChange]:
    return corrections.changes(data.workspace(), f"{key[1]}@{key[2]}")


@service
def changes(period: PeriodInfo) -> list[UnitChange]:
    """What a correction changed; immutable, so it is kept."""
    return _changes((str(home()), period.id, period.revision))


@service
def before(period: PeriodInfo) -> PeriodInfo | None:
    """The published revision that a locked period corrects; None for a first publication."""
    return periods.before(data.workspace(), period.id)


@service
def reopened(period: PeriodInfo) -> Reopening | None:
    """Why an open period was opened again."""
    return corrections.reopened(data.workspace(), period.id)


@service
def pending(period: PeriodInfo) -> list[UnitChange]:
    """What an open correction changes so far."""
    return corrections.pending(data.workspace(), period.id, role=people.current().role)


@service
def submitted(period: PeriodInfo) -> list[Submission]:
    """The 送审稿 of a period, newest first."""
    return submissions.made_for(data.workspace(), period.id, role=people.current().role)


@service
def unchanged(period: PeriodInfo, digest: str) -> bool:
    """Whether a period's results still have the digest of a 送审稿."""
    return submissions.digest_now(data.workspace(), period.id, role=people.current().role) == digest


@service
def readings(period: PeriodInfo) -> Sequence[Reading]:
    """Who read them."""
    return submissions.log(data.workspace(), period.id, role=people.current().role)


@service
def waiting() -> list[Submission]:
    """What was sent to the person in front of the page."""
    actor = people.current()
    return submissions.waiting_for(data.workspace(), actor.name, role=actor.role)


@service
def view(period: str, *, again: bool) -> View:
    """A 送审稿 as this person sees it; the reading is noted unless it is the same look again."""
    actor = people.current()
    return submissions.view(data.workspace(), period, actor.name, data.now(), role=actor.role, again=again)


@service
def stage_rows(period: PeriodInfo) -> list[StageRow]:
    """The stages so far."""
    return stages.history(data.workspace(), period.id, role=people.current().role)


def take(period: str) -> bytes:
    """The watermarked download; noted when it is taken."""
    actor = people.current()
    return submissions.download(data.workspace(), period, actor.name, data.now(), role=actor.role)


def submit(period: str, names: Sequence[str], note: str) -> None:
    """Make a 送审稿."""
    actor = people.current()
    submissions.make(data.workspace(), period, names, note, actor.name, data.now(), role=actor.role)


def reopen(period: str, reason: str) -> None:
    """Open a closed period again."""
    actor = people.current()
    corrections.reopen(data.workspace(), period, reason, actor.name, data.now(), role=actor.role)


def cancel(period: str) -> None:
    """Close it as it was."""
    actor = people.current()
    corrections.cancel(data.workspace(), period, actor.name, data.now(), role=actor.role)


def enter(period: str, stage: str, note: str) -> None:
    """Note that a stage begins."""
    actor = people.current()
    stages.enter(data.workspace(), period, stage, note, actor.name, data.now(), role=actor.role)


def publish(period: str, disclosure: Disclosure, lists: Sequence[NamedList] = ()) -> None:
    """Publish a locked period within a 发布口径, with its 名单."""
    actor = people.current()
    periods.publish(data.workspace(), period, actor.name, data.now(), role=actor.role, disclosure=disclosure, lists=lists)


@st.cache_resource(max_entries=4, show_spinner=False)
def _exports(key: tuple[str, str]) -> bytes:
    return results.file(data.workspace(), key[1]).with_suffix(".zip").read_bytes()


@service
def exports(period: PeriodInfo) -> bytes:
    """The zip beside a published file."""
    return _exports((str(home()), f"{period.id}@{period.revision}"))


@service
def named(period: PeriodInfo) -> tuple[str, str, str]:
    """Name of the published file, digest, and 方法说明 of a published revision."""
    path = results.file(data.workspace(), f"{period.id}@{period.revision}")
    return path.name, export_files.digest_of(path), export_files.note_of(path)
