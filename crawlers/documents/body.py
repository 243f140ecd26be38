"""The part of a page that is the document: its lines, tables and links, without the site's head, menus and foot."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.link import Link, names_of
from crawlers.page import Page

PICTURE = "\ufffc"
"""Stands in a line where the page shows a picture: what is drawn there cannot be read."""

_DROPPED = frozenset({"script", "style", "noscript", "template", "head", "nav", "footer", "select", "option", "button", "textarea"})
_INLINE = frozenset({"a", "span", "b", "strong", "i", "em", "font", "u", "small", "label", "sup", "sub", "ins", "del", "o:p", "st1:chsdate"})
_BLOCKS = frozenset({"div", "p", "ul", "hr", "iframe"})
"""Where one of these stands empty between two texts they are two lines all the same."""
_CHROME = re.compile(
    r"(?:^|[\s_-])(?:header|head|top|topbar|nav|navbar|navigation|menu|leftmenu|submenu|side|sidebar|foot|footer|bottom|copyright|crumb|crumbs|breadcrumb|position|"
    r"dqwz|weizhi|friend|friendlink|links|yqlj|search|share|bdsharebuttonbox|toolbar|pager|pagination|pagebar)(?:$|[\s_-])"
)
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_FOOT = re.compile(r"ICP备|公网安备|网站标识码|版权所有|主办单位|^主办[:：]|^承办[:：]")
_SPACED = re.compile(r"(?<![一-龥])[一-龥](?: [一-龥](?![一-龥]))+")
_CELLS = 12
_ROW = 600
_CLIMB = 12
_NAMED = 200
_ROWS = 5000


def plain(text: str) -> str:
    """Full-width letters, digits and punctuation as half-width, white space as single spaces, none between spaced-out characters (「传　真」)."""
    text = " ".join((text if unicodedata.is_normalized("NFKC", text) else unicodedata.normalize("NFKC", text)).split())
    return _SPACED.sub(lambda match: match[0].replace(" ", ""), text) if " " in text else text


@dataclass(frozen=True, slots=True)
class Table:
    """Cells as text, row by row; merged cells stand once."""

    rows: tuple[tuple[str, ...], ...]


@dataclass(slots=True)
class _Holds:
    """Of an element: characters of text, whether a main heading stands in it, and how many tables and cells."""

    length: int = 0
    heading: bool = False
    tables: int = 0
    cells: int = 0

    def add(self, tag: str, other: "_Holds") -> None:
        """Count a child in."""
        self.length += other.length
        self.heading = self.heading or other.heading or tag == "h1"
        self.tables += other.tables + (tag == "table")
        self.cells += other.cells + (tag in ("td", "th"))


class Body:
    """The document on a page. Texts are in half-width (`plain`); cells of a table row are one line, separated by tabs."""

    def __init__(self, page: Page) -> None:
        self.page = page

    @cached_property
    def title(self) -> str:
        """The document's title as the page states it."""
        heading = self.page.tree.css_first("h1")
        return plain(self.page.meta_of("ArticleTitle") or (heading.text() if heading is not None else "") or self.page.title)

    @cached_property
    def _tree(self) -> LexborHTMLParser:
        """The page's document, held on to: what is counted by node holds for this parsing of it only."""
        return self.page.tree

    @cached_property
    def _holds(self) -> dict[int, "_Holds"]:
        """What every element holds, counted in one pass: pages may be nested a hundred thousand deep."""
        found: dict[int, _Holds] = {}
        root = self._tree.body
        stack: list[tuple[LexborNode, LexborNode | None, bool]] = [(root, None, False)] if root is not None else []
        while stack:
            node, over, done = stack.pop()
            above = found.get(over.mem_id) if over is not None else None
            if node.tag == "-text":
                if above is not None:
                    above.length += len((node.text_content or "").strip())
            elif not done:
                found[node.mem_id] = _Holds()
                stack.append((node, over, True))
                if node.tag not in _DROPPED:
                    stack.extend((child, node, False) for child in node.iter(include_text=True))
            elif above is not None:
                above.add(node.tag or "", found[node.mem_id])
        return found

    @cached_property
    def nodes(self) -> tuple[LexborNode, ...]:
        """Nodes of the document in their order, texts included."""
        body = self._tree.body
        return tuple(self._walk(body)) if body is not None else ()

    def _walk(self, root: LexborNode) -> Iterator[LexborNode]:
        whole = self._holds[root.mem_id].length
        stack = [root]
        while stack:
            node = stack.pop()
            if node.tag in _DROPPED or (node.tag not in ("-text", "body", "td", "tr", "table", "a") and self._chrome(node, whole)):
                continue
            yield node
            if node.tag != "-text":
                stack.extend(reversed(list(node.iter(include_text=True))))

    def _chrome(self, node: LexborNode, whole: int) -> bool:
        attributes = node.attributes
        named = " ".join(_CAMEL.sub("-", attributes.get(name) or "").lower() for name in ("class", "id"))[:_NAMED]
        if not named.strip() or not _CHROME.search(named):
            return False
        holds = self._holds.get(node.mem_id, _Holds())
        # A wrapper that is called `top` or `links` and holds the article is not chrome.
        return "foot" in named or not (holds.heading or holds.length >= whole / 2)

    @cached_property
    def marked(self) -> tuple[str, ...]:
        """Lines with `PICTURE` where pictures stand."""
        lines: list[str] = []
        at: tuple[int, int] = (-1, -1)
        for node in self.nodes:
            if node.tag == "br" or (node.tag in _BLOCKS and not at[1] and not self._holds[node.mem_id].length):
                at = (-1, -1)
                continue
            piece = PICTURE if node.tag == "img" else plain(node.text_content or "") if node.tag == "-text" else ""
            if not piece or (parent := node.parent) is None:
                continue
            block, cell = self._block(parent)
            if block != at[0]:
                lines.append(piece)
            else:
                lines[-1] += ("\t" if cell != at[1] else "") + piece
            at = (block, cell)
        return tuple(_until_foot([line.strip() for line in lines]))

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """What a reader reads, one line a paragraph or table row."""
        return tuple(line for line in (marked.replace(PICTURE, "").strip() for marked in self.marked) if line)

    @cached_property
    def text(self) -> str:
        """All lines."""
        return "\n".join(self.lines)

    @cached_property
    def links(self) -> tuple[Link, ...]:
        """Links of the document."""
        found = []
        for node in self.nodes:
            if node.tag == "a" and (url := self.page.absolute(node.attributes.get("href") or "")):
                found.append(Link(names_of(node), url))
        return tuple(found)

    @cached_property
    def mails(self) -> bool:
        """Whether it offers to write an e-mail."""
        return any(node.tag == "a" and (node.attributes.get("href") or "").lower().startswith("mailto:") for node in self.nodes)

    @cached_property
    def frames(self) -> bool:
        """Whether part of it is shown by a frame or an embedded viewer."""
        return any(node.tag in ("iframe", "frame", "embed", "object") for node in self.nodes)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Tables that hold no tables of their own."""
        found = []
        for table in (node for node in self.nodes if node.tag == "table" and not self._holds[node.mem_id].tables):
            rows = [tuple(plain(cell.text(separator=" ")) for cell in row.css("td, th")) for row in table.css("tr")[:_ROWS]]
            found.append(Table(tuple(row for row in rows if row)))
        return tuple(found)

    def _block(self, node: LexborNode) -> tuple[int, int]:
        """The block that a text belongs to, and its cell: a short row of a table is one block."""
        block: LexborNode = node
        for _ in range(_CLIMB):
            if block.tag not in _INLINE or block.parent is None:
                break
            block = block.parent
        over: LexborNode | None = block
        cell = 0
        for _ in range(_CLIMB):
            if over is None or over.tag in ("table", "body"):
                break
            if over.tag in ("td", "th"):
                cell = over.mem_id
            if over.tag == "tr" and cell:
                holds = self._holds.get(over.mem_id, _Holds())
                if not holds.tables and holds.cells <= _CELLS and holds.length <= _ROW:
                    return over.mem_id, cell
                break
            over = over.parent
        return block.mem_id, 0


def _until_foot(lines: list[str]) -> list[str]:
    """Without the lines of a foot that is not marked as one: from the first that names 备案 or 主办单位, in the last third, to the end."""
    late = len(lines) * 2 // 3
    first = next((number for number, line in enumerate(lines) if number >= late and len(line) < 200 and _FOOT.search(line)), len(lines))
    return [line for line in lines[:first] if line and not (len(line) < 200 and _FOOT.search(line))]
