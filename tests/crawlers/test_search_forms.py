"""Search forms and their answers: which form is a site's search, how it is asked, what its answer says."""

from pathlib import Path

import pytest

from crawlers.evidence import EvidenceWriter
from crawlers.page import Page
from crawlers.search import SearchForm, ask, find_form, returns
from crawlers.status import PageState, Phase
from crawlers.visit import Visitor
from tests.crawlers.test_search import FORM, FRESH, NAME, UNUSABLE, Pages, asked, results
from tests.crawlers.web import AS_OF, HOME, Web, page

FORMS = {
    "get-form": (FORM, asked("甲"), None),
    "get-form-with-hidden-fields": (
        "<form action='/jsearchfront/search.do'><input type='hidden' name='websiteid' value='33'><input name='q'><input type='submit' value='搜索'></form>",
        f"{HOME}jsearchfront/search.do?websiteid=33&q=%E7%94%B2",
        None,
    ),
    "post-form": (
        "<form action='/s.jsp' method='post'><input name='keyword'><input type='hidden' name='p' value='1'></form>",
        f"{HOME}s.jsp",
        (("p", "1"), ("keyword", "甲")),
    ),
    "odd-field-with-a-hint": ("<form action='/u/s'><input name='abc' placeholder='请输入搜索内容'></form>", f"{HOME}u/s?abc=%E7%94%B2", None),
    "dotted-field": ("<form action='/so/'><input name='search.keyword' title='搜索'></form>", f"{HOME}so/?search.keyword=%E7%94%B2", None),
    "address-of-a-form-with-a-query-of-its-own": ("<form action='/search?x=1'><input name='wd'></form>", f"{HOME}search?wd=%E7%94%B2", None),
    "form-without-action": ("<form><input name='keyword' placeholder='搜索'><button type='submit'>搜索</button></form>", f"{HOME}?keyword=%E7%94%B2", None),
    "selects-send-what-is-chosen": (
        "<form action='/s'><select name='scope'><option value='1'>全文<option value='2' selected>标题</select><input name='searchword'></form>",
        f"{HOME}s?scope=2&searchword=%E7%94%B2",
        None,
    ),
    "button-with-a-literal-address": (
        "<input id='k'><button onclick=\"location='/search?q='+encodeURIComponent(document.getElementById('k').value)\">搜索</button>",
        f"{HOME}search?q=%E7%94%B2",
        None,
    ),
    "script-with-a-literal-address-and-a-tail": (
        "<input id='k'><script>function so(){window.open('/s?wd='+$('#k').val()+'&siteId=12')}</script>",
        f"{HOME}s?wd=%E7%94%B2&siteId=12",
        None,
    ),
    "form-handled-by-a-script-with-a-literal-address": (
        "<form action='javascript:so()'><input name='q'></form><script>function so(){location.href='/so.html?keyword='+v;}</script>",
        f"{HOME}so.html?keyword=%E7%94%B2",
        None,
    ),
}


@pytest.mark.parametrize(("html", "url", "data"), FORMS.values(), ids=FORMS.keys())
def test_forms_of_a_search(html: str, url: str, data: object, tmp_path: Path) -> None:
    form = find_form(Page(HOME, page("示例区", html).encode()))
    assert form is not None
    assert form.request("甲") == (url, data)


NO_FORMS = {
    "login-form": "<form action='/login'><input name='q'><input type='password' name='p'></form>",
    "letter-query": "<form action='/mail/query'><input name='keyword' placeholder='请输入信件编号'></form>",
    "number-query": "<form action='/bsdt/search'><input name='key' placeholder='请输入办件编号查询'></form>",
    "no-form": "<p>搜索</p>",
    "script-without-an-address": "<input id='k' placeholder='搜索'><button onclick='search()'>搜索</button>",
}


@pytest.mark.parametrize("html", NO_FORMS.values(), ids=NO_FORMS.keys())
def test_what_is_no_site_search(html: str) -> None:
    assert find_form(Page(HOME, page("示例区", html).encode())) is None


def test_words_are_sent_in_the_pages_own_encoding() -> None:
    source = page("示例区", FORM).replace("<head>", "<head><meta charset='gb2312'>")
    form = find_form(Page(HOME, source.encode("gb18030"), "text/html; charset=gb2312"))
    assert form is not None
    assert form.request("甲")[0] == f"{HOME}search?q=%BC%D7"


def visitor(tmp_path: Path, pages: Pages) -> tuple[Visitor, EvidenceWriter]:
    writer = EvidenceWriter(tmp_path / "s.warc.gz")
    return Visitor(Web(pages), writer, AS_OF, 50, lambda url, good: None), writer  # type: ignore[arg-type]


TITLE = "关于做好二〇二六年春耕备耕工作的通知"
SITE_FORM = SearchForm(f"{HOME}search", "q")
CONTROL = asked("鑫犇骉麤羴")
RETURNS: dict[str, tuple[Pages, bool | None]] = {
    "returned": ({asked(TITLE): results(TITLE, (TITLE, "/a/1.html")), CONTROL: results("鑫犇骉麤羴")}, True),
    "returned-with-highlights": ({asked(TITLE): results(TITLE, (TITLE.replace("春耕", "<em>春耕</em>"), "/a/1.html")), CONTROL: results("x")}, True),
    "returned-shortened": ({asked(TITLE): results(TITLE, (TITLE[:14] + "...", "/a/1.html")), CONTROL: results("x")}, True),
    "none-found": ({asked(TITLE): results(TITLE)}, False),
    "other-things-found": ({asked(TITLE): results(TITLE, ("关于另一件事项的通知公告", "/a/2.html"))}, False),
    "maybe-on-a-further-page": ({asked(TITLE): results(TITLE, ("关于另一件事项的通知公告", "/a/2.html"), count=812)}, None),
    "stands-on-every-answer": ({asked(TITLE): results(TITLE, (TITLE, "/a/1.html")), CONTROL: results("x", (TITLE, "/a/1.html"))}, None),
    "by-script": ({asked(TITLE): UNUSABLE["results-by-script"]}, None),
    "refused": ({asked(TITLE): 403}, None),
}


@pytest.mark.parametrize(("pages", "expected"), RETURNS.values(), ids=RETURNS.keys())
def test_whether_a_search_returns_a_title_it_was_given(pages: Pages, expected: bool | None, tmp_path: Path) -> None:
    opener, writer = visitor(tmp_path, pages)
    with writer:
        assert returns(opener, SITE_FORM, TITLE, Phase.FIRST) is expected


ANSWERS: dict[str, tuple[str, bool, int | None]] = {
    "count-before-the-word": (page("搜索结果", f"<p>搜索“{NAME}”，为您找到相关结果约 3 个</p><a href='/a/1.html'>某项政策解读</a>"), True, 3),
    "count-with-commas": (page("搜索", f"<p>共检索到 1,203 条“{NAME}”结果</p><a href='/a/1.html'>某项政策解读</a>"), True, 1203),
    "nothing-in-words": (page("站内搜索", f"<p>抱歉，没有找到与“{NAME}”相关的内容</p>"), True, 0),
    "nothing-not-a-soft-404": (page("全文检索", "<p>您查找的内容不存在，换个关键词试试</p>"), True, 0),
    "hits-without-a-count": (page("站内搜索", f"<input name='q' value='{NAME}'><a href='/a/1.html'>某项政策解读</a>"), True, None),
    "nothing-in-a-hidden-template": (page("站内搜索", "<div style='display:none'>没有找到相关内容</div><div id='r'></div>"), False, None),
    "an-ordinary-page": (page("示例区", FRESH), False, None),
}


@pytest.mark.parametrize(("html", "usable", "total"), ANSWERS.values(), ids=ANSWERS.keys())
def test_answers_of_a_search(html: str, usable: bool, total: int | None, tmp_path: Path) -> None:
    opener, writer = visitor(tmp_path, {asked(NAME): html})
    with writer:
        answer = ask(opener, SITE_FORM, NAME, Phase.FIRST)
    assert (answer.usable, answer.total) == (usable, total)


def test_a_posted_search_is_asked_by_post(tmp_path: Path) -> None:
    opener, writer = visitor(tmp_path, {f"POST {HOME}s q={NAME}": results(NAME, ("某项政策解读", "/a/1.html"))})
    with writer:
        answer = ask(opener, SearchForm(f"{HOME}s", "q", post=True), NAME, Phase.FIRST)
    assert (answer.usable, [link.text for link in answer.hits]) == (True, ["某项政策解读"])


def test_a_result_page_that_found_nothing_is_no_dead_page(tmp_path: Path) -> None:
    assert Page(asked(NAME), page("站内搜索", "<p>您查找的信息不存在</p>").encode()).state is PageState.CONTENT
