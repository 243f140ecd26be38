"""Whether a part of a page is its frame: menus, headers, footers, sidebars, pagers."""

import re
from functools import lru_cache

from selectolax.lexbor import LexborNode

_CHROME = re.compile(r"\b(nav|menu|foot|footer|header|head|top|crumb|bread|sidebar|left|friend|page|pager|pagination|links?)\b|导航", re.IGNORECASE)

_ASIDE = re.compile(r"\b(?:aside|side|sidebar|hot|hots|ranking|rank|paihang|recommend(?:ed|s)?|tuijian|remen|rmtj)\b|热门|推荐|排行", re.IGNORECASE)
_AWAY = re.compile(r"display\s{0,3}:\s{0,3}none", re.IGNORECASE)
_FRAME = re.compile(r"\b(nav|menu|foot|footer|header|head|crumb|bread|breadcrumb|friend|pager|pagination|copyright)\b|导航", re.IGNORECASE)
"""Names that the wrapper of a page's own list never bears, as `left`, `top` and `page` may."""


def in_aside(row: LexborNode) -> bool:
    """Whether a row stands in a list of what is read most, or recommended, beside a page's own."""
    return _within(row, _ASIDE)


def is_hidden(row: LexborNode) -> bool:
    """Whether a row is styled away until a script shows it."""
    node: LexborNode | None = row
    while node is not None:
        if _AWAY.search((node.attributes.get("style") or "")[:300]):
            return True
        node = node.parent
    return False


def in_frame(row: LexborNode) -> bool:
    """Whether a row stands in what frames every page: menus, header, footer, pager."""
    return _within(row, _FRAME)


def in_chrome(row: LexborNode) -> bool:
    """Whether a row stands in the frame of the page rather than in its content."""
    return _within(row, _CHROME)


def _within(row: LexborNode, named: re.Pattern[str]) -> bool:
    node: LexborNode | None = row
    while node is not None:
        if _is(node, named):
            return True
        node = node.parent
    return False


def frames_page(node: LexborNode) -> bool:
    """Whether a node itself is part of what frames every page."""
    return _is(node, _FRAME)


def _is(node: LexborNode, named: re.Pattern[str]) -> bool:
    if (tag := node.tag) in ("nav", "header", "footer"):
        return True
    if tag is None or tag[0] == "-":  # the document itself
        return False
    attributes = node.attrs
    return _names(named, f"{attributes.get('class') or ''} {attributes.get('id') or ''}"[:500])


@lru_cache(8192)
def _names(named: re.Pattern[str], names: str) -> bool:  # the templates of a site bear few names
    return named.search(names.replace("_", " ").replace("-", " ")) is not None


def in_footer(row: LexborNode) -> bool:
    """Whether a row stands in the page's footer."""
    node: LexborNode | None = row
    while node is not None:
        if node.tag == "footer" or "foot" in (node.attributes.get("class") or "").lower():
            return True
        node = node.parent
    return False
