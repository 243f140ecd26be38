"""Rows and pagers as the templates of common publishing systems write them: 动易, 新点, 大汉, PowerEasy and their like."""

from datetime import date

import pytest

from crawlers.dialects import read_list
from crawlers.listing import Listing
from crawlers.page import Page
from tests.crawlers.dialects.asking import titled
from tests.crawlers.web import page, rows

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
ENTRIES = (("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开全县工作会议的通知", "2026-03-11"), ("关于元旦放假安排的通知", "2025-12-25"))


def read(body: str, url: str = URL) -> Listing:
    return read_list(Page(url, page("通知公告", body).encode()), AS_OF)


def each(shape: str) -> str:
    return "".join(shape.format(n=number, t=title, d=day, short=f"{day[5:7]}月{day[8:]}日") for number, (title, day) in enumerate(ENTRIES, 1))


DETAILS = (
    "<dt><a href='/x/{n}.jhtml'>{t}</a></dt><dd>会议要求年底前完成……<a href='/x/{n}.jhtml'>[详细]</a></dd><dd>{d}</dd>",
    "<dt><a href='/x/{n}.jhtml'>{t}</a></dt><dd><a href='/x/{n}.jhtml'>查看全文</a> {d}</dd>",
    "<dt><a href='/x/{n}.jhtml'>{t}</a></dt><dd>{d}</dd>",
)


@pytest.mark.parametrize("shape", DETAILS)
def test_a_link_to_details_between_a_title_and_its_day(shape: str) -> None:
    assert titled(read(f"<div class='list'><dl>{each(shape)}</dl></div>").items) == list(ENTRIES)


TIP = "文章标题：{t}%s作    者：佚名%s更新时间：{d} 10:11:22"


@pytest.mark.parametrize("end", ["\r\n", "&#13;", "&#13;&#10;"])
def test_days_without_a_year_between_line_breaks_with_the_year_in_tooltips(end: str) -> None:
    shape = f"·<a href='/Article/{{n}}.html' title='{TIP.replace('%s', end)}'>{{t}}</a>&nbsp;<font>({{short}})</font><br>"
    assert titled(read(f"<table><tr><td>{each(shape)}</td></tr></table>").items) == list(ENTRIES)


@pytest.mark.parametrize("counted", ["第&nbsp;1&nbsp;/&nbsp;3&nbsp;页", "第 1 / 3 页", "共&nbsp;3&nbsp;页"])
def test_pages_of_a_search_are_counted_through_blanks_of_any_kind(counted: str) -> None:
    listing = read(
        f"<table>{each('<tr><td><a href=/a/{n}.html mc={t} rq={d}>{t}</a></td></tr>')}</table>{counted}",
        "http://www.example.invalid/module/xxgk/search.jsp?infotypeId=A1",
    )
    assert len(listing.more) == 2


@pytest.mark.parametrize(
    ("options", "expected"), [("pageIndex:0,pageSize:15,total:324", True), ("total:324,pageSize:15", True), ("pageSize:15,total:3", False)]
)
def test_a_drawn_pager_counts_rows_in_any_order(options: str, expected: bool) -> None:
    assert read(f"{rows(*ENTRIES)}<div id='pager'></div><script>$('#pager').pagination({{{options}}});</script>").hidden is expected


@pytest.mark.parametrize("last", ["列表", "信息列表", "栏目列表", "列表页"])
def test_what_sort_of_page_it_is_is_no_name_of_a_column(last: str) -> None:
    crumbs = f"<div class='path'>您现在的位置：<a href='/'>示例县水利局</a> &gt;&gt; <a href='/zwgk/tzgg/'>通知公告</a> &gt;&gt; {last}</div>"
    assert Page(URL, page("通知公告", crumbs + rows(*ENTRIES)).encode()).own_name == "通知公告"


ENDS = ("公示截止期", "有效期至", "处罚有效期", "公示结束日期", "许可截止日期", "公示期限", "公示期至", "公示期")
DAYS = ("处罚决定日期", "决定日期", "许可决定时间", "立案日期")


@pytest.mark.parametrize("end", ENDS)
@pytest.mark.parametrize("day", DAYS)
@pytest.mark.parametrize("title", ["<a href='/c/{n}.html'>{t}</a>", "{t}"])
def test_the_end_of_a_notice_is_no_day_of_its_entry(end: str, day: str, title: str) -> None:
    rows = each(f"<tr><td>{title}</td><td>〔2026〕{{n}}号</td><td>{{d}}</td><td>2026-03-30</td></tr>")
    listing = read(f"<table><tr><th>行政相对人名称</th><th>决定书文号</th><th>{day}</th><th>{end}</th></tr>{rows}</table>")
    assert titled(listing.items) == list(ENTRIES)


def test_a_table_that_tells_ends_alone_is_not_dated_by_them() -> None:
    rows = each("<tr><td><a href='/c/{n}.html'>{t}</a></td><td>2026-03-30</td></tr>")
    assert read(f"<table><tr><th>名称</th><th>有效期至</th></tr>{rows}</table>").newest is None


@pytest.mark.parametrize("head", ["实施日期", "生效日期", "开标时间", "会议时间"])
def test_the_day_of_an_event_is_an_entrys_where_there_is_no_other(head: str) -> None:
    shape = "<tr><td><a href='/c/{n}.html'>{t}</a></td>%s<td>2026-03-30</td></tr>"
    both = f"<table><tr><th>名称</th><th>立案日期</th><th>{head}</th></tr>{each(shape % '<td>{d}</td>')}</table>"
    assert titled(read(both).items) == list(ENTRIES)
    assert read(f"<table><tr><th>名称</th><th>{head}</th></tr>{each(shape % '')}</table>").newest == date(2026, 3, 30)


@pytest.mark.parametrize("label", ["公示期至", "公示期", "公示截止日期"])
def test_a_notices_end_beside_its_day(label: str) -> None:
    shape = f"<li><a href='/c/{{n}}.html'>{{t}}</a><span>{{d}}</span><span>{label}：2026-03-30</span></li>"
    assert titled(read(f"<ul>{each(shape)}</ul>").items) == list(ENTRIES)
