"""Every rule: each outcome, and above all when it must not give one. Every finding can be put into words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crawlers.observation import Gap, Identity, Sighting
from crawlers.status import FetchStatus, Looked, Match, PageState, ScopeKind
from scoring import wording
from scoring.edition import FILLED
from scoring.model import Outcome
from scoring.rules import _ALL, RULES
from tests.index.judging import BY_COLUMN, FULL, HOST, MET, NONE, ON_SITE, PARTIAL, UNMET, UNSEEN, column_of, judge, params, said
from tests.index.make import COLUMNS, dead, evidence, item, missing, seen


def test_every_rule_is_tested_here() -> None:
    assert len(_ALL) == len(RULES), "a rule that stands twice is what its last line says"
    assert set(FULL) == set(RULES)
    assert {rule for rule, spec in RULES.items() if spec.host_level} == HOST


# --- Failing to look is never a zero -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rule", ON_SITE)
def test_nothing_is_said_of_a_site_that_was_not_observed(rule: str) -> None:
    everything = tuple(missing(key) for key in COLUMNS)
    assert said(rule, evidence(*everything, status=FetchStatus.SHIELD, page=PageState.SHIELD)) == (UNSEEN, "site_unreachable")
    assert judge(rule, evidence(*everything, status=FetchStatus.SHIELD)).params["status"] == "shield"
    assert said(rule, evidence(*everything, matched=False)) == (UNSEEN, "scope_unmatched")
    absent = replace(evidence(), site=None, view=None)
    assert said(rule, absent) == (UNSEEN, "site_absent")


@pytest.mark.parametrize("rule", sorted(HOST))
@pytest.mark.parametrize("kind", [kind for kind in ScopeKind if kind is not ScopeKind.SITE])
def test_host_level_rules_do_not_concern_a_unit_without_a_site(rule: str, kind: ScopeKind) -> None:
    assert said(rule, evidence(kind=kind, home_newest=None, search_box=False)) == (NONE, "host_level")


@pytest.mark.parametrize("rule", sorted(HOST & set(ON_SITE)))
@pytest.mark.parametrize("page", [PageState.NEEDS_SCRIPT, PageState.SHIELD, PageState.LOGIN, PageState.SPLASH, PageState.PARKED, PageState.SOFT_404])
def test_a_home_page_without_content_says_nothing(rule: str, page: PageState) -> None:
    found = judge(rule, evidence(page=page, search_box=False, identity=Identity(), dead_links=dead(90)))
    assert (found.outcome, found.reason_code, found.params["page"]) == (UNSEEN, "site_page", page.value)


@pytest.mark.parametrize("rule", BY_COLUMN)
class TestColumnThatCannotBeJudged:
    """The same reading for every rule on a column."""

    def test_missing_but_navigation_incomplete(self, rule: str) -> None:
        gap = Gap("http://a.test/map", FetchStatus.TIMEOUT, None)
        found = judge(rule, evidence(missing(column_of(rule)), looked=Looked.INCOMPLETE, gaps=(gap,)))
        assert (found.outcome, found.reason_code) == (UNSEEN, "look_incomplete")
        assert "访问超时" in wording.reason(found.reason_code, found.params)

    def test_missing_once(self, rule: str) -> None:
        assert said(rule, evidence(missing(column_of(rule), confirmed=False))) == (UNSEEN, "unconfirmed")

    def test_missing_on_a_site_that_needs_a_script(self, rule: str) -> None:
        assert said(rule, evidence(missing(column_of(rule)), page=PageState.NEEDS_SCRIPT)) == (UNSEEN, "site_page")

    def test_name_only_contained(self, rule: str) -> None:
        assert said(rule, evidence(seen(column_of(rule), match=Match.CONTAINED))) == (UNSEEN, "ambiguous")

    def test_not_in_the_plan(self, rule: str) -> None:
        assert said(rule, evidence()) == (UNSEEN, "not_planned")

    @pytest.mark.parametrize("status", [FetchStatus.TIMEOUT, FetchStatus.SHIELD, FetchStatus.ROBOTS, FetchStatus.TLS])
    def test_page_not_fetched(self, rule: str, status: FetchStatus) -> None:
        found = judge(rule, evidence(seen(column_of(rule), fetch=status, http=None, page=None)))
        assert (found.outcome, found.reason_code, found.params["status"]) == (UNSEEN, "page_unread", status.value)

    def test_server_error_is_no_dead_page(self, rule: str) -> None:
        assert said(rule, evidence(seen(column_of(rule), fetch=FetchStatus.HTTP_ERROR, http=503, page=None))) == (UNSEEN, "page_unread")

    @pytest.mark.parametrize("page", [PageState.NEEDS_SCRIPT, PageState.SHIELD, PageState.LOGIN, PageState.SPLASH, PageState.FRAME, PageState.PARKED])
    def test_page_without_content(self, rule: str, page: PageState) -> None:
        found = judge(rule, evidence(seen(column_of(rule), page=page)))
        assert (found.outcome, found.reason_code, found.params["page"]) == (UNSEEN, "page_opaque", page.value)

    @pytest.mark.parametrize(
        "gone", [{"fetch": FetchStatus.HTTP_ERROR, "http": 404, "page": None}, {"fetch": FetchStatus.HTTP_ERROR, "http": 410}, {"page": PageState.SOFT_404}]
    )
    def test_dead_page(self, rule: str, gone: dict[str, Any]) -> None:
        assert said(rule, evidence(seen(column_of(rule), **gone))) == (UNMET, "page_dead")
        assert said(rule, evidence(seen(column_of(rule), **gone, confirmed=False))) == (UNSEEN, "unconfirmed")

    def test_confirmed_missing(self, rule: str) -> None:
        found = judge(rule, evidence(missing(column_of(rule))))
        assert (found.outcome, found.reason_code) == (UNMET, "column_missing")
        assert found.evidence[0].snapshot == "run-1/a@100+50"  # the home page


def test_evidence_is_the_stored_page_of_the_column() -> None:
    ref = judge("column_present", evidence(seen("guide"))).evidence[0]
    assert (ref.url, ref.snapshot) == ("http://a.test/column/", "run-1/a@150+70")
    assert judge("column_present", evidence(seen("guide", snapshot=2))).evidence[0].snapshot == ""
    assert judge("column_present", evidence(seen("guide", snapshot=None))).evidence[0].url == "http://a.test/guide/"


# --- Columns ------------------------------------------------------------------------------------------------------------------------


def test_column_present() -> None:
    assert said("column_present", evidence(seen("guide"))) == (MET, "column_present")
    alias = evidence(seen("guide", match=Match.ALIAS, name="公开指南"))
    assert said("column_present", alias) == (MET, "column_alias")
    assert judge("column_present", alias, alias_ratio=0.5).ratio == Decimal("0.5")
    assert said("column_present", alias, alias_ratio=0.5) == (PARTIAL, "column_alias")
    assert said("column_present", evidence(seen("guide"), looked=Looked.INCOMPLETE), alias_ratio=0.5)[0] is MET
    assert said("column_present", evidence(seen("guide", page=PageState.BLANK))) == (MET, "column_present")
    assert said("column_present", evidence(seen("guide", page=PageState.BLANK, confirmed=False)))[0] is MET
    assert said("column_present", evidence(seen("guide", fetch=None, page=None)))[0] is MET
    assert said("column_present", evidence(seen("guide", fetch=None, page=None, confirmed=False))) == (UNSEEN, "not_opened"), "a list on another host"


def test_columns_present() -> None:
    assert said("columns_present", evidence(seen("guide"), seen("rules"))) == (MET, "columns_complete")
    half = judge("columns_present", evidence(seen("guide"), missing("rules")))
    assert (half.outcome, half.ratio, half.params["names"]) == (PARTIAL, Decimal("0.5"), ["政府信息公开制度"])
    assert said("columns_present", evidence(missing("guide"), missing("rules"))) == (UNMET, "columns_lacking")
    unsure = judge("columns_present", evidence(missing("guide"), missing("rules", confirmed=False)))
    assert (unsure.outcome, unsure.reason_code, unsure.params["names"]) == (UNSEEN, "columns_unobserved", ["政府信息公开制度"])


@pytest.mark.parametrize(
    ("day", "expected"), [("2026-08-31", (MET, "column_fresh")), ("2026-08-30", (UNMET, "column_stale")), ("2026-10-01", (UNSEEN, "no_date"))]
)
def test_updated_within_is_inclusive_and_knows_no_future(day: str, expected: tuple[Outcome, str]) -> None:
    assert said("updated_within", evidence(seen("guide", newest=date.fromisoformat(day)))) == expected


def test_updated_within() -> None:
    found = judge("updated_within", evidence(seen("guide", item("2026-08-01"), item("2027-01-01"))))
    assert (found.outcome, found.params["newest"], found.params["age"]) == (UNMET, "2026-08-01", 60)
    assert said("updated_within", evidence(seen("guide", item("2026-01-01"), confirmed=False))) == (UNSEEN, "unconfirmed")
    assert said("updated_within", evidence(seen("guide", item(None)))) == (UNSEEN, "no_date")
    assert said("updated_within", evidence(seen("guide", fetch=None, page=None))) == (UNSEEN, "not_opened")
    assert said("updated_within", evidence(seen("guide", page=PageState.BLANK))) == (UNMET, "column_blank")
    assert said("updated_within", evidence(seen("guide", page=PageState.UNDER_CONSTRUCTION))) == (UNMET, "column_blank")
    assert said("updated_within", evidence(seen("guide", page=PageState.BLANK, confirmed=False))) == (UNSEEN, "unconfirmed")


def test_columns_fresh() -> None:
    new, old = item("2026-09-20"), item("2026-01-20")
    assert said("columns_fresh", evidence(seen("news", new), seen("notices", new))) == (MET, "columns_fresh")
    half = judge("columns_fresh", evidence(seen("news", new), seen("notices", old)))
    assert (half.outcome, half.ratio, half.params["names"]) == (PARTIAL, Decimal("0.5"), ["通知公告（2026-01-20）"])
    assert said("columns_fresh", evidence(missing("news"), seen("notices", page=PageState.BLANK))) == (UNMET, "columns_stale")
    assert said("columns_fresh", evidence(missing("news"), seen("notices", old, confirmed=False))) == (UNSEEN, "columns_unobserved")
    assert said("columns_fresh", evidence(seen("news", new), seen("notices", item(None)))) == (UNSEEN, "columns_unobserved")


def test_elements_present() -> None:
    nine = tuple(COLUMNS["guide"].elements)
    assert said("elements_present", evidence(seen("guide", elements=nine))) == (MET, "elements_complete")
    found = judge("elements_present", evidence(seen("guide", elements=nine[:6])))
    assert (found.outcome, found.ratio, found.params["missing"]) == (PARTIAL, Decimal(6) / 9, list(nine[6:]))
    assert said("elements_present", evidence(seen("guide"))) == (UNMET, "elements_lacking")
    assert said("elements_present", evidence(seen("guide", elements=nine[:6], confirmed=False))) == (UNSEEN, "unconfirmed")
    assert said("elements_present", evidence(seen("guide", elements=nine[:6], elements_unread=True))) == (UNSEEN, "elements_unread")
    assert said("elements_present", evidence(seen("guide", elements=nine, elements_unread=True))) == (MET, "elements_complete")
    assert said("elements_present", evidence(seen("guide", fetch=None, page=None))) == (UNSEEN, "not_opened")


def test_attachment_present() -> None:
    assert said("attachment_present", evidence(seen("application", attachments=("http://a.test/a.doc",)))) == (MET, "attachment_present")
    assert said("attachment_present", evidence(seen("application"))) == (UNMET, "attachment_missing")
    assert said("attachment_present", evidence(seen("application", confirmed=False))) == (UNSEEN, "unconfirmed")
    assert said("attachment_present", evidence(seen("application", fetch=None, page=None))) == (UNSEEN, "not_opened")


# --- The whole site -----------------------------------------------------------------------------------------------------------------


def test_identity_consistent() -> None:
    assert said("identity_consistent", evidence()) == (MET, "identity_consistent")
    wrong = Identity({"sitename": "某区", "SiteDomain": "a.test", "SiteIDCode": "3302000009"}, {"id_code": "3302000001"})
    found = judge("identity_consistent", evidence(identity=wrong))
    assert (found.outcome, found.ratio) == (PARTIAL, Decimal("0.8"))
    assert said("identity_consistent", evidence(identity=Identity())) == (UNMET, "identity_lacking")
    assert said("identity_consistent", evidence(identity=Identity(), home_confirmed=False)) == (UNSEEN, "home_unconfirmed")
    assert judge("identity_consistent", evidence(identity=wrong, id_code="")).params["total"] == 3  # nothing to compare with


def test_search_available() -> None:
    assert said("search_available", evidence()) == (MET, "search_present")
    assert said("search_available", evidence(search_box=False)) == (UNMET, "search_missing")
    assert said("search_available", evidence(search_box=False, home_confirmed=False)) == (UNSEEN, "home_unconfirmed")


def test_site_reachable() -> None:
    assert said("site_reachable", evidence()) == (MET, "site_reachable")
    assert said("site_reachable", evidence(status=FetchStatus.TIMEOUT)) == (UNSEEN, "site_unreachable")


def test_home_updated_within() -> None:
    assert said("home_updated_within", evidence(home_newest=date(2026, 9, 16))) == (MET, "home_fresh")
    assert said("home_updated_within", evidence(home_newest=date(2026, 9, 15))) == (UNMET, "home_stale")
    assert said("home_updated_within", evidence(home_newest=date(2026, 9, 15), home_confirmed=False)) == (UNSEEN, "home_unconfirmed")
    assert said("home_updated_within", evidence(home_newest=None)) == (UNSEEN, "home_no_date")
    assert said("home_updated_within", evidence(home_newest=date(2026, 10, 1))) == (UNSEEN, "home_no_date")


def test_blank_columns_at_most() -> None:
    new, blank = item("2026-09-20"), PageState.BLANK
    assert said("blank_columns_at_most", evidence(seen("news", new), seen("notices", new), seen("guide", page=blank))) == (MET, "blank_within")
    found = judge("blank_columns_at_most", evidence(seen("news", page=blank), seen("notices", new)))
    assert (found.outcome, found.params["names"]) == (UNMET, ["政务要闻"])
    assert said("blank_columns_at_most", evidence(seen("news", page=blank)), max=1) == (MET, "blank_within")
    assert said("blank_columns_at_most", evidence(seen("news", page=blank, confirmed=False))) == (UNSEEN, "columns_unobserved")
    assert said("blank_columns_at_most", evidence(seen("news", new), missing("notices"), looked=Looked.INCOMPLETE)) == (UNSEEN, "columns_unobserved")
    assert said("blank_columns_at_most", evidence(seen("news", new), missing("notices"))) == (MET, "blank_within")


def test_dead_links_at_most() -> None:
    assert said("dead_links_at_most", evidence(dead_links=dead(2))) == (MET, "links_within")
    found = judge("dead_links_at_most", evidence(dead_links=dead(3)))
    assert (found.outcome, found.evidence[0].url) == (UNMET, "http://a.test/list/")
    assert said("dead_links_at_most", evidence(links_checked=0)) == (UNSEEN, "links_unchecked")
    assert said("dead_links_at_most", evidence(dead_links=dead(2) * 2)) == (MET, "links_within")  # one address counts once


def test_columns_neglected() -> None:
    news, notices, duties = item("2026-09-10"), item("2026-03-01"), item("2025-12-01")
    stale = [seen("news", news), seen("notices", notices)]
    found = judge("columns_neglected", evidence(*stale))
    assert (found.outcome, found.reason_code, found.params["stale"]) == (UNMET, "neglected_over", 2)
    assert said("columns_neglected", evidence(stale[0], seen("duties", duties))) == (MET, "neglected_within")  # its own usual age is a year
    assert said("columns_neglected", evidence(stale[0], seen("notices", notices, confirmed=False))) == (UNSEEN, "columns_unobserved")
    blank = [seen(key, page=PageState.BLANK) for key in ("news", "notices")]
    assert said("columns_neglected", evidence(*blank)) == (UNMET, "neglected_over")
    assert said("columns_neglected", evidence(missing("news"), missing("notices"))) == (MET, "neglected_within")
    assert said("columns_neglected", evidence(missing("news"), missing("notices"), looked=Looked.INCOMPLETE)) == (UNSEEN, "columns_unobserved")


def test_rules_are_pure() -> None:
    one = evidence(seen("guide", item("2026-09-01")))
    assert judge("updated_within", one) == judge("updated_within", one)


def test_the_loader_fills_what_the_dictionary_knows() -> None:
    assert params("elements_present")["elements"] == tuple(COLUMNS["guide"].elements)
    assert params("columns_neglected")["ages"]["news"] == 14
    assert "guide" not in params("blank_columns_at_most")["names"]  # a page is no list
    assert set(FILLED) == {"names", "elements", "ages"}


def test_sighting_without_snapshot_and_address_falls_back_to_the_home_page() -> None:
    bare = Sighting("guide", "政府信息公开指南", Match.EXACT)
    assert judge("column_present", evidence(bare)).evidence[0].url == "http://a.test/"
