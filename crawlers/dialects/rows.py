"""Lists without a system of their own: table rows, `li`, `dl`/`dd` and repeated blocks; also those that stand inside an HTML comment."""

from dataclasses import replace
from datetime import date
from operator import itemgetter
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.dates import made_on
from crawlers.dialects import pager
from crawlers.dialects.chrome import Place, in_footer, place_of
from crawlers.dialects.entries import Mates, groups
from crawlers.dialects.headline import is_headed_aside
from crawlers.dialects.table import linkless_rows
from crawlers.dialects.turned import settled
from crawlers.link import is_article, is_file
from crawlers.listing import Listing
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.remembered import remembered
from crawlers.status import DateFrom, Dialect

_ASIDE = 0.3
"""What a list of what is read most, or recommended, weighs of a page's own."""
_DATED = 200
"""What a list with two dated rows weighs at least, unless something speaks against it."""
_FOUND = "lists"
"""By what a parsed page keeps its lists for who asks next."""
_HIDDEN = 0.9
"""What a list behind another tab weighs: of two alike, the one that is shown is the page's."""


def read(page: Page, as_of: date) -> Listing | None:
    """The list with the most dated rows; else the largest list of undated articles; None when there is neither."""
    listing = _read_tree(page.tree, page, as_of)
    if listing is None or not listing.newest:
        for comment in _comments(page.source):
            if comment.count("<a") >= 2 and (hidden := _read_tree(LexborHTMLParser(comment), page, as_of)) and hidden.newest:
                if listing is not None and not {item.url for item in listing.items} & {item.url for item in hidden.items}:
                    continue  # a template's sample beside a list that is shown
                return hidden
    return listing


@remembered
def dated_items(page: Page, as_of: date) -> tuple[Item, ...]:
    """Every dated row of a page, whatever list it stands in (a home page has many)."""
    as_of = made_on(page, as_of)
    found = page.at_hand[_FOUND, as_of] = groups(page.tree, page, as_of)
    feet: dict[int, bool] = {}
    return tuple(item for mates in found.values() for row, item in mates if item.date and not in_footer(row, feet))


def _comments(source: str) -> list[str]:
    return [body for piece in source.split("<!--")[1:200] for body, end, _ in (piece.partition("-->"),) if end]


def _read_tree(tree: LexborHTMLParser, page: Page, as_of: date) -> Listing | None:
    as_of = made_on(page, as_of)
    known: dict[object, Mates] | None = (
        page.at_hand.pop((_FOUND, as_of), None) if tree is page.tree else None
    )  # a home page's dated items were asked for before its list
    found = groups(tree, page, as_of) if known is None else known
    if linkless := linkless_rows(tree, page, as_of):
        found["linkless"] = linkless
    placed = [(mates, place_of(mates[0][0])) for mates in found.values()]
    weighed = [(_weight(mates, place, page), mates, place) for mates, place in placed]
    if len([weight for weight, *_ in weighed if weight > _DATED]) > 1:
        weighed = [(weight * _ASIDE if weight > _DATED and is_headed_aside(mates[0][0], page) else weight, mates, place) for weight, mates, place in weighed]
    chosen = max(weighed, key=itemgetter(0), default=None)
    if chosen is None or chosen[0] <= 0:
        return None
    if chosen[2].aside:  # what stands beside a list without days does not tell how old it is
        own = [one for one in weighed if one[0] > 0 and len(one[1]) > 1 and not one[2].aside]
        chosen = max(own, key=itemgetter(0), default=chosen)
    _, best, where = chosen
    items = settled([item if item.date_from is None or item.date else replace(item, date_from=None) for _, item in best], [row for row, _ in best], page, as_of)
    dated = any(item.date for item in items)
    keep = [item for item in items if item.date or not dated or is_article(item.url) or is_file(item.url)]
    rival = max((item.date for mates, place in placed if mates is not best and not place.frame for _, item in mates if item.date), default=None)
    more, hidden = pager.after(page, len(keep))
    dialect, headed = Dialect.TABLE if best[0][0].tag == "tr" else Dialect.LIST, is_headed_aside(best[0][0], page)
    return Listing(dialect, tuple(keep), more, hidden=hidden, rival=rival, aside=where.aside, headed=headed)


def _weight(mates: Mates, place: Place, page: Page) -> float:
    found = [item.date_from for _, item in mates]
    seen, stated = found.count(DateFrom.LIST) + found.count(DateFrom.YEARLESS), found.count(DateFrom.URL)
    if seen or stated > 1:
        weight: float = seen * 100 + stated * 5 + len(mates) - (50 if place.chrome else 0)
        if seen > 1:
            weight *= _ASIDE if place.aside else _HIDDEN if place.hidden else 1
        return weight
    articles = _articles(mates, page.url)
    return 0 if articles < max(1, len(mates) / 2) or place.chrome else articles


def _articles(mates: Mates, url: str) -> int:
    """Rows that lead to an article of the host of `url`."""
    parts = urlsplit(url)
    root = f"{parts.scheme}://{parts.netloc}/"
    return sum(1 for _, item in mates if is_article(item.url) and (item.url.startswith(root) or urlsplit(item.url).netloc == parts.netloc))
