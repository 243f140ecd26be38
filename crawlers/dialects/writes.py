"""Lists that a script writes into the page as constants: `document.write('<li><a href="/a/1.html">…</a><span>2026-03-20</span></li>')`. Nothing is run; what is computed is left out."""

import re
from datetime import date
from itertools import islice

from crawlers.dialects import rows
from crawlers.dialects.script import inline
from crawlers.listing import Listing
from crawlers.page import Page

_WRITE = re.compile(r"document\.write(?:ln)?\(\s{0,20}(?:'((?:[^'\\\n]|\\.){1,4000})'|\"((?:[^\"\\\n]|\\.){1,4000})\")\s{0,20}\)")
_ESCAPED = re.compile(r"\\(.)")
_MOST = 2_000


def read(page: Page, as_of: date) -> Listing | None:
    """The dated rows of what is written; None when nothing of the kind is."""
    if "document.write" not in page.source:
        return None
    pieces = [_ESCAPED.sub(r"\1", match[1] or match[2]) for match in islice(_WRITE.finditer(inline(page)), _MOST)]
    html = "\n".join(pieces)
    if html.count("<a") < 2:
        return None
    listing = rows.read(Page(page.base, f"<html><body>{html}</body></html>".encode("utf-8", "replace"), "text/html; charset=utf-8"), as_of)
    return listing if listing is not None and listing.newest else None
