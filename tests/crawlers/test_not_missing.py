"""Columns that stand where the crawler did not look or does not understand: none of them may be called missing."""

from pathlib import Path

import pytest

from crawlers.columns import load_columns
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
