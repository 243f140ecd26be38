"""What a reader sees of a page: its text in lines, and its texts one by one. What a known menu says is not put together again on each page of its site."""

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import NamedTuple

from selectolax.lexbor import LexborNode

from crawlers.block import Block, Told
from crawlers.tags import TEXT, tags

_INLINE = tags("a", "span", "b", "strong", "i", "em", "font", "u", "small", "label", "td", "th", "sup", "sub")
_SKIP = tags("script", "style", "noscript", "template", "head")
(_BREAK,), (_LIST,), (_ANCHOR,), (_SCRIPT,) = tags("br"), tags("ul"), tags("a"), tags("script")


class Shown(NamedTuple):
    """`lines`: one a block element. `texts`: what is not blank as it stands, scripts and styles included, with the tag and the element that it stands in.

    Of a known menu there are no texts of links, and the others are said to stand in the `ul`. `broken`: what follows begins a line of its own.
    """

    lines: list[str]
    texts: list[tuple[int, LexborNode, str]]
    broken: bool


def shown(body: LexborNode | None, menus: Mapping[int, Block]) -> Shown:
    """What stands in a body. `menus`: the lists in it that are known, by `mem_id`."""
    if body is None:
        return Shown([], [], broken=False)
    try:
        return _walked(body.traverse(include_text=True, skip_empty=True), menus)
    except _Unlike:
        return _walked(body.traverse(include_text=True, skip_empty=True), {})


class _Unlike(Exception):
    """A list has the markup of one that is known, and is made of other texts."""


def _walked(nodes: Iterable[LexborNode], menus: Mapping[int, Block]) -> Shown:
    lines: list[str] = []
    texts: list[tuple[int, LexborNode, str]] = []
    block = 0
    nodes = iter(nodes)
    for node in nodes:
        if (tag := node.tag_id) != TEXT:
            if tag == _BREAK:
                block = -1
            elif tag == _LIST and menus and (menu := menus.get(node.mem_id)) is not None:
                told = menu.told = menu.told or _told(node)
                if [one.text_content for one in islice(nodes, told.size - 1, told.size)] != [told.last]:
                    raise _Unlike
                lines += told.lines
                texts += [(tag, node, text) for tag, text in told.loose]
                block = -1 if told.broken else block
            continue
        if (parent := node.parent) is None:
            continue
        raw = node.text_content or ""
        texts.append(((tag := parent.tag_id), parent, raw))
        if tag in _SKIP or not (piece := " ".join(raw.split())):
            continue
        while tag in _INLINE and (over := parent.parent) is not None:
            parent, tag = over, over.tag_id
        if (inside := parent.mem_id) == block:
            lines[-1] += f" {piece}"
        else:
            lines.append(piece)
            block = inside
    return Shown(lines, texts, block != 0)


def _told(menu: LexborNode) -> Told:
    inside = list(menu.traverse(include_text=True, skip_empty=True))[1:]
    said = _walked(inside, {})
    loose = tuple((tag, text) for tag, parent, text in said.texts if tag == _SCRIPT or not _linked(parent, menu.mem_id))
    return Told(tuple(said.lines), loose, len(inside), inside[-1].text_content, said.broken)


def _linked(node: LexborNode | None, menu: int) -> bool:
    """Whether a node of a menu stands in a link; all anchors of one that is known are."""
    while node is not None and node.mem_id != menu:
        if node.tag_id == _ANCHOR:
            return True
        node = node.parent
    return False
