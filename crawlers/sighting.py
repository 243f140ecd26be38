"""Reading one column: which of the pages that answer to its name it is, what stands on it, how fresh, and whether a second look agrees."""

from dataclasses import dataclass, field, replace
from datetime import date

from crawlers.blank import empty_state
from crawlers.bounds import Bounds
from crawlers.choice import Choice, Chooser
from crawlers.column_items import ItemReader, unique
from crawlers.columns import Column, normal
from crawlers.documents.read import read_guide
from crawlers.doubt import Doubt
from crawlers.inquiry import Inquiry, Outcome, named_otherwise
from crawlers.listing import Listing
from crawlers.look import Candidate, Look
from crawlers.negative import ambiguous, bears, is_negative, seq_of
from crawlers.observation import Item, Sighting
from crawlers.page import Page
from crawlers.plan import PlannedColumn
from crawlers.publishers import are_superiors, newest_of, shares
from crawlers.sections import kin
from crawlers.status import DocumentKind, FetchStatus, Match, PageState, Phase, ScopeKind
from crawlers.text_page import at_hand, elements_of, is_text, newest_day
from crawlers.visit import Visit, Visitor

_PARTS = 5
_KEPT = 200
_SHARED = 3


@dataclass(slots=True)
class Reader:
    """Reads the columns of one scope in one look."""

    visitor: Visitor
    bounds: Bounds
    look: Look
    columns: dict[str, Column]
    as_of: date
    horizon: int
    phase: Phase
    inquiry: Inquiry = field(init=False)
    _items: ItemReader = field(init=False)
    _chooser: Chooser = field(init=False)
    _spellings: frozenset[str] = field(init=False)
    _open: set[str] = field(init=False, default_factory=set)  # columns whose negative something else on the site contradicts

    def __post_init__(self) -> None:
        self._spellings = frozenset(name for column in self.columns.values() for name in column.spellings)
        self.inquiry = Inquiry(self.visitor, self.bounds, self.look, self.phase)
        self._chooser = Chooser(self.visitor, self.bounds, self.look, self.columns, self.phase)
        self._items = ItemReader(self.visitor, self.bounds, self.as_of, self.horizon, self.phase)

    def sight(self, planned: PlannedColumn) -> Sighting:
        """What is seen of a column in this look. A negative is not confirmed yet."""
        column = planned.column
        self._open.discard(column.key)
        found = self.look.candidates.get(column.key, [])
        here = [candidate for candidate in found if self.bounds.holds(candidate.url)]
        choices = [self._chooser.choose(column, [one for one in here if one.match is match]) for match in (Match.EXACT, Match.ALIAS)]
        best = self._chooser.settle(column, choices)
        if best is not None:
            seen = self._surely(planned, *best)
            if is_negative(seen, planned, self.as_of) and (self._lives_away(found, best[1]) or self._disputed(column, seen, choices)):
                self._open.add(column.key)
            return seen
        if away := next((candidate for candidate in found if not self.bounds.on_site(candidate.url) or self._strays(candidate)), None):
            # An entry may lead to another host; what another host lists was not read, so that it is neither there nor missing.
            return Sighting(column.key, away.text, away.match, away.url, complete=True, confirmed=column.kind == "entry")
        seen = self._by_part(planned)
        if seen.match is None and (doubt := next((pair for choice in choices for pair in choice.doubts), None)):
            return ambiguous(*doubt)
        if seen.match is None and (bordering := self.look.bordering.get(column.key)):
            return ambiguous(bordering[0], self.visitor.open(bordering[0].url, self.phase))
        return seen

    def _lives_away(self, candidates: list[Candidate], visit: Visit) -> bool:
        """Whether another link of the name leads to another host, whose page may be the column: any host when the site's own page is dead, else one of the same government."""
        return any(not self.bounds.on_site(one.url) and (visit.dead or kin(one.url, visit.response.final)) for one in candidates)

    def _disputed(self, column: Column, seen: Sighting, choices: list[Choice]) -> bool:
        """Whether a negative of the chosen page may be wrong of the column: another page of that name was not opened, not understood, or says better of it."""
        if any(choice.unopened or choice.doubts for choice in choices) or column.key in self.look.bordering:
            return True
        rest = [pair[1] for choice in choices for pair in (choice.best, *choice.rest) if pair is not None]
        rest += [self.visitor.open(candidate.url, self.phase) for candidate in self.look.selves.get(column.key, [])[:_SHARED]]
        return any(self._rebuts(column, seen, visit) for visit in rest if visit.response.final != seen.url)

    def _rebuts(self, column: Column, seen: Sighting, other: Visit) -> bool:
        """Whether another page of a column's name may say better of the column than the one that was read: it lives, is fresher, holds more, or was not understood."""
        if other.dead:
            return False
        if not other.readable or other.page is None or other.listing.unread:
            return True
        items = other.listing.items
        if self.bounds.scope.kind is ScopeKind.FIELD:
            items = shares(self.bounds.scope.value, items)[0]
        elif seen.page is not PageState.CONTENT:
            return bool(items) or column.kind != "list" or seen.page is None
        elif column.elements and column.kind == "page":
            return len(elements_of(column, other.page)) > len(seen.elements)
        return bool(items) and (seen.newest is None or any(item.date is None or item.date > seen.newest for item in items))

    def again(self, first: Sighting, planned: PlannedColumn) -> Sighting:
        """The same column once more: what the second look sees when it is better, else the first, confirmed when both agree."""
        second = self.sight(planned)
        if not is_negative(second, planned, self.as_of):
            return replace(second, confirmed=True)
        if second.page is PageState.CONTENT and first.page is not PageState.CONTENT:
            return replace(second, confirmed=False)  # content that is old beats none, and was seen once
        same = (first.match is None) == (second.match is None) and (first.page, first.newest, first.elements) == (second.page, second.newest, second.elements)
        settled = second.fetch is FetchStatus.OK or second.http in (404, 410) or second.match is None
        return replace(first, confirmed=same and settled and not _blocked(second) and not self.doubted(second), complete=first.complete and second.complete)

    def _strays(self, candidate: Candidate) -> bool:
        """Whether a link of the site leads on to another one."""
        visit = self.visitor.open(candidate.url, self.phase) if self.bounds.holds(candidate.url) else None
        return visit is not None and not self.bounds.keeps(visit)

    def _surely(self, planned: PlannedColumn, candidate: Candidate, visit: Visit) -> Sighting:
        """What a link leads to. One that a script writes, or a heading names, may be read wrongly: what is bad about its page counts only when the page bears the name."""
        seen = self._read(planned, candidate, visit)
        if not candidate.written or not is_negative(seen, planned, self.as_of) or (visit.readable and bears(planned.column, visit)):
            return seen
        return ambiguous(candidate, visit)

    def _by_part(self, planned: PlannedColumn) -> Sighting:
        """No link bears the name. A link that contains it, or a hit of the site's search, counts when the page it leads to calls itself by the name; what cannot be told stays ambiguous."""
        column = planned.column
        parts = [candidate for candidate in self.look.contained.get(column.key, []) if self.bounds.holds(candidate.url)]
        for candidate in parts[:_PARTS]:
            visit = self.visitor.open(candidate.url, self.phase)
            if visit.page is not None and self.bounds.confirms(visit) and column.called(visit.page.own_name):
                return self._read(planned, replace(candidate, match=Match.ALIAS), visit)
        if (best := self._chooser.choose(column, self.look.selves.get(column.key, [])).best) is not None and best[1].readable:
            return self._read(planned, *best)
        outcome = self.inquiry.of(column)
        if outcome.found is not None:
            known = self.look.candidates.setdefault(column.key, [])
            known += [outcome.found[0]] if outcome.found[0] not in known else []  # the second look opens it without asking again
            return self._read(planned, *outcome.found)
        if outcome.doubt is not None:
            return ambiguous(*outcome.doubt)
        if parts and not self._others(column, parts, outcome):
            return ambiguous(parts[0], self.visitor.open(parts[0].url, self.phase))
        if (headed := self._headed(planned)) is not None:
            return headed
        for visit in self.look.read:
            if visit.page is not None and (not column.spellings.isdisjoint(self.look.words) or self._stands_loose(column, visit.page)):
                # The name stands there as a tab, a heading or what a script writes: a reader may get to the column where we cannot.
                return ambiguous(Candidate(column.key, Match.CONTAINED, column.name, visit.page.url, visit.page.url), visit)
        return Sighting(column.key, complete=True)

    def _headed(self, planned: PlannedColumn) -> Sighting | None:
        """A column that is the heading of a menu and has no page of its own: what stands under it speaks for it where that is good. It is only a part: it proves nothing bad, and no end."""
        column = planned.column
        for visit in self.look.read:
            known = visit.page.loose.headed(self._spellings) if visit.page is not None else {}
            for text, links in (known[name] for name in column.spellings if name in known):
                match = Match.EXACT if normal(text) == normal(column.name) else Match.ALIAS
                for link in links:
                    candidate = Candidate(column.key, match, text, link.url, visit.response.final, written=True)
                    opened = self.visitor.open(link.url, self.phase) if self.bounds.holds(link.url) else None
                    if opened is None or not opened.readable or not self.bounds.confirms(opened):
                        continue
                    seen = replace(self._read(planned, candidate, opened), complete=False, elements_unread=True)
                    if not is_negative(seen, planned, self.as_of):
                        return seen
        return None

    def _stands_loose(self, column: Column, page: Page) -> bool:
        """Whether a page bears a column's name without linking to it. Looked for with the names of all columns at once: each that no link names asks every page that was read."""
        return page.loose.bears(column.spellings, self._spellings)

    def _others(self, column: Column, parts: list[Candidate], outcome: Outcome) -> bool:
        """Whether links that contain the name are all something else: each page names itself otherwise, says nothing of the name, none is a document, and the search has nothing."""
        if not outcome.nothing or len(parts) > _PARTS:
            return False
        texts = frozenset(normal(part.text) for part in parts)
        return all(not part.written and named_otherwise(column, self.visitor.open(part.url, self.phase), texts) for part in parts)

    def _read(self, planned: PlannedColumn, candidate: Candidate, visit: Visit) -> Sighting:
        """What stands on a column's page: as it came, or, where only scripts fill it, as a browser shows it."""
        seen = self._read_as_it_is(planned, candidate, visit)
        shown = self.visitor.shown(visit, self.phase) if seen.page is PageState.NEEDS_SCRIPT else visit
        return seen if shown is visit else self._read_as_it_is(planned, candidate, shown)

    def _read_as_it_is(self, planned: PlannedColumn, candidate: Candidate, visit: Visit) -> Sighting:
        column = planned.column
        seen = Sighting(
            column.key,
            candidate.text,
            candidate.match,
            visit.response.final,
            visit.response.status,
            visit.response.http,
            visit.state,
            snapshot=seq_of(visit),
            complete=True,
        )
        if not visit.readable or visit.page is None:
            self.look.whys[seen.url] = visit.page.why if visit.page is not None else ""
            return seen
        if column.kind == "page":
            return self._text_page(seen, column, candidate, visit)
        if visit.listing.aside and column.kind == "list":
            return ambiguous(candidate, visit)
        items, complete = self._items.read(planned, visit)
        if not items and column.kind == "list" and not visit.listing.unread:
            items, complete = self._children(column, complete)
        if self.bounds.scope.kind is ScopeKind.FIELD and column.kind == "list":
            mine, untold = shares(self.bounds.scope.value, items)
            if any(item.date is None or item.date > newest_of(mine) for item in untold):
                self._open.add(column.key)
            if not mine and untold:
                return ambiguous(candidate, visit)
            if not mine:
                # Nothing of this publisher in the shared column: for the unit there is no such column; `complete` tells whether the list was read to its end.
                return replace(seen, match=None, complete=complete)
            items = mine
        if not (items and self.bounds.on_site(items[0].url)) and are_superiors(items, self.look.entry.page):
            # A list of another site's items shown on this one (a province's news on a county's page) says nothing of what this one publishes.
            return Sighting(column.key, candidate.text, candidate.match, candidate.url, complete=True)
        page = empty_state(self.visitor, self.bounds, self.look, candidate, visit, self.phase) if not items and column.kind == "list" else visit.state
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
        if seen.key in self._open:
            return True
        return Doubt(self.visitor, self.bounds, self.look, self.as_of, self.phase).of(seen)

    def _children(self, column: Column, complete: bool) -> tuple[tuple[Item, ...], bool]:
        """A column that only leads to planned columns below it is as fresh as they are; not complete while one of them could not be read."""
        items: list[Item] = []
        for key, child in self.columns.items():
            if child.parent == column.key and child.kind == "list" and (best := self._chooser.choose(child, self.look.candidates.get(key, [])).best):
                visit = best[1]
                items += visit.listing.items if visit.readable else ()
                complete = complete and (visit.dead or (visit.readable and not visit.listing.unread))
        return unique(items), complete

    def _text_page(self, seen: Sighting, column: Column, candidate: Candidate, visit: Visit) -> Sighting:
        assert visit.page is not None
        pages: list[Page] = [visit.page]
        at_hand(column, visit.page, self.as_of, own=True)
        listing: Listing | None = visit.listing if visit.listing.items and not is_text(column, visit.page, visit.listing, self.as_of) else None
        if self.bounds.scope.kind is ScopeKind.FIELD:
            mine, untold = shares(self.bounds.scope.value, visit.listing.items)
            if not mine and untold:
                return ambiguous(candidate, visit)
            if not mine:
                return replace(seen, match=None)
            listing = replace(visit.listing, items=mine)
        items = listing.items[:2] if listing else ()
        for item in items:
            opened = self.visitor.open(item.url, self.phase) if self.bounds.on_site(item.url) else None
            if opened is not None and opened.readable and opened.page is not None:
                pages.append(opened.page)
                at_hand(column, opened.page, self.as_of, own=False)
        if column.reads is DocumentKind.GUIDE:
            read = read_guide(pages, len(pages) > len(items), self.visitor, self.bounds.on_site, self.phase)
            elements, unread = read.found, not read.whole
        else:
            elements, unread = max((elements_of(column, page) for page in pages), key=len), False
        newest = newest_day(pages, listing.newest if listing else None, self.as_of)
        empty = listing is None and not elements and newest is None
        return replace(
            seen,
            page=empty_state(self.visitor, self.bounds, self.look, candidate, visit, self.phase) if empty else visit.state,
            dialect=visit.listing.dialect,
            items=listing.items if listing else (),
            newest=newest,
            elements=elements,
            elements_unread=unread,
            attachments=visit.page.attachments,
        )


def _blocked(seen: Sighting) -> bool:
    return seen.page in (PageState.NEEDS_SCRIPT, PageState.SHIELD, PageState.LOGIN, PageState.SPLASH, PageState.FRAME)
