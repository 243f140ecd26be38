"""The spellings of a day: digits, Chinese numerals, English months, instants with a zone, seconds since 1970."""

import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, timezone
from functools import lru_cache

from crawlers.value import value

CHINA = timezone(timedelta(hours=8))
EARLIEST = date(1995, 1, 1)

_PAGE = 400
"""Characters of a text that is rather a page's than a row's."""

_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—−", "-"))
_ODD = r"[^\x00-\x7f一-鿿、。《》“”‘’]"
_VARIANT = re.compile(f"({_ODD}{_ODD}*)")  # begins with one character that is not repeated, which is found many times faster
_JOINING = re.compile(r"[\u0300-\u036f\u0483-\u1fff\u20d0-\u20ff\u3099\u309a\ua66f-\uabff\ufe20-\ufe2f\U00010000-\U0010ffff]")
"""Characters that a normal form may join with the one before them."""
_BEFORE = r"(?<![0-9A-Za-z_])(?<![0-9A-Za-z_][-/.])"  # not inside a path, a version, an index or a telephone number
_AFTER = r"(?!\d)(?!-\d(?!\d?:\d))(?![./]\d)"
_DIGITS = re.compile(
    _BEFORE + r"((?:19|20)\d{2})\s{0,3}(?:([-/.])\s{0,3}(\d{1,2})\s{0,3}\2|年\s{0,3}(\d{1,2})\s{0,3}月)\s{0,3}(\d{1,2})(?!\d)(?:\s{0,3}[日号])?+" + _AFTER
)
_CENTURY = re.compile(r"(?:19|20)(?=\d\d)")
"""Where a year may begin; of those that overlap none is left out."""
_WORD = re.compile(r"[A-Za-z]{3}")
_REACH = 48
"""Characters before a year in which its month stands in an English date."""
_CLOCK = re.compile(r"(T|\s)\s?(\d{1,2}):(\d{2})(:\d{2}(?:[.,]\d{1,9})?)?\s?(Z|UTC|GMT|[+-]\d{2}:?\d{2}(?![:\d]))?", re.ASCII)
_HAN_DIGIT = "〇○◯零一二三四五六七八九OoО0"
_HAN = re.compile(
    rf"([二一][{_HAN_DIGIT}]{{3}})\s{{0,3}}年\s{{0,3}}([元一二三四五六七八九十]{{1,3}})\s{{0,3}}月\s{{0,3}}([一二三四五六七八九十]{{1,3}})\s{{0,3}}[日号]"
)
_HAN_VALUE = {character: index for index, character in enumerate("零一二三四五六七八九十")} | {"两": 2} | dict.fromkeys("〇○◯OoО0", 0)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH = r"(jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]{0,6}\.?"
_ENGLISH = re.compile(
    rf"\b(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}},?[ ])?{_MONTH}[ -]{{1,3}}(\d{{1,2}})(?:st|nd|rd|th)?(?:,[ ]{{0,2}}|[ -]{{1,3}})(?:\d{{1,2}}:\d{{2}}(?::\d{{2}})?[ ][a-z0-9+:]{{0,10}}[ ]{{0,2}})?((?:19|20)\d{{2}})\b"
    rf"|\b(\d{{1,2}})(?:st|nd|rd|th)?[ -]{{1,3}}{_MONTH},?[ -]{{1,3}}((?:19|20)\d{{2}})\b",
    re.IGNORECASE | re.ASCII,
)
_COMPACT = re.compile(r"((?:19|20)\d{2})(\d{2})(\d{2})(?:\d{4}|\d{6})?(?!\d)", re.ASCII)
_SHORT = re.compile(r"(\d{2})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?!\2\d)", re.ASCII)


@value
class Spot:
    """A day that stands in a text at `start`…`end`."""

    start: int
    end: int
    day: date


def normal_text(text: str) -> str:
    """The text with full-width digits, signs and dashes in their plain form. Positions of spots are positions in this text."""
    return _plain_form(text) if len(text) < _PAGE else _of_page(text)


@lru_cache(64)
def _of_page(text: str) -> str:  # the text of a page is asked for by several readers
    return _plain_form(text)


def _plain_form(text: str) -> str:
    if text.isascii():
        return text
    parts = _VARIANT.split(text)  # a fifth of the time that the whole of a page takes
    for at in range(1, len(parts), 2):
        if (plain := _normal(parts[at])) is None:
            return unicodedata.normalize("NFKC", text).translate(_DASHES)
        parts[at] = plain
    return "".join(parts)


@lru_cache(2048)
def _normal(variant: str) -> str | None:  # a text says 「，」 again and again
    """None for what may be joined with the sign before it."""
    return None if _JOINING.search(variant) else unicodedata.normalize("NFKC", variant).translate(_DASHES)


def day_of(year: int, month: int, day: int, as_of: date) -> date | None:
    """The day, when there is such a day, not before `EARLIEST` and not after `as_of`."""
    found = calendar_day(year, month, day)
    return found if found and EARLIEST <= found <= as_of else None


def calendar_day(year: int, month: int, day: int) -> date | None:
    """The day, past or future, when there is such a day."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def spots(text: str, as_of: date) -> Sequence[Spot]:
    """All full dates in a text that went through `normal_text`, in its order; none after `as_of`."""
    return _spots(text, as_of) if len(text) < _PAGE else _spots_of_page(text, as_of)


@lru_cache(64)
def _spots_of_page(text: str, as_of: date) -> tuple[Spot, ...]:
    return tuple(_spots(text, as_of))


def _spots(text: str, as_of: date) -> list[Spot]:
    years = [match.start() for match in _CENTURY.finditer(text)]
    found = [_with_digits(match, text, as_of) for match in each(_DIGITS, text, years)]
    for match in each(_HAN, text, _before_years(text)):
        found.append(_spot(match, day_of(number(match[1]) or 0, number(match[2]) or 0, number(match[3]) or 0, as_of)))
    for match in _ENGLISH.finditer(text) if any(_WORD.search(text, max(0, at - _REACH), at) for at in years) else ():
        month, day, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        found.append(_spot(match, day_of(int(year), _MONTHS.index(month.lower()) + 1, int(day), as_of)))
    return sorted((spot for spot in found if spot), key=lambda spot: spot.start)


def each(pattern: re.Pattern[str], text: str, places: Iterable[int], last: int = sys.maxsize) -> Iterator[re.Match[str]]:
    """What `finditer` finds before `last`, for a pattern that begins at one of some places, in order: a look at each of those takes less than one at all of a page."""
    end = 0
    for at in places:
        if at >= end and (match := pattern.match(text, at, last)):
            end = match.end()
            yield match


def _before_years(text: str) -> Iterator[int]:
    """Where the four signs before each 年 begin."""
    at = text.find("年")
    while at >= 0:
        start = len(text[max(0, at - 7) : at].rstrip()) + max(0, at - 7) - 4
        if start >= 0 and text[start] in "二一":
            yield start
        at = text.find("年", at + 1)


def find_dates(text: str, as_of: date) -> list[date]:
    """All full dates in a text, in its order; none after `as_of`."""
    return [spot.day for spot in spots(normal_text(text), as_of)]


def stated_at(text: str, at: int, as_of: date) -> date | None:
    """The day that begins at `at` in a spelling that is only sure where a date is announced: `20200619`, `20200619101530`, `20-06-19`."""
    if match := _COMPACT.match(text, at):
        return day_of(int(match[1]), int(match[2]), int(match[3]), as_of)
    if match := _SHORT.match(text, at):
        return day_of(2000 + int(match[1]), int(match[3]), int(match[4]), as_of)
    return None


def epoch_day(digits: str, as_of: date) -> date | None:
    """The day in China of seconds (10 digits) or milliseconds (12 or 13 digits) since 1970; None for any other number."""
    if not re.fullmatch(r"1\d{9}|[89]\d{11}|1\d{12}", digits, re.ASCII):
        return None
    found = datetime.fromtimestamp(int(digits) / (1000 if len(digits) > 10 else 1), UTC).astimezone(CHINA).date()
    return found if EARLIEST <= found <= as_of else None


def _spot(match: re.Match[str], day: date | None) -> Spot | None:
    return Spot(match.start(), match.end(), day) if day else None


def _with_digits(match: re.Match[str], text: str, as_of: date) -> Spot | None:
    year, month, ordinal = int(match[1]), int(match[3] or match[4]), int(match[5])
    plain = day_of(year, month, ordinal, as_of)
    clock = _CLOCK.match(text, match.end())
    if clock is None:
        return _spot(match, plain)
    return Spot(match.start(), clock.end(), moved) if (moved := _in_china(year, month, ordinal, clock, as_of) or plain) else None


def _in_china(year: int, month: int, ordinal: int, clock: re.Match[str], as_of: date) -> date | None:
    """The day in China of an instant that names its zone. A zone that would put it after `as_of` is not meant: some systems write Z behind local time."""
    zone = clock[5]
    if not zone or (zone[0] in "+-" and clock[1] != "T" and not clock[4]):  # `10:00-11:00` is a span of time
        return None
    offset = timedelta()
    if zone[0] in "+-":
        digits = zone[1:].replace(":", "")
        offset = timedelta(hours=int(digits[:2]), minutes=int(digits[2:])) * (1 if zone[0] == "+" else -1)
    try:
        moment = datetime(year, month, ordinal, int(clock[2]), int(clock[3]), tzinfo=timezone(offset))
        found = moment.astimezone(CHINA).date()
    except (ValueError, OverflowError):
        return None
    return found if EARLIEST <= found <= as_of else None


def number(text: str) -> int | None:
    """A number in digits, in 汉字 up to 99, or in 汉字 digit by digit as years are; 元 is the first."""
    if text.isascii() and text.isdigit():
        return int(text)
    if text == "元":
        return 1
    if not text or any(character not in _HAN_VALUE for character in text):
        return None
    if "十" not in text:
        return int("".join(str(_HAN_VALUE[character]) for character in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1 or "十" in ones:
        return None
    return (_HAN_VALUE[tens] if tens else 1) * 10 + (_HAN_VALUE[ones] if ones else 0)
