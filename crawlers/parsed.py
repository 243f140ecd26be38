"""A stored document that is decoded and parsed when it is looked at, and can let go of that again."""

from collections.abc import Callable, Hashable, Mapping
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import ref

from selectolax.lexbor import LexborHTMLParser

from crawlers.encoding import BOM, decode
from crawlers.nesting import flattened

if TYPE_CHECKING:
    from bs4 import BeautifulSoup

_READ = 3_000_000
"""Characters of a page that are read: no list of a government site is longer."""


class _Tree(LexborHTMLParser):
    """A document that can be referred to weakly."""


class Parsed:
    """`body` and `content_type`: of the stored response. `woken` is told when the document is decoded, first and after each `rest`.

    `again` gives the body once more: where there is one, the body is let go of with the rest.
    """

    heavy: tuple[str, ...] = ("source", "tree", "soup", "metas", "at_hand")

    def __init__(self, body: bytes, content_type: str, woken: Callable[[Any], None] | None = None, again: Callable[[], bytes] | None = None) -> None:
        self._woken, self._content_type, self._again = woken, content_type, again
        self._body: bytes | None = body
        self._parsed: Callable[[], _Tree | None] = lambda: None
        self.encoding, source = decode(body, content_type)
        self.__dict__["source"] = source[:_READ]
        if woken is not None:
            woken(self)

    def rest(self) -> None:
        """Let go of what can be had again: a site's pages stay until it is done, and a parsed one takes thirty times what it weighs."""
        for name in self.heavy:
            self.__dict__.pop(name, None)
        if self._again is not None:
            self._body = None

    @property
    def body(self) -> bytes:
        """The stored response."""
        if self._body is None:
            assert self._again is not None
            return self._again()
        return self._body

    @cached_property
    def source(self) -> str:
        """The decoded document, as far as it is read."""
        if self._woken is not None:
            self._woken(self)
        self._body = self.body
        return decode(self._body, self._content_type)[1][:_READ]

    @cached_property
    def tree(self) -> LexborHTMLParser:
        """The parsed document; the same one, after `rest`, as long as anyone holds a node of it."""
        source = self.source
        if (tree := self._parsed()) is None:
            flat = flattened(source)
            tree = _Tree((self._utf8(source) if flat is source else flat) or "<html></html>")
            self._parsed = ref(tree)
        return tree

    @cached_property
    def metas(self) -> tuple[Mapping[str, str | None], ...]:
        """The attributes of each `<meta>` in the document's order: one walk through it serves all that look for some of them."""
        return tuple(node.attributes for node in self.tree.css("meta"))

    @cached_property
    def at_hand(self) -> dict[Hashable, Any]:
        """What one reader leaves of the parsed document for the next, elements and all, until the document is put to rest."""
        return {}

    def _utf8(self, source: str) -> str | bytes:
        """What a parser is given: the body where it is the very bytes that the source would be made into again."""
        if self.encoding != "utf-8" or len(source) >= _READ or "\ufffd" in source:  # which stands where bytes were no UTF-8
            return source
        return self.body.removeprefix(BOM)

    @cached_property
    def soup(self) -> "BeautifulSoup":
        """The document for close reading; costs 30 times `tree`."""
        from bs4 import BeautifulSoup  # which takes a tenth of a crawling process's start

        return BeautifulSoup(self.source, "html.parser")
