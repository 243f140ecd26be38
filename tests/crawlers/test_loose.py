"""Names that stand on a page by themselves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.columns import beginning, load_columns, normal
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


SPELLINGS = frozenset(name for column in load_columns().values() for name in column.spellings)
SPELLED = st.sampled_from(sorted(SPELLINGS)).map(lambda name: name.translate(str.maketrans("务开预业资产会发关经规划结构", "務開預業資產會發關經規劃結構")))
ORNAMENT = st.sampled_from(["", " ", "\u3000", ">>", "【", "：", "·", "（", "\ue000", "﹣", "－", "\u200b", "・"])


@given(SPELLED, ORNAMENT, ORNAMENT, st.sampled_from(["", "更多", "More", "new", "更多>>"]), st.integers(0, 12))
def test_a_name_begins_as_names_begin_however_it_is_adorned(name: str, before: str, within: str, after: str, at: int) -> None:
    """The gate before `normal` must let every name through."""
    text = before + name[:at] + within + name[at:] + after
    assert normal(text) not in SPELLINGS or beginning(SPELLINGS).match(text)


@pytest.mark.parametrize(
    "text", ["关于印发实施方案的通知", "x" * 50 + "是", "本机关的政府信息分为机构职能类和政策文件类以及工作动态类等若干类别并按日期排列", "召开"]
)
def test_what_no_name_begins_like_is_passed_by(text: str) -> None:
    assert (beginning(frozenset({"机构职能", "规划计划"})).match(text) is None) is ("x" not in text)
