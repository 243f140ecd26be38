"""Answers of list interfaces whose fields bear names of a site's own, or none at all."""

import json
from datetime import date

import pytest

from crawlers.dialects import interface
from crawlers.listing import Listing, Request
from crawlers.page import Page
from crawlers.status import Dialect
from tests.crawlers.dialects.asking import titled

AS_OF = date(2026, 3, 31)
ROWS = [("关于开展防汛备汛工作检查的通知", "2026-03-20"), ("示例市2026年重点项目清单公布", "2026-03-17"), ("示例市人民政府关于印发方案的通知", "2026-03-11")]
SHAPES: dict[str, object] = {
    "lists": {"data": [[t, f"/{n}.html", d] for n, (t, d) in enumerate(ROWS)]},
    "subject": {"list": [{"subject": t, "href": f"/{n}.html", "addtime": d} for n, (t, d) in enumerate(ROWS)]},
    "initials": {"list": [{"XXBT": t, "XXURL": f"/{n}.html", "FBSJ": d} for n, (t, d) in enumerate(ROWS)]},
    "document": {"list": [{"wjbt": t, "wjurl": f"/{n}.html", "fwrq": d} for n, (t, d) in enumerate(ROWS)]},
    "its-own": {"rst": {"z": [{"a": t, "b": f"/{n}.html", "c": f"{d} 10:00"} for n, (t, d) in enumerate(ROWS)]}},
    "library": {
        "searchVO": {
            "catMap": {
                "gongwen": {"totalCount": 3, "listVO": [{"title": t, "url": f"/{n}.htm", "pubtimeStr": d.replace("-", ".")} for n, (t, d) in enumerate(ROWS)]}
            }
        }
    },
    "dates-of-another-system": {"Data": {"Rows": [{"Title": t, "Url": f"/{n}.html", "PublishTime": f"{d}T08:00:00"} for n, (t, d) in enumerate(ROWS)]}},
}


def listed(value: object) -> Listing:
    page = Page("http://www.example.invalid/api/x?id=1", json.dumps(value, ensure_ascii=False).encode(), "application/json")
    return interface.listing(Request(page.url, None, Dialect.SEARCH, "http://www.example.invalid/tzgg/"), page, AS_OF, shown_on=None)


@pytest.mark.parametrize("value", SHAPES.values(), ids=SHAPES)
def test_rows_by_names_of_their_own(value: object) -> None:
    listing = listed(value)
    assert titled(listing.items) == ROWS
    assert not listing.unread


@pytest.mark.parametrize(
    "value",
    [{"data": [["甲", "乙"], ["丙", "丁"]]}, {"z": [{"a": "关于会议的通知", "b": 7}]}, {"z": [{"a": "通知公告", "b": "/tzgg/"}]}, ["/a.html", "/b.html"]],
)
def test_what_does_not_tell_its_titles_addresses_and_days_is_not_understood(value: object) -> None:
    assert listed(value).unread
