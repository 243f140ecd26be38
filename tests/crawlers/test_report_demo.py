"""The simulated city's annual reports: what the readers find is what data/demo/reports.yml says, for every unit and year."""

import re
from datetime import date
from functools import cache
from urllib.parse import urlsplit

import pytest

from crawlers.demo import reports
from crawlers.demo.content import ROOT, load_site, wording
from crawlers.demo.portal import PortalSite
from crawlers.demo.site import DemoSite
from crawlers.documents.record import Report
from crawlers.documents.report import SECTIONS, carried_over, read_report, read_report_file
from crawlers.page import Page

AS_OF = date(2026, 9, 29)
SITES = ("qinghe", "wangshu", "yunxiu", "lanwan", "mochuan", "xingzhu", "heting", "zhangdu", "portal")


def _site(name: str) -> DemoSite:
    content = load_site(ROOT, name, AS_OF)
    return (PortalSite if content.hosted else DemoSite)(content, wording(ROOT), AS_OF, "127.0.0.1:1")


@cache
def _reports(name: str) -> dict[tuple[str, int], Report]:
    """Every report that a site serves, by publisher and year."""
    found = {}
    site = _site(name)
    for route in site.routes:
        reply = site.respond("GET", route)
        if "年政府信息公开工作年度报告".encode(site.content.encoding) not in reply.body:
            continue
        page = Page(f"http://127.0.0.1:1{route}", reply.body, reply.content_type)
        title = page.meta_of("ArticleTitle")
        if reply.status == 200 and (match := re.fullmatch(r"(.+?)(\d{4})年政府信息公开工作年度报告", title)):
            report = read_report(page, AS_OF)
            assert report is not None, title
            found[match[1], int(match[2])] = report
    return found


@pytest.mark.parametrize("site", SITES)
def test_what_is_read_is_what_was_written_down(site: str) -> None:
    read = _reports(site)
    assert read
    for (publisher, year), report in read.items():
        expected = reports.recorded().get((publisher, year))
        found = [*report.violations]
        if earlier := read.get((publisher, year - 1)):
            found += [violation] if (violation := carried_over(report, earlier)) else []
        wanted = list(expected.expected) if expected else []
        assert [(one.rule, one.expected, one.found) for one in found] == [(one["rule"], one["expected"], one["found"]) for one in wanted], (publisher, year)
        assert all(one["where"] in seen.where for one, seen in zip(wanted, found, strict=True))
        assert len(report.sections) == (expected.sections if expected else len(SECTIONS))
        assert (report.year, report.form, report.unchecked) == (year, "60" if year < 2021 else "30", 0)
        assert report.mentions >= 3


def test_every_recorded_defect_is_served() -> None:
    served = {key for site in SITES for key in _reports(site)}
    assert {key for key in reports.recorded() if key not in served} == set()


def test_years_follow_each_other_without_a_gap() -> None:
    """The years before a defect carry over exactly, so that only the recorded one is found."""
    for year in range(2016, 2027):
        this, earlier = reports.content("青禾区人民政府", year), reports.content("青禾区人民政府", year - 1)
        assert this.carried_in == earlier.carried_out
        assert min(this.received) >= 0


@pytest.mark.parametrize(("site", "publisher"), [("qinghe", "青禾区人民政府"), ("wangshu", "望舒区人民政府")])
def test_the_file_says_what_the_page_says(site: str, publisher: str) -> None:
    (name,) = reports.attached(publisher)
    reply = _site(site).respond("GET", urlsplit(reports.url(name)).path)
    report = read_report_file(reply.body, name.rsplit(".", 1)[1], AS_OF)
    assert report is not None
    online = _reports(site)[publisher, 2025]
    assert (report.violations, report.unchecked, report.sections) == ((), 0, SECTIONS)
    assert (report.year, report.form, report.checked, report.carried, report.mentions) == (2025, "30", online.checked, online.carried, online.mentions)
