"""What a script's pager counts, what may be clicked, and the short ways to it: they find what the patterns find in all of a script."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.dialects import pager
from crawlers.page import Page

AS_OF = date(2026, 3, 31)
_PIECES = (
    *("totalPages", "TOTALPAGE", "total_page", "pageCount", "page_count", "countPage", "pageTotal", "pagesTotal", "logicTotalPage", "totalPageCount"),
    *("'pages'", '"pages"', "pages", "totalCount", "recordCount", "recordTotal", "listCount", "dataTotal", "totalRecords", "total"),
    *("pageSize", "per_page", "curr_page", "ſ", "ı", "pageſtotal", "liſtcount", "文", "x", "_", "'", '"', " ", "=", ":", ",", "parseInt(", "1", "7", "45"),
)


def _page(script: str, body: str = "") -> Page:
    return Page("http://a.gov.cn/b/index.html", f"<html><body>{body}<script>{script}</script></body></html>".encode())


def _searched(script: str, here: int) -> bool:
    """Whether a pager has more by searching the whole of a script."""
    if any(int(match[1] or match[2]) > 1 for match in pager._COUNTED.finditer(script)):
        return True
    turns = re.compile(pager._TURNS.pattern, re.IGNORECASE)
    near = pager._NEAR
    records = [match for match in pager._RECORDS.finditer(script) if int(match[1]) > here]
    return any(turns.search(script[max(0, match.start() - near) : match.end() + near]) for match in records) or any(
        int(match[1]) > here for match in pager._SIZED.finditer(script)
    )


@given(st.lists(st.sampled_from(_PIECES), max_size=25).map("".join), st.sampled_from([0, 5, 20]))
def test_what_a_script_counts_is_found_as_by_searching_all_of_it(script: str, here: int) -> None:
    assert pager.drawn(_page(script), here) is _searched(script, here)


@pytest.mark.parametrize(
    ("script", "here", "expected"),
    [
        ("var totalPages = 3;", 15, True),
        ("var TOTALPAGES = 3;", 15, True),
        ("var totalPages = 1;", 15, False),
        ("data={'pages':4}", 15, True),
        ("pages:4", 15, False),
        ("var x='中文';var recordCount=40,pageSize=15", 15, True),
        ("var recordCount=40;", 15, False),
        ("page({total: 40, pageSize: 15})", 15, True),
        ("page({total: 10, pageSize: 15})", 15, False),
        ("subtotalPages = 3", 15, False),
        ("pageſTotal = 3", 15, True),
        ("countPage=2", 15, True),
    ],
)
def test_pagers_of_scripts(script: str, here: int, expected: bool) -> None:
    assert pager.drawn(_page(script), here) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<div PageCount="4"></div>', True),
        ('<div data-total-pages="4"></div>', True),
        ('<div data-total-pages="1"></div>', False),
        ('<span class="pageCount">4</span>', True),
        ('<span class="pagecount">4</span>', False),
        ('<a href="http://a.gov.cn/b/index_4.html">[尾 页]</a>', True),
        ('<a href="http://a.gov.cn/c/index_4.html">尾页</a>', False),
    ],
)
def test_pagers_of_attributes_and_last_pages(body: str, expected: bool) -> None:
    assert pager.drawn(_page("", body), 15) is expected


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ('<a href="javascript:go(2)">下一页</a>', True),
        ("<a onclick='go(2)'>下一页</a>", True),
        ("<button>下一页</button>", True),
        ('<a href="#" class="disabled">下一页</a>', False),
        ('<a href="JavaScript:go(1)">1</a><a href="javascript:go(2)">2</a>', True),
        ("<span onclick='go(1)'>1</span><span onclick='go(2)'>2</span>", True),
        ("<span onclick='go(1)'>1</span>", False),
        ("<span>1</span><span>2</span>", False),
        ('<a href="mailto:a@b.gov.cn">下一页</a>', False),
    ],
)
def test_pages_that_only_a_click_opens(body: str, expected: bool) -> None:
    assert pager.after(_page("", body), 15)[1] is expected


@pytest.mark.parametrize(
    ("said", "expected"), [("1/5", True), ("5/5", False), ("页次：2/5页", True), ("Page 1 of 9", True), ("PAGE 1 OF 9", True), ("page 9 oF 9", False)]
)
def test_what_a_pager_says_of_its_pages(said: str, expected: bool) -> None:
    assert pager.after(_page("", f"<p>公告</p><p>{said}</p>"), 15)[1] is expected
