"""线索: what a run noticed beside the findings, for people; nothing of it is scored."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from crawlers.checks.record import ExternalLink, IdentityIssue, SiteChecks
from crawlers.documents.record import Attachment, Consultation, Document, Pairing, PersonalDatum, Report, Violation
from crawlers.observation import Item, ScopeObservation, Sighting, SiteObservation, Snapshot, load
from crawlers.status import DocumentKind, FetchStatus, Looked, ScopeKind
from scoring.errors import NotPermitted
from scoring.model import Role
from scoring.services.clues import Clue, ClueKind, clues, found_in
from scoring.services.workspace import HomeFile, Workspace
from tests.conftest import Built

AT = datetime(2026, 3, 31, tzinfo=UTC)
URL = "http://a.example.invalid/x.html"
NAMES = {"notices": "通知公告"}


def document(**more: object) -> Document:
    return replace(Document(URL, "关于某事", DocumentKind.OTHER, FetchStatus.OK, snapshot=0, confirmed=True), **more)  # type: ignore[arg-type]


def site(
    *, items: tuple[Item, ...] = (), documents: tuple[Document, ...] = (), checks: SiteChecks | None = None, kind: ScopeKind = ScopeKind.SITE
) -> SiteObservation:
    seen = Sighting("notices", "通知公告", items=items, documents=documents, snapshot=0)
    view = ScopeObservation("u", kind, "http://a.example.invalid/", "", matched=True, looked=Looked.COMPLETE, sightings=(seen,))
    snapshot = Snapshot(0, URL, AT, FetchStatus.OK, 200, "", 5, 7)
    return SiteObservation(
        "a", "r", "http://a.example.invalid/", date(2026, 3, 31), AT, AT, FetchStatus.OK, snapshots=(snapshot,), scopes=(view,), checks=checks or SiteChecks()
    )


def one(observation: SiteObservation) -> Clue:
    (clue,) = found_in(observation, "u", NAMES)
    return clue


def test_an_entry_dated_before_a_reading_that_lacked_it() -> None:
    item = Item(URL, "补发的通知", date(2026, 1, 5), first_seen=date(2026, 3, 31), backdated=True)
    clue = one(site(items=(item, replace(item, backdated=False))))
    assert (clue.kind, clue.column, clue.url, clue.snapshot) == (ClueKind.BACKDATED, "通知公告", URL, "r/a@5+7")
    assert clue.what == "日期为 2026-01-05，但 2026-03-31 才首次出现，此前完整读过该列表时没有它：《补发的通知》"


def test_a_date_that_was_changed() -> None:
    clue = one(site(items=(Item(URL, "通知", date(2026, 3, 1), was=date(2025, 12, 1)),)))
    assert (clue.kind, clue.what) == (ClueKind.REDATED, "日期由 2025-12-01 改为 2026-03-01：《通知》")


@pytest.mark.parametrize(
    ("found", "kind", "said"),
    [
        (
            document(personal=(PersonalDatum("id_card", "3302**********1X", "第3行“身份证号”", URL),)),
            ClueKind.PERSONAL,
            "身份证号 3302**********1X，第3行“身份证号”",
        ),
        (document(attachments=(Attachment(URL, "附件1.pdf", FetchStatus.OK, 200, "html", 9, opens=False),)), ClueKind.ATTACHMENT, "附件1.pdf"),
        (document(report=Report(2025, "30", violations=(Violation("balance", "表三 总计列", "28", "27"),))), ClueKind.REPORT, "表三 总计列：应为 28，实为 27"),
        (document(consultation=Consultation(None, None, 29)), ClueKind.SHORT, "29 天，没有说明缩短的理由"),
        (document(pairing=Pairing(URL, "某办法", None, 4)), ClueKind.LATE, "晚 4 个工作日"),
    ],
    ids=lambda value: value.value if isinstance(value, ClueKind) else "",
)
def test_what_documents_show(found: Document, kind: ClueKind, said: str) -> None:
    clue = one(site(documents=(found,)))
    assert (clue.kind, clue.snapshot) == (kind, "r/a@5+7")
    assert said in clue.what


@pytest.mark.parametrize(
    "quiet",
    [
        document(consultation=Consultation(None, None, 30)),
        document(consultation=Consultation(None, None, 10, "因疫情防控需要")),
        document(consultation=Consultation(None, None, None)),
        document(consultation=Consultation(None, None, 10), confirmed=False),
        document(pairing=Pairing(URL, "某办法", None, 3)),
        document(pairing=Pairing(URL, "某办法", None, None, unknown_years=(2031,))),
        document(attachments=(Attachment(URL, "附件1.pdf", FetchStatus.TIMEOUT, opens=None),)),
        document(report=Report(2025, "30", checked=40)),
    ],
)
def test_what_is_in_order_or_unknown_is_no_clue(quiet: Document) -> None:
    assert found_in(site(documents=(quiet,)), "u", NAMES) == ()


def test_clues_of_the_whole_site_belong_to_the_unit_whose_site_it_is() -> None:
    checks = SiteChecks(
        identity=(IdentityIssue("footer", "网站标识码", "3302000001", ""),),
        external=(
            ExternalLink("b.example.invalid", "http://b.example.invalid/", URL, "彩票", "某公司", was_title="某局", was_owner="某局", changed=True),
            ExternalLink("c.example.invalid", "http://c.example.invalid/", URL, "某局", "某局", changed=None),
        ),
    )
    assert [clue.kind for clue in found_in(site(checks=checks), "u", NAMES)] == [ClueKind.EXTERNAL, ClueKind.IDENTITY]
    assert found_in(site(checks=checks, kind=ScopeKind.PREFIX), "u", NAMES) == ()
    assert found_in(site(checks=checks), "someone-else", NAMES) == ()


@pytest.mark.parametrize("role", [Role.LEADER, Role.STAFF])
def test_clues_are_for_evaluators(role: Role) -> None:
    with pytest.raises(NotPermitted):
        clues(Workspace(Path("/nowhere"), HomeFile(), None, lambda: AT), "2026Q3", "heting", role=role)  # refused before anything is opened


@pytest.mark.e2e
def test_the_simulated_city_shows_the_entry_that_was_put_in_afterwards(built: Built) -> None:
    late = {}
    for path in sorted((built.home / "runs").glob("*/sites/*.json")):
        observation = load(path)
        for view in observation.scopes:
            for clue in found_in(observation, view.unit, {}):
                if clue.kind in (ClueKind.BACKDATED, ClueKind.REDATED):
                    late[view.unit, observation.as_of] = clue.what
    assert set(late) == {("heting", date(2026, 6, 30)), ("heting", date(2026, 9, 30))}
    assert "日期为 2026-03-20，但 2026-06-30 才首次出现" in late["heting", date(2026, 6, 30)]
