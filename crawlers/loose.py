"""Names that stand on a page without being links to somewhere: tabs, options, headings, buttons, Chinese texts that scripts write."""

import re
from collections.abc import Iterator
from collections.abc import Set as AbstractSet
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from crawlers.columns import beginning, normal
from crawlers.headed import headings
from crawlers.link import Link, block_names
from crawlers.tags import tags

if TYPE_CHECKING:
    from crawlers.page import Page

_HAN_WORDS = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9]{2,40}")
_LONG = 80
_TEMPLATE = re.compile(r"<template\b[^>]*>(.*?)</template", re.DOTALL | re.IGNORECASE)
_TEXT = re.compile(r">\s*([^<>]{2,80}?)\s*<")
(_ANCHOR,) = tags("a")
(_SCRIPT,) = tags("script")
_UNSEEN = tags("title", "style", "template")


class Loose:
    """The loose names of one page, in their normal form."""

    def __init__(self, page: "Page") -> None:
        self._page = page
        self._known: dict[AbstractSet[str], frozenset[str]] = {}
        self._headed: dict[AbstractSet[str], dict[str, tuple[str, tuple[Link, ...]]]] = {}

    def gather(self, wanted: frozenset[str]) -> None:
        """Find out, while the page is at hand, what will be asked of it later."""
        self.bears(wanted, wanted)
        self.headed(wanted)

    def bears(self, spellings: AbstractSet[str], among: frozenset[str] = frozenset()) -> bool:
        """Whether one of some names stands on the page by itself. `among`: what others will ask for, so that the page is gone through once for all of them."""
        wanted = among if spellings <= among else frozenset(spellings)
        if (borne := self._known.get(wanted)) is None:
            tree = self._page.tree
            borne = self._known[wanted] = frozenset(block_names(tree, wanted).union(self._texts(wanted)))
        return not borne.isdisjoint(spellings)

    def headed(self, wanted: frozenset[str]) -> dict[str, tuple[str, tuple[Link, ...]]]:
        """Headings over a menu by their normal form, as far as it is `wanted`: the heading, and the first links under it."""
        if (known := self._headed.get(wanted)) is None:
            known = self._headed[wanted] = {}
            for text, links in headings(self._page, wanted):
                known.setdefault(normal(text), (text, links))
        return known

    def _texts(self, wanted: frozenset[str]) -> Iterator[str]:
        """Normal forms of the texts that stand by themselves, as far as they are `wanted`."""
        begins, page = beginning(wanted).match, self._page
        for tag, parent, text in (*self._beside_body(), *page.texts):
            if tag == _SCRIPT:
                yield from (name for word in _HAN_WORDS.findall(text) if not word.isascii() and (name := normal(word)) in wanted) if not text.isascii() else ()
            elif len(text) < _LONG and tag not in _UNSEEN and begins(text) and (name := normal(text)) in wanted and not _linked(parent, page):
                yield name
        if page.may_hold("<template"):  # which a script shows: whatever is linked there, nobody without the script can tell
            for content in _TEMPLATE.findall(page.source):
                yield from (name for text in _TEXT.findall(f">{content}<") if (name := normal(text)) in wanted)

    def _beside_body(self) -> Iterator[tuple[int, LexborNode, str]]:
        """The texts of the head, and all of a page without a body."""
        tree = self._page.tree
        root = tree.head if tree.body is not None else tree.root
        for node in root.traverse(include_text=True, skip_empty=True) if root is not None else ():
            if node.is_text_node and (parent := node.parent) is not None:
                yield parent.tag_id, parent, node.text_content or ""


def _linked(node: LexborNode | None, page: "Page") -> bool:
    """Whether a node stands in an anchor that leads somewhere."""
    while node is not None:
        if node.tag_id == _ANCHOR:
            return bool(page.absolute(node.attributes.get("href") or ""))
        node = node.parent
    return False
