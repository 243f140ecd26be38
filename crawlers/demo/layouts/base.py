"""What a layout must be able to do."""

from dataclasses import dataclass
from html import escape
from typing import Protocol

from crawlers.demo.items import Document


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as the list shows it; `when` is empty in an undated list."""

    url: str
    when: str
    document: Document

    @property
    def title(self) -> str:
        """The title, escaped."""
        return escape(self.document.title)


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows of page `page` (from 1) of `pages`. `first` is the address of page 1, `total` counts all rows of the column."""

    first: str
    name: str
    rows: tuple[Row, ...]
    page: int
    pages: int
    total: int
    size: int


class Layout(Protocol):
    """Addresses and lists of one dialect. Addresses are paths, with a query where the dialect uses one."""

    def section(self, slug: str) -> str:
        """Address of a first-level page."""

    def column(self, section: str, slug: str) -> str:
        """Address of a column's first page."""

    def page(self, first: str, number: int) -> str:
        """Address of page `number` (2 and up) of a column."""

    def article(self, first: str, document: Document) -> str:
        """Address of a document of the column at `first`."""

    def listing(self, listing: Listing) -> str:
        """The list and its pager, or what asks for the rows."""
