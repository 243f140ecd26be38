"""Which of the lists of a page is its own: not the one behind another tab, nor what stands at its side."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.dialects import read_list
from crawlers.observation import Sighting
from crawlers.page import Page
from crawlers.status import Match
from tests.crawlers.web import HOME, OTHERS, Answer, column, links, page, rows, sighting_of

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
TITLES = ("关于做好春耕备耕工作的通知", "关于召开全区工作会议的通知", "关于清明节放假安排的通知")
FRESH = rows(*((title, f"2026-03-1{number}") for number, title in enumerate(TITLES))).replace("/a/", "/b/")
STALE = rows(*((title, f"2024-03-1{number}") for number, title in enumerate(TITLES)))


@pytest.mark.parametrize(("hidden", "shown", "newest"), [(FRESH, STALE, date(2024, 3, 12)), (STALE, FRESH, date(2026, 3, 12))])
@pytest.mark.parametrize("style", ["display:none", "width: 100%; DISPLAY: none;"])
def test_of_two_lists_alike_the_one_that_is_shown_is_the_pages(hidden: str, shown: str, newest: date, style: str) -> None:
    for body in (f"<div style='{style}'>{hidden}</div><div>{shown}</div>", f"<div>{shown}</div><div style='{style}'>{hidden}</div>"):
        assert read_list(Page(URL, page("通知公告", body).encode()), AS_OF).newest == newest


def test_a_long_list_that_a_script_shows_stays_the_pages() -> None:
    long = rows(*((f"关于第{number}项工作的通知", f"2026-02-{number:02}") for number in range(10, 20)))
    assert read_list(Page(URL, page("通知公告", f"<div style='display:none'>{long}</div>{STALE}").encode()), AS_OF).newest == date(2026, 2, 19)


LONG = rows(*((f"区里第{number}件事情的新闻", "2026-03-30") for number in range(8))).replace("/a/", "/h/")
HEADED = (
    "<div class='right'><h3>{name}</h3>{list}</div>",
    "<div class='r'><div class='tit'><span>{name}</span><a href='/more/'>更多&gt;&gt;</a></div><div class='con'>{list}</div></div>",
    "<dl><dt>{name}</dt><dd>{list}</dd></dl>",
)


@pytest.mark.parametrize("headed", HEADED)
@pytest.mark.parametrize("name", ["最新发布", "热门推荐", "相关新闻", "点击排行", "推荐阅读", "热点信息"])
def test_a_longer_list_that_is_headed_as_one_for_every_page_is_not_the_pages_own(name: str, headed: str) -> None:
    other = headed.format(name=name, list=LONG)
    for body in (f"<div class='left'><h3>通知公告</h3>{STALE}</div>{other}", f"{other}<div class='left'>{STALE}</div>"):
        assert read_list(Page(URL, page("通知公告", body).encode()), AS_OF).newest == date(2024, 3, 12)


@pytest.mark.parametrize("headed", HEADED)
def test_a_page_that_is_called_so_keeps_its_list(headed: str) -> None:
    own = headed.format(name="最新发布", list=LONG)
    assert read_list(Page(URL, page("最新发布", f"{own}<div>{STALE}</div>").encode()), AS_OF).newest == date(2026, 3, 30)
    crumb = f"<p>当前位置：首页 &gt; 最新发布</p>{own}<div>{STALE}</div>"
    assert read_list(Page(URL, page("示例区人民政府", crumb).encode()), AS_OF).newest == date(2026, 3, 30)


@pytest.mark.parametrize("name", ["最新发布", "热门推荐"])
def test_a_list_that_stands_alone_is_the_pages_whatever_it_is_headed(name: str) -> None:
    assert read_list(Page(URL, page("通知公告", HEADED[0].format(name=name, list=LONG)).encode()), AS_OF).newest == date(2026, 3, 30)


@pytest.mark.parametrize("beside", ["side", "sidebar", "hot-news", "tuijian"])
def test_what_stands_beside_a_list_without_days_does_not_tell_how_old_it_is(beside: str, tmp_path: Path) -> None:
    undated = "".join(f"<li><a href='/c/content_{number}.html'>{title}</a></li>" for number, title in enumerate(TITLES))
    body = f"<div class='main'><ul>{undated}</ul></div><div class='{beside}'>{FRESH}</div>"
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page("示例区人民政府", links(*OTHERS, ("通知公告", "/tzgg/"))),
        f"{HOME}tzgg/": page("通知公告", body, "首页 > 通知公告"),
    }
    pages |= {f"{HOME}c/content_{number}.html": page(title, f"<h1>{title}</h1><p>发布日期：2024-03-1{number}</p>") for number, title in enumerate(TITLES)}
    assert sighting_of(pages, column("x", "通知公告"), tmp_path).newest == date(2024, 3, 12)


def sight(body: str, tmp_path: Path) -> Sighting:
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page("示例区人民政府", links(*OTHERS, ("通知公告", "/tzgg/"))),
        f"{HOME}tzgg/": page("通知公告", body, "首页 > 通知公告"),
    }
    return sighting_of(pages, column("x", "通知公告"), tmp_path)


@pytest.mark.parametrize("main", ["<ul class='list'></ul>", "<p>暂无信息</p>", "<p>本栏目内容由专人整理。</p>"])
@pytest.mark.parametrize("beside", ["side", "hot", "rank"])
def test_what_stands_beside_nothing_is_left_to_a_person(main: str, beside: str, tmp_path: Path) -> None:
    seen = sight(f"<div class='main'>{main}</div><div class='{beside}'>{FRESH}</div>", tmp_path)
    assert (seen.match, seen.newest) == (Match.CONTAINED, None)


APART = {
    "two-lists": "<ul>" + "".join(f"<li><a href='/c/{title}'>{title}</a></li>" for title in TITLES) + "</ul><ul>" + "<li>2024-03-12</li>" * 3 + "</ul>",
    "timeline": "<dl>" + "".join(f"<dt>2024-03-12</dt><dd><a href='/c/{title}'>{title}</a></dd>" for title in TITLES) + "</dl>",
}


@pytest.mark.parametrize("main", APART.values(), ids=APART)
def test_days_apart_from_their_titles_go_before_what_stands_beside(main: str, tmp_path: Path) -> None:
    seen = sight(f"<div>{main}</div><div class='side'>{FRESH}</div>", tmp_path)
    assert (seen.match, seen.newest, seen.confirmed) == (Match.EXACT, date(2024, 3, 12), False)


def test_an_address_tells_the_year_of_a_row_that_states_none() -> None:
    body = "".join(f"<li><a href='/2024/031{number}/c1a{number}.html'>{title}</a><span>03-1{number}</span></li>" for number, title in enumerate(TITLES))
    other = "".join(f"<li><a href='/2024/0101/c1a{number}.html'>{title}</a><span>03-1{number}</span></li>" for number, title in enumerate(TITLES))
    assert [item.date for item in read_list(Page(URL, page("通知公告", f"<ul>{body}</ul>").encode()), AS_OF).items] == [date(2024, 3, 10 + n) for n in range(3)]
    assert read_list(Page(URL, page("通知公告", f"<ul>{other}</ul>").encode()), AS_OF).newest == date(2026, 3, 12)
