"""What the readers see on one page: the answer to "why did it say that?"."""

from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from crawlers.checks.identity import identity_of
from crawlers.columns import Column, Names
from crawlers.contact import contact_of
from crawlers.dates import article_date, written_date
from crawlers.dialects import read_list
from crawlers.documents.record import Report
from crawlers.documents.report import file_kind, read_report, read_report_file
from crawlers.fetch import Fetcher, Policy
from crawlers.headed import headings
from crawlers.menu import script_links
from crawlers.oserror import said
from crawlers.page import Page
from crawlers.saved import base_of, is_whole, shown
from crawlers.status import DateFrom, Dialect, FetchStatus, Match, PageState


class InspectError(ValueError):
    """The page could not be had; one Chinese line."""


@dataclass(frozen=True, slots=True)
class Source:
    """A page to inspect: its address, its bytes and its Content-Type. `base`: what relative links resolve against when the address is not known."""

    url: str
    body: bytes
    content_type: str = ""
    base: str = ""

    @property
    def partly(self) -> bool:
        """Whether the addresses of its links are known only in part."""
        return bool(self.base) and not file_kind(self.body) and not is_whole(self.base)


def from_file(path: Path, base_url: str = "") -> Source:
    """A saved page; without `base_url` its links are read as far as the page states its own address. Raises InspectError."""
    try:
        body = path.read_bytes()
        return Source(base_url, body) if base_url else Source(path.resolve().as_uri(), body, base=base_of(body, path.name))
    except OSError as error:
        raise InspectError(f"无法读取文件 {path}：{said(error)}") from error


def from_url(url: str, *, loopback: bool = False) -> Source:
    """A page of the web, fetched once, politely. Raises InspectError naming what happened."""
    parts = urlsplit(url)
    local = frozenset({parts.netloc.lower()}) if loopback else frozenset()
    fetcher = Fetcher(Policy(contact=contact_of(""), local=local))
    try:
        response = fetcher.get(url)
    finally:
        fetcher.close()
    if response.status is not FetchStatus.OK:
        hint = "；本机或内网地址请加 --allow-loopback" if response.status is FetchStatus.ADDRESS_REFUSED else ""
        raise InspectError(f"无法取得 {url}：{response.status.zh}{f'（HTTP {response.http}）' if response.http else ''}{hint}")
    return Source(response.final, response.body, response.content_type)


def inspect(source: Source, columns: dict[str, Column], as_of: date) -> dict[str, Any]:
    """The reading of one page in the shape of DESIGN §10 (`inspect --json`); dates are `YYYY-MM-DD` or None."""
    if kind := file_kind(source.body):
        return _file(source, kind, as_of)
    page = Page(source.base or source.url, source.body, source.content_type)
    address = shown if source.base else str
    listing = read_list(page, as_of)
    state = page.state if listing.items else page.empty_state() if not page.meta_of("ArticleTitle") and len(page.text) < 400 else page.state
    if listing.unread:
        state = PageState.NEEDS_SCRIPT  # its rows come from an interface, which one page alone does not show
    published = article_date(page, as_of)
    if published and published[1] is DateFrom.TEXT and listing.newest and not page.meta_of("ArticleTitle"):
        published = None  # a list page is not published on a day; a guess from its text would be one of its items' dates
    identity = identity_of(page)
    return {
        "url": source.url,
        "encoding": page.encoding,
        "dialect": listing.dialect.value,
        "page": state.value,
        "title": page.meta_of("ArticleTitle") or page.title,
        "site": {
            "name": page.meta_of("SiteName"),
            "domain": page.meta_of("SiteDomain"),
            "id_code": page.meta_of("SiteIDCode") or identity.footer.get("id_code", ""),
        },
        "column": {"name": page.own_name, "type": page.meta_of("ColumnType")},
        "published": published[0].isoformat() if published else None,
        "published_from": published[1].value if published else None,
        "written": day.isoformat() if (day := written_date(page, as_of)) else None,
        "items": [{"title": item.title, "url": address(item.url), "date": item.date.isoformat() if item.date else None} for item in listing.items],
        "newest": listing.newest.isoformat() if listing.newest else None,
        "columns": [one | {"url": address(one["url"])} for one in _columns(page, columns, {item.url for item in listing.items})],
        "report": _report(read_report(page, as_of)),
    }


def _file(source: Source, kind: str, as_of: date) -> dict[str, Any]:
    """A PDF or Word file in the shape of a page: only `report` can say something."""
    report = read_report_file(source.body, kind, as_of)
    return {
        "url": source.url,
        "encoding": None,
        "dialect": Dialect.PLAIN.value,
        "page": None,
        "title": "",
        "site": {"name": "", "domain": "", "id_code": ""},
        "column": {"name": "", "type": ""},
        "published": None,
        "published_from": None,
        "written": None,
        "items": [],
        "newest": None,
        "columns": [],
        "report": _report(report),
    }


def _report(report: Report | None) -> dict[str, Any] | None:
    """`checked` and `unchecked` tell a report that holds from one whose tables were not read; `note` says why not."""
    if report is None:
        return None
    return {
        "format": report.form or None,
        "year": report.year,
        "sections": list(report.sections),
        "violations": [asdict(one) for one in report.violations],
        "checked": report.checked,
        "unchecked": report.unchecked,
        "source": report.source,
        "note": report.note,
    }


def _columns(page: Page, columns: dict[str, Column], items: set[str]) -> list[dict[str, str]]:
    names = Names.of(columns)
    found: dict[str, dict[str, str]] = {}
    parts: dict[str, dict[str, str]] = {}
    for link in (*page.links, *script_links(page)):
        for text in link.names:
            if hit := names.match(text):
                key, match = hit
                if key not in found or (match is Match.EXACT and found[key]["match"] != Match.EXACT.value):
                    found[key] = {"key": key, "name": columns[key].name, "match": match.value, "text": text, "url": link.url}
                break
            for key in names.contained(text) if link.url not in items else ():
                parts.setdefault(key, {"key": key, "name": columns[key].name, "match": Match.CONTAINED.value, "text": text, "url": link.url})
    for text, under in headings(page):
        if (hit := names.match(text)) and hit[0] not in found:
            found[hit[0]] = {"key": hit[0], "name": columns[hit[0]].name, "match": hit[1].value, "text": text, "url": under[0].url}
    return [*found.values(), *(part for key, part in parts.items() if key not in found)]
