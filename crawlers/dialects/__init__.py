"""How the publishing systems of government sites lay out lists; one file each, recognised from the page itself."""

from dataclasses import replace
from datetime import date
from urllib.parse import urlsplit

from crawlers.dialects import apart, calls, clicked, feed, fjapi, gkmlpt, interface, jpaas, jpage, jsarray, rows, search, trs, ucap, writes, xxgk
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.remembered import remembered
from crawlers.status import Dialect

READERS = (jpage.read, xxgk.read, search.read, fjapi.read, ucap.read, trs.read, feed.read, rows.read)
SOURCES = (gkmlpt.sources, xxgk.sources, jpaas.sources, ucap.sources, fjapi.sources, jpage.sources, search.sources)
ANSWERS = {
    Dialect.JPAAS: jpaas.answer,
    Dialect.XXGK: xxgk.answer,
    Dialect.FJAPI: fjapi.answer,
    Dialect.GKMLPT: gkmlpt.answer,
    Dialect.UCAP: ucap.answer,
    Dialect.SEARCH: search.answer,
    Dialect.JPAGE: jpage.answer,
    Dialect.JSARRAY: calls.answer,
}


def read_list(page: Page, as_of: date) -> Listing:
    """The list on a page by the first dialect that recognises it, else a `plain` one without items; `unread` when its rows are elsewhere and it holds none."""
    listing = _held(page, as_of)
    if listing.items or listing.empty:
        return listing
    elsewhere = next((found for find in SOURCES if (found := find(page))), ())
    return interface.unread(elsewhere[0]) if elsewhere else listing


@remembered
def _held(page: Page, as_of: date) -> Listing:
    """The rows that the page itself holds, read once: whether it holds any is asked before they are; what scripts write from constants of the page counts when its markup shows no dates, and no longer list."""
    listing = next((found for read in READERS if (found := read(page, as_of)) is not None), None)
    if (listing is None or not listing.newest) and (written := jsarray.read(page, as_of)) is not None:
        return written if listing is None or len(written.items) >= len(listing.items) else listing
    if (listing is None or not listing.newest) and (other := writes.read(page, as_of) or clicked.read(page, as_of) or apart.read(page, as_of)) is not None:
        return other
    if listing is not None and listing.aside and (own := apart.read(page, as_of)) is not None:
        return replace(own, rival=listing.newest) if own.newest and {item.url for item in own.items}.isdisjoint(item.url for item in listing.items) else listing
    return listing or Listing(Dialect.PLAIN, ())


def list_sources(page: Page, as_of: date) -> tuple[Request, ...]:
    """Where the rows of a page are, likeliest first, when it does not hold them itself: an interface, else the one frame of its own host, else what its script fetches; empty when it does."""
    found = next((found for find in SOURCES if (found := find(page))), ())
    if found:
        return found
    framed = [url for url in page.frames if urlsplit(url).netloc == urlsplit(page.url).netloc and url != page.url]
    if len(framed) == 1 and not page.attachments and not _held(page, as_of).items:
        return (Request(framed[0], None, Dialect.LIST, page.url),)
    called = calls.sources(page)
    return called if called and not _held(page, as_of).newest else ()


def read_answer(request: Request, page: Page | None, as_of: date, shown_on: Page | None) -> Listing:
    """The rows in an interface's answer; `unread` when `page` is None or is not understood. `shown_on`: the page that shows them, whose own lists rival them."""
    own = _held(shown_on, as_of) if shown_on is not None else None
    if request.dialect is Dialect.LIST and own is not None:
        framed = read_list(page, as_of) if page is not None else own
        return framed if framed.items else own  # a frame need not be a list
    reader = ANSWERS.get(request.dialect or Dialect.PLAIN)
    listing = reader(request, page, as_of, shown_on) if page is not None and reader is not None else interface.unread(request)
    if own is not None and own.items and (listing.empty or (listing.unread and request.dialect is Dialect.JSARRAY)):
        return own
    return replace(listing, rival=own.newest if own is not None else None)
