"""Titles that a page keeps in an attribute: of a link that shows nothing, or that shows the beginning of its title only."""

from datetime import date

import pytest

from crawlers.dialects import read_list
from crawlers.page import Page
from tests.crawlers.dialects.asking import titled

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
ROWS = [
    ("关于印发林业有害生物防治工作方案的通知", "2026-03-20"),
    ("关于开展森林防火专项检查工作的通知", "2026-03-17"),
    ("关于公布年度营造林任务计划的通知", "2026-03-11"),
]

SHAPES = {
    "title": "<li><a href='/a/t2026_{n}.html' title='{t}'></a><span>{d}</span></li>",
    "aria-label": "<li><a href='/a/t2026_{n}.html' aria-label='{t}'>&nbsp;</a><span>{d}</span></li>",
    "data-title": "<li><a href='/a/t2026_{n}.html' data-title='{t}'></a><span>{d}</span></li>",
    "row-of-a-table": "<tr><td>{n}</td><td><a href='/a/t2026_{n}.html' title='{t}'></a></td><td>{d}</td></tr>",
    "cut-title": "<li><a href='/a/t2026_{n}.html' title='{t}'>{s}…</a><span>{d}</span></li>",
    "cut-aria-label": "<li><a href='/a/t2026_{n}.html' aria-label='{t}'>{s}...</a><span>{d}</span></li>",
    "cut-data-title": "<li><a href='/a/t2026_{n}.html' data-title='{t}'>{s}……</a><span>{d}</span></li>",
    "cut-original-title": "<li><a href='/a/t2026_{n}.html' data-original-title='{t}'>{s}..</a><span>{d}</span></li>",
    "cut-inside": "<li><a href='/a/t2026_{n}.html'><span title='{t}'>{s}…</span></a><span>{d}</span></li>",
    "cut-in-a-row-with-a-tooltip": "<li title='{t}'><a href='/a/t2026_{n}.html'>{s}…</a><span>{d}</span></li>",
    "cut-and-a-tooltip-of-something-else": "<li><a href='/a/t2026_{n}.html' title='点击查看' aria-label='{t}'>{s}…</a><span>{d}</span></li>",
}


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_a_title_in_an_attribute(shape: str) -> None:
    body = "".join(shape.format(n=n, t=title, d=day, s=title[:8]) for n, (title, day) in enumerate(ROWS))
    holder = "table" if shape.startswith("<tr") else "ul"
    page = Page(URL, f"<html><head><meta charset='utf-8'></head><body><{holder}>{body}</{holder}></body></html>".encode())
    assert titled(read_list(page, AS_OF).items) == ROWS


def test_tools_that_only_have_a_tooltip_are_no_entries() -> None:
    tools = "<ul><li><a href='/rss.xml' title='订阅'></a>2026-03-20</li><li><a href='/share/' title='分享'></a>2026-03-19</li></ul>"
    assert read_list(Page(URL, f"<html><head><meta charset='utf-8'></head><body>{tools}</body></html>".encode()), AS_OF).items == ()
