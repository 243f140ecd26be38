"""The interfaces that serve rows of the simulated sites, by GET and by POST."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from crawlers.demo.layouts import Interface, Listing
from crawlers.demo.pages import Reply

if TYPE_CHECKING:
    from crawlers.demo.site import DemoSite


def interface_reply(site: "DemoSite", path: str, params: Mapping[str, str]) -> Reply | None:
    """What the interface at this path answers; None when none of the site's columns has one there."""
    served = {key: layout for key in site.owner if isinstance(layout := site.layout_of(key), Interface) and path.startswith(layout.prefix)}
    if not served:
        return None
    layout = next(iter(served.values()))
    asked = layout.asked(path, params, site.content.page_size)
    key = next((key for key in served if site.shown(key) and layout.column_id(site.column_url(key)) == asked.column), None)
    if key is None or site.content.columns[key].state in ("dead", "blank"):
        body, kind = layout.answer(Listing("", "", (), 1, 1, 0, asked.size))
        return Reply(200, body.encode(), kind)
    asked, total = layout.asked(path, params, site.size(key)), len(site.documents[key])
    page, pages = (asked.start - 1) // asked.size + 1, -(-total // asked.size)
    rows = site.rows(key, asked.start, asked.end)
    body, kind = layout.answer(Listing(site.column_url(key), site.content.columns[key].name, rows, page, pages, total, asked.size))
    return Reply(200, body.encode(), kind)
