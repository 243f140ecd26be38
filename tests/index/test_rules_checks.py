"""Rules on the checks of a whole site: HTTPS, IPv6, 无障碍 and 适老化 entries, links by kind, links to other sites."""

from typing import Any

import pytest

from crawlers.checks.record import Entry, ExternalLink, Https, Ipv6, LinkCount, SiteChecks
from crawlers.observation import DeadLink
from crawlers.status import LinkKind
from scoring.model import UnitEvidence
from tests.index.judging import MET, NONE, PARTIAL, UNMET, UNSEEN, judge, said
from tests.index.make import evidence

LINKS = tuple(LinkCount(kind, 10, 0, 0, 20) for kind in LinkKind)


def checked(**checks: Any) -> UnitEvidence:
    return evidence(checks=SiteChecks(**({"links": LINKS} | checks)))


def test_https_valid() -> None:
    assert said("https_valid", checked(https=Https(True, redirects=True))) == (MET, "https_valid")
    assert said("https_valid", checked(https=Https(True, redirects=None))) == (MET, "https_valid")
    assert said("https_valid", checked(https=Https(True, redirects=False))) == (PARTIAL, "https_no_redirect")
    assert said("https_valid", checked(https=Https(True, redirects=False)), no_redirect=1) == (MET, "https_valid")
    assert said("https_valid", checked(https=Https(False, note="证书已过期"))) == (UNMET, "https_invalid")
    assert said("https_valid", checked(https=Https(None, note="连接超时，未作结论"))) == (UNSEEN, "check_open")
    assert said("https_valid", checked()) == (UNSEEN, "check_open")


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        (Ipv6(True, True), (MET, "six_reachable")),
        (Ipv6(True, False), (PARTIAL, "six_unreachable")),
        (Ipv6(True, None), (UNSEEN, "check_open")),  # this machine has no IPv6
        (Ipv6(False), (UNMET, "six_missing")),
        (Ipv6(None), (UNSEEN, "check_open")),
        (None, (UNSEEN, "check_open")),
    ],
)
def test_ipv6_supported(seen: Ipv6 | None, expected: tuple[Any, str]) -> None:
    assert said("ipv6_supported", checked(ipv6=seen)) == expected


@pytest.mark.parametrize("name", ["accessibility", "elderly"])
def test_assisted_entry(name: str) -> None:
    def entry(leads: bool | None) -> UnitEvidence:
        return checked(**{name: Entry("进入专版", "http://a.test/old/", leads)})

    assert said("assisted_entry", entry(True), entry=name) == (MET, "entry_leads")
    assert said("assisted_entry", entry(False), entry=name) == (UNMET, "entry_idle")
    assert said("assisted_entry", entry(None), entry=name) == (UNSEEN, "check_open")
    assert said("assisted_entry", checked(), entry=name) == (UNMET, "entry_missing")
    assert said("assisted_entry", checked(links=()), entry=name) == (UNSEEN, "check_open"), "an older run, without checks"
    assert said("assisted_entry", evidence(checks=SiteChecks(links=LINKS), home_confirmed=False), entry=name) == (UNSEEN, "home_unconfirmed")


def test_dead_links_of_kind() -> None:
    def counted(tried: int, dead: int, unknown: int = 0, seen: int = 60) -> UnitEvidence:
        gone = tuple(DeadLink(f"http://a.test/gone/{n}", "http://a.test/list/", 404) for n in range(dead))
        other = (DeadLink("http://b.test/", "http://a.test/", None, LinkKind.EXTERNAL),)
        return evidence(checks=SiteChecks(links=(LinkCount(LinkKind.INTERNAL, tried, dead, unknown, seen),)), dead_links=(*gone, *other))

    assert said("dead_links_of_kind", counted(50, 1)) == (MET, "kind_links_within")
    found = judge("dead_links_of_kind", counted(50, 2))
    assert (found.outcome, found.params["count"], len(found.params["links"])) == (UNMET, 2, 2)
    assert found.evidence[0].url == "http://a.test/list/"
    assert said("dead_links_of_kind", counted(60, 1, 11)) == (UNSEEN, "kind_links_open"), "the eleven that are unknown could turn it"
    assert said("dead_links_of_kind", counted(60, 2, 11))[0] is UNMET, "2 of 60, were all the others alive"
    assert said("dead_links_of_kind", counted(100, 1, 1)) == (MET, "kind_links_within"), "2 of 100, were the unknown one dead"
    assert said("dead_links_of_kind", counted(20, 0, 20)) == (UNSEEN, "check_open")
    assert said("dead_links_of_kind", counted(0, 0, 0, 0)) == (NONE, "links_none")
    assert said("dead_links_of_kind", counted(0, 0, 0, 5)) == (UNSEEN, "check_open")
    assert said("dead_links_of_kind", checked(links=())) == (UNSEEN, "check_open")


def test_external_links_kept() -> None:
    same = ExternalLink("b.test", "http://b.test/", "http://a.test/", "某局", "某局", changed=False)
    new = ExternalLink("c.test", "http://c.test/", "http://a.test/", "彩票", "某公司", was_title="某局", was_owner="某局", changed=True)
    open_one = ExternalLink("d.test", "http://d.test/", "http://a.test/", "某站", "")
    assert said("external_links_kept", checked(external=(same, open_one))) == (MET, "external_kept")
    found = judge("external_links_kept", checked(external=(same, new)))
    assert (found.outcome, found.params["links"], found.evidence[0].url) == (UNMET, ["c.test（原为“某局”，现为“彩票”）"], "http://c.test/")
    assert said("external_links_kept", checked(external=(open_one,))) == (UNSEEN, "check_open")
    assert said("external_links_kept", checked(links=tuple(LinkCount(kind, 0, 0, 0, 0) for kind in LinkKind))) == (NONE, "links_none")
