"""大汉 (Hanweb) jpaas, since 2022 or so (宁波, 烟台, 江西, many ministries): the column page names a building unit, whose HTML comes as JSON.

Told by `<script src="…/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit" querydata="{'pageType':'column','tagId':'列表',…}">`, by that address
written out in a script, or (江西) by `loadPageData({unitid, webSiteCode, channelCode})`, whose rows come from a POST to `/queryList`. Pages are counted inside
`paramJson`. Article addresses hold only the year (`/col/col1638/art/2026/art_<32 hex>.html`), so that a date comes from the row or the article.
"""

import json
import re
from datetime import date
from html import unescape
from urllib.parse import parse_qsl, urlencode, urlsplit

from crawlers.dialects import interface, paging
from crawlers.dialects.script import around, inline, pairs, plain, strings
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

UNIT = "/front/page/build/unit"
_NEEDED = ("webId", "pageId", "tplSetId", "tagId")
_KNOWN = ("parseType", "webId", "tplSetId", "pageType", "tagId", "editType", "pageId", "paramJson", "unitUrl", "unitId")
_LIKELY = re.compile(r"列表|list|分页|信息|内容|栏目|zw|page", re.IGNORECASE)
_UNLIKELY = re.compile(r"导航|头部|底部|位置|菜单|轮播|图片|nav|head|foot|menu|banner|crumb", re.IGNORECASE)
_SIZE = 15


def sources(page: Page) -> tuple[Request, ...]:
    """The units of a column page that may be its list, likeliest first."""
    if not page.holds("unitbuild", UNIT, "loadPageData", "queryList"):
        return ()
    found = [one for one in (*_tags(page), *_written(page)) if one[1].get("pageType", "column") == "column"]
    found.sort(key=lambda one: (bool(_UNLIKELY.search(one[1].get("tagId", ""))), not _LIKELY.search(one[1].get("tagId", ""))))
    units = [Request(f"{url}?{urlencode(query)}", None, Dialect.JPAAS, page.url) for url, query in found]
    return tuple(dict.fromkeys((*units[:2], *_query_list(page))))


def answer(request: Request, page: Page, as_of: date, shown_on: Page | None) -> Listing:
    """`{"success": true, "data": {"html": "<ul>…"}}` or `{"data": {"results": [{"source": {"title", "pubDate", "urls": {"pc"}}}]}}`."""
    if UNIT not in request.url:
        return interface.listing(request, page, as_of, shown_on=shown_on, turn="current")
    listing = interface.listing(_bare(request), page, as_of, shown_on=shown_on)
    return Listing(
        Dialect.JPAAS,
        listing.items,
        tuple(_turned(request, one, len(listing.items)) for one in listing.more),
        listing.hidden,
        empty=listing.empty,
        unread=listing.unread,
    )


def _tags(page: Page) -> list[tuple[str, dict[str, str]]]:
    found = []
    for node in page.tree.css("script[querydata]"):
        query = _object(node.attributes.get("querydata") or "")
        url = page.absolute(node.attributes.get("url") or "/api-gateway/jpaas-publish-server/front/page/build/unit")
        if url and query:
            found.append((url, query))
    return found


def _written(page: Page) -> list[tuple[str, dict[str, str]]]:
    """The unit's address with its parameters in one string, or beside them in a script."""
    text = inline(page)
    found = []
    for value in strings(text, UNIT):
        url = page.absolute(value)
        query = dict(parse_qsl(urlsplit(url).query, keep_blank_values=True))
        if all(query.get(name) for name in ("webId", "pageId")):
            found.append((url.split("?")[0], query))
    if found or UNIT not in text:
        return found
    near = pairs(around(text, UNIT))
    query = {name: plain(near[name.lower()]) for name in _KNOWN if near.get(name.lower())}
    if not all(query.get(name) for name in _NEEDED):
        return []
    address = next((page.absolute(value) for value in re.findall(r"[\w:/.-]{0,200}" + UNIT, around(text, UNIT))), "")
    return [(address, {"parseType": "bulidstatic", "pageType": "column"} | query)] if address else []


def _object(text: str) -> dict[str, str]:
    """`{'webId':'52','tagId':'列表'}`, single or double quotes."""
    text = unescape(text)
    try:
        value = json.loads(text)
    except (ValueError, RecursionError):
        wanted = {name.lower(): name for name in _KNOWN}
        return {wanted[name]: plain(found) for name, found in pairs(text).items() if name in wanted}
    return {str(name): child if isinstance(child, str) else json.dumps(child) for name, child in value.items()} if isinstance(value, dict) else {}


def _query_list(page: Page) -> list[Request]:
    text = inline(page)
    near = pairs(around(text, "loadPageData", 0)) if "loadPageData" in text else pairs(around(text, "queryList"))
    unit, site, channel = (near.get(name) or near.get(f"{name}[]") or "" for name in ("unitid", "websitecode", "channelcode"))
    if not unit or not channel:
        return []
    address = page.absolute(next(iter(strings(text, "/queryList")), "/queryList"))
    form = (("current", "1"), ("unitid", unit), ("webSiteCode[]", site), ("channelCode[]", channel), ("perPage", near.get("perpage") or str(_SIZE)))
    return [Request(address, form, Dialect.JPAAS, page.url)]


def _bare(request: Request) -> Request:
    """The unit's request as if its page stood in the query: what is counted inside `paramJson` is counted like any other."""
    given = paging.fields(request)
    count = {"page": given.get("pageno", "1")} | ({"pageSize": given["pagesize"]} if given.get("pagesize") else {})
    return Request(f"{request.url.split('?')[0]}?{urlencode(count)}", None, Dialect.JPAAS, request.base)


def _turned(request: Request, bare: Request, here: int) -> Request:
    parts, given = urlsplit(request.url), paging.fields(request)
    size = given.get("pagesize") or str(here)  # the first page is as long as the unit's own setting says
    query = {name: value for name, value in parse_qsl(parts.query, keep_blank_values=True) if name not in ("paramJson", "pageNo", "pageSize")}
    query["paramJson"] = json.dumps({"pageNo": paging.number(bare), "pageSize": size}, separators=(",", ":"))
    return Request(parts._replace(query=urlencode(query)).geturl(), None, Dialect.JPAAS, request.base)
