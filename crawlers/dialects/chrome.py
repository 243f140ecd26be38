"""Whether a part of a page is its frame: menus, headers, footers, sidebars, pagers."""

import re
from functools import lru_cache
from typing import NamedTuple

from selectolax.lexbor import LexborNode

_CHROME = re.compile(r"\b(nav|menu|foot|footer|header|head|top|crumb|bread|sidebar|left|friend|page|pager|pagination|links?)\b|导航", re.IGNORECASE)

_ASIDE = re.compile(r"\b(?:aside|side|sidebar|hot|hots|ranking|rank|paihang|recommend(?:ed|s)?|tuijian|remen|rmtj)\b|热门|推荐|排行", re.IGNORECASE)
_AWAY = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_FRAME = re.compile(r"\b(nav|menu|foot|footer|header|head|crumb|bread|breadcrumb|friend|pager|pagination|copyright)\b|导航", re.IGNORECASE)
"""Names that the wrapper of a page's own list never bears, as `left`, `top` and `page` may."""
_FRAMING = frozenset({"nav", "header", "footer"})


class Place(NamedTuple):
    """Where a row stands.

    `aside`: in a list of what is read most, or recommended, beside a page's own; `frame`: in what frames every page (menus, header, footer, pager); `chrome`: in the frame
    of the page rather than in its content; `hidden`: in what is styled away until a script shows it.
    """

    aside: bool
    frame: bool
    chrome: bool
    hidden: bool


def place_of(row: LexborNode) -> Place:
    """Where a row stands: all that is asked of it is found on one way up."""
    names: list[str] = []
    framed = hidden = False
    node: LexborNode | None = row
    while node is not None:
        framed = framed or node.tag in _FRAMING
        if attributes := node.attributes:
            names.append(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:500])
            hidden = hidden or _AWAY.search((attributes.get("style") or "")[:300]) is not None
        node = node.parent
    aside, frame, chrome = (True, True, True) if framed else _kinds("\n".join(names))
    return Place(aside, frame, chrome, hidden)


@lru_cache(8192)
def _kinds(names: str) -> tuple[bool, bool, bool]:  # the lists of a site stand in the same on many pages; no name goes beyond its line
    names = names.replace("_", " ").replace("-", " ")
    return _ASIDE.search(names) is not None, _FRAME.search(names) is not None, _CHROME.search(names) is not None


def in_frame(row: LexborNode) -> bool:
    """Whether a row stands in what frames every page: menus, header, footer, pager."""
    return place_of(row).frame


def frames_page(node: LexborNode) -> bool:
    """Whether a node itself is part of what frames every page."""
    if (tag := node.tag) in _FRAMING:
        return True
    if tag is None or tag[0] == "-":  # the document itself
        return False
    attributes = node.attrs
    return _kinds(f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:500])[1]


def in_footer(row: LexborNode, known: dict[int, bool]) -> bool:
    """Whether a row stands in the page's footer. `known`: the same of what holds rows, by `mem_id`, for all rows of a page."""
    passed = []
    node: LexborNode | None = row
    found = False
    while node is not None:
        if (before := known.get(node.mem_id)) is not None:
            found = before
            break
        passed.append(node.mem_id)
        if node.tag == "footer" or "foot" in (node.attributes.get("class") or "").lower():
            found = True
            break
        node = node.parent
    known.update(dict.fromkeys(passed, found))
    return found
