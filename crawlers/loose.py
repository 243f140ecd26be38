"""Names that stand on a page without being links to somewhere: tabs, options, headings, buttons, Chinese texts that scripts write."""

import re
from collections.abc import Set as AbstractSet
from functools import cached_property
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborNode

from crawlers.columns import normal
from crawlers.headed import headings
from crawlers.link import Link, block_names

if TYPE_CHECKING:
    from crawlers.page import Page

_HAN_WORDS = re.compile(r"[\u4e00-\u9fa5A-Za-z0-9]{2,40}")


class Loose:
    """The loose names of one page, in their normal form."""

    def __init__(self, page: "Page") -> None:
        self._page = page

    def bears(self, spellings: AbstractSet[str]) -> bool:
        """Whether one of some names stands on the page by itself."""
        return not spellings.isdisjoint(self._names)

    @cached_property
    def headed(self) -> dict[str, tuple[str, tuple[Link, ...]]]:
        """Headings over a menu by their normal form: the heading, and the first links under it."""
        found: dict[str, tuple[str, tuple[Link, ...]]] = {}
        for text, links in headings(self._page):
            found.setdefault(normal(text), (text, links))
        return found

    @cached_property
    def _names(self) -> frozenset[str]:
        """Gathered once a page: dozens of columns ask, and looking each of their names up in the page's text took six times as long."""
        tree = self._page.tree
        found = block_names(tree)
        for node in tree.root.traverse(include_text=True) if tree.root else ():
            if not node.is_text_node or not (text := node.text_content or "").strip() or (parent := node.parent) is None:
                continue
            if (tag := parent.tag) == "script":
                found |= {normal(word) for word in _HAN_WORDS.findall(text) if not word.isascii()} if not text.isascii() else set()
            elif len(text) < 80 and tag not in ("title", "style", "template") and not self._linked(parent):
                found.add(normal(text))
        return frozenset(found)

    def _linked(self, node: LexborNode | None) -> bool:
        """Whether a node stands in an anchor that leads somewhere."""
        while node is not None:
            if node.tag == "a":
                return bool(self._page.absolute(node.attributes.get("href") or ""))
            node = node.parent
        return False
