"""Rows in the JSON of a list interface, whatever it calls them: `{"data": {"results": [{"title": …, "url": …, "publishedTimeStr": …}], "total": 48}}`.

Covers plain JSON, JSONP (`cb({…})`), rows wrapped in `source`, `_source` or `data`, JSON that carries the list as HTML (`data.html`), ISO instants and epoch
seconds or milliseconds. What an interface refuses (`success: false`, `code: 500`) and what holds nothing that looks like rows is not understood, not empty.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from crawlers.dialects.entry import Row, address, dated, lowered, published, publisher, title, validity
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom

_WRAP = re.compile(r"^[\w$.]{1,80}\s{0,8}\(")
_GOOD = frozenset({"200", "0", "00000", "0000", "000000", "success", "ok", "true"})
_STATUS = ("code", "status", "errcode", "resultcode", "statuscode", "errorcode")
_LISTS = ("results", "rows", "list", "docs", "articles", "records", "data", "items", "datalist")
_OTHER_LISTS = ("resultdocs", "infolist", "resultdatalist", "result", "hits", "content", "infos", "pagelist")
_ROWS = frozenset((*_LISTS, *_OTHER_LISTS))
_TOTAL = ("total", "totalcount", "recordcount", "totalrecord", "totalrecords", "totalelements", "totalhits", "totalnum", "numfound", "postcount", "count")
_PAGES = ("pagecount", "totalpage", "totalpages", "pages", "pagetotal")
_WRAPPERS = ("source", "data", "fields", "doc", "article", "info")
_NODES = 20_000
_DEPTH = 8


@dataclass(frozen=True, slots=True)
class Answer:
    """What an interface said. `rows`: None when it named none; `total`, `pages`: None when not stated; `html`: the list as HTML, None when there is none."""

    rows: tuple[Row, ...] | None
    total: int | None = None
    pages: int | None = None
    html: str | None = None
    refused: bool = False


def load(text: str) -> object | None:
    """The JSON or JSONP of an answer; None when it is neither."""
    text = text.strip().lstrip("\ufeff").strip()
    if wrapped := _WRAP.match(text):
        end = text.rfind(")")
        text = text[wrapped.end() : end] if end > 0 else ""
    if not text.startswith(("{", "[")):
        return None
    try:
        return json.loads(text)  # type: ignore[no-any-return]
    except (ValueError, RecursionError):
        return None


def read(value: object) -> Answer:
    """Rows, totals or HTML of an answer."""
    best: tuple[tuple[bool, int], tuple[Row, ...], list[Row]] | None = None
    empty: list[Row] | None = None
    html: str | None = None
    for name, node, above in _walk(value):
        if isinstance(node, list):
            rows = tuple(row for one in node if (row := as_row(one)) is not None)
            weight = (any(dated(row) for row in rows[:20]), len(rows))
            if rows and (best is None or weight > best[0]):
                best = (weight, rows, above)
            elif not node and name in _ROWS and empty is None:
                empty = above
        elif isinstance(node, str) and html is None and name in ("html", "data", "result", "content") and (not node.strip() or "<" in node):
            html = node
    refused = _refused(value, rows=best is not None)
    if best is not None:
        return Answer(best[1], _number(best[2], _TOTAL), _number(best[2], _PAGES), refused=refused)
    if html is not None and (html.strip() or empty is None):
        above = [lowered(value)] if isinstance(value, dict) else []
        return Answer(None, _number(above, _TOTAL), _number(above, _PAGES), html, refused)
    if empty is not None:
        return Answer((), _number(empty, _TOTAL), _number(empty, _PAGES), refused=refused)
    return Answer(None, refused=refused)


def _walk(value: object) -> Iterator[tuple[str, object, list[Row]]]:
    """Every list and string with its name and the objects above it, breadth first, within bounds."""
    waiting: list[tuple[str, object, list[Row], int]] = [("", value, [], 0)]
    for seen, (name, node, above, depth) in enumerate(waiting):
        if seen > _NODES:
            return
        yield name, node, above
        if depth >= _DEPTH or len(waiting) > _NODES:
            continue
        if isinstance(node, dict):
            own = lowered(node)
            waiting += [(key, child, [own, *above], depth + 1) for key, child in own.items()]
        elif isinstance(node, list) and not any(as_row(one) is not None for one in node[:3]):
            waiting += [(name, child, above, depth + 1) for child in node[:200]]


def as_row(node: object) -> Row | None:
    """One entry of a list: an object with a title and an address, unwrapped."""
    for _ in range(3):
        if not isinstance(node, dict):
            return None
        row = lowered(node)
        if title(row) and address(row):
            return row
        node = next((row[name] for name in _WRAPPERS if isinstance(row.get(name), dict)), None)
    return None


def _refused(value: object, *, rows: bool) -> bool:
    if not isinstance(value, dict):
        return False
    top = lowered(value)
    if top.get("success") is False or str(top.get("success")).lower() == "false":
        return True
    stated = next((str(top[name]).strip().lower() for name in _STATUS if isinstance(top.get(name), (int, str))), "")
    return bool(stated) and stated not in _GOOD and not (rows and stated == "1")


def _number(above: list[Row], names: tuple[str, ...]) -> int | None:
    for node in above:
        spread = [node, *(lowered(child) for child in node.values() if isinstance(child, dict))]
        for name in names:
            for one in spread:
                value = one.get(name)
                if isinstance(value, dict):
                    value = value.get("value")
                if isinstance(value, (int, str)) and not isinstance(value, bool) and re.fullmatch(r"\d{1,9}", str(value).strip()):
                    return int(value)
    return None


def items(answer: Answer, page: Page, as_of: date, names: tuple[str, ...] = ()) -> tuple[Item, ...]:
    """The entries of an answer. `page`: what relative addresses resolve against; `names`: the fields that hold the date, before the usual ones."""
    found = []
    for row in answer.rows or ():
        if url := page.absolute(address(row)):
            stated = published(row, as_of, names)
            found.append(Item(url, title(row), stated, DateFrom.LIST if stated else None, publisher(row), validity=validity(row)))
    return tuple(found)
