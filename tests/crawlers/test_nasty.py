"""Sites that mislead: whatever a human would find is never called missing, blank or stale. Each case was a false negative once."""

import time
from datetime import date
from pathlib import Path

import pytest

from crawlers.dialects import read_list
from crawlers.observation import Sighting
from crawlers.page import Page
from crawlers.status import FetchStatus, Looked, Match, PageState
from tests.crawlers.web import HOME, Answer, column, links, observe, page, rows, view

GUIDE = column("guide", "政府信息公开指南", aliases=["公开指南", "信息公开指南"], kind="list")
MENU = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("专题", "/zt/"))
FRESH = rows(("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-01"))
LEAVES: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, FRESH) for name, path in MENU}


def home(*pairs: tuple[str, str], more: str = "") -> str:
    return page("示例区", links(*MENU, *pairs) + more)


def see(tmp_path: Path, pages: dict[str, Answer | list[Answer]], **more: object) -> tuple[Sighting, Looked]:
    scope = view(observe(LEAVES | pages, [GUIDE], tmp_path, **more))  # type: ignore[arg-type]
    return scope.sightings[0], scope.looked


def never_missing(seen: Sighting, looked: Looked) -> None:
    assert not (seen.match is None and seen.confirmed and looked is Looked.COMPLETE), seen


@pytest.mark.parametrize(
    "html",
    [
        "",
        "<script>document.cookie='a=1';location.reload()</script>",
        "<script>location.assign('/gov/')</script>",
        "<p>您的请求可能存在威胁，已被拦截</p>",
        "<p>网站升级维护中</p>",
        "<h1>403 Forbidden</h1>",
        "<p>服务器繁忙</p>",
        "<a href='/gov/'><img src='a.jpg'></a>",
        "\x00\x01\x02\x03",
    ],
)
def test_a_home_page_without_a_menu_hides_everything(html: str, tmp_path: Path) -> None:
    never_missing(*see(tmp_path, {HOME: html}))


def test_a_home_on_the_www_twin_of_its_host_is_the_same_site(tmp_path: Path) -> None:
    bare = "http://example.invalid/"
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page("示例区", links(*[(name, bare + path.strip("/") + "/") for name, path in MENU], ("政府信息公开指南", bare + "zn/"))),
        bare + "zn/": page("指南", FRESH),
    }
    pages.update({bare + path.strip("/") + "/": page(name, FRESH) for name, path in MENU})
    seen, _ = see(tmp_path, pages)
    assert (seen.match, seen.newest) == (Match.EXACT, date(2026, 3, 20))


def test_a_column_kept_on_another_host_is_unread_not_missing(tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(("政府信息公开指南", "http://sister.example.invalid/zn/"))})
    assert (seen.match, seen.confirmed, seen.page) == (Match.EXACT, False, None)


@pytest.mark.parametrize("trouble", [503, 412, FetchStatus.TIMEOUT])
def test_without_a_second_look_nothing_is_missing(trouble: Answer, tmp_path: Path) -> None:
    never_missing(*see(tmp_path, {HOME: [home(), trouble]}))


def test_a_budget_that_ends_before_the_second_look_confirms_nothing(tmp_path: Path) -> None:
    never_missing(*see(tmp_path, {HOME: home()}, budget=6))


@pytest.mark.parametrize("bad", [404, page("x", "系统维护中"), "<p>您访问的页面不存在</p>", "<html><body></body></html>"])
def test_a_menu_page_that_was_bad_once_is_opened_again(bad: Answer, tmp_path: Path) -> None:
    good = page("公开", links(("政府信息公开指南", "/zn/"), ("甲", "/yw/"), ("乙", "/gg/")))
    seen, looked = see(tmp_path, {HOME: home(("政务公开栏", "/xxgk/")), HOME + "xxgk/": [bad, good], HOME + "zn/": page("指南", FRESH)})
    never_missing(seen, looked)


@pytest.mark.parametrize(
    ("more", "menu"),
    [
        ("<iframe src='/menu/'></iframe>", "menu/"),
        ("<a href='/menu/'><img src='x.png'></a>", "menu/"),
        ("<a href='/lm/100234.html'>公开</a>", "lm/100234.html"),
        ("<a href='/list_12.html'>公开</a>", "list_12.html"),
    ],
)
def test_menus_behind_frames_pictures_and_odd_addresses_are_opened(more: str, menu: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(more=more), HOME + menu: page("公开", links(("政府信息公开指南", "/zn/"))), HOME + "zn/": page("指南", FRESH)})
    assert (seen.match, seen.newest) == (Match.EXACT, date(2026, 3, 20))


def test_a_menu_behind_a_login_is_a_gap_but_a_link_called_login_is_not(tmp_path: Path) -> None:
    login = "<form><input type='password'></form><p>用户登录</p>"
    never_missing(*see(tmp_path, {HOME: home(("政务公开栏", "/xxgk/")), HOME + "xxgk/": login}))
    seen, looked = see(tmp_path, {HOME: home(("登录", "/login/")), HOME + "login/": login})
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


@pytest.mark.parametrize(
    "more",
    [
        "<script>document.write('<li><a href=\"/g/\">政府信息公开指南</a></li>')</script>",
        "<select><option value='/g/'>政府信息公开指南</option></select>",
        "<a href=\"javascript:window.open('/g/')\">政府信息公开指南</a>",
        "<div onclick=\"go('/g/')\">政府信息公开指南</div>",
        "<a onclick='x()'>公开指南</a>",
        "<a href='#g'>政府信息公开指南</a>",
        "<h3>政府信息公开指南</h3>",
        "<button>政府信息公开指南</button>",
        "<a href='/g/'>示例市自然资源和规划局政府信息公开指南</a>",
        "<a href='/g/'>一、信息公开指南</a>",
        "<a href='/art/2026/3/1/art_1_2.html'>示例市政府信息公开指南</a>",
        "<a href='/g.pdf'>示例市政府信息公开指南</a>",
    ],
)
def test_a_name_that_stands_on_a_page_is_ambiguous_at_worst(more: str, tmp_path: Path) -> None:
    never_missing(*see(tmp_path, {HOME: home(more=more), HOME + "g/": page("某页", FRESH)}))


def test_article_titles_that_mention_a_name_do_not_count(tmp_path: Path) -> None:
    more = "<ul><li><a href='/a/t20260301_1.html'>关于修订《政府信息公开指南》的说明</a><span>2026-03-01</span></li></ul>"
    seen, looked = see(tmp_path, {HOME: home(more=more)})
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


def test_invisible_characters_do_not_part_a_name(tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(("政府信息&#8203;公开指南", "/zn/")), HOME + "zn/": page("指南", FRESH)})
    assert seen.match is Match.EXACT


def listed(tmp_path: Path, body: str, further: dict[str, str] | None = None) -> Sighting:
    pages: dict[str, Answer | list[Answer]] = {HOME: home(("政府信息公开指南", "/zn/")), HOME + "zn/": page("指南", body)}
    pages.update(further or {})
    return see(tmp_path, pages)[0]


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + "<a href='/x/1'>春耕备耕通知</a>(三月)<br><a href='/x/2'>召开会议通知</a>(二月)<br></p>",
        "<ul><li><a href='view.asp?id=12'>机构职能</a></li><li><a href='view.asp?id=13'>内设机构</a></li></ul>",
        "<p>本局主要职责：贯彻执行国家有关方针政策，拟订本区发展规划并组织实施，承担有关行政审批工作，完成区政府交办的其他任务。</p>",
        "<p><a href='/f/2025.pdf'>2025年部门预算</a></p><p><a href='/f/2024.pdf'>2024年部门决算</a></p>",
        "<iframe src='/list/'></iframe>",
        "<script src='/js/list.js'></script><div class='list'></div>",
        "<div>评论：暂无</div><ul><li><a href='/x/1'>春耕备耕通知</a>三月</li><li><a href='/x/2'>召开会议通知</a></li></ul>",
        '<ul><li onclick="go(1)">关于春耕备耕工作的通知 一二三四五六七八九十一二三四五六七八九十</li></ul>',
    ],
)
def test_a_page_that_holds_something_is_not_blank(body: str, tmp_path: Path) -> None:
    assert listed(tmp_path, body).page not in (PageState.BLANK, PageState.UNDER_CONSTRUCTION)


@pytest.mark.parametrize("body", ["<p>暂无内容</p>", "<ul class='list'></ul>", "<p>栏目建设中</p>"])
def test_a_page_that_holds_nothing_is(body: str, tmp_path: Path) -> None:
    assert listed(tmp_path, body).page in (PageState.BLANK, PageState.UNDER_CONSTRUCTION)


def test_an_item_that_mentions_something_missing_is_no_soft_404(tmp_path: Path) -> None:
    seen = listed(tmp_path, "<ul><li><a href='/a/t20260301_1.html'>政府信息不存在告知书</a><span>2026-03-01</span></li></ul>")
    assert (seen.page, seen.newest) == (PageState.CONTENT, date(2026, 3, 1))


@pytest.mark.parametrize(
    "body",
    [
        "<table><tr><td><a href='/a/1'>最新一条通知事项</a> 2026-03-20<br><a href='/a/2'>很旧一条通知事项</a> 2024-01-05</td></tr></table>",
        "<table><tr><td>2026-03-20 <a href='/a/1'>最新一条通知事项</a><br>2024-01-05 <a href='/a/2'>很旧一条通知事项</a></td></tr></table>",
        "<dl><dt><a href='/a/1'>最新一条通知事项</a></dt><dd>2026-03-20</dd><dt><a href='/a/2'>很旧一条通知事项</a></dt><dd>2024-01-05</dd></dl>",
        "<table><tr><th>名称</th><th>发布日期</th><th>成文日期</th></tr><tr><td><a href='/a/1'>最新一条通知事项</a></td><td>2026-03-20</td><td>2020-01-01</td></tr></table>",
        "<ul><li><a href='/a/1'>最新一条通知事项</a>（有效期自 2019-05-01 起）发布 2026-03-20 </li></ul>",
        "<ul><li>2026-03-20 <a href='/a/1'>最新一条通知事项</a> 有效期自 2019-05-01 起</li></ul>",
    ],
)
def test_the_newest_date_is_seen_whatever_the_row(body: str, tmp_path: Path) -> None:
    assert listed(tmp_path, body).newest == date(2026, 3, 20)


def test_a_stale_first_page_in_no_order_is_read_on(tmp_path: Path) -> None:
    first = rows(("置顶的旧通知事项", "2024-01-05"), ("另一条旧通知事项", "2024-02-05"))
    more = {HOME + "zn/?page=2": page("指南", FRESH)}
    assert listed(tmp_path, first + "<a href='/zn/?page=2'>下一页</a>", more).newest == date(2026, 3, 20)


def test_a_list_that_rises_and_was_not_read_to_its_end_is_not_confirmed_stale(tmp_path: Path) -> None:
    rising = [rows((f"第{year}年的通知事项", f"{year}-01-05"), (f"第{year}年的另一条", f"{year}-02-05")) for year in range(2010, 2016)]
    more = {HOME + f"zn/?page={n}": page("指南", rising[n] + f"<a href='/zn/?page={n + 1}'>下一页</a>") for n in range(1, 6)}
    assert not listed(tmp_path, rising[0] + "<a href='/zn/?page=1'>下一页</a>", more).confirmed


def test_a_fresher_list_beside_a_longer_old_one_withdraws_the_verdict(tmp_path: Path) -> None:
    old = (
        "<ul class='archive'>"
        + "".join(f"<li><a href='/a/t2024010{n}_{n}.html'>第{n}条旧的通知事项</a><span>2024-01-0{n}</span></li>" for n in range(1, 5))
        + "</ul>"
    )
    seen = listed(tmp_path, "<ul class='now'><li><a href='/a/t20260320_9.html'>最新一条通知事项</a><span>2026-03-20</span></li></ul>" + old)
    assert not (seen.confirmed and seen.newest == date(2024, 1, 4))


@pytest.mark.parametrize(
    "html",
    [
        '<datastore><record><a href="/a">abc</a> 2026-01-01</record><totalrecord>9999999999</totalrecord>"dataproxy.jsp?"',
        "<record>" * 40_000,
        "<record>" + " " * 300_000,
        "<div " * 60_000,
        "<!--" * 75_000,
        "<table>" + "".join(f"<tr><td><a href='/a/{n}.htm'>关于第{n}号事项的通知</a></td><td>2026-03-01</td></tr>" for n in range(3_000)) + "</table>",
        "".join(f"<p><a href='/a/{n}.htm'>关于第{n}号事项的通知</a> 2026-03-01</p>" for n in range(3_000)),
        f"<script>createPageHTML({'9' * 5000},0)</script>",
    ],
    ids=["total", "records", "spaces", "divs", "comments", "rows", "paragraphs", "pages"],
)
def test_no_page_holds_up_a_run(html: str) -> None:
    began = time.monotonic()
    read = Page(HOME, html.encode())
    _ = (read_list(read, date(2026, 3, 31)), read.state, read.empty_state())
    assert time.monotonic() - began < 5


def test_a_site_that_stops_answering_is_left_alone(tmp_path: Path) -> None:
    asked: list[int] = []
    many = links(*[(f"栏目{n}", f"/c{n}/") for n in range(60)])
    pages: dict[str, Answer | list[Answer]] = {HOME: page("示例区", many)}
    pages.update({HOME + f"c{n}/": FetchStatus.TIMEOUT for n in range(60)})
    scope = view(observe(pages, [GUIDE], tmp_path, on=lambda web: asked.append(sum(web.asked.values()))))
    assert asked[0] < 20
    assert scope.looked is Looked.INCOMPLETE
