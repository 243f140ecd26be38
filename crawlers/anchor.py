"""What an anchor says: its attributes, its text and the names it goes by."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from sys import intern
from typing import TYPE_CHECKING

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.columns import from_pieces

if TYPE_CHECKING:
    from crawlers.link import Link

_LONG = 500
"""Characters of an anchor's markup beyond which it holds a block and hardly stands on another page."""
_KEPT = 16_384
_MUTE = 8
"""Characters of a text that may say no more than 「更多」."""


class Said:
    """`attributes` and `href`, the text with single spaces (`own`), the names it goes by; `mute`: nothing of it says where it leads.

    `known`: the link it was on some page, with that page's origin, where no more than the origin decides about it. `opens`: it was the first of a list.
    """

    __slots__ = ("attributes", "href", "known", "mute", "names", "opens", "own")

    def __init__(self, node: LexborNode, markup: str) -> None:
        pictured = "<img" in markup
        self.attributes: Mapping[str, str | None] = node.attributes
        self.href = self.attributes.get("href") or ""
        self.own = " ".join(node.text(separator="").split())
        self.names = _names(node, self.attributes, self.own, pictured=pictured)
        named = len(self.own) > _MUTE or self.attributes.get("title") or _speaks(self.own) or (pictured and node.css_first("img[alt]") is not None)
        self.mute = not named
        self.known: tuple[str, Link] | None = None
        self.opens = False


_SAID: dict[str, Said] = {}


def said_of(node: LexborNode) -> Said:
    """What an anchor or area says. The menus of a site stand on every page of it: what says the same in the same markup is read once."""
    markup = node.html or ""
    return _SAID.get(markup) or _read(node, markup)


def said_in(tree: LexborHTMLParser) -> Iterator[tuple[LexborNode, Said]]:
    """The anchors and areas of a document in its order, with what they say."""
    for node in tree.css("a[href], area[href]"):
        yield node, said_of(node)


def _read(node: LexborNode, markup: str) -> Said:
    said = Said(node, markup)
    if len(markup) <= _LONG:
        if len(_SAID) >= _KEPT:
            _SAID.clear()  # costs less than keeping count of what was asked for last
        _SAID[markup] = said
    return said


def names_of(node: LexborNode) -> tuple[str, ...]:
    """The names an anchor goes by: its text, its Chinese pieces, `title`, `aria-label`, and the `alt` and `title` of its images."""
    return _names(node, node.attributes, " ".join(node.text(separator="").split()), pictured=True)


def _names(node: LexborNode, attributes: Mapping[str, str | None], own: str, *, pictured: bool) -> tuple[str, ...]:
    title, label = attributes.get("title") or "", attributes.get("aria-label") or ""
    first = node.child
    if first is None or (first.next is None and first.tag == "-text"):
        if own and not label and (not title or title == own):
            return (intern(own),)
        names = [own]
    else:
        names = [own, from_pieces(node.text(separator="\n").split("\n"))]
        for image in node.css("img") if pictured else ():
            shown = image.attributes
            names += [shown.get("alt") or "", shown.get("title") or ""]
    names += [title, label, attributes.get("data-title") or "", (attributes.get("value") or "") if node.tag == "input" else ""]
    return tuple(dict.fromkeys(intern(name.strip()) for name in names if name.strip()))


@lru_cache(8192)
def _speaks(name: str) -> bool:
    return bool(from_pieces([name]))
