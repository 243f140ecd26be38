"""What an anchor says is the same whether its like was read before, on this site or another, or not."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from selectolax.lexbor import LexborHTMLParser, LexborNode

import crawlers.anchor
from crawlers.anchor import Said, names_of, said_in
from crawlers.link import Link
from crawlers.page import Page

_HREFS = ["/a/", "b.html", "../c/", "http://x.gov.cn/d", "javascript:void(0)", "", "#", "//y.gov.cn/e.html", "/gkmlpt/index#12", "/中文/"]
_ATTRIBUTES = ["", " title='指南'", " aria-label='年报'", " onclick=\"location='/f/'\"", " data-title='x'", " alt='图'", " data-url='/g/'", " title"]
_INSIDE = [
    "更多",
    "政府信息公开指南",
    "<b>年报</b>",
    "&lt;b&gt;年报",
    "<img src=i alt='机构'>",
    "<img src=i title=x>",
    "<i></i>",
    " 1 ",
    "<br>",
    "<p>政策<span>解读</span></p>",
    "&nbsp;",
    "<!-- 制度 -->",
]
_PARTS = st.sampled_from(["<li>", "</li>", "要闻", "<p>", "</p>", "<map><area href='/h/' alt='区'></map>"])
_ANCHORS = st.builds(
    "<a href='{}'{}>{}</a>".format, st.sampled_from(_HREFS), st.sampled_from(_ATTRIBUTES), st.lists(st.sampled_from(_INSIDE), max_size=3).map("".join)
)
_BODIES = st.lists(_ANCHORS | _PARTS, max_size=8).map("".join)


@pytest.fixture(autouse=True)
def forgotten() -> Iterator[None]:
    crawlers.anchor._SAID.clear()
    yield
    crawlers.anchor._SAID.clear()


def read(url: str, body: str) -> tuple[tuple[Link, ...], list[tuple[object, str]]]:
    page = Page(url, f"<html><head><base href='{url}'></head><body>{body}</body></html>".encode())
    return page.links, [(said.attributes, said.own) for _, anchors in page.pieces for _, said in anchors]


@given(_BODIES)
def test_a_page_read_after_others_says_what_it_says_alone(body: str) -> None:
    addresses = ("http://a.gov.cn/x/y.html", "http://a.gov.cn/z.html", "https://a.gov.cn/x/y.html", "http://b.gov.cn/")
    alone = []
    for url in addresses:
        crawlers.anchor._SAID.clear()
        alone.append(read(url, body))
    crawlers.anchor._SAID.clear()

    assert [read(url, body) for url in addresses] == alone
    assert [read(url, body) for url in reversed(addresses)] == alone[::-1]


@given(_BODIES)
def test_names_are_those_of_the_node(body: str) -> None:
    tree = LexborHTMLParser(body)
    for _ in range(2):
        assert [said.names for _, said in said_in(tree)] == [names_of(node) for node in tree.css("a[href], area[href]")]


def test_what_was_read_is_forgotten_before_it_grows(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawlers.anchor, "_KEPT", 20)
    rows = "".join(f"<a href='/{number}'>第{number}条</a>" for number in range(50))
    long = f"<a href='/long'>{'长' * 600}</a>"

    assert [link.text for link in Page("http://a.gov.cn/", (rows + long).encode()).links] == [*(f"第{number}条" for number in range(50)), "长" * 600]
    assert 0 < len(crawlers.anchor._SAID) <= 20
    assert all(len(markup) <= 500 for markup in crawlers.anchor._SAID)


def test_an_anchor_of_a_menu_is_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []

    class Counted(Said):
        __slots__ = ()

        def __init__(self, node: LexborNode, markup: str) -> None:
            made.append(markup)
            super().__init__(node, markup)

    monkeypatch.setattr(crawlers.anchor, "Said", Counted)
    for _ in range(3):
        assert len(read("http://a.gov.cn/", "<a href='/a/'>年报</a><a href='/b/'>指南</a><a href='/a/'>年报</a>")[0]) == 3
    assert len(made) == 2
