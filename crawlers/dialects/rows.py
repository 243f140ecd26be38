"""Lists without a system of their own: table rows, `li`, `dl`/`dd` and repeated blocks; also those that stand inside an HTML comment."""

import re
from collections import defaultdict
from datetime import date
from urllib.parse import urlsplit

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.columns import normal
from crawlers.dates import find_dates, list_date, made_on
from crawlers.link import is_article, is_file
from crawlers.listing import Listing, Request
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom, Dialect

_ROW_TAGS = frozenset({"tr", "li", "dd", "dl", "article"})
_BLOCK_TAGS = frozenset({"div", "p", "ul"})
_CHROME = re.compile(r"\b(nav|menu|foot|footer|header|head|top|crumb|bread|sidebar|left|friend|page|pager|pagination|links?)\b|导航", re.IGNORECASE)
_ANCHOR = re.compile(r"<a\b[^<>]*>.*?</a>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_NEXT = re.compile(r"^(下一?页|下页|后一页|next|>|›|»)$", re.IGNORECASE)
_PUBLISHER = ("发布机构", "发布单位", "发文机关", "信息来源", "公开机构", "公开主体")


def read(page: Page, as_of: date) -> Listing | None:
    """The list with the most dated rows; else the largest list of undated articles; None when there is neither."""
    listing = _read_tree(page.tree, page, as_of)
    if listing is None or not listing.newest:
        for comment in _comments(page.source):
            if comment.count("<a") >= 2 and (hidden := _read_tree(LexborHTMLParser(comment), page, as_of)) and hidden.newest:
                return hidden
    return listing


def _comments(source: str) -> list[str]:
    return [body for piece in source.split("<!--")[1:200] for body, end, _ in (piece.partition("-->"),) if end]


def dated_items(page: Page, as_of: date) -> list[Item]:
    """Every dated row of a page, whatever list it stands in (a home page has many)."""
    return [item for mates in _groups(page.tree, page, made_on(page, as_of)).values() for row, item in mates if item.date and not _in_footer(row)]


def _in_footer(row: LexborNode) -> bool:
    node: LexborNode | None = row
    while node is not None:
        if node.tag == "footer" or "foot" in (node.attributes.get("class") or "").lower():
            return True
        node = node.parent
    return False


def _read_tree(tree: LexborHTMLParser, page: Page, as_of: date) -> Listing | None:
    as_of = made_on(page, as_of)
    groups = _groups(tree, page, as_of)
    if linkless := _linkless_rows(tree, page, as_of):
        groups["linkless"] = linkless
    best = max(groups.values(), key=lambda mates: _weight(mates, page), default=[])
    if not best or _weight(best, page) <= 0:
        return None
    table = best[0][0].tag == "tr"
    items = _with_publishers([row for row, _ in best], [item for _, item in best]) if table else [item for _, item in best]
    keep = [item for item in items if item.date or is_article(item.url) or is_file(item.url) or not any(other.date for other in items)]
    rival = max((item.date for mates in groups.values() if mates is not best and not _in_chrome(mates[0][0]) for _, item in mates if item.date), default=None)
    return Listing(Dialect.TABLE if table else Dialect.LIST, tuple(keep), _next(page), rival=rival)


def _groups(tree: LexborHTMLParser, page: Page, as_of: date) -> dict[object, list[tuple[LexborNode, Item]]]:
    groups: dict[object, list[tuple[LexborNode, Item]]] = defaultdict(list)
    links = _LinkCounts()
    rows: dict[int, tuple[LexborNode, list[tuple[LexborNode, str, str]]]] = {}
    for anchor in tree.css("a[href]"):
        url = page.absolute(anchor.attributes.get("href") or "")
        shown = " ".join(anchor.text().split())
        if url and len(shown) >= 2 and (row := _row(anchor, links)) is not None:
            rows.setdefault(row.mem_id, (row, []))[1].append((anchor, url, shown))
    holders: dict[int, object] = {}
    for row, anchors in rows.values():
        parent = row.parent
        at = parent.mem_id if parent is not None else row.mem_id
        if at not in holders or row.tag != "tr":
            holders[at] = _table_of(row) if row.tag == "tr" else _holder(row)
        groups[holders[at]] += [(row, item) for item in _items(row, anchors, as_of)]
    return groups


def _weight(mates: list[tuple[LexborNode, Item]], page: Page) -> float:
    seen = sum(1 for _, item in mates if item.date_from is DateFrom.LIST)
    stated = sum(1 for _, item in mates if item.date_from is DateFrom.URL)
    if seen or stated > 1:
        return seen * 100 + stated * 5 + len(mates) - (50 if _in_chrome(mates[0][0]) else 0)
    articles = sum(1 for _, item in mates if is_article(item.url) and urlsplit(item.url).netloc == urlsplit(page.url).netloc)
    return 0 if _in_chrome(mates[0][0]) or articles < max(1, len(mates) / 2) else articles


class _LinkCounts:
    """How many links a node holds, counted once a node: pages with thousands of rows ask again and again."""

    def __init__(self) -> None:
        self._known: dict[int, int] = {}

    def of(self, node: LexborNode) -> int:
        """Links below a node."""
        if node.mem_id not in self._known:
            self._known[node.mem_id] = len(node.css("a"))
        return self._known[node.mem_id]


def _row(anchor: LexborNode, links: _LinkCounts) -> LexborNode | None:
    node, block = anchor.parent, None
    for _ in range(5):
        if node is None or node.tag in ("body", "html"):
            break
        if node.tag in _ROW_TAGS:
            return node.parent if node.tag == "dd" and node.parent is not None and links.of(node.parent) == 1 else node
        if node.tag in _BLOCK_TAGS and links.of(node) <= 2:
            block = node
        node = node.parent
    return block


def _items(row: LexborNode, anchors: list[tuple[LexborNode, str, str]], as_of: date) -> list[Item]:
    """The entries of one row: one, dated by what stands beside it; or, where a row holds several links and several dates, one for each link with the date next to it."""
    anchor, url, shown = anchors[0]
    text = row.text(separator=" ")
    if len({address for _, address, _ in anchors}) > 1 and len(find_dates(text, as_of)) > 1:
        return _split(row, anchors, as_of)
    title = _title(anchor, shown)
    beside = text.replace(anchor.text(separator=" "), " ", 1)
    if not _has_date(beside) and _has_date(anchor.text(separator=" ")[len(title) :]):
        beside = anchor.text(separator=" ")
    stated = list_date(beside, url if is_article(url) else "", as_of)
    return [Item(url, title, stated[0] if stated else None, stated[1] if stated else None)]


def _split(row: LexborNode, anchors: list[tuple[LexborNode, str, str]], as_of: date) -> list[Item]:
    between = [" ".join(_TAG.sub(" ", piece).split()) for piece in _ANCHOR.split(row.html or "")]
    first = 0 if find_dates(between[0], as_of) else 1  # the date stands before its link, or after it
    order = [node.mem_id for node in row.css("a")]
    found = []
    for anchor, url, shown in anchors:
        at = order.index(anchor.mem_id) + first if anchor.mem_id in order else len(between)
        stated = list_date(between[at], "", as_of) if at < len(between) else None
        found.append(Item(url, _title(anchor, shown), stated[0] if stated else None, stated[1] if stated else None))
    return found


def _title(anchor: LexborNode, shown: str) -> str:
    stated = (anchor.attributes.get("title") or "").strip()
    if stated and (len(stated) >= 4 or stated == shown):
        return stated.split("\n")[0].strip()
    first = anchor.css_first("span, p, h3, h4")
    inner = " ".join(first.text().split()) if first is not None else ""
    return inner if len(inner) >= 6 else shown


def _has_date(text: str) -> bool:
    return bool(re.search(r"\d{1,4}\s*[-/.年月]\s*\d{1,2}|[〇○零一二三四五六七八九]{4}年", text))


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


def _holder(row: LexborNode) -> object:
    """Lists cut into several `ul` of a kind under one parent are one list."""
    parent = row.parent
    if parent is None:
        return row.mem_id
    over = parent.parent
    if parent.tag in ("ul", "dl") and over is not None:
        # Pages of a list are also cut by a wrapper each (福建: `div[ms-visible=$showStatic(n)]`).
        if any(name.startswith("ms-") for name in over.attributes) and over.parent is not None:
            return (over.parent.mem_id, parent.tag, parent.attributes.get("class"))
        return (over.mem_id, parent.tag, parent.attributes.get("class"))
    return parent.mem_id


def _linkless_rows(tree: LexborHTMLParser, page: Page, as_of: date) -> list[tuple[LexborNode, Item]]:
    found = []
    for row in tree.css("tr"):
        cells = row.css("td")
        if len(cells) < 3 or row.css_first("a[href], table") is not None:
            continue
        texts = [" ".join(cell.text().split()) for cell in cells]
        days = [days[0] for text in texts if len(text) < 30 and (days := find_dates(text, as_of))]
        title = max(texts, key=len)
        if days and len(title) >= 6:
            found.append((row, Item(page.url, title, days[-1], DateFrom.LIST)))
    return found


def _in_chrome(row: LexborNode) -> bool:
    node: LexborNode | None = row
    while node is not None:
        attributes = node.attributes or {}
        if node.tag in ("nav", "header", "footer") or _CHROME.search(
            f"{attributes.get('class') or ''} {attributes.get('id') or ''}".replace("_", " ").replace("-", " ")
        ):
            return True
        node = node.parent
    return False


def _with_publishers(rows: list[LexborNode], items: list[Item]) -> list[Item]:
    table = rows[0].parent
    while table is not None and table.tag != "table":
        table = table.parent
    heads = [normal(cell.text()) for cell in table.css("th")] if table is not None else []
    if not heads and table is not None and (first := table.css_first("tr")) is not None:
        heads = [normal(cell.text()) for cell in first.css("td")]
    column = next((index for index, head in enumerate(heads) if head in _PUBLISHER), None)
    if column is None:
        return items
    named = []
    for row, item in zip(rows, items, strict=True):
        cells = list(row.css("td, th"))
        publisher = " ".join(cells[column].text().split()) if column < len(cells) else ""
        named.append(Item(item.url, item.title, item.date, item.date_from, publisher))
    return named


def _next(page: Page) -> tuple[Request, ...]:
    for link in page.links:
        if any(_NEXT.match(name) for name in link.names) and link.url != page.url:
            return (Request(link.url),)
    return ()
