"""From the answer of a list interface to a list: rows or HTML, further pages, and whether it is empty or was not understood."""

import re
from dataclasses import replace
from datetime import date

from crawlers.dialects import answer as answers
from crawlers.dialects import paging, rows
from crawlers.dialects.answer import Answer
from crawlers.dialects.guess import rows_of
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

_STATED = re.compile(
    r"共\s{0,4}(\d{1,9})\s{0,4}条|(?:total(?:Count|Records?|Num)?|recordCount|data-total|data-count)['\"]?\s{0,4}[:=]\s{0,4}['\"]?(\d{1,9})", re.IGNORECASE
)
_STATED_PAGES = re.compile(
    r"(?:共|/)\s{0,4}(\d{1,6})\s{0,4}页|(?:totalPages?|pageCount|data-pages?-?count)['\"]?\s{0,4}[:=]\s{0,4}['\"]?(\d{1,6})", re.IGNORECASE
)
_NOTHING = re.compile(r"暂无|没有(找到)?(相关)?(数据|信息|内容|记录)|无相关")


def unread(request: Request) -> Listing:
    """A list that was not had, or whose answer was not understood."""
    return Listing(request.dialect or Dialect.LIST, (), unread=True)


def listing(request: Request, page: Page, as_of: date, *, shown_on: Page | None, names: tuple[str, ...] = (), turn: str = "page") -> Listing:
    """The list in a JSON answer. `names`: fields that hold the date, before the usual ones; `turn`: the parameter that counts pages, when the request has none."""
    value = answers.load(page.source)
    if value is None:
        return unread(request)
    found = answers.read(value)
    if found.refused:
        return unread(request)
    if found.html is not None:
        return of_html(request, found.html, as_of, found, shown_on=shown_on, turn=turn)
    if found.rows is None and (guessed := rows_of(value)):
        found = replace(found, rows=guessed)
    if found.rows is None:
        return unread(request)
    items = answers.items(found, shown_on or Page(request.base, b""), as_of, names)
    if (found.rows and not items) or (not found.rows and (found.total or found.pages) and _is_first(request)):
        return unread(request)
    more, hidden = paging.further(request, len(found.rows), found.total, found.pages, turn)
    return Listing(request.dialect or Dialect.LIST, items, more, hidden=hidden, empty=not found.rows and _is_first(request))


def of_html(request: Request, html: str, as_of: date, stated: Answer | None = None, *, shown_on: Page | None, turn: str = "page") -> Listing:
    """The list in a piece of HTML that an interface gave."""
    if not html.strip():
        return unread(request)
    fragment = Page(shown_on.base if shown_on is not None else request.base, html.encode("utf-8", "replace"), "text/html; charset=utf-8")
    read = rows.read(fragment, as_of)
    items = read.items if read is not None else ()
    total = _number(_STATED, html) if stated is None or stated.total is None else stated.total
    pages = _number(_STATED_PAGES, html) if stated is None or stated.pages is None else stated.pages
    if not items:
        blank = not fragment.links and (not fragment.text.strip() or bool(_NOTHING.search(fragment.text))) and not total
        return Listing(request.dialect or Dialect.LIST, (), empty=blank and _is_first(request), unread=not blank)
    more, hidden = paging.further(request, len(items), total, pages, turn)
    return Listing(request.dialect or Dialect.LIST, items, more, hidden=hidden)


def _is_first(request: Request) -> bool:
    return paging.number(request) in (None, 0, 1)


def _number(pattern: re.Pattern[str], text: str) -> int | None:
    match = pattern.search(text)
    return int(match[1] or match[2]) if match else None
