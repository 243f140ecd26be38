"""TRS WCM (most provinces): static pages `index.html`, `index_1.html` (page 2 is `_1`), counted by `createPageHTML(pages, current, name, ext)`.

Told by that call, its current page counted from 0; also `createPage(…)`, `.htm` and `.shtml`; on older sites by the variables `currentPage` and `countPage` of a
script that writes the pager itself. Where the first page counts itself as 1, or links to `_2` as the next,
page 2 is `_2` (深圳). Articles stand in month folders (`./202503/t20250321_97999.htm`), which need not state the day of publication.
"""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin, urlsplit

from crawlers.dialects import paging, rows
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

_PAGER = re.compile(
    r"createPage(?:HTML)?\(\s{0,8}['\"]?(\d{1,5})['\"]?\s{0,8},\s{0,8}['\"]?(\d{1,5})['\"]?\s{0,8}(?:,\s{0,8}['\"]([\w-]{1,60})['\"]\s{0,8},\s{0,8}['\"](\w{1,8})['\"])?"
)
_OPTIONS = re.compile(
    r"\bPager\(\{\s{0,8}size\s{0,2}:\s{0,2}(\d{1,5})\s{0,2},\s{0,8}current\s{0,2}:\s{0,2}(\d{1,5})\s{0,2},\s{0,8}prefix\s{0,2}:\s{0,2}['\"]([\w-]{1,60})['\"]\s{0,2},\s{0,8}"
    r"suffix\s{0,2}:\s{0,2}['\"](\w{1,8})['\"]"
)
_PAGES = re.compile(r"countPage(?<=\bcountPage)\s{0,4}=\s{0,4}['\"]?(\d{1,5})\b")
_AT = re.compile(r"currentPage(?<=\bcurrentPage)\s{0,4}=\s{0,4}['\"]?(\d{1,5})\b")
_GLUE = r"[\s\"'+\\]{0,12}"
_WRITTEN = re.compile(rf"([\w-]{{1,60}}?){_GLUE}_{_GLUE}\(?\s?(?:nextPage|currentPage\s?\+\s?1)\s?\)?{_GLUE}\.{_GLUE}(\w{{2,6}})")
_NUMBER = re.compile(r"_(\d{1,5})\.\w{1,8}$")


def read(page: Page, as_of: date) -> Listing | None:
    """The rows of the page with the pages after it; None when it has no `createPageHTML`."""
    call = _call(page)
    if call is None:
        return None
    pages, current, name, extension = call
    listing = rows.read(page, as_of) or Listing(Dialect.TRS, ())
    if not name:
        return replace(listing, hidden=listing.hidden or (pages > 1 and not listing.more))
    from_one = _counts_from_one(page, current, listing)
    after, last = (max(current, 1) + 1, pages) if from_one else (current + 1, pages - 1)
    more = tuple(Request(urljoin(page.url, f"{name}_{number}.{extension}")) for number in range(after, min(last, current + paging.LIMIT) + 1))
    return replace(listing, dialect=Dialect.TABLE if listing.dialect is Dialect.TABLE else Dialect.TRS, more=more, hidden=last > current + paging.LIMIT)


def _call(page: Page) -> tuple[int, int, str, str] | None:
    """Pages, the current one, name and extension by the call that writes the pager, or by the variables of the script that does so; no name when that is not said."""
    if not page.may_hold("Pager({", "createPage", "countPage"):
        return None
    source = page.source
    if "Pager({" in source and (options := _OPTIONS.search(source)):
        return int(options[1]), int(options[2]), options[3], options[4]
    calls = _PAGER.finditer(source) if "createPage" in source else ()  # the word alone is found faster than the pattern
    call = next((match for match in calls if "function" not in source[max(0, match.start() - 10) : match.start()]), None)
    if call is not None:
        return int(call[1]), int(call[2]), call[3] or "index", call[4] or "html"
    pages, at = (_PAGES.search(source), _AT.search(source)) if "countPage" in source else (None, None)
    if pages is None or at is None:
        return None
    near = source[max(0, pages.start() - 2000) : pages.end() + 6000]
    written = _WRITTEN.search(near)
    return int(pages[1]), int(at[1]), written[1] if written else "", written[2] if written else ""


def _counts_from_one(page: Page, current: int, listing: Listing) -> bool:
    """Whether page 2 is `_2`: the first page, whose address has no number, calls itself 1 or names `_2` as the page after it."""
    if _NUMBER.search(urlsplit(page.url).path):
        return False
    linked = _NUMBER.search(urlsplit(listing.more[0].url).path) if listing.more else None
    return current == 1 or (linked is not None and linked[1] == "2")
