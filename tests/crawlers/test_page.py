"""Decoding by bytes, names of links, states of pages."""

import subprocess
import sys

import pytest

from crawlers.columns import ColumnsError, Names, load_columns, normal
from crawlers.encoding import decode
from crawlers.link import is_article
from crawlers.page import Page
from crawlers.status import Match, PageState

FILL = "这一页有足够的正文内容，" * 60


def read(html: str, url: str = "http://x/zwgk/index.html") -> Page:
    return Page(url, html.encode())


@pytest.mark.parametrize(
    ("encoding", "header"), [("utf-8", "text/html; charset=gb2312"), ("gb18030", "text/html; charset=utf-8"), ("gb18030", "text/html"), ("utf-8", "")]
)
def test_bytes_decide_the_encoding(encoding: str, header: str) -> None:
    text = "<html><head><meta charset='iso-8859-1'></head><body>政府信息公开指南 镕堃</body></html>"
    assert decode(text.encode(encoding), header) == (encoding, text)


def test_names_are_read_through_breaks_icons_and_images() -> None:
    page = read(
        '<a href="/1"><i class="i"></i>政府信息<br>公开指南</a><a href="b.html"><img src="x" alt="政府信息公开年报"></a><a href="javascript:void(0)">x</a><a href="#t">y</a>'
    )
    assert [(link.text, link.url) for link in page.links] == [("政府信息公开指南", "http://x/1"), ("政府信息公开年报", "http://x/zwgk/b.html")]


def test_a_name_matches_whole_or_not_at_all() -> None:
    names = Names.of(load_columns())
    assert names.match("政府信息 公开指南>>") == ("guide", Match.EXACT)
    assert names.match("关于政府信息公开指南的说明") is None
    assert names.match("公开") is None
    assert "guide" in names.contained("新版政府信息公开指南")
    assert names.contained("关于修订并重新公布本区政府信息公开指南及有关附件的通知") == ()


def test_normal_forms() -> None:
    assert normal("【政务公开】 更多") == normal("政务公开")
    assert normal("ＡＢ　１２") == "AB12"


@pytest.mark.parametrize(
    ("html", "state"),
    [
        (f"<p>{FILL}</p>", PageState.CONTENT),
        ("<p>抱歉，您访问的页面不存在</p>", PageState.SOFT_404),
        ("<div id='app'></div><script src='a.js'></script>", PageState.NEEDS_SCRIPT),
        ("<script>$_ts=window['$_ts'];</script>", PageState.SHIELD),
        ("<form><input type='password'></form><p>用户登录</p>", PageState.LOGIN),
        ("<meta http-equiv='refresh' content='0;url=/main/'>", PageState.SPLASH),
        ("<frameset><frame src='/main.html'></frameset>", PageState.FRAME),
        ("<p>本域名可出售，欢迎联系</p>", PageState.PARKED),
    ],
)
def test_states(html: str, state: PageState) -> None:
    assert read(html).state is state


def test_a_shield_script_on_a_page_full_of_content_is_no_shield() -> None:
    assert read(f"<script>$_ts=window['$_ts'];</script><p>{FILL}</p>").state is PageState.CONTENT


def test_articles_are_told_from_columns_by_their_address() -> None:
    assert all(
        is_article(url)
        for url in (
            "http://x/art/2026/3/9/art_1_2.html",
            "http://x/a/t20260309_12.html",
            "http://x/content/post_1234.html",
            "http://x/c1/202511/174240943.shtml",
        )
    )
    assert not any(is_article(url) for url in ("http://x/col/col12/index.html", "http://x/zwgk/", "http://x/list.jsp?id=3", "http://x/zwgk/index_1.html"))


def test_the_dictionary_is_large_enough_and_refuses_a_name_claimed_twice(tmp_path: object) -> None:
    from pathlib import Path

    assert len(load_columns()) >= 60
    path = Path(str(tmp_path)) / "columns.yml"
    path.write_text("format: 1\ncolumns:\n- {key: a, name: 甲栏目}\n- {key: b, name: 乙栏目, aliases: [甲栏目]}\n", "utf-8")
    with pytest.raises(ColumnsError, match=r"甲栏目.*a.*b"):
        load_columns(path)


def test_close_reading_sees_the_same_document() -> None:
    page = Page("http://demo.test/", "<title>政务公开</title><p class=a>一<b>二</b></p>".encode("gb18030"), "text/html; charset=gbk")
    assert page.soup.title is not None and page.soup.title.get_text() == page.title == "政务公开"
    assert [node.get_text() for node in page.soup.select("p.a")] == ["一二"] == [page.text.replace(" ", "")]


def test_a_crawling_process_starts_without_what_it_seldom_needs() -> None:
    loaded = subprocess.run([sys.executable, "-c", "import sys, crawlers.executors; print('bs4' in sys.modules)"], capture_output=True, text=True, check=True)
    assert loaded.stdout.strip() == "False"


def test_metadata_is_read_in_its_order_wherever_it_stands_and_again_after_rest() -> None:
    page = read(
        "<html><head><meta charset=utf-8><meta name=A content=' '><meta name=A content='一  二'><meta name=A content=三><meta property=P content=四>"
        "<meta content=五><meta name=B></head><body><p>文</p><META NAME=C CONTENT=六></body></html>"
    )
    assert page.meta == {"A": "一 二", "C": "六"}
    held = page.metas
    assert [attributes.get("content") for attributes in held] == [None, " ", "一  二", "三", "四", "五", None, "六"]
    page.rest()
    assert "metas" not in page.__dict__
    assert page.metas == held
