"""Annual reports: those that the simulated city serves, held against `data/demo/reports.yml`, and real ones where they are at hand."""

import re
from collections.abc import Iterator
from pathlib import Path

from crawlers.demo import DemoCity, reports
from crawlers.demo.content import site_ids
from crawlers.demo.portal import PortalSite
from crawlers.demo.site import DemoSite
from crawlers.documents.record import Report
from crawlers.documents.report import carried_over, read_report
from crawlers.page import Page
from tests.accuracy.city import article_path
from tests.accuracy.tally import Tally
from tests.crawlers import realpages

_TITLE = re.compile(r"(.+?)(\d{4})年政府信息公开工作年度报告")
_SHARED = realpages.FOLDER.parent
_TABLES = {"t7_annual_report_hangzhou2025_table3.csv": "30", "t8_annual_report_haishu2020_table3.csv": "60"}


def simulated(city: DemoCity) -> Tally:
    """Every report of every site: year, form and what does not hold in it, nothing more and nothing less."""
    tally = Tally("annual report", "simulated")
    day = city.ends[-1]
    for name in site_ids(city.root):
        site = city.site(name, day)
        if site.content.shield:
            continue
        read: dict[tuple[str, int], Report | None] = {}
        for publisher, year, path in _served(site):
            reply = site.respond("GET", path)
            if "html" in reply.content_type:
                read[publisher, year] = read_report(Page(f"http://{city.sites[name]}{path}", reply.body, reply.content_type), day)
        for (publisher, year), report in read.items():
            recorded = reports.recorded().get((publisher, year))
            wanted = [(one["rule"], one["expected"], one["found"]) for one in recorded.expected] if recorded else []
            found = list(report.violations) if report else []
            if report and (earlier := read.get((publisher, year - 1))) and (broken := carried_over(report, earlier)):
                found.append(broken)
            form = "60" if year < 2021 else "30"
            seen = report and (report.year, report.form, [(one.rule, one.expected, one.found) for one in found])
            tally.note(f"{publisher} {year}", (year, form, wanted), seen)
    return tally


def _served(site: DemoSite) -> Iterator[tuple[str, int, str]]:
    for key in site.owner:
        for one in site.documents[key]:
            if match := _TITLE.fullmatch(one.title):
                yield match[1], int(match[2]), article_path(site, key, one)
    if isinstance(site, PortalSite):
        for unit in site.content.hosted:
            for key in unit.columns:
                for one in site._hosted_documents(unit, key):
                    if match := _TITLE.fullmatch(one.title):
                        yield match[1], int(match[2]), site.hosted_article(unit, key, one)


def real() -> Tally:
    """Published tables, which hold, and one whole report, whose prose contradicts its table."""
    tally = Tally("annual report", "real")
    for name, form in _TABLES.items():
        if (path := _SHARED / "tables" / name).is_file():
            report = _of(_as_table(path))
            tally.note(name, (form, 0), report and (report.form, len(report.violations)))
    for path in sorted((_SHARED / "seeds").glob("002*.txt")):
        report = _of(path.read_bytes())
        tally.note(
            path.name, (2020, "60", [("prose", "28", "27")]), report and (report.year, report.form, [(v.rule, v.expected, v.found) for v in report.violations])
        )
    return tally


def _of(body: bytes) -> Report | None:
    return read_report(Page("http://x.invalid/nb.html", body, "text/html; charset=utf-8"), realpages.AS_OF)


def _as_table(path: Path) -> bytes:
    rows = [line.split(",") for line in path.read_text("utf-8-sig").splitlines() if line]
    cells = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return f"<h1>某市2024年政府信息公开工作年度报告</h1><table>{cells}</table>".encode()
