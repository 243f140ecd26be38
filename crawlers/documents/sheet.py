"""A document as lines of text and rows of table cells, whatever its format was; read from HTML here, from Word and PDF beside this file."""

import re
from dataclasses import dataclass, field
from unicodedata import normalize

from selectolax.lexbor import LexborNode

from crawlers.page import Page

ROWS, CELLS, LINES = 5_000, 60, 20_000
"""Rows of tables, cells of a row and lines of text that are read: no report has more."""
_BLOCKS = frozenset(
    {
        "p",
        "div",
        "br",
        "li",
        "tr",
        "td",
        "th",
        "table",
        "tbody",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "section",
        "article",
        "dd",
        "dt",
        "ul",
        "ol",
        "pre",
        "form",
    }
)
_SKIP = frozenset({"script", "style", "noscript", "template", "head", "select", "textarea", "-comment"})
_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_CLIMB = 100
"""Levels between a table and the one that holds it."""
_SPACE = re.compile(r"[\s\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060\ufeff]+")


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell of a table: its text, and how many columns it covers. Cells that are only the continuation of a merged one are left out of a row."""

    text: str
    span: int = 1


Row = tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What was read: `lines` outside tables, `rows` of all tables in the document's order. `wrapped`: the lines are those of a page, not paragraphs.

    `exact`: a row that is not here is not in the document (a PDF may lose one). `note`: in Chinese, why nothing or not all was read.
    """

    source: str
    lines: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    wrapped: bool = False
    exact: bool = True
    note: str = ""
    title: str = ""
    links: tuple[str, ...] = field(default=(), compare=False)

    @property
    def paragraphs(self) -> tuple[str, ...]:
        """The lines, joined where a page broke them: a full line goes on in the next."""
        if not self.wrapped or not self.lines:
            return self.lines
        lengths = sorted(len(line) for line in self.lines)
        full = lengths[len(lengths) * 9 // 10] * 0.85
        joined: list[str] = []
        goes_on = False
        for line in self.lines:
            if goes_on:
                joined[-1] += line
            else:
                joined.append(line)
            goes_on = len(line) >= full
        return tuple(joined)


def squeezed(text: str) -> str:
    """Text without white space, with half-width figures and signs."""
    return _SPACE.sub("", normalize("NFKC", text))


def words(text: str) -> str:
    """Text as it stands, without white space."""
    return _SPACE.sub("", text)


def from_page(page: Page) -> Sheet:
    """An HTML page: rows of its innermost tables, and the text that stands outside the tables that hold data."""
    title = page.meta_of("ArticleTitle") or next((text for css in ("h1", "h2") for node in page.tree.css(css) if "报告" in (text := squeezed(node.text()))), "")
    names = tuple(link.names[0] for link in page.links if link.names)
    body = page.tree.body
    if body is None:
        return Sheet("html", title=title or page.title, links=names)
    walk = _Walk()
    walk.read(body)
    return Sheet("html", tuple(walk.lines[:LINES]), tuple(walk.rows), title=title or page.title, links=names)


class _Walk:
    """One pass over a page, without recursion: hostile pages nest deeply."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.rows: list[Row] = []
        self._line: list[str] = []

    def read(self, body: LexborNode) -> None:
        # Innermost tables with three columns or more hold data; the others only lay the page out.
        outer = _outer(body)
        stack: list[tuple[LexborNode, bool]] = [(body, False)]
        while stack:
            node, closing = stack.pop()
            tag = node.tag
            if closing:
                self._flush()
                continue
            if tag == "-text":
                self._add(node.text_content or "")
                continue
            if tag in _SKIP or (tag not in (None, "body") and _hidden(node)):
                continue
            if tag == "table" and node.mem_id not in outer and (rows := _data(node)) is not None:
                self._flush()
                self.rows.extend(rows[: max(0, ROWS - len(self.rows))])
                continue
            if tag in _BLOCKS:
                self._flush()
                stack.append((node, True))
            child = node.last_child
            while child is not None:
                stack.append((child, False))
                child = child.prev
        self._flush()

    def _add(self, text: str) -> None:
        blank = False
        for number, piece in enumerate(text.splitlines()):
            # A line break of the source is a space, unless the text is laid out by it: empty lines, tabs between figures, headings of their own.
            if number and (blank or "\t" in piece.strip() or _OWN_LINE.match(piece)):
                self._flush()
            blank = not piece.strip()
            self._line.append(piece if not number else f" {piece}")

    def _flush(self) -> None:
        line = re.sub(r"[^\S\t]+", " ", "".join(self._line)).strip(" ")
        self._line.clear()
        if line.strip() and len(self.lines) < LINES:
            self.lines.append(line)


_OWN_LINE = re.compile(r"\s{0,8}(?:[一二三四五六七八九十]{1,3}[、.．]|[(（][一二三四五六七八九十\d]{1,3}[)）]|\d{1,2}[.．、]|\d+(?:\s+\d+){4})")


def _outer(body: LexborNode) -> set[int]:
    """Tables that hold other tables."""
    found = set()
    for table in body.css("table"):
        above = table.parent
        for _ in range(_CLIMB):
            if above is None or above.tag in ("table", "body"):
                break
            above = above.parent
        if above is not None:
            found.add(above.mem_id)
    return found


def _hidden(node: LexborNode) -> bool:
    style = node.attributes.get("style") if node.attributes else None
    return bool(style and _HIDDEN.search(style))


def _data(table: LexborNode) -> list[Row] | None:
    """The rows of an innermost table that holds data; None for one that lays out other content."""
    rows = []
    for node in table.css("tr")[:ROWS]:
        if row := _row(node):
            rows.append(row)
    return rows if max((sum(cell.span for cell in row) for row in rows), default=0) >= 3 else None


def _row(node: LexborNode) -> Row:
    cells: list[Cell] = []
    child = node.child
    while child is not None and len(cells) < CELLS:
        if child.tag in ("td", "th") and not _hidden(child):
            span = (child.attributes.get("colspan") or "1").strip()
            cells.append(Cell(_cell_text(child), min(int(span), CELLS) if span.isascii() and span.isdigit() and span.strip("0") else 1))
        child = child.next
    return tuple(cells)


def _cell_text(node: LexborNode) -> str:
    parts = [one.text_content or "" for one in node.traverse(include_text=True) if one.tag == "-text" and (one.parent is None or one.parent.tag not in _SKIP)]
    return words("".join(parts)[:2_000])
