"""Reads dates. Not dates: 索引号, 文号, telephone numbers, the future. Every date says where it came from."""

import re
import unicodedata
from datetime import UTC, date, datetime, timedelta, timezone
from urllib.parse import urlsplit

from htmldate import find_date

from crawlers.page import Page
from crawlers.status import DateFrom

CHINA = timezone(timedelta(hours=8))
EARLIEST = date(1995, 1, 1)

_FULL = re.compile(r"(?<![\d\-/.])((?:19|20)\d{2})\s*([-/.年])\s*(\d{1,2})\s*(?:\2|月)\s*(\d{1,2})(?:\s*日)?(?![\d])(?!-\d)")
_HAN = re.compile(r"([〇○零一二三四五六七八九]{4})年([一二三四五六七八九十]{1,3})月([一二三四五六七八九十]{1,3})日")
_MONTH_DAY = re.compile(r"(?<![\d\-/.])[\[(（【]?\s*(\d{1,2})[-/.月](\d{1,2})日?\s*[\])）】]?(?![\d\-/.])")
_URL_DATE = re.compile(
    r"/(?:art|content)?/?((?:19|20)\d{2})/(\d{1,2})/(\d{1,2})/|/t((?:19|20)\d{2})(\d{2})(\d{2})_|/((?:19|20)\d{2})-?(\d{2})[-/](\d{2})/|/((?:19|20)\d{2})(\d{2})(\d{2})\d*[/._]"
)
_EPOCH = re.compile(r"(?<!\d)(1\d{9}|1\d{12})(?!\d)")
_LABEL = re.compile(r"(?:发布|公开|发文|发稿|上网|刊登|更新)(?:日期|时间)\s*[：:]?\s*|(?<![一-龥])(?:日期|时间)\s*[：:]\s*")
_GENERATED = re.compile(r"生成日期\s*[：:]?\s*")
_WRITTEN = re.compile(r"(?:成文|印发|签发)(?:日期|时间)\s*[：:]?\s*")
_PUBLISHED_META = ("PubDate", "firstpublishedtime", "article:published_time", "publishdate", "pubtime", "createDate")
_MADE_META = ("Maketime", "HtmlGenerateTime", "others")
_DIGITS = {character: index % 10 for index, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "○": 0}


def _day(year: int, month: int, day: int, as_of: date) -> date | None:
    try:
        found = date(year, month, day)
    except ValueError:
        return None
    return found if EARLIEST <= found <= as_of else None


def _han(number: str) -> int:
    if "十" in number:
        tens, _, ones = number.partition("十")
        return (_DIGITS[tens] if tens else 1) * 10 + (_DIGITS[ones] if ones else 0)
    return int("".join(str(_DIGITS[character]) for character in number))


def find_dates(text: str, as_of: date) -> list[date]:
    """All full dates in a text, in its order; none after `as_of`."""
    text = unicodedata.normalize("NFKC", text)
    spots = [(match.start(), _day(int(match[1]), int(match[3]), int(match[4]), as_of)) for match in _FULL.finditer(text)]
    spots += [(match.start(), _day(_han(match[1]), _han(match[2]), _han(match[3]), as_of)) for match in _HAN.finditer(text)]
    return [found for _, found in sorted(spots, key=lambda spot: spot[0]) if found]


def url_date(url: str, as_of: date) -> date | None:
    """The day that an address states (`/art/2020/6/9/`, `t20200609_`); None for a year alone."""
    match = _URL_DATE.search(urlsplit(url).path)
    if not match:
        return None
    year, month, day = (int(group) for group in match.groups() if group)
    return _day(year, month, day, as_of)


def list_date(text: str, url: str, as_of: date) -> tuple[date, DateFrom] | None:
    """The date of a list row: the newest full date of `text` (what stands beside the title; 成文日期 and 有效期 are older), a year-less one completed from the address or as the latest not after `as_of`, else the address's own."""
    if found := find_dates(text, as_of):
        return max(found), DateFrom.LIST
    stated = url_date(url, as_of)
    plain = unicodedata.normalize("NFKC", text)
    if match := _MONTH_DAY.search(plain):
        month, day = int(match[1]), int(match[2])
        if stated and (stated.month, stated.day) == (month, day):
            return stated, DateFrom.LIST
        this_year = _day(as_of.year, month, day, as_of) or _day(as_of.year - 1, month, day, as_of)
        if this_year:
            return this_year, DateFrom.LIST
    if match := _EPOCH.search(plain):
        seconds = int(match[1]) / (1000 if len(match[1]) == 13 else 1)
        moment = datetime.fromtimestamp(seconds, UTC).astimezone(CHINA).date()
        if EARLIEST <= moment <= as_of:
            return moment, DateFrom.LIST
    return (stated, DateFrom.URL) if stated else None


def made_on(page: Page, as_of: date) -> date:
    """The day a page was generated, by its own word, or `as_of`: nothing on it is newer, so year-less dates are completed against it."""
    stated = [day for name in _MADE_META for day in find_dates(page.meta_of(name), as_of)]
    return max(stated, default=as_of)


def _labelled(text: str, label: re.Pattern[str], as_of: date) -> date | None:
    for match in label.finditer(text):
        if found := find_dates(text[match.end() : match.end() + 24], as_of):
            return found[0]
    return None


def written_date(page: Page, as_of: date) -> date | None:
    """成文日期, kept apart from publication."""
    return _labelled(page.text, _WRITTEN, as_of)


def article_date(page: Page, as_of: date) -> tuple[date, DateFrom] | None:
    """When an article was published: label, then metadata that is not the page's generation time, address, a lone dated line near the title, 生成日期, htmldate."""
    text = unicodedata.normalize("NFKC", page.text)
    if found := _labelled(text, _LABEL, as_of):
        return found, DateFrom.LABEL
    made = {day for name in _MADE_META for day in find_dates(page.meta_of(name), as_of)}
    for name in _PUBLISHED_META:
        content = page.meta_of(name) or _property(page, name)
        if (days := find_dates(re.sub(r"(\d{4}-\d{2}-\d{2})[-T].*", r"\1", content), as_of)) and days[0] not in made:
            return days[0], DateFrom.META
    if stated := url_date(page.url, as_of):
        return stated, DateFrom.URL
    for line in text.split("\n"):
        if len(line) <= 40 and re.search(r"\d{1,2}:\d{2}", line) and (days := find_dates(line, as_of)):
            return days[0], DateFrom.TEXT
    if found := _labelled(text, _GENERATED, as_of):
        return found, DateFrom.LABEL
    guessed = (
        find_date(page.source, original_date=True, max_date=as_of.isoformat(), min_date=EARLIEST.isoformat(), url=page.url) if page.source.strip() else None
    )
    return (date.fromisoformat(guessed), DateFrom.TEXT) if guessed else None


def _property(page: Page, name: str) -> str:
    node = page.tree.css_first(f'meta[property="{name}"]')
    return (node.attributes.get("content") or "") if node else ""
