"""Whether an old newest date may be our reading's fault. A column is stale only when nothing that may be newer was left unread."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from crawlers.bounds import Bounds
from crawlers.column_items import falls
from crawlers.dates import article_date
from crawlers.dialects.pager import is_next
from crawlers.dialects.unread import unexplained
from crawlers.link import is_article, is_file
from crawlers.look import Look
from crawlers.observation import Item, Sighting
from crawlers.status import DateFrom, Phase
from crawlers.visit import Visit, Visitor

_YEAR = re.compile(r"(20\d{2})年?度?")
_OTHER_DAY = re.compile(r"(?:成文|生成|印发|签发|制发|落款|实施|施行|生效)(?:日期|时间)")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_YEARS, _PARTS, _ASKED, _SHORT = 3, 8, 3, 5
_NAME = 12


@dataclass(frozen=True, slots=True)
class Doubt:
    """Asks a look's pages once more, now for what may speak against an old column."""

    visitor: Visitor
    bounds: Bounds
    look: Look
    as_of: date
    phase: Phase

    def of(self, seen: Sighting) -> bool:
        """Whether something on the column's page, or below it, may be newer than the newest entry that was read."""
        if not seen.items:
            return False
        visit = self.visitor.open(seen.url, self.phase)
        if not visit.readable or visit.page is None:
            return not (seen.complete or falls(list(seen.items)))
        if not visit.listing.items:
            return not seen.complete  # the columns below it speak for it, and one of them could not be read
        if seen.newest is None or not self._in_order(seen, visit):
            return True
        rival, newest = visit.listing.rival, max(seen.newest, visit.listing.newest or seen.newest)
        if rival is not None and rival > newest:
            return True
        if visit.listing.newest is not None:
            home = self.look.entry.page if self.look.entry.page is not visit.page else None
            if unexplained(visit.page, visit.listing, self.as_of, home, visit.asked.url if visit.asked else ""):
                return True
        return self._written_only(seen, visit) or self._below(visit, newest)

    def _in_order(self, seen: Sighting, visit: Visit) -> bool:
        """Whether the newest entry was among those that were read: the list falls, or was read to an end that can be trusted."""
        items = list(seen.items)
        if any(item.date_from in (DateFrom.LIST, DateFrom.YEARLESS, DateFrom.URL) for item in items):
            assert visit.page is not None
            turned = bool(visit.listing.more) or len(items) < _SHORT or visit.page.tree.css_first("script") is None
            return falls(items) or (seen.complete and turned)
        days = [item.date for item in items if item.date]  # asked of the articles, some of which were not opened
        return len(days) == len(items) or (days == sorted(days, reverse=True) and len(set(days)) > 1)

    def _written_only(self, seen: Sighting, visit: Visit) -> bool:
        """A list that states when its documents were written, or nothing but what its addresses say: its articles may have been published later."""
        assert visit.page is not None
        by_address = all(item.date_from is DateFrom.URL for item in seen.items if item.date)
        if not by_address and not _OTHER_DAY.search(visit.page.text):
            return False
        newest = sorted((item for item in seen.items if item.date), key=lambda item: item.date or date.min, reverse=True)
        return any(self._later(item, seen.newest) for item in newest[:_ASKED])

    def _later(self, item: Item, newest: date | None) -> bool:
        opened = self.visitor.open(item.url, self.phase) if self.bounds.on_site(item.url) and not is_file(item.url) else None
        stated = article_date(opened.page, self.as_of) if opened is not None and opened.readable and opened.page is not None else None
        return stated is not None and stated[1] is not DateFrom.TEXT and newest is not None and stated[0] > newest

    def _below(self, visit: Visit, newest: date) -> bool:
        """Whether the years or the parts that a landing page leads to hold something newer, or could not be read."""
        years, parts = self._years(visit), self._parts(visit)
        if len(parts) > _PARTS:
            return True
        for url in (*years, *parts):
            below = self.visitor.open(url, self.phase)
            if below.dead:
                continue
            if not below.readable or below.listing.unread or (below.listing.newest is None and below.listing.items):
                return True
            if below.listing.newest is not None and below.listing.newest > newest:
                return True
        return False

    def _years(self, visit: Visit) -> list[str]:
        assert visit.page is not None
        found = {match[1]: link.url for link in visit.page.links if (match := _YEAR.fullmatch(link.text)) and link.url != visit.page.url}
        return [found[year] for year in sorted(found, reverse=True) if int(year) <= self.as_of.year][:_YEARS]

    def _parts(self, visit: Visit) -> list[str]:
        """Links to pages in folders below this one's, and those that no other page of the site has."""
        assert visit.page is not None
        here, entry = urlsplit(visit.page.url), self.look.entry
        folder = "/" if here.query else here.path.rsplit("/", 1)[0] + "/"
        known = {visit.page.url, visit.response.url, *(item.url for item in visit.listing.items), *(request.url for request in visit.listing.more)}
        home = {link.url for link in entry.page.links} if entry.page is not None else set()
        found = []
        for link in visit.page.links:
            there = urlsplit(link.url)
            named = 2 <= len(link.text) <= _NAME and _HAN.search(link.text) and not is_next(link.text) and not _YEAR.fullmatch(link.text)
            if there.netloc != here.netloc or not named or link.url in known or is_article(link.url) or is_file(link.url):
                continue
            below = folder != "/" and there.path.startswith(folder) and "/" in there.path[len(folder) :]
            if below or (link.url not in home and self.look.linked[link.url] <= 1 and there.path.endswith("/") and not here.path.startswith(there.path)):
                found.append(link.url)
        return list(dict.fromkeys(found))
