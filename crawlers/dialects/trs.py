"""TRS WCM: static pages `index.html`, `index_1.html` (page 2 is `_1`), counted by `createPageHTML(pages, current, name, ext)`."""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urljoin

from crawlers.dialects import rows
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

_PAGER = re.compile(r"createPageHTML\(\s*['\"]?(\d{1,5})['\"]?\s*,\s*['\"]?(\d{1,5})['\"]?\s*(?:,\s*['\"]([\w-]+)['\"]\s*,\s*['\"](\w+)['\"])?")


def read(page: Page, as_of: date) -> Listing | None:
    """The rows of the page with the pages after it; None when it has no `createPageHTML`."""
    call = next((match for match in _PAGER.finditer(page.source) if "function" not in page.source[max(0, match.start() - 10) : match.start()]), None)
    if call is None:
        return None
    pages, current, name, extension = int(call[1]), int(call[2]), call[3] or "index", call[4] or "html"
    listing = rows.read(page, as_of) or Listing(Dialect.TRS, ())
    more = tuple(Request(urljoin(page.url, f"{name}_{number}.{extension}")) for number in range(current + 1, min(pages, current + 50)))
    return replace(listing, dialect=Dialect.TABLE if listing.dialect is Dialect.TABLE else Dialect.TRS, more=more, hidden=False)
