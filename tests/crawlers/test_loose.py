"""Names that stand on a page by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.page import Page

PIECES = (
    "<h3>机构<b>职能</b></h3>",
    "<li>规划 计划</li>",
    "<span>统计信息 更多</span>",
    "<script>var tab = '行政处罚';</script>",
    "<input type='button' value='年&nbsp;报'>",
    "<select><option>财政预决算</option></select>",
    "<a href='/x'>领导信息</a>",
    "<a>社会救助</a>",
    "<noscript>政府采购</noscript>",
    "<p>重大<br>项目</p>",
    "<td>（一）公开指南</td>",
)
NAMES = ("机构职能", "规划计划", "统计信息", "行政处罚", "年报", "财政预决算", "领导信息", "社会救助", "政府采购", "重大项目", "一公开指南", "公开")


def page(body: str) -> Page:
    return Page("http://demo.test/", f"<html><body>{body}</body></html>".encode(), "text/html; charset=utf-8")


@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_what_stands_on_a_page_does_not_depend_on_what_stands_beside_it(pieces: list[str]) -> None:
    apart = [page(piece).loose for piece in pieces]
    together = page("".join(f"<div>{piece}</div>" for piece in pieces)).loose
    assert [name for name in NAMES if together.bears({name})] == [name for name in NAMES if any(one.bears({name}) for one in apart)]


@pytest.mark.parametrize(
    ("piece", "name", "loose"),
    [
        (PIECES[0], "机构职能", True),
        (PIECES[3], "行政处罚", True),
        (PIECES[4], "年报", True),
        (PIECES[6], "领导信息", False),  # a link that leads somewhere is judged as a link
        (PIECES[7], "社会救助", True),
        (PIECES[9], "重大项目", True),
        (PIECES[10], "公开", False),
    ],
)
def test_what_stands_loose(piece: str, name: str, loose: bool) -> None:
    assert page(piece).loose.bears({name}) is loose
