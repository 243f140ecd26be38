"""Lists whose rows answer to a click: `<li onclick="open('/a/1.html')">`, `<a href="javascript:view(12)">`, `__doPostBack`. Their days are read, and their addresses where those are stated.

Only dated rows count, and only on a page that lists nothing else with days; that such rows are all there is on a page stays open (`unread`).
"""

from datetime import date

from selectolax.lexbor import LexborNode

from crawlers.dates import made_on
from crawlers.dialects import pager
from crawlers.dialects.chrome import in_frame
from crawlers.dialects.entries import Mates, items_of
from crawlers.dialects.row import LinkCounts, row_of
from crawlers.dialects.table import Tables
from crawlers.dialects.when import Years, has_date
from crawlers.link import handled
from crawlers.listing import Listing
from crawlers.page import Page
from crawlers.status import Dialect

_LINKS = "a[href^='javascript' i], a[href^='#'], a[onclick], a[data-href], a[data-url], a[data-link]"
_ROWS = "li[onclick], tr[onclick], div[onclick], p[onclick], dl[onclick]"
_HINTS = ("onclick", "javascript", "data-href", "data-url", "data-link", 'href="#', "href='#")
_LEAST = 6
"""Characters of a title: what tools and pagers are called is shorter."""
_MOST = 2_000


def read(page: Page, as_of: date) -> Listing | None:
    """The dated rows of one parent, the most of them; None when there are fewer than two."""
    if not any(hint in page.source for hint in _HINTS):
        return None
    as_of, links, tables, years = made_on(page, as_of), LinkCounts(), Tables(), Years()
    found: dict[int, Mates] = {}
    seen: set[int] = set()
    for node in page.tree.css(f"{_LINKS}, {_ROWS}")[:_MOST]:
        row = row_of(node, links) if node.tag == "a" else node
        if row is None or row.mem_id in seen or row.parent is None:
            continue
        seen.add(row.mem_id)
        url, shown = _address(node, page), " ".join(node.text(separator=" ").split())
        text = row.text(separator=" ")
        if len(shown) < _LEAST or not has_date(text) or not url:
            continue
        over = row.parent if row.tag != "tr" or row.parent.parent is None else row.parent.parent
        items = items_of(row, [(node, url, shown)], text, tables, years, as_of, ends=False)
        found.setdefault(over.mem_id, []).extend((row, item) for item in items if item.date and len(item.title) >= _LEAST)
    best = max((mates for mates in found.values() if len(mates) > 1 and not in_frame(mates[0][0])), key=len, default=None)
    if best is None:
        return None
    more, hidden = pager.after(page, len(best))
    if any(item.url == page.url for _, item in best):
        more, hidden = (), hidden or bool(more)  # rows of a further page would bear its address, and be taken for documents
    return Listing(Dialect.TABLE if best[0][0].tag == "tr" else Dialect.LIST, tuple(item for _, item in best), more, hidden=hidden)


def _address(node: LexborNode, page: Page) -> str:
    """Where a click leads; the page's own address where that is not stated, and nothing for a link that has an address like any other."""
    if node.tag == "a" and page.absolute(node.attributes.get("href") or ""):
        return ""
    return handled(node.attributes, page.absolute) or page.url
