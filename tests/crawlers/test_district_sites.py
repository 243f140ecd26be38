"""Ordinary districts' sites with one thing changed: what a reader would find there is never called missing, blank or stale, and what is plainly so still is."""

import re
from pathlib import Path

import pytest

from crawlers.columns import load_columns
from crawlers.observation import Sighting
from crawlers.register import ScopeEntry
from crawlers.status import Match, PageState, ScopeKind
from tests.crawlers.district import BUYING, GUIDE, OLD, PLATFORM, RECENT, STATUTORY, Pages, crumbs, dated, district, everywhere, framed, put, side, undated
from tests.crawlers.web import HOME, REDIRECT, observe, view

COLUMNS = load_columns()
SITE = district()
ABOVE = (("政府信息公开", "/zfxxgk/"), PLATFORM[1])
NAME = ("政府采购", BUYING)
PARTS = (("采购公告", "/col/col11/index.html"), ("中标结果", "/col/col12/index.html"))


def see(pages: Pages, tmp_path: Path, key: str = "procurement", days: int = 90, scope: ScopeEntry | None = None) -> Sighting:
    found = view(observe(pages, [COLUMNS[key]], tmp_path, stale_after=days, scopes=[scope] if scope else None)).sighting(key)
    assert found is not None
    return found


def is_held_against(seen: Sighting) -> bool:
    """Whether points would be lost: confirmed, and missing, blank or old. A name that is only contained, and content without a date, cost none."""
    bad = seen.match is None or seen.page is not PageState.CONTENT or (seen.newest is not None and seen.newest.year < 2026)
    return seen.confirmed and seen.match is not Match.CONTAINED and bad


def buying(body: str, left: str = "", **more: str) -> Pages:
    """The site with another page of 政府采购."""
    page = framed("政府采购", (left or side("法定主动公开内容", *STATUTORY)) + f"<div class='main_r'>{body}</div>", crumbs(*ABOVE, NAME))
    return put(SITE, {BUYING: page, **more})


def parted(landing: str, first: str, second: str) -> Pages:
    """政府采购 with two columns below it, whose addresses are numbers and whose menu stands on each of the three."""
    left = side("政府采购", *PARTS)
    pages = {url: framed(name, left + body, crumbs(*ABOVE, NAME, (name, url))) for (name, url), body in zip(PARTS, (first, second), strict=True)}
    return put(SITE, {**pages, BUYING: landing if landing.startswith(("<html", REDIRECT)) else framed("政府采购", left + landing, crumbs(*ABOVE, NAME))})


def numbered(body: str, home: str) -> Pages:
    """政府采购 at an address of 大汉's, beside what else the home page shows."""
    page = framed("政府采购", side("法定主动公开内容", *STATUTORY) + body, crumbs(*ABOVE, NAME))
    return everywhere(put(SITE, {"/col/col33/index.html": page, "/": framed("首页", dated(RECENT, "/zwyw/") + home)}), BUYING, "/col/col33/index.html")


NOTE, NOTES = undated(("2026-03-20",), "a")
PAST, PASTS = undated(("2023-03-20",), "b")
TREE = (
    "<div class='xx'><span>公告</span><a href='/col/col11/index.html'>更多&gt;&gt;</a><span>结果</span><a href='/col/col12/index.html'>更多&gt;&gt;</a></div>"
)
SLIDES = "".join(f"<a href='/art/2026/3/2{number}/art_10_9{number}.html'><img src='/picture/{number}.jpg'></a>" for number in range(3))
YEARS = "<select onchange=\"location.href='/zfcg/'+this.value\"><option value='2026'>2026年</option><option value='2024'>2024年</option></select>"
LANDING = dated(OLD, BUYING)
PDF = "<iframe src='/list/33.html' width='100%' height='600'></iframe>"

FRESH = {
    "as-it-is": SITE,
    "fresh-part-beside-an-old-one": parted(LANDING, dated(OLD, "/a/"), dated(RECENT, "/b/")),
    "landing-that-jumps-to-its-old-part": parted("<html><script>location.href='/col/col11/index.html';</script></html>", LANDING, dated(RECENT, "/b/")),
    "landing-that-redirects-to-its-old-part": parted(f"{REDIRECT}{HOME}col/col11/index.html", LANDING, dated(RECENT, "/b/")),
    "more-links-to-numbered-parts": parted(LANDING + TREE, dated(OLD, "/a/"), dated(RECENT, "/b/")),
    "part-that-cannot-be-read": {**parted(LANDING, dated(OLD, "/a/"), ""), f"{HOME}col/col12/index.html": 503},
    "pictures-without-names": buying(f"<div class='slide'>{SLIDES}</div>{LANDING}"),
    "headline-without-a-date": buying(NOTE + LANDING) | NOTES,
    "later-year-to-choose": buying(YEARS + LANDING),
    "blank-landing-above-parts": parted("<ul class='list'></ul>", dated(OLD, "/a/"), dated(RECENT, "/b/")),
    "blank-landing-whose-parts-stand-in-the-menu": everywhere(
        parted("<p>暂无内容</p>", dated(OLD, "/a/"), dated(RECENT, "/b/")),
        "<li><a href='/zmhd/'>",
        "".join(f"<li><a href='{url}'>{name}</a></li>" for name, url in PARTS) + "<li><a href='/zmhd/'>",
    ),
    "list-that-a-shared-file-fills-by-its-class": buying(
        "<input type='hidden' id='chan' value='33'><div class='gllist'></div>",
        **{"/images/common.js": "$(function(){$.getJSON('/data/'+$('#chan').val()+'.json',function(d){$('.gllist').append(show(d))})});"},
    ),
    "frame": buying(PDF),
    "file-of-a-later-year": buying(LANDING + "<a href='/files/mulu.pdf'>2026年度政府集中采购目录</a>"),
    "what-the-home-page-shows": put(buying(LANDING), {"/": framed("首页", f"<h2><a href='{BUYING}'>政府采购</a></h2>{dated(RECENT, BUYING)}")}),
    "what-the-home-page-shows-by-number": numbered(
        LANDING, "<ul><li><a href='/art/2026/3/5/art_33_9.html'>办公设备采购公告</a><span>2026-03-05</span></li></ul>"
    ),
}


@pytest.mark.parametrize("pages", FRESH.values(), ids=FRESH)
def test_a_column_that_is_there_and_fresh_costs_nothing(pages: Pages, tmp_path: Path) -> None:
    assert not is_held_against(see(pages, tmp_path))


PAGER = "<div class='page'><script>createPageHTML(1, 0, 'index', 'html');</script></div>"
UCAP = "<div id='page_div'></div><script>createPageHTML('page_div',1, 1,'list','shtml',10);</script>"
MARK = "<script>$(function(){$('.leftnav li').eq(3).addClass('on').siblings().removeClass('on');});</script>"
BANNERS = "<a href='/ztzl/'><img src='/i/1.jpg' alt='学习贯彻二十大精神'></a><a href='/ztzl/2/'><img src='/i/2.jpg' alt='优化营商环境专题'></a>"
STAND = "".join(
    f"<tr><td>{number}</td><td><a href='/info/{number}.html'>办公设备采购公告第{number}号</a></td><td>{day}</td></tr>" for number, day in enumerate(OLD)
)
BAD = {
    "old": buying(LANDING + PAGER),
    "old-by-number": numbered(LANDING, "<ul><li><a href='/art/2026/3/5/art_3_9.html'>示例区召开农业工作会议</a><span>2026-03-05</span></li></ul>"),
    "old-with-a-pager-that-is-written": buying(LANDING + UCAP),
    "old-table": buying(f"<table><tr><th>序号</th><th>标题</th><th>发布日期</th></tr>{STAND}</table>"),
    "old-with-a-marked-menu": buying(LANDING + MARK),
    "old-with-banners-of-topics": buying(LANDING + BANNERS),
    "old-beside-an-older-headline": buying(PAST + LANDING) | PASTS,
    "old-with-old-parts": parted(LANDING, dated(OLD, "/a/"), dated(OLD, "/b/")),
    "old-beside-fresh-neighbours": buying(LANDING, side("公开", *STATUTORY, ("中标公示栏", "/zfxxgk/fd/zb/")))
    | put({}, {"/zfxxgk/fd/zb/": framed("中标公示栏", dated(RECENT, "/zb/"), crumbs(*ABOVE, ("中标公示栏", "/zfxxgk/fd/zb/")))}),
    "blank": buying("<ul class='list'></ul>"),
    "blank-with-a-pager": buying("<ul class='list'></ul>" + PAGER),
    "blank-with-a-pager-that-is-written": buying("<ul class='list'></ul>" + UCAP),
    "blank-with-a-marked-menu": buying("<p>暂无内容</p>" + MARK),
    "old-with-later-years-in-its-titles": buying("".join(f"<li><a href='/info/{day}.html'>2026年度采购计划之一</a><span>{day}</span></li>" for day in OLD)),
    "old-with-a-counting-line": buying(LANDING + "<p>截至2026年3月31日，本栏目共发布信息6条</p>"),
    "old-with-a-form-for-pages": buying(
        LANDING + "<div class='page'>共6条 1/1页 转到<input type='text' size='2'>页 <input type='button' value='GO' onclick='go()'></div>"
    ),
    "dead": {url: page for url, page in SITE.items() if url != HOME + BUYING.strip("/") + "/"},
}


@pytest.mark.parametrize("pages", BAD.values(), ids=BAD)
def test_a_column_that_is_plainly_old_or_blank_is_confirmed(pages: Pages, tmp_path: Path) -> None:
    assert is_held_against(see(pages, tmp_path))


def without(more: str = "", name: str = "政府采购") -> Pages:
    """The site without a column; `more` stands below the menu of the section that should hold it."""
    gone = {url: re.sub(f"<li><a href='[^']*'>{name}</a></li>|<a href='[^']*'>{name}</a> ", "", page) for url, page in SITE.items() if isinstance(page, str)}
    return everywhere(dict(gone), "<ul class='lm'>", f"{more}<ul class='lm'>")


LED = {
    "picture-without-a-name": f"<a href='{BUYING}'><img src='/images/zfcg.png'></a>",
    "area-without-a-name": f"<map name='m'><area shape='rect' coords='0,0,9,9' href='{BUYING}'></map>",
    "opened-by-a-number": "<a href='javascript:openColumn(33)'>政府采购</a>",
    "near-name": f"<a href='{BUYING}'>采购公告</a>",
    "short-name": f"<a href='{BUYING}'>政采信息</a>",
    "combined-name": f"<a href='{BUYING}'>政府采购与招投标</a>",
    "number-to-choose": "<select id='lm'><option value='33'>政府采购</option></select>",
}


@pytest.mark.parametrize("link", LED.values(), ids=LED)
def test_a_column_that_is_led_to_in_another_way_is_not_missing(link: str, tmp_path: Path) -> None:
    assert not is_held_against(see(without(link), tmp_path))


LOADED = {
    "nothing": "",
    "interviews": "<ul id='zxft'></ul><script>$.getJSON('/zmhd/zxft/data.json',function(d){show(d)})</script>",
    "letters": "<ul id='l'></ul><script>$.post('/letters.do',{n:5},function(d){show(d)})</script>",
    "hot-services": "<script>fetch('/fw/hot.json').then(r=>r.json()).then(show)</script>",
    "visitors": "<script>$.get('/visitcount',function(d){$('#n').text(d)})</script>",
}


@pytest.mark.parametrize("box", LOADED.values(), ids=LOADED)
def test_what_is_loaded_into_a_box_of_the_home_page_does_not_hide_that_a_column_is_missing(box: str, tmp_path: Path) -> None:
    pages = without()
    del pages[HOME + BUYING.strip("/") + "/"]
    home = str(pages[HOME])
    assert is_held_against(see(pages | {HOME: home.replace("</body>", f"{box}</body>")}, tmp_path))


def test_a_box_that_loads_the_menu_does(tmp_path: Path) -> None:
    pages = without()
    del pages[HOME + BUYING.strip("/") + "/"]
    box = "<script>$.getJSON('/news/menu.json',function(d){show(d)})</script>"
    assert not is_held_against(see(pages | {HOME: str(pages[HOME]).replace("</body>", f"{box}</body>")}, tmp_path))


PUBLISHED = "<div class='info'>发布日期：2021-03-01 来源：区政府办</div>"
TEXTS: dict[str, tuple[str, str, bool]] = {
    "old": (PUBLISHED, "", True),
    "another-texts-day-in-it": (PUBLISHED, "<p>根据2025年5月15日起施行的《规定》编制。</p>", True),
    "old-beside-an-old-list": (PUBLISHED, f"<div class='new'>{dated(OLD, '/zwyw/').replace('2024', '2020')}</div>", True),
    "updated": (PUBLISHED.replace(" 来源", " 更新日期：2026-02-01 来源"), "", False),
    "updated-in-a-line-of-its-own": (PUBLISHED + "<div>更新时间：2026-02-01 10:00</div>", "", False),
    "revised-in-its-title": ("<h2>（2026年1月修订）</h2>" + PUBLISHED, "", False),
    "updated-at-its-end": (PUBLISHED, "<p>（本指南于2026年1月15日更新）</p>", False),
    "beside-a-fresh-list": (PUBLISHED, f"<div class='new'>{dated(RECENT, '/zwyw/')}</div>", False),
}


@pytest.mark.parametrize(("head", "end", "old"), TEXTS.values(), ids=TEXTS)
def test_a_text_is_old_only_against_the_newest_day_that_it_states(head: str, end: str, old: bool, tmp_path: Path) -> None:
    pages = put(SITE, {"/zfxxgk/zn/": framed("政府信息公开指南", f"<div class='con'><h1>政府信息公开指南</h1>{head}{GUIDE}</div>{end}", crumbs(*PLATFORM[:1]))})
    seen = see(pages, tmp_path, "guide", 365)
    assert is_held_against(seen) is old
    assert seen.newest is not None and (seen.newest.year == 2026) is ("更新" in head)


def test_the_sites_own_update_is_not_the_texts(tmp_path: Path) -> None:
    pages = put(SITE, {"/zfxxgk/zn/": framed("政府信息公开指南", f"<h1>政府信息公开指南</h1>{PUBLISHED}{GUIDE}", crumbs(*PLATFORM[:1]))})
    assert is_held_against(see(everywhere(pages, "<div class='footer'>", "<div class='footer'><p>最后更新：2026-03-30</p>"), tmp_path, "guide", 365))


DEPARTMENTS = (("教育局", "/bm/jyj/"), ("民政局", "/bm/mzj/"))


def departments(days: tuple[str, ...]) -> Pages:
    """Two departments on the district's site; the second has 政府采购."""
    menu = "<ul>" + "".join(f"<li><a href='{url}'>{name}</a></li>" for name, url in DEPARTMENTS) + "</ul>"
    pages = {"/bm/": framed("部门公开", menu, crumbs(("部门公开", "/bm/")))}
    for name, url in DEPARTMENTS:
        own = [
            ("机构职能", f"{url}jgzn/"),
            ("统计信息", f"{url}tjxx/"),
            ("规划计划", f"{url}ghjh/"),
            *([("政府采购", f"{url}zfcg/")] if name == "民政局" else []),
        ]
        for text, at in ((name, url), *own):
            body = dated(days if text == "政府采购" else RECENT, at)
            pages[at] = framed(text, side(name, *own) + body, crumbs(("部门公开", "/bm/"), (name, url), *([(text, at)] if at != url else [])))
    return put(everywhere(SITE, "<li><a href='/zmhd/'>", "<li><a href='/bm/'>部门公开</a></li><li><a href='/zmhd/'>"), pages)


@pytest.mark.parametrize("kind", [ScopeKind.PREFIX, ScopeKind.SUBTREE])
@pytest.mark.parametrize(("number", "days", "bad"), [(0, RECENT, True), (1, RECENT, False), (1, OLD, True)], ids=["lacks-it", "has-it", "has-it-old"])
def test_a_department_on_the_districts_site_is_judged_by_its_own_part(kind: ScopeKind, number: int, days: tuple[str, ...], bad: bool, tmp_path: Path) -> None:
    name, url = DEPARTMENTS[number]
    entry = HOME + url.strip("/") + "/"
    scope = ScopeEntry(unit="u", site="demo", kind=kind, entry=entry, value=entry if kind is ScopeKind.PREFIX else name)
    assert is_held_against(see(departments(days), tmp_path, scope=scope)) is bad
