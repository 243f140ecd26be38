"""福建's TRS: the first pages of a list stand in `ms-visible="$showStatic(n)"` blocks (avalon), the rest comes from `/fjdzapp/search` by POST (some sites by GET).

Told by `ms-controller="list"` with `showStatic`, or by the search's address in a script, with `channelid` and `classsql` (`chnlid=1780`, also the meta tag `ChnlId`).
The answer: `{"data": [{"doctitle", "docpuburl" or "chnldocurl", "docreltime"}], "pageCount": 7, "count": 97}`, or `docs` instead of `data`.
"""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.dialects import interface, paging, rows
from crawlers.dialects.script import around, inline, pairs, strings
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

PATH = "/fjdzapp/search"
_CLASS = re.compile(r"""classsql['"]?\s{0,8}[:=]\s{0,8}(?:'([^'\n]{1,200})'|"([^"\n]{1,200})")""")
_COUNT = re.compile(r"recordCount['\"]?\s{0,8}[:=]\s{0,8}['\"]?(\d{1,9})", re.IGNORECASE)
_FORM = ("channelid", "sortfield", "classsql", "classcol", "classnum", "classsort", "templet", "cache")


def sources(page: Page) -> tuple[Request, ...]:
    """The search, for a page that holds no static rows."""
    if not page.holds(PATH) or page.tree.css_first("[ms-visible] li a[href], [ms-visible] dl a[href]") is not None:
        return ()
    search = _search(page)
    return (search,) if search is not None else ()


def read(page: Page, as_of: date) -> Listing | None:
    """The static rows of a page, with the search for what follows them."""
    if not page.holds("showStatic", PATH):
        return None
    shown = rows.read(page, as_of)
    if shown is None or not shown.items:
        return None
    stated = _COUNT.search(page.source)
    search, here = _search(page), len(shown.items)
    total = int(stated[1]) if stated else None
    if search is None or (total is not None and total <= here):
        return replace(shown, dialect=Dialect.FJAPI, more=(), hidden=total is None or total > here)
    per_page = paging.size(search) or here
    start = paging.turned(search, here // per_page)
    more, hidden = paging.further(start, per_page, total, None) if here >= per_page else ((search,), False)
    return replace(shown, dialect=Dialect.FJAPI, more=more, hidden=hidden)


def answer(request: Request, page: Page, as_of: date, shown_on: Page | None) -> Listing:
    """`{"data": [{"doctitle": …, "docpuburl": …, "docreltime": …}], "pageCount": 7}`."""
    return interface.listing(request, page, as_of, shown_on=shown_on, names=("docreltime", "pubdate"))


def _search(page: Page) -> Request | None:
    text = inline(page)
    for value in strings(text, PATH + "?"):
        query = dict(parse_qsl(urlsplit(value).query, keep_blank_values=True))
        if query.get("channelid"):
            query = {"page": "1", "prepage": "15"} | query
            return Request(page.absolute(f"{value.split('?')[0]}?{urlencode(query)}"), None, Dialect.FJAPI, page.url)
    if PATH not in text and "channelid" not in text:
        return None
    near = pairs(around(text, "channelid", 1500))
    written = _CLASS.search(text)
    column = page.meta_of("ChnlId") or near.get("chnlid", "")
    wanted = (written[1] or written[2]) if written else f"chnlid={column}" if column.isdigit() else ""
    if not near.get("channelid") or not wanted:
        return None
    near["classsql"] = wanted
    size = next((near[name] for name in ("prepage", "pagesize", "perpage") if near.get(name, "").isdigit()), "15")
    address = page.absolute(next(iter(strings(text, PATH)), PATH))
    form = (*((name, near[name]) for name in _FORM if near.get(name)), ("page", "1"), ("prepage", size))
    if re.search(r"""type['"]?\s{0,4}:\s{0,4}['"]get['"]|\$\.get(?:JSON)?\(""", around(text, PATH), re.IGNORECASE):
        return Request(f"{address.split('?')[0]}?{urlencode(form)}", None, Dialect.FJAPI, page.url)
    return Request(address, form, Dialect.FJAPI, page.url)
