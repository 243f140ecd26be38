"""The date of one row of a list."""

import re
from datetime import date

from crawlers.dates.address import url_date
from crawlers.dates.label import ANSWERED, ISSUED, PUBLISHED, Role, announced, role
from crawlers.dates.spelling import Spot, day_of, epoch_day, normal_text, spots, stated_at
from crawlers.status import DateFrom

_OPEN, _SHUT = r"(?<![^\s\[(【|:<])", r"(?![^\s\])】|,>])"
_PLAIN = re.compile(r"\s{0,99}[\[(]?\s{0,9}((?:19|20)\d{2})([-/.])(\d{1,2})\2(\d{1,2})\s*[\])]?\s*", re.ASCII)
"""What most rows say: nothing but the day."""
_LONG = 3000
"""Characters of a row that are read: no row beside its title is longer."""
_ANNOUNCES = re.compile("[发發公刊上推挂PpRr]")
"""What every label of a publication begins with: most rows have none, and need not be searched for whole labels."""
_PARTED = re.compile(r"\d\s?[-/.月]\s?\d")
"""What every year-less date holds."""
_EVENT = re.compile(r"[一-龥]{2}(?:时间|日期)[ ]?[:是为]?[ ]{0,3}$")
_SIGN = re.compile(r"\d|年")
_SPLIT = tuple(
    re.compile(_OPEN + shape + _SHUT)
    for shape in (
        r"(?P<d>\d{1,2})日?\s+(?P<y>20\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})月?",  # a large 16 above 2026-03
        r"(?P<y>20\d{2})\s?[-/.年]\s?(?P<m>\d{1,2})月?\s+(?P<d>\d{1,2})日?",
        r"(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?\s+(?P<y>20\d{2})年?",
        r"(?P<y>20\d{2})年?\s+(?P<m>\d{1,2})[-/.月](?P<d>\d{1,2})日?",
    )
)
_YEARLESS = re.compile(_OPEN + r"(?:(?!\d[-/]\d(?!\d))(\d{1,2})[-/](\d{1,2})|(\d{2})\.(\d{2})|(\d{1,2})\s?月\s?(\d{1,2})\s?日?)" + _SHUT)
_EPOCH = re.compile(r"[\s\"'\[(]*(?:/Date\()?(\d{10,13})(?:[+-]\d{4})?\)?/?[\s\"'\])]*")
_SHORT = re.compile(r"[\s\[(【]*(\d{2}[-/.]\d{2}[-/.]\d{2})[\s\])】]*(?:\d{1,2}:\d{2}(?::\d{2})?)?\s*", re.ASCII)
_TURNED = re.compile(_OPEN + r"(\d{1,2})/(\d{1,2})/(20\d{2})" + _SHUT)
_ODD = re.compile(_OPEN + r"(20\d{2}|\d{2}(?=年))(?:([\\_])(\d{1,2})\2|年(\d{1,2})月)(\d{1,2})日?" + _SHUT)


def list_date(text: str, url: str, as_of: date) -> tuple[date, DateFrom] | None:
    """The date that stands beside a title, `text` being the row without its title.

    The one that its label makes the publication; else the newest that no label makes another day (成文, 有效期, 截止), dates that stand alone before those
    inside a sentence; a year-less one completed from the address or as the latest not after `as_of`; the address's own.
    """
    if (plain := _PLAIN.fullmatch(text)) and (day := day_of(int(plain[1]), int(plain[3]), int(plain[4]), as_of)):
        return day, DateFrom.LIST
    text = normal_text(text[:_LONG])
    stated = url_date(url, as_of)
    if not _SIGN.search(text):
        return (stated, DateFrom.URL) if stated else None
    if found := _full(text, as_of):
        return found, DateFrom.LIST
    if apart := next((match for shape in _SPLIT if (match := shape.search(text))), None) if "20" in text else None:
        day = _of_parts(apart, as_of)  # whose year stands there: none is to be guessed
        return (day, DateFrom.LIST) if day else (stated, DateFrom.URL) if stated else None
    if found := _yearless(text, stated, as_of):
        return found, DateFrom.LIST if found == stated else DateFrom.YEARLESS
    if found := _bare(text, as_of):
        return found, DateFrom.LIST
    return (stated, DateFrom.URL) if stated else None


def _full(text: str, as_of: date) -> date | None:
    found = spots(text, as_of)
    if _ANNOUNCES.search(text) and (labelled := announced(text, PUBLISHED, found, as_of)):
        return labelled[0][1]
    for wanted in (Role.PLAIN, Role.SECOND):
        ones = [spot for spot in found if role(text, spot) is wanted]
        alone = [spot for spot in ones if _alone(text, spot)]
        if ones:
            several = alone or ones
            named = [spot for spot in several if not _is_event(text, spot)] if len(several) > 1 else several
            return max(spot.day for spot in named or several)
    return None


def _of_parts(match: re.Match[str], as_of: date) -> date | None:
    """The day whose year stands apart; `05/03` above `2026` is 5 March where 3 May is still to come."""
    year, month, day = int(match["y"]), int(match["m"]), int(match["d"])
    return day_of(year, month, day, as_of) or (day_of(year, day, month, as_of) if "/" in match[0] else None)


def _is_event(text: str, spot: Spot) -> bool:
    """Whether a day is that of something the entry tells of: 访谈时间, 开庭日期."""
    before = text[max(0, spot.start - 16) : spot.start]
    return _EVENT.search(before) is not None and ISSUED.search(before) is None and ANSWERED.search(before) is None


def _alone(text: str, spot: Spot) -> bool:
    before, after = text[: spot.start].rstrip()[-1:], text[spot.end :].lstrip()[:1]
    spaced = spot.start == 0 or text[spot.start - 1] in " \t\n[(【|:<" or before in "[(【|:<>"
    return spaced and (spot.end == len(text) or text[spot.end] in " \t\n])】|,>" or after in "])】|")


def _yearless(text: str, stated: date | None, as_of: date) -> date | None:
    match = _YEARLESS.search(text) if _PARTED.search(text) else None
    if match is None:
        return None
    month, day = (int(number) for number in match.groups() if number)
    if stated and (stated.month, stated.day) == (month, day):
        return stated
    # 29 February may be four (or eight) years back.
    return next((found for back in range(9) if (found := day_of(as_of.year - back, month, day, as_of))), None)


def _bare(text: str, as_of: date) -> date | None:
    """A cell that is nothing but a number of seconds, or a day with a year of two digits."""
    if (match := _EPOCH.fullmatch(text)) and (day := epoch_day(match[1], as_of)):
        return day
    if match := _SHORT.fullmatch(text):
        return stated_at(match[1], 0, as_of)
    return _turned(text, as_of)


def _turned(text: str, as_of: date) -> date | None:
    """`03/20/2026` and `20/03/2026`, where only one of the two orders is a day up to `as_of`; `2026_03_20`, `26年3月20日`."""
    if match := _TURNED.search(text) if "/20" in text else None:
        first, second, year = int(match[1]), int(match[2]), int(match[3])
        days = {day for day in (day_of(year, first, second, as_of), day_of(year, second, first, as_of)) if day}
        return days.pop() if len(days) == 1 else None
    if match := _ODD.search(text):
        year, month = int(match[1]), int(match[3] or match[4])
        return day_of(year if year > 99 else 2000 + year, month, int(match[5]), as_of)
    return None
