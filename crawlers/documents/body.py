"""The part of a page that is the document: its lines, tables and links, without the site's head, menus and foot."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property, lru_cache

from selectolax.lexbor import LexborNode

from crawlers.anchor import names_of
from crawlers.link import Link
from crawlers.page import Page

PICTURE = "\ufffc"
"""Stands in a line where the page shows a picture: what is drawn there cannot be read."""

_DROPPED = frozenset({"script", "style", "noscript", "template", "head", "nav", "footer", "select", "option", "button", "textarea"})
_INLINE = frozenset({"a", "span", "b", "strong", "i", "em", "font", "u", "small", "label", "sup", "sub", "ins", "del", "o:p", "st1:chsdate"})
_NEVER_CHROME = frozenset({"-text", "body", "td", "tr", "table", "a"})
_CELL = frozenset({"td", "th"})
_COUNTED = frozenset({"h1", "table", *_CELL})
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


class _Element:
    """An element, or a text: its node, tag and text, its parent, its place in the document's order and where what it holds ends."""

    __slots__ = ("at", "end", "node", "over", "tag", "text")

    def __init__(self, node: LexborNode, tag: str, over: "_Element | None", at: int) -> None:
        self.node, self.tag, self.over, self.at, self.end = node, tag, over, at, 0
        self.text = ""


@dataclass(frozen=True, slots=True)
class _Held:
    """What an element holds: characters, main headings, tables, cells; itself does not count."""

    length: int
    headings: int
    tables: int
    cells: int


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
    def _elements(self) -> list[_Element]:
        """Every element and text in the document's order, those within `_DROPPED` left out: one pass without recursion, pages may be nested a hundred thousand deep."""
        root = self.page.tree.body
        found: list[_Element] = []
        stack: list[tuple[LexborNode, _Element | None]] = [(root, None)] if root is not None else []
        push, pop = stack.append, stack.pop
        while stack:
            node, over = pop()
            tag = node.tag or ""
            one = _Element(node, tag, over, len(found))
            found.append(one)
            if tag == "-text":
                one.text = node.text_content or ""
            elif tag not in _DROPPED:
                child = node.last_child
                while child is not None:
                    if not child.is_empty_text_node:  # every other node is white space
                        push((child, one))
                    child = child.prev
        for one in reversed(found):  # the last one that an element holds tells it first where it ends
            if not one.end:
                one.end = one.at + 1
            if one.over is not None and not one.over.end:
                one.over.end = one.end
        return found

    @cached_property
    def _sums(self) -> list[tuple[int, int, int, int]]:
        """What stands before each element, and last before the end: characters, main headings, tables, cells."""
        at = (0, 0, 0, 0)
        sums = []
        for one in self._elements:
            sums.append(at)
            if one.text:
                if length := len(one.text.strip()):
                    at = (at[0] + length, *at[1:])
            elif one.tag in _COUNTED:
                at = (at[0], at[1] + (one.tag == "h1"), at[2] + (one.tag == "table"), at[3] + (one.tag in _CELL))
        return [*sums, at]

    def _held(self, one: _Element) -> _Held:
        before, after = self._sums[one.at + 1], self._sums[one.end]
        return _Held(*(after[number] - before[number] for number in range(4)))

    @cached_property
    def _shown(self) -> tuple[_Element, ...]:
        """The elements and texts of the document in their order, without the site's head, menus and foot."""
        every = self._elements
        whole = self._sums[-1][0]
        kept = []
        number = 0
        while number < len(every):
            one = every[number]
            if one.tag in _DROPPED or (one.tag not in _NEVER_CHROME and self._chrome(one, whole)):
                number = one.end
                continue
            kept.append(one)
            number += 1
        return tuple(kept)

    def _chrome(self, one: _Element, whole: int) -> bool:
        if not (attributes := one.node.attributes):
            return False
        # A wrapper that is called `top` or `links` and holds the article is not chrome.
        named = _chrome_name(attributes.get("class") or "", attributes.get("id") or "")
        if not named:
            return False
        if "foot" in named:
            return True
        held = self._held(one)
        return not (held.headings or held.length >= whole / 2)

    @cached_property
    def marked(self) -> tuple[str, ...]:
        """Lines with `PICTURE` where pictures stand."""
        lines: list[str] = []
        at: tuple[_Element | None, _Element | None] = (None, None)
        for one in self._shown:
            if one.tag == "br" or (one.tag in _BLOCKS and at[1] is None and not self._held(one).length):
                at = (None, None)
                continue
            piece = PICTURE if one.tag == "img" else plain(one.text) if one.tag == "-text" else ""
            if not piece or one.over is None:
                continue
            block, cell = self._block(one.over)
            if block is not at[0]:
                lines.append(piece)
            else:
                lines[-1] += ("\t" if cell is not at[1] else "") + piece
            at = (block, cell)
        return tuple(_until_foot([line.strip() for line in lines]))

    def _block(self, one: _Element) -> tuple[_Element, _Element | None]:
        """The block that a text belongs to, and its cell: a short row of a table is one block."""
        block = one
        for _ in range(_CLIMB):
            if block.tag not in _INLINE or block.over is None:
                break
            block = block.over
        over: _Element | None = block
        cell: _Element | None = None
        for _ in range(_CLIMB):
            if over is None or over.tag in ("table", "body"):
                break
            if over.tag in _CELL:
                cell = over
            if over.tag == "tr" and cell is not None:
                held = self._held(over)
                if not held.tables and held.cells <= _CELLS and held.length <= _ROW:
                    return over, cell
                break
            over = over.over
        return block, None

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
        shown = ((one.node, one.node.attributes.get("href") or "") for one in self._shown if one.tag == "a")
        return tuple(Link(names_of(node), url) for node, href in shown if (url := self.page.absolute(href)))

    @cached_property
    def mails(self) -> bool:
        """Whether it offers to write an e-mail."""
        return any(one.tag == "a" and (one.node.attributes.get("href") or "").lower().startswith("mailto:") for one in self._shown)

    @cached_property
    def frames(self) -> bool:
        """Whether part of it is shown by a frame or an embedded viewer."""
        return any(one.tag in ("iframe", "frame", "embed", "object") for one in self._shown)

    @cached_property
    def pictures(self) -> bool:
        """Whether it shows pictures."""
        return any(one.tag == "img" for one in self._shown)

    @cached_property
    def tables(self) -> tuple[Table, ...]:
        """Tables that hold no tables of their own."""
        found = []
        for table in (one.node for one in self._shown if one.tag == "table" and not self._held(one).tables):
            rows = [tuple(plain(cell.text(separator=" ")) for cell in row.css("td, th")) for row in table.css("tr")[:_ROWS]]
            found.append(Table(tuple(row for row in rows if row)))
        return tuple(found)


@lru_cache(2)
def body_of(page: Page) -> Body:
    """The document on a page, the same one for all that read it one after the other."""
    return Body(page)


@lru_cache(4096)
def _chrome_name(kind: str, name: str) -> str:
    """What an element of a class and id is called, where that is what heads, menus and feet are called; else empty."""
    named = " ".join(_CAMEL.sub("-", one).lower() for one in (kind, name))[:_NAMED]
    return named if _CHROME.search(named) else ""


def _until_foot(lines: list[str]) -> list[str]:
    """Without the lines of a foot that is not marked as one: from the first that names 备案 or 主办单位, in the last third, to the end."""
    late = len(lines) * 2 // 3
    first = next((number for number, line in enumerate(lines) if number >= late and len(line) < 200 and _FOOT.search(line)), len(lines))
    return [line for line in lines[:first] if line and not (len(line) < 200 and _FOOT.search(line))]
