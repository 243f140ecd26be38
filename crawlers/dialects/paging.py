"""Turning the pages of a list interface: which parameter counts them, and which requests are still to be made."""

import json
import re
from dataclasses import replace
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from crawlers.listing import Request

LIMIT = 50
"""Further pages of one list that are named; a list that is longer was not seen to its end."""
_NAMES = ("page", "pageno", "pagenum", "pageindex", "pagenumber", "currentpage", "currpage", "current", "nowpage", "cp", "p", "pg")
_SIZES = ("pagesize", "_pagesize", "prepage", "perpage", "pagerow", "size", "limit", "rows", "ps")


def fields(request: Request) -> dict[str, str]:
    """All parameters of a request, from its form and its query, names in lower case; what `paramJson` wraps stands beside it."""
    found = {name.lower(): value for name, value in (*parse_qsl(urlsplit(request.url).query, keep_blank_values=True), *(request.data or ()))}
    if wrapped := found.get("paramjson"):
        try:
            inner = json.loads(wrapped)
        except (ValueError, RecursionError):
            inner = None
        if isinstance(inner, dict):
            found |= {str(name).lower(): str(value) for name, value in inner.items()}
    return found


def number(request: Request) -> int | None:
    """The page a request asks for, as it counts them; None when it does not say."""
    given = fields(request)
    return next((int(given[name]) for name in _NAMES if re.fullmatch(r"\d{1,6}", given.get(name, ""))), None)


def size(request: Request) -> int | None:
    """Rows a page, by the request's own word."""
    given = fields(request)
    return next((int(given[name]) for name in _SIZES if re.fullmatch(r"[1-9]\d{0,4}", given.get(name, ""))), None)


def turned(request: Request, page: int, name: str = "page") -> Request:
    """The same request for another page: the parameter that counts pages is set, or `name` is added."""
    if request.data is not None and not _counts(urlsplit(request.url).query):
        return replace(request, data=tuple(_set(list(request.data), page, name)))
    parts = urlsplit(request.url)
    query = _set(parse_qsl(parts.query, keep_blank_values=True), page, name)
    data = None if request.data is None else tuple((key, str(page) if key.lower() in _NAMES else value) for key, value in request.data)
    return replace(request, url=urlunsplit(parts._replace(query=urlencode(query))), data=data)


def _counts(query: str) -> bool:
    return any(key.lower() in _NAMES for key, _ in parse_qsl(query))


def _set(pairs: list[tuple[str, str]], page: int, name: str) -> list[tuple[str, str]]:
    if not any(key.lower() in _NAMES for key, _ in pairs):
        return [*pairs, (name, str(page))]
    return [(key, str(page) if key.lower() in _NAMES else value) for key, value in pairs]


def further(request: Request, here: int, total: int | None, pages: int | None, name: str = "page") -> tuple[tuple[Request, ...], bool]:
    """The requests after this one, and whether rows remain that they do not reach. `here`: rows in this answer; `total`, `pages`: as the answer states them."""
    stated = number(request)
    first = 0 if stated == 0 else 1
    at = first if stated is None else stated
    per_page = size(request) or request.rows or (here if at == first else 0)
    request = replace(request, rows=per_page)
    if total is not None and per_page:
        last = first + -(-total // per_page) - 1
    elif pages is not None:
        last = first + pages - 1
    else:
        return ((turned(request, at + 1, name),) if here else ()), False
    more = tuple(turned(request, page, name) for page in range(at + 1, min(last, at + LIMIT) + 1)) if here else ()
    return more, last > at + LIMIT or (not here and last > at)
