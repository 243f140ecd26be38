"""The menus of a site: lists that stand with the same markup on every page of it, and hold most of a page's links. What such a list says is found out once."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.anchor import Said, said_in, said_of
from crawlers.base import Base, from_root
from crawlers.tags import tags

if TYPE_CHECKING:
    from crawlers.link import Link

_WANTED = "ul, a[href], area[href]"
_ELSEWHERE = "a:not([href])"
(_LIST,), (_ITEM,), (_ANCHOR,) = tags("ul"), tags("li"), tags("a")
_LEAST, _LONG = 3, 30_000
"""Links of a list that is worth remembering; characters of the longest one that is."""
_DAY = "rq"
"""What an attribute is called that states the day of a link (`dialects/xxgk.py`): such a list is none of what every page has."""
_KEPT = 16_000_000
"""Characters of markup that are kept at most."""
_SIGHTS = 32_768
"""Lists of which it is remembered that they were seen once."""


class Told(NamedTuple):
    """What a reader sees of a list: its `lines`, and the texts that are in no link, as they stand, with the tag that they stand in. `size`: of the nodes in it that are not blank; `last`: the text of the last of them.

    `broken`: what follows the list begins a line of its own.
    """

    lines: tuple[str, ...]
    loose: tuple[tuple[int, str], ...]
    size: int
    last: str | None
    broken: bool


class Block:
    """A `ul` whose links each stand in an item of a list in it, so that nothing outside decides which rows they are of, and lead where their texts and a page's origin say; none bears a day.

    `said`: what its links say, in their order. `kinds`: tag and class of the lists that it is made of. `quiet`: none of its rows is an article or may state a day.
    `stood`: an origin, what its links are on pages of that, and where their texts lead there. `told`: what a reader sees of it, once that was asked for.
    """

    __slots__ = ("_places", "kinds", "quiet", "said", "size", "stood", "told")

    def __init__(self, over: LexborNode, inside: Sequence[LexborNode], said: list[Said]) -> None:
        self._places = [at for at, node in enumerate(inside) if node.tag_id != _LIST]
        self.size = len(inside)
        self.said = said
        self.kinds = frozenset(("ul", node.attributes.get("class")) for node in (over, *inside) if node.tag_id == _LIST)
        self.quiet = False
        self.stood: tuple[str, tuple[Link, ...], dict[str, str]] = "", (), {}
        self.told: Told | None = None

    def anchors(self, inside: Sequence[LexborNode]) -> list[tuple[LexborNode, Said]]:
        """Its links on a page. `inside`: what stands there of `_WANTED` below it."""
        return list(zip(inside if len(self.said) == self.size else [inside[at] for at in self._places], self.said, strict=True))


Piece = tuple[Block | None, Iterable[tuple[LexborNode, Said]]]
"""Anchors that follow upon each other: those of a block, or others."""

_BLOCKS: dict[str, Block | None] = {}
_ONCE: set[int] = set()
_weight = 0


def pieces_of(tree: LexborHTMLParser, base: Base) -> tuple[list[Piece], dict[int, Block]]:
    """The anchors and areas of a document in its order, those of known blocks together, and which lists are these, by `mem_id`; there are none of these where a page has no origin."""
    if not base.origin:
        return [(None, list(said_in(tree)))], {}
    found: list[Piece] = []
    known: dict[int, Block] = {}
    others: list[tuple[LexborNode, Said]] = []
    nodes = tree.css(_WANTED)
    at, end = 0, len(nodes)
    while at < end:
        node = nodes[at]
        at += 1
        if node.tag_id != _LIST:
            others.append((node, said_of(node)))
        elif at < end and nodes[at].tag_id != _LIST:
            if not (first := said_of(nodes[at])).opens:  # the first link of a list of news is a new one most times
                first.opens = True
            elif (block := _block(node, nodes, at)) is not None:
                if others:
                    found.append((None, others))
                    others = []
                known[node.mem_id] = block
                found.append((block, block.anchors(nodes[at : at + block.size])))
                at += block.size
                continue
            others.append((nodes[at], first))
            at += 1
    if others:
        found.append((None, others))
    return found, known


def _block(over: LexborNode, nodes: Sequence[LexborNode], at: int) -> Block | None:
    """What is known of a list by its markup; remembered when it is seen for the second time. `nodes`: those of the page, of which the first in the list is the one at `at`."""
    global _weight  # noqa: PLW0603 - the weight of `_BLOCKS`
    markup = over.html or ""
    if not isinstance(known := _BLOCKS.get(markup, markup), str):
        return known
    if len(markup) > _LONG or (sight := hash(markup)) not in _ONCE:
        if len(markup) <= _LONG:
            if len(_ONCE) >= _SIGHTS:
                _ONCE.clear()
            _ONCE.add(sight)
        return None
    if (_weight := _weight + len(markup)) > _KEPT:
        _BLOCKS.clear()
        _weight = len(markup)
    block = _BLOCKS[markup] = _made(over, nodes, at)
    return block


def _made(over: LexborNode, nodes: Sequence[LexborNode], at: int) -> Block | None:
    below = [node.mem_id for node in over.css(_WANTED) if node.mem_id != over.mem_id]
    inside = nodes[at : at + len(below)]
    anchors = [node for node in inside if node.tag_id != _LIST]
    if len(anchors) < _LEAST or below != [node.mem_id for node in inside] or not all(map(_in_item, anchors)) or over.css_first(_ELSEWHERE) is not None:
        return None
    said = [said_of(node) for node in anchors]
    return Block(over, inside, said) if all(from_root(one.href) is not None and _DAY not in one.attributes for one in said) else None


def _in_item(anchor: LexborNode) -> bool:
    item = anchor.parent
    return anchor.tag_id == _ANCHOR and item is not None and item.tag_id == _ITEM and item.parent is not None and item.parent.tag_id == _LIST
