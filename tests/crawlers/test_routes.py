"""Addresses whose fragment is a route: a script shows another page for each, and the page that comes is none of them."""

from pathlib import Path

import pytest

from crawlers.observation import Sighting
from crawlers.page import Page
from crawlers.status import Match, PageState
from tests.crawlers.web import HOME, OTHERS, Answer, column, links, page, rows, sighting_of

STALE = rows(("关于做好春耕备耕工作的通知", "2025-03-20"), ("关于召开会议的通知", "2025-03-11"), ("关于清明放假的通知", "2025-03-02"))
FRESH = STALE.replace("2025-", "2026-")
ROUTES = ("/zwgk/index.html?tab=1#/list", "/index.html#/zwgk/tzgg", "#/list/3", "/zwgk/#!/list", "/zwgk/index.html#/list?id=7")


def sight(tmp_path: Path, href: str, more: dict[str, Answer | list[Answer]], asked: list[str] | None = None) -> Sighting:
    pages: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, STALE.replace("/a/", path)) for name, path in OTHERS}
    pages |= {HOME: page("示例区人民政府", links(*OTHERS, ("通知公告", href)) + STALE), **more}
    return sighting_of(pages, column("x", "通知公告"), tmp_path, asked)


@pytest.mark.parametrize("href", ROUTES)
def test_a_page_by_its_route_is_not_judged_by_what_comes_for_all_routes(href: str, tmp_path: Path) -> None:
    shells: dict[str, Answer | list[Answer]] = {
        address: page("政务公开", STALE) for address in (f"{HOME}zwgk/index.html?tab=1", f"{HOME}index.html", f"{HOME}zwgk/", f"{HOME}zwgk/index.html")
    }
    asked: list[str] = []
    seen = sight(tmp_path, href, shells, asked)
    assert (seen.match, seen.page) == (Match.EXACT, PageState.NEEDS_SCRIPT)
    assert "#" in seen.url
    assert (seen.newest, seen.confirmed) == (None, False)
    assert not any("#" in url for url in asked), "a fragment is never sent"


@pytest.mark.parametrize(
    "href", ["/tzgg/index.html#list", "/tzgg/index.html#", "/tzgg/index.html#/", "/tzgg/index.html#!", "/tzgg/index.html#top2", "/tzgg/index.html"]
)
def test_a_place_on_a_page_is_that_page(href: str, tmp_path: Path) -> None:
    seen = sight(tmp_path, href, {f"{HOME}tzgg/index.html": page("通知公告", FRESH, "首页 > 通知公告")})
    assert (seen.url, str(seen.newest)) == (f"{HOME}tzgg/index.html", "2026-03-20")


def test_a_route_that_is_not_there_is_gone_and_one_that_a_browser_showed_is_content() -> None:
    assert Page(f"{HOME}a/#/list", page("页面不存在", "<p>您访问的页面不存在</p>").encode()).state is PageState.SOFT_404
    assert Page(f"{HOME}a/#/list", page("通知公告", FRESH).encode(), settled=True).state is PageState.CONTENT
    assert Page(f"{HOME}a/#list", page("通知公告", FRESH).encode()).state is PageState.CONTENT
