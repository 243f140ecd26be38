"""大汉 jpaas: the column page names a building unit; its HTML comes as JSON, further pages by `paramJson`. The twin asks `/queryList` by POST."""

import json
from collections.abc import Mapping
from hashlib import md5

from crawlers.demo.items import Document
from crawlers.demo.layouts.base import Listing
from crawlers.demo.layouts.interface import Asked, as_json, moment, paged
from crawlers.demo.layouts.jpage import number

UNIT = "/api-gateway/jpaas-publish-server/front/page/build/unit"


class Jpaas:
    """`/col/col1229000001/index.html`, `/col/col1229000001/art/2026/art_<32 hex>.html`: only the year stands in the address."""

    prefix = UNIT

    def section(self, slug: str) -> str:
        return f"/col/col{number('', slug)}/index.html"

    def column(self, section: str, slug: str) -> str:
        return f"/col/col{number(section, slug)}/index.html"

    def page(self, first: str, number: int) -> str:
        return f"{first}?pageNum={number}"

    def article(self, first: str, document: Document) -> str:
        digest = md5(str(document.number).encode(), usedforsecurity=False).hexdigest()
        return f"{first.rsplit('/', 1)[0]}/art/{document.date.year}/art_{digest}.html"

    def column_id(self, first: str) -> str:
        return first.split("/")[2].removeprefix("col")

    def listing(self, listing: Listing) -> str:
        query = {"parseType": "bulidstatic", "webId": "52", "tplSetId": "5HrZiFGOR8vHklhTYqM4B", "pageType": "column", "tagId": "列表新闻", "editType": "null"}
        said = json.dumps(query | {"pageId": self.column_id(listing.first)}, ensure_ascii=False).replace('"', "'")
        return (
            f'<div class="page-list"></div><script type="text/javascript" src="/script/0/AuthorizedRead/unitbuild.js" url="{UNIT}" '
            f'querydata="{said}" replace="replace"></script>'
        )

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:
        del path
        wrapped = params.get("paramJson") or "{}"
        try:
            inner = json.loads(wrapped)
        except ValueError:
            inner = {}
        return paged(params.get("pageId", ""), str(inner.get("pageNo", 1)), str(inner.get("pageSize", "")), size)

    def answer(self, listing: Listing) -> tuple[str, str]:
        rows = "".join(f'<li><a href="{row.url}" target="_blank" title="{row.title}">{row.title}</a><span>{row.when}</span></li>' for row in listing.rows)
        pager = f'<div class="pagination" data-page="{listing.page}" data-total="{listing.total}">共{listing.total}条</div>' if listing.total else ""
        return as_json({"success": True, "code": "200", "message": "", "data": {"html": f'<div class="page-content"><ul>{rows}</ul></div>{pager}'}})


class JpaasForm(Jpaas):
    """The same addresses; `loadPageData({unitid, webSiteCode, channelCode})` asks `/queryList` by POST."""

    prefix = "/queryList"

    def listing(self, listing: Listing) -> str:
        said = f"unitid: '538271', webSiteCode: 'demo', channelCode: '{self.column_id(listing.first)}', perPage: '{listing.size}'"
        return f'<ul id="list_ul"></ul><script>$(function () {{ loadPageData({{{said}}}); }});</script>'

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:
        del path
        return paged(params.get("channelCode[]", ""), params.get("current", "1"), params.get("perPage", ""), size)

    def answer(self, listing: Listing) -> tuple[str, str]:
        rows = [
            {"source": {"title": row.document.title, "pubDate": moment(listing, index), "urls": {"pc": row.url}}, "type": "news"}
            for index, row in enumerate(listing.rows)
        ]
        return as_json({"code": 200, "success": True, "data": {"total": listing.total, "current": listing.page, "results": rows}})
