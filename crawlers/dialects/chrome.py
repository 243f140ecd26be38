"""Whether a part of a page is its frame: menus, headers, footers, sidebars, pagers."""

import re

from selectolax.lexbor import LexborNode

_CHROME = re.compile(r"\b(nav|menu|foot|footer|header|head|top|crumb|bread|sidebar|left|friend|page|pager|pagination|links?)\b|导航", re.IGNORECASE)


def in_chrome(row: LexborNode) -> bool:
    """Whether a row stands in the frame of the page rather than in its content."""
    node: LexborNode | None = row
    while node is not None:
        attributes = node.attributes or {}
        names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}".replace("_", " ").replace("-", " ")
        if node.tag in ("nav", "header", "footer") or _CHROME.search(names[:500]):
            return True
        node = node.parent
    return False


def in_footer(row: LexborNode) -> bool:
    """Whether a row stands in the page's footer."""
    node: LexborNode | None = row
    while node is not None:
        if node.tag == "footer" or "foot" in (node.attributes.get("class") or "").lower():
            return True
        node = node.parent
    return False
