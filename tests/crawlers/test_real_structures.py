"""Structures met on real government sites that the readers were not made from: each is rewritten here with names and texts of its own."""

from datetime import date

import pytest

from crawlers.dates import article_date, written_date
from crawlers.dialects import read_list
from crawlers.documents.body import Body
from crawlers.documents.publisher import read_publisher
from crawlers.documents.validity import read_validity
from crawlers.page import Page
from crawlers.status import DateFrom, PageState
from tests.crawlers.dialects.asking import titled

URL = "http://www.example.invalid/zwgk/nb/index.html"
AS_OF = date(2026, 3, 31)


def read(body: str, url: str = URL, head: str = "") -> Page:
    return Page(url, f"<html><head><meta charset='utf-8'><title>栏目</title>{head}</head><body>{body}</body></html>".encode())


SCRIPTS_ONLY = {
    "another-name-of-the-variable": "<script r='m'>$_ss=window['$_ss'];if(!$_ss)$_ss={};$_ss.nsd=1;</script>",
    "mark-on-meta": "<meta content='x7' r='m'><script src='/a8/b9.js' r='m'></script>",
}


@pytest.mark.parametrize("head", SCRIPTS_ONLY.values(), ids=SCRIPTS_ONLY.keys())
def test_a_shield_by_another_name_is_a_shield(head: str) -> None:
    assert read("", head=head).state is PageState.SHIELD
    assert read("", head=head).empty_state() is PageState.SHIELD


@pytest.mark.parametrize("script", ["<script src='/core/x1.js'></script>", "<script>var a=1;run(a)</script>"])
def test_a_page_of_scripts_alone_is_neither_content_nor_blank(script: str) -> None:
    assert read(script).state is PageState.NEEDS_SCRIPT
    assert read("", head=script).empty_state() is PageState.NEEDS_SCRIPT
    assert read(script + "<img src='/annual-report.png'>").state is PageState.CONTENT


def test_a_pager_that_its_own_script_writes() -> None:
    row = "<tr><td><img src='i.jpg'></td><td><a href='./202603/t20260320_{0}.html'>关于第{0}件事项的通知</a></td><td> 2026-03-20 </td></tr>"
    script = (
        "<script>var currentPage = 0;//从0开始\nvar prevPage = currentPage-1;\nvar nextPage = currentPage+1;\nvar countPage = 3//共多少页\n"
        'document.write("共计"+"3"+"页");document.write("<a href=\\"index\\"+"_\\" + prevPage + "."+"html\\">上一页</a>");\n'
        'if(countPage>1) document.write("&nbsp;<a href=\\"index\\"+"_\\" + nextPage + "."+"html\\"><span>下一页</span></a>");</script>'
    )
    body = f"<table><tr><td><table>{row.format(1)}{row.format(2)}</table></td></tr><tr><td class='page'>{script}</td></tr></table>"
    listing = read_list(read(body), AS_OF)
    assert [one.url.rsplit("/", 1)[1] for one in listing.more] == ["index_1.html", "index_2.html"]
    assert not listing.hidden
    strange = script.replace("nextPage + ", "where() + ")
    assert read_list(read(body.replace(script, strange)), AS_OF).hidden, "more pages are there, and where they are is not said"


META_TABLE = (
    "<table><tr><td class='t'>信息索引号</td><td><!--<$[SYH]>-->01400000X/2026-00839<!--<$[SYH]>--></td><td class='t'>生成日期</td><td>2026-02-24</td>"
    "<td class='t'>公开日期</td><td><!--<$[FBRQ]>-->2026-03-17<!--<$[FBRQ]>--></td></tr>"
    "<tr><td class='t'>文件编号</td><td>示政发〔2026〕7号</td><td class='t'>效力状况</td><td colspan='3'><!--<$[X]>-->有效<!--<$[X]>--></td></tr>"
    "<tr><td class='t'>发布机构</td><td>示例市人民政府办公室</td><td class='t'>文件下载</td><td><a href='/f.pdf'>全文.pdf</a></td></tr></table>"
)


def test_a_table_of_metadata_is_no_list() -> None:
    page = read(f"<h1>关于示例事项的通知</h1>{META_TABLE}<p>各镇人民政府：现将有关事项通知如下。</p>")
    assert read_list(page, AS_OF).items == ()
    assert article_date(page, AS_OF) == (date(2026, 3, 17), "label")
    assert read_publisher(Body(page)) == "示例市人民政府办公室"
    force = read_validity(Body(page), AS_OF, None)
    assert force is not None and (force.label, force.where) == ("有效", "有效性字段")


@pytest.mark.parametrize(
    "meta",
    [
        "<dl><dt>文号</dt><dd>示政〔2026〕9号</dd><dt>发布单位：</dt><dd>示例市人民政府</dd><dt>发布日期</dt><dd>2026-03-06</dd><dt>有效性</dt><dd>有效</dd></dl>",
        "<ul><li><span>发布机构：</span><span>示例市人民政府</span></li><li><span>成文日期</span>2026-03-01</li><li><span>发布日期</span>2026-03-06</li><li><span>时效</span>有效</li></ul>",
    ],
)
def test_labels_without_colons(meta: str) -> None:
    page = read(f"<h1>示例市人民政府关于示例工作的意见</h1>{meta}<p>现提出以下意见。</p>")
    assert article_date(page, AS_OF) == (date(2026, 3, 6), "label")
    assert written_date(page, AS_OF) in (None, date(2026, 3, 1))
    assert read_publisher(Body(page)) == "示例市人民政府"
    force = read_validity(Body(page), AS_OF, None)
    assert force is not None and force.label == "有效"


@pytest.mark.parametrize("said", ["您现在的位置是：", "您现在的位置：", "当前所在位置：", "您当前的位置 ：", "你现在所在位置：", "现在位置："])
def test_a_breadcrumb_however_it_is_introduced(said: str) -> None:
    body = f"<table><tr><td class='pos'>{said}\n<a href='../'>首页</a>&nbsp;&gt;&gt;&nbsp;<a href='./'>信息公开年报</a></td></tr></table>"
    assert read(body).own_name == "信息公开年报"


def test_rows_in_the_data_of_a_script_with_their_addresses_as_text() -> None:
    row = '{{"id":"a{0}","title":"关于第{0}件事项的通知","pubDate":"2026-03-{0} 18:00:00","urls":"{{\\"common\\":\\"/art/{0}.html\\",\\"pc\\":\\"/art/{0}.html\\"}}"}}'
    script = "<script>var vm = new Vue({el:'#l',data:{pageNo:1,total: %s,articleList: [" + row.format(20) + "," + row.format(17) + "],b:1}});</script>"
    listing = read_list(read("<div id='l'></div>" + script % 2), AS_OF)
    assert titled(listing.items) == [("关于第20件事项的通知", "2026-03-20"), ("关于第17件事项的通知", "2026-03-17")]
    assert [item.url for item in listing.items] == ["http://www.example.invalid/art/20.html", "http://www.example.invalid/art/17.html"]
    assert not listing.hidden
    assert read_list(read("<div id='l'></div>" + script % 320), AS_OF).hidden


def test_the_year_that_only_the_tooltip_of_a_link_states() -> None:
    rows = (
        "<li><span class='date'>02-15</span><a href='/xw/c_2' title='标题：关于有效发挥作用的指导意见发表时间：2024-02-15'>关于有效发挥作用的…</a></li>"
        "<li><span class='date'>01-31</span><a href='/xw/c_1' title='标题：关于加强考核工作的意见\n发表时间：2024-01-31'>关于加强考核工作的意见</a></li>"
        "<li><span class='date'>12-29</span><a href='/xw/c_0' title='关于2021年工作的总结'>关于2021年工作的总结</a></li>"
    )
    items = read_list(read(f"<ul>{rows}</ul>"), AS_OF).items
    assert titled(items) == [("关于有效发挥作用的指导意见", "2024-02-15"), ("关于加强考核工作的意见", "2024-01-31"), ("关于2021年工作的总结", "2025-12-29")]
    assert [item.date_from for item in items] == [DateFrom.LIST, DateFrom.LIST, DateFrom.YEARLESS]


RECORD = (
    "<table class='table'><tr><td>标题</td><td colspan='3'><a href='./202603/t202603{0}_28.html'>关于第{0}件事项的通知</a></td></tr>"
    "<tr><td>发文字号</td><td>示发〔2026〕{0}号</td><td>发布日期</td><td>2026年03月{0}日</td></tr><tr><td>发布机构</td><td>示例局</td><td>实施日期</td><td>2026年03月30日</td></tr></table>"
)


def test_a_list_with_a_table_for_each_entry() -> None:
    items = read_list(read("<div class='result'>" + "".join(RECORD.format(day) for day in (20, 18, 11)) + "</div>"), AS_OF).items
    assert titled(items) == [(f"关于第{day}件事项的通知", f"2026-03-{day}") for day in (20, 18, 11)]
    alone = read("<h1>关于示例事项的通知</h1>" + RECORD.format(20).replace("标题", "文件下载") + "<p>各镇人民政府：现通知如下。</p>")
    assert not any(item.date_from is DateFrom.LIST for item in read_list(alone, AS_OF).items), "the metadata of one document is no list"


def test_a_publisher_beside_its_label_with_nothing_between() -> None:
    meta = "<ul><li><div><span>索 引 号</span>000000002/2026-00310</div></li><li><div><span>发布机关</span><i>示例市生态环境局办公室</i></div><div><span>生成日期</span>2026-03-11</div></li></ul>"
    assert read_publisher(Body(read(f"<div class='meta'>{meta}</div><h1>关于征求意见的函</h1><p>现公开征求意见。</p>"))) == "示例市生态环境局办公室"
    assert read_publisher(Body(read("<h1>关于信息发布的规定</h1><p>发布单位应当对发布的信息负责并报送上级主管部</p>"))) == ""


def test_a_source_ends_where_an_empty_block_stands() -> None:
    body = (
        "<div class='top-title'>示例市2025年政府决算</div><div class='time'>2026—03—11 10:20</div><span class='ly'>来源：示例市财政局</span>"
        "<div id='Content'><iframe src='/pdf/viewer.html?file=/a.pdf'></iframe></div><span id='files' style='display:none'><a href='/a.pdf'>决算.pdf</a></span>"
    )
    assert read_publisher(Body(read(body))) == "示例市财政局"


def test_the_stamp_of_a_publishing_system_is_no_publication() -> None:
    stamp = "<div style='display:none'>Produced By CMS 示例内容管理系统 publishdate:2026/03/20 11:44:06</div>"
    told = "<h1>关于公开征求意见的通知</h1><p>2025年03月11日 10:20 来源：示例办公室</p><p>现就有关事项通知如下，请遵照执行。</p>"
    silent = "<h1>关于公开征求意见的通知</h1><p>现就有关事项通知如下，请遵照执行。</p>"
    for page in (told + stamp, stamp + told):
        found = article_date(read(page), AS_OF)
        assert found is not None and found[0] == date(2025, 3, 11)
    assert article_date(read(silent + stamp), AS_OF) is None
