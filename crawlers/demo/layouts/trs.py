"""TRS WCM: static pages, page 2 is `index_1.html`, the pager is a script; articles stand in month folders, linked relatively."""

from crawlers.demo.items import Document
from crawlers.demo.layouts.base import Listing


class Trs:
    """`/zwgk/zcwj/`, `index_1.html`, `202603/t20260320_12345.html`."""

    def section(self, slug: str) -> str:
        return f"/{slug}/"

    def column(self, section: str, slug: str) -> str:
        return f"/{section}/{slug}/"

    def page(self, first: str, number: int) -> str:
        return f"{first}index_{number - 1}.html"

    def article(self, first: str, document: Document) -> str:
        return f"{first}{document.date:%Y%m}/t{document.date:%Y%m%d}_{document.number}.html"

    def listing(self, listing: Listing) -> str:
        rows = "".join(
            f'<li><a href=".{row.url.removeprefix(listing.first.rstrip("/"))}" target="_blank" title="{row.title}">{row.title}</a><span>{row.when}</span></li>\n'
            for row in listing.rows
        )
        pager = f'<div class="pager"><script>createPageHTML({listing.pages}, {listing.page - 1}, "index", "html");</script></div>'
        return f'<div class="right-list-box"><ul class="list">\n{rows}</ul></div>\n{pager if listing.total else ""}'
