"""Lists that a script writes from constants of the page itself: `urls[i]='…';headers[i]="…";year[i]='2020';month[i]='3';day[i]='5';i++`, or an array of objects as JSON.

Told by such assignments (大汉's older columns, e.g. 北京市科委: all rows stand in the page, month and day without zeros), or by `= [{"title": …, "url": …, …}]`.
Nothing is run: constants are read as text.
"""

import json
import re
from datetime import date
from html import unescape

from crawlers.dates import list_date
from crawlers.dialects import answer as answers
from crawlers.dialects import pager
from crawlers.dialects.answer import Answer
from crawlers.dialects.entry import address, title
from crawlers.dialects.script import json_at
from crawlers.listing import Listing
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom, Dialect

_SET = re.compile(r"""\b([A-Za-z_]{2,20})\[[\w+]{1,8}\]\s{0,4}=\s{0,4}(?:'((?:[^'\\\n]|\\.){0,2000})'|"((?:[^"\\\n]|\\.){0,2000})"|(\d{1,8}))""")
_ARRAY = re.compile(r"(?:=|:|\()\s{0,20}(?=\[\s{0,20}\{\s{0,20}\")")
_URLS = ("urls", "url", "links", "link", "hrefs", "href")
_TITLES = ("headers", "header", "titles", "title", "names", "subjects")
_DATES = ("dates", "date", "times", "time", "pubdate", "pubdates", "publishtime")
_ALL = re.compile(r"\b(?:total(?:Count|Records?|Num)?|recordCount)['\"]?\s{0,4}:\s{0,4}['\"]?(\d{1,7})\b")
_BESIDE = 300
_ARRAYS = 40
_MOST = 5_000


def read(page: Page, as_of: date) -> Listing | None:
    """The rows of assignments, else of the largest dated array of objects; None when the scripts hold neither."""
    if not _may_hold(page.source):
        return None
    items, total = _assigned(page, as_of), 0
    if not items:
        items, total = _array(page, as_of)
    return Listing(Dialect.JSARRAY, items, hidden=len(items) >= _MOST or total > len(items) or pager.drawn(page, len(items))) if items else None


def _may_hold(source: str) -> bool:
    """Whether something is assigned to an element, or an array of objects begins. Brackets are few: looking at each costs less than four searches for pairs of signs."""
    return any(rest.startswith(("=", " =")) for rest in source.split("]")[1:]) or any(rest.startswith(("{", " {")) for rest in source.split("[")[1:])


def _assigned(page: Page, as_of: date) -> tuple[Item, ...]:
    records: list[dict[str, str]] = [{}]
    for match in _SET.finditer(page.source):
        name, value = match[1].lower(), next(group for group in match.groups()[1:] if group is not None)
        if name in records[-1]:
            if len(records) >= _MOST:
                break
            records.append({})
        records[-1][name] = re.sub(r"\\(.)", r"\1", value)
    found = []
    for record in records:
        url = page.absolute(unescape(next((record[name] for name in _URLS if name in record), "")))
        name = " ".join(unescape(re.sub(r"<[^<>]{0,200}>", "", next((record[one] for one in _TITLES if one in record), ""))).split())
        if url and name:
            stated = list_date(_written(record), url, as_of)
            found.append(Item(url, name, stated[0] if stated else None, stated[1] if stated else None))
    return tuple(found)


def _written(record: dict[str, str]) -> str:
    year, month, day = (record.get(name, "").strip() for name in ("year", "month", "day"))
    if year.isdigit() and month.isdigit() and day.isdigit():
        return f"{year}-{month}-{day}"
    return next((record[name] for name in _DATES if name in record), "")


def _array(page: Page, as_of: date) -> tuple[tuple[Item, ...], int]:
    """The rows of the largest dated array, and how many there are in all by the word of what stands round it; 0 when it does not say."""
    best: tuple[Item, ...] = ()
    total = reached = 0
    for count, match in enumerate(_ARRAY.finditer(page.source)):
        if count >= _ARRAYS:
            break
        if match.start() < reached:
            continue
        value = json_at(page.source, match.end())
        rows = tuple(row for row in map(answers.as_row, value) if row is not None) if isinstance(value, list) else ()
        reached = match.end() + (2 if value is not None else 0)
        if len(rows) >= 2 and all(title(row) and address(row) for row in rows):
            items = answers.items(Answer(rows), page, as_of)
            dated = sum(1 for item in items if item.date_from is DateFrom.LIST)
            if dated > len(items) / 2 and len(items) > len(best):
                best, total = items, _total(page.source, match.start(), value)
    return best, total


def _total(source: str, start: int, rows: object) -> int:
    """The number of all rows as it stands within the object that holds an array of them."""
    end = start + len(json.dumps(rows, ensure_ascii=False))
    around = source[max(0, start - _BESIDE) : start], source[end : end + _BESIDE]
    return max((int(match[1]) for text in around for match in _ALL.finditer(text)), default=0)
