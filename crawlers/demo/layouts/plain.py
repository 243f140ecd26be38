"""A plain list `ul > li > span + a` with `?page=2`."""

from crawlers.demo.items import Document
from crawlers.demo.layouts.base import Listing
from crawlers.demo.layouts.table import pager


class Plain:
    """`/zwgk/zcwj/`, `?page=2`, `12345.html`: no date in any address."""

    def section(self, slug: str) -> str:
        return f"/{slug}/"

    def column(self, section: str, slug: str) -> str:
        return f"/{section}/{slug}/"

    def page(self, first: str, number: int) -> str:
        return f"{first}?page={number}"

    def article(self, first: str, document: Document) -> str:
        return f"{first}{document.number}.html"

    def listing(self, listing: Listing) -> str:
        rows = "".join(f'<li><span class="date">{row.when}</span><a href="{row.url}">{row.title}</a></li>\n' for row in listing.rows)
        return f'<ul class="list news_list">\n{rows}</ul>' + pager(listing, listing.first + "?page={}")
