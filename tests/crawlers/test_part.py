"""A column whose link leads to one tab or block of a page is what stands in that one, not what stands beside it."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.observation import Sighting
from crawlers.status import Match
from tests.crawlers.web import HOME, OTHERS, Answer, column, links, page, rows, sighting_of

FRESH = rows(("关于春耕备耕工作的政策解读", "2026-03-20"), ("关于安全生产的政策解读", "2026-03-11"), ("关于清明放假的政策解读", "2026-03-02"))
STALE = rows(("关于冬季取暖补贴的通知", "2024-11-20"), ("关于防汛工作安排的通知", "2024-07-11"), ("关于招聘工作人员的通知", "2024-05-02")).replace("/a/", "/b/")
TABS = "<div class='tabs'><a href='#zcjd'>政策解读</a><a href='#tzgg'>通知公告</a></div>"


def sight(
    tmp_path: Path, body: str, name: str = "通知公告", mark: str = "tzgg", other: str = "zcjd", at: str = "/zw/", menu: str = "政策解读", **more: object
) -> Sighting:
    pages: dict[str, Answer | list[Answer]] = {f"{HOME}{path.strip('/')}/": page(text, FRESH.replace("/a/", path)) for text, path in OTHERS}
    leads = links(*OTHERS, (menu, f"{at}#{other}"), ("通知公告", f"{at}#{mark}"))
    pages |= {HOME: page("示例区人民政府", leads), f"{HOME}zw/": page("政务公开", body, "首页 > 政务公开")}
    return sighting_of(pages, column("x", name, **more), tmp_path)


BOTH = {
    "panes": f"{TABS}<div class='tab-content'><div class='tab-pane active' id='zcjd'>{FRESH}</div><div class='tab-pane' id='tzgg'>{STALE}</div></div>",
    "panes-without-classes": f"{TABS}<div><div id='zcjd'>{FRESH}</div><div id='tzgg' style='display:none'>{STALE}</div></div>",
    "numbered": f"{TABS}<div><div class='con con1' id='zcjd'>{FRESH}</div><div class='con con2' id='tzgg'>{STALE}</div></div>",
    "blocks-with-headings": f"<div class='box'><h2 id='zcjd'>政策解读</h2>{FRESH}</div><div class='box'><h2 id='tzgg'>通知公告</h2>{STALE}</div>",
    "named-anchors": f"<div class='box'><a name='zcjd'></a><h3>政策解读</h3>{FRESH}</div><div class='box'><a name='tzgg'></a><h3>通知公告</h3>{STALE}</div>",
    "headings-in-a-row": f"<div><h2 id='zcjd'>政策解读</h2>{FRESH}<h2 id='tzgg'>通知公告</h2>{STALE}</div>",
    "turned-round": f"<div><div id='tzgg'>{STALE}</div><div id='zcjd'>{FRESH}</div></div>",
}


@pytest.mark.parametrize("body", BOTH.values(), ids=BOTH)
def test_the_freshness_of_another_tab_is_not_the_columns(body: str, tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    seen, other = sight(tmp_path, body), sight(tmp_path / "1", body, "政策解读")
    assert (seen.newest, seen.confirmed, seen.url) == (date(2024, 11, 20), True, f"{HOME}zw/#tzgg")
    assert (other.newest, other.url) == (date(2026, 3, 20), f"{HOME}zw/#zcjd")
    assert not other.complete, "a tab shows how a list begins"


UNTOLD = {
    "by-number": f"<div class='tabs'><b>政策解读</b><b>通知公告</b></div><div><div class='pane'>{FRESH}</div><div class='pane'>{STALE}</div></div>",
    "one-list": FRESH,
    "empty-tab": f"<div><div id='zcjd'>{FRESH}</div><div id='tzgg'></div></div>",
    "on-the-button": f"<ul><li id='zcjd'>政策解读</li><li id='tzgg'>通知公告</li></ul><div>{FRESH}</div>",
}


@pytest.mark.parametrize("body", UNTOLD.values(), ids=UNTOLD)
@pytest.mark.parametrize("at", ["/zw/", "http://www.example.invalid/zw/"])
def test_a_tab_that_is_not_found_is_left_to_a_person(body: str, at: str, tmp_path: Path) -> None:
    seen = sight(tmp_path, body, at=at)
    assert (seen.match, seen.newest) == (Match.CONTAINED, None)


WHOLE = {
    "a-mark-for-the-menu": {"mark": "nav3", "other": "nav3"},
    "marks-for-the-menu": {"mark": "nav3", "other": "nav5", "name": "通知公告", "menu": "通知公告"},
    "the-list-itself": {"body": f"<div id='tzgg'>{FRESH}</div><div class='page'>共1页</div>", "other": "tzgg"},
    "a-row": {"body": FRESH.replace("<li>", "<li id='tzgg'>", 1), "other": "tzgg"},
    "rows-turned-by-a-script": {"body": f"<div><div id='page1'>{FRESH}</div><div id='page2'>{STALE}</div></div>", "mark": "page1", "other": "page1"},
}


@pytest.mark.parametrize("more", WHOLE.values(), ids=WHOLE)
def test_a_fragment_that_names_no_tab_leaves_the_page_whole(more: dict[str, str], tmp_path: Path) -> None:
    seen = sight(tmp_path, **({"body": FRESH} | more))
    assert (seen.match, seen.newest, seen.url) == (Match.EXACT, date(2026, 3, 20), f"{HOME}zw/")
    assert {item.date for item in seen.items} >= {date(2026, 3, 20), date(2026, 3, 2)}


def test_a_text_and_a_section_are_read_whole(tmp_path: Path) -> None:
    body = f"<div><div id='tzgg'>{STALE}</div><div id='zcjd'>{FRESH}</div></div>"
    assert sight(tmp_path, body, kind="section").url == f"{HOME}zw/"


def test_what_only_looks_like_an_address_within_a_page_is_asked_for_once(tmp_path: Path) -> None:
    asked: list[str] = []
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page("示例区人民政府", links(*OTHERS, ("通知公告", "/zw/#tzgg"))),
        f"{HOME}zw/": page("政务公开", BOTH["panes"]),
    }
    sighting_of(pages, column("x", "通知公告"), tmp_path, asked)
    assert f"{HOME}zw/" in asked
    assert not any("#" in url for url in asked)
