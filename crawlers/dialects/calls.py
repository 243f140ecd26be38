"""Rows that a page's own script fetches from one literal address of its host: a `.json` beside the page, or an interface with its whole query.

Told by `$.getJSON('./list.json', …)`, `$.get`, `$.ajax({url: …})`, `fetch`, `axios`, `XMLHttpRequest.open('GET', …)`, or a constant that ends in `.json`. Nothing is put together
from variables, nothing is posted, and of several such addresses none is chosen. Only an answer with dated rows counts: what else it may be is not understood, never empty.
"""

import re
from datetime import date
from urllib.parse import parse_qsl, urlsplit

from crawlers.dialects import answer as answers
from crawlers.dialects import interface, paging
from crawlers.dialects.answer import Answer
from crawlers.dialects.entry import Row, lowered, title
from crawlers.dialects.guess import row_of, rows_of
from crawlers.dialects.script import inline
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect

_HINTS = (".json", "getJSON(", ".get(", ".ajax(", "fetch(", "axios", "XMLHttpRequest")
_LITERAL = r"""\s{0,20}(['"])(?P<url>[^'"\s<>\\]{2,500})\1(?!\s{0,9}\+)"""
# Each begins with a character: that a word begins there is looked at after it is found, which takes a tenth of the time.
_CALLS = (
    re.compile(r"(?:\$\.get(?:JSON)?|jQuery\.get(?:JSON)?|f(?<=\bf)etch|a(?<=\ba)xios(?:\.get)?)\s?\(" + _LITERAL),
    re.compile(r"\.open\(\s{0,9}['\"]GET['\"]\s{0,9}," + _LITERAL, re.IGNORECASE),
    re.compile(r"u(?<=\bu)rl['\"]?\s{0,9}:" + _LITERAL),
)
_CONSTANT = re.compile(r"""(['"])(?P<url>[^'"\s<>\\]{1,300}\.json(?:\?[^'"\s<>\\]{0,200})?)\1(?!\s{0,9}\+)""")
_SENT = re.compile(r"\b(?:type|method)['\"]?\s{0,9}:\s{0,9}['\"]post|\bdata['\"]?\s{0,9}:\s{0,9}(?!null)[\w${\[]|\bbody['\"]?\s{0,9}:", re.IGNORECASE)
"""A call that sends more than its address says."""
_OTHER = re.compile(
    r"count|hits?\b|click|visit|\bpv\b|\buv\b|stat(?:s|istic)?\b|track|weather|tianqi|aqi|login|session|token|user|captcha|verify|search|suggest|banner|swiper|slide|video|hot|rank|"
    r"menu|nav|tree|column|channel|catalog|lanmu|mulu|dict|config|area|region|map|chart|vote|survey|letter|mail|side|right|recommend|friend|link",
    re.IGNORECASE,
)
_ANSWERED = re.compile(r"function|=>|\.then\(|\.done\(")
_DETAIL = re.compile(r"""(['"])([^'"\s<>]{1,200}[?&][\w-]{1,30}=)\1\s{0,4}\+\s{0,4}[\w$.\[\]]{1,60}\.(\w{1,40})\b(?!\s{0,4}\+\s{0,4}['"][&?])""")
"""Where a script makes an entry's address: a literal, and the field that is put behind it."""
_NEAR = 80
_CALL = 300


def sources(page: Page) -> tuple[Request, ...]:
    """The one address; empty when scripts state none, or several."""
    if not page.holds(*_HINTS):
        return ()
    text = inline(page)
    found = set()
    for pattern in _CALLS if ".json" not in text else (*_CALLS, _CONSTANT):
        for match in pattern.finditer(text):
            rest, before = text[match.end() : match.end() + _CALL], text[max(0, match.start() - _NEAR) : match.start()]
            if not before.rstrip().endswith("+") and not _SENT.search(_ANSWERED.split(rest)[0]) and not _OTHER.search(before + match["url"]):
                found.add(match["url"])
    wanted = {url for value in found if (url := page.absolute(value)) and _is_whole(url) and urlsplit(url).netloc == urlsplit(page.url).netloc}
    return tuple(Request(url, None, Dialect.JSARRAY, page.url) for url in wanted) if len(wanted) == 1 else ()


def answer(request: Request, page: Page, as_of: date, shown_on: Page | None) -> Listing:
    """Dated rows; `unread` for anything else."""
    value = answers.load(page.source)
    found = answers.read(value)
    detail = _DETAIL.search(inline(shown_on)) if shown_on is not None else None
    rows = found.rows or rows_of(value, lambda node: row_of(node) or _numbered(node, detail))
    shown = shown_on or Page(request.base, b"")
    items = answers.items(Answer(rows), shown, as_of) if rows and not found.refused else ()
    if len([item for item in items if item.date]) * 2 <= len(items):
        return interface.unread(request)
    if paging.number(request) is None:
        return Listing(Dialect.JSARRAY, items, hidden=found.total is None or found.total > len(items))
    more, hidden = paging.further(request, len(items), found.total, found.pages)
    return Listing(Dialect.JSARRAY, items, more, hidden=hidden)


def _is_whole(url: str) -> bool:
    parts = urlsplit(url)
    query = parse_qsl(parts.query, keep_blank_values=True)
    return parts.path.endswith(".json") or (bool(query) and all(value for _, value in query))


def _numbered(node: object, detail: re.Match[str] | None) -> Row | None:
    """A row whose address the page's script makes from a number."""
    row = lowered(node) if isinstance(node, dict) else {}
    number = row.get(re.sub(r"[_\-]", "", detail[3]).lower()) if detail is not None else None
    if detail is None or not isinstance(number, (int, str)) or isinstance(number, bool) or not re.fullmatch(r"[\w-]{1,64}", str(number)) or not title(row):
        return None
    return {**row, "url": f"{detail[2]}{number}"}
