"""A row whose fields bear names of its site's own: which constant is the title, which the address, which the day."""

import re

from crawlers.dialects import answer as answers
from crawlers.dialects.entry import Row
from crawlers.dialects.when import has_date
from crawlers.link import is_address

_TAG = re.compile(r"<[^<>]{0,200}>")
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
