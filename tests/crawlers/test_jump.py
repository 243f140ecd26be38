"""What sends only some readers elsewhere, or what a rule says about missing information, must not make a page gone."""

from pathlib import Path

import pytest

from crawlers.jump import sends_to
from crawlers.page import Page
from crawlers.status import PageState
from tests.crawlers.web import HOME, column, links, observe, page, rows, view

URL = HOME + "tzgg/"
FRESH = rows(("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-01"))

STAYS = {
    "frame-buster": "if(top==self)location.href='/index.html'",
    "frame-buster-of-addresses": "if (top.location == self.location) { top.location='/' }",
    "telephone": "if(/Android|iPhone/i.test(navigator.userAgent))location.href='/m/'",
    "telephone-in-braces": "if (/Android/.test(navigator.userAgent)) { var a = 1; location.href='/m/' }",
    "telephone-short-circuit": "/Mobile/.test(navigator.userAgent) && (window.location='/m/')",
    "search": "function search(){ var q=$('#q').val(); location.href='/s.html' }",
    "row-clicked": "$('.row').click(function(){ location.href='/a/1.html' })",
    "listener": "document.getElementById('go').addEventListener('click', () => { window.location.assign('/main/') })",
    "handler-by-name": "function go(){ location.href='/main/' }; document.getElementById('x').onclick = go;",
    "method": "var page = { turn: function(n){ location.href='/index_2.html' } };",
    "called-by-a-click": "function go(){ location.href='/main/' } $('#x').on('click', function(){ go() })",
}
GOES = {
    "plain": ("location.href='/main/'", "/main/"),
    "after-a-condition": ("if(a){b()} location.href='/main/'", "/main/"),
    "not-a-telephone": ("if(/Mobile/.test(u)){location='/m/'}else{location.href='/main/'}", "/main/"),
    "in-a-timer": ("setTimeout(function(){location.href='/index.html'},3000)", "/index.html"),
    "in-a-named-timer": ("function go(){window.location.href='/index.html'} setTimeout(go, 3000)", "/index.html"),
    "in-a-timer-of-words": ("function go(){location='/index.html'}\nsetTimeout('go()', 3000)", "/index.html"),
    "called-at-once": ("(function(){ location.href='/main/' })();", "/main/"),
    "called-below": ("function go(){ location.replace('/main/') }\ngo();", "/main/"),
    "when-ready": ("$(document).ready(function(){ location.href='/main/' })", "/main/"),
    "when-loaded": ("window.onload = function () { location.href='/main/' }", "/main/"),
    "listening": ("window.addEventListener('load', () => { location.href='/main/' })", "/main/"),
    "past-a-search": ("function s(){ location.href='/s.html' } location.href='/main/'", "/main/"),
}


@pytest.mark.parametrize("script", STAYS.values(), ids=STAYS.keys())
def test_a_jump_behind_a_condition_is_none(script: str) -> None:
    assert sends_to(f"<script>{script}</script>") == ""
    assert Page(URL, f"<script>{script}</script><p>第一条 本办法自发布之日起施行</p>".encode()).state is PageState.CONTENT


def test_a_jump_in_the_answer_of_an_interface_is_none() -> None:
    script = "<script>$.get('/api', {id:1}, function(data){ window.location='/login.html' })</script>"
    assert sends_to(script) == ""
    assert Page(URL, f"{script}<p>第一条 本办法自发布之日起施行</p>".encode()).state is PageState.NEEDS_SCRIPT


@pytest.mark.parametrize(("script", "target"), GOES.values(), ids=GOES.keys())
def test_a_jump_for_everybody_is_one(script: str, target: str) -> None:
    assert sends_to(f"<p>x</p><script>{script}</script>") == target


@pytest.mark.parametrize(
    "body", ["<body onload=\"location.href='/main/'\"><p>x</p>", "<script>function go(){ location.href='/main/' }</script><body onload='go()'><p>x</p>"]
)
def test_a_jump_of_the_body_is_one(body: str) -> None:
    assert sends_to(body) == "/main/"


@pytest.mark.parametrize(
    "body", ["<tr onclick=\"location.href='/a/1.html'\"><td>关于会议的通知</td></tr>", "<input type='button' value='搜索' onclick='location.href=\"/s.html\"'>"]
)
def test_what_a_click_on_a_row_does_is_no_jump(body: str) -> None:
    assert sends_to(f"<script>var a = 1</script><table>{body}</table>") == ""
    assert Page(URL, f"<table>{body}</table><a href='/a/2.html'>关于会议的另一通知</a>".encode()).state is PageState.CONTENT


PROVISIONS = (
    "申请人申请公开的政府信息不存在的，予以告知。",
    "政府信息不存在",
    "所申请公开信息不存在的，告知申请人",
    "检索后信息不存在的，应当书面答复",
)


@pytest.mark.parametrize("said", PROVISIONS)
def test_a_rule_about_missing_information_is_no_missing_page(said: str) -> None:
    assert Page(URL, page("依申请公开", f"<p>{said}</p><a href='/f/a.pdf'>申请表</a>").encode()).state is PageState.CONTENT


@pytest.mark.parametrize("source", ["/list/3.html", "/pdfjs/web/viewer.html?file=/zn.pdf"])
def test_a_page_whose_frame_is_missing_is_not_gone(source: str, tmp_path: Path) -> None:
    menu = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("通知公告", "/tzgg/"))
    pages = {HOME: page("示例区", links(*menu))} | {HOME + path.strip("/") + "/": page(name, FRESH) for name, path in menu[:-1]}
    pages[URL] = page("通知公告", f"<iframe src='{source}'></iframe>", "首页 > 通知公告")
    seen = view(observe(pages, [column("notices", "通知公告")], tmp_path)).sightings[0]
    assert seen.http == 200
    assert seen.page is not PageState.BLANK
    assert not (seen.confirmed and seen.page is PageState.SOFT_404)
