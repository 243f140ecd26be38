"""The only way of the pages to data: thin, cached calls of `scoring.services`. Tests replace the service modules named here."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import streamlit as st

from dashboard.components.boundary import attempt, home, service
from scoring.facts import Attachment, ImportedValue, RequestCase
from scoring.model import Edition, Indicator, Role
from scoring.requests import Clock
from scoring.services import case_table, drafts, edition_workbook, editions, evidence, jobs, periods, results, reviews, robust
from scoring.services import cases as cases_service
from scoring.services import clues as clues_service
from scoring.services import dry_run as trials
from scoring.services import imports as imports_service
from scoring.services.clues import Clue
from scoring.services.dry_run import DryRun
from scoring.services.imports import Imported
from scoring.services.locking import Blocker
from scoring.services.reviews import Decision
from scoring.services.shapes import CheckResult, CheckTarget, JobState, LeafResult, PeriodInfo, Ranking, StoredPage, UnitProfile
from scoring.services.stability import RankingRobust
from scoring.services.stability import of_ranking as stability_of
from scoring.services.uploads import Upload
from scoring.services.workspace import Workspace

if TYPE_CHECKING:
    from dashboard.components.people import Person


@st.cache_resource(show_spinner=False)
def _open(path: str) -> Workspace:
    opened = Workspace.open(Path(path))
    opened.start_ingester()
    return opened


def workspace() -> Workspace:
    """The workspace of this process: opened once, shared by all sessions; its ingester takes finished runs."""
    return _open(str(home()))


@service
def simulated() -> bool:
    """True when every result is made up."""
    return workspace().simulated


@service
def all_periods() -> Sequence[PeriodInfo]:
    """Every period, newest first."""
    return periods.periods(workspace())


@service
def published_periods() -> Sequence[PeriodInfo]:
    """Periods a leader may see, newest first."""
    return periods.published(workspace())


@st.cache_resource(max_entries=64, show_spinner=False)
def _ranking(key: tuple[str, str, int | None, str]) -> Ranking:
    _, ref, _, group = key
    return results.ranking(workspace(), ref, group)


@st.cache_resource(max_entries=256, show_spinner=False)
def _profile(key: tuple[str, str, int | None, str]) -> UnitProfile:
    _, ref, _, unit = key
    return results.profile(workspace(), ref, unit)


@service
def ranking(period: PeriodInfo, group: str) -> Ranking:
    """A published ranking; immutable, so it is kept by home, period and revision."""
    return _ranking((str(home()), period.ref, period.revision, group))


@service
def profile(period: PeriodInfo, unit: str) -> UnitProfile:
    """A published profile, kept likewise."""
    return _profile((str(home()), period.ref, period.revision, unit))


@service
def draft_ranking(period: PeriodInfo, group: str) -> Ranking:
    """The ranking as of now."""
    return drafts.ranking(workspace(), period.id, group, role=_role())


@st.cache_resource(max_entries=16, show_spinner=False)
def _stability(_ranking: Ranking, key: tuple[object, ...]) -> RankingRobust:  # noqa: ARG001 - it is kept by the key
    return stability_of(_ranking)


@service
def stability(ranking: Ranking) -> RankingRobust:
    """How far a draft's ranks follow from the weights; kept until a total changes."""
    return _stability(ranking, (str(home()), ranking.period.id, ranking.group, tuple((row.unit, str(row.score.total), row.score.rank) for row in ranking.rows)))


@st.cache_resource(max_entries=16, show_spinner=False)
def _published_stability(key: tuple[str, str, int | None, str]) -> RankingRobust:
    _, ref, _, group = key
    return robust.published(workspace(), ref, group)


@service
def published_stability(period: PeriodInfo, group: str) -> RankingRobust:
    """The same of a published period; immutable, so it is kept by home, period and revision."""
    return _published_stability((str(home()), period.ref, period.revision, group))


@service
def draft_profile(period: PeriodInfo, unit: str) -> UnitProfile:
    """One unit's leaves and score as of now."""
    return drafts.profile(workspace(), period.id, unit, role=_role())


@service
def blockers(period: PeriodInfo) -> Sequence[Blocker]:
    """What forbids locking: the leaves that still wait for a person, with the reason."""
    return periods.blockers(workspace(), period.id, role=_role())


def decide(decision: Decision, *, actor: str, role: Role) -> LeafResult:
    """Record a person's decision; raises what the service raises (call through `boundary.attempt`)."""
    return reviews.decide(workspace(), decision, actor=actor, role=role, now=now())


def lock(period: str, actor: str, role: Role) -> None:
    """Lock a period; raises Refused with the blockers."""
    periods.lock(workspace(), period, actor, now(), role=role)


@service
def clues(period: PeriodInfo, unit: str) -> tuple[Clue, ...]:
    """What the run that a period is judged by noticed of a unit, for a person to look at."""
    return clues_service.clues(workspace(), period.id, unit, role=_role())


@service
def stored_page(address: str) -> StoredPage:
    """A stored page by its address `run/site@offset+length`."""
    return evidence.open_page(workspace(), address)


def title_of(address: str) -> str:
    """The title of a stored page; empty when it cannot be opened: a name to show, nothing that may stop a page."""
    found, _ = attempt(lambda: evidence.open_page(workspace(), address))
    return found.title if found else ""


@service
def targets() -> Sequence[CheckTarget]:
    """Units that can be checked, with site and scope in words."""
    return jobs.targets(workspace())


@service
def available_editions() -> Sequence[Edition]:
    """Editions that ship with the product."""
    return editions.available()


@service
def broken_editions() -> Sequence[str]:
    """What is wrong with files that should be editions, one line each."""
    return editions.broken()


@service
def edition(edition_id: str) -> Edition:
    """One edition."""
    return editions.get(edition_id)


@st.cache_data(max_entries=16, show_spinner=False)
def _workbook(sha: str, _edition: Edition) -> bytes:
    if sha != _edition.sha:
        raise AssertionError("an edition is kept by its own hash")
    return edition_workbook.export(_edition)


def workbook(edition: Edition) -> bytes:
    """An edition as evaluators' Excel workbook. Raises BadInput."""
    return _workbook(edition.sha, edition)


def uploaded_edition(content: bytes, name: str) -> edition_workbook.Imported:
    """The edition in an uploaded workbook or YAML file; raises BadInput with what is wrong."""
    return edition_workbook.uploaded(content, name)


def dry_run(period: str, edition: Edition, group: str) -> DryRun:
    """A changed edition on what a period knows; raises BadInput, NotPermitted."""
    return trials.dry_run(workspace(), period, edition, group, role=_role(), now=now())


def start_check(*, url: str | None, unit: str | None, edition_id: str | None, owner: str, role: Role) -> str:
    """Start a self-check in the background and return its job id; raises BadInput for an address that cannot be checked."""
    return jobs.start_check(workspace(), url=url, unit=unit, edition=edition_id, owner=owner, now=now(), role=role)


@service
def job(job_id: str) -> JobState:
    """Where a job stands."""
    return jobs.state(workspace(), job_id)


@service
def check_result(job_id: str) -> CheckResult | None:
    """What a finished self-check found."""
    return jobs.result(workspace(), job_id)


def found(job_id: str) -> CheckResult | None:
    """The same for a page that only mentions it: an unknown job is None, nothing that may stop the page."""
    result, _ = attempt(lambda: jobs.result(workspace(), job_id))
    return result


@service
def recent_jobs(owner: str) -> Sequence[JobState]:
    """The owner's jobs, newest first."""
    return jobs.recent(workspace(), owner)


@service
def cases() -> Sequence[tuple[RequestCase, Clock]]:
    """The case log of mock applications, newest first."""
    return cases_service.listed(workspace(), role=_role(), now=now())


@service
def case_units() -> Mapping[str, str]:
    """The units that a case may concern, by id."""
    return cases_service.units(workspace())


@service
def case_rows(listed: Sequence[tuple[RequestCase, Clock]], names: Mapping[str, str]) -> tuple[list[str], list[list[object]]]:
    """The log as a table."""
    return case_table.rows(listed, names)


@service
def attachment(file: Attachment) -> bytes:
    """The content of a case's attachment."""
    return cases_service.attachment(workspace(), file, role=_role())


def save_case(case: RequestCase, person: "Person", files: tuple[Upload, ...]) -> RequestCase:
    """Enter or correct a case; raises what the service raises."""
    return cases_service.save(workspace(), case, actor=person.name, role=person.role, now=now(), files=files)


def import_cases(upload: Upload, person: "Person") -> tuple[int, int, int]:
    """Take a case log in: new, corrected, unchanged."""
    return case_table.take_in(workspace(), upload, actor=person.name, role=person.role, now=now())


@service
def import_leaves(period: PeriodInfo) -> Mapping[str, Indicator]:
    """The leaves of a period that take imported values."""
    return imports_service.leaves(workspace(), period.id)


@service
def imported(period: PeriodInfo, code: str) -> Sequence[tuple[str, ImportedValue]]:
    """The imported values in force, each with its unit's name."""
    return imports_service.in_force(workspace(), period.id, code, role=_role())


def import_scores(period: PeriodInfo, code: str, upload: Upload, person: "Person") -> Imported:
    """Import values of one leaf; raises what the service raises."""
    return imports_service.take_in(workspace(), period.id, code, upload, actor=person.name, role=person.role, now=now())


def now() -> datetime:
    """The clock of the pages: the only one, handed to services."""
    return datetime.now(UTC)


def _role() -> Role:
    """The role of whoever is in front of the page: services refuse what it may not see."""
    from dashboard.components import people  # which asks this module whether the workspace is simulated

    return people.current().role
