"""Columns that stand where the crawler did not look or does not understand: none of them may be called missing."""

from pathlib import Path

import pytest

from crawlers.columns import Names, load_columns
from crawlers.status import Looked, Match
from tests.crawlers.test_menus import FRESH, MENU, home, see
from tests.crawlers.web import HOME, Answer, links, page

GUIDE = load_columns()["guide"]
LAND = load_columns()["land_mining"]
OTHER_SITES = {
    "subdomain": ("政府信息公开", "http://zwgk.example.invalid/"),
    "other-port": ("政务公开", "http://www.example.invalid:8080/zwgk/"),
    "platform-name-of-no-dictionary": ("信息公开平台", "http://xxgk.example.invalid/"),
}


@pytest.mark.parametrize("link", OTHER_SITES.values(), ids=OTHER_SITES.keys())
def test_a_platform_on_another_host_leaves_nothing_missing(link: tuple[str, str], tmp_path: Path) -> None:
    seen, looked = see(tmp_path, {HOME: home("", link)}, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.INCOMPLETE)


def test_a_section_on_another_site_leaves_only_what_is_below_it_unknown(tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {HOME: home("", ("公共资源交易", "http://ggzy.city.invalid/"))}
    seen, looked = see(tmp_path, pages, LAND)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.COMPLETE)
    seen, looked = see(tmp_path, pages, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


def test_a_superiors_platform_beside_the_sites_own_hides_nothing(tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {
        HOME: home("", ("政府信息公开", "/gk/"), ("政府信息公开", "http://www.province.invalid/gk/")),
        HOME + "gk/": page("政府信息公开", FRESH),
    }
    seen, looked = see(tmp_path, pages, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


def platform(more: str) -> dict[str, Answer | list[Answer]]:
    return {HOME: home("", ("政府信息公开", "/gk/")), HOME + "gk/": page("政府信息公开", "<div id='left'></div>" + links(*MENU) + FRESH + more)}


LATER = {
    "json": "<script>$.getJSON('/tree.json',function(d){show(d)})</script>",
    "fragment": "<script>$('#left').load('/left.html')</script>",
    "request": "<script>var x=new XMLHttpRequest();x.open('GET','/left.html');</script>",
    "vue": "<script>new Vue({el:'#left',created(){axios.get('/api/columns')}})</script>",
    "tree-that-asks": "<script>var setting={async:{enable:true,url:'/api/nodes'}};$.fn.zTree.init($('#left'),setting)</script>",
    "file-of-its-own": "<script src='/js/zzz.js'></script>",
    "server-side-include": "<!--#include virtual='/left.html'-->",
    "object": "<object data='/left.html' type='text/html'></object>",
    "flash": "<embed src='/menu.swf' type='application/x-shockwave-flash'>",
}


@pytest.mark.parametrize("more", LATER.values(), ids=LATER.keys())
def test_a_menu_that_is_loaded_beside_a_dated_list_leaves_nothing_missing(more: str, tmp_path: Path) -> None:
    seen, looked = see(tmp_path, platform(more) | {HOME + "js/zzz.js": "$.ajax({url:'/tree.json'})"}, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.INCOMPLETE)
    seen, looked = see(tmp_path, {HOME: home(FRESH + more), HOME + "js/zzz.js": "$.ajax({url:'/tree.json'})"}, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.INCOMPLETE)


COUNTERS = {
    "visits": "<script>$.get('/visit/count?id=3',function(d){$('#n').text(d)})</script>",
    "weather": "<script>$.getJSON('/weather/today.json',function(d){$('#w').text(d.t)})</script>",
    "statistics": "<script>$.ajax({url:'/tongji/pv',type:'post'})</script>",
    "picture": "<object data='/flash/banner.png' type='image/png'></object>",
    "file-of-effects": "<script src='/js/effects.js'></script>",
}


@pytest.mark.parametrize("more", COUNTERS.values(), ids=COUNTERS.keys())
def test_a_counter_or_the_weather_is_no_menu(more: str, tmp_path: Path) -> None:
    effects: dict[str, Answer | list[Answer]] = {HOME + "js/effects.js": "$(function(){$('.tab').hover(function(){$(this).show()})})"}
    seen, looked = see(tmp_path, platform(more) | effects | {HOME: home(FRESH + more, ("政府信息公开", "/gk/"))}, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


MANY = tuple((f"第{number}栏", f"/l{number}/") for number in range(15))
MANY_LEAVES: dict[str, Answer | list[Answer]] = {HOME + f"l{number}/": page("某页", FRESH) for number in range(15)}


@pytest.mark.parametrize("name", ["jquery.nav.js", "site.js", "abc.js"])
def test_a_menu_file_is_read_whatever_it_is_called(name: str, tmp_path: Path) -> None:
    script = "document.write('<a href=/zn/>政府信息公开指南</a>')"
    pages = MANY_LEAVES | {HOME: home(f"<script src='/js/{name}'></script>", *MANY), HOME + "js/" + name: script, HOME + "zn/": page("指南", FRESH)}
    seen, _ = see(tmp_path, pages, GUIDE)
    assert (seen.match, seen.url) == (Match.EXACT, HOME + "zn/")


def test_a_file_that_asks_for_a_menu_leaves_nothing_missing(tmp_path: Path) -> None:
    pages = MANY_LEAVES | {HOME: home("<script src='/js/init.js'></script>", *MANY), HOME + "js/init.js": "$.getJSON('/menu.json',show)"}
    seen, looked = see(tmp_path, pages, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.INCOMPLETE)


def test_more_script_files_than_are_read_leave_nothing_missing(tmp_path: Path) -> None:
    files = "".join(f"<script src='/js/f{number}.js'></script>" for number in range(11))
    scripts: dict[str, Answer | list[Answer]] = {HOME + f"js/f{number}.js": "var a=1;" for number in range(11)}
    seen, looked = see(tmp_path, MANY_LEAVES | scripts | {HOME: home(files, *MANY)}, GUIDE)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.INCOMPLETE)


NAMELESS = {
    "picture": "<a href='/zn/'><img src='zn.png'></a>",
    "icon-by-style": "<a class='ico-zn' href='/zn/'></a>",
    "generic-alt": "<a href='/zn/'><img src='zn.png' alt='图标'></a>",
    "handler-on-a-picture": "<div class='zn' onclick=\"window.location.href='/zn/'\"></div>",
    "short-name": "<a href='/zn/'>指南</a>",
    "cut-name": "<a href='/zn/'>政府信息公开…</a>",
    "cut-name-with-dots": "<a href='/zn/'>政府信息公开指...</a>",
}


@pytest.mark.parametrize("more", NAMELESS.values(), ids=NAMELESS.keys())
def test_a_page_whose_title_alone_bears_the_name_is_not_missing(more: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(more), HOME + "zn/": page("政府信息公开指南_示例区人民政府", FRESH)}, GUIDE)
    assert seen.match is Match.CONTAINED


BUTTONS = {
    "input": "<input type='button' value='政府信息公开指南' onclick=\"window.open('/zn/')\">",
    "submit": "<input type='submit' value='政府信息公开指南' onclick=\"location.href='/zn/'\">",
    "button": "<button onclick=\"location='/zn/'\">政府信息公开指南</button>",
}


@pytest.mark.parametrize("more", BUTTONS.values(), ids=BUTTONS.keys())
def test_a_button_that_leads_to_the_column_is_a_link(more: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(more), HOME + "zn/": page("政府信息公开指南", FRESH)}, GUIDE)
    assert (seen.match, seen.url) == (Match.EXACT, HOME + "zn/")


LOOSE = {
    "heading-broken-by-br": "<h3><div>政府信息<br>公开指南</div></h3>",
    "heading-in-two-blocks": "<h3><div>政府信息</div><div>公开指南</div></h3>",
    "heading-in-spans": "<h2><span>政府信息</span><span>公开指南</span></h2>",
    "item-broken-by-br": "<ul><li>政府信息<br>公开指南</li></ul>",
    "block-broken-by-br": "<div class='t'>政府信息<br/>公开指南</div>",
    "menu-in-a-template": "<template><ul><li><a href='/zn/'><b>政府信息公开指南</b></a></li></ul></template>",
    "button-of-a-form": "<form action='/zn/' method='post'><input type='submit' value='政府信息公开指南'></form>",
    "button-of-a-script": "<button onclick='show(3)'><i></i>政府信息<b>公开指南</b></button>",
}


@pytest.mark.parametrize("more", LOOSE.values(), ids=LOOSE.keys())
def test_a_name_that_stands_in_pieces_without_a_link_is_not_missing(more: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(more + links(("2025年", "/nb/2025/"), ("2024年", "/nb/2024/")))}, GUIDE)
    assert seen.match is Match.CONTAINED


ACCEPTED = {
    "annual": "信息公开工作年度报告",
    "duties": "内设机构",
    "budget": "财政预算/决算",
    "guide": "政府信息公开“指南”",
    "leaders": "领导成员",
    "news": "新闻动态",
    "fees": "收费目录",
    "power_list": "权责事项清单",
    "proposals": "人大代表建议、政协提案办理",
    "double_random": "「双随机、一公开」",
}


@pytest.mark.parametrize(("key", "text"), ACCEPTED.items(), ids=ACCEPTED.keys())
def test_a_name_that_an_assessor_accepts_is_the_column(key: str, text: str) -> None:
    found = Names.of(load_columns()).match(text)
    assert found is not None and found[0] == key


DOUBTFUL = [
    ("annual", "年度报告"),
    ("annual", "年报"),
    ("interpretation", "解读回应"),
    ("response", "解读与回应"),
    ("budget", "部门预算"),
    ("news", "示例要闻"),
    ("guide", "政府信息公开…"),
    ("guide", "政府信息公开..."),
    ("regulations", "规范文件"),
    ("duties", "部门概况"),
]


@pytest.mark.parametrize(("key", "text"), DOUBTFUL)
def test_a_name_near_to_the_columns_is_ambiguous(key: str, text: str) -> None:
    names = Names.of(load_columns())
    assert names.match(text) is None and key in names.contained(text)


@pytest.mark.parametrize("body", ["市生态环境局", "市综合行政执法局", "区公共资源交易中心", "教育信息中心", "乡村振兴局", "应急管理委员会办公室", "卫生健康委"])
def test_the_name_of_a_body_is_no_columns_name(body: str) -> None:
    assert Names.of(load_columns()).contained(body) == ()


@pytest.mark.parametrize("text", ["年度报告", "解读回应", "部门预算"])
def test_a_link_that_shares_the_words_of_a_column_leaves_it_ambiguous(text: str, tmp_path: Path) -> None:
    columns = load_columns()
    key = next(key for key in ("annual", "interpretation", "budget") if key in Names.of(columns).contained(text))
    seen, _ = see(tmp_path, {HOME: home("", (text, "/col/")), HOME + "col/": page(text, FRESH)}, columns[key])
    assert seen.match is Match.CONTAINED


def chain(*names: str) -> dict[str, Answer | list[Answer]]:
    """A home page that leads to a column through one page after the other."""
    pages: dict[str, Answer | list[Answer]] = {HOME: home("", (names[0], "/c0/")), HOME + "zn/": page("指南", FRESH)}
    for number, name in enumerate(names):
        last = number + 1 == len(names)
        onward = ("政府信息公开指南", "/zn/") if last else (names[number + 1], f"/c{number + 1}/")
        pages[HOME + f"c{number}/"] = page(name, links(onward))
    return pages


@pytest.mark.parametrize(
    "names",
    [("政务公开", "信息公开", "法定主动公开内容", "财政资料"), ("政府信息公开", "部门目录", "部门政务公开", "区住建局")],
    ids=["sections", "plain-names"],
)
def test_a_column_below_the_last_depth_is_not_missing(names: tuple[str, ...], tmp_path: Path) -> None:
    seen, _ = see(tmp_path, chain(*names), GUIDE)
    assert (seen.match, seen.url) == (Match.EXACT, HOME + "zn/")
