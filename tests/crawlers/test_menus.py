"""Columns whose names or links are not plain anchors: each way they are written, with the finding it must lead to."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.columns import Names, from_pieces, readings
from crawlers.menu import menu_files
from crawlers.observation import Sighting
from crawlers.page import Page
from crawlers.register import ScopeEntry
from crawlers.status import FetchStatus, Looked, Match, PageState, ScopeKind
from tests.crawlers.web import HOME, REDIRECT, Answer, column, links, observe, page, rows, view

READING = column("reading", "政策解读", aliases=["文件解读"])
MENU = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("专题", "/zt/"))
FRESH = rows(("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-01"))
STALE = rows(("关于做好春耕备耕工作的通知", "2025-03-20"), ("关于召开会议的通知", "2025-03-01"))
LEAVES: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, FRESH) for name, path in MENU}
FOUND = (Match.EXACT, date(2026, 3, 20), True)


def see(tmp_path: Path, pages: dict[str, Answer | list[Answer]], one: object = READING, **more: object) -> tuple[Sighting, Looked]:
    scope = view(observe(LEAVES | pages, [one], tmp_path, **more))  # type: ignore[list-item,arg-type]
    return scope.sightings[0], scope.looked


def home(more: str = "", *pairs: tuple[str, str]) -> str:
    return page("示例区", links(*MENU, *pairs) + more)


def never_missing(seen: Sighting, looked: Looked) -> None:
    assert not (seen.match is None and seen.confirmed and looked is Looked.COMPLETE), seen


NAMES = {
    "name-split-by-br": "<a href='/jd/'>政策<br>解读</a>",
    "name-split-by-spaces": "<a href='/jd/'>政 策 解 读</a>",
    "name-in-two-spans": "<a href='/jd/'><span>政策</span><span>解读</span></a>",
    "name-with-english-under-it": "<a href='/jd/'><b>政策解读</b><em>POLICY INTERPRETATION</em></a>",
    "name-with-english-in-one-text": "<a href='/jd/'>政策解读 Policy Interpretation</a>",
    "name-with-icon-letter": "<a href='/jd/'><i class='iconfont'>&#xe61a;</i>政策解读</a>",
    "name-with-counter-in-brackets": "<a href='/jd/'>政策解读(12)</a>",
    "name-with-counter-in-a-badge": "<a href='/jd/'>政策解读<em>12</em></a>",
    "name-with-counter-and-unit": "<a href='/jd/'>政策解读（12条）</a>",
    "name-with-leading-number": "<a href='/jd/'>一、政策解读</a>",
    "name-with-leading-circled-number": "<a href='/jd/'>①政策解读</a>",
    "name-with-leading-digits": "<a href='/jd/'>03 政策解读</a>",
    "name-with-arrows": "<a href='/jd/'>政策解读 &gt;&gt;</a>",
    "name-with-more-inside": "<a href='/jd/'><span>政策解读</span><span>更多&gt;</span></a>",
    "name-in-image-alt": "<a href='/jd/'><img src='a.png' alt='政策解读'></a>",
    "name-in-image-title": "<a href='/jd/'><img src='a.png' title='政策解读'></a>",
    "name-in-link-title": "<a href='/jd/' title='政策解读'>解读…</a>",
    "name-in-aria-label": "<a href='/jd/' aria-label='政策解读'><i class='icon'></i></a>",
    "name-on-image-map-area": "<map><area shape='rect' href='/jd/' alt='政策解读'></map>",
    "name-in-heading-beside-more": "<div class='hd'><h3>政策解读</h3><a href='/jd/'>更多&gt;&gt;</a></div>",
    "name-in-heading-beside-a-plus-icon": "<div class='hd'><h3>政策解读</h3><span><a href='/jd/'>+</a></span></div>",
    "link-in-javascript-href": "<a href=\"javascript:goto('/jd/')\">政策解读</a>",
    "link-in-onclick-of-an-anchor": "<a href='javascript:;' onclick=\"window.open('/jd/')\">政策解读</a>",
    "link-in-onclick-of-a-list-item": "<ul><li onclick=\"location.href='/jd/'\">政策解读</li></ul>",
    "link-in-data-href": "<div data-href='/jd/'>政策解读</div>",
    "link-in-a-jump-menu": "<select onchange='location=this.value'><option value=''>请选择</option><option value='/jd/'>政策解读</option></select>",
    "link-in-document-write": "<script>document.write('<li><a href=\"/jd/\">政策解读</a></li>')</script>",
    "link-in-document-write-concatenated": "<script>var b='/jd';document.write('<a href=\"'+b+'/\">政策'+'解读</a>')</script>",
    "link-in-document-write-escaped": '<script>document.write("<a href=\\"\\/jd\\/\\">政策解读<\\/a>")</script>',
    "link-written-in-three-calls": "<script>document.write('<a href=/jd/>');document.write('政策解读');document.write('</a>')</script>",
    "link-in-inner-html": "<div id='m'></div><script>document.getElementById('m').innerHTML='<a href=/jd/>政策解读</a>'</script>",
    "link-in-a-string-that-grows": "<script>var h='';h+='<ul>';h+='<li><a href=/jd/>政策解读</a></li>';h+='</ul>';$('#m').html(h)</script>",
    "link-in-a-template-string": "<script>document.write(`<a href='/jd/'>政策解读</a>`)</script>",
    "link-in-an-array-of-records": "<script>var m=[{name:'政策解读',url:'/jd/'},{name:'要闻',url:'/yw/'}]</script>",
    "link-in-nested-records": "<script>var m=[{title:'公开',link:'/gk/',children:[{title:'政策解读',link:'\\/jd\\/'}]}]</script>",
    "link-in-an-array-of-pairs": "<script>var m=[['政策解读','/jd/'],['要闻','/yw/']]</script>",
    "link-in-a-tree-call": "<script>d.add(3,0,'政策解读','/jd/')</script>",
    "link-with-a-name-in-unicode-escapes": "<script>var m={name:'\\u653f\\u7b56\\u89e3\\u8bfb',url:'/jd/'}</script>",
}


@pytest.mark.parametrize("more", NAMES.values(), ids=NAMES.keys())
def test_a_column_is_found_however_it_is_written(more: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(more), HOME + "jd/": page("政策解读_示例区", FRESH)})
    assert (seen.match, seen.newest, seen.confirmed) == FOUND


FILES = {
    "menu-file-on-the-home-page": ({HOME: home("<script src='/js/menu.js'></script>")}, "js/menu.js"),
    "menu-file-on-an-inner-page": ({HOME: home("", ("公开", "/gk/")), HOME + "gk/": page("公开", "<script src='../js/daohang.js'></script>")}, "js/daohang.js"),
    "odd-file-on-a-page-of-few-links": ({HOME: home("", ("公开", "/gk/")), HOME + "gk/": page("公开", "<script src='/js/x1.js'></script>")}, "js/x1.js"),
}


@pytest.mark.parametrize(("pages", "file"), FILES.values(), ids=FILES.keys())
def test_a_menu_in_a_file_of_its_own_is_read(pages: dict[str, Answer | list[Answer]], file: str, tmp_path: Path) -> None:
    script = "document.write('<a href=\"/jd/\">政策解读</a>');"
    seen, _ = see(tmp_path, pages | {HOME + file: script, HOME + "jd/": page("政策解读", FRESH)})
    assert (seen.match, seen.newest, seen.confirmed) == FOUND


@pytest.mark.parametrize(
    "trouble", [FetchStatus.TIMEOUT, 503, 412, "<script>$_ts=window['$_ts'];</script>"], ids=["timeout", "error", "shield-412", "shield-200"]
)
def test_a_menu_file_that_was_not_had_leaves_nothing_missing(trouble: Answer, tmp_path: Path) -> None:
    seen, looked = see(tmp_path, {HOME: home("<script src='/js/menu.js'></script>"), HOME + "js/menu.js": trouble})
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.INCOMPLETE)


def test_a_menu_file_that_failed_only_at_the_second_look_leaves_nothing_missing(tmp_path: Path) -> None:
    never_missing(*see(tmp_path, {HOME: home("<script src='/js/menu.js'></script>"), HOME + "js/menu.js": ["var a=1;", FetchStatus.TIMEOUT]}))


def test_a_header_file_that_was_not_had_matters_only_where_the_page_shows_few_links(tmp_path: Path) -> None:
    many = tuple((f"第{number}栏", f"/l{number}/") for number in range(15))
    leaves: dict[str, Answer | list[Answer]] = {HOME + f"l{number}/": page("某页", FRESH) for number in range(15)}
    file = "<script src='/js/header.js'></script>"
    seen, looked = see(tmp_path, leaves | {HOME: home(file, *many), HOME + "js/header.js": FetchStatus.ROBOTS})
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)
    never_missing(*see(tmp_path, {HOME: home(file), HOME + "js/header.js": FetchStatus.ROBOTS}))


def test_a_menu_file_whose_way_of_writing_was_not_understood_leaves_the_column_ambiguous(tmp_path: Path) -> None:
    script = "var n=['政策解读','要闻'],u=[12,13];for(var i in n){document.write('<a href='+base+u[i]+'>'+n[i]+'</a>')}"
    seen, _ = see(tmp_path, {HOME: home("<script src='/js/menu.js'></script>"), HOME + "js/menu.js": script})
    assert seen.match is Match.CONTAINED


def test_more_menu_files_than_are_read_leave_nothing_missing(tmp_path: Path) -> None:
    files = "".join(f"<script src='/js/menu{number}.js'></script>" for number in range(9))
    pages: dict[str, Answer | list[Answer]] = {HOME + f"js/menu{number}.js": "var a=1;" for number in range(9)}
    never_missing(*see(tmp_path, pages | {HOME: home(files)}))


def test_files_of_libraries_and_of_other_hosts_are_left_alone() -> None:
    names = ("jquery.min.js", "/js/menu.js", "swiper.js", "http://other.invalid/nav.js", "/js/a.js")
    read = Page(HOME, "".join(f"<script src='{name}'></script>" for name in names).encode())
    assert menu_files(read, few=False) == [HOME + "js/menu.js", "http://other.invalid/nav.js"]
    assert menu_files(read, few=True)[-1] == HOME + "js/a.js"


NOT_LINKS = {
    "commented-out-write": "<script>// document.write('<a href=\"/jd/\">政策解读</a>')\n</script>",
    "commented-out-block": "<script>/* var m=['政策解读','/jd/'] */</script>",
    "address-put-together-at-run-time": "<script>document.write('<a href=\"/jd/'+id+'\">政策解读</a>')</script>",
    "handler-put-together-at-run-time": "<li onclick=\"go('/jd/'+id)\">政策解读</li>",
    "options-of-a-search-form": "<form action='/s'><input name=q><select name=s><option value='/jd/'>政策解读</option></select></form>",
    "tab-without-a-link": "<ul class='tab'><li class='on'>政策解读</li></ul>",
    "name-in-hot-words": "<script>var hot=['政策解读','公积金'];</script>",
}


@pytest.mark.parametrize("more", NOT_LINKS.values(), ids=NOT_LINKS.keys())
def test_what_only_looks_like_a_link_is_ambiguous_at_worst(more: str, tmp_path: Path) -> None:
    never_missing(*see(tmp_path, {HOME: home(more)}))


@pytest.mark.parametrize("target", [404, page("别的", STALE), page("别的", "<p>暂无内容</p>")], ids=["dead", "stale", "blank"])
def test_what_is_bad_behind_a_written_link_counts_only_when_the_page_bears_the_name(target: Answer, tmp_path: Path) -> None:
    more = "<script>var m=[{name:'政策解读',url:'/jd/'}]</script>"
    seen, _ = see(tmp_path, {HOME: home(more), HOME + "jd/": target})
    assert (seen.match, seen.confirmed and seen.match is not Match.CONTAINED) == (Match.CONTAINED, False)
    named = page("政策解读_示例区", STALE)
    seen, _ = see(tmp_path, {HOME: home(more), HOME + "jd/": named})
    assert (seen.match, seen.newest, seen.confirmed) == (Match.EXACT, date(2025, 3, 20), True)


def test_a_page_that_calls_itself_by_the_name_is_the_column_whatever_its_link_says(tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {
        HOME: home("<a href='/jd/'><img src='a.png'></a>"),
        HOME + "jd/": page("示例", FRESH, crumbs="首页 &gt; 政策解读"),
    }
    seen, _ = see(tmp_path, pages)
    assert (seen.match, seen.newest, seen.confirmed) == FOUND
    by_meta = page("示例", FRESH).replace("<title>", "<meta name='ColumnName' content='政策解读'><title>")
    assert see(tmp_path, pages | {HOME + "jd/": by_meta})[0].match is Match.EXACT


def test_an_article_of_the_column_is_not_the_column(tmp_path: Path) -> None:
    article = page("某事", "<p>正文</p>", crumbs="首页 &gt; 政策解读").replace("<title>", "<meta name='ArticleTitle' content='某事'><title>")
    seen, _ = see(tmp_path, {HOME: home("", ("某事", "/x/")), HOME + "x/": article})
    assert seen.url != HOME + "x/"


def test_a_link_that_leads_on_to_another_site_is_not_local(tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {
        HOME: home("", ("政策解读", "/jd/")),
        HOME + "jd/": REDIRECT + "http://province.example.invalid/jd/",
        "http://province.example.invalid/jd/": page("政策解读", FRESH),
    }
    seen, _ = see(tmp_path, pages)
    assert (seen.match, seen.fetch, seen.newest, seen.confirmed) == (Match.EXACT, None, None, False)


def test_a_superiors_list_shown_on_the_site_is_neither_fresh_nor_stale_content(tmp_path: Path) -> None:
    theirs = FRESH.replace('href="/a/', 'href="http://www.province.invalid/a/') + rows(("关于第三件事项的通知", "2026-03-02")).replace(
        'href="/a/', 'href="http://www.province.invalid/b/'
    )
    pages: dict[str, Answer | list[Answer]] = {
        HOME: home("<a href='http://www.province.invalid/'>示例省人民政府</a>", ("政策解读", "/jd/")),
        HOME + "jd/": page("政策解读", theirs.replace("</ul><ul class='list'>", "")),
    }
    seen, _ = see(tmp_path, pages)
    assert (seen.match, seen.fetch, seen.confirmed) == (Match.EXACT, None, False)


def test_links_of_own_press_elsewhere_are_still_the_sites_own_list(tmp_path: Path) -> None:
    theirs = (
        (FRESH + rows(("关于第三件事项的通知", "2026-03-02"))).replace('href="/a/', 'href="http://mp.press.invalid/a/').replace("</ul><ul class='list'>", "")
    )
    seen, _ = see(tmp_path, {HOME: home("", ("政策解读", "/jd/")), HOME + "jd/": page("政策解读", theirs)})
    assert (seen.match, seen.newest) == (Match.EXACT, date(2026, 3, 20))


def test_the_menu_frame_of_a_frameset_is_read_beside_its_main_frame(tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {
        HOME: home("", ("公开", "/gk/")),
        HOME + "gk/": "<frameset><frame src='/gk/left.html'><frame src='/gk/main.html'></frameset>",
        HOME + "gk/left.html": page("菜单", links(("政策解读", "/jd/"))),
        HOME + "gk/main.html": page("正文", FRESH),
        HOME + "jd/": page("政策解读", FRESH),
    }
    seen, _ = see(tmp_path, pages)
    assert (seen.match, seen.newest) == (Match.EXACT, date(2026, 3, 20))


SPLASHES = {
    "meta-refresh": "<meta http-equiv='refresh' content='3;url=/main/'>",
    "script-jump": "<script>window.location.href='/main/'</script>",
    "enter-link": "<p>沉痛悼念</p><a href='/main/'>进入首页</a>",
    "picture-only": "<a href='/main/'><img src='big.jpg'></a>",
    "frameset": "<frameset><frame src='/main/'></frameset>",
}


@pytest.mark.parametrize("splash", SPLASHES.values(), ids=SPLASHES.keys())
def test_a_splash_page_is_passed_through(splash: str, tmp_path: Path) -> None:
    pages: dict[str, Answer | list[Answer]] = {HOME: splash, HOME + "main/": home("", ("政策解读", "/jd/")), HOME + "jd/": page("政策解读", FRESH)}
    seen, _ = see(tmp_path, pages)
    assert (seen.match, seen.newest, seen.confirmed) == FOUND


def test_when_links_tie_the_page_with_the_most_expected_children_wins(tmp_path: Path) -> None:
    section = column("open", "政务公开", kind="section")
    children = [column("a", "规划计划", parent="open", aliases=["发展规划"]), column("b", "统计信息", parent="open")]
    pages = LEAVES | {
        HOME: home("", ("政务公开", "/one/"), ("政务公开", "/two/")),
        HOME + "one/": page("公开", FRESH),
        HOME + "two/": page("公开", links(("发展规划", "/a/"), ("统计信息", "/b/"))),
        HOME + "a/": page("规划", FRESH),
        HOME + "b/": page("统计", FRESH),
    }
    scope = view(observe(pages, [section, *children], tmp_path))
    assert scope.sightings[0].url == HOME + "two/"


def test_a_column_of_another_unit_on_the_site_is_not_the_units(tmp_path: Path) -> None:
    pages = LEAVES | {
        HOME: home("", ("甲局", "/jia/")),
        HOME + "jia/": page("甲局", links(("概况", "/jia/gk/"), ("文件", "/jia/wj/"), ("政策解读", "/yi/jd/"))),
        HOME + "jia/gk/": page("概况", FRESH),
        HOME + "jia/wj/": page("文件", FRESH),
        HOME + "yi/jd/": page("政策解读", FRESH),
    }
    scopes = [ScopeEntry(unit="jia", site="demo", kind=ScopeKind.PREFIX, entry=HOME + "jia/", value=HOME + "jia/")]
    seen = view(observe(pages, [READING], tmp_path, scopes=scopes), "jia").sightings[0]
    assert seen.match in (None, Match.CONTAINED) and not seen.items


def test_names_are_read_whole_or_not_at_all() -> None:
    names = Names.of({"reading": READING})
    assert names.match("年报（2025）") is None
    assert names.match("政策解读2025") is None, "a year makes a title, not a counter"
    assert names.match("三农政策解读") is None
    assert readings("12345热线") == ("12345热线",)
    assert from_pieces(["政策解读", "关于做好春耕备耕工作的解读"]) == "政策解读关于做好春耕备耕工作的解读", (
        "a tag before a title does not make the title a column"
    )


def test_a_page_with_a_list_by_script_that_was_not_had_is_never_blank(tmp_path: Path) -> None:
    shell = page("政策解读", "<ul id='l'></ul><script>$.post('/queryList',{unitid:'1'},show)</script>")
    seen, _ = see(tmp_path, {HOME: home("", ("政策解读", "/jd/")), HOME + "jd/": shell})
    assert (seen.page, seen.confirmed) == (PageState.NEEDS_SCRIPT, False)
