"""Rows that write `03/05/2026`: whether the month or the day stands first, another row of their list tells."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from selectolax.lexbor import LexborNode

from crawlers.dates.spelling import day_of
from crawlers.observation import Item
from crawlers.page import Page
from crawlers.status import DateFrom

_TURNED = re.compile(r"(?<![\d/])(\d{1,2})/(\d{1,2})/(20\d{2})(?![\d/])")


def settled(items: list[Item], rows: Sequence[LexborNode], page: Page, as_of: date) -> list[Item]:
    """The entries of a list, undated ones with their days where all rows of the list can only be read in one order."""
    if all(item.date for item in items) or "/20" not in page.text:
        return items
    said = [(int(match[1]), int(match[2]), int(match[3])) if (match := _TURNED.search(row.text(separator=" "))) else None for row in rows]
    fits = [
        all(day_of(year, *((one, other) if month_first else (other, one)), as_of) for one, other, year in filter(None, said)) for month_first in (True, False)
    ]
    if fits[0] == fits[1]:
        return items
    days = [day_of(found[2], *(found[:2] if fits[0] else found[1::-1]), as_of) if found else None for found in said]
    return [replace(item, date=day, date_from=DateFrom.LIST) if item.date is None and day else item for item, day in zip(items, days, strict=True)]
