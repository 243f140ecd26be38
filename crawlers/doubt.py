"""Whether an old newest date may be our reading's fault. A column is stale only when nothing that may be newer was left unread."""

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from urllib.parse import urlsplit

from crawlers.bounds import Bounds
from crawlers.column_items import falls
from crawlers.columns import normal
from crawlers.dates import article_date
from crawlers.dialects.pager import is_next
from crawlers.dialects.rows import dated_items
from crawlers.dialects.unread import beside, newer_day, unexplained
from crawlers.link import Link, is_article, is_file
from crawlers.look import Look
from crawlers.observation import Item, Sighting
from crawlers.page import Page
from crawlers.status import DateFrom, PageState, Phase
from crawlers.visit import Visit, Visitor

_YEAR = re.compile(r"(20\d{2})年?度?")
_OTHER_DAY = re.compile(r"(?:成文|生成|印发|签发|制发|落款|实施|施行|生效)(?:日期|时间)")
_COLUMN = re.compile(r"/col/?col(\d+)/")
"""大汉: `/col/col12/` holds `/art/2026/3/5/art_12_34.html`."""
_INDEX = re.compile(r"(?<=/)(?:index|default|main|list)(?:\.[a-z]{2,5})?$", re.IGNORECASE)
_HAN = re.compile(r"[\u4e00-\u9fff]")
_YEARS, _PARTS, _ASKED, _SHORT = 3, 8, 3, 5
_NAME = 12
_BESIDE, _UNDER = 4, 8
"""Articles outside the list, and pages that may be parts of a column, that are opened."""


@dataclass(frozen=True, slots=True)
class Doubt:
    """Asks a look's pages once more, now for what may speak against an old column."""

    visitor: Visitor
    bounds: Bounds
    look: Look
    as_of: date
    phase: Phase

    def of(self, seen: Sighting) -> bool:
        """Whether something on the column's page, or below it, may be newer than the newest day that was read; of a blank column, whether a page below it holds anything."""
        if not seen.items and seen.page not in (PageState.BLANK, PageState.CONTENT):
            return False
        visit = self.visitor.open(seen.url, self.phase)
        if not visit.readable or visit.page is None:
            return not (seen.complete or falls(list(seen.items)))
        if seen.page is PageState.BLANK:
            return self._below(seen, visit, None)
        if not seen.items:  # one text: a later day on its page may be the one of its update
            return seen.newest is not None and bool(newer_day(visit.page, seen.newest, self.as_of))
        if not visit.listing.items:
            return not seen.complete  # the columns below it speak for it, and one of them could not be read
        if seen.newest is None or not self._in_order(seen, visit):
            return True
        listed = [item.date for item in visit.listing.items if item.date and item.date_from is not DateFrom.YEARLESS]
        rival, newest = visit.listing.rival, max([seen.newest, *listed])  # a guessed day hides nothing
        if visit.listing.headed or (rival is not None and rival > newest):  # a list of every page is all that was found
            return True
        if visit.listing.newest is not None:
            home = self.look.entry.page if self.look.entry.page is not visit.page else None
            if unexplained(visit.page, visit.listing, self.as_of, home, visit.asked.url if visit.asked else ""):
                return True
        return (
            self._shown_at_home(visit, newest)
            or self._written_only(seen, visit)
            or self._articles_beside(seen, visit, newest)
            or self._below(seen, visit, newest)
        )

    def _in_order(self, seen: Sighting, visit: Visit) -> bool:
        """Whether the newest entry was among those that were read: the list falls, or was read to an end that can be trusted."""
        items = list(seen.items)
        if any(item.date_from in (DateFrom.LIST, DateFrom.YEARLESS, DateFrom.URL) for item in items):
            assert visit.page is not None
            turned = bool(visit.listing.more) or len(items) < _SHORT or visit.page.tree.css_first("script") is None
            return falls(items) or (seen.complete and turned)
        days = [item.date for item in items if item.date]  # asked of the articles, some of which were not opened
        return len(days) == len(items) or (days == sorted(days, reverse=True) and len(set(days)) > 1)

    def _shown_at_home(self, visit: Visit, newest: date) -> bool:
        """Whether the entry page lists something newer whose address is that of the column's articles: its page may be an old copy."""
        home, here = self.look.entry, urlsplit(visit.response.final)
        number, folder = _COLUMN.search(here.path), _INDEX.sub("", here.path)
        known = number is not None or (folder.endswith("/") and folder.count("/") > 1 and not here.query)
        if home.page is None or home.page is visit.page or not home.readable or not known:
            return False
        later = (urlsplit(item.url).path for item in dated_items(home.page, self.as_of) if item.date and item.date > newest and self.bounds.on_site(item.url))
        return any(f"art_{number[1]}_" in path if number is not None else path.startswith(folder) for path in later)

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

    def _articles_beside(self, seen: Sighting, visit: Visit, newest: date) -> bool:
        """Whether an article that the column's page shows outside its list, a headline say, was published later. One of another column says so itself."""
        assert visit.page is not None
        for url in beside(visit.page, visit.listing, self.as_of)[:_BESIDE]:
            if not self.bounds.on_site(url) or is_file(url):
                continue
            opened = self.visitor.open(url, Phase.FIRST)
            if not opened.readable or opened.page is None or self._names_another(opened, seen, visit):
                continue
            stated = article_date(opened.page, self.as_of)
            if stated is not None and stated[1] is not DateFrom.TEXT and stated[0] > newest:
                return True
        return False

    def _below(self, seen: Sighting, visit: Visit, newest: date | None) -> bool:
        """Whether the years or the parts that a landing page leads to hold something newer, or could not be read. `newest`: None where the page itself holds nothing."""
        may = self._may_be_parts(visit)
        years, parts, under = self._years(visit), self._parts(visit, may), self._under(seen, visit, may)
        if len(parts) > _PARTS:
            return True
        for url in dict.fromkeys((*years, *parts, *under)):
            below = self.visitor.open(
                url, self.phase if url not in under else Phase.FIRST
            )  # what the first look read of a part is good enough to raise a doubt
            if below.dead or (url in under and self._names_another(below, seen, visit)):
                continue
            if not below.readable or below.listing.unread or (below.listing.newest is None and below.listing.items):
                return True
            if below.listing.newest is not None and (newest is None or below.listing.newest > newest):
                return True
        return False

    def _names_another(self, opened: Visit, seen: Sighting, visit: Visit) -> bool:
        """Whether the breadcrumb of an opened page places it elsewhere than below the column."""
        assert visit.page is not None
        crumbs = {normal(crumb) for crumb in opened.page.breadcrumb} if opened.page is not None else set()
        return bool(crumbs) and crumbs.isdisjoint((normal(seen.name), normal(visit.page.own_name)))

    def _under(self, seen: Sighting, visit: Visit, parts: list[Link]) -> list[str]:
        """Pages that the first look met with the column in their breadcrumb, and those that only this page and no page above it links to: their breadcrumbs tell parts from neighbours."""
        assert visit.page is not None
        above = {link.url for page in self._above(seen) for link in page.links}
        own = [link.url for link in parts if link.url not in above and not visit.page.url.startswith(link.url) and not _YEAR.fullmatch(link.text)]
        met = [url for url in self.look.below.get(seen.key, []) if url != visit.page.url]
        return list(dict.fromkeys((*met[:_PARTS], *own[:_UNDER])))

    def _above(self, seen: Sighting) -> list[Page]:
        """The entry and the pages on which links to the column were found first."""
        on = {candidate.on for candidate in self.look.candidates.get(seen.key, []) if candidate.url == seen.url}
        visits = [self.look.entry, *(self.visitor.open(url, self.phase) for url in sorted(on))]
        return [visit.page for visit in visits if visit.page is not None and visit.page.url != seen.url]

    def _may_be_parts(self, visit: Visit) -> list[Link]:
        """Links by which a column may lead on: short, in Chinese, to a page of this host that the list does not hold."""
        assert visit.page is not None
        listing, netloc = visit.listing, urlsplit(visit.response.final).netloc
        known = {visit.response.url, visit.response.final, *(item.url for item in listing.items), *(request.url for request in listing.more)}
        return [
            link for link in visit.page.links if link.url not in known and _leads_on(link.text) and urlsplit(link.url).netloc == netloc and _is_page(link.url)
        ]

    def _years(self, visit: Visit) -> list[str]:
        assert visit.page is not None
        found = {match[1]: link.url for link in visit.page.links if (match := _YEAR.fullmatch(link.text)) and link.url != visit.page.url}
        return [found[year] for year in sorted(found, reverse=True) if int(year) <= self.as_of.year][:_YEARS]

    def _parts(self, visit: Visit, parts: list[Link]) -> list[str]:
        """Links to pages in folders below this one's, and to folders that no other page of the site links to."""
        assert visit.page is not None
        here, entry = urlsplit(visit.page.url), self.look.entry
        folder = "/" if here.query else here.path.rsplit("/", 1)[0] + "/"
        home = {link.url for link in entry.page.links} if entry.page is not None else set()
        found = []
        for link in parts:
            if link.url == visit.page.url or _YEAR.fullmatch(link.text):
                continue
            path = urlsplit(link.url).path
            below = folder != "/" and path.startswith(folder) and "/" in path[len(folder) :]
            if below or (link.url not in home and self.look.linked[link.url] <= 1 and path.endswith("/") and not here.path.startswith(path)):
                found.append(link.url)
        return list(dict.fromkeys(found))


def _is_page(url: str) -> bool:
    return not is_article(url) and not is_file(url)


@lru_cache(4096)
def _leads_on(text: str) -> bool:  # the menus of a site say the same on every page
    return 2 <= len(text) <= _NAME and bool(_HAN.search(text)) and not is_next(text)
