"""Crawls one site once, however many units live on it: first look, columns, second look, observation."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from urllib.parse import urlsplit

from crawlers.bounds import Bounds
from crawlers.checks.entry import entries
from crawlers.checks.identity import identity_of
from crawlers.checks.outside import Outside
from crawlers.checks.site import Subject, check_site
from crawlers.dates import article_date, year_by
from crawlers.dialects.rows import dated_items
from crawlers.dialects.unread import beside, unexplained
from crawlers.documents.read import with_documents
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Fetcher
from crawlers.first_seen import with_history
from crawlers.journal import Journal
from crawlers.link import is_file
from crawlers.listing import Listing
from crawlers.look import Look, look_round
from crawlers.negative import is_negative, with_path
from crawlers.observation import Item, ScopeObservation, Sighting, SiteObservation
from crawlers.page import Page
from crawlers.plan import Plan, PlannedColumn
from crawlers.register import ScopeEntry, SiteEntry
from crawlers.screen import Runs
from crawlers.search import find_form
from crawlers.second_look import look_again
from crawlers.sighting import Reader
from crawlers.status import DateFrom, Dialect, FetchStatus, Looked, Match, PageState, Phase, ScopeKind
from crawlers.visit import Visit, Visitor

_HOME_FRESH = timedelta(days=10)
_NEWS = 4
"""Undated entries of a home page that are a list of news; of fewer, the articles are asked."""
_HEADLINES = 6


class SiteCrawl:
    """One site in one run."""

    def __init__(
        self,
        site: SiteEntry,
        scopes: list[ScopeEntry],
        plan: Plan,
        *,
        fetcher: Fetcher,
        writer: EvidenceWriter,
        as_of: date,
        on_page: Callable[[str, bool], None],
        journal: Journal | None = None,
        browser: Runs | None = None,
        outside: Outside | None = None,
    ) -> None:
        self._site, self._plan, self._as_of = site, plan, as_of
        self._scopes = [_at(scope, site) for scope in scopes]
        self._fetcher, self._outside = fetcher, outside
        self._budget = (site.pages or plan.budget) * max(1, len(scopes))
        self._visitor = Visitor(fetcher, writer, as_of, self._budget, on_page, journal=journal, browser=browser)
        self._columns = plan.by_key()
        self._names = plan.names
        self._home_links: frozenset[str] = frozenset()
        self._hosts = twins(*site.netlocs())
        self._shared: dict[bool, Look] = {}

    def observe(self, run: str, earlier: SiteObservation | None = None) -> SiteObservation:
        """Look at the site and say what it says. `earlier` tells when entries were first seen; it changes nothing else."""
        started = self._fetcher.now()
        home = self._visitor.open(self._site.home, Phase.FIRST)
        self._visitor.home = home.response.final
        self._hosts |= twins(urlsplit(home.response.final).netloc)  # where its own home page redirects to is the site
        if home.page is not None:
            self._home_links = frozenset(link.url for link in home.page.links)
            _ask(home, home.page)
        scopes = [self._scope(scope, home) for scope in self._scopes]
        (newest, untold), confirmed, looked_at = self._home_newest(home)
        scopes = [self._documented(scope, view) for scope, view in zip(self._scopes, scopes, strict=True)]
        failures = self._visitor.failures  # of the crawl: links that lead nowhere are the checks' findings, not failures of looking
        platform = self._pages_named("platform")
        checked = check_site(Subject(self._site, self._visitor, home, self._hosts, scopes, platform, self._as_of, self._plan.links), self._outside, earlier)
        observation = SiteObservation(
            site=self._site.id,
            run=run,
            home=home.response.final,
            as_of=self._as_of,
            started=started,
            finished=self._fetcher.now(),
            status=home.response.status,
            http=home.response.http,
            page=home.state,
            home_newest=newest,
            home_untold=untold,
            home_confirmed=confirmed,
            home_snapshot=looked_at.seq if looked_at.seq >= 0 else None,
            search_box=any(page.search_box for page in (home.page, *platform) if page is not None),
            id_code=self._site.id_code,
            identity=checked.identity,
            links_checked=checked.links_checked,
            dead_links=checked.dead_links,
            pages=self._visitor.pages,
            failures=failures,
            snapshots=tuple(self._visitor.snapshots),
            scopes=tuple(scopes),
            checks=checked.checks,
        )
        return with_history(observation, earlier, {key for key, column in self._columns.items() if column.kind == "list"})

    def _documented(self, scope: ScopeEntry, view: ScopeObservation) -> ScopeObservation:
        """A scope with its documents read; a third of what is left of the budget stays for the checks of the site."""
        left = max(0, self._budget - self._visitor.pages) * 2 // 3
        return with_documents(view, self._columns, self._visitor, self._as_of, self._bounds(scope).on_site, left)

    def _pages_named(self, key: str) -> list[Page]:
        """Pages opened for a column, e.g. the platform page, on which a search may stand as well as on the home page."""
        urls = {candidate.url for look in self._shared.values() for candidate in look.candidates.get(key, [])}
        return [visit.page for visit in self._visitor.visits() if visit.page is not None and visit.response.url in urls]

    def _bounds(self, scope: ScopeEntry) -> Bounds:
        others = [other for other in self._scopes if other.unit != scope.unit] if scope.kind in (ScopeKind.SITE, ScopeKind.FIELD) else []
        return Bounds(scope, self._hosts, others, self._home_links)

    def _look(self, scope: ScopeEntry, bounds: Bounds) -> Look:
        # Units that differ only by 发布机构 see the same pages: the site is looked round once for all of them.
        if scope.kind is not ScopeKind.FIELD:
            look = look_round(self._visitor, bounds, self._names, self._plan.depth)
            if scope.kind is ScopeKind.SITE:
                self._shared[True] = look
            return look
        if False not in self._shared:
            self._shared[False] = look_round(self._visitor, bounds, self._names, self._plan.depth)
        return self._shared[False]

    def _scope(self, scope: ScopeEntry, home: Visit) -> ScopeObservation:
        if not home.readable:
            blind = tuple(Sighting(key, fetch=home.response.status, page=home.state, http=home.response.http) for key in self._columns)
            return ScopeObservation(scope.unit, scope.kind, scope.entry, scope.value, matched=True, looked=Looked.INCOMPLETE, sightings=blind)
        bounds = self._bounds(scope)
        look = self._look(scope, bounds)
        first = Reader(self._visitor, bounds, look, self._columns, self._as_of, self._plan.horizon, Phase.FIRST)
        seen = {planned.column.key: first.sight(planned) for planned in self._plan.columns}
        due = [planned for planned in self._plan.columns if is_negative(seen[planned.column.key], planned, self._as_of)]
        seen |= {key: replace(sighting, confirmed=True) for key, sighting in seen.items() if key not in {planned.column.key for planned in due}}
        if due:
            second = self._second_reader(bounds, look)
            for planned in due:
                key = planned.column.key
                seen[key] = self._pictured(with_path(second.again(seen[key], planned), planned, look, second.look), planned, bounds)
        matched = look.matched and look.entry.readable
        if scope.kind is ScopeKind.FIELD:
            matched = matched and any(
                sighting.match not in (None, Match.CONTAINED) for key, sighting in seen.items() if self._columns[key].kind in ("list", "page")
            )
        return ScopeObservation(scope.unit, scope.kind, scope.entry, scope.value, matched, look.looked, tuple(look.gaps), tuple(seen.values()))

    def _pictured(self, seen: Sighting, planned: PlannedColumn, bounds: Bounds) -> Sighting:
        """A confirmed negative with its picture: of the column's page, or of the page from which a column is missing."""
        screen = self._visitor.screen
        if screen is None or not seen.confirmed or not is_negative(seen, planned, self._as_of):
            return seen
        visit = self._visitor.open(seen.url or bounds.scope.entry, Phase.SECOND)
        return replace(seen, screenshot=screen.picture(visit.received, Phase.SECOND)) if visit.response.http is not None else seen

    def _second_reader(self, bounds: Bounds, look: Look) -> Reader:
        """Menus are read again, uncached, so that a column that was only briefly away is found."""
        again = look_again(self._visitor, bounds, self._names, look)
        return Reader(self._visitor, bounds, again, self._columns, self._as_of, self._plan.horizon, Phase.SECOND)

    def _home_newest(self, home: Visit) -> tuple[tuple[date | None, date | None], bool, Visit]:
        """The newest day on the home page with its year, and a later one without; what looks stale is looked at twice."""
        first = self._told(home)
        if not home.readable or (first[0] is not None and self._as_of - first[0] <= _HOME_FRESH):
            return first, home.readable, home
        again = self._visitor.open(self._site.home, Phase.SECOND)
        second = self._told(again)
        newest, untold = (max((day for day in days if day), default=None) for days in zip(first, second, strict=True))
        latest = max((day for day in (newest, untold) if day), default=None)
        return (newest, untold), again.readable and first == second and not self._home_unread(again, latest), again

    def _told(self, home: Visit) -> tuple[date | None, date | None]:
        """The newest day of anything listed on a home page with its year, which articles are asked for where rows do not write it; and a later one whose year stays untold."""
        told: list[date] = []
        untold: date | None = None
        left = _HEADLINES
        for item in sorted(home_items(home), key=lambda item: (item.date or date.min, item.date_from is not DateFrom.YEARLESS), reverse=True):
            day = item.date
            if day is not None and item.date_from is DateFrom.YEARLESS:
                stated = self._published(item.url) if left > 0 else None
                left -= 1
                day = year_by(day, stated) if stated is not None else None
            if day is None:
                untold = untold or item.date
                continue
            told.append(day)
            if day == item.date:
                break
        return max(told, default=None), untold

    def _home_unread(self, home: Visit, newest: date | None) -> bool:
        """Whether a home page may show something newer than its newest dated item: news without dates, in a frame, or written by a script."""
        if home.page is None or newest is None:
            return True
        listed = Listing(Dialect.PLAIN, dated_items(home.page, home.as_of))
        if unexplained(home.page, listed, self._as_of, None, least=_NEWS):
            return True
        headlines = [url for url in beside(home.page, listed, self._as_of) if self._is_article(url)]
        return any((stated := self._published(url)) is not None and stated > newest for url in headlines[:_HEADLINES])

    def _is_article(self, url: str) -> bool:
        return urlsplit(url).netloc.lower() in self._hosts and not is_file(url)

    def _published(self, url: str) -> date | None:
        """When an article of the site says that it was published."""
        visit = self._visitor.open(url, Phase.FIRST) if self._is_article(url) else None
        stated = article_date(visit.page, self._as_of) if visit is not None and visit.readable and visit.page is not None else None
        return stated[0] if stated is not None and stated[1] is not DateFrom.TEXT else None


def twins(*netlocs: str) -> frozenset[str]:
    """host:port of the same site under its other spellings: with and without `www.` and the default port."""
    found = set()
    for netloc in netlocs:
        bare = netloc.lower().removeprefix("www.")
        host, _, port = bare.partition(":")
        for name in (host, f"www.{host}"):
            found |= {f"{name}:{port}"} if port not in ("", "80", "443") else {name, f"{name}:80", f"{name}:443"}
    return frozenset(found)


def home_items(home: Visit) -> tuple[Item, ...]:
    """Everything with a day that a home page lists."""
    return dated_items(home.page, home.as_of) if home.readable and home.page is not None else ()


def _ask(home: Visit, page: Page) -> None:
    """Ask a home page, while it is parsed, what will be asked of it when it has long been put to rest."""
    identity_of(page)
    if home.readable:
        home_items(home)
        find_form(page)
        entries(page)
        _ = page.search_box, page.script_files


def _at(scope: ScopeEntry, site: SiteEntry) -> ScopeEntry:
    return scope if scope.entry else scope.model_copy(update={"entry": site.home})


def failed(site: SiteEntry, scopes: list[ScopeEntry], plan: Plan, run: str, as_of: date, now: datetime, status: FetchStatus) -> SiteObservation:
    """What is written of a site that could not be crawled at all: every column unseen, nothing missing."""
    blind = tuple(Sighting(key, fetch=status) for key in plan.by_key())
    views = tuple(
        ScopeObservation(scope.unit, scope.kind, scope.entry, scope.value, matched=True, looked=Looked.INCOMPLETE, sightings=blind) for scope in scopes
    )
    return SiteObservation(
        site.id, run, site.home, as_of, now, now, status, page=PageState.CONTENT if status is FetchStatus.OK else None, id_code=site.id_code, scopes=views
    )
