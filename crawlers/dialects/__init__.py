"""How the publishing systems of government sites lay out lists; one file each, recognised from the page itself."""

from datetime import date

from crawlers.dialects import jpage, rows, trs
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

READERS = (jpage.read, trs.read, rows.read)


def read_list(page: Page, as_of: date) -> Listing:
    """The list on a page by the first dialect that recognises it; a `plain` one without items when none does."""
    for read in READERS:
        if (listing := read(page, as_of)) is not None:
            return listing
    return Listing(Dialect.PLAIN, ())


def list_sources(page: Page, as_of: date) -> tuple[Request, ...]:
    """Where the rows of a page are, likeliest first, when a script fetches them; empty when the page holds its own."""
    return ()


def read_answer(request: Request, page: Page | None, as_of: date, shown_on: Page | None) -> Listing:
    """The rows in an interface's answer; `unread` when `page` is None or is not understood."""
    return Listing(request.dialect or Dialect.PLAIN, (), unread=True)
