"""Layouts of lists in which something beside the day or the title misleads."""

from datetime import date

import pytest

from crawlers.dialects import read_list
from crawlers.page import Page
from tests.crawlers.dialects.asking import titled

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
ROWS = [("关于开展防汛备汛工作检查的通知", "2026-03-20"), ("示例市2026年重点项目清单公布", "2026-03-17"), ("示例市人民政府关于印发方案的通知", "2026-03-11")]
HOT = "".join(f"<li><a href='/hot/{n}.html'>热点新闻标题示例第{n}条</a><span>2025-01-0{n}</span></li>" for n in range(1, 9))
ROW = "<li><a href='./t2026_{n}.html'>{t}</a><span>{d}</span></li>"
SHAPES = {
    "beside-what-is-hot": ("<div class='main'><ul>%s</ul></div><div class='hot-news'><ul>" + HOT + "</ul></div>", ROW),
    "beside-a-sidebar": ("<div class='sidebar'><ul>" + HOT + "</ul></div><div class='right'><ul>%s</ul></div>", ROW),
    "cells-of-several-kinds": (
        "<div>%s</div>",
        "<ul class='row'><li class='a'>{n}</li><li class='b'><a href='./t2026_{n}.html'>{t}</a></li><li class='c'>示例局</li><li class='d'>{d}</li></ul>",
    ),
    "summary-with-its-force": (
        "<div>%s</div>",
        "<div class='m'><h4><a href='./t2026_{n}.html'>{t}</a></h4><p>摘要：自2025年1月1日起施行的办法……</p><small>{d}</small></div>",
    ),
    "summary-that-ends-with-its-force": ("<ul>%s</ul>", "<li><a href='./t2026_{n}.html'>{t}</a><p>为保障办法顺利实施，现予公布</p><span>{d}</span></li>"),
    "start-and-end": (
        "<table><tr><th>主题</th><th>开始时间</th><th>结束时间</th><th>状态</th></tr>%s</table>",
        "<tr><td><a href='./t2026_{n}.html'>{t}</a></td><td>{d}</td><td>2026-03-30</td><td>已结束</td></tr>",
    ),
    "link-to-the-details": ("<div>%s</div>", "<div class='it'><h3>{t}</h3><p>摘要摘要</p><span>{d}</span><a href='./t2026_{n}.html'>查看详情</a></div>"),
    "arrow-to-the-details": ("<ul>%s</ul>", "<li><p class='t'>{t}</p><span>{d}</span><a href='./t2026_{n}.html'>详情&gt;&gt;</a></li>"),
}


@pytest.mark.parametrize(("holder", "row"), SHAPES.values(), ids=SHAPES)
def test_layouts_that_mislead(holder: str, row: str) -> None:
    body = holder % "".join(row.format(n=n, t=title, d=day) for n, (title, day) in enumerate(ROWS))
    page = Page(URL, f"<html><head><meta charset='utf-8'></head><body>{body}</body></html>".encode())
    assert titled(read_list(page, AS_OF).items) == ROWS


def test_what_is_hot_is_the_list_where_nothing_else_is() -> None:
    page = Page(URL, f"<html><head><meta charset='utf-8'></head><body><div class='hot-news'><ul>{HOT}</ul></div></body></html>".encode())
    assert len(read_list(page, AS_OF).items) == 8


@pytest.mark.parametrize("said", ["实施日期：2026-03-01", "自 2026年3月1日 起施行", "有效期至 2026-12-31", "施行时间 2026-03-01"])
def test_days_of_force_alone_are_no_publication(said: str) -> None:
    body = "".join(f"<li><a href='/x/{n}.html'>{title}</a><span>{said}</span></li>" for n, (title, _) in enumerate(ROWS))
    page = Page(URL, f"<html><head><meta charset='utf-8'></head><body><ul>{body}</ul></body></html>".encode())
    assert read_list(page, AS_OF).newest is None
