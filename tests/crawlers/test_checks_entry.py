"""The accessible and the elderly entry of a home page: there, leading somewhere, or a link to nothing."""

import pytest

from crawlers.checks.entry import entries
from crawlers.checks.record import Entry
from crawlers.page import Page
from tests.crawlers.realpages import FOLDER, needed

HOME = "http://www.example.invalid/"


def of(html: str, dead: tuple[str, ...] = ()) -> tuple[Entry | None, Entry | None]:
    return entries(Page(HOME, f"<html><body>{html}</body></html>".encode(), "text/html; charset=utf-8"), dead)


def leads(entry: Entry | None) -> bool | None:
    assert entry is not None
    return entry.leads


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ('<a href="javascript:void(0)" onclick="aria.start()">网站无障碍</a>', True),
        ('<a onclick="toggleToolBar();" target="_blank">无障碍浏览</a>', True),
        ('<a href="javascript:kqNav();">无障碍</a>', True),
        ('<a href="/wza/index.html">无障碍版</a>', True),
        ('<a href="https://wza.example.org/?url=x"><img alt="无障碍浏览" src="w.png"></a>', True),
        ('<div onclick="openTool()"><span>无障碍</span></div>', True),
        ('<button type="button" @click="open">无障碍浏览</button>', True),
        ('<a href="#">无障碍浏览</a>', False),
        ('<a href="">无障碍浏览</a>', False),
        ('<a href="javascript:;">无障碍浏览</a>', False),
        ('<a href="javascript: void( 0 );">无障碍</a>', False),
        ('<a href="/">无障碍</a>', False),
        ('<a href="/gone.html">无障碍</a>', False),
        ("<span>无障碍</span>", False),
        ('<a href="#" id="wza">无障碍</a><script>$("#wza").click(function(){open()})</script>', None),
        ('<a href="javascript:;" id="x">无障碍</a><script src="//gov.govwza.cn/dist/aria.js?appid=1"></script>', True),
    ],
)
def test_where_an_entry_leads(html: str, expected: bool | None) -> None:
    accessible, elderly = of(html, dead=(f"{HOME}gone.html",))
    assert leads(accessible) is expected
    assert elderly is None


@pytest.mark.parametrize(
    "name", ["关怀版", "适老化", "适老版", "长者模式", "长者助手", "老年版", "老年人服务专区", "切换到关怀模式", "敬老版", "大字版", "长辈模式"]
)
def test_names_of_the_elderly_version(name: str) -> None:
    accessible, elderly = of(f'<a href="/old/">{name}</a>')
    assert accessible is None
    assert elderly == Entry(name, f"{HOME}old/", leads=True)


@pytest.mark.parametrize("name", ["适老化无障碍服务", "无障碍与适老化", "长者无障碍", "无障碍、关怀版", "长者模式/无障碍"])
def test_names_of_both(name: str) -> None:
    accessible, elderly = of(f'<a href="/both/">{name}</a>')
    assert accessible is not None
    assert elderly is not None


@pytest.mark.parametrize(
    "name",
    [
        "无障碍环境建设条例",
        "我区推进无障碍设施改造",
        "老年人",
        "老年人服务",
        "老年大学",
        "关怀困难群众",
        "长者食堂开业",
        "养老服务",
        "老旧小区改造",
        "适老化改造补贴申领",
    ],
)
def test_articles_on_the_matter_are_no_entries(name: str) -> None:
    assert of(f'<a href="/a/1.html">{name}</a>') == (None, None)


def test_of_several_entries_the_one_that_leads_counts() -> None:
    accessible, _ = of('<a href="#">无障碍</a><a href="javascript:void(0)" onclick="aria.start()">网站无障碍</a>')
    assert accessible == Entry("网站无障碍", "", leads=True)


def test_none_is_none() -> None:
    assert of("<a href='/'>首页</a>") == (None, None)


@needed
@pytest.mark.parametrize(("name", "old"), [("yichun_home_20231011.html", "关怀版"), ("jyt_gansu_list_20251124.html", "适老版")])
def test_real_home_pages(name: str, old: str) -> None:
    accessible, elderly = entries(Page(HOME, (FOLDER / name).read_bytes()))
    assert accessible == Entry("网站无障碍", "", leads=True)
    assert elderly == Entry(old, "", leads=True)


def test_a_hostile_address_costs_no_time() -> None:
    accessible, _ = of(f'<a href="javascript:{"void 0  " * 50_000}!">无障碍</a>')
    assert accessible is not None
