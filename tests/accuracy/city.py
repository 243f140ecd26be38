"""The simulated city read without a server: the crawler asks its sites in memory, and what it says is held against what the simulator knows."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from random import Random
from urllib.parse import urlencode, urlsplit

from crawlers.columns import load_columns
from crawlers.demo.content import ColumnContent, site_ids
from crawlers.demo.items import Document
from crawlers.demo.portal import PortalSite
from crawlers.demo.server import DemoCity
from crawlers.demo.site import DemoSite
from crawlers.fetch import Response
from crawlers.observation import ScopeObservation, SiteObservation
from crawlers.plan import Plan, PlannedColumn
from crawlers.site import SiteCrawl
from crawlers.status import FetchStatus, ScopeKind

SEED = 20260331
ARTICLES = 8
"""Articles that are opened of each site and quarter."""


class _Nowhere:
    """Takes evidence and keeps none."""

    def add(self, url: str, at: datetime, status: int, headers: Mapping[str, str], body: bytes) -> tuple[int, int]:
        """Where the response was stored."""
        return 0, 0


class InMemory:
    """Answers like `Fetcher` with what a simulated site answers on a day."""

    def __init__(self, city: DemoCity, site: str, day: date) -> None:
        self._city, self._site, self._day = city, site, day
        self._now = datetime(day.year, day.month, day.day, 4, tzinfo=UTC)

    def get(self, url: str, data: Mapping[str, str] | None = None) -> Response:
        """One request."""
        parts = urlsplit(url)
        if parts.netloc != self._city.sites[self._site]:
            return Response(url, url, FetchStatus.REFUSED, self._now)
        self._city.as_of = self._day
        target = parts.path + (f"?{parts.query}" if parts.query else "")
        reply = self._city.reply(self._site, "GET" if data is None else "POST", target or "/", urlencode(data or {}))
        shut = FetchStatus.SHIELD if reply.status == 412 else FetchStatus.OK if reply.status == 200 else FetchStatus.HTTP_ERROR
        return Response(url, url, shut, self._now, reply.status, {"Content-Type": reply.content_type, **reply.headers}, reply.body)

    def head(self, url: str) -> Response:
        """As `get`: the simulated sites answer both alike."""
        return self.get(url)

    def now(self) -> datetime:
        """The day that is simulated."""
        return self._now

    def close(self) -> None:
        """Nothing is open."""


@dataclass(frozen=True)
class Column:
    """What the simulator knows of one column as one unit has it. `documents`: newest first; `unseen`: where it stands cannot be read."""

    unit: str
    key: str
    content: ColumnContent
    path: str
    documents: tuple[Document, ...]
    shown: bool
    unseen: bool

    @property
    def newest(self) -> date | None:
        """The newest day that a reader of the site can find out; None where the site does not tell one."""
        silent = self.content.state in ("undated", "blank")
        return None if silent else max((one.date for one in self.documents), default=None)


@dataclass(frozen=True)
class Seen:
    """One site on one day: what the crawler says and what the simulator knows."""

    site: DemoSite
    day: date
    observation: SiteObservation
    columns: tuple[Column, ...]

    def scope(self, unit: str) -> ScopeObservation | None:
        """The site as the unit sees it."""
        return self.observation.scope(unit)


def load_city() -> DemoCity:
    """The city with an address for each site, none of them open."""
    city = DemoCity.load()
    city.sites.update({site: f"127.0.0.1:{9000 + number}" for number, site in enumerate(site_ids(city.root))})
    return city


def crawled(city: DemoCity, days: Mapping[str, Iterable[date]]) -> Iterator[Seen]:
    """Each site on the days given for it."""
    register = city.register()
    dictionary = load_columns()
    plan = Plan(columns=tuple(PlannedColumn(column=column, stale_after=90, pages=column.pages) for column in dictionary.values()), budget=600, links=0)
    for site in register.sites:
        scopes = [scope for scope in register.scopes if scope.site == site.id]
        for day in days.get(site.id, ()):
            crawl = SiteCrawl(
                site,
                scopes,
                plan,
                fetcher=InMemory(city, site.id, day),  # type: ignore[arg-type]
                writer=_Nowhere(),  # type: ignore[arg-type]
                as_of=day,
                on_page=lambda url, good: None,
            )
            there = city.site(site.id, day)
            own = [scope.unit for scope in scopes if scope.kind is ScopeKind.SITE]
            yield Seen(there, day, crawl.observe("accuracy"), (*(column for unit in own for column in _own(there, unit)), *_hosted(there)))


def _own(site: DemoSite, unit: str) -> Iterator[Column]:
    for key, section in site.owner.items():
        content = site.content.columns[key]
        unseen = section.state in ("error", "missing") or any(other.slug == section.under and other.state != "ok" for other in site.content.sections)
        yield Column(unit, key, content, site.column_url(key), tuple(site.documents[key]), site.shown(key), unseen)


def _hosted(site: DemoSite) -> Iterator[Column]:
    for unit in site.content.hosted if isinstance(site, PortalSite) else ():
        assert isinstance(site, PortalSite)
        for key, content in unit.columns.items():
            documents = tuple(site._hosted_documents(unit, key)) if content.state not in ("missing", "blank", "dead") else ()
            yield Column(unit.id, key, content, site.hosted_column(unit, key), documents, content.state != "missing", unseen=False)


def articles(city: DemoCity, day: date) -> Iterator[tuple[str, str, bytes, str, date | None]]:
    """A sample, the same each time: site, path, body, content type and day of publication (None where the article does not tell it)."""
    for name in site_ids(city.root):
        site = city.site(name, day)
        if site.content.shield:
            continue
        held = [
            (key, one)
            for key in sorted(site.owner)
            for one in site.documents[key]
            if site.content.columns[key].kind == "list" and site.content.columns[key].state in ("ok", "undated", "dated_inside")
        ]
        draw = Random(f"{SEED}{name}{day}")  # noqa: S311 - the same articles every time
        for key, one in draw.sample(held, min(ARTICLES, len(held))):
            path = article_path(site, key, one)
            reply = site.respond("GET", path)
            if reply.status == 200 and "html" in reply.content_type:
                yield name, path, reply.body, reply.content_type, None if site.content.columns[key].state == "undated" else one.date


def article_path(site: DemoSite, key: str, one: Document) -> str:
    """Address of a document of a column, without fragment."""
    return next((row.url for row in site.rows(key, 1, len(site.documents[key])) if row.document == one), "/")
