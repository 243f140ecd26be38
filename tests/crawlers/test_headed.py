"""A column whose name is the heading of a menu and leads nowhere itself: what stands under it speaks for it, never against it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.columns import normal
from crawlers.headed import headings
from crawlers.observation import Sighting
from crawlers.page import Page
from crawlers.status import Match, PageState
from tests.crawlers.web import HOME, OTHERS, Answer, column, links, page, rows, sighting_of

FRESH = rows(("示例区2025年政府信息公开工作年度报告", "2026-03-20"), ("关于报送年度报告的说明", "2026-03-11"))
STALE = FRESH.replace("2026-", "2023-").replace("t2026", "t2023")
UNDER = "<li><span>·</span><a href='/nb/2025/'>2025</a></li><li><a href='/nb/2024/'>2024</a></li>"
SHAPES = {
    "heading": f"<h3><em class='i'></em><div>政府信息<br>公开年报</div><span></span></h3><ul>{UNDER}</ul>",
    "heading-over-a-table": "<h3>政府信息公开年报</h3><table><tr><td><a href='/nb/2025/'>2025</a></td></tr><tr><td><a href='/nb/2024/'>2024</a></td></tr></table>",
    "entry-over-a-list": f"<ul><li><span>政府信息公开年报</span><ul>{UNDER}</ul></li></ul>",
    "definition": "<dl><dt>政府信息公开年报</dt><dd><a href='/nb/2025/'>2025</a><a href='/nb/2024/'>2024</a></dd></dl>",
    "unfolds": f"<a href='javascript:;'>政府信息公开年报</a><div class='sub'><ul>{UNDER}</ul></div>",
    "with-a-comment-between": f"<h4>政府信息公开年报</h4><!-- 年份 -->\n<ul>{UNDER}</ul>",
}
NONE = {
    "over-news": "<h3>政府信息公开年报</h3><ul><li><a href='/nb/t20260320_1.html'>2025</a></li></ul>",
    "over-titles": "<h3>政府信息公开年报</h3><ul><li><a href='/nb/1/'>示例区2025年政府信息公开工作年度报告</a></li></ul>",
    "a-link-itself": f"<h3><a href='/nb/'>政府信息公开年报</a></h3><ul>{UNDER}</ul>",
    "over-other-sites": "<h3>政府信息公开年报</h3><ul><li><a href='http://www.other.invalid/nb/'>2025</a></li></ul>",
    "over-nothing": "<h3>政府信息公开年报</h3><ul><li>2025</li></ul>",
    "in-a-sentence": f"<p>政府信息公开年报应当于每年三月三十一日前公布，请各单位按时报送</p><ul>{UNDER}</ul>",
}


def sight(tmp_path: Path, menu: str, more: dict[str, Answer | list[Answer]]) -> Sighting:
    pages: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, STALE.replace("/a/", path)) for name, path in OTHERS}
    pages |= {HOME: page("示例区人民政府", links(*OTHERS) + menu), **more}
    return sighting_of(pages, column("x", "政府信息公开年报"), tmp_path)


@pytest.mark.parametrize("menu", SHAPES.values(), ids=SHAPES)
def test_a_heading_over_a_menu(menu: str, tmp_path: Path) -> None:
    found = dict(headings(Page(HOME, page("示例区", menu).encode())))
    assert [link.url for link in found["政府信息公开年报"]] == [f"{HOME}nb/2025/", f"{HOME}nb/2024/"]
    seen = sight(tmp_path, menu, {f"{HOME}nb/2025/": page("2025", FRESH), f"{HOME}nb/2024/": page("2024", STALE)})
    assert (seen.match, seen.page, str(seen.newest)) == (Match.EXACT, PageState.CONTENT, "2026-03-20")
    assert not seen.complete, "it is a part of the column, whose end was not seen"


@pytest.mark.parametrize("menu", NONE.values(), ids=NONE)
def test_what_is_no_heading_over_a_menu(menu: str) -> None:
    assert not list(headings(Page(HOME, page("示例区", menu).encode())))


@given(
    st.lists(
        st.sampled_from(["政府信息公开年报", "政府 信息公开年報", "·年　报>>", "年报", "机构职能", "【机构職能】更多", "<i></i>机构<b>职能</b>"]), max_size=6
    )
)
def test_headings_that_are_wanted_are_those_of_that_name_among_all(names: list[str]) -> None:
    opened = Page(HOME, page("示例区", "".join(f"<h3>{name}</h3><ul>{UNDER}</ul>" for name in names)).encode())
    wanted = frozenset({"政府信息公开年报", "机构职能"})
    assert list(headings(opened, wanted)) == [found for found in headings(opened) if normal(found[0]) in wanted]


BAD: dict[str, dict[str, Answer | list[Answer]]] = {
    "old": {f"{HOME}nb/2025/": page("2025", STALE), f"{HOME}nb/2024/": page("2024", STALE)},
    "gone": {f"{HOME}nb/2025/": 404, f"{HOME}nb/2024/": 404},
    "blank": {f"{HOME}nb/2025/": page("2025", "<p>暂无信息</p>"), f"{HOME}nb/2024/": page("2024", "<p>暂无信息</p>")},
    "not-had": {f"{HOME}nb/2025/": 503, f"{HOME}nb/2024/": 503},
}


@pytest.mark.parametrize("more", BAD.values(), ids=BAD)
def test_what_stands_under_a_heading_never_speaks_against_the_column(more: dict[str, Answer | list[Answer]], tmp_path: Path) -> None:
    seen = sight(tmp_path, SHAPES["heading"], more)
    assert seen.match is Match.CONTAINED, "ambiguous: for a person to look at"
    assert (seen.newest, seen.items) == (None, ())
