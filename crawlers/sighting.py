"""Reading one column: which of the pages that answer to its name it is, what stands on it, how fresh, and whether a second look agrees."""

from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from crawlers.columns import Column, normal
from crawlers.dates import article_date
from crawlers.listing import Listing
from crawlers.look import Bounds, Candidate, Look
from crawlers.observation import Item, Sighting, Step
from crawlers.page import Page
from crawlers.plan import PlannedColumn
from crawlers.status import DateFrom, FetchStatus, Looked, Match, PageState, Phase, ScopeKind
from crawlers.visit import Visit, Visitor

_TIES = 5
_OPENED = 3
_FIELD_PAGES = 20
_KEPT = 200
_READ_ON = 3


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads the columns of one scope in one look."""

    visitor: Visitor
    bounds: Bounds
    look: Look
    columns: dict[str, Column]
    as_of: date
    horizon: int
    phase: Phase

    def sight(self, planned: PlannedColumn) -> Sighting:
        """What is seen of a column in this look. A negative is not confirmed yet."""
        column = planned.column
        found = self.look.candidates.get(column.key, [])
        here = [candidate for candidate in found if self.bounds.holds(candidate.url)]
        for match in (Match.EXACT, Match.ALIAS):
            best = self._best(column, [candidate for candidate in here if candidate.match is match])
            if best is not None and (not best[1].dead or match is Match.ALIAS or not any(candidate.match is Match.ALIAS for candidate in here)):
                return self._read(planned, *best)
        if away := next((candidate for candidate in found if not self.bounds.on_site(candidate.url)), None):
            # An entry may lead to another host; what another host lists was not read, so that it is neither there nor missing.
            return Sighting(column.key, away.text, away.match, away.url, complete=True, confirmed=column.kind == "entry")
        return self._by_part(planned)

    def again(self, first: Sighting, planned: PlannedColumn) -> Sighting:
        """The same column once more: what the second look sees when it is better, else the first, confirmed when both agree."""
        second = self.sight(planned)
        if not is_negative(second, planned, self.as_of):
            return replace(second, confirmed=True)
        same = (first.match is None) == (second.match is None) and (first.page, first.newest) == (second.page, second.newest)
        settled = second.fetch is FetchStatus.OK or second.http in (404, 410) or second.match is None
        return replace(first, confirmed=same and settled and not _blocked(second) and not self.doubted(second), complete=first.complete and second.complete)

    def _best(self, column: Column, candidates: list[Candidate]) -> tuple[Candidate, Visit] | None:
        visits = []
        for candidate in candidates[:_TIES]:
            visit = self.visitor.open(candidate.url, self.phase)
            if self.bounds.confirms(visit):
                visits.append((candidate, visit))
        return max(visits, key=lambda pair: self._fit(column, pair[1]), default=None)

    def _fit(self, column: Column, visit: Visit) -> tuple[int, int, int, int]:
        if visit.page is None or visit.dead:
            return (int(visit.response.ok and not visit.dead), 0, 0, 0)
        children = {normal(other.name) for other in self.columns.values() if other.parent == column.key}
        names = {normal(name) for link in visit.page.links for name in link.names}
        return (2, int(normal(visit.page.own_name) in _spellings(column)), len(children & names), min(len(visit.listing.items), 50))

    def _by_part(self, planned: PlannedColumn) -> Sighting:
        """A name that is only part of a link's text counts when the page it leads to calls itself by the column's name; otherwise it stays ambiguous."""
        column = planned.column
        parts = [candidate for candidate in self.look.contained.get(column.key, []) if self.bounds.holds(candidate.url)]
        for candidate in parts[:_TIES]:
            visit = self.visitor.open(candidate.url, self.phase)
            if visit.page is not None and self.bounds.confirms(visit) and normal(visit.page.own_name) in _spellings(column):
                return self._read(planned, replace(candidate, match=Match.ALIAS), visit)
        if parts:
            visit = self.visitor.open(parts[0].url, self.phase)
            return Sighting(
                column.key, parts[0].text, Match.CONTAINED, parts[0].url, visit.response.status, visit.response.http, visit.state, snapshot=_seq(visit)
            )
        spellings = _spellings(column)
        for visit in self.look.read:
            if visit.page is not None and spellings & visit.page.loose_names:
                # The name stands there as a tab, an option or what a script writes: a reader may get to the column where we cannot.
                return Sighting(
                    column.key, column.name, Match.CONTAINED, visit.page.url, visit.response.status, visit.response.http, visit.state, snapshot=_seq(visit)
                )
        return Sighting(column.key, complete=True)

    def _read(self, planned: PlannedColumn, candidate: Candidate, visit: Visit) -> Sighting:
        column = planned.column
        seen = Sighting(
            column.key,
            candidate.text,
            candidate.match,
            visit.response.final,
            visit.response.status,
            visit.response.http,
            visit.state,
            snapshot=_seq(visit),
            complete=True,
        )
        if not visit.readable or visit.page is None:
            return seen
        if column.kind == "page":
            return self._text_page(seen, column, candidate, visit)
        items, complete = self._list(planned, visit)
        if not items and column.kind == "list":
            items, complete = self._children(column, complete)
        if self.bounds.scope.kind is ScopeKind.FIELD and column.kind == "list":
            mine = tuple(item for item in items if normal(item.publisher) == normal(self.bounds.scope.value))
            if not mine:
                # Nothing of this publisher in the shared column: for the unit there is no such column; `complete` tells whether the list was read to its end.
                return replace(seen, match=None, complete=complete)
            items = mine
        page = self._empty(candidate, visit) if not items and column.kind == "list" else visit.state
        return replace(
            seen,
            page=page,
            dialect=visit.listing.dialect,
            items=items[:_KEPT],
            newest=max((item.date for item in items if item.date), default=None),
            complete=complete,
            confirmed=False,
            attachments=visit.page.attachments,
        )

    def doubted(self, seen: Sighting) -> bool:
        """Whether an old newest date may be our reading's fault: another list on the page is fresher, or a list in no falling order was not read to its end."""
        if not seen.items:
            return False
        visit = self.visitor.open(seen.url, self.phase)
        rival = visit.listing.rival if visit.readable else None
        return (rival is not None and seen.newest is not None and rival > seen.newest) or not (seen.complete or _falls(list(seen.items)))

    def _list(self, planned: PlannedColumn, visit: Visit) -> tuple[tuple[Item, ...], bool]:
        """Items of a list, read to the horizon, its end or the plan's number of pages; whether the end or the horizon was reached."""
        limit = _FIELD_PAGES if self.bounds.scope.kind is ScopeKind.FIELD else planned.pages
        items, waiting, pages, hidden = list(visit.listing.items), list(visit.listing.more), 1, visit.listing.hidden
        while waiting and pages < (max(limit, _READ_ON) if self._stale(planned, items) else limit) and not (self._past(planned, items) and _falls(items)):
            further = self.visitor.follow(waiting.pop(0), self.phase)
            pages += 1
            if not further.readable:
                return _unique(items), further.dead
            known = {item.url for item in items}
            fresh = [item for item in further.listing.items if item.url not in known]
            if not fresh:
                hidden = hidden or bool(further.listing.items)  # what was had before comes again: the list's end was not seen
                break
            items += fresh
            waiting = waiting or [request for request in further.listing.more if request.url != further.response.final]
        if items and not any(item.date for item in items):
            items = self._open_newest(items)
        return _unique(items), not hidden and (not waiting or (self._past(planned, items) and _falls(items)))

    def _stale(self, planned: PlannedColumn, items: list[Item]) -> bool:
        newest = max((item.date for item in items if item.date), default=None)
        return newest is not None and planned.stale_after is not None and (self.as_of - newest).days > planned.stale_after

    def _past(self, planned: PlannedColumn, items: list[Item]) -> bool:
        dated = [item.date for item in items if item.date]
        return bool(dated) and min(dated) < self.as_of - timedelta(days=planned.horizon or self.horizon)

    def _open_newest(self, items: list[Item]) -> list[Item]:
        """A list without dates: its first articles say when they were published."""
        opened = []
        for item in items[:_OPENED]:
            visit = self.visitor.open(item.url, self.phase) if self.bounds.on_site(item.url) else None
            stated = article_date(visit.page, self.as_of) if visit is not None and visit.readable and visit.page is not None else None
            opened.append(replace(item, date=stated[0], date_from=stated[1]) if stated and stated[1] is not DateFrom.TEXT else item)
        return opened + items[_OPENED:]

    def _children(self, column: Column, complete: bool) -> tuple[tuple[Item, ...], bool]:
        """A column that only leads to planned columns below it is as fresh as they are."""
        items: list[Item] = []
        for key, child in self.columns.items():
            if child.parent == column.key and child.kind == "list" and (best := self._best(child, self.look.candidates.get(key, []))) and best[1].readable:
                items += best[1].listing.items
        return _unique(items), complete

    def _empty(self, candidate: Candidate, visit: Visit) -> PageState:
        """What a page without items is, held against the entry and the page that links to it, whose lines it repeats, and the menus of the site."""
        assert visit.page is not None
        if visit.listing.unread:
            return PageState.NEEDS_SCRIPT
        if visit.listing.empty:
            return PageState.BLANK
        others = [
            other.page
            for other in (self.look.entry, self.visitor.open(candidate.on, self.phase))
            if other.page is not None and other.page.url != visit.page.url
        ]
        return visit.page.empty_state(others, self.look.menu(visit.response.final))

    def _text_page(self, seen: Sighting, column: Column, candidate: Candidate, visit: Visit) -> Sighting:
        assert visit.page is not None
        pages: list[Page] = [visit.page]
        listing: Listing | None = visit.listing if visit.listing.items else None
        if self.bounds.scope.kind is ScopeKind.FIELD:
            mine = tuple(item for item in visit.listing.items if normal(item.publisher) == normal(self.bounds.scope.value))
            if not mine:
                return replace(seen, match=None)
            listing = replace(visit.listing, items=mine)
        for item in listing.items[:2] if listing else ():
            opened = self.visitor.open(item.url, self.phase) if self.bounds.on_site(item.url) else None
            if opened is not None and opened.readable and opened.page is not None:
                pages.append(opened.page)
        elements = max((_elements(column, page) for page in pages), key=len)
        stated = article_date(visit.page, self.as_of) if listing is None else None
        newest = listing.newest if listing else stated[0] if stated and stated[1] is not DateFrom.TEXT else None
        empty = listing is None and not elements and newest is None
        return replace(
            seen,
            page=self._empty(candidate, visit) if empty else visit.state,
            dialect=visit.listing.dialect,
            items=listing.items if listing else (),
            newest=newest,
            elements=elements,
            attachments=visit.page.attachments,
        )


def is_negative(seen: Sighting, planned: PlannedColumn, as_of: date) -> bool:
    """Whether a sighting could cost points: missing, unread, dead, blank, or older than the plan's smallest age."""
    if seen.match is None or (seen.fetch is not None and seen.fetch is not FetchStatus.OK) or seen.page not in (PageState.CONTENT, None):
        return True
    return planned.stale_after is not None and (seen.newest is None or (as_of - seen.newest).days > planned.stale_after)


def with_path(seen: Sighting, planned: PlannedColumn, look: Look, again: Look) -> Sighting:
    """A negative with its 查找路径: menus opened, names tried, links considered. A missing column is confirmed only after everything was read."""
    column = planned.column
    steps = [
        *look.path[:30],
        Step("比对名称", "、".join((column.name, *column.aliases)), look.entry.response.final, str(len(look.candidates.get(column.key, [])))),
    ]
    steps += [Step("相近名称", candidate.text, candidate.url, "contained") for candidate in look.contained.get(column.key, [])[:5]]
    confirmed = seen.confirmed and (seen.match is not None or (look.looked is again.looked is Looked.COMPLETE and seen.complete))
    return replace(seen, path=tuple(steps), confirmed=confirmed)


def _blocked(seen: Sighting) -> bool:
    return seen.page in (PageState.NEEDS_SCRIPT, PageState.SHIELD, PageState.LOGIN, PageState.SPLASH, PageState.FRAME)


def _spellings(column: Column) -> set[str]:
    return {normal(name) for name in (column.name, *column.aliases)}


def _elements(column: Column, page: Page) -> tuple[str, ...]:
    text = normal(page.text)
    return tuple(name for name, spellings in column.elements.items() if any(normal(spelling) in text for spelling in (name, *spellings)))


def _unique(items: list[Item]) -> tuple[Item, ...]:
    return tuple({(item.url, item.title): item for item in items}.values())


def _falls(items: list[Item]) -> bool:
    """Whether a list runs from new to old, but for a few entries pinned to its top."""
    dates = [item.date for item in items if item.date]
    rises = sum(1 for one, other in pairwise(dates) if other > one)
    return rises <= min(2, len(dates) // 5) and (len(dates) < 2 or dates[-1] <= max(dates[:3]))


def _seq(visit: Visit) -> int | None:
    return visit.seq if visit.seq >= 0 else None
