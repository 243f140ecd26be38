"""Lists in which titles and days take turns under one parent, without an element for each entry."""

from datetime import date

import pytest

from crawlers.dialects import read_list
from crawlers.page import Page
from tests.crawlers.dialects.asking import titled

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
ROWS = [("关于开展防汛备汛工作检查的通知", "2026-03-20"), ("示例市2026年3月1日起施行的办法", "2026-02-17"), ("示例市人民政府关于印发方案的通知", "2026-02-11")]
MENU = "<div class='nav'>" + "".join(f"<a href='/c{n}/'>栏目{n}</a>" for n in range(9)) + "</div>"
SHAPES = {
    "link-and-list": "<a href='/a/t2026_{n}.html' title='{t}'>{t}</a><ul><li>发布时间：{d}</li><li>来源：办公室</li></ul>",
    "list-in-the-link": "<a href='/a/{n}.html'><ul><li class='t'>{t}</li><li class='d'>{d}</li></ul></a>",
    "link-and-span": "<a href='/a/{n}.html'>{t}</a><span>{d}</span>",
    "link-and-paragraph": "<a href='/a/{n}.html'>{t}</a>\n<p>{d}</p>\n",
    "link-and-text": "<a href='/a/{n}.html'>{t}</a> [{d}] ",
    "heading-and-block": "<h3><a href='/a/{n}.html'>{t}</a></h3><div class='time'>{d}</div>",
    "block-and-summary": "<p class='t'><a href='/a/{n}.html'>{t}</a></p><p class='d'>时间：{d} 浏览</p>",
    "day-first": "<span>{d}</span><a href='/a/{n}.html'>{t}</a>",
    "day-first-with-breaks": "<em>{d}</em><a href='/a/{n}.html'>{t}</a><br>",
    "comment-between": "<a href='/a/{n}.html'>{t}</a><!-- 日期 --><i>{d}</i>",
}


def read(body: str) -> list[tuple[str, str]]:
    page = Page(URL, f"<html><head><meta charset='utf-8'></head><body>{MENU}<div class='list'>{body}</div></body></html>".encode())
    return [(title, str(day)) for title, day in titled(read_list(page, AS_OF).items)]


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
@pytest.mark.parametrize("count", [2, 3])
def test_titles_and_days_that_take_turns(shape: str, count: int) -> None:
    assert read("".join(shape.format(n=n, t=title, d=day) for n, (title, day) in enumerate(ROWS[:count]))) == ROWS[:count]


def test_a_day_above_and_days_after() -> None:
    assert read("<b>2026-03-30</b>" + "".join(SHAPES["link-and-paragraph"].format(n=n, t=title, d=day) for n, (title, day) in enumerate(ROWS))) == ROWS


@pytest.mark.parametrize(
    "body",
    [
        "版权所有 2026-03-30 <a href='/about/'>关于本网站</a><a href='/map/'>网站地图</a>",
        "<a href='/w/'>本栏目</a><a href='/x/'>上一栏目</a><a href='/y/'>下一栏目</a><p>根据2026年3月1日会议的精神，各单位应当认真贯彻落实，并于2026年3月20日前将有关情况报送办公室，逾期不予受理。</p>",
    ],
)
def test_what_stands_beside_links_and_is_no_day_of_theirs(body: str) -> None:
    assert not any(day != "None" for _, day in read(body))
