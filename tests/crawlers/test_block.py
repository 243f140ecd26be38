"""Menus that are known by their markup: a page that holds one reads as if it were the first."""

from datetime import date
from typing import Any

import pytest

from crawlers import block
from crawlers.dialects import read_list
from crawlers.dialects.rows import dated_items
from crawlers.page import Page

_AS_OF = date(2026, 3, 31)
_MENU = "".join(f"<li><a href='/c{at}/index.html'>{name}</a></li>" for at, name in enumerate(("机构概况", "政策文件", "财政信息", "重大项目")))
_FAR = "".join(f"<li><a href='https://other.gov.cn/c{at}/'>友情链接{at}</a></li>" for at in "abcd")
_BESIDE = "".join(f"<li><a href='c{at}/'>下级栏目{at}</a></li>" for at in "abcd")
_TREE = "<li><a href='/a/'>机构职能</a><ul class='sub'><li><a href='/a/1/'>领导信息</a></li><li><a href='/a/2/'>内设机构</a></li></ul></li>"
_NEWS = "".join(f"<li><a href='/art/2026/3/{day}/art_1_{day}.html'>关于第{day}号工作的通知公告</a><span>2026-03-{day}</span></li>" for day in range(10, 15))
_TEXTS = [f"<li><a href='/content_{at}.html'>第{at}篇没有日期的文章</a></li>" for at in range(200, 208)]
_CALLED = "<li><a href='/e/'><img src='/e.png' alt='招标公告'></a></li><li><a href='/f/' title='更多'>更多</a></li><li><a href='/g#top'>到顶部</a></li>"
_PICTURES = "".join(f"<li><a href='/{at}/'><img src='/{at}.png' alt='专栏{at}'></a></li>" for at in "abc")
_LOOSE = frozenset({"部门", "街道", "部门街道", "镇村", "专题专栏", "要闻", "公告", "机构概况", "领导信息"})
_PAGES = {
    "menu": f"<ul class='nav'>{_MENU}</ul><h2>要闻</h2><ul class='list'>{_NEWS}</ul>",
    "menu alone": f"<ul>{_MENU}</ul>",
    "of one list": f"<div><ul class='list'>{_MENU}</ul><ul class='list'>{_NEWS}</ul></div>",
    "of one list of texts": f"<div><ul class='list'>{_MENU}</ul><ul class='list'>{''.join(_TEXTS)}</ul></div>",
    "texts wrapped one by one": f"<div>{''.join(f'<div class=w><ul>{text}</ul></div>' for text in _TEXTS)}<ul>{_MENU}</ul></div>",
    "wrapped": f"<div><div class='w'><ul>{_NEWS.split('</li>')[0]}</li></ul></div><div class='w'><ul>{_NEWS.split('</li>')[1]}</li></ul></div><ul>{_MENU}</ul></div>",
    "nested": f"<ul class='nav'>{_MENU}{_TREE}</ul><ul>{_NEWS}</ul>",
    "known list of news": f"<ul>{_NEWS}</ul><ul>{_FAR}</ul>",
    "beside": f"<ul>{_BESIDE}</ul><ul>{_NEWS}</ul>",
    "pictures": f"<ul>{_CALLED}{_MENU}</ul>{_NEWS}",
    "stamped": f"<ul>{_MENU}<li><a href='/x/'>某一专栏的名称</a><time datetime='2026-03-20'>3天前</time></li></ul>",
    "clicked": f"<ul>{_MENU}</ul><ul>{_NEWS}</ul><a href='javascript:go(2)'>2</a><a href='javascript:go(3)'>3</a>",
    "texts beside links": f"<div>要闻<ul>{_MENU}<li>部门<b>街道</b></li><li>镇村</li><li><a href='/s/'><script>var a = '专题专栏'</script></a></li></ul>公告</div><div>要闻<ul>{_MENU}<br></ul>公告</div>",
    "pictures alone": f"<div>要闻<ul>{_PICTURES}</ul>公告</div><p>要闻<span><ul>{_PICTURES}</ul></span>公告</p>",
    "in a link": f"<a href='/z/'><table><td><ul>{_MENU}<li>部门</li></ul></td></table></a><a><table><td><ul>{_MENU}<li>街道</li></ul></td></table></a>",
    "names without address": f"<a href='/z/'><table><td><ul>{_MENU}<li><a>部门</a>一览</li></ul></td></table></a>",
    "days of links": "<ul>"
    + "".join(f"<li><a href='/x{at}.html' rq='2026-03-{at}' mc='第{at}号通知'>第{at}号通知</a></li>" for at in range(10, 14))
    + f"</ul><ul>{_MENU}</ul>",
    "elsewhere": f"<ul>{_MENU}</ul><area href='/m/' alt='地图'><p><a href='/n/'>某个链接</a></p>",
}


@pytest.fixture(autouse=True)
def _nothing_known() -> None:
    _forget()


def _forget() -> None:
    block._BLOCKS.clear()
    block._ONCE.clear()


def _reading(body: str, url: str) -> tuple[object, ...]:
    page = Page(url, f"<html><head><title>某栏目</title></head><body>{body}</body></html>".encode(), "text/html; charset=utf-8")
    anchors = [(node.html, dict(said.attributes), said.own) for _, anchors in page.pieces for node, said in anchors]
    links = page.links
    loose = {name for name in _LOOSE if page.loose.bears({name}, _LOOSE)}
    return anchors, links, read_list(page, _AS_OF), dated_items(page, _AS_OF), page.text, loose, [page.absolute(link.url) for link in links]


@pytest.mark.parametrize("name", _PAGES)
def test_page_reads_as_before(name: str) -> None:
    first = {url: _reading(_PAGES[name], url) for url in ("http://one.gov.cn/x/index.html", "https://two.gov.cn/y/", "file:///z/index.html")}
    for _ in range(4):
        for url, reading in first.items():
            assert _reading(_PAGES[name], url) == reading


def test_every_page_after_every_other() -> None:
    url = "http://one.gov.cn/x/index.html"
    first = {}
    for name, body in _PAGES.items():
        _forget()
        first[name] = _reading(body, url)
    for _ in range(4):
        for name, body in _PAGES.items():
            assert _reading(body, url) == first[name], name


def test_menu_is_known_at_its_third_sight_and_passed_by_after_that() -> None:
    for _ in range(4):
        _reading(_PAGES["menu"], "http://one.gov.cn/")
    known = [one for one in block._BLOCKS.values() if one is not None]
    assert [len(one.said) for one in known] == [4, 5]
    assert [one.quiet for one in known] == [True, False]


def test_texts_of_a_known_menu_are_gone_through_once() -> None:
    told = []
    for _ in range(4):
        _reading(_PAGES["menu alone"], "http://one.gov.cn/")
        told.append([known.told for known in block._BLOCKS.values() if known is not None])
    assert [one.lines for one in told[2] if one is not None] == [("机构概况", "政策文件", "财政信息", "重大项目")]
    assert told[3][0] is told[2][0]


@pytest.mark.parametrize("wrong", [{"size": 3}, {"size": 5}, {"size": 500}, {"last": "别的"}])
def test_a_list_of_other_texts_than_its_markup_had_before_is_read_anew(wrong: dict[str, Any]) -> None:
    first = _reading(_PAGES["menu"], "http://one.gov.cn/")
    for _ in range(3):
        _reading(_PAGES["menu"], "http://one.gov.cn/")
    for known in block._BLOCKS.values():
        assert known is not None
        assert known.told is not None
        known.told = known.told._replace(lines=("别的",), **wrong)
    assert _reading(_PAGES["menu"], "http://one.gov.cn/") == first


def test_what_is_kept_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(block, "_KEPT", 1500)
    for site in range(20):
        for _ in range(4):
            _reading(f"<ul class='s{site}'>{_MENU}</ul>", "http://one.gov.cn/")
        assert sum(map(len, block._BLOCKS)) <= 1500 + 400
