"""大汉 (Hanweb) 信息公开目录: the column page frames `/module/xxgk/search.jsp`, which draws the list (浙江, 吉林, 内蒙古, 大连; also `search_custom.jsp`, `subjectinfo.jsp`).

Told by that address in a frame, in a script or as the page's own. Rows: `<tr><a mc="名称" rq="2020-06-19" wh="文号">` with the date in an attribute of the link;
since 2021 `div.zfxxgk_zdgkc ul li > a + b`. Pages are counted by `currpage`, the same parameters by GET or POST; the page says 第1页/共3页 or `funGoPage('…',3)`.
"""

import re
from dataclasses import replace
from datetime import date
from urllib.parse import urlencode, urlsplit

from selectolax.lexbor import LexborNode

from crawlers.dates import find_dates
from crawlers.dialects import interface, paging, rows
from crawlers.dialects.script import around, inline, pairs, strings
from crawlers.listing import Listing, Request
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom, Dialect

_SEARCH = re.compile(r"/module/xxgk/(?:search|subjectinfo|search_custom)\w{0,20}\.jsp", re.IGNORECASE)
_GAP = r"(?:\s|&nbsp;){0,8}"
_TOTAL_PAGES = re.compile(rf"共{_GAP}(?:<[^<>]{{0,80}}>)?{_GAP}(\d{{1,5}}){_GAP}(?:</[^<>]{{0,20}}>)?{_GAP}页|/{_GAP}(\d{{1,5}}){_GAP}页")
_GO = re.compile(r"funGoPage\(\s{0,4}['\"][^'\"]{0,300}['\"]\s{0,4},\s{0,4}['\"]?(\d{1,5})")
_WANTED = ("infotypeid", "jdid", "area", "divid", "standardxxgk", "isalllist", "sortfield", "vc_title", "vc_number", "webid", "i_id", "texttype", "fbtime")


def sources(page: Page) -> tuple[Request, ...]:
    """The search that a column page frames or calls."""
    if not page.holds("xxgk/") or _SEARCH.search(urlsplit(page.url).path):
        return ()
    framed = [url for url in page.frames if _SEARCH.search(urlsplit(url).path)]
    text = inline(page)
    written = [
        url for value in strings(text, "search.jsp?", "search_custom.jsp?", "subjectinfo.jsp?") if _SEARCH.search(value) and (url := page.absolute(value))
    ]
    called = []
    if not framed and not written and (match := _SEARCH.search(text)):
        near = pairs(around(text, match[0]))
        form = tuple((name, near[name.lower()]) for name in ("infotypeId", "jdid", "area", "divid", "standardXxgk", "isAllList") if name.lower() in near)
        if near.get("infotypeid"):
            called = [Request(page.absolute(match[0]), (*form, ("currpage", "1")), Dialect.XXGK, page.url)]
    return tuple(dict.fromkeys((*(Request(url, None, Dialect.XXGK, page.url) for url in (*framed, *written)), *called)))[:2]


def answer(request: Request, page: Page, as_of: date, shown_on: Page | None) -> Listing:
    """The HTML that `search.jsp` gives."""
    del shown_on  # it is a page of its own: its addresses resolve against itself
    return _listing(request, page, as_of) or interface.unread(request)


def read(page: Page, as_of: date) -> Listing | None:
    """A search's own page, opened as such; also any page whose links carry their date in `rq`."""
    if not _SEARCH.search(urlsplit(page.url).path):
        others = (one for block, anchors in page.pieces if block is None for one in anchors)  # no link of a menu that is known bears a day
        marked = [anchor for anchor, said in others if "rq" in said.attributes and said.href and anchor.tag == "a"]
        return Listing(Dialect.XXGK, tuple(_marked(marked, page, as_of))) if marked else None
    return _listing(Request(page.url, None, Dialect.XXGK, page.url), page, as_of)


def _listing(request: Request, page: Page, as_of: date) -> Listing | None:
    marked = [anchor for anchor in page.tree.css("a[rq]") if anchor.attributes.get("href")]
    plain = None if marked else rows.read(page, as_of)
    items = tuple(_marked(marked, page, as_of)) if marked else plain.items if plain is not None else ()
    if not items:
        listing = interface.of_html(request, page.source, as_of, shown_on=page, turn="currpage")
        return listing if listing.empty else None
    pages = _pages(page)
    more, hidden = paging.further(_complete(request, page), len(items), None, pages if pages is not None else 1, "currpage")
    return Listing(Dialect.XXGK, items, more, hidden=hidden)


def _marked(anchors: list[LexborNode], page: Page, as_of: date) -> list[Item]:
    found = []
    for anchor in anchors:
        url = page.absolute(anchor.attributes.get("href") or "")
        name = (anchor.attributes.get("mc") or anchor.attributes.get("title") or "").strip() or " ".join(anchor.text().split())
        days = find_dates(anchor.attributes.get("rq") or "", as_of)
        if url and name:
            found.append(Item(url, name, days[0] if days else None, DateFrom.LIST if days else None))
    return found


def _pages(page: Page) -> int | None:
    stated = [int(match[1] or match[2]) for match in _TOTAL_PAGES.finditer(page.source[:1_000_000])]
    stated += [int(match[1]) for match in _GO.finditer(page.source[:1_000_000])]
    return max(stated, default=None)


def _complete(request: Request, page: Page) -> Request:
    """The request with what it asked for: a page of an old search keeps its parameters in hidden fields and not in its address."""
    if request.data is not None or paging.fields(request).get("infotypeid"):
        return request
    kept = {node.attributes.get("name") or "": node.attributes.get("value") or "" for node in page.tree.css("input[type=hidden]")}
    kept = {name: value for name, value in kept.items() if name.lower() in _WANTED}
    parts = urlsplit(request.url)
    return replace(request, url=parts._replace(query="&".join(part for part in (parts.query, urlencode(kept)) if part)).geturl()) if kept else request
