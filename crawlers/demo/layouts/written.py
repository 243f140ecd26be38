"""Lists that a script writes from constants (`urls[i]='…'`), and lists of definitions (`dl`)."""

import json

from crawlers.demo.items import Document
from crawlers.demo.layouts.base import Listing
from crawlers.demo.layouts.jpage import Jpage
from crawlers.demo.layouts.plain import Plain
from crawlers.demo.layouts.table import pager


class JsArray(Jpage):
    """Addresses as jpage has them; every row stands in the page as script constants, month and day without zeros."""

    whole = True

    def listing(self, listing: Listing) -> str:
        rows = "".join(
            f"urls[i]='{row.url}';headers[i]={json.dumps(row.document.title, ensure_ascii=False)};"
            f"year[i]='{row.document.date.year}';month[i]='{row.document.date.month}';day[i]='{row.document.date.day}';i++;\n"
            for row in listing.rows
        )
        return f'<div id="div_list"></div><script language="javascript">var urls=[],headers=[],year=[],month=[],day=[],i=0;\n{rows}showList();</script>'


class Definitions(Plain):
    """`dl > dt > a` with the date in the `dd` after it; day and year-month in elements of their own."""

    def article(self, first: str, document: Document) -> str:
        return f"{first}content_{document.number}.html"

    def listing(self, listing: Listing) -> str:
        rows = "".join(
            f'<dl class="item"><dt><a href="{row.url}">{row.title}</a></dt>'
            + (f'<dd class="date"><span class="day">{row.document.date:%d}</span><span>{row.document.date:%Y-%m}</span></dd>' if row.when else "")
            + "</dl>\n"
            for row in listing.rows
        )
        return f'<div class="dl_list">\n{rows}</div>' + pager(listing, listing.first + "?page={}")
