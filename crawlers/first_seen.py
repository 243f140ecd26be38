"""What a run adds to the runs before it: when an entry was first seen, whether it came too late for its date (疑似补录/倒签), whether its date was changed.

Clues for a person; no rule reads them.
"""

from collections import Counter
from collections.abc import Container, Iterable
from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from crawlers.columns import normal
from crawlers.observation import Item, Sighting, SiteObservation
from crawlers.status import Dialect, FetchStatus, Match, PageState

KEPT = 200
"""Entries of a list that an observation keeps: a list of so many was cut, and what lies behind the cut is not known."""


def with_history(observation: SiteObservation, earlier: SiteObservation | None, lists: Container[str]) -> SiteObservation:
    """The observation with `first_seen`, `backdated` and `was` of its entries.

    `earlier`: the newest earlier observation of the site, which has its own from its forerunners. `lists`: keys of the columns that are lists; of other columns
    only a first page is read, which proves no absence.
    """
    on_site = _Known(item for scope in (earlier.scopes if earlier else ()) for seen in scope.sightings for item in seen.items)

    def told(unit: str, seen: Sighting) -> Sighting:
        scope = earlier.scope(unit) if earlier else None
        before = scope.sighting(seen.key) if scope else None
        known = _Known(before.items if before else ())
        since = _proves_absence(before, seen) if before and seen.key in lists else None
        items = []
        for item in seen.items:
            if (old := known.of(item)) is not None:
                items.append(_again(item, old, observation.as_of))
                continue
            late = since is not None and earlier is not None and item.date is not None and since < item.date < earlier.as_of and on_site.of(item) is None
            items.append(Item(item.url, item.title, item.date, item.date_from, item.publisher, observation.as_of, late, item.validity, item.was))
        return replace(seen, items=tuple(items))

    scopes = tuple(replace(scope, sightings=tuple(told(scope.unit, seen) for seen in scope.sightings)) for scope in observation.scopes)
    return replace(observation, scopes=scopes)


class _Known:
    """Entries of earlier lists, found by address, else by title and date: an entry whose address changed is the same entry."""

    def __init__(self, items: Iterable[Item]) -> None:
        items = list(items)
        shared = Counter(url for url, _ in {(item.url, normal(item.title)) for item in items})
        self._shared = frozenset(url for url, times in shared.items() if times > 1)
        self._by_url: dict[str, Item] = {}
        self._by_title: dict[tuple[str, date | None], Item] = {}
        for item in items:
            if item.url not in self._shared:
                self._by_url.setdefault(item.url, item)
            self._by_title.setdefault((normal(item.title), item.date), item)

    def of(self, item: Item) -> Item | None:
        """The entry as it was known; one that had no date then may have one now."""
        if not self._by_title:
            return None
        title = normal(item.title)
        same = self._by_title.get((title, item.date))
        old = self._by_url.get(item.url)
        if old is not None and normal(old.title) != title and old.date != item.date:
            old = None  # another entry: rows that have no page of their own share an address
        return old or same or self._by_title.get((title, None))


def _again(item: Item, old: Item, as_of: date) -> Item:
    return replace(item, first_seen=old.first_seen or as_of, backdated=old.backdated, was=_was(item, old))


def _was(item: Item, old: Item) -> date | None:
    """The date before the last change. Two readings of one day are no change: the year of a year-less date is inferred, and sources of a date may differ."""
    if item.date == old.date:
        return old.was
    if item.date is None or old.date is None or item.date_from is not old.date_from or normal(item.title) != normal(old.title):
        return None
    return None if (item.date.month, item.date.day) == (old.date.month, old.date.day) else old.date


def _proves_absence(before: Sighting, now: Sighting) -> date | None:
    """The day after which an earlier reading would have shown every entry of this list; None when it would not.

    It must have been the same list (address), read and complete, with nothing cut off, its dates read; it proves nothing of days before its oldest entry.
    """
    dated = [item.date for item in before.items if item.date]
    read = before.fetch is FetchStatus.OK and before.page is PageState.CONTENT and before.complete and before.match in (Match.EXACT, Match.ALIAS)
    own = Dialect.PLAIN not in (before.dialect, now.dialect)  # a plain page shows the entries of the columns below it, of each the first page
    if not read or not own or _place(before.url) != _place(now.url) or len(before.items) >= KEPT or len(dated) < len(before.items) or not dated:
        return None
    return min(dated)


def _place(url: str) -> tuple[str, str, str]:
    parts = urlsplit(url)
    path = parts.path
    for name in ("index.html", "index.htm", "index.shtml", "index.jsp"):
        path = path.removesuffix(name)
    return parts.netloc.removeprefix("www."), path.rstrip("/"), parts.query
