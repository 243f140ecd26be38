"""A table list: 索引号, 名称, 发布机构, 发布日期 under a header row; page 2 is `list_2.html`."""

from html import escape
from urllib.parse import urlsplit

from crawlers.demo.items import Document
from crawlers.demo.layouts.base import Listing


def pager(listing: Listing, page: str) -> str:
    """A pager with links; `page` is a format string that takes the page's number, page 1 is the column's own address."""
    if listing.pages < 2:
        return ""

    def link(number: int, text: str) -> str:
        return f'<a href="{escape(listing.first if number == 1 else page.format(number))}">{text}</a>'

    numbers = " ".join(f'<b class="on">{n}</b>' if n == listing.page else link(n, str(n)) for n in range(1, listing.pages + 1))
    before = link(listing.page - 1, "上一页") if listing.page > 1 else '<a href="javascript:;">上一页</a>'
    after = link(listing.page + 1, "下一页") if listing.page < listing.pages else '<a href="javascript:;">下一页</a>'
    return f'<div class="pager">共{listing.total}条 {before} {numbers} {after}</div>'


def rows(listing: Listing) -> str:
    """The table itself."""
    body = "".join(
        f'<tr><td class="no">{row.document.index}</td><td class="name"><a href="{escape(row.url)}" target="_blank">{row.title}</a></td>'
        f'<td class="from">{escape(row.document.publisher)}</td><td class="when">{row.when}</td></tr>\n'
        for row in listing.rows
    )
    return f'<table class="dataList"><thead><tr><th>索引号</th><th>名称</th><th>发布机构</th><th>发布日期</th></tr></thead><tbody>\n{body}</tbody></table>'


class Table:
    """`/zwgk/zcwj/list.html`, `list_2.html`, `content_12345.html`."""

    def section(self, slug: str) -> str:
        return f"/{slug}/index.html"

    def column(self, section: str, slug: str) -> str:
        return f"/{section}/{slug}/list.html"

    def page(self, first: str, number: int) -> str:
        return f"{first.removesuffix('.html')}_{number}.html"

    def article(self, first: str, document: Document) -> str:
        return f"{urlsplit(first).path.rsplit('/', 1)[0]}/content_{document.number}.html"

    def listing(self, listing: Listing) -> str:
        return rows(listing) + pager(listing, listing.first.removesuffix(".html") + "_{}.html")
