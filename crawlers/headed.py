"""Headings of a menu that lead nowhere themselves and unfold what stands under them: `<h3>政府信息公开年报</h3><ul><li><a>2024</a>…`, `<li><span>依申请公开</span><ul>…`."""

from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawlers.columns import beginning, from_pieces, normal
from crawlers.link import Link, is_article

if TYPE_CHECKING:
    from crawlers.page import Page

_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "dt", "div", "p", "span", "strong", "b", "em", "button", "a", "label", "i"})
_UNDER = f":is({', '.join(sorted(_HEADS))}) + :is(ul, ol, dl, table, dd, div)"
_HEADING, _NAME = 15, 12
"""Characters of a heading, and of what stands in a menu below it: entries of a list are longer."""
_MOST = 60
_PARTS = 3


def headings(page: "Page", wanted: AbstractSet[str] | None = None) -> Iterator[tuple[str, tuple[Link, ...]]]:
    """Each heading over a menu with the first links under it, where its normal form is `wanted` (None: all); what stands over entries of a list, or is a link itself, is none."""
    for under in page.tree.css(_UNDER):
        head = _before(under)
        if head is None or head.tag not in _HEADS or (name := _name(head, page, wanted)) == "":
            continue
        nodes = under.css("a[href]")
        if not 0 < len(nodes) <= _MOST:
            continue
        links = [link for node in nodes if (link := _link(node, page)) is not None]
        listed = any(is_article(page.absolute(node.attributes.get("href") or "")) for node in nodes)
        if links and not listed and len(links) * 3 >= len(nodes) * 2:  # a few of a menu lead to other sites, or are named at length
            yield name, tuple(links[:_PARTS])


def _before(node: LexborNode) -> LexborNode | None:
    mate = node.prev
    while mate is not None and (mate.tag == "-comment" or (mate.tag == "-text" and not (mate.text_content or "").strip())):
        mate = mate.prev
    return mate


def _name(head: LexborNode, page: "Page", wanted: AbstractSet[str] | None) -> str:
    """What a heading is called; nothing where that is not `wanted`, or where it leads somewhere itself."""
    text = head.text(separator="")
    if wanted is not None and not beginning(frozenset(wanted)).match(text):
        return ""
    name = from_pieces([" ".join(text.split())]) if len(text) <= 200 else ""
    if not 2 <= len(known := normal(name)) <= _HEADING or (wanted is not None and known not in wanted):
        return ""
    anchors = [head] if head.tag == "a" else head.css("a[href]")
    return "" if any(page.absolute(anchor.attributes.get("href") or "") not in ("", page.url) for anchor in anchors) else name


def _link(node: LexborNode, page: "Page") -> Link | None:
    """A link of a menu: short, and within the site; None for any other."""
    name, url = " ".join(node.text(separator="").split()), page.absolute(node.attributes.get("href") or "")
    if not url or not 0 < len(name) <= _NAME or urlsplit(url).netloc != urlsplit(page.url).netloc:
        return None
    return Link((name,), url, written=True)
