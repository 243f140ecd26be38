"""The date of a list row, however its template spreads it: beside the link or before it, day and month in blocks of their own, the year in a heading above."""

import re
import unicodedata
from datetime import date
from functools import lru_cache

from selectolax.lexbor import LexborNode

from crawlers.dates import find_dates, list_date
from crawlers.dates.spelling import day_of
from crawlers.status import DateFrom

_YEAR = r"((?:19|20)\d{2})"
_D = r"(\d{1,2})"
_BLOCKS = (
    (re.compile(rf"(?<![\d\-/.:]){_D}\s{{0,3}}日?\s{{1,8}}{_YEAR}\s{{0,2}}[-./年]\s{{0,2}}{_D}(?!\d)(?!\s{{0,2}}[-./]\d)"), (2, 3, 1)),
    (re.compile(rf"(?<!\d){_YEAR}\s{{0,2}}[-./年]\s{{0,2}}{_D}\s{{0,2}}月?\s{{1,8}}{_D}(?!\d)(?!\s{{0,2}}[-./:])"), (1, 2, 3)),
    (re.compile(rf"(?<![\d\-/.:]){_D}\s{{0,2}}[-./月]\s{{0,2}}{_D}\s{{0,2}}日?\s{{1,8}}{_YEAR}(?!\d)(?!\s{{0,2}}[-./]\d)"), (3, 1, 2)),
    (re.compile(rf"(?<!\d){_YEAR}\s{{0,2}}年?\s{{1,8}}{_D}\s{{0,2}}[-./月]\s{{0,2}}{_D}(?!\d)(?!\s{{0,2}}[-./:])"), (1, 2, 3)),
    (re.compile(rf"(?<![\d\-/.:]){_D}\s{{1,8}}{_D}\s{{0,2}}月\s{{0,8}}{_YEAR}(?!\d)"), (3, 2, 1)),
)
_ANY_YEAR = re.compile(r"(?:19|20)\d{2}")
"""What each of them holds."""
_MONTH_DAY_BLOCKS = re.compile(rf"(?<![\d\-/.:]){_D}\s{{0,2}}月\s{{1,8}}{_D}(?!\d)|(?<![\d\-/.:]){_D}\s{{0,2}}日?\s{{1,8}}{_D}\s{{0,2}}月(?!\d)")
_OTHER = re.compile(
    r"(?:(?:有效期|失效|截止|截至|到期)[^\d\n]{0,12}|(?:实施|施行|废止|生效|执行)\s{0,2}(?:起始|开始)?(?:日期|时间|日)?\s{0,2}[：:为于自从]?\s{0,4})(?:\d{4}\s{0,2}[-./年]\s{0,2}\d{1,2}\s{0,2}[-./月]\s{0,2}\d{1,2}\s{0,2}日?(?:\s{0,4}(?:至|到|—|-|~)\s{0,4})?){1,2}"
)
_FROM = re.compile(r"\d{4}\s{0,2}年\s{0,2}\d{1,2}\s{0,2}月\s{0,2}\d{1,2}\s{0,2}日\s{0,2}起(?:正式)?(?:施行|实施|执行|生效|开始)")
_WRITTEN = re.compile(r"(?:成文|生成|印发|签发)(?:日期|时间)?[^\d\n]{0,6}\d{4}\s{0,2}[-./年]\s{0,2}\d{1,2}\s{0,2}[-./月]\s{0,2}\d{1,2}\s{0,2}日?")
_PUBLISHED = re.compile(
    r"(?:发布|发文|公开|上网|刊登|公布)(?:日期|时间)?\s{0,4}[：:]?\s{0,4}(?=\d{8}(?!\d)|\d{4}\s{0,2}[-./年]\s{0,2}\d{1,2}\s{0,2}[-./月]\s{0,2}\d)"
)
"""The label of a day: 「公布2026年度项目」 is none."""
_NAMED = re.compile(r"date|time|day|year|month|rq|sj|shijian|riqi", re.IGNORECASE)
_HAS = re.compile(r"\d\d{0,3}\s{0,4}[-/.年月]\s{0,4}\d{1,2}")
_HAS_IN_WORDS = re.compile(r"[〇○零一二三四五六七八九][〇○零一二三四五六七八九]{3}年")
_NUMBER = re.compile(r"\d\d*")
_LONG = 6
"""Digits of a number that may be a day by itself."""
_YEAR_IN_WORDS = re.compile(r"[〇○◯零一二三四五六七八九OoО0]\s{0,3}年")
_ONLY = re.compile(r"\[?(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\]?", re.ASCII)
"""What stands beside most titles: a date and nothing else, but for `_BLANK`."""
_BLANK, _LONGEST = " \t\n\r\f\v", len("[2026-03-20]")
_ALONE = re.compile(r"[\s\[(【]{0,20}(20\d{2})(0[1-9]|1[0-2])([0-3]\d)[\s\])】]{0,20}", re.ASCII)
"""A day without signs between its parts, and nothing else beside the title."""
_LONE_YEAR = re.compile(rf"{_YEAR}\s{{0,2}}年?度?")
_MONTH_DAY = re.compile(rf"(?<![\d\-/.年]){_D}\s{{0,2}}[-/.月]\s{{0,2}}{_D}\s{{0,2}}日?(?![\d\-/.])")
_SHORT = 60
_MENU = 4000
"""Characters of a text that may be a menu: longer ones are not remembered."""

_MONTH = re.compile(r"[\s\[(（【]*20\d{2}\s?(?:年\s?(?:1[0-2]|0?[1-9])\s?月|[-/.](?:1[0-2]|0[1-9]))[\s\])）】]*")

Stated = tuple[date, DateFrom]


def has_date(text: str) -> bool:
    """Whether a text holds something that looks like a date."""
    # Each pattern begins with one character of one kind, not repeated, which is found many times faster.
    return _HAS.search(text) is not None or ("年" in text and _HAS_IN_WORDS.search(text) is not None)


def may_state_date(text: str) -> bool:
    """Whether a text holds two numbers, a long one, or a year in words: the links of menus, which are most of a page's, do not."""
    for count, number in enumerate(_NUMBER.finditer(text)):
        if count or number.end() - number.start() >= _LONG:
            return True
    return "年" in text and _YEAR_IN_WORDS.search(text) is not None


def is_month(text: str) -> bool:
    """Whether a text is a month of a year and nothing else."""
    return _MONTH.fullmatch(text) is not None


@lru_cache(1024)
def _says_date(text: str) -> bool:  # the menus of a site say the same on every page
    return may_state_date(text)


def may_hold_dates(text: str) -> bool:
    """The same for a text that holds many rows."""
    return _says_date(text) if len(text) <= _MENU else may_state_date(text)


def only_date(text: str, as_of: date) -> Stated | None:
    """The day that a text is, and nothing else, in digits; None for any other."""
    text = text.strip(_BLANK)
    return _only(text, as_of) if len(text) <= _LONGEST else None


@lru_cache(8192)
def _only(text: str, as_of: date) -> Stated | None:  # the lists of all sites state the same days
    only = _ONLY.fullmatch(text)
    day = day_of(int(only[1]), int(only[3]), int(only[4]), as_of) if only else None
    return (day, DateFrom.LIST) if day else None


def row_date(row: LexborNode, beside: str, url: str, years: "Years", as_of: date) -> Stated | None:
    """When the entry of a row was published. `beside`: the row's text without its title; `url`: its address, where that may state a day."""
    if only := only_date(beside, as_of):
        return only
    text = _publication(unicodedata.normalize("NFKC", beside))
    days = find_dates(text, as_of)
    if len(set(days)) > 1 and (named := {day for said in _named(row)[:1] for day in find_dates(said, as_of)}) and len(named) == 1:
        return named.pop(), DateFrom.LIST  # of several, the one in an element that is called a date: a summary may hold the others
    if not days and (alone := _ALONE.fullmatch(text)) and (day := day_of(int(alone[1]), int(alone[2]), int(alone[3]), as_of)):
        return day, DateFrom.LIST
    if not days:
        blocks = text if len(text) <= _SHORT else " ".join(_named(row))
        if composed := _composed(blocks, as_of):
            return composed, DateFrom.LIST
        if (
            _HAS.search(text)
            and (short := _MONTH_DAY.search(text))
            and (year := years.above(row))
            and (days := find_dates(f"{year}-{short[1]}-{short[2]}", as_of))
        ):
            return days[0], DateFrom.LIST
        if "月" in blocks and (apart := _MONTH_DAY_BLOCKS.search(blocks)):
            text = f"{apart[1] or apart[4]}-{apart[2] or apart[3]}"
    return list_date(text, url, as_of)


def _publication(text: str) -> str:
    """A row's text without the dates that it labels as something else than publication."""
    if labelled := _PUBLISHED.search(text):
        return text[labelled.end() : labelled.end() + 24]
    if "起" in text:
        text = _FROM.sub(" ", text)
    rest = _OTHER.sub(" ", text)
    without = _WRITTEN.sub(" ", rest)
    return without if has_date(without) else rest


def _composed(text: str, as_of: date) -> date | None:
    for pattern, (year, month, day) in _BLOCKS if _ANY_YEAR.search(text) else ():
        if (match := pattern.search(text)) and (days := find_dates(f"{match[year]}-{match[month]}-{match[day]}", as_of)):
            return days[0]
    return None


@lru_cache(8192)
def _is_named(kind: str, name: str) -> bool:  # the templates of a site bear few names
    return _NAMED.search(f"{kind} {name}"[:200]) is not None


def _named(row: LexborNode) -> list[str]:
    """Texts of the row's elements that are called a date, outermost first."""
    for node in row.css("[class], [id]"):
        attributes = node.attributes
        if _is_named(attributes.get("class") or "", attributes.get("id") or ""):
            text = " ".join(node.text(separator=" ").split())
            if 0 < len(text) <= 40 and any(character.isdigit() for character in text):
                beside = [mate for mate in (node.prev, node.next) if mate is not None and mate.tag not in ("-text", "a") and len(mate.text()) <= 12]
                return [text, *(" ".join(mate.text(separator=" ").split()) for mate in beside)]
    return []


class Years:
    """Headings that are a year and nothing else, above a row in its list or above the list; what was found for one row serves the rows after it."""

    def __init__(self) -> None:
        self._known: dict[int, str] = {}

    def above(self, row: LexborNode) -> str:
        """The year of the nearest such heading; empty when there is none."""
        node: LexborNode | None = row
        found = ""
        for _ in range(3):
            if found or node is None or node.tag in ("body", "html"):
                break
            found = self._before(node)
            node = node.parent
        return found

    def _before(self, node: LexborNode) -> str:
        if node.mem_id in self._known:
            return self._known[node.mem_id]
        passed, mate, found = [node.mem_id], node.prev, ""
        while mate is not None:
            if mate.tag not in ("-text", "-comment", "script", "style"):
                if lone := _LONE_YEAR.fullmatch(" ".join(mate.text(separator=" ").split())[:12]):
                    found = lone[1]
                    break
                if mate.mem_id in self._known:
                    found = self._known[mate.mem_id]
                    break
                passed.append(mate.mem_id)
            mate = mate.prev
        self._known.update(dict.fromkeys(passed, found))
        return found
