"""A list is called stale only when everything on its page that may be newer is explained."""

from pathlib import Path

import pytest

from crawlers.observation import Sighting
from tests.crawlers.web import HOME, Answer, column, links, observe, page, rows, view

OTHERS = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("专题", "/zt/"))
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
    return seen.confirmed and (seen.newest is None or seen.newest.year < 2026)


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
