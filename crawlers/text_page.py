"""A column that is one text: what of its elements stands there, and when it says that it was published or updated last."""

from datetime import date
from functools import lru_cache

from crawlers.columns import Column, normal
from crawlers.dates import article_date, text_date, updated_date
from crawlers.documents.attachment import offered
from crawlers.documents.body import body_of
from crawlers.documents.guide import read_page
from crawlers.documents.publisher import read_publisher
from crawlers.listing import Listing
from crawlers.page import Page
from crawlers.remembered import remembered
from crawlers.status import DateFrom, DocumentKind


def elements_of(column: Column, page: Page) -> tuple[str, ...]:
    """The elements of a column whose names stand on a page."""
    return _elements_of(page, tuple(column.elements.items()))


@remembered
def _elements_of(page: Page, elements: tuple[tuple[str, tuple[str, ...]], ...]) -> tuple[str, ...]:
    text = _said(page.text)
    return tuple(name for name, spellings in elements if any(normal(spelling) in text for spelling in (name, *spellings)))


@lru_cache(16)
def _said(text: str) -> str:
    """The text of a page in normal form: several columns may ask of one page."""
    return normal(text)


def is_text(column: Column, page: Page, listing: Listing, as_of: date) -> bool:
    """Whether a page is the text itself, so that the dated rows of its `listing` stand beside it.

    It holds most of the elements, and states its day of publication or update near its title; or any of them, and the rows are by place or heading those of every page.
    """
    found = len(elements_of(column, page))
    return (2 * found > len(column.elements) and text_date(page, as_of) is not None) or (found > 0 and (listing.aside or listing.headed))


def newest_day(pages: list[Page], listed: date | None, as_of: date) -> date | None:
    """The newest day that a text states for itself. A text that says 更新日期 beside an older 发布日期 is as new as its update: 指南 are to be kept up to date, not to be published anew.

    `pages`: the page itself, then the texts it leads to; `listed`: the newest of the rows that lead to them, where the page is a list.
    """
    stated = article_date(pages[0], as_of) if listed is None else None
    days = [listed, stated[0] if stated is not None and stated[1] is not DateFrom.TEXT else None, *(updated_date(page, as_of) for page in pages)]
    return max((day for day in days if day is not None), default=None)


def at_hand(column: Column, page: Page, as_of: date, *, own: bool) -> None:
    """Ask a text that was just opened what will be asked of it when others have been opened after it. `own`: it is the column's own page."""
    updated_date(page, as_of)
    if column.reads is not DocumentKind.GUIDE:
        elements_of(column, page)
        return
    read_page(page)  # the elements of a guide are found by their content
    if own:  # of which the attachments and the publisher are told
        offered(body_of(page)), read_publisher(body_of(page))
