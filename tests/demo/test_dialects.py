"""Every dialect is spoken by a simulated site, and its interface gives every row of the column, by GET and by POST."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import get_args
from urllib.parse import urlencode, urlsplit

import pytest

from crawlers.demo import DemoCity
from crawlers.demo.content import LayoutName, load_site, site_ids
from crawlers.dialects import read_answer, read_list
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Fetcher, Policy
from crawlers.page import Page
from crawlers.status import Dialect, Phase
from crawlers.visit import Visitor

END = date(2026, 9, 30)
SPOKEN = {
    ("wangshu", "penalties"): Dialect.JPAAS,
    ("lanwan", "environment"): Dialect.JPAAS,
    ("lanwan", "licensing"): Dialect.XXGK,
    ("lanwan", "procurement"): Dialect.JSARRAY,
    ("lanwan", "news"): Dialect.JPAGE,
    ("qinghe", "projects"): Dialect.FJAPI,
    ("qinghe", "statistics"): Dialect.UCAP,
    ("heting", "licensing"): Dialect.GKMLPT,
    ("heting", "environment"): Dialect.LIST,
    ("heting", "budget"): Dialect.TABLE,
    ("yunxiu", "statistics"): Dialect.UCAP,
    ("yunxiu", "news"): Dialect.TRS,
}


def test_every_layout_is_used() -> None:
    city = DemoCity.load()
    used = set()
    for site in site_ids(city.root):
        content = load_site(city.root, site, END)
        used |= {content.layout, *(column.layout for column in content.columns.values() if column.layout)}
    assert used == set(get_args(LayoutName))


@pytest.fixture(scope="module")
def served() -> Iterator[DemoCity]:
    with DemoCity.load() as city:
        city.start(END)
        yield city


@pytest.mark.parametrize(("site", "key"), SPOKEN, ids=str)
def test_every_row_is_read_by_turning_the_pages(served: DemoCity, site: str, key: str, tmp_path: Path) -> None:
    netloc = served.sites[site]
    demo = served.site(site)
    fetcher = Fetcher(Policy(rate=0, local=frozenset({netloc})))
    with EvidenceWriter(tmp_path / "demo.warc.gz") as writer:
        visitor = Visitor(fetcher, writer, END, 100, lambda url, good: None)
        first = visitor.open(f"http://{netloc}{demo.column_url(key)}", Phase.FIRST).listing
        items, waiting = list(first.items), list(first.more)
        while waiting:
            further = visitor.follow(waiting.pop(0), Phase.FIRST).listing
            items += further.items
            waiting = waiting or list(further.more)
    fetcher.close()
    assert (first.dialect, first.unread, first.hidden) == (SPOKEN[site, key], False, False)
    assert [(item.title, item.date) for item in items] == [(one.title, one.date) for one in demo.documents[key]]
    assert all(demo.respond("GET", urlsplit(item.url).path).status == 200 for item in items)


def test_an_interface_answers_get_and_post_alike() -> None:
    demo = DemoCity.load().site("qinghe", END)
    page = Page(f"http://127.0.0.1{demo.column_url('projects')}", demo.respond("GET", demo.column_url("projects")).body)
    listing = read_list(page, END)
    total = len(demo.documents["projects"])
    assert len(listing.items) == min(15, total)
    form = {"channelid": "229105", "classsql": next(iter(_sql(page))), "page": "1", "prepage": "7"}
    posted = demo.respond("POST", "/fjdzapp/search", urlencode(form))
    assert posted.body == demo.respond("GET", f"/fjdzapp/search?{urlencode(form)}").body
    assert "模拟数据" in posted.body.decode()
    assert read_answer(listing.more[0], None, END, page).unread if listing.more else total <= 15


def _sql(page: Page) -> set[str]:
    return {part.split("'")[0] for part in page.source.split("classsql: '")[1:]}


def test_an_unknown_column_of_an_interface_has_no_rows() -> None:
    demo = DemoCity.load().site("heting", END)
    assert '"articles": []' in demo.respond("GET", "/gkmlpt/api/all/999999?page=1&sid=755001").body.decode()
