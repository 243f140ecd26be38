"""Columns that look blank without being it: rows that a script writes, content that is no text. And the plain blanks beside them."""

import pytest

from crawlers.page import Page
from crawlers.status import PageState
from tests.crawlers.web import HOME, links

URL = HOME + "zwgk/jd/"
MENU = links(("首页", "/"), ("政务公开", "/zwgk/"), ("政务服务", "/fw/"), ("互动交流", "/hd/"), ("专题专栏", "/zt/"), ("公示", "/gs/"), ("公告", "/gg/"))
SHARED = (
    "<script src='/js/jquery-1.12.4.min.js'></script><script src='/js/common.js'></script><script>var site = 'demo'; function find() { return 1; }</script>"
)
FOOT = "<div class='footer'><img src='/logo.png'><p>主办：示例区人民政府办公室 联系电话：0574-12345678</p><a href='mailto:web@example.invalid'>邮箱</a></div>"
SEARCH = "<form action='/search'><input name='q' placeholder='请输入关键字'></form>"


def framed(body: str, url: str, head: str = SHARED) -> Page:
    crumbs = "<div class='position'>当前位置：<a href='/'>首页</a> &gt; 政策解读</div>" if url != HOME else ""
    html = f"<html><head><title>政策解读</title>{head}</head><body>{SEARCH}{MENU}{crumbs}<div class='main'>{body}</div>{FOOT}</body></html>"
    return Page(url, html.encode())


def state_of(body: str, head: str = SHARED) -> PageState:
    home = framed("<p>首页的新闻</p>", HOME, head)
    return framed(body, URL, head).empty_state([home], frozenset(link.url for link in home.links))


BY_SCRIPT = {
    "jquery-load": "<div id='l'></div><script>$('#l').load('/list/3.html')</script>",
    "layui": "<table id='t'></table><script>layui.use('table',function(){layui.table.render({elem:'#t',url:'/api'})})</script>",
    "bootstrap-table": "<table data-toggle='table' data-url='/api/list'></table>",
    "easyui": "<table class='easyui-datagrid' data-options=\"url:'/api/list',method:'get'\"></table>",
    "vue-resource": "<div id='l'></div><script>this.$http.get('/api')</script>",
    "dwr": "<ul id='l'></ul><script>ListService.getList(3,function(d){})</script>",
    "prototype": "<ul id='l'></ul><script>new Ajax.Request('/list.do?c=3',{})</script>",
    "activex": "<ul id='l'></ul><script>var x=new ActiveXObject('Microsoft.XMLHTTP')</script>",
    "pdf-canvas": "<div id='viewer'></div><script>PDFJS.getDocument('/zn.pdf').then(f)</script>",
    "document-named-in-an-attribute": "<div data-pdf='/upload/zn.pdf'></div>",
    "pdfobject": "<div id='pdf'></div><script>PDFObject.embed('/zn.pdf','#pdf')</script>",
    "call-into-a-shared-file": "<ul></ul><script>getList(1);</script>",
    "call-with-an-address": "<div></div><script>initList('/gov/list',1,20)</script>",
    "shared-file-fills-a-marked-list": "<ul class='list' id='list' data-channel='12'></ul><div class='page' id='page'></div>",
    "shared-file-fills-a-table": "<table id='t'><thead><tr><th>标题</th></tr></thead><tbody></tbody></table>",
    "rows-written-in-place": "<script>document.write('<ul><li><a href=/a/1.html>关于一件事项的通知</a></li></ul>')</script>",
    "loading": "<div class='box'>数据加载中，请稍候</div>",
    "placeholder-in-the-list": "<ul id='list'><li class='nodata'>暂无数据</li></ul>",
    "placeholder-kept-hidden": "<div style='display:none'>暂无数据</div><ul></ul>",
    "template": "<ul><li>{{item.title}}</li></ul>",
}


@pytest.mark.parametrize("body", BY_SCRIPT.values(), ids=BY_SCRIPT.keys())
def test_a_list_that_a_script_fills_is_not_blank(body: str) -> None:
    assert state_of(body) is PageState.NEEDS_SCRIPT


def test_a_program_that_every_page_has_fills_this_one_too() -> None:
    assert state_of("<div class='list'></div>", "<script type='module' src='/assets/index.js'></script>") is PageState.NEEDS_SCRIPT


def test_what_still_says_that_it_is_loading_after_its_scripts_ran_is_not_blank() -> None:
    page = Page(URL, b"<html><body><ul></ul><div>\xe6\x95\xb0\xe6\x8d\xae\xe5\x8a\xa0\xe8\xbd\xbd\xe4\xb8\xad</div></body></html>", settled=True)
    assert page.empty_state() is PageState.NEEDS_SCRIPT


SHOWN = {
    "picture": "<h1>政策解读</h1><img src='/upload/jg.jpg'>",
    "object": "<object data='/upload/zn.pdf' type='application/pdf'></object>",
    "embed": "<embed src='/upload/zn.pdf'>",
    "film": "<video src='/v.mp4' controls></video>",
    "form": "<form action='/submit' method='post'>姓名<input name='a'>内容<textarea name='b'></textarea><button>提交</button></form>",
    "years-to-choose": "<select onchange='go(this.value)'><option>2026</option><option>2025</option></select><div>暂无数据</div>",
    "mail": "<p>区长信箱：qz@example.gov.cn</p>",
    "mail-link": "<a href='mailto:qz@example.gov.cn'>写信</a>",
    "no-such-matters": "<p>本单位无行政强制事项。</p>",
    "not-done": "<p>2025年度我局未实施行政强制。</p>",
    "no-permits": "<p>本单位没有行政许可事项</p>",
    "zero": "<p>2025年度：行政处罚0件，行政强制0件。</p>",
    "leaders": "<p>区长：张三</p><p>副区长：李四、王五</p>",
    "duty": "<p>负责全区统计工作。</p>",
    "rows-without-links": "<p>1.关于甲的公告</p><p>2.关于乙</p>",
    "tabs": "<ul class='tab'><li>本级</li><li>部门</li></ul><div>暂无内容</div>",
    "sub-columns-of-the-menu": "<ul><li><a href='/gs/'>公示</a></li><li><a href='/gg/'>公告</a></li></ul>",
}


@pytest.mark.parametrize("body", SHOWN.values(), ids=SHOWN.keys())
def test_content_that_is_no_text_is_not_blank(body: str) -> None:
    assert state_of(body) is PageState.CONTENT


PLAIN = {
    "nothing": "",
    "empty-list": "<h2>政策解读</h2><ul class='list'></ul>",
    "says-so": "<h2>政策解读</h2><div class='none'>暂无相关信息</div>",
    "says-so-in-the-list": "<ul class='list'><li>暂无信息</li></ul>",
    "since-it-was-opened": "<p>本栏目自开设以来无内容</p>",
    "table-of-headings": "<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr></table><p>共0条 第1/1页 首页 上一页 下一页 尾页</p>",
    "pager": "<ul class='list'></ul><script>createPageHTML(0, 0, 'index', 'html');</script>",
    "picture-above-a-statement": "<img src='/images/jd_top_1.jpg'><p>暂无内容</p>",
    "picture-of-nothing": "<img src='/images/nodata.png'><p>暂无数据</p>",
    "siblings": "<div class='left'><ul><li><a href='/zwgk/jd/'>政策解读</a></li><li><a href='/gs/'>公示</a></li></ul></div><ul class='list'></ul>",
}


@pytest.mark.parametrize("body", PLAIN.values(), ids=PLAIN.keys())
def test_a_plain_blank_stays_blank(body: str) -> None:
    assert state_of(body) is PageState.BLANK
