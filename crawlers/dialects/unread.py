"""What on a page may be newer than the list that was read from it, and was not understood: only a page that leaves nothing open is stale."""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from selectolax.lexbor import LexborNode

from crawlers.dates import made_on, url_date
from crawlers.dates.label import Role, has_weekday, role
from crawlers.dates.spelling import day_of, normal_text, spots
from crawlers.dialects import jsarray, tooltips
from crawlers.dialects.chrome import frames_page
from crawlers.dialects.entries import Mates, groups
from crawlers.link import is_article, is_file
from crawlers.listing import Listing
from crawlers.page import Page
from crawlers.status import DateFrom

_SKIP = frozenset({"script", "style", "noscript", "template", "textarea", "select", "head", "-comment"})
_HOLDERS = frozenset({"div", "ul", "ol", "tbody", "table", "section", "dl"})
_FULL = re.compile(r"(?:19|20)\d{2}\s{0,3}[-/.年]\s{0,3}\d{1,2}\s{0,3}[-/.月]\s{0,3}\d{1,2}(?:\s{0,3}[日号])?")
_MONTH = re.compile(r"(?<![\d./-])(20\d{2})\s?(?:年\s?(1[0-2]|0?[1-9])\s?月|[-/.]\s?(1[0-2]|0[1-9])(?![\d-]))")
_COMPACT = re.compile(r"(?<![\dA-Za-z])(20\d{2})(0[1-9]|1[0-2])([0-3]\d)(?![\dA-Za-z])")
_AMERICAN = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d{2})(?![\d/])")
_AGO = re.compile(r"\d{1,3}\s?(?:秒|分钟|小时|天)之?前")
_RELATIVE = re.compile(r"[\[(（【]?\s?(?:发布于)?(?:刚刚|今[天日]|[昨前][天日])\s?(?:\d{1,2}[:：]\d{2})?\s?[\])）】]?")
_IN_TITLE = re.compile(r"(?<!\d)(20\d{2})\s?年")
_YEAR = re.compile(r"(20\d{2})\s?年?度?")
_HAN = re.compile(r"[\u4e00-\u9fff]")
_SIDE = re.compile(r"\b(?:right|side\w*|aside|hot\w*|recommend\w*|rank\w*|relat\w*|tuijian|remen)\b", re.IGNORECASE)
_FILLED = re.compile(r"list|news|data|app|root|main|con|tab|info|lb", re.IGNORECASE)
_HIDDEN = re.compile(r"display\s{0,3}:\s{0,3}none|(?:width|height)\s{0,3}:\s{0,3}0", re.IGNORECASE)
_WRITES = re.compile(r"innerHTML|\.(?:html|append|prepend|insertAdjacentHTML|appendChild)\s?\(\s?[^\s)]|appendTo\(")
_ENTRY = 6
"""Chinese characters of what may be an entry and is not the name of a tool."""
_TITLE = 10
_MOST = 300_000


def unexplained(page: Page, listing: Listing, as_of: date, home: Page | None, asked: str = "", least: int = 0) -> str:
    """What may be newer than the list's newest entry; empty when everything is explained.

    `home`: the site's home page, whose frames and scripts are not this page's own; `asked`: the frame or the interface that gave the rows; `least`: undated entries that are a list of
    their own, where it is not the number of those that were read.
    """
    newest = listing.newest
    if newest is None:
        return "no date"
    found = groups(page.tree, page, made_on(page, as_of))
    if any(item.date and item.date > newest and not _framed(row) for mates in found.values() for row, item in mates):
        return "a newer list"
    if (written := jsarray.read(page, as_of)) is not None and written.newest and written.newest > newest:
        return "newer rows in a script"
    chosen = _chosen(found, listing)
    side = bool(chosen) and _aside(chosen[0][0])
    if _undated_first(chosen):
        return "undated rows first"
    rest = _Rest(page, {item.url for item in listing.items if item.date}, _explained(found))
    rest.read()
    if newer := _newer(rest, newest, as_of):
        return newer
    if any((day := url_date(url, as_of)) is not None and day > newest for url in rest.articles):
        return "a newer address"
    if any(newest.year < int(year) <= as_of.year for title in rest.titles for year in _IN_TITLE.findall(title)):
        return "an entry of a later year"
    if any(int(year) > newest.year for year in rest.years if int(year) <= as_of.year):
        return "a later year to choose"
    size = least or len({item.url for item in listing.items if item.date})
    if (most := max(rest.entries.values(), default=0)) and (most >= size or (side and most >= 2)):
        return "an undated list"
    if rest.clicked >= 2 or (rest.clicked and side):
        return "rows that only a click opens"
    if any(url != asked and (home is None or url not in home.frames) for url in rest.frames):
        return "a frame"
    if asked:
        return ""  # what a script fills was had from where the script has it
    own = _files(page) - (_files(home) if home is not None else set())
    if (
        "{{" in rest.text
        or (side and rest.empty and (own or page.inline_scripts.strip()))
        or (any(rest.empty) and (own or page.loads_by_script or _WRITES.search(page.inline_scripts)))
    ):
        return "a list that a script fills"
    return ""


def newer_day(page: Page, newest: date, as_of: date) -> str:
    """What on a page that is one text says a later day than `newest`, outside the page's frame; empty when nothing does."""
    rest = _Rest(page, set(), set())
    rest.read()
    return _newer(rest, newest, as_of)


def beside(page: Page, listing: Listing, as_of: date) -> list[str]:
    """Addresses of the articles that a page links to outside its frame and its dated rows, in the page's order."""
    rest = _Rest(page, {item.url for item in listing.items if item.date}, _explained(groups(page.tree, page, made_on(page, as_of))))
    rest.read()
    return list(dict.fromkeys(rest.articles))


@dataclass
class _Rest:
    """What is left of a page without its frame and the dated rows. `empty`: of each empty element, whether it is named like a list; `entries`: undated ones by what holds them.

    `titles`: what those entries are called; `articles`: addresses of articles, whatever their links show; `years`: those that a reader may choose and a script then goes to.
    """

    page: Page
    known: set[str]
    explained: set[int]
    pieces: list[str] = field(default_factory=list)
    entries: Counter[int] = field(default_factory=Counter)
    articles: list[str] = field(default_factory=list)
    years: list[str] = field(default_factory=list)
    titles: list[str] = field(default_factory=list)
    clicked: int = 0
    frames: list[str] = field(default_factory=list)
    empty: list[bool] = field(default_factory=list)
    text: str = ""

    def read(self) -> None:
        """Go through the page in its order."""
        waiting = [self.page.tree.body] if self.page.tree.body is not None else []
        seen: set[tuple[int, str]] = set()
        while waiting:
            node = waiting.pop()
            if node.tag == "-text":
                if text := " ".join((node.text_content or "").split()):
                    self.pieces.append(text)
                continue
            if node.tag == "select" and "onchange" in node.attributes:
                self.years += [year[1] for option in node.css("option") if (year := _YEAR.fullmatch(" ".join(option.text().split())))]
            if node.tag in _SKIP or node.mem_id in self.explained or (node.tag != "body" and frames_page(node)):
                continue
            self._take(node, seen)
            waiting += reversed(list(node.iter(include_text=True)))
        self.text = normal_text(" ".join(self.pieces)[:_MOST])

    def _take(self, node: LexborNode, seen: set[tuple[int, str]]) -> None:
        attributes = node.attributes
        url = self.page.absolute(attributes.get("href") or "") if node.tag == "a" else ""
        if node.tag == "a" and url:
            if stated := (attributes.get("title") or "").strip():
                self.pieces.append(stated[:200])
            if url not in self.known and (is_article(url) or _is_entry(node, url)):
                self.articles.append(url)
            over = node.parent.parent if node.parent is not None else None
            key = over.mem_id if over is not None else node.mem_id
            if url not in self.known and (key, url) not in seen and _is_entry(node, url):
                seen.add((key, url))
                self.entries[key] += 1
                self.titles.append(node.text()[:200])
        elif (node.tag == "a" and "href" in attributes and "javascript" in (attributes.get("href") or "")) or "onclick" in attributes:
            if len(_HAN.findall(node.text()[:200])) >= _ENTRY and node.css_first("a[href^='/'], a[href^='http'], [onclick]") in (None, node):
                self.clicked += 1
        elif node.tag == "iframe" and (framed := self.page.absolute(attributes.get("src") or "")):
            shown = not _HIDDEN.search(attributes.get("style") or "") and "0" not in (attributes.get("width"), attributes.get("height"))
            self.frames += [framed] if shown else []
        elif (
            node.tag in _HOLDERS
            and ("id" in attributes or "class" in attributes)
            and not node.text().strip()
            and node.css_first("img, iframe, input, a") is None
        ):
            self.empty.append(bool(_FILLED.search(f"{attributes.get('id') or ''} {attributes.get('class') or ''}"[:200])))


def _is_entry(node: LexborNode, url: str) -> bool:
    name = node.text()[:200].strip() or " ".join(image.attributes.get("alt") or "" for image in node.css("img")) or tooltips.whole(node, "")[:200]
    han = len(_HAN.findall(name))
    return han >= 4 and (is_article(url) or is_file(url) or han >= _TITLE)


def _newer(rest: _Rest, newest: date, as_of: date) -> str:
    text = rest.text
    for spot in spots(text, as_of):
        if spot.day > newest and role(text, spot) is not Role.OTHER and not has_weekday(text, spot):
            return "a newer date"
    loose = _FULL.sub(" ", text)
    for match in _MONTH.finditer(loose):
        if (newest.year, newest.month) < (int(match[1]), int(match[2] or match[3])) <= (as_of.year, as_of.month):
            return "a newer month"
    days = [day_of(int(match[1]), int(match[2]), int(match[3]), as_of) for match in _COMPACT.finditer(loose)]
    days += [day_of(int(match[3]), int(match[1]), int(match[2]), as_of) for match in _AMERICAN.finditer(loose)]
    if any(day is not None and day > newest for day in days):
        return "a newer date"
    if any(len(piece) <= 60 and (_AGO.search(piece) or _RELATIVE.fullmatch(piece)) for piece in rest.pieces):
        return "a day told from today"
    return ""


def _explained(found: dict[object, Mates]) -> set[int]:
    """Rows whose date stands in the list: other dates in them belong to their titles. A run of several entries is not one row."""
    rows = [row for mates in found.values() for row, item in mates if item.date and item.date_from in (DateFrom.LIST, DateFrom.YEARLESS)]
    often = Counter(row.mem_id for row in rows)
    return {row.mem_id for row in rows if often[row.mem_id] == 1 and row.tag != "body"}


def _chosen(found: dict[object, Mates], listing: Listing) -> Mates:
    wanted = {item.url for item in listing.items}
    best = max(found.values(), key=lambda mates: sum(1 for _, item in mates if item.url in wanted), default=[])
    return best if any(item.url in wanted for _, item in best) else []


def _undated_first(mates: Mates) -> bool:
    if not any(item.date for _, item in mates):
        return False
    first = next(at for at, (_, item) in enumerate(mates) if item.date)
    return any(len(_HAN.findall(item.title)) >= _ENTRY for _, item in mates[:first])


def _framed(row: LexborNode) -> bool:
    node: LexborNode | None = row
    while node is not None and node.tag != "body":
        if frames_page(node):
            return True
        node = node.parent
    return False


def _aside(row: LexborNode) -> bool:
    node: LexborNode | None = row
    while node is not None and node.tag != "body":
        names = f"{node.attributes.get('class') or ''} {node.attributes.get('id') or ''}".replace("_", " ").replace("-", " ")
        if node.tag == "aside" or _SIDE.search(names[:500]):
            return True
        node = node.parent
    return False


def _files(page: Page) -> set[str]:
    return set(page.script_files)
