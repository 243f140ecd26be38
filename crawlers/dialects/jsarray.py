"""Lists that a script writes from constants of the page itself: `urls[i]='…';headers[i]="…";year[i]='2020';month[i]='3';day[i]='5';i++`, or an array of rows.

Told by such assignments (大汉's older columns, e.g. 北京市科委: all rows stand in the page, month and day without zeros), or by `= [{"title": …, "url": …, …}]`, also as scripts
write it (`{title:'…',url:'…'}`), with rows that are lists (`['…', '/a.html', '2026-03-20']`), and row by row (`rows.push({…})`, `rows[0] = […]`).
Nothing is run: constants are read as text.
"""

import json
import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from itertools import islice

from crawlers.dates import list_date
from crawlers.dialects import answer as answers
from crawlers.dialects import pager
from crawlers.dialects.answer import Answer
from crawlers.dialects.entry import address, title
from crawlers.dialects.guess import row_of
from crawlers.dialects.literal import literal_at
from crawlers.listing import Listing
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom, Dialect

_SET = re.compile(r"""\b([A-Za-z_]{2,20})\[[\w+]{1,8}\]\s{0,4}=\s{0,4}(?:'((?:[^'\\\n]|\\.){0,2000})'|"((?:[^"\\\n]|\\.){0,2000})"|(\d{1,8}))""")
_CLOSED = re.compile(r"\]\s{0,4}=")
_ELEMENT = re.compile(r"\b[A-Za-z_]{2,20}\[[\w+]{1,8}\]\Z")
_NAME = 30
"""Characters of an element that is assigned to: `urls[12]`."""
_ARRAY = re.compile(r"(?:=|:|\()\s{0,20}(?=\[\s{0,20}(?:\{\s{0,20}[\"'\w]|\[\s{0,20}[\"'\d]|new\s)|new\s{1,4}Array\s{0,4}\(\s{0,20}(?:\{|\[|new\s))")
_EACH = re.compile(r"(?:\.push\(|\[[\w+]{1,8}\]\s{0,4}=)\s{0,20}(?=\{\s{0,20}[\"'\w]|\[\s{0,20}[\"'\d]|new\s{1,4}Array\s{0,4}\()")
_URLS = ("urls", "url", "links", "link", "hrefs", "href")
_TITLES = ("headers", "header", "titles", "title", "names", "subjects")
_DATES = ("dates", "date", "times", "time", "pubdate", "pubdates", "publishtime")
_ALL = re.compile(r"\b(?:total(?:Count|Records?|Num)?|recordCount)['\"]?\s{0,4}:\s{0,4}['\"]?(\d{1,7})\b")
_TAG = re.compile(r"<[^<>]{0,200}>")
_DECODER = json.JSONDecoder()
_BESIDE = 300
_ARRAYS = 40
_MOST = 5_000
_LONG, _PIECES, _FEW, _ROW = 5, 200_000, 5_000, 200
"""The first arrays of a page may be long; of the others, and of one row, fewer pieces are read."""


def read(page: Page, as_of: date) -> Listing | None:
    """The rows of assignments, else of the largest dated array of objects; None when the scripts hold neither."""
    if not _may_hold(page.source):
        return None
    items, total = _assigned(page, as_of), 0
    if not items:
        items, total = _array(page, as_of)
    return Listing(Dialect.JSARRAY, items, hidden=len(items) >= _MOST or total > len(items) or pager.drawn(page, len(items))) if items else None


def _may_hold(source: str) -> bool:
    """Whether something is assigned to an element, or an array of rows begins. Brackets are few: looking at each costs less than four searches for pairs of signs."""
    if any(rest.startswith(("=", " =")) for rest in source.split("]")[1:]) or ".push(" in source or "new Array(" in source:
        return True
    return any(rest[:40].lstrip()[:1] in ("{", "") for rest in source.split("[")[1:])


def _assigned(page: Page, as_of: date) -> tuple[Item, ...]:
    records: list[dict[str, str]] = [{}]
    for match in _assignments(page.source):
        name, value = match[1].lower(), next(group for group in match.groups()[1:] if group is not None)
        if name in records[-1]:
            if len(records) >= _MOST:
                break
            records.append({})
        records[-1][name] = re.sub(r"\\(.)", r"\1", value)
    found = []
    for record in records:
        url = page.absolute(unescape(next((record[name] for name in _URLS if name in record), "")))
        name = " ".join(unescape(_TAG.sub("", next((record[one] for one in _TITLES if one in record), ""))).split())
        if url and name:
            stated = list_date(_written(record), url, as_of)
            found.append(Item(url, name, stated[0] if stated else None, stated[1] if stated else None))
    return tuple(found)


def _assignments(source: str) -> Iterator[re.Match[str]]:
    """What `_SET` finds in a source. Closing brackets before `=` are few: looking at what stands round each takes a fiftieth of the time of searching all."""
    reached = 0
    for bracket in _CLOSED.finditer(source):
        end = bracket.start() + 1
        if (named := _ELEMENT.search(source, max(reached, end - _NAME), end)) and (match := _SET.match(source, named.start())):
            reached = match.end()
            yield match


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
        read = _value(page.source, match.end(), _PIECES if count < _LONG else _FEW)
        reached = match.end() + (2 if read is not None else 0)
        items = _dated(read[0], page, as_of) if read is not None else ()
        if read is not None and len(items) > len(best):
            best, total = items, _total(page.source, match.start(), read[1])
    if best or (".push(" not in page.source and not _EACH.search(page.source)):
        return best, total
    each = (literal_at(page.source, match.end(), _ROW) for match in islice(_EACH.finditer(page.source), _MOST))
    return _dated([read[0] for read in each if read is not None], page, as_of), 0


def _value(source: str, start: int, most: int) -> tuple[object, int] | None:
    """The value that begins at a place and where it ends, as JSON or as scripts write it; None when a part of it is computed."""
    try:
        return _DECODER.raw_decode(source, start)
    except (RecursionError, ValueError):
        return literal_at(source, start, most)


def _dated(value: object, page: Page, as_of: date) -> tuple[Item, ...]:
    """The entries of a list of rows, where most of them have a day; empty otherwise."""
    if not isinstance(value, list):
        return ()
    rows = tuple(row for row in map(row_of, value[:_MOST]) if row is not None)
    if len(rows) < 2 or not all(title(row) and address(row) for row in rows):
        return ()
    items = answers.items(Answer(rows), page, as_of)
    dated = sum(1 for item in items if item.date_from is DateFrom.LIST)
    return items if dated > len(items) / 2 else ()


def _total(source: str, start: int, end: int) -> int:
    """The number of all rows as it stands within the object that holds an array of them."""
    around = source[max(0, start - _BESIDE) : start], source[end : end + _BESIDE]
    return max((int(match[1]) for text in around for match in _ALL.finditer(text)), default=0)
