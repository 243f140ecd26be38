"""What a crawl does with a browser: pages that only scripts fill are read, confirmed negatives are photographed, and nothing is believed that was not had."""

from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from crawlers.browser import Ask, BrowserFailed, Rendered
from crawlers.evidence import read_snapshot
from crawlers.fetch import Response
from crawlers.observation import Sighting, SiteObservation
from crawlers.status import Looked, Made, PageState
from tests.crawlers.web import HOME, column, links, observe, page, rows, view

COLUMN = column("notices", "通知公告")
SCRIPTED = page("通知公告", '<div id="app"></div><script>$.get("/rows",draw)</script>', "首页 &gt; 通知公告")
FILLED = page("通知公告", f'<div id="app">{rows(("关于公布目录的通知", "2026-03-19"))}</div><script>$.get("/rows",draw)</script>', "首页 &gt; 通知公告")
EMPTY = page("通知公告", '<div id="app"><p>暂无信息</p></div><script>$.get("/rows",draw)</script>', "首页 &gt; 通知公告")
MENU = links(("通知公告", "/tzgg/"), ("机构概况", "/jg/"), ("领导之窗", "/ld/"), ("规划计划", "/gh/"), ("统计信息", "/tj/"), ("网站地图", "/map/"))
SITE: dict[str, str] = {HOME: page("首页", MENU), f"{HOME}tzgg/": SCRIPTED} | {
    f"{HOME}{name}/": page(name, f"{MENU}<p>本页介绍有关情况，内容完整。</p>") for name in ("jg", "ld", "gh", "tj", "map")
}


@dataclass
class Shows:
    """A browser that shows `pages`; `lacking`: what it could not have. Without an entry it breaks down."""

    pages: dict[str, str]
    lacking: tuple[str, ...] = ()
    asks: str = ""
    shown: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)

    def render(self, first: Response, ask: Ask, *, picture: str = "") -> Rendered:
        (self.captions if picture else self.shown).append(picture or first.final)
        if self.asks:
            assert ask("GET", self.asks, None, "").http == 200
        if not picture and first.final not in self.pages:
            raise BrowserFailed("浏览器未能打开网页")
        return Rendered(first.final, self.pages.get(first.final, ""), not self.lacking, self.lacking, b"JPEG" if picture else b"")


def seen(observation: SiteObservation) -> Sighting:
    found = view(observation).sighting("notices")
    assert found is not None
    return found


def test_without_a_browser_a_scripted_list_is_not_read(tmp_path: Path) -> None:
    found = seen(observe(SITE, [COLUMN], tmp_path))
    assert (found.page, found.items, found.screenshot) == (PageState.NEEDS_SCRIPT, (), None)


def test_a_browser_reads_what_scripts_write(tmp_path: Path) -> None:
    browser = Shows({f"{HOME}tzgg/": FILLED})
    observation = observe(SITE, [COLUMN], tmp_path, browser=browser)
    found = seen(observation)
    assert (found.page, found.newest, found.confirmed) == (PageState.CONTENT, date(2026, 3, 19), True)
    stored = observation.snapshot(found.snapshot)
    assert stored is not None and stored.made is Made.RENDERED
    assert browser.shown == [f"{HOME}tzgg/"]
    folder = tmp_path / "run1" / "sites"
    folder.mkdir(parents=True)
    (tmp_path / "demo.warc.gz").rename(folder / "demo.warc.gz")
    assert "关于公布目录的通知" in read_snapshot(tmp_path, f"run1/demo@{stored.offset}+{stored.length}").body.decode()


def test_a_browser_that_lacked_something_settles_nothing(tmp_path: Path) -> None:
    found = seen(observe(SITE, [COLUMN], tmp_path, browser=Shows({f"{HOME}tzgg/": EMPTY}, lacking=(f"{HOME}rows",))))
    assert found.page is PageState.NEEDS_SCRIPT


def test_a_list_that_is_empty_after_its_scripts_ran_is_blank_and_photographed(tmp_path: Path) -> None:
    browser = Shows({f"{HOME}tzgg/": EMPTY})
    observation = observe(SITE, [COLUMN], tmp_path, browser=browser)
    found = seen(observation)
    assert (found.page, found.confirmed) == (PageState.BLANK, True)
    picture = observation.snapshot(found.screenshot)
    assert picture is not None and (picture.made, picture.url) == (Made.PICTURE, f"{HOME}tzgg/")
    assert browser.captions == [f"{HOME}tzgg/　采集时间 2026-03-31 12:00:00（北京时间）"]


def test_a_missing_column_is_photographed_where_it_would_stand(tmp_path: Path) -> None:
    browser = Shows({})
    site = {**SITE, HOME: page("首页", MENU.replace("通知公告", "办事大厅")), f"{HOME}tzgg/": page("办事大厅", MENU)}
    site = {url: text.replace("通知公告", "办事大厅") for url, text in site.items()}
    observation = observe(site, [COLUMN], tmp_path, browser=browser)
    found = seen(observation)
    assert (found.match, found.confirmed, view(observation).looked) == (None, True, Looked.COMPLETE)
    picture = observation.snapshot(found.screenshot)
    assert picture is not None and picture.url == HOME


def test_a_browser_that_breaks_down_costs_nothing_but_its_help(tmp_path: Path) -> None:
    class Broken(Shows):
        def render(self, first: Response, ask: Ask, *, picture: str = "") -> Rendered:
            raise BrowserFailed("浏览器未能打开网页")

    found = seen(observe(SITE, [COLUMN], tmp_path, browser=Broken({})))
    assert (found.page, found.screenshot) == (PageState.NEEDS_SCRIPT, None)


def test_what_scripts_ask_for_is_asked_once_and_counts(tmp_path: Path) -> None:
    asked: dict[str, int] = {}
    site = {**SITE, f"{HOME}app.js": "draw()", f"{HOME}zc/": SCRIPTED.replace("通知公告", "政策文件")}
    site[HOME] = page("首页", MENU + links(("政策文件", "/zc/")))
    browser = Shows({f"{HOME}tzgg/": FILLED, f"{HOME}zc/": FILLED}, asks=f"{HOME}app.js")
    columns = [COLUMN, column("policies", "政策文件")]
    observe(site, columns, tmp_path, browser=browser, on=lambda web: asked.update(web.asked))
    assert asked[f"{HOME}app.js"] == 1
    assert len(browser.shown) == 2


def test_a_page_that_a_script_of_its_own_may_fill_is_run_too(tmp_path: Path) -> None:
    shell = page("通知公告", '<div class="list"></div><script src="/list.js"></script>', "首页 &gt; 通知公告")
    filled = shell.replace('<div class="list"></div>', rows(("关于公布目录的通知", "2026-03-19")))
    site = {**SITE, f"{HOME}tzgg/": shell, f"{HOME}list.js": "draw()"}
    assert seen(observe(site, [COLUMN], tmp_path)).page is PageState.NEEDS_SCRIPT
    lacking = Shows({f"{HOME}tzgg/": shell}, lacking=(f"{HOME}rows",))
    assert seen(observe(site, [COLUMN], tmp_path, browser=lacking)).page is PageState.NEEDS_SCRIPT
    assert lacking.shown == [f"{HOME}tzgg/"] * 2  # once a look
    assert seen(observe(site, [COLUMN], tmp_path, browser=Shows({f"{HOME}tzgg/": filled}))).newest == date(2026, 3, 19)


def test_an_article_is_not_run_for_its_counter(tmp_path: Path) -> None:
    article = page("关于公布目录的通知", '<p>发布日期：2026-03-19</p><script>$.get("/hits")</script>')
    site = {**SITE, f"{HOME}tzgg/": page("通知公告", rows(("关于公布目录的通知", "2026-03-19"))), f"{HOME}a/t20260319_0.html": article}
    browser = Shows({})
    assert seen(observe(site, [COLUMN], tmp_path, browser=browser)).newest == date(2026, 3, 19)
    assert browser.shown == []
