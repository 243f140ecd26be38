"""Rules on search, attachments, tags, footer, and on how lists are kept."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from crawlers.checks.record import IdentityIssue, LinkCount, SearchCheck, SiteChecks, TagShare
from crawlers.documents.record import Attachment
from crawlers.observation import DeadLink, Identity
from crawlers.status import DocumentKind, LinkKind, PageState, ScopeKind
from scoring.model import Outcome, UnitEvidence
from tests.index.close import document
from tests.index.judging import MET, NONE, PARTIAL, UNMET, UNSEEN, judge, said
from tests.index.make import evidence, item, missing, seen

TAGS = ("ColumnName", "ColumnType", "ArticleTitle", "PubDate", "ContentSource")
FOOTER = {"id_code": "3302000001", "icp": "浙ICP备1号", "police": "浙公网安备1号", "conac": "CA1"}


@pytest.mark.parametrize(
    ("found", "expected"),
    [(True, (MET, "search_finds")), (False, (UNMET, "search_finds_not")), (None, (UNSEEN, "search_untried"))],
)
def test_search(found: bool | None, expected: tuple[Outcome, str]) -> None:
    assert said("search_finds_title", evidence(checks=SiteChecks(search=SearchCheck("http://a.test/s", "某通知", found)))) == expected


def test_a_site_without_a_form() -> None:
    assert said("search_finds_title", evidence()) == (UNSEEN, "search_untried"), "a box that cannot be submitted"
    assert said("search_finds_title", evidence(search_box=False)) == (UNMET, "search_missing")
    assert said("search_finds_title", evidence(search_box=False, home_confirmed=False)) == (UNSEEN, "home_unconfirmed")


def offering(*files: Attachment, kind: ScopeKind = ScopeKind.SITE, **site: Any) -> UnitEvidence:
    return evidence(seen("relief", documents=(document(DocumentKind.ROSTER, "2026-09-01", attachments=files),)), kind=kind, **site)


def file(number: int, *, opens: bool | None) -> Attachment:
    return Attachment(f"http://a.test/{number}.pdf", f"附件{number}.pdf", opens=opens)


def test_attachments() -> None:
    assert said("attachments_open", offering(file(1, opens=True), file(2, opens=None))) == (MET, "attachments_open")
    found = judge("attachments_open", offering(file(1, opens=True), file(2, opens=False)))
    assert (found.outcome, found.params["names"]) == (UNMET, ["附件2.pdf（不是可以打开的文件）"])
    assert said("attachments_open", offering(file(1, opens=None))) == (UNSEEN, "attachments_untried")
    assert said("attachments_open", evidence()) == (UNSEEN, "attachments_untried")


def test_links_to_attachments_count_for_a_site_only() -> None:
    gone = DeadLink("http://a.test/x.doc", "http://a.test/list/", 404, LinkKind.ATTACHMENT, "申请表")
    counted = SiteChecks(links=(LinkCount(LinkKind.ATTACHMENT, 3, 1, 0), LinkCount(LinkKind.INTERNAL, 90, 9, 0)))
    unsure = SiteChecks(links=(LinkCount(LinkKind.ATTACHMENT, 4, 0, 1),))
    assert said("attachments_open", evidence(checks=unsure)) == (UNSEEN, "kind_links_open")
    found = judge("attachments_open", evidence(dead_links=(gone,), checks=counted))
    assert (found.outcome, found.params["tried"]) == (UNMET, 3)
    assert judge("attachments_open", evidence(checks=counted)).outcome is MET
    assert said("attachments_open", evidence(kind=ScopeKind.PREFIX, dead_links=(gone,), checks=counted)) == (UNSEEN, "attachments_untried")
    broken = evidence(dead_links=(replace(gone, kind=LinkKind.INTERNAL),), checks=counted)
    assert judge("attachments_open", broken).outcome is MET, "other links are another rule's"


def tagged(**carried: int) -> UnitEvidence:
    shares = tuple(TagShare("column" if name.startswith("Column") else "article", name, carried.get(name, 10), 10) for name in TAGS)
    return evidence(checks=SiteChecks(tags=shares))


def test_tags() -> None:
    assert said("tags_carried", tagged(PubDate=9)) == (MET, "tags_carried")
    found = judge("tags_carried", tagged(PubDate=8, ColumnType=0))
    assert (found.outcome, found.ratio) == (PARTIAL, Decimal("0.6"))
    assert "正文页 PubDate（10 页中 8 页有）" in found.params["missing"]
    assert said("tags_carried", tagged(**dict.fromkeys(TAGS, 0))) == (UNMET, "tags_lacking")
    assert said("tags_carried", evidence()) == (UNSEEN, "tags_untried")
    only = evidence(checks=SiteChecks(tags=(TagShare("column", "ColumnName", 1, 1), TagShare("column", "ColumnType", 1, 1))))
    assert judge("tags_carried", only).params["pages"] == ["正文页"]


def test_footer() -> None:
    assert said("footer_marks", evidence(identity=Identity({}, FOOTER))) == (MET, "footer_complete")
    half = {name: FOOTER[name] for name in ("id_code", "icp")}
    lacking = tuple(IdentityIssue("footer", name, "", "") for name in ("police", "conac"))
    found = judge("footer_marks", evidence(identity=Identity({}, half), checks=SiteChecks(identity=lacking)))
    assert (found.outcome, found.ratio, found.params["missing"]) == (PARTIAL, Decimal("0.5"), ["公安备案号", "党政机关网站标识"])
    assert said("footer_marks", evidence(identity=Identity({}, half))) == (UNSEEN, "home_unconfirmed"), "the second look did not bear it out"
    wrong = SiteChecks(identity=(IdentityIssue("footer", "id_code", "3302000009", "3302000001"),))
    assert judge("footer_marks", evidence(identity=Identity({}, FOOTER), checks=wrong)).ratio == Decimal("0.75")
    assert said("footer_marks", evidence(identity=Identity())) == (UNSEEN, "footer_unread")


def test_identity_of_name_and_domain_is_held_against_the_register() -> None:
    wrong = SiteChecks(identity=(IdentityIssue("meta", "SiteName", "某区人民政府", "另区人民政府"),))
    found = judge("identity_consistent", evidence(checks=wrong))
    assert (found.outcome, found.ratio) == (PARTIAL, Decimal("0.8"))
    assert "SiteName" in found.params["missing"][0]


def test_columns_kept() -> None:
    new, old = item("2026-09-20"), item("2026-01-20")
    assert said("columns_kept", evidence(seen("news", new), seen("notices", new))) == (MET, "columns_kept")
    assert said("columns_kept", evidence(seen("news", new), missing("notices"))) == (MET, "columns_kept"), "what is missing is another rule's"
    assert judge("columns_kept", evidence(seen("news", new), seen("notices", page=PageState.BLANK))).ratio == Decimal("0.5")
    assert said("columns_kept", evidence(seen("news", old), seen("notices", old))) == (UNMET, "columns_unkept")
    assert said("columns_kept", evidence(missing("news"), missing("notices"))) == (NONE, "columns_none")
    assert said("columns_kept", evidence(seen("news", new), missing("notices", confirmed=False))) == (UNSEEN, "columns_unobserved")


def test_items_dated() -> None:
    new = item("2026-09-20")
    assert said("items_dated", evidence(seen("news", new), seen("notices", new))) == (MET, "dates_shown")
    found = judge("items_dated", evidence(seen("news", new), seen("notices", new, item(None))))
    assert (found.outcome, found.ratio, found.params["names"]) == (PARTIAL, Decimal("0.5"), ["通知公告"])
    assert said("items_dated", evidence(seen("news", item(None)), missing("notices"))) == (UNMET, "dates_lacking")
    assert said("items_dated", evidence(seen("news", new), seen("notices", item(None), confirmed=False))) == (UNSEEN, "columns_unobserved")
    assert said("items_dated", evidence(seen("news", new), seen("notices"))) == (UNSEEN, "columns_unobserved"), "a page without a list that was understood"
    assert said("items_dated", evidence(missing("news"), seen("notices", page=PageState.BLANK))) == (NONE, "columns_none")
