"""A row whose fields bear names of its site's own: which constant is the title, which the address, which the day."""

import re
from collections.abc import Callable

from crawlers.dialects import answer as answers
from crawlers.dialects.entry import Row
from crawlers.dialects.when import has_date
from crawlers.link import is_address

_TAG = re.compile(r"<[^<>]{0,200}>")
_DEPTH = 4
_HAN = re.compile(r"[\u4e00-\u9fff]")


def row_of(node: object) -> Row | None:
    """One row: an object that names its fields as interfaces do, else any whose constants tell by themselves what they are; None when they do not."""
    if (row := answers.as_row(node)) is not None:
        return row
    values = [value.strip() for value in (node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()) if isinstance(value, str)]
    url = next((value for value in values if ("." in value or "/" in value) and is_address(value)), "")
    days = [value for value in values if len(value) <= 30 and has_date(value) and value != url]
    named = [text for value in values if value != url and value not in days and _HAN.search(text := _TAG.sub("", value))]
    return {"url": url, "title": max(named, key=len), "pubdate": days[0]} if url and days and named else None


def rows_of(value: object, row: Callable[[object], Row | None] = row_of) -> tuple[Row, ...]:
    """The rows of the largest list in an answer that consists of rows alone. `row`: what makes a row of one entry."""
    best: tuple[Row, ...] = ()
    waiting: list[tuple[object, int]] = [(value, 0)]
    for node, depth in waiting:
        if isinstance(node, list):
            rows = tuple(found for one in node if (found := row(one)) is not None)
            best = rows if len(rows) > len(best) and len(rows) == len(node) else best
        if depth < _DEPTH and isinstance(node, dict):
            waiting += [(child, depth + 1) for child in node.values() if isinstance(child, (dict, list))]
    return best
