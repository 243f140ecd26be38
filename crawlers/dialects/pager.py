"""The pager under a list: the pages after this one, and whether it says that there are some which no address leads to."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from urllib.parse import urlsplit

from selectolax.lexbor import LexborNode

from crawlers.dialects import turner
from crawlers.link import Link
from crawlers.listing import Request
from crawlers.marks import Words, has_alike
from crawlers.page import Page

_DRESS = re.compile(r"[\s\[\]【】()（）<>〈〉《》«»›‹→▶＞＜]")
_NEXT = frozenset({"下一页", "下页", "后一页", "后页", "下一頁", "下頁", "next", "nextpage"})
_LAST = frozenset({"尾页", "末页", "最后一页", "最后页", "尾頁", "末頁"})
_NEXT_OF = ('rel="next', "rel='next", "rel=next")
_ARROWS = frozenset({">", "›", "»"})
_IMAGE = re.compile(r"next|xiayiye|xiaye", re.IGNORECASE)
_TOTAL = re.compile(r"共有?\s{0,3}(\d{1,5})\s{0,3}页|总页数\s{0,2}[：:]?\s{0,2}(\d{1,5})|(?<![\d/])\d{1,4}\s{0,3}/\s{0,3}(\d{1,4})\s{0,3}页")
_OF = re.compile(r"(?:页次[：:]?|第)?\s{0,3}(\d{1,4})\s{0,3}/\s{0,3}(\d{1,4})\s{0,3}页?|page\s{1,3}(\d{1,4})\s{1,3}of\s{1,3}(\d{1,4})", re.IGNORECASE)
_PAGE = re.compile("页")
_REACH = 24
"""Characters on either side of 页 within which a pager says how many there are: the rest of a page need not be searched."""
_CURRENT = re.compile(r"第\s{0,3}(\d{1,5})\s{0,3}页|(?<![\d/])(\d{1,4})\s{0,3}/\s{0,3}\d{1,4}\s{0,3}页")
_ROWS = re.compile(r"共有?\s{0,3}(\d{1,6})\s{0,3}(?:条|篇)")
_DEAD = re.compile(r"disab|\bcurrent\b|\bno-?more\b", re.IGNORECASE)
_COUNTED = re.compile(
    r"""\b(?:totalPages?|total_page|pageCount|page_count|countPage|pageTotal|pagesTotal|logicTotalPage|totalPageCount)['"]?\s{0,4}[:=]\s{0,4}(?:parseInt\(\s?)?['"]?(\d{1,5})\b"""
    r"""|['"]pages['"]\s{0,2}:\s{0,2}(\d{1,5})\b""",
    re.IGNORECASE,
)
_RECORDS = re.compile(
    r"""\b(?:totalCount|total_count|recordCount|recordTotal|listCount|dataTotal|totalRecords?|total(?=['"]?\s{0,4}:))['"]?\s{0,4}[:=]\s{0,4}(?:parseInt\(\s?)?['"]?(\d{1,7})\b""",
    re.IGNORECASE,
)
_SIZED = re.compile(r"""\btotal['"]?\s{0,4}:\s{0,4}['"]?(\d{1,7})['"]?\s{0,4},\s{0,8}['"]?(?:page_?size|per_?page)\b""", re.IGNORECASE)
_COUNTS = Words(
    ("total", "pagecount", "page_count", "countpage", "pagetotal", "pages", "logictotalpage", "recordcount", "recordtotal", "listcount", "datatotal")
)
"""With one of them begins whatever those three patterns find, but for a quotation mark before it."""
_TURNS = re.compile(r"\b(?:page_?size|per_?page|per_?size|page_?num|page_?index|page_?no|current_?page|cur_?page|curr_?page)\b", re.IGNORECASE)
_NEAR = 300
_ATTRIBUTES = ("pagecount", "totalpage", "totalpages", "data-pagecount", "data-page-count", "data-totalpage", "data-total-pages")
_MARKS = ("pagecount", "page-count", "totalpage", "total-page")
"""What is written where an element bears one of those attributes, or a name that holds `pageCount`."""
_FIELDS = ", ".join(f"input[{where}*={name} i]" for where in ("id", "name") for name in _MARKS)
_MOST = 50


def after(page: Page, here: int) -> tuple[tuple[Request, ...], bool]:
    """The pages after this one in order, and whether more is said to be there than they reach. `here`: rows on this page."""
    turning = [link for link in page.links if _may_turn(link.names)]
    if found := _linked(page, turning) or _numbered(page, turning) or _related(page):
        return found, False
    pages, current = _stated(page)
    if pages is not None:
        return (), pages > current
    total = max((int(match[1]) for match in _ROWS.finditer(page.text)), default=0)
    return (), total > here or _clicked(page) or drawn(page, here) or turner.turns(page, here)


def drawn(page: Page, here: int) -> bool:
    """Whether a pager that a script draws has more pages than this one, or counts more rows than stand here: where those pages are it does not say in a way that is read."""
    script = page.inline_scripts
    for at in _beginnings(script):
        if (match := _COUNTED.match(script, at)) and int(match[1] or match[2]) > 1:
            return True
        if (match := _RECORDS.match(script, at)) and int(match[1]) > here and _TURNS.search(script[max(0, at - _NEAR) : match.end() + _NEAR]):
            return True
        if (match := _SIZED.match(script, at)) and int(match[1]) > here:
            return True
    if page.may_hold(*_MARKS):
        stated = [node.attributes.get(name) or "" for node in page.tree.css(", ".join(f"[{name}]" for name in _ATTRIBUTES)) for name in _ATTRIBUTES]
        stated += [node.text()[:20].strip() for node in page.tree.css("[class*=pageCount], [id*=pageCount]")]
        stated += [(node.attributes.get("value") or "").strip() for node in page.tree.css(_FIELDS)]
        if any(value.isdigit() and len(value) <= 5 and int(value) > 1 for value in stated):
            return True
    return any(_may_end(link.names) and link.url != page.url and _beside(link.url, page.url) for link in page.links)


def _beginnings(script: str) -> Iterable[int]:
    """Where in a script something may be counted: looking there only takes a hundredth of the time of searching all of it."""
    if has_alike(script):
        return (match.start() for pattern in (_COUNTED, _RECORDS, _SIZED) for match in pattern.finditer(script))
    places = _COUNTS.places(script.encode("ascii", "replace"))
    return (start for at in places for start in (at, at - 1) if start == at or script[max(0, start) : at] in ("'", '"'))


@lru_cache(8192)
def _may_turn(names: tuple[str, ...]) -> bool:  # the menus of a site say the same on every page
    """Whether a link may lead to another page of a list: it is called 下一页, or by a number first."""
    return any(map(is_next, names)) or (bool(names) and _is_number(names[0]))


@lru_cache(8192)
def _may_end(names: tuple[str, ...]) -> bool:
    """Whether a link may lead to the last page of a list."""
    return any(map(_is_last, names))


def _is_last(name: str) -> bool:
    return ("页" in name or "頁" in name) and _DRESS.sub("", name) in _LAST


def is_next(name: str) -> bool:
    """Whether a name is that of the link to the next page, however it is dressed."""
    return len(name) <= 16 and _is_next(name)


@lru_cache(8192)
def _is_next(name: str) -> bool:  # the menus of a site say the same on every page
    return name in _ARROWS or _DRESS.sub("", name).lower() in _NEXT


def _linked(page: Page, turning: Sequence[Link]) -> tuple[Request, ...]:
    for link in turning:
        for name in link.names:
            if is_next(name) and link.url != page.url:
                return (Request(link.url),)
    for image in page.tree.css("a[href] img[src]"):
        anchor = image.parent
        source = (image.attributes.get("src") or "").rsplit("/", 1)[-1]
        if anchor is not None and anchor.tag == "a" and _IMAGE.search(source[:60]) and not anchor.text().strip():
            url = page.absolute(anchor.attributes.get("href") or "")
            if url and url != page.url and _beside(url, page.url):
                return (Request(url),)
    return ()


def _related(page: Page) -> tuple[Request, ...]:
    """The page that the document itself relates as its next."""
    node = page.tree.css_first("link[rel~=next][href], a[rel~=next][href]") if page.may_hold(*_NEXT_OF) else None
    url = page.absolute(node.attributes.get("href") or "") if node is not None else ""
    return (Request(url),) if url and url != page.url else ()


def _numbered(page: Page, turning: Sequence[Link]) -> tuple[Request, ...]:
    """Numbers alone: those after the one that is missing among them or leads to this very page."""
    numbers: dict[int, str] = {}
    for link in turning:
        if _is_number(link.text) and _beside(link.url, page.url):
            numbers.setdefault(int(link.text), link.url)
    current = next((number for number, url in numbers.items() if url == page.url), 0)
    current = current or next(number for number in range(1, len(numbers) + 2) if number not in numbers)
    if current > 1 and current - 1 not in numbers:
        return ()
    return tuple(Request(numbers[number]) for number in sorted(numbers) if number > current)[:_MOST]


def _is_number(name: str) -> bool:
    """Whether a name is that of a page: 1 to 999."""
    return len(name) <= 3 and name.isascii() and name.isdigit() and name[0] != "0"


def _beside(url: str, other: str) -> bool:
    """Whether two addresses stand in one folder."""
    one, two = urlsplit(url), urlsplit(other)
    return one.netloc == two.netloc and one.path.rsplit("/", 1)[0] == two.path.rsplit("/", 1)[0]


def _stated(page: Page) -> tuple[int | None, int]:
    """How many pages there are and which this is, as the pager says; None when it does not."""
    text = page.text
    parted, worded = "/" in text, "f" in text or "F" in text  # letters are found many times faster than words
    for line in text.split("\n") if parted or worded else ():
        if len(line) <= 40 and ((parted and "/" in line) or (worded and "of" in line.lower())) and (match := _OF.fullmatch(line.strip())):
            return int(match[2] or match[4]), int(match[1] or match[3])
    near = "\0".join(text[max(0, found.start() - _REACH) : found.start() + _REACH] for found in _PAGE.finditer(text))
    totals = [int(match[1] or match[2] or match[3]) for match in _TOTAL.finditer(near)]
    current = _CURRENT.search(near)
    return max(totals, default=None), int(current[1] or current[2]) if current else 1


def _clicked(page: Page) -> bool:
    """Whether a next page, or a row of numbers, answers to a click only."""
    numbers: set[str] = set()
    for node, attributes, name in _to_click(page):
        if len(name) > 16:
            continue
        if (is_next(name) or _DRESS.sub("", name).lower() in turner.MORE) and not _disabled(node):
            return True
        if _is_number(name) and (attributes.get("onclick") or "javascript" in (attributes.get("href") or "")):
            numbers.add(name)
    return len(numbers) > 1 or "2" in numbers  # a 「1」 alone is this page


def _to_click(page: Page) -> Iterator[tuple[LexborNode, Mapping[str, str | None], str]]:
    """What may answer to a click and leads nowhere by itself: its attributes and its text."""
    for block, anchors in page.pieces:
        for node, said in anchors if block is None else ():  # all links of a menu that is known lead somewhere
            href = said.href
            if not page.absolute(href) and node.tag == "a" and (("/" not in href and "." not in href) or "script" in href.lower() or "#" in href):
                yield node, said.attributes, said.own
    for node in page.tree.css("a:not([href]), button, input[type=button], [onclick]" if page.may_hold("button", "onclick") else "a:not([href])"):
        attributes = node.attributes
        if not page.absolute(attributes.get("href") or ""):
            yield node, attributes, " ".join(node.text().split()) or ((attributes.get("value") or "").strip() if node.tag == "input" else "")


def _disabled(node: LexborNode) -> bool:
    over = node.parent
    return any(_DEAD.search((one.attributes.get("class") or "")[:200]) or "disabled" in one.attributes for one in (node, over) if one is not None)
