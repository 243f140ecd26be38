"""Which element is the row of a link: a table row, a list item, a block, a table of its own, or the link itself."""

from collections.abc import Iterator

from selectolax.lexbor import LexborNode

from crawlers.dialects.beside import takes_turns
from crawlers.dialects.table import cells, is_label
from crawlers.dialects.when import has_date
from crawlers.tags import tags

_FEW = 12
"""Rows of a table that tells of one document."""
_ROW_TAGS = frozenset({"tr", "li", "dd", "dl", "article"})
(_LI,) = tags("li")
_BLOCK_TAGS = frozenset({"div", "p", "ul", "h1", "h2", "h3", "h4", "h5", "h6"})


class LinkCounts:
    """How many links a node holds, counted once a node: pages with thousands of rows ask again and again."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, node: LexborNode) -> int:
        """Links below a node."""
        if node.mem_id not in self._known:
            self._known[node.mem_id] = len(node.css("a"))
        return self._known[node.mem_id]


def row_of(anchor: LexborNode, links: LinkCounts) -> LexborNode | None:
    """The row of a link; None when it stands in a text or by itself."""
    node, block, single = anchor.parent, None, None
    crowded = False
    if node is not None and node.tag_id == _LI:  # most links
        return node
    for _ in range(5):
        if node is None or (tag := node.tag) in ("body", "html"):
            break
        if tag == "tr" and (record := _record(node, links)) is not None:
            return record
        if tag in _ROW_TAGS:
            return node.parent if tag == "dd" and node.parent is not None and links.of(node.parent) == 1 else node
        if tag in _BLOCK_TAGS and not crowded:
            held = links.of(node)
            if held == 2 and block is not None and _repeats(block, links):
                break  # what holds the only two entries of a list
            if held <= 2:
                block, single = node, node if held == 1 else single
            crowded = held > 2  # and so is all that holds it
        node = node.parent
    if (block is None or links.of(block) > 1) and anchor.child is not None and _several(anchor.child) and has_date(anchor.text(separator=" ")):
        return single or anchor  # title and day stand inside the link itself
    if block is not None:
        return block
    return _run(anchor) or (anchor if takes_turns(anchor) else None)


def _several(first: LexborNode) -> bool:
    """Whether a link holds more than one text: several nodes, or one element round them."""
    return first.next is not None or (first.tag in _BLOCK_TAGS and first.child is not None)


def _repeats(block: LexborNode, links: LinkCounts) -> bool:
    """Whether another block of the same kind with a link of its own stands beside one."""
    if links.of(block) != 1:
        return False
    mates = (mate for forward in (True, False) for mate in _beside(block, forward=forward) if mate.tag == block.tag)
    return any(mate.attributes.get("class") == block.attributes.get("class") and links.of(mate) == 1 for mate in mates)


def _record(row: LexborNode, links: LinkCounts) -> LexborNode | None:
    """The table of one entry, where a list has a table for each: its rows tell 标题, 发文字号, 发布日期 of that one document, and its neighbours are of the same kind."""
    table = row.parent if row.parent is not None and row.parent.tag == "table" else row.parent.parent if row.parent is not None else None
    if table is None or table.tag != "table" or links.of(table) != 1 or not 2 <= len(table.css("tr")) <= _FEW or table.parent is None:
        return None
    first = cells(row)
    if len(first) < 2 or first[0].css_first("a") is not None or not is_label(first[0].text()):
        return None
    mates = (node for node in (*_beside(table, forward=True), *_beside(table, forward=False)) if node.tag == "table")
    alike = (node for node in mates if node.attributes.get("class") == table.attributes.get("class") and links.of(node) == 1)
    return table if any(len(node.css("tr")) > 1 for node in alike) else None


def _beside(node: LexborNode, *, forward: bool) -> Iterator[LexborNode]:
    """The few nodes after or before one."""
    mate = node.next if forward else node.prev
    for _ in range(4):
        if mate is None:
            return
        yield mate
        mate = mate.next if forward else mate.prev


def _run(anchor: LexborNode) -> LexborNode | None:
    """What holds a link whose rows are told apart by line breaks alone; None when it does not stand in such a run."""
    after = anchor.next
    for _ in range(3):
        if after is None or after.tag not in ("-text", "span", "em", "font"):
            return None
        if has_date(after.text_content or after.text()):
            following = after.next
            if following is not None and following.tag == "-text" and not (following.text_content or "").strip():
                following = following.next
            if following is None and (parent := anchor.parent) is not None and parent.css_first("br") is None and len(parent.css("a")) > 1:
                return None  # the last of a run that no line breaks part
            return anchor.parent if following is None or following.tag == "br" else None
        after = after.next
    return None
