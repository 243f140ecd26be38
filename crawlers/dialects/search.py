"""Lists that a search engine gives: TRS was5 and igs, 中科汇联 eportal, 大汉 search-front-server, 南通/如皋 truecms, `govsearch/jsonp`, 国务院 and 苏州 JSON feeds.

Told by the engine's address as a whole constant in an inline script, or by the page's own body being JSON or JSONP. An address that a script puts together from
variables is not guessed: such a page needs its script.
"""

from datetime import date
from urllib.parse import urlsplit

from crawlers.dialects import interface
from crawlers.dialects.script import inline, strings
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

_ENGINES = (
    *("/was5/web/search?", "/igs/front/search/", "/eportal/ui?", "/govsearch/jsonp/", "/search-front-server/api/search", "/szinf/info/getInfoCommon"),
    *("/u/search/", "/messageController/getMessage.do?", "/getManuscriptList", "/getDocList", "/api/list?", "/queryNewsList"),
)


def sources(page: Page) -> tuple[Request, ...]:
    """The engine's address, when a script states it whole."""
    if not page.holds(*_ENGINES) or not any(mark in page.inline_scripts for mark in _ENGINES):
        return ()
    found = [Request(url, None, Dialect.SEARCH, page.url) for value in strings(inline(page), *_ENGINES) if "?" in value and (url := page.absolute(value))]
    return tuple(one for one in dict.fromkeys(found) if urlsplit(one.url).query)[:1]


def answer(request: Request, page: Page, as_of: date, shown_on: Page | None) -> Listing:
    """JSON or JSONP with rows; else a page whose rows stand in its HTML (was5, eportal)."""
    listing = interface.listing(request, page, as_of, shown_on=shown_on)
    return interface.of_html(request, page.source, as_of, shown_on=page) if listing.unread and "<" in page.source[:200] else listing


def read(page: Page, as_of: date) -> Listing | None:
    """A column whose own address is an interface."""
    if page.source.lstrip("\ufeff \r\n\t")[:1] in ("<", "") or "<html" in page.source[:2000].lower():
        return None
    listing = interface.listing(Request(page.url, None, Dialect.SEARCH, page.url), page, as_of, shown_on=page)
    return None if listing.unread else listing
