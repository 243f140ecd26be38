"""广东 gkmlpt: one shell for all columns, a fragment for each, rows from `/gkmlpt/api/all/{column}`."""

import json
from collections.abc import Mapping
from datetime import datetime, time, timedelta, timezone

from crawlers.demo.items import Document
from crawlers.demo.layouts.base import Listing
from crawlers.demo.layouts.interface import Asked, as_json, moment, paged
from crawlers.demo.layouts.jpage import number
from crawlers.demo.layouts.table import Table

SHELL = "/gkmlpt/index"
SID = "755001"
_CHINA = timezone(timedelta(hours=8))


class Gkmlpt(Table):
    """`/gkmlpt/index#480`, `/gkmlpt/content/12/12345/post_12345678.html`."""

    prefix = "/gkmlpt/api/all/"

    def column(self, section: str, slug: str) -> str:
        return f"{SHELL}#{number(section, slug) % 100_000}"

    def page(self, first: str, number: int) -> str:
        return f"{first}?page={number}"

    def article(self, first: str, document: Document) -> str:
        del first
        return f"/gkmlpt/content/{document.number % 100}/{document.number % 10_000}/post_{document.number}.html"

    def column_id(self, first: str) -> str:
        return first.partition("#")[2]

    def listing(self, listing: Listing) -> str:
        return self.shell([(listing.name, listing.first)])

    def shell(self, columns: list[tuple[str, str]]) -> str:
        """The page that serves every column: names and addresses of all of them."""
        nodes = [{"id": int(self.column_id(url)), "name": name, "jump_url": "", "children": []} for name, url in columns]
        tree = json.dumps([{"id": 1, "name": "主动公开目录", "jump_url": "", "children": nodes}], ensure_ascii=False)
        return f"<div id=\"app\" v-cloak></div>\n<script>window._CONFIG = {{SID: '{SID}', TREE: {tree}, SERVICE_AREA_ID: '1'}};</script>\n<script src=\"/gkmlpt/js/app.js\"></script>"

    def asked(self, path: str, params: Mapping[str, str], size: int) -> Asked:
        return paged(path.removeprefix(self.prefix), params.get("page", "1"), "", size)

    def answer(self, listing: Listing) -> tuple[str, str]:
        def entry(index: int) -> dict[str, object]:
            row = listing.rows[index]
            written = datetime.combine(row.document.date - timedelta(days=6), time(), _CHINA)
            published = datetime.combine(row.document.date, time(9, 30), _CHINA)
            return {
                "id": row.document.number,
                "title": row.document.title,
                "url": row.url,
                "publisher": row.document.publisher,
                "identifier": row.document.index,
                "date": int(written.timestamp()),
                "created_at": moment(listing, index),
                "display_publish_time": int(published.timestamp()) if row.when else 0,
                "is_expired": 0,
                "is_abolished": 0,
            }

        column = {"id": self.column_id(listing.first), "name": listing.name, "post_count": listing.total}
        return as_json({"articles": [entry(index) for index in range(len(listing.rows))], "classify": column})
