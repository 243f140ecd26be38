"""A web in memory: pages by address, so that looking round can be tested without a server."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from pathlib import Path

from crawlers.columns import Column
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Response
from crawlers.observation import ScopeObservation, Sighting, SiteObservation
from crawlers.plan import Plan, PlannedColumn
from crawlers.register import ScopeEntry, SiteEntry
from crawlers.screen import Runs
from crawlers.site import SiteCrawl
from crawlers.status import FetchStatus, ScopeKind

HOME = "http://www.example.invalid/"
AS_OF = date(2026, 3, 31)
NOW = datetime(2026, 3, 31, 4, tzinfo=UTC)

OTHERS = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("专题", "/zt/"))
"""Menu entries of a site that has more than the column in question."""

Answer = str | int | FetchStatus
REDIRECT = "-> "


@dataclass
class Web:
    """Answers like `Fetcher`: HTML text, an HTTP status, a FetchStatus, or `-> address` for a redirect. A list answers in turn and then stays at its last.

    A form is answered by the page `POST address name=value&…` where there is one.
    """

    pages: Mapping[str, Answer | list[Answer]]
    asked: Counter[str] = field(default_factory=Counter)

    def head(self, url: str) -> Response:
        """As `get` would answer next, unless `HEAD address` is among the pages; it does not count as having been asked for."""
        name = f"HEAD {url}" if f"HEAD {url}" in self.pages else url
        answer = self.pages.get(name, 404)
        if isinstance(answer, list):
            answer = answer[min(self.asked[name], len(answer) - 1)]
        self.asked[f"HEAD {url}"] += 1
        return replace(self._response(url, answer), body=b"")

    def get(self, url: str, data: Mapping[str, str] | None = None) -> Response:
        name = f"POST {url} {'&'.join(f'{key}={value}' for key, value in data.items())}" if data is not None else url
        name = name if name in self.pages else url
        answer = self.pages.get(name, 404)
        if isinstance(answer, list):
            answer = answer[min(self.asked[name], len(answer) - 1)]
        self.asked[name] += 1
        if isinstance(answer, str) and answer.startswith(REDIRECT):
            return replace(self.get(answer.removeprefix(REDIRECT)), url=url)
        return self._response(url, answer)

    def _response(self, url: str, answer: Answer) -> Response:
        if isinstance(answer, FetchStatus):
            return Response(url, url, answer, NOW)
        if isinstance(answer, int):
            return Response(url, url, FetchStatus.SHIELD if answer == 412 else FetchStatus.HTTP_ERROR, NOW, answer, {"Content-Type": "text/html"}, b"x")
        return Response(url, url, FetchStatus.OK, NOW, 200, {"Content-Type": "text/html; charset=utf-8"}, answer.encode())

    def now(self) -> datetime:
        return NOW

    def close(self) -> None: ...


def page(title: str, body: str, crumbs: str = "") -> str:
    """A page with enough on it to be content."""
    where = f'<div class="position">当前位置：{crumbs}</div>' if crumbs else ""
    return f"<html><head><title>{title}</title></head><body>{where}{body}<p>{'本页为测试用页面，仅供读取。' * 3}</p></body></html>"


def links(*pairs: tuple[str, str]) -> str:
    """A menu."""
    return "<ul class='menu'>" + "".join(f'<li><a href="{href}">{text}</a></li>' for text, href in pairs) + "</ul>"


def rows(*pairs: tuple[str, str]) -> str:
    """A dated list."""
    return (
        "<ul class='list'>"
        + "".join(f'<li><a href="/a/t{day.replace("-", "")}_{number}.html">{title}</a><span>{day}</span></li>' for number, (title, day) in enumerate(pairs))
        + "</ul>"
    )


def column(key: str, name: str, **more: object) -> Column:
    """A dictionary entry."""
    return Column.model_validate({"key": key, "name": name, **more})


def observe(
    pages: Mapping[str, Answer | list[Answer]],
    columns: list[Column],
    tmp_path: Path,
    *,
    stale_after: int | None = 90,
    scopes: list[ScopeEntry] | None = None,
    budget: int = 100,
    on: Callable[[Web], None] | None = None,
    browser: Runs | None = None,
) -> SiteObservation:
    """Crawl the web in memory."""
    web = Web(pages)
    plan = Plan(columns=tuple(PlannedColumn(column=one, stale_after=stale_after, pages=one.pages) for one in columns), budget=budget)
    site = SiteEntry(id="demo", home=HOME)
    with EvidenceWriter(tmp_path / "demo.warc.gz") as writer:
        crawl = SiteCrawl(
            site,
            scopes or [ScopeEntry(unit="u", site="demo", kind=ScopeKind.SITE)],
            plan,
            fetcher=web,  # type: ignore[arg-type]
            writer=writer,
            as_of=AS_OF,
            on_page=lambda url, good: None,
            browser=browser,
        )
        observation = crawl.observe("run1")
    if on:
        on(web)
    return observation


def view(observation: SiteObservation, unit: str = "u") -> ScopeObservation:
    """The site as the unit sees it."""
    found = observation.scope(unit)
    assert found is not None
    return found


def sighting_of(pages: Mapping[str, Answer | list[Answer]], wanted: Column, tmp_path: Path, asked: list[str] | None = None) -> Sighting:
    """What a crawl of the web in memory sees of one column. `asked`: takes in the addresses that were asked for."""

    def note(web: Web) -> None:
        if asked is not None:
            asked.extend(web.asked)

    found = view(observe(pages, [wanted], tmp_path, on=note)).sighting(wanted.key)
    assert found is not None
    return found
