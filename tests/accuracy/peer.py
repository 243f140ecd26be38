"""The peer: htmldate on the same pages."""

from datetime import date

from htmldate import find_date

from crawlers.dates import EARLIEST
from crawlers.page import Page


def guessed(page: Page, as_of: date) -> date | None:
    """The date htmldate gives as that of publication, told the address and that nothing is newer than `as_of`."""
    stated = find_date(page.source, original_date=True, max_date=as_of.isoformat(), min_date=EARLIEST.isoformat(), url=page.url)
    return date.fromisoformat(stated) if stated else None
