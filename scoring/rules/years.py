"""Years, deadlines and quarters as titles and dates state them."""

import re
from datetime import date

_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_SPACE = re.compile(r"\s+")


def states_year(title: str, year: int) -> bool:
    """True for 「2025年度」, 「2025 年」 or 「二〇二五年」 in a title."""
    return f"{year}年" in _SPACE.sub("", title).translate(_DIGITS)


def deadline(year: int, month: int, day: int) -> date:
    """The date; the last day of the month when it has no such day (2 月 29 日)."""
    while True:
        try:
            return date(year, month, day)
        except ValueError:
            day -= 1


def quarters_ended(as_of: date) -> list[int]:
    """Quarters of the year that have ended by `as_of`; the last day of a quarter counts as its end."""
    return [quarter for quarter, (month, day) in enumerate(((3, 31), (6, 30), (9, 30), (12, 31)), 1) if as_of >= date(as_of.year, month, day)]


def quarter(day: date) -> int:
    """1–4."""
    return (day.month + 2) // 3
