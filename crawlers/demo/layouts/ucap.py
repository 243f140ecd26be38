"""开普云 (UCAP): rows from `/common/search/{channel}` as JSON; its static twin keeps the rows in an HTML comment and counts pages from 1."""

from collections.abc import Mapping
from hashlib import md5

from crawlers.demo.items import Document
from crawlers.demo.layouts.base import Listing
from crawlers.demo.layouts.interface import Asked, as_json, moment, paged
from crawlers.demo.layouts.jpage import number


class Static:
    """`/c101234/zwgklist.shtml`, `zwgklist_2.shtml`, `/c101234/202603/12345678.shtml`."""

    name = "zwgklist"

    def section(self, slug: str) -> str:
        return f"/{slug}/index.shtml"

    def column(self, section: str, slug: str) -> str:
        return f"/c{number(section, slug) % 1_000_000}/{self.name}.shtml"

    def page(self, first: str, number: int) -> str:
        return f"{first.removesuffix('.shtml')}_{number}.shtml"

    def article(self, first: str, document: Document) -> str:
        return f"{first.rsplit('/', 1)[0]}/{document.date:%Y%m}/{document.number}.shtml"

    def listing(self, listing: Listing) -> str:
        rows = "".join(f'<li>\n<a target="_blank" href="{row.url}" title="{row.title}">\n{row.title}\n</a>\n<b>{row.when}</b>\n</li>\n' for row in listing.rows)
        pager = f"<script>createPageHTML('page_div',{listing.pages}, {listing.page},'{self.name}','shtml',{listing.total});</script>"
        return f'<div class="scroll_main1"><ul>\n<!-- {rows}{pager} -->\n</ul></div>'


class Ucap(Static):
    """The same addresses; a script asks for the rows."""

    name = "common_list"
    prefix = "/common/search/"

    def column_id(self, first: str) -> str:
        return md5(first.encode(), usedforsecurity=False).hexdigest()

    def listing(self, listing: Listing) -> str:
        address = f"{self.prefix}{self.column_id(listing.first)}?_isAgg=false&_isJson=true&_pageSize={listing.size}&_template=index&_rangeTimeGte=&_channelName=&page=1"
        return f"<ul id=\"list\" class=\"list\"></ul><script>$.ajax({{url: '{address}', type: 'get', success: function (data) {{ table_each('list', data); }}}});</script>"

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:
        return paged(path.removeprefix(self.prefix), params.get("page", "1"), params.get("_pageSize", ""), size)

    def answer(self, listing: Listing) -> tuple[str, str]:
        rows = [
            {"title": row.document.title, "url": row.url, "publishedTimeStr": moment(listing, index), "manuscriptId": str(row.document.number)}
            for index, row in enumerate(listing.rows)
        ]
        return as_json({"data": {"page": listing.page, "rows": listing.size, "total": listing.total, "results": rows}})
