"""Lists laid out as provincial sites do that the readers were not made from; names, texts and addresses are our own."""

from datetime import date

import pytest

from crawlers.dialects import read_list
from crawlers.page import Page
from crawlers.status import DateFrom
from tests.crawlers.dialects.asking import titled

URL = "http://www.example.invalid/zp/index.html"
AS_OF = date(2026, 11, 22)
ROWS = (("2025年度示例单位拟聘人员公示", "2026-09-01"), ("2024年度示例机关录用公告", "2026-08-02"), ("2023年度示例机关录用公告", "2026-07-02"))
MENU = "".join(f"<a href='/c{number}/'>栏目{number}</a>" for number in range(9))


def read(body: str, url: str = URL) -> Page:
    return Page(url, f"<html><head><meta charset='utf-8'><title>公告</title></head><body><div class='nav'>{MENU}</div>{body}</body></html>".encode())


def listed(row: str, count: int = 3) -> str:
    return "".join(row.format(title=title, day=day, year=day[:4], short=day[5:], n=number) for number, (title, day) in enumerate(ROWS[:count], 1))


LAYOUTS = {
    "day-above-year": "<div class='row'><div class='top'>{short}</div><div class='bottom'>{year}</div><div class='right'><a href='./1234{n}.html'>{title}</a></div></div>",
    "date-in-a-table-below-the-title": "<div class='item'><div class='tt'><a href='/a/{n}.shtml'>{title}</a></div><table><tr><td>发布时间： {day}</td></tr></table></div>",
    "a-link-round-a-block": (
        "<a href='/web/article/{n}/content_{n}.html' title=''><div class='view'><div class='title'>{title}</div><div class='content'>现将名单予以公示，公示期为2026年3月1日至3月7日。</div>"
        "<div class='date'>日期：<span>{day}</span></div></div></a>"
    ),
    "a-summary-with-a-date-of-its-own": "<li><span class='des'>根据2024年1月5日会议精神公告如下。</span><a class='t' href='/c/{n}.shtml' title='{title}'>缩略</a><span class='cpn-date'>{day}</span></li>",
    "a-date-alone-in-the-link": "<li><a href='/ncms/article_a{n}.shtml' title='{title}'><span class='you'>[{day}]</span></a></li>",
    "a-date-glued-to-the-title": "<li><a href='./202609/t20260910_{n}.shtml'>{title}<span class='date'>{day}</span></a></li>",
    "a-paragraph-each": "<p class='title-li'><a href='/a/{n}.html' title='{title}'>缩略标题</a><span>{day}</span></p>",
}


@pytest.mark.parametrize("row", LAYOUTS.values(), ids=LAYOUTS.keys())
@pytest.mark.parametrize("count", [2, 3])
def test_rows_of_provincial_sites(row: str, count: int) -> None:
    items = read_list(read(f"<div class='list'>{listed(row, count)}</div>"), AS_OF).items
    assert titled(items) == list(ROWS[:count])
    assert {item.date_from for item in items} == {DateFrom.LIST}


def test_the_end_of_a_consultation_is_not_its_publication() -> None:
    row = "<li><span class='fr'>{day}</span><a href='/zc/art/2026/art_{n}.html' title='{title}'><i></i>{title}</a><span class='endtime' style='display:none !important;'>1792339200000</span></li>"
    assert titled(read_list(read(f"<ul>{listed(row)}</ul>"), AS_OF).items) == list(ROWS)
    alone = row.replace("<span class='fr'>{day}</span>", "")
    assert [item.date for item in read_list(read(f"<ul>{listed(alone)}</ul>"), AS_OF).items] == [None] * 3
    until = "<li><a href='/zc/art/2026/art_{n}.html' title='{title}'><span class='t'>{title}</span> <span class='date-info'>截止日期  {day}\n</span></a></li>"
    assert [item.date for item in read_list(read(f"<ul>{listed(until)}</ul>"), AS_OF).items] == [None] * 3


def test_a_title_that_breaks_its_line_in_the_tooltip() -> None:
    row = "<li><div class='t'><a href='/zc/art_{n}.html' title='{title}\n（征求意见稿）\n'>{title}（征求意见稿）</a></div><div class='tim'>{day}至2026-12-30</div><div>(进行中)</div></li>"
    assert titled(read_list(read(f"<ul>{listed(row)}</ul>"), AS_OF).items) == [(f"{title}（征求意见稿）", day) for title, day in ROWS]
    told = "<li><a href='/zc/art_{n}.html' title='{title}\n发布时间：{day}\n点击：35'>{title}</a><span>{day}</span></li>"
    assert titled(read_list(read(f"<ul>{listed(told)}</ul>"), AS_OF).items) == list(ROWS)


def test_a_pager_given_as_options() -> None:
    body = f"<ul>{listed(ROW)}</ul><script>Pager({{size:4, current:0, prefix:'index',suffix:'html'}});</script>"
    assert [one.url.rsplit("/", 1)[1] for one in read_list(read(body), AS_OF).more] == ["index_1.html", "index_2.html", "index_3.html"]


def test_titles_of_records_without_the_date_in_the_link() -> None:
    record = "<record><![CDATA[<li><a href='/art/2026/9/{n}/art_7_{n}.html'><span class='list_title'>{title}</span><i>{day}</i></a></li>]]></record>"
    items = read_list(read(f"<script type='text/xml'><datastore><recordset>{listed(record)}</recordset></datastore></script>"), AS_OF).items
    assert titled(items) == list(ROWS)


ROW = "<li><a href='./202609/t20260910_{n}.shtml' title='{title}'>缩略标题</a><span>{day}</span></li>"
MORE_PAGES = {
    "page-plugin": "<div class='pagination'></div><script>$('.pagination').pagination({currentPage: 1, totalPage: 322, callback: function(n){go(n)}});</script>",
    "column-plugin": "<div id='p'></div><script>Ls.pagination('#p', function(pageIndex){go(pageIndex)},{currPage: (0+1),pageCount:3});</script>",
    "attributes": "<div id='pageDec' pagesize='24' pagecount='51'></div>",
    "options": "<script>var pager_options={currentPage:parseInt('0')+1, countPage:parseInt('3'), PAGE_NAME:'index', PAGE_EXT:'html'};</script>",
    "records": "<script>var recordCount=41;var pageSize=20;var currentPage=1;</script>",
    "listed": "<script>var listCount = '30'; var pageIndex = '1'; var pageSize = '3';</script><div id='pagination'></div>",
    "parsed": '<script>var dataTotal = parseInt("45");var pagenum = parseInt("1"); var target=\'l.shtml?begin=\';</script>',
    "json": "<script>var data={'pages':50,'current':1,'href':['x']};</script>",
    "method": "<script>P.initMethod({params:{elemId:'#Page',total:'30',pageSize:'3'}});</script>",
    "page-total": '<script>var pagesData={"curPageNo":1,"pageTotal":4};</script>',
}
ONE_PAGE = {
    "no-pager": "",
    "page-plugin": "<script>$('.pagination').pagination({currentPage: 1, totalPage: 1});</script>",
    "records": "<script>var recordCount=3;var pageSize=20;var currentPage=1;</script>",
    "attributes": "<div id='pageDec' pagesize='24' pagecount='1'></div>",
    "last-page-is-this-one": "<span class='current'>1</span><a href='/zp/index.html'>尾页</a>",
    "method": "<script>P.initMethod({params:{elemId:'#Page',total:'3',pageSize:'20'}});</script>",
    "a-slide-show": "<script>$('.banner').slide({pageTotal:false,totalNum:12,speed:300});</script>",
    "visits": "<script>var totalCount = 51234; document.write('访问量'+totalCount);</script>",
}


@pytest.mark.parametrize("pager", MORE_PAGES.values(), ids=MORE_PAGES.keys())
def test_a_pager_that_a_script_draws_says_that_there_is_more(pager: str) -> None:
    assert read_list(read(f"<ul>{listed(ROW)}</ul>{pager}"), AS_OF).hidden


@pytest.mark.parametrize("pager", ONE_PAGE.values(), ids=ONE_PAGE.keys())
def test_a_list_of_one_page_is_whole(pager: str) -> None:
    assert not read_list(read(f"<ul>{listed(ROW)}</ul>{pager}"), AS_OF).hidden


def test_rows_in_a_script_whose_date_has_a_name_of_its_own() -> None:
    entry = '{{"channelid":68,"title":"{title}","daytime":"{day}","url":"http://www.example.invalid/lygs/i{n}.html","userid":"u"}}'
    rows = ",".join(entry.format(title=title, day=day, n=number) for number, (title, day) in enumerate(ROWS[:2]))
    body = f'<div id="list"></div><script>var dataList=[{{"infolist":[{rows}]}}];var pagesData={{"curPageNo":1,"pageTotal":4}};</script>'
    listing = read_list(read(body), AS_OF)
    assert titled(listing.items) == list(ROWS[:2])
    assert listing.hidden
