"""Lists whose days stand apart from their titles: two columns side by side, a day above its entries (timelines, `dt`/`dd`), pictures with title and day under them.

Read only where a page has no rows with days, and only where titles and days go together without a doubt.
"""

import re
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from selectolax.lexbor import LexborNode

from crawlers.columns import normal
from crawlers.dates import find_dates, made_on
from crawlers.dialects import pager, tooltips
from crawlers.dialects.chrome import in_frame
from crawlers.dialects.crowd import DETAILS, ORNAMENTS
from crawlers.dialects.entries import title_of
from crawlers.listing import Listing
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom, Dialect

_DAY = re.compile(r"[\[(（【]?\s?(?:19|20)\d{2}\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\s?[\])）】]?")
_BEGINS = ("\n20", "\n[20", "\n(20", "\n（20", "\n【20")
_LEAST, _TITLE, _MOST = 2, 6, 120
_LONGEST = 20
_BLOCKS = frozenset({"li", "p", "div", "dt", "dd", "span", "em", "i", "b", "h1", "h2", "h3", "h4", "h5", "h6", "time", "strong", "font", "label", "td"})
_TOKENS = 4_000


@dataclass(frozen=True, slots=True)
class _Token:
    """A title with the address it leads to, or a day (`url` empty)."""

    url: str
    text: str
    day: date | None = None


def read(page: Page, as_of: date) -> Listing | None:
    """The entries that days apart from them belong to; None where there are fewer than two, or it cannot be told which day is whose."""
    text = page.text
    if sum(text.count(begin) for begin in _BEGINS) + text.startswith("20") < _LEAST or (body := page.tree.body) is None:
        return None
    as_of = made_on(page, as_of)
    over = _holder([node for node in _days(body) if not in_frame(node)])
    tokens = _tokens(over, page, as_of) if over is not None else []
    items = _paired(tokens)
    if len({item.url for item in items}) < _LEAST:
        return None
    more, hidden = pager.after(page, len(items))
    return Listing(Dialect.LIST, tuple(items), more, hidden=hidden)


def _days(body: LexborNode) -> list[LexborNode]:
    """Elements that say a day and nothing else, outermost ones, of the kind there are most of."""
    kinds: dict[tuple[str | None, str | None], list[LexborNode]] = {}
    last: set[int] = set()
    for node in body.traverse():
        if node.parent is not None and node.parent.mem_id in last:
            last.add(node.mem_id)
            continue
        if node.tag not in _BLOCKS:
            continue
        said = node.text()
        if len(said) <= _MOST and _DAY.fullmatch(" ".join(said.split())):
            last.add(node.mem_id)
            kinds.setdefault((node.tag, node.attributes.get("class")), []).append(node)
    return max(kinds.values(), key=len, default=[])


def _holder(days: list[LexborNode]) -> LexborNode | None:
    """The smallest element that holds all of them and a link."""
    if len(days) < _LEAST:
        return None
    shared: list[LexborNode] | None = None
    for day in days:
        above: list[LexborNode] = []
        node = day.parent
        while node is not None:
            above.append(node)
            node = node.parent
        known = {one.mem_id for one in above}
        shared = above if shared is None else [one for one in shared if one.mem_id in known]
    return next((one for one in shared or () if one.css_first("a[href]") is not None), None)


def _tokens(over: LexborNode, page: Page, as_of: date) -> list[_Token]:
    """Titles and days below an element, in its order; the text after a picture that leads somewhere is its title."""
    found: list[_Token] = []
    waiting, mute = [over], ""
    while waiting and len(found) < _TOKENS:
        node = waiting.pop()
        if node.tag in ("script", "style", "-comment"):
            continue
        said = " ".join(((node.text_content or "") if node.tag == "-text" else node.text()).split())
        if node.tag == "a" and (url := page.absolute(node.attributes.get("href") or "")):
            title = title_of(node, said)
            if len(title) >= _TITLE and normal(title) and title.strip(ORNAMENTS) not in DETAILS:
                found.append(_Token(url, title))
                mute = ""
            elif not said and node.css_first("img") is not None and not tooltips.names(node, node.attributes):
                mute = url
            continue
        if len(said) <= _LONGEST and _DAY.fullmatch(said) and (days := find_dates(said, as_of)):
            found.append(_Token("", said, days[0]))
            continue
        if mute and _TITLE <= len(said) <= _MOST and (node.tag == "-text" or node.css_first("a, div, p, li, span") is None):
            found.append(_Token(mute, said))
            mute = ""
            continue
        if node.tag != "-text":
            waiting += reversed(list(node.iter(include_text=True)))
    return found


def _paired(tokens: list[_Token]) -> list[Item]:
    """Each title with its day; none where that cannot be told."""
    titles, days = [token for token in tokens if token.url], [token for token in tokens if not token.url]
    if not titles or not days:
        return []
    half = len(days)
    if len(titles) == half and (all(token.url for token in tokens[:half]) or not any(token.url for token in tokens[:half])):
        return [_item(title, day) for title, day in zip(titles, days, strict=True)]
    if tokens[0].url:  # a title, then its day
        pairs = list(zip(tokens[::2], tokens[1::2], strict=False))
        return [_item(*pair) for pair in pairs] if len(titles) == half and all(one.url and not other.url for one, other in pairs) else []
    found, above = [], tokens[0]
    for before, token in pairwise(tokens):
        if not token.url and not before.url:
            return []  # a day that nothing stands under
        if token.url:
            found.append(_item(token, above))
        else:
            above = token
    return found if tokens[-1].url else []


def _item(title: _Token, day: _Token) -> Item:
    return Item(title.url, title.text, day.day, DateFrom.LIST)
