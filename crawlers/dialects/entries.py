"""The entries of a page's rows: which element is the row of a link, which of its links is the entry, what it is called and when it was published."""

import re
from datetime import date
from itertools import takewhile

from selectolax.lexbor import LexborHTMLParser, LexborNode

from crawlers.dates import find_dates, list_date, url_date
from crawlers.dialects import beside, tooltips
from crawlers.dialects.badges import without_badges
from crawlers.dialects.bundle import Found, Rows
from crawlers.dialects.crowd import DETAILS, ORNAMENTS, entries_among
from crawlers.dialects.row import LinkCounts
from crawlers.dialects.table import Tables, cell_date, filled, without_ends
from crawlers.dialects.when import Stated, Years, has_date, is_month, may_state_date, only_date, row_date
from crawlers.link import is_article, is_file
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom
from crawlers.tags import COMMENT, TEXT, tags

Mates = list[tuple[LexborNode, Item]]
_Row = tuple[LexborNode, list[tuple[LexborNode, str, str]], str]

_ANCHOR = re.compile(r"<a\b[^<>]*>.*?</a>", re.DOTALL | re.IGNORECASE)
_TAG = re.compile(r"<[^<>]*>")
_LABEL = re.compile(r"^(?:文章|信息|新闻)?(?:标题|名称|题名)\s{0,4}[：:]\s{0,4}")
_ASIDE = re.compile(r"[一-龥](?:\s{0,8}[一-龥]){1,5}\s{0,4}[：:]|[\d\s:/.年月日-]*$")
"""A line of a tooltip that is no part of the title: a label with what it labels, a number, nothing."""
_ENDS = ("endtime", "end-time", "end_time", "enddate", "deadline", "expire", "jzsj", "jzrq")
_HEADINGS = "h1, h2, h3, h4, h5, h6, dt, strong, b, p, [class*=tit i], [class*=name i], span"
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5"})
_PARTS = "h1, h2, h3, h4, h5, p, span, em, div, li, td"
_LEAST, _MOST = 6, 120
_IN_CELLS = tags("li", "div")
_SILENT = frozenset({TEXT, COMMENT})
_CELLS = 4
"""Cells after a title's in which its day may stand."""
_STAMPS = ("datetime=", "data-date=", "data-time=", "data-pubdate=")
_STAMPED = ", ".join(f"[{name.rstrip('=')}]" for name in _STAMPS)
_STATED = re.compile(r"(?:19|20)\d{2}[-/.]\d{2}[-/.]\d{2}(?!\d)")
_WORDS = re.compile(r"[一-龥](?<![年月日])")
_LABELLED = 6
"""Characters of what stands with a day: 发布时间, 星期二."""
_SHORT = re.compile(r"(?<![^\s\[(【（])\d{1,2}\s?[-/月]\s?\d{1,2}日?(?![^\s\])】）])")
_OVER = ", ".join(f"[class*={name} i]" for name in _ENDS)
_TOOLTIP = re.compile(r"\s{0,4}(?:发布|发表|发文|公开|更新|添加|录入)(?:时间|日期)\s{0,4}[：:]\s{0,4}((?:19|20)\d{2}[-/.年]\d{1,2}[-/.月]\d{1,2})")
"""A date that the tooltip of a link states behind the title."""


def groups(tree: LexborHTMLParser, page: Page, as_of: date) -> dict[object, Mates]:
    """Entries with their rows, by the list they stand in; lists that could hold neither a date nor an article, which menus are, are left out."""
    links, tables, years = LinkCounts(), Tables(), Years()
    of = Found(tree, page, links, passing=not page.may_hold(*_STAMPS))
    texts, wanted = _telling(of, page, links)
    kinds = {holder[1:] for holder in wanted if isinstance(holder, tuple)}
    if kinds and of.quiet and (any(tag == "div" for tag, _ in kinds) or any(kinds & block.kinds for block in of.quiet)):
        of = Found(tree, page, links, passing=False)  # a menu that was passed by may be a part of a list that tells something elsewhere
        texts, wanted = _telling(of, page, links)
    for bundle in of.bundles:
        if wanted and not bundle.tells and bundle.may_join(wanted, kinds):
            bundle.held(links)
    found: dict[object, list[_Row]] = {}
    for key, (row, anchors, bundle) in of.rows.items():
        if bundle.holder in wanted:
            found.setdefault(bundle.holder, []).append((row, anchors, texts.get(key, "")))
    ends = page.may_hold(*_ENDS)
    return {
        holder: [(row, item) for row, anchors, text in mates for item in items_of(row, anchors, text, tables, years, as_of, ends=ends)]
        for holder, mates in found.items()
    }


def _telling(of: Found, page: Page, links: LinkCounts) -> tuple[dict[int, str], set[object]]:
    """What rows say that may state a day, by `mem_id`, and the lists that such rows or articles are of."""
    texts: dict[int, str] = {}
    wanted: set[object] = set()
    rows, stamped = of.rows, page.may_hold(*_STAMPS)
    for bundle in of.bundles:
        bundle.looked_at(stamped=stamped)
        turns = beside.days(bundle.rows) if bundle.dated and bundle.may_take_turns(rows) else {}
        for row in bundle.rows if bundle.dated else ():
            text, day = row.text(separator=" "), turns.get(row.mem_id, "")
            if has_date(text):  # as most rows do
                text, tells = f"{text} {day}" if day else text, True
            else:
                text += _date_after(row, rows) or (f" {day}" if day else "") or (_stamp(row) if stamped else "")
                tells = bundle.cells or may_state_date(text)
            if tells:
                texts[row.mem_id] = text
                bundle.tells = True
        if bundle.tells:
            wanted.add(bundle.held(links))
    if not stamped:
        of.learn()
    return texts, wanted


def _date_after(row: LexborNode, rows: Rows) -> str:
    """The day of an entry that states none in an element after its title's: a cell of its own (`li` after `li`, `div` after `div`). `rows`: those of the page."""
    mate, tag = row.next, row.tag_id
    if tag not in _IN_CELLS:
        return ""
    for _ in range(_CELLS):
        while mate is not None and mate.tag_id in _SILENT:
            mate = mate.next
        if mate is None or mate.tag_id != tag or mate.mem_id in rows or mate.css_first("a") is not None:  # what is a row itself holds a link
            return ""
        text = " ".join(mate.text(separator=" ").split())
        if 6 <= len(text) <= 30 and has_date(text):
            return f" {text}"
        mate = mate.next
    return ""


def _stamp(row: LexborNode) -> str:
    """The day that an attribute of a row that shows none, or of what stands in it, states: `<time datetime="2026-03-20">3天前</time>`."""
    for node in (row, *row.css(_STAMPED)):
        for name in _STAMPS:
            if (stated := (node.attributes.get(name.rstrip("=")) or "").strip()) and _STATED.match(stated):
                return f" {stated[:10]}"
    return ""


def items_of(row: LexborNode, anchors: list[tuple[LexborNode, str, str]], text: str, tables: Tables, years: Years, as_of: date, *, ends: bool) -> list[Item]:
    """The entries of one row: one, dated by what stands beside it; or, where a row holds several links and several dates, one for each link with the date next to it."""
    columns = tables.of(row) if row.tag == "tr" else None
    if columns is None and not text:
        return [_undated(anchors, as_of)]
    stated = cell_date(row, columns, as_of) if columns is not None else None
    if columns is not None and (columns.ends or columns.events) and stated is None:
        text = without_ends(text, row, columns)
    if len(anchors) > 1:
        anchors, text = entries_among(anchors, text)
        if (
            stated is None
            and len({address for _, address, _ in anchors}) > 1
            and (len(find_dates(text, as_of)) > 1 or len(_SHORT.findall(text)) >= len(anchors))
            and (several := _split(row, anchors, as_of))
        ):
            return several
    anchor, url, shown = _entry(anchors)
    title = title_of(anchor, shown)
    if title.strip(ORNAMENTS) in DETAILS:
        title = _heading(row) or title
    if stated is None:
        inside = anchor.text(separator=" ")
        for over in row.css(_OVER) if ends else ():  # when answering ends is not when the question was published
            text = text.replace(over.text(separator=" "), " ", 1) if over.css_first("a") is None else text
        beside = text.replace(inside, " ", 1)
        stated = only_date(beside, as_of)  # beside most titles
        if stated is None:
            if not has_date(beside) and has_date(within := _within(anchor, inside, title)):
                beside = within
            stated = row_date(row, beside, url if is_article(url) else "", years, as_of)
            if stated is None or stated[1] is DateFrom.YEARLESS:
                stated = _with_tooltip(anchor, stated, as_of)
            if (
                stated is not None
                and stated[1] is DateFrom.YEARLESS
                and (day := url_date(url, as_of))
                and (day.month, day.day) == (stated[0].month, stated[0].day)
            ):
                stated = day, DateFrom.LIST  # an address tells the year of its row, whether it looks like an article's or not
            if stated is None and is_month(beside):
                return [Item(url, title, None, DateFrom.LIST)]  # a row with a day that only its article tells
    item = Item(url, title, stated[0] if stated else None, stated[1] if stated else None)
    return [filled(row, columns, item) if columns is not None else item]


def _heading(row: LexborNode) -> str:
    """What an entry is called whose link is called 查看详情: the first text of its row that is no day."""
    for node in row.css("td" if row.tag == "tr" else _HEADINGS):
        text = " ".join(node.text().split())
        if _LEAST <= len(text) <= _MOST and not _is_day(text):
            return text
    return ""


def _with_tooltip(anchor: LexborNode, stated: Stated | None, as_of: date) -> Stated | None:
    """The date with its year, where the row shows month and day alone and the link's tooltip the whole of it."""
    told = _TOOLTIP.search(anchor.attributes.get("title") or "")
    days = find_dates(told[1], as_of) if told else []
    return (days[0], DateFrom.LIST) if days and (stated is None or (stated[0].month, stated[0].day) == (days[0].month, days[0].day)) else stated


def _undated(anchors: list[tuple[LexborNode, str, str]], as_of: date) -> Item:
    anchor, url, shown = _entry(anchors)
    day = url_date(url, as_of) if is_article(url) else None
    return Item(url, title_of(anchor, shown), day, DateFrom.URL if day else None)


def _entry(anchors: list[tuple[LexborNode, str, str]]) -> tuple[LexborNode, str, str]:
    """A row may also link to its category, its picture or its attachment: the entry is the article, else the longest text."""
    return anchors[0] if len(anchors) == 1 else max(anchors, key=lambda one: (is_article(one[1]), not is_file(one[1]), len(one[2])))


def _split(row: LexborNode, anchors: list[tuple[LexborNode, str, str]], as_of: date) -> list[Item]:
    """An entry for each link; none where fewer than two of them have a day of their own."""
    between = [" ".join(_TAG.sub(" ", piece).split()) for piece in _ANCHOR.split(row.html or "")]
    links = row.css("a")
    details = {at for at, node in enumerate(links, 1) if " ".join(node.text().split()).strip(ORNAMENTS) in DETAILS}
    order = {node.mem_id: at for at, node in enumerate(links)}
    before = bool(find_dates(between[0], as_of))  # the date stands before its link, or after it
    found = []
    for anchor, url, shown in anchors:
        at = order[anchor.mem_id] + (not before) if anchor.mem_id in order else len(between)
        text = between[at] if at < len(between) else ""
        while not before and (at := at + 1) in details and at < len(between):
            text += f" {between[at]}"  # 「… [详细] 2026-03-20」: a link to the same entry stands between a title and its day
        stated = _with_tooltip(anchor, list_date(text, "", as_of), as_of)
        found.append(Item(url, title_of(anchor, shown), stated[0] if stated else None, stated[1] if stated else None))
    return found if sum(1 for item in found if item.date) > 1 else []


def title_of(anchor: LexborNode, shown: str) -> str:
    """What an entry is called, without the marks that its list sets on it. `shown`: all of its link's text."""
    return without_badges(anchor, _title_of(anchor, shown))


def _title_of(anchor: LexborNode, shown: str) -> str:
    """What an entry is called: the link's tooltip, else the text inside the link that is no date. `shown`: all of that text."""
    stated = (anchor.attrs.get("title") or "").strip()
    if tooltips.is_cut(shown) and (whole := tooltips.whole(anchor, shown)):
        stated = whole
    if stated and (len(stated) >= 4 or stated == shown):
        first = _told(stated)
        return _TOOLTIP.split(_LABEL.sub("", first))[0] if first[0] in "标名题文信新" else first
    child = anchor.child
    if child is None or (child.next is None and child.tag == "-text"):
        return shown
    for node in sorted(anchor.css(_PARTS), key=lambda node: node.tag not in _HEADS):
        inner = " ".join(node.text().split())
        if (
            len(inner) >= 6
            and node.mem_id != anchor.mem_id
            and not _is_day(inner)
            and not (node.tag == "div" and node.css_first("div, p, span") is not None and has_date(inner))
        ):
            return inner
    return _without_date(anchor, shown)


def _within(anchor: LexborNode, inside: str, title: str) -> str:
    """What a link says beside its title. `inside`: all of its text, the texts of its elements apart from each other."""
    if title not in inside:
        for node in anchor.css(_PARTS):
            if " ".join(node.text().split()) == title:
                return inside.replace(node.text(separator=" "), " ", 1)
    return inside.replace(title, " ", 1)


def _is_day(text: str) -> bool:
    """Whether a text is a day and no title that has one in it."""
    return len(text) <= 20 and has_date(text) and len(_WORDS.findall(text)) <= _LABELLED


def _told(tooltip: str) -> str:
    """The title that a tooltip states: of several lines those before the first that says something else; lines may also break within a title."""
    if "\n" not in tooltip and "\r" not in tooltip:
        return tooltip.strip()
    first, *rest = (line.strip() for line in tooltip.splitlines())
    return first + "".join(takewhile(lambda line: not _ASIDE.match(line), rest))


def _without_date(anchor: LexborNode, shown: str) -> str:
    """What a link is called, where an element inside it holds its date."""
    for node in anchor.css("span, em, i, b, font, small, time, li, p, div"):
        inner = " ".join(node.text().split())
        if len(shown) - len(inner) >= 4 and node.mem_id != anchor.mem_id and _is_day(inner) and (shown.endswith(inner) or shown.startswith(inner)):
            return shown.removesuffix(inner).removeprefix(inner).strip()
    return shown
