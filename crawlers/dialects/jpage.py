"""大汉 (Hanweb) jpage (江苏, 浙江, 山东, 甘肃; the system before jpaas): records as CDATA inside the column page, further ones from `dataproxy.jsp`.

Told by `<record>` or `<datastore>` in the source, or by a `dataproxy.jsp` address with `columnid` and `unitid` where the page holds no record yet. Both GET and POST
are answered: the range stands in the query, the column's parameters in the form. Articles: `/art/2026/3/5/art_COL_ID.html`, month and day without zeros.
"""

import re
from datetime import date
from itertools import islice
from urllib.parse import parse_qsl, urlencode, urlsplit

from selectolax.lexbor import LexborHTMLParser

from crawlers.dates import list_date
from crawlers.dialects.entries import title_of
from crawlers.dialects.paging import fields as fields_of
from crawlers.dialects.when import has_date
from crawlers.listing import Listing, Request
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import Dialect

_MORE = 50
_FIRST = 45
_TOTAL = re.compile(r"<totalrecord>\s*(\d{1,9})|totalRecord\s*[:=]\s*['\"]?(\d{1,9})", re.IGNORECASE)
_PER_PAGE = re.compile(r"perPage\s*[:=]\s*['\"]?(\d{1,5})|<perpage>\s*(\d{1,5})", re.IGNORECASE)
_MARKS = ("<record>", "<data")
"""What a record or a datastore begins with: no `s`, which a pattern also finds where a page says `ſ`."""
_STORE, _RECORD, _END = (re.compile(tag, re.IGNORECASE) for tag in ("<datastore", "<record>", "</record>"))
_PROXY = re.compile(r"['\"]([^'\"]*dataproxy\.jsp[^'\"]*)['\"]")
_FIELD = re.compile(r"\b(col|columnid|unitid|webid|webname|path|sourceContentType|permissiontype|appid)['\"]?\s*[:=]\s*['\"]?([^'\"&,\s}]+)", re.IGNORECASE)


def read(page: Page, as_of: date) -> Listing | None:
    """Records of a column page or of a `dataproxy.jsp` answer; None when the page has neither records nor a datastore."""
    if not page.may_hold(*_MARKS):
        return None
    records = _records(page.source)
    if not records and not _STORE.search(page.source):
        return None
    items = [item for record in records if (item := _item(record, page, as_of))]
    totals = _TOTAL.search(page.source)
    total = int(totals[1] or totals[2]) if totals else len(records)
    more = _more(page, len(records), total) if "dataproxy.jsp" not in page.url else ()
    return Listing(
        Dialect.JPAGE, tuple(items), more, empty=bool(totals) and total == 0, hidden=total > len(records) and not more and "dataproxy.jsp" not in page.url
    )


def sources(page: Page) -> tuple[Request, ...]:
    """The proxy, for a column page that holds no record itself."""
    if not page.holds("dataproxy.jsp") or "dataproxy.jsp" in page.url or _records(page.source):
        return ()
    proxy = _PROXY.search(page.source)
    fields = {name.lower(): value for name, value in _FIELD.findall(page.source)}
    if proxy is None or not fields.get("columnid") or not fields.get("unitid") or not (address := page.absolute(proxy[1].split("+")[0])):
        return ()
    per_page = _PER_PAGE.search(page.source)
    size = min(_FIRST, int(per_page[1] or per_page[2]) * 3 or _FIRST) if per_page else _FIRST
    span = {"startrecord": "1", "endrecord": str(size), "perpage": str(size)}
    url = f"{address}{'&' if '?' in address else '?'}{urlencode(span)}"
    return (Request(url, tuple(sorted(fields.items())), Dialect.JPAGE, page.url),)


def answer(request: Request, page: Page, as_of: date, shown_on: Page | None) -> Listing:
    """A `<datastore>` with its `<totalrecord>`; the ranges that follow are asked for in the same way."""
    records, stated = _records(page.source), _TOTAL.search(page.source)
    items = tuple(item for record in records if (item := _item(record, shown_on or Page(request.base, b""), as_of)))
    total = int(stated[1] or stated[2]) if stated else None
    if not _STORE.search(page.source) or (not items and total != 0):
        return Listing(Dialect.JPAGE, (), unread=True)
    given = fields_of(request)
    start, size = (int(given.get(name, "1")) if given.get(name, "1").isdigit() else 1 for name in ("startrecord", "perpage"))
    at, here = start + len(records), max(1, size)
    more: list[Request] = []
    while total is not None and at <= total and len(more) < _MORE:
        span = {"startrecord": str(at), "endrecord": str(min(at + here - 1, total)), "perpage": str(here)}
        kept = [(name, value) for name, value in parse_qsl(urlsplit(request.url).query) if name not in span]
        more.append(Request(f"{request.url.split('?')[0]}?{urlencode([*kept, *span.items()])}", request.data, Dialect.JPAGE, request.base))
        at += here
    return Listing(Dialect.JPAGE, items, tuple(more), hidden=total is not None and at <= total, empty=total == 0)


def _records(source: str) -> list[str]:
    """The content of each `<record>`, read by splitting: a page cannot make it take long."""
    found = []
    for piece in _RECORD.split(source)[1:]:
        body, *end = _END.split(piece, maxsplit=1)
        if end:
            found.append(body.strip().removeprefix("<![CDATA[").removesuffix("]]>"))
    return found


def _item(record: str, page: Page, as_of: date) -> Item | None:
    tree = LexborHTMLParser(record)
    anchor = tree.css_first("a[href]")
    if anchor is None:
        return None
    url = page.absolute(anchor.attributes.get("href") or "")
    shown = " ".join(anchor.text().split())
    title = (anchor.attributes.get("title") or "").strip() or title_of(anchor, shown)
    body = tree.body
    beside = body.text(separator=" ").replace(anchor.text(separator=" "), " ", 1) if body else ""
    if not has_date(beside):
        beside = anchor.text(separator=" ").replace(title, " ", 1)
    found = list_date(beside, url, as_of)
    return Item(url, title, found[0] if found else None, found[1] if found else None)


def _more(page: Page, here: int, total: int) -> tuple[Request, ...]:
    proxy = _PROXY.search(page.source)
    if total <= here or not proxy or not here:
        return ()
    fields = {name.lower(): value for name, value in _FIELD.findall(page.source)}
    per_page = _PER_PAGE.search(page.source)
    size = max(here, int(per_page[1] or per_page[2]) * 3 if per_page else 0)
    requests = []
    for start in islice(range(here + 1, total + 1, size), _MORE):
        span = {"startrecord": str(start), "endrecord": str(min(start + size - 1, total)), "perpage": per_page[1] or per_page[2] if per_page else str(size)}
        url = page.absolute(proxy[1])
        requests.append(Request(f"{url}{'&' if '?' in url else '?'}{urlencode(span)}", tuple(sorted(fields.items()))))
    return tuple(requests)
