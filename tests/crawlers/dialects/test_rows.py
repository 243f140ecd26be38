"""Lists that stand in the page: where a row's date is, which of two dates it is, what scripts and comments hold, and pages that try to hold a run up."""

import time
from datetime import date

import pytest

from crawlers.dialects import list_sources, read_list
from crawlers.dialects.gkmlpt import tree_links
from crawlers.page import Page
from crawlers.status import Dialect
from tests.crawlers.dialects.asking import titled
from tests.crawlers.web import page

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)


def read(body: str, url: str = URL) -> list[tuple[str, str]]:
    return titled(read_list(Page(url, page("栏目", body).encode()), AS_OF).items)


def dates(body: str) -> list[str]:
    return [day for _, day in read(body)]


def listed(*rows: str, tag: str = "ul") -> str:
    return f"<{tag} class='list'>{''.join(rows)}</{tag}>"


A = "<a href='/a/1.html'>关于第一件事项的通知</a>"
B = "<a href='/a/2.html'>关于第二件事项的通知</a>"


@pytest.mark.parametrize(
    "row",
    [
        "<li>%s<span>2026-03-20</span></li>",
        "<li>%s<b>2026-03-20</b></li>",
        "<li>%s<em>2026.03.20</em></li>",
        "<li>%s<i>2026/3/20</i></li>",
        "<li>%s<p>[2026-03-20]</p></li>",
        "<li><span>2026年3月20日</span>%s</li>",
        "<li><span class='day'>20</span><span>2026-03</span>%s</li>",
        "<li><div class='date'><b>20</b><p>2026.03</p></div>%s</li>",
        "<li><div class='time'><span>2026-03</span><em>20</em></div>%s</li>",
        "<li>%s<em>03-20</em><span>2026</span></li>",
        "<li><i>2026</i><em>03-20</em>%s</li>",
        "<li><span class='d'>20</span><span class='m'>3月</span><span class='y'>2026</span>%s</li>",
        "<li>%s<span>成文日期：2026-03-28</span><span>发布日期：2026-03-20</span></li>",
        "<li>%s 发布日期：2026-03-20 有效期至：2026-03-30</li>",
        "<li>%s 2026-03-20 有效期：2019-05-01至2026-03-29</li>",
        "<li><a href='/col/'>[通知]</a>%s<span>2026-03-20</span></li>",
        "<li>%s<span>2026-03-20 17:12:08</span></li>",
        "<li>%s<span>03-20</span></li>",
        "<li>%s<span>3月 20</span></li>",
    ],
)
def test_the_date_of_a_row_wherever_its_template_puts_it(row: str) -> None:
    assert read(listed(row % A, row % B)) == [("关于第一件事项的通知", "2026-03-20"), ("关于第二件事项的通知", "2026-03-20")]


def test_day_blocks_inside_the_link_do_not_become_its_title() -> None:
    row = "<li><a href='/a/{0}.html'><span class='date'>2026-03-{0}</span><p>关于第{0}件事项的通知</p></a></li>"
    assert read(listed(row.format(20), row.format(18))) == [("关于第20件事项的通知", "2026-03-20"), ("关于第18件事项的通知", "2026-03-18")]


def test_a_year_heading_dates_the_month_and_day_below_it() -> None:
    years = "".join(f"<h3>{year}年</h3>" + listed(f"<li>{A}<span>06-19</span></li>", f"<li>{B}<span>02-11</span></li>") for year in (2025, 2024))
    assert sorted(dates(years), reverse=True)[:2] == ["2025-06-19", "2025-02-11"]
    inside = listed("<li class='year'>2024年</li>", f"<li>{A}<span>06-19</span></li>", f"<li>{B}<span>02-11</span></li>")
    assert dates(inside) == ["2024-06-19", "2024-02-11"]


HEADS = "<tr><th>索引号</th><th>名称</th><th>{}</th><th>{}</th></tr>"
CELLS = "<tr><td>2026-02-00018</td><td><a href='/a/{0}.html'>关于第{0}号事项的通知</a></td><td>{1}</td><td>{2}</td></tr>"


@pytest.mark.parametrize(
    ("heads", "cells", "day"),
    [
        (("成文日期", "发布日期"), ("2026-03-25", "2026-03-20"), "2026-03-20"),
        (("发布日期", "生成日期"), ("2026-03-20", "2026-03-25"), "2026-03-20"),
        (("发布时间", "失效日期"), ("2026-03-20", "2026-03-30"), "2026-03-20"),
        (("有效期", "公开日期"), ("2026-03-30", "2026-03-20"), "2026-03-20"),
        (("发布机构", "日期"), ("示例局", "2026-03-20"), "2026-03-20"),
        (("发布机构", "成文日期"), ("示例局", "2026-03-20"), "2026-03-20"),
    ],
)
def test_the_header_of_a_table_says_which_date_counts(heads: tuple[str, str], cells: tuple[str, str], day: str) -> None:
    table = f"<table>{HEADS.format(*heads)}{CELLS.format(1, *cells)}{CELLS.format(2, *cells)}</table>"
    assert dates(table) == [day, day]


def test_publisher_and_validity_of_a_table() -> None:
    table = f"<table>{HEADS.format('发文机关', '有效性').replace('</tr>', '<th>发布日期</th></tr>')}" + "".join(
        CELLS.format(n, "示例局", force).replace("</tr>", "<td>2026-03-20</td></tr>") for n, force in ((1, "有效"), (2, "失效"), (3, "废止"))
    )
    items = read_list(Page(URL, page("栏目", table + "</table>").encode()), AS_OF).items
    assert [(item.publisher, item.validity) for item in items] == [("示例局", "有效"), ("示例局", "失效"), ("示例局", "废止")]


def test_definition_lists() -> None:
    assert dates(f"<dl><dd>{A}</dd><dd>2026-03-20</dd></dl><dl><dd>{B}</dd><dd>2026-03-18</dd></dl>") == ["2026-03-20", "2026-03-18"]
    assert dates(f"<dl><dt>{A}</dt><dd>2026-03-20</dd><dt>{B}</dt><dd>2026-03-18</dd></dl>") == ["2026-03-20", "2026-03-18"]


def test_script_arrays_without_zeros() -> None:
    script = "".join(
        f"urls[i]='/art/2026/3/{d}/art_1_{d}.html';headers[i]=\"第{d}号&quot;通告&quot;\";year[i]='2026';month[i]='3';day[i]='{d}';i++;" for d in (9, 5)
    )
    html = Page(URL, page("栏目", f"<script>{script}</script>").encode())
    listing = read_list(html, AS_OF)
    assert listing.dialect is Dialect.JSARRAY
    assert titled(listing.items) == [('第9号"通告"', "2026-03-09"), ('第5号"通告"', "2026-03-05")]


def test_an_array_of_objects_in_a_script() -> None:
    script = (
        'var list = [{"title": "甲事项通告", "url": "/a/1.html", "date": "2026-03-20"}, {"title": "乙事项通告", "url": "/a/2.html", "date": "2026-03-18"}];'
    )
    assert read(f"<script>{script}</script>") == [("甲事项通告", "2026-03-20"), ("乙事项通告", "2026-03-18")]


def test_a_list_in_a_comment_with_the_pager_that_counts_from_one() -> None:
    rows = "".join(f"<li><a href='/c/{n}.shtml' title='关于第{n}件事项的通知'>关于</a><b>2026-03-{n}</b></li>" for n in (20, 18))
    listing = read_list(
        Page(
            URL.replace("index.html", "zwgklist.shtml"),
            page("栏目", f"<ul><!-- {rows}<script>createPageHTML('page_div',3, 1,'zwgklist','shtml',40);</script>--></ul>").encode(),
        ),
        AS_OF,
    )
    assert (listing.dialect, [day for _, day in titled(listing.items)]) == (Dialect.UCAP, ["2026-03-20", "2026-03-18"])
    assert [request.url.rsplit("/", 1)[1] for request in listing.more] == ["zwgklist_2.shtml", "zwgklist_3.shtml"]


@pytest.mark.parametrize(
    ("call", "more"),
    [
        ('createPageHTML(3, 0, "index", "html")', ["index_1.html", "index_2.html"]),
        ('createPageHTML(3, 0, "index", "shtml")', ["index_1.shtml", "index_2.shtml"]),
        ('createPageHTML(3, 1, "index", "htm")', ["index_2.htm", "index_3.htm"]),
        ("createPageHTML(1, 0)", []),
    ],
)
def test_trs_pages_are_counted_as_the_first_page_counts_itself(call: str, more: list[str]) -> None:
    body = listed(f"<li>{A}<span>2026-03-20</span></li>", f"<li>{B}<span>2026-03-18</span></li>") + f"<script>{call};</script>"
    listing = read_list(Page(URL, page("栏目", body).encode()), AS_OF)
    assert [request.url.rsplit("/", 1)[1] for request in listing.more] == more


def test_a_list_of_more_pages_than_are_named_was_not_seen_to_its_end() -> None:
    body = listed(f"<li>{A}<span>2026-03-20</span></li>") + '<script>createPageHTML(400, 0, "index", "html");</script>'
    assert read_list(Page(URL, page("栏目", body).encode()), AS_OF).hidden


def test_a_page_whose_rows_are_elsewhere_is_unread() -> None:
    body = "<script src='/x/unitbuild.js' url='/api-gateway/jpaas-publish-server/front/page/build/unit' querydata=\"{'pageType':'column','webId':'1','pageId':'2','tagId':'列表'}\"></script>"
    assert read_list(Page(URL, page("栏目", body).encode()), AS_OF).unread


HOSTILE = {
    "records": "<record>" * 375_000,
    "quotes": "<script>var a = dataproxy.jsp _isJson /common/search/ searchList/ fjdzapp/search loadPageData queryList;" + "'/a" * 900_000 + "</script>",
    "slashes": "<script>_isJson searchList/ '" + "/" * 2_900_000 + "</script>",
    "names": "<script>loadPageData " + "a" * 2_900_000 + "</script>",
    "pairs": "<script>unitbuild loadPageData({" + "unitid:'1'," * 250_000 + "</script>",
    "sets": "<script>" + "urls[i]='/a.html';" * 160_000 + "</script>",
    "arrays": "<script>" + '=[{"' * 700_000 + "</script>",
    "tree": "<script>window._CONFIG = {SID: '1', TREE: " + '[{"id":1,"name":"a","children":' * 90_000 + "</script>",
    "dates": "<ul>" + "<li><a href='/a.html'>关于一件事项的通知</a>" + "1 " * 700_000 + "</li></ul>",
    "validity": "<ul><li><a href='/a.html'>关于一件事项的通知</a>" + "有效期2026-03-20至" * 100_000 + "</li></ul>",
    "years": "<ul>" + "".join(f"<li><a href='/a/{n}.html'>关于{n}事项的通知</a><span>03-20</span></li>" for n in range(4_000)) + "</ul>",
    "pager": "createPageHTML('" * 180_000,
    "xxgk": "/module/xxgk/search.jsp" + "共&nbsp;<" * 300_000,
    "mount": "<script>classsql: channelid /fjdzapp/search" + "classsql:'" * 250_000 + "</script>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_three_megabytes_of_anything_do_not_hold_up_a_run(name: str) -> None:
    html = Page("http://www.example.invalid/gkmlpt/index#1", HOSTILE[name][:3_000_000].encode())
    began = time.monotonic()
    _ = (read_list(html, AS_OF), list_sources(html, AS_OF), tree_links(html))
    assert time.monotonic() - began < 10
