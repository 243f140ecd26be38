"""A page as an address with a fragment shows it: the same for every route of a script, and one tab or block of several where the fragment names that."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import TYPE_CHECKING
from urllib.parse import unquote, urldefrag

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.awake import PARSED
from crawlers.base import ROUTE
from crawlers.dialects.chrome import frames_page
from crawlers.dialects.when import has_date
from crawlers.link import is_article
from crawlers.page import Page

if TYPE_CHECKING:
    from crawlers.visit import Visit

_STATE = re.compile(r"(?<![A-Za-z])(?:on|cur|curr|current|active|selected|show|hide|hidden|none|first|last|in|fade|block|this)(?![A-Za-z])|\d+", re.IGNORECASE)
"""What the class of one tab says and those of its neighbours do not."""
_TURNED = re.compile(r"p(?:age)?[_-]?\d+", re.IGNORECASE)
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "a", "dt", "p", "div", "span"})
_UP = 4
_LEAST = 2


def is_route(url: str) -> bool:
    """Whether the fragment of an address names a page that a script shows, or a column of 广东's platform."""
    fragment = urldefrag(url).fragment
    return bool(ROUTE.match(f"#{fragment}")) or (fragment.isascii() and fragment.isdigit() and "/gkmlpt" in url)


def whole(url: str) -> str:
    """An address without what names a part of its page."""
    return url if "#" not in url or is_route(url) else urldefrag(url).url


def at(visit: "Visit", url: str) -> "Visit":
    """The same response under an address with a fragment. A part of a page is a page of its own; the visit as it is where the fragment names no part."""
    response, page, fragment = visit.response, visit.page, urldefrag(url).fragment
    final = f"{urldefrag(response.final).url}#{fragment}"
    if page is None:
        return replace(visit, response=replace(response, url=url, final=final), asked=None, answer=None) if is_route(url) else visit
    if is_route(url):  # in a page that a script fills, the fragment names the column
        again = Page(final, page.body, response.content_type, response.http, woken=PARSED.wake, again=lambda: page.body)
        return replace(visit, response=replace(response, url=url, final=final), page=again, asked=None, answer=None)
    if visit.asked is not None or not visit.readable or (body := part_of(page, fragment)) is None:
        return visit
    part = Page(final, body, "text/html; charset=utf-8", response.http, settled=page.settled, woken=PARSED.wake)
    part.is_part = True
    return replace(visit, response=replace(response, url=url, final=final), page=part)


def part_of(page: Page, fragment: str) -> bytes | None:
    """The document without the tabs or blocks beside the one that a fragment names; None where it names none that holds a list, or nothing of its kind stands beside it."""
    tree = LexborHTMLParser(page.source)
    node = _named(tree, unquote(fragment))
    if node is None or _TURNED.fullmatch(fragment):
        return None
    for _ in range(_UP):
        if node is None or node.tag in ("body", "html", "table", "tbody", "tr", "ul", "ol"):
            return None
        if (beside := _blocks_beside(node) if _lists(node, page) else _sections_beside(node, page)) is not None:
            for other in beside:
                other.decompose()
            return (tree.html or "").encode("utf-8", "replace")
        node = node.parent
    return None


def _named(tree: LexborHTMLParser, name: str) -> LexborNode | None:
    return next((node for node in tree.css("[id], [name]") if name in (node.attributes.get("id"), node.attributes.get("name")) and node.tag != "meta"), None)


def _lists(node: LexborNode, page: Page) -> bool:
    """Whether a block holds a list."""
    return _are_rows([node], page)


def _are_rows(nodes: list[LexborNode], page: Page) -> bool:
    links = [link for node in nodes for link in (*node.css("a[href]"), *([node] if node.tag == "a" and node.attributes.get("href") else []))]
    if len(links) < _LEAST:
        return False
    return any(has_date(node.text(separator=" ")) for node in nodes) or any(is_article(page.absolute(link.attributes.get("href") or "")) for link in links)


def _blocks_beside(node: LexborNode) -> list[LexborNode] | None:
    """Blocks of the same kind beside one; None when there are none."""
    kind = _kind(node)
    return [mate for mate in _mates(node) if _kind(mate) == kind and not frames_page(mate)] or None


def _sections_beside(head: LexborNode, page: Page) -> list[LexborNode] | None:
    """What stands under the other headings beside one, where rows follow it that no block holds: the headings with their rows; None when it is no such heading."""
    kind = _kind(head)
    if head.tag not in _HEADS or (over := head.parent) is None:
        return None
    own, others, rows = False, [], []
    begun = False
    for node in over.iter():
        if node.tag in ("script", "style"):
            continue
        if _kind(node) == kind and not _lists(node, page):
            own, begun = node.mem_id == head.mem_id, True
        if begun and own:
            rows.append(node)
        elif begun:
            others.append(node)
    return others if others and _are_rows(rows, page) else None


def _mates(node: LexborNode) -> Iterator[LexborNode]:
    over = node.parent
    if over is not None:
        yield from (mate for mate in over.iter() if mate.mem_id != node.mem_id)


def _kind(node: LexborNode) -> tuple[str, str]:
    names = _STATE.sub("", node.attributes.get("class") or "")
    return node.tag or "", " ".join(sorted(part.strip("_-") for part in names.split()))
