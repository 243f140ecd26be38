"""The year of a row that writes month and day alone, told by the day that its article states."""

from datetime import date, timedelta

from crawlers.dates.spelling import day_of

_NEAR = timedelta(days=31)
"""Between the day of a row and that of its article: a list may state when a document was written, or sent out."""


def year_by(taken: date, stated: date) -> date | None:
    """The row's day in the year that brings it nearest to its article's; None where no year brings it near. `taken`: the day in the latest year that it can be of."""
    days = (day_of(year, taken.month, taken.day, taken) for year in (stated.year - 1, stated.year, stated.year + 1))
    near = min((day for day in days if day), key=lambda day: abs(day - stated), default=None)
    return near if near is not None and abs(near - stated) <= _NEAR else None
