"""广东 gkmlpt (政府信息公开目录管理平台), one for the whole province: a Vue shell with `window._CONFIG = {SID: '755001', TREE: [{"id", "name", "children"}], …}`.

Told by `_CONFIG` with `SID` and `TREE`. A column is a fragment (`/gkmlpt/index#480`), its rows are `/gkmlpt/api/all/480?page=1&sid=755001` with
`{"articles": [{"title", "url", "created_at", "display_publish_time", "date", "publisher", "is_expired", "is_abolished"}], "classify": {"post_count": 12}}`.
`date` is 成文日期 and does not date the publication. The tree is the platform's only menu.
"""

import re
from datetime import date
from urllib.parse import urlsplit

from crawlers.dialects import interface
from crawlers.dialects.script import json_at
from crawlers.link import Link
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

_SID = re.compile(r"""\bSID['"]?\s{0,8}:\s{0,8}['"]?(\w{1,20})""")
_TREE = re.compile(r"""\bTREE['"]?\s{0,8}:\s{0,8}(?=\[)""")
_PLATFORM = re.compile(r"^(.*?/gkmlpt)(?:/|$)")
_DATES = ("displaypublishtime", "firstpublishtime", "publishtime", "createdat")
_NODES = 3_000
_DEPTH = 12


def sources(page: Page) -> tuple[Request, ...]:
    """The rows of the column that the address's fragment names; those of the whole directory for the directory's own page."""
    if (config := _config(page)) is None or not (platform := _platform(page)):
        return ()
    parts = urlsplit(page.url)
    if re.fullmatch(r"\d{1,12}", parts.fragment):
        category = parts.fragment
    elif not parts.fragment and parts.path.rstrip("/").endswith(("/gkmlpt", "/gkmlpt/index")):
        category = "0"
    else:
        return ()
    return (Request(f"{platform}/api/all/{category}?page=1&sid={config}", None, Dialect.GKMLPT, page.url),)


def answer(request: Request, page: Page, as_of: date, shown_on: Page | None) -> Listing:
    """`{"articles": […], "classify": {"post_count": 12}}`."""
    return interface.listing(request, page, as_of, shown_on=shown_on, names=_DATES)


def tree_links(page: Page) -> tuple[Link, ...]:
    """The columns of the tree as links; those that lead elsewhere (`jump_url`) with the address they lead to."""
    platform = _platform(page)
    if _config(page) is None or not platform or (start := _TREE.search(page.source)) is None:
        return ()
    tree = json_at(page.source, start.end())
    found: list[Link] = []
    waiting: list[tuple[object, int]] = [(tree, 0)]
    while waiting and len(found) < _NODES:
        node, depth = waiting.pop(0)
        if isinstance(node, list):
            waiting[:0] = [(child, depth) for child in node[:_NODES]]
        if not isinstance(node, dict):
            continue
        name, number, elsewhere = node.get("name"), str(node.get("id")), node.get("jump_url")
        if isinstance(name, str) and name.strip():
            url = page.absolute(elsewhere) if isinstance(elsewhere, str) and elsewhere.strip() else f"{platform}/index#{number}" if number.isdigit() else ""
            if url:
                found.append(Link((" ".join(name.split()),), url))
        if depth < _DEPTH:
            waiting[:0] = [(node.get("children"), depth + 1)]
    return tuple(found)


def _config(page: Page) -> str | None:
    if not page.holds("_CONFIG") or not _TREE.search(page.source):
        return None
    stated = _SID.search(page.source)
    return stated[1] if stated else None


def _platform(page: Page) -> str:
    parts = urlsplit(page.url)
    held = _PLATFORM.match(parts.path)
    return f"{parts.scheme}://{parts.netloc}{held[1]}" if held else ""
