"""The items of a column, read page by page: to the horizon, the list's end, or the plan's number of pages."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from crawlers.bounds import Bounds
from crawlers.dates import article_date, year_by
from crawlers.observation import Item
from crawlers.plan import PlannedColumn
from crawlers.status import DateFrom, Phase, ScopeKind
from crawlers.visit import Visit, Visitor

_OPENED = 3
_FURTHER = 9
_ASKED = 20
_FIELD_PAGES = 20
_READ_ON = 3
_PINNED = re.compile(r"置\s?顶(?!子)")


@dataclass(frozen=True, slots=True)
class ItemReader:
    """Reads the lists of one scope in one look. `horizon`: days."""

    visitor: Visitor
    bounds: Bounds
    as_of: date
    horizon: int
    phase: Phase

    def read(self, planned: PlannedColumn, visit: Visit) -> tuple[tuple[Item, ...], bool]:
        """Items of a list, read to the horizon, its end or the plan's number of pages; whether the end or the horizon was reached."""
        limit = _FIELD_PAGES if self.bounds.scope.kind is ScopeKind.FIELD else planned.pages
        items, waiting, pages, hidden = self._with_years(list(visit.listing.items)), list(visit.listing.more), 1, visit.listing.hidden
        pinned = self._stale(planned, items) and visit.page is not None and bool(_PINNED.search(visit.page.source))
        while (
            waiting
            and pages < (max(limit, _READ_ON) if self._stale(planned, items) else limit)
            and (
                (pinned and pages == 1) or not (self._past(planned, items) and falls(items))  # old entries kept on top may fill the first page
            )
        ):
            request = waiting.pop(0)
            further = self.visitor.follow(request, self.phase)
            pages += 1
            if not further.readable:
                hidden = True  # a page that is named and is not there, or was not had, is no end of the list
                break
            known = {item.url for item in items}
            fresh = [item for item in further.listing.items if item.url not in known]
            if not fresh:
                # What was had before comes again, or a page that is named shows no rows: the list's end was not seen.
                hidden = hidden or further.listing.unread or bool(further.listing.items) or request.dialect is None
                break
            items = self._with_years(items + fresh)
            waiting = waiting or [request for request in further.listing.more if request.url != further.response.final]
        if items and not any(item.date for item in items):
            items = self._open_newest(planned, items)
        return unique(items), not hidden and (not waiting or (self._past(planned, items) and falls(items)))

    def _stale(self, planned: PlannedColumn, items: list[Item]) -> bool:
        newest = max((item.date for item in items if item.date), default=None)
        return newest is not None and planned.stale_after is not None and (self.as_of - newest).days > planned.stale_after

    def _past(self, planned: PlannedColumn, items: list[Item]) -> bool:
        dated = [item.date for item in items if item.date]
        return bool(dated) and min(dated) < self.as_of - timedelta(days=planned.horizon or self.horizon)

    def _open_newest(self, planned: PlannedColumn, items: list[Item]) -> list[Item]:
        """A list without dates: its first articles say when they were published; where those are old, its last ones too and more of those after the first.

        Old entries may be pinned to the top, and a list may run from old to new.
        """
        items = list(items)
        first = list(range(min(_OPENED, len(items))))
        rest = range(_OPENED, len(items))
        for at in (*first, *dict.fromkeys((*rest[-2:], *rest[: _FURTHER - 2]))):
            if at >= _OPENED and not self._stale(planned, items):
                break
            if stated := self._stated(items[at]):
                items[at] = replace(items[at], date=stated[0], date_from=stated[1])
        return items

    def _with_years(self, items: list[Item]) -> list[Item]:
        """Rows that state month and day alone were taken for the last such day. The newest of them is held against its article, then what is newest after that.

        A row far down, or pinned to the top, may be of any year: only articles tell an old list from a fresh one. Where an article does not tell, the next newest is asked.
        """
        items = list(items)
        mute: set[int] = set()
        for _ in range(_ASKED):
            at = max((index for index in range(len(items)) if index not in mute), key=lambda index: items[index].date or date.min, default=None)
            if at is None or len(mute) >= _OPENED or (guessed := items[at].date) is None or items[at].date_from is not DateFrom.YEARLESS:
                break
            stated = self._stated(items[at])
            if stated is None or (day := year_by(guessed, stated[0])) is None:
                mute.add(at)
                continue
            items[at] = replace(items[at], date=day, date_from=stated[1] if day == stated[0] else DateFrom.LIST)
            if day == guessed:
                break
        return items

    def _stated(self, item: Item) -> tuple[date, DateFrom] | None:
        """When an article of the site says that it was published; None when it does not say, or was not had."""
        visit = self.visitor.open(item.url, self.phase) if self.bounds.on_site(item.url) else None
        stated = article_date(visit.page, self.as_of) if visit is not None and visit.readable and visit.page is not None else None
        return stated if stated is not None and stated[1] is not DateFrom.TEXT else None


def unique(items: list[Item]) -> tuple[Item, ...]:
    """Items once each."""
    return tuple({(item.url, item.title): item for item in items}.values())


def falls(items: list[Item]) -> bool:
    """Whether a list runs from new to old, but for a few entries pinned to its top."""
    dates = [item.date for item in items if item.date]
    rises = sum(1 for one, other in pairwise(dates) if other > one)
    return rises <= min(2, len(dates) // 5) and (len(dates) < 2 or dates[-1] <= max(dates[:3]))
