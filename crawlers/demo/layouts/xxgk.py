"""大汉 信息公开目录: the column page frames `/module/xxgk/search.jsp`, whose rows carry their date in the attribute `rq`."""

from collections.abc import Mapping

from crawlers.demo.layouts.base import Listing
from crawlers.demo.layouts.interface import NOTE, Asked, paged
from crawlers.demo.layouts.jpage import Jpage

SEARCH = "/module/xxgk/search.jsp"


class Xxgk(Jpage):
    """Addresses as jpage has them; the list stands in a frame and turns its pages by `currpage`."""

    prefix = SEARCH

    def listing(self, listing: Listing) -> str:
        column = self.column_id(listing.first)
        query = f"infotypeId=A{column}&amp;divid=div{column}&amp;jdid=1&amp;area=&amp;sortfield=compaltedate:0"
        return f'<iframe id="xxgk_list" src="{SEARCH}?{query}" width="100%" height="900"></iframe>'

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:
        del path
        return paged(params.get("infotypeId", "").removeprefix("A"), params.get("currpage", "1"), "", size)

    def answer(self, listing: Listing) -> tuple[str, str]:
        rows = "".join(
            f'<tr class="tr_main_value_odd"><td><a href="{row.url}" target="_blank" mc="{row.title}" rq="{row.document.date.isoformat() if row.when else ""}" wh="">'
            f"{row.title[:18]}…</a></td></tr>\n"
            for row in listing.rows
        )
        pages = max(1, -(-listing.total // listing.size))
        foot = f"第{listing.page}页/共{pages}页" if listing.total else "暂无相关信息"
        turn = f"<a href=\"javascript:funGoPage('{SEARCH}',{listing.page + 1})\">下一页</a>" if listing.page < pages else ""
        body = f'<html><head><meta charset="utf-8"></head><body><table>{rows}</table><div class="tb_title">{foot} {turn}</div><!-- {NOTE} --></body></html>'
        return body, "text/html; charset=utf-8"
