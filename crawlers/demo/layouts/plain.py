"""A plain list `ul > li > a + span` with `?page=2`, and its twin whose lists are drawn by a script."""

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


class Scripted(Plain):
    """The same addresses, but the list is an empty element that a script fills."""

    def listing(self, listing: Listing) -> str:
        config = f'{{"SID": 339910, "api": "/api/list", "column": "{listing.first}"}}'
        return (
            f'<div id="app" v-cloak></div>\n<script>window._CONFIG = {config};</script>\n'
            '<script src="/js/chunk-vendors.js"></script>\n<script src="/js/app.js"></script>\n<noscript>请启用 JavaScript 后访问。</noscript>'
        )
