"""大汉 jpage: the first records stand in a `<datastore>` inside the page, the others come from `dataproxy.jsp` (GET or POST)."""

from collections.abc import Mapping
from zlib import crc32

from crawlers.demo.items import Document
from crawlers.demo.layouts.base import Listing, Row
from crawlers.demo.layouts.interface import Asked

PROXY = "/module/web/jpage/dataproxy.jsp"
UNIT = 5871203


def number(section: str, slug: str) -> int:
    """The column's id."""
    return 1229000000 + crc32(f"{section}/{slug}".encode()) % 900_000


def record(row: Row) -> str:
    """One `<record>`."""
    return (
        f'<record><![CDATA[<li><a target="_blank" href="{row.url}" title="{row.title}">{row.title}</a>'
        f'<b readlabel="{row.document.date.isoformat() if row.when else ""}">{row.when}</b></li>]]></record>'
    )


def datastore(rows: tuple[Row, ...], total: int, size: int) -> str:
    """What `dataproxy.jsp` answers."""
    pages = -(-total // size)
    records = "\n".join(record(row) for row in rows)
    return f"<datastore><totalrecord>{total}</totalrecord><totalpage>{pages}</totalpage><recordset>{records}</recordset></datastore>"


class Jpage:
    """`/col/col1229000001/index.html`, `/art/2026/3/5/art_1229000001_58001.html` (month and day without zeros)."""

    prefix = PROXY

    def section(self, slug: str) -> str:
        return f"/col/col{number('', slug)}/index.html"

    def column(self, section: str, slug: str) -> str:
        return f"/col/col{number(section, slug)}/index.html"

    def page(self, first: str, number: int) -> str:
        return f"{first}?uid={UNIT}&pageNum={number}"

    def article(self, first: str, document: Document) -> str:
        day = document.date
        return f"/art/{day.year}/{day.month}/{day.day}/art_{self.column_id(first)}_{document.number}.html"

    def column_id(self, first: str) -> str:
        """The id in a column's address."""
        return first.split("/")[2].removeprefix("col")

    def listing(self, listing: Listing) -> str:
        query = f"appid=1&webid=3399&path=/&columnid={self.column_id(listing.first)}&unitid={UNIT}&webname=%E6%A8%A1%E6%8B%9F&permissiontype=0"
        more = f'<nextgroup><![CDATA[<a href="{PROXY}?page=2&{query}"></a>]]></nextgroup>' if listing.pages > 1 else ""
        records = "\n".join(record(row) for row in listing.rows)
        return (
            f'<div id="{UNIT}"><script type="text/xml"><datastore>{more}<recordset>{records}</recordset></datastore></script></div>\n'
            f'<script>$("#{UNIT}").jpage({{totalRecord: {listing.total}, perPage: {listing.size}, currentPage: {listing.page}, '
            f"proxyUrl: '{PROXY}', ajaxParam: '{query}'}});</script>"
        )

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:
        """A range by `startrecord` and `endrecord`, or a page by `page`."""
        del path
        rows = int(params.get("perpage", str(size)))
        start = int(params.get("startrecord", str((int(params.get("page", "1")) - 1) * rows + 1)))
        return Asked(params.get("columnid", ""), start, int(params.get("endrecord", str(start + rows - 1))), rows)

    def answer(self, listing: Listing) -> tuple[str, str]:
        """The datastore."""
        return datastore(listing.rows, listing.total, listing.size), "text/xml; charset=utf-8"
