"""A list is called stale only when everything on its page that may be newer is explained."""

from pathlib import Path

import pytest

from crawlers.observation import Sighting
from crawlers.status import Match, PageState
from tests.crawlers.web import HOME, OTHERS, Answer, column, links, observe, page, rows, view

ROWS = (("关于做好春耕备耕工作的通知", "20"), ("关于召开会议的通知", "11"), ("关于清明放假的通知", "02"))
FRESH = rows(*((title, f"2026-03-{day}") for title, day in ROWS))
STALE = rows(*((title, f"2025-03-{day}") for title, day in ROWS))
SIDE = f"<div class='right'>{STALE}</div>"
RISING = rows(*((f"关于第{number}项工作有关情况的通知", f"202{1 + number // 5}-01-0{1 + number % 5}") for number in range(15)))
ARTICLES: dict[str, Answer | list[Answer]] = {
    f"{HOME}a/content_{number}.html": page(title, f"<h1>{title}</h1><p>发布日期：2026-03-{day}</p>") for number, (title, day) in enumerate(ROWS)
}


def each(shape: str) -> str:
    """Rows of a shape; `{n}`, `{t}` and `{d}` stand for the number, the title and the day of the month."""
    return "".join(shape.format(n=number, t=title, d=day) for number, (title, day) in enumerate(ROWS))


def sight(tmp_path: Path, body: str, more: dict[str, Answer | list[Answer]] | None = None) -> Sighting:
    pages: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, FRESH.replace("/a/", path)) for name, path in OTHERS}
    pages |= {HOME: page("示例区人民政府", links(*OTHERS, ("通知公告", "/tzgg/"))), f"{HOME}tzgg/": page("通知公告", body, "首页 > 通知公告"), **(more or {})}
    found = view(observe(pages, [column("x", "通知公告")], tmp_path)).sighting("x")
    assert found is not None
    return found


def is_stale(seen: Sighting) -> bool:
    return seen.match is not Match.CONTAINED and seen.confirmed and (seen.newest is None or seen.newest.year < 2026)


PLAIN = {
    "rows": STALE,
    "menu": links(*OTHERS) + STALE,
    "side": f"<div class='main'>{STALE}</div><div class='side'>{STALE.replace('2025', '2024').replace('/a/', '/b/')}</div>",
    "today": f"<div class='header'>今天是2026年3月31日 星期二</div>{STALE}<div class='footer'>版权所有 2026-03-30</div>",
    "deadline": each("<li><a href='/a/{n}.html'>{t}</a><span>征集时间：2024-01-{d} 至 2026-03-30</span></li>"),
    "one-of-one": f"{STALE}<div class='page'>共1页 第1页</div>",
    "dead-pager": f"{STALE}<a class='disabled' href='javascript:;'>下一页</a>",
    "falling-clicked-pager": f"{STALE}<a href='javascript:;' onclick='turn(2)'>下一页</a>",
    "title-of-dated-row": rows(("关于2026年1月1日元旦放假的通知", "2025-12-20"), ("关于召开会议的通知", "2025-12-01")),
    "table": "<table><tr><th>标题</th><th>发布日期</th></tr>" + each("<tr><td><a href='/a/{n}.html'>{t}</a></td><td>2025-03-{d}</td></tr>") + "</table>",
}


@pytest.mark.parametrize("body", PLAIN.values(), ids=PLAIN)
def test_a_plainly_old_list_is_confirmed(body: str, tmp_path: Path) -> None:
    assert is_stale(sight(tmp_path, body))


NEXT = (
    "下一页",
    "下一页»",
    "下一页 >",
    "下页 >>",
    "[下一页]",
    "后页",
    "Next »",
    "下 一 页",
    "2",
    "<img src='/i/next.gif'>",
    "<img src='/i/x.gif' alt='下一页'>",
)


@pytest.mark.parametrize("name", NEXT)
def test_a_next_link_in_any_dress_is_followed(name: str, tmp_path: Path) -> None:
    seen = sight(tmp_path, f"{RISING}<a href='/tzgg/index_1.html'>{name}</a>", {f"{HOME}tzgg/index_1.html": page("通知公告", FRESH)})
    assert seen.newest is not None and seen.newest.year == 2026


PAGERS = {
    "click": "<a href='javascript:;' onclick='turn(2)'>下一页</a>",
    "postback": "<a href=\"javascript:__doPostBack('Pager1','2')\">下一页</a> 共3页",
    "numbers": "<a href='javascript:turn(2)'>2</a><a href='javascript:turn(3)'>3</a>",
    "total": "<div class='pages'>共3页 第1页</div>",
    "of": "<div class='pages'><span>1/3</span></div>",
    "entries": "<div>共 48 条</div>",
}


@pytest.mark.parametrize("pager", PAGERS.values(), ids=PAGERS)
def test_a_rising_list_whose_pages_cannot_be_turned_is_not_confirmed(pager: str, tmp_path: Path) -> None:
    assert not is_stale(sight(tmp_path, RISING + pager))


SHAPES = {
    "upload": "<table><tr><th>标题</th><th>成文日期</th><th>上传时间</th></tr>"
    + each("<tr><td><a href='/a/{n}.html'>{t}</a></td><td>2025-01-{d}</td><td>2026-03-{d}</td></tr>")
    + "</table>",
    "headings": each("<h4><a href='/n/{n}.html'>{t}</a><span>2026-03-{d}</span></h4>"),
    "inside": each("<a href='/n/{n}.html'><p>{t}</p><span>2026-03-{d}</span></a>"),
    "first-headings": each("<h1 class='f-20'><div><a href='/n/{n}.html'>{t}</a></div><span>2026-03-{d}</span></h1>"),
    "div-after-div": each("<div class='t'><span><a href='/n/{n}.html'>{t}</a></span></div><div class='d'><span>2026-03-{d}</span></div>"),
    "li-after-li": each("<ul class='row'><li><a href='/n/{n}.html'>{t}</a></li><li>2026-03-{d}</li></ul>"),
    "numbered-li": each("<ul class='list-cont'><li>{n}</li><li><a href='/n/{n}.html'>{t}</a></li><li><span>2026-03-{d}</span></li></ul>"),
    "wrapped-ul": each("<div class='w'><ul><li><a href='/n/{n}.html'>{t}</a></li><li>2026-03-{d}</li></ul></div>"),
    "breaks": each("·<a href='/n/{n}.html'>{t}</a>(2026-03-{d})<br>"),
    "capitals": "<script type='text/xml'><DATASTORE>"
    + each("<RECORD><![CDATA[<li><a href='/n/{n}.html'>{t}</a><span>2026-03-{d}</span></li>]]></RECORD>")
    + "</DATASTORE></script>",
    "sample-in-a-comment": each("<li><a href='/a/content_{n}.html'>{t}</a></li>") + f"<!-- {STALE} -->",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_rows_of_every_shape_are_read(shape: str, tmp_path: Path) -> None:
    seen = sight(tmp_path, f"<div>{shape}</div>", ARTICLES)
    assert str(seen.newest) == "2026-03-20" and len(seen.items) == 3


OWN = {"left": f"<div class='left'>{FRESH}</div>", "page": f"<div class='page'>{FRESH}</div>", "top-list": f"<div class='top-list'>{FRESH}</div>"}
LONG = "<div class='right'>" + rows(*((f"往期公告回顾第{number}条", f"2024-05-{number}") for number in range(19, 9, -1))) + "</div>"


@pytest.mark.parametrize("own", OWN.values(), ids=OWN)
def test_a_fresh_list_in_a_wrapper_with_the_name_of_a_frame_keeps_an_old_one_from_being_confirmed(own: str, tmp_path: Path) -> None:
    assert not is_stale(sight(tmp_path, own + LONG))


LATEST: dict[str, tuple[str, dict[str, Answer | list[Answer]]]] = {
    "undated": (each("<li><a href='/a/content_{n}.html'>{t}</a></li>") + SIDE, {}),
    "pictures": ("<div>" + each("<a href='/a/content_{n}.html'><img src='x.jpg' alt='{t}'></a>") + f"</div>{STALE}", {}),
    "files": (f"<ul><li><a href='/f/1.pdf'>2026年部门预算公开表</a></li><li><a href='/f/2.pdf'>2025年部门决算公开表</a></li></ul>{SIDE}", {}),
    "javascript": ("<ul>" + each("<li><a href='javascript:view({n})'>{t}</a></li>") + f"</ul>{STALE}", {}),
    "onclick": ("<ul>" + each("<li onclick='view({n})'><span>{t}</span></li>") + f"</ul>{STALE}", {}),
    "own-script": (f"<div id='list'></div>{SIDE}<script src='/js/list_tzgg.js'></script>", {}),
    "vue": (f"<div id='app'></div>{SIDE}<script>new Vue({{el:'#app'}})</script>", {}),
    "own-rows": (f"<ul class='news_list'></ul>{STALE}<script>var all=[{{t:n(1)}}];for(var i in all){{$('.news_list').append(row(all[i]))}}</script>", {}),
    "any-script": (f"<div id='l'></div><div class='hot'>{STALE}</div><script>initList('/gov/list')</script>", {}),
    "compact": ("<ul>" + each("<li><a href='/n/{n}.html'>{t}</a><span>202603{d}</span></li>") + f"</ul>{STALE}", {}),
    "month": ("<ul>" + each("<li><a href='/n/{n}.html'>{t}</a><span>2026-03</span></li>") + f"</ul>{STALE}", {}),
    "chinese-month": ("<ul>" + each("<li><a href='/n/{n}.html'>{t}</a><span>2026年3月</span></li>") + f"</ul>{STALE}", {}),
    "american": ("<ul>" + each("<li><a href='/n/{n}.html'>{t}</a><span>3/{d}/2026</span></li>") + f"</ul>{STALE}", {}),
    "title-attribute": ("<ul>" + each("<li><a href='/n/{n}.html' title='{t} 2026-03-{d}'>{t}</a></li>") + f"</ul>{STALE}", {}),
    "yesterday": (f"<ul><li><a href='/n/1.html'>关于停水的通知</a><span>昨天</span></li></ul>{STALE}", {}),
    "hours-ago": (STALE.replace("<ul class='list'>", "<ul class='list'><li><a href='/n/1.html'>关于停水的通知</a><span>3小时前</span></li>"), {}),
    "undated-first": (STALE.replace("<ul class='list'>", "<ul class='list'><li><a href='/a/content_1.html'>关于停水的通知</a></li>"), {}),
    "frames": (f"<iframe src='/tq.html'></iframe><iframe src='/list/3.html'></iframe>{SIDE}", {}),
    "written": ("<ul>" + each("<li><a href='/a/content_{n}.html'>{t}</a><span>成文日期：2025-01-{d}</span></li>") + "</ul>", ARTICLES),
    "address": (
        "<ul>" + each("<li><a href='/a/202501/t202501{d}_{n}.html'>{t}</a></li>") + "</ul>",
        {f"{HOME}a/202501/t202501{day}_{number}.html": page("x", "<p>发布时间：2026-03-20</p>") for number, (_, day) in enumerate(ROWS)},
    ),
    "years": (links(("2026年", "/tzgg/2026/"), ("2025年", "/tzgg/2025/")) + STALE, {f"{HOME}tzgg/2026/": page("2026年", FRESH)}),
    "parts": (links(("公示", "/tzgg/gs/"), ("公告", "/tzgg/gg/")) + STALE, {f"{HOME}tzgg/gs/": page("公示", FRESH), f"{HOME}tzgg/gg/": page("公告", STALE)}),
    "unread-part": (links(("公示", "/tzgg/gs/")) + STALE, {f"{HOME}tzgg/gs/": 503}),
}


@pytest.mark.parametrize("case", LATEST.values(), ids=LATEST)
def test_what_may_be_newer_and_was_not_understood_keeps_a_list_from_being_stale(case: tuple[str, dict[str, Answer | list[Answer]]], tmp_path: Path) -> None:
    assert not is_stale(sight(tmp_path, *case))


def test_parts_that_are_as_old_let_a_column_be_stale(tmp_path: Path) -> None:
    body = links(("2025年", "/tzgg/2025/"), ("公告", "/tzgg/gg/")) + STALE
    assert is_stale(sight(tmp_path, body, {f"{HOME}tzgg/2025/": page("2025年", STALE), f"{HOME}tzgg/gg/": page("公告", STALE)}))


UNDATED = {
    "oldest-first": ("2021-01-05", "2022-02-03", "2023-03-04", "2024-05-05", "2025-06-06", "2026-03-20"),
    "pinned": ("2019-01-01", "2018-05-01", "2020-05-01", "2026-03-20"),
    "pinned-in-order": ("2020-01-01", "2019-05-01", "2018-05-01", "2026-03-20", "2026-03-11", "2017-01-01"),
}


@pytest.mark.parametrize("days", UNDATED.values(), ids=UNDATED)
def test_more_than_the_first_articles_of_an_undated_list_are_opened(days: tuple[str, ...], tmp_path: Path) -> None:
    articles: dict[str, Answer | list[Answer]] = {
        f"{HOME}a/content_{number}.html": page("通知", f"<h1>关于第{number}项工作的通知</h1><p>发布日期：{day}</p>") for number, day in enumerate(days)
    }
    body = "".join(f"<li><a href='/a/content_{number}.html'>关于第{number}项工作的通知</a></li>" for number in range(len(days)))
    seen = sight(tmp_path, f"<ul>{body}</ul>", articles)
    assert not is_stale(seen)


HOMES = {
    "plain": (STALE, True),
    "undated": ("<ul>" + "".join(f"<li><a href='/a/content_{n}.html'>关于第{n}项工作的通知</a></li>" for n in range(5)) + f"</ul>{STALE}", False),
    "three-topics": ("<ul>" + "".join(f"<li><a href='/zt/content_{n}.html'>关于第{n}项工作的专题</a></li>" for n in range(3)) + f"</ul>{STALE}", True),
    "headline": (f"<h2><a href='/a/content_0.html'>示例区人民政府令第一号全文发布</a></h2>{STALE}", False),
    "script": (f"<div id='news'></div><script>$.ajax({{url:'/api/news'}})</script>{STALE}", False),
    "frame": (f"<iframe src='/news.html'></iframe>{STALE}", False),
    "nothing-dated": ("", False),
}


@pytest.mark.parametrize(("body", "sure"), HOMES.values(), ids=HOMES)
def test_a_home_page_is_old_only_when_all_its_news_were_read(body: str, sure: bool, tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {HOME: page("示例区人民政府", links(*OTHERS) + body), **ARTICLES}
    assert observe(pages, [column("x", "通知公告")], tmp_path).home_confirmed is sure


def test_an_old_list_that_was_empty_at_first_is_old_not_blank(tmp_path: Path) -> None:
    empty = page("通知公告", "<p>暂无相关信息</p>", "首页 > 通知公告")
    there = page("通知公告", STALE, "首页 > 通知公告")
    seen = sight(tmp_path, "", {f"{HOME}tzgg/": [empty, there]})
    assert (seen.page, seen.confirmed, len(seen.items)) == (PageState.CONTENT, False, 3)
