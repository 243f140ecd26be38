"""开普云 (UCAP), found in 甘肃, 四川, 海南, 江西, 新疆 and at ministries: static lists `common_list.shtml`, `zwgklist.shtml`, or rows from an interface.

Told by `/common/search/{channel}?_isJson=true…` (also `/searchList/{channel}`, `/search/{channel}`) in a script, whole or put together from a channel id; the static
kind by `createPageHTML('page_div', 10, 1, 'zwgklist', 'shtml', 200)`: pages, current from 1, page 2 is `zwgklist_2.shtml`. Lists may stand in an HTML comment.
The answer: `{"data": {"results": [{"title", "url": "//host/…", "publishedTimeStr", "publishedTime"}], "total": 3197, "page": 1, "rows": 18}}`.
"""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urljoin, urlsplit

from crawlers.dialects import interface, paging, rows
from crawlers.dialects.script import inline
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

_API = re.compile(
    r"""['"]((?:https?:)?/{0,2}[\w.:/-]{0,120}/(?:common/search|searchList|search)/)(?:([\w-]{8,64})(\?[^'"\s<>]{0,400})?)?(['"])(\s{0,4}\+\s{0,4}([\w.$]{1,60}))?"""
)
_NAMED = re.compile(r"""\b(?:channelid|channel_id|chnlid)['"]?\s{0,8}[:=]\s{0,8}['"]([\w-]{8,64})['"]""", re.IGNORECASE)
_PAGER = re.compile(
    r"""createPageHTML\(\s{0,4}['"][\w#.-]{1,40}['"]\s{0,4},\s{0,4}(\d{1,5})\s{0,4},\s{0,4}(\d{1,5})\s{0,4},\s{0,4}['"]([\w-]{1,60})['"]\s{0,4},\s{0,4}['"](\w{1,8})['"]"""
)
_SIZE = re.compile(r"_pageSize=['\"]?\s{0,4}\+?\s{0,4}['\"]?(\d{1,4})")
_QUERY = {"_isAgg": "true", "_isJson": "true", "_pageSize": "18", "_template": "index", "page": "1"}


def sources(page: Page) -> tuple[Request, ...]:
    """The interface, when an inline script calls it."""
    if not page.holds("_isJson", "/common/search/", "searchList/"):
        return ()
    text = inline(page)
    found = []
    for match in _API.finditer(text):
        if "_isJson" not in text[match.start() : match.end() + 400]:
            continue
        channel = match[2] or (_channel(page, text) if match[5] else "")
        if channel and (address := page.absolute(match[1] + channel)):
            stated = dict(parse_qsl((match[3] or "").lstrip("?"), keep_blank_values=True))
            size = _SIZE.search(text[match.start() : match.end() + 400])
            query = _QUERY | ({"_pageSize": size[1]} if size else {}) | {name: value for name, value in stated.items() if value and name != "page"}
            found.append(Request(f"{address}?{urlencode(query)}", None, Dialect.UCAP, page.url))
    return tuple(dict.fromkeys(found))[:2]


def read(page: Page, as_of: date) -> Listing | None:
    """A static list; None when the page has no pager of this kind."""
    call = _PAGER.search(page.source) if page.holds("createPageHTML") else None
    if call is None:
        return None
    pages, current, name, extension = int(call[1]), max(1, int(call[2])), call[3], call[4]
    listing = rows.read(page, as_of) or Listing(Dialect.UCAP, ())
    last = min(pages, current + paging.LIMIT)
    more = tuple(Request(urljoin(page.url, f"{name}_{number}.{extension}")) for number in range(current + 1, last + 1))
    return replace(listing, dialect=Dialect.UCAP, more=more, hidden=pages > last)


def answer(request: Request, page: Page, as_of: date, shown_on: Page | None) -> Listing:
    """`{"data": {"results": […], "total": 3197}}`."""
    return interface.listing(request, page, as_of, shown_on=shown_on, names=("publishedtimestr", "publishedtime"))


def _channel(page: Page, text: str) -> str:
    """The channel that a script puts into the address: a variable of the page, its metadata, a hidden field, or its own address's parameter."""
    named = _NAMED.search(text)
    field = page.tree.css_first("input[id*=hannel], input[name*=hannel]")
    asked = {name.lower(): value for name, value in parse_qsl(urlsplit(page.url).query)}
    stated = (
        named[1] if named else "",
        page.meta_of("channelid"),
        (field.attributes.get("value") or "") if field is not None else "",
        asked.get("channelid", ""),
    )
    return next((one for one in stated if re.fullmatch(r"[\w-]{8,64}", one)), "")
