"""The simulated documents, well and badly made, as the readers see them."""

from datetime import date, timedelta

import pytest

from crawlers.demo.content import ROOT, load_site, wording
from crawlers.demo.items import Document
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
    return opened("qinghe")


def opened(name: str) -> DemoSite:
    return DemoSite(load_site(ROOT, name, DAY), wording(ROOT), DAY, "127.0.0.1:1")


def bodies(site: DemoSite, key: str) -> list[tuple[Document, Body]]:
    found = []
    for one in site.documents[key]:
        path = site.layout_of(key).article(site.column_url(key), one)
        reply = site.respond("GET", path)
        assert reply.status == 200
        assert "模拟数据" in reply.body.decode(site.content.encoding)
        found.append((one, Body(Page(BASE + path, reply.body, reply.content_type))))
    return found


def items(site: DemoSite, key: str) -> list[Item]:
    column = site.column_url(key)
    return [Item(BASE + site.layout_of(key).article(column, one), one.title, one.date) for one in site.documents[key]]


@pytest.mark.parametrize("name", ["qinghe", "wangshu", "mochuan", "xingzhu"])
def test_consultations_say_what_the_yaml_says(name: str) -> None:
    site, flaws = opened(name), set()
    for one, body in bodies(site, "consultation"):
        said, flaw = read_consultation(body, one.date, (), calendar()), site.shelf.flaw(one)
        days = {"short": 29, "reasoned": 15}.get(flaw, 30)
        assert (said.start, said.end, said.days) == (one.date, one.date + timedelta(days=days - 1), days)
        assert (bool(said.reason), said.draft, said.explanation, bool(said.channels)) == (flaw == "reasoned", True, flaw != "unexplained", flaw != "mute")
        outcome = any(said.end is not None and other.date > said.end for other in site.documents["consultation_result"])
        assert bool(said.result_url) == (outcome and flaw != "unanswered")
        flaws.add(flaw)
    assert len(flaws) > 1


def test_normative_documents_have_the_label_they_were_given(site: DemoSite) -> None:
    interpreted = set(site.shelf.policies.values())
    for key in ("regulations", "policy_documents"):
        for one, body in bodies(site, key):
            said, kind = read_validity(body, DAY, one.date), 0 if one in interpreted else one.number % 4
            label = {0: "有效", 1: "", 2: "有效" if key == "regulations" else None, 3: "废止"}[kind]  # every normative document is marked there
            assert (said.label if said is not None else None) == label
            if kind < 2:
                assert said is not None and said.until is not None


@pytest.mark.parametrize("name", ["qinghe", "wangshu", "mochuan", "heting"])
def test_interpretations_lead_to_their_document_and_back(name: str) -> None:
    site = opened(name)
    policies = items(site, "policy_documents")
    pages = dict(bodies(site, "policy_documents"))
    for one, body in bodies(site, "interpretation"):
        target, flaw, about = find_target(body, policies), site.shelf.flaw(one), site.shelf.policies[one.number]
        assert (one.date - about.date).days == (14 if flaw == "late" else 1)
        assert target is not None
        assert target.linked == (flaw != "unlinked")
        assert target.url == BASE + site.layout_of(about.key).article(site.column_url(about.key), about), "by its title, where it is not linked"
        assert any(link.text == one.title for link in pages[about].links) == (flaw != "one_way")


def test_rosters_hold_no_number_of_anybody(site: DemoSite) -> None:
    for _, body in bodies(site, "relief"):
        assert body.tables
        assert [one for table in body.tables for one in in_table(table.rows, "", "表格", DAY)] == []
        assert in_lines(body.lines, "", "正文", DAY) == ()
