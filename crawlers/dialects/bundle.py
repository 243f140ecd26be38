"""Rows by what holds them: what is found out of all that stand under one parent at once, and which list they are of."""

from collections.abc import Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.anchor import Said, said_in
from crawlers.block import Block, Piece
from crawlers.dialects import tooltips
from crawlers.dialects.row import LinkCounts, row_of
from crawlers.dialects.when import may_hold_dates, may_state_date
from crawlers.link import is_article
from crawlers.page import Page
from crawlers.tags import tags

Rows = dict[int, tuple[LexborNode, list[tuple[LexborNode, str, str]], "Bundle"]]
"""Rows by `mem_id`, each with its links (node, address, text) and the rows beside it."""
_LISTS = ("ul", "dl")
(_A,), (_TR,) = tags("a"), tags("tr")
_FEW = 3
_TITLES = frozenset({"a", "h1", "h2", "h3", "h4", "h5", "h6", "p", "div"})


@dataclass(slots=True)
class Bundle:
    """The rows under one parent, table rows apart from others. `dated`: the parent may state a date somewhere; `tells`: a row may, or is an article; `holder`: the list they are of, once asked."""

    parent: LexborNode | None
    cells: bool
    rows: list[LexborNode] = field(default_factory=list)
    tells: bool = False
    dated: bool = True
    holder: object = None

    def held(self, links: LinkCounts) -> object:
        """The list that the rows are of."""
        self.holder = _table_of(self.rows[0]) if self.cells else _holder(self.rows, self.parent, links)
        return self.holder

    def may_join(self, wanted: AbstractSet[object], kinds: AbstractSet[tuple[str, str | None]]) -> bool:
        """Whether rows that tell nothing may be of a list that others tell of. `wanted`: the holders of those, `kinds`: tag and class of theirs, where they have such."""
        if self.cells or self.parent is None:
            return True
        if (tag := self.parent.tag) not in _LISTS:
            return self.parent.mem_id in wanted
        return (tag, self.parent.attributes.get("class")) in kinds or any(of == "div" for of, _ in kinds) or self.parent.mem_id in wanted

    def looked_at(self, *, stamped: bool) -> None:
        """Find out at once for all rows whether they may state a day. `stamped`: attributes of the page may."""
        # One look at the first row tells that a list states dates, one at the parent that menus, which are most of a page's rows, state none. A few rows are
        # looked at themselves: what holds them may hold the whole page.
        few = stamped or self.cells or self.parent is None or len(self.rows) <= _FEW
        self.dated = few or may_state_date(self.rows[0].text(separator=" ")) or (self.parent is not None and may_hold_dates(self.parent.text(separator=" ")))

    def may_take_turns(self, rows: Rows) -> bool:
        """Whether the rows are titles alone, between which the days may stand."""
        first = self.rows[0]
        return not self.cells and len(self.rows) > 1 and first.tag in _TITLES and " ".join(first.text().split()) == rows[first.mem_id][1][0][2]


class Found:
    """The rows of a document's links in its order, and the same by their parents.

    `quiet`: menus that were passed by, since none of their rows is an article or may state a day; `read`: those that were not, each with its rows.
    """

    __slots__ = ("bundles", "quiet", "read", "rows")

    def __init__(self, tree: LexborHTMLParser, page: Page, links: LinkCounts, *, passing: bool) -> None:
        self.rows: Rows = {}
        self.quiet: list[Block] = []
        self.read: list[tuple[Block, list[Bundle]]] = []
        bundles: dict[tuple[int, bool], Bundle] = {}
        pieces: Iterable[Piece] = page.pieces if tree is page.tree else [(None, said_in(tree))]
        for block, anchors in pieces:
            if block is None:
                self._add(anchors, page, links, bundles)
            elif passing and block.quiet:
                self.quiet.append(block)
            else:
                before = len(bundles)
                self._add(anchors, page, links, bundles)
                self.read.append((block, list(bundles.values())[before:]))
        self.bundles = list(bundles.values())

    def _add(self, anchors: Iterable[tuple[LexborNode, Said]], page: Page, links: LinkCounts, bundles: dict[tuple[int, bool], Bundle]) -> None:
        rows, absolute = self.rows, page.absolute
        for anchor, said in anchors:
            if (
                (len(said.own) >= 2 or tooltips.names(anchor, said.attributes))
                and (url := absolute(said.href))
                and anchor.tag_id == _A
                and (row := row_of(anchor, links)) is not None
            ):
                if (known := rows.get(key := row.mem_id)) is None:
                    parent, cells = row.parent, row.tag_id == _TR
                    at = key if parent is None else parent.mem_id, cells
                    if (bundle := bundles.get(at)) is None:
                        bundle = bundles[at] = Bundle(parent, cells)
                    bundle.rows.append(row)
                    known = rows[key] = row, [], bundle
                known[1].append((anchor, url, said.own))
                if not known[2].tells and is_article(url):
                    known[2].tells = True

    def learn(self) -> None:
        """Remember which menus are to be passed by, once it is known which rows tell something."""
        for block, bundles in self.read:
            block.quiet = not any(bundle.tells for bundle in bundles)


def _table_of(row: LexborNode) -> int:
    node = row.parent
    while node is not None and node.tag not in ("table", "body"):
        node = node.parent
    # A table with one linked row a table (the layout tables of old sites) is grouped with its like by what holds them.
    if node is not None and node.tag == "table" and len(node.css("tr")) <= 1:
        holder = node.parent
        for _ in range(3):
            holder = holder.parent if holder is not None and holder.parent is not None else holder
        return holder.mem_id if holder is not None else row.mem_id
    return node.mem_id if node is not None else row.mem_id


def _holder(rows: Sequence[LexborNode], parent: LexborNode | None, links: LinkCounts) -> object:
    """What the list of a parent's rows is told by: lists cut into several `ul` of a kind under one parent are one list."""
    if parent is None:
        return rows[0].mem_id
    over = parent.parent
    if parent.tag in _LISTS and over is not None:
        # Pages of a list are also cut by a wrapper each (福建: `div[ms-visible=$showStatic(n)]`).
        if any(name.startswith("ms-") for name in over.attributes) and over.parent is not None:
            return (over.parent.mem_id, parent.tag, parent.attributes.get("class"))
        if len(rows) == 1 and over.tag == "div" and over.parent is not None and (name := over.attributes.get("class")) and links.of(over) == 1:
            return (over.parent.mem_id, over.tag, name)  # a wrapper and a `ul` for each entry
        return (over.mem_id, parent.tag, parent.attributes.get("class"))
    return parent.mem_id
