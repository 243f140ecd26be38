"""Lists that are XML: RSS and Atom feeds, and tables of a system's own with an element for each entry."""

from datetime import date
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException, ElementTree  # type: ignore[import-untyped]

from crawlers.dates import made_on
from crawlers.dialects import answer as answers
from crawlers.dialects import entry
from crawlers.listing import Listing
from crawlers.page import Page
from crawlers.status import Dialect

_BEGINS = ("<?xml", "<rss", "<feed", "<rdf:")
_MARKUP = ("<html", "<!doctype html")
_LEAST, _MOST = 2, 5_000
_FIELDS = 60


def read(page: Page, as_of: date) -> Listing | None:
    """The entries of a feed; None for any other page, and where fewer than two elements of one kind bear title, address and day."""
    start = page.source[:400].lstrip("\ufeff \t\r\n").lower()
    if not start.startswith(_BEGINS) or any(mark in start for mark in _MARKUP):
        return None
    source = page.source.lstrip("\ufeff \t\r\n")
    body = source.partition("?>")[2] if source[:5].lower() == "<?xml" else source  # text is no longer in the encoding that it states
    try:
        root: Element = ElementTree.fromstring(body.strip())
    except (ParseError, DefusedXmlException, ValueError):
        return None
    kinds: dict[tuple[int, str], list[entry.Row]] = {}
    for at, over in enumerate(root.iter()):
        for node in over:
            if 2 <= len(node) <= _FIELDS and (row := _row(node)):
                kinds.setdefault((at, node.tag), []).append(row)
    rows = max((rows for rows in kinds.values() if any(entry.dated(row) for row in rows)), key=len, default=[])
    if len(rows) < _LEAST:
        return None
    items = answers.items(answers.Answer(tuple(rows[:_MOST])), page, made_on(page, as_of))
    return Listing(Dialect.LIST, items, hidden=True)  # a feed holds the newest alone


def _row(node: Element) -> entry.Row | None:
    """The fields of an entry by their names without prefixes, in lower case; None when it has no title or address."""
    row: entry.Row = {}
    for child in node:
        name = child.tag.rpartition("}")[2].replace("_", "").lower()
        row.setdefault(name, (child.text or "").strip() or (child.get("href") or ""))
    if said := row.get("published") or row.get("updated"):
        row.setdefault("pubdate", said)
    return row if entry.title(row) and entry.address(row) else None
