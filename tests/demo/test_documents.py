"""The simulated documents, well and badly made, as the readers see them."""

from datetime import date, timedelta

import pytest

from crawlers.demo.content import ROOT, load_site, wording
from crawlers.demo.site import DemoSite
from crawlers.documents.body import Body
from crawlers.documents.consultation import read_consultation
from crawlers.documents.interpretation import find_target
from crawlers.documents.personal import in_lines, in_table
from crawlers.documents.validity import read_validity
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.workdays import calendar

DAY = date(2026, 9, 30)
BASE = "http://127.0.0.1:1"


@pytest.fixture(scope="module")
def site() -> DemoSite:
    return DemoSite(load_site(ROOT, "qinghe", DAY), wording(ROOT), DAY, "127.0.0.1:1")


def bodies(site: DemoSite, key: str) -> list[tuple[date, int, Body]]:
    found = []
    for one in site.documents[key]:
        path = site.layout_of(key).article(site.column_url(key), one)
        reply = site.respond("GET", path)
        assert reply.status == 200
        assert "模拟数据" in reply.body.decode(site.content.encoding)
        found.append((one.date, one.number % 4, Body(Page(BASE + path, reply.body, reply.content_type))))
    return found


def test_consultations_have_the_days_they_were_given(site: DemoSite) -> None:
    seen = bodies(site, "consultation")
    assert len({kind for _, kind, _ in seen}) >= 3
    for day, kind, body in seen:
        said = read_consultation(body, day, (), calendar())
        days = (30, 15, 7, 31)[kind]
        assert (said.start, said.end, said.days) == (day, day + timedelta(days=days - 1), days)
        assert (bool(said.reason), said.draft, said.explanation) == (kind == 1, True, kind in (0, 1))
        assert bool(said.channels) is (kind != 2)


def test_normative_documents_have_the_label_they_were_given(site: DemoSite) -> None:
    for key in ("regulations", "policy_documents"):
        for day, kind, body in bodies(site, key):
            said = read_validity(body, DAY, day)
            label = {0: "有效", 1: "", 2: "有效" if key == "regulations" else None, 3: "废止"}[kind]  # every normative document is marked there
            assert (said.label if said is not None else None) == label
            if kind < 2:
                assert said is not None and said.until is not None


def test_interpretations_lead_to_their_document(site: DemoSite) -> None:
    column = site.column_url("regulations")
    policies = [Item(BASE + site.layout_of("regulations").article(column, one), one.title, one.date) for one in site.documents["regulations"]]
    seen = bodies(site, "interpretation")
    assert {kind == 2 for _, kind, _ in seen} == {True, False}
    for day, kind, body in seen:
        target = find_target(body, policies)
        expected = next((one for one in policies if one.date is not None and one.date <= day), None) if kind != 2 else None  # unlinked, and named otherwise
        assert (target.url if target else None) == (expected.url if expected else None)


def test_rosters_hold_no_number_of_anybody(site: DemoSite) -> None:
    for _, _, body in bodies(site, "relief"):
        assert body.tables
        assert [one for table in body.tables for one in in_table(table.rows, "", "表格", DAY)] == []
        assert in_lines(body.lines, "", "正文", DAY) == ()
