"""Dates in the running text of notices, the future included: with or without a year, in digits or 汉字; and spans of days, months and years."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from crawlers.dates.spelling import calendar_day, number

DATE = (
    r"(?:(?P<year{0}>(?:19|20)\d{{2}}|[〇○零一二三四五六七八九]{{4}}) ?[年./-] ?)?(?P<month{0}>\d{{1,2}}|[一二三四五六七八九十]{{1,3}}) ?[月./-] ?"
    r"(?P<day{0}>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})(?!\d)(?: ?[日号])?"
)
"""Pattern of a date; `{0}` keeps its groups apart."""
_ONE = re.compile(rf"(?<![\d.])(?P<whole>{DATE.format('')})")
COUNT = r"(\d{1,4}|[一二三四五六七八九十两]{1,4}|半)"
"""Pattern of a number of days, months or years."""


@dataclass(frozen=True, slots=True)
class Found:
    """A date in a text, from `start` to `end`. `dated`: it states its year."""

    day: date
    start: int
    end: int
    dated: bool


def made(groups: dict[str, str | None], tag: str, near: date | None) -> tuple[date, bool] | None:
    """The date of a match of `DATE`; without a year it is the one nearest to `near`. The flag tells whether the year is stated."""
    month, day = number(groups[f"month{tag}"] or ""), number(groups[f"day{tag}"] or "")
    stated = groups[f"year{tag}"]
    if month is None or day is None or (stated is None and near is None):
        return None
    years = [number(stated) or 0] if stated else [near.year + step for step in (0, 1, -1)] if near else []
    found = [made_day for year in years if (made_day := calendar_day(year, month, day)) is not None]
    if not found:
        return None
    return (min(found, key=lambda one: abs((one - near).days)) if near and not stated else found[0]), stated is not None


def days_in(text: str, near: date | None) -> Iterator[Found]:
    """Dates of a text in its order. Without 年, 月 and 日 a date must state its year: 3.5 is a number."""
    for match in _ONE.finditer(text):
        groups = match.groupdict()
        if not groups["year"] and "月" not in match["whole"]:
            continue
        if one := made(groups, "", near):
            yield Found(one[0], match.start(), match.end(), one[1])


def later(day: date, count: int, unit: str) -> date | None:
    """The last day of a span of `count` 天/日, 月 or 年 that begins on `day`; None beyond the calendar."""
    try:
        if unit == "day":
            return day + timedelta(days=count - 1)
        months = day.month - 1 + count * (12 if unit == "year" else 1)
        year, month = day.year + months // 12, months % 12 + 1
        last = (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day
        end = date(year, month, min(day.day, last))
        return end - timedelta(days=1) if day.day <= last else end
    except (ValueError, OverflowError):
        return None
