"""福建's TRS: the first rows stand in static blocks of five, the rest comes from `/fjdzapp/search` by POST."""

from collections.abc import Mapping

from crawlers.demo.layouts.base import Listing
from crawlers.demo.layouts.interface import Asked, as_json, moment, paged
from crawlers.demo.layouts.jpage import number
from crawlers.demo.layouts.trs import Trs

PATH = "/fjdzapp/search"
_BLOCK = 5


class Fjapi(Trs):
    """Addresses as TRS has them."""

    prefix = PATH

    def column_id(self, first: str) -> str:
        return str(number("fjapi", first) % 100_000)

    def listing(self, listing: Listing) -> str:
        blocks = ""
        for start in range(0, len(listing.rows), _BLOCK):
            rows = "".join(
                f'<li><a href="{row.url}" target="_blank" title="{row.title}">{row.title[:20]}</a><em id="rel_{row.document.number}"></em><span class="bf-pass">{row.when}</span></li>'
                for row in listing.rows[start : start + _BLOCK]
            )
            blocks += f'<div ms-visible="$showStatic({start + 1})"><ul>{rows}</ul></div>\n'
        options = (
            f"{{recordCount: '{listing.total}', search: '{PATH}', channelid: '229105', sortfield: '-docorderpri,-docreltime', "
            f"classsql: 'chnlid={self.column_id(listing.first)}', prepage: '{listing.size}'}}"
        )
        return f'<div class="list_base" ms-controller="list"><div ms-visible="showStatic">{blocks}</div></div>\n<script>avalon.list({options});</script>'

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:
        del path
        return paged(params.get("classsql", "").removeprefix("chnlid="), params.get("page", "1"), params.get("prepage", ""), size)

    def answer(self, listing: Listing) -> tuple[str, str]:
        rows = [
            {"doctitle": row.document.title, "docpuburl": row.url, "chnldocurl": row.url, "docreltime": moment(listing, index)}
            for index, row in enumerate(listing.rows)
        ]
        return as_json({"data": rows, "count": listing.total, "pageCount": -(-listing.total // listing.size), "page": listing.page})
