"""A whole crawl with a real browser, of a small site on this machine: what scripts write is read, what is missing is photographed, and both can be opened."""

import os
import threading
from collections import Counter
from collections.abc import Iterator
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from crawlers.browser import BrowserFailed, executable, wanted
from crawlers.evidence import read_snapshot
from crawlers.observation import SiteObservation, load
from crawlers.plan import Plan, PlannedColumn
from crawlers.register import Register, ScopeEntry, SiteEntry, UnitEntry
from crawlers.run import crawl
from crawlers.status import Looked, Made, PageState
from tests.crawlers.web import column, links, page, rows

SCRIPT = """fetch('/rows').then(a => a.text()).then(text => { for (const line of atob(text).split('|')) {
  const row = document.createElement('li'), link = document.createElement('a'), day = document.createElement('span');
  const part = line.split(','); link.href = part[0]; link.textContent = 'Notice ' + part[0]; day.textContent = part[1];
  row.append(link, day); document.getElementById('app').append(row); } });"""
MENU = links(("通知公告", "/tzgg/"), ("机构概况", "/jg/"), ("领导之窗", "/ld/"), ("规划计划", "/gh/"), ("统计信息", "/tj/"), ("网站地图", "/map/"))
SHELL = page("通知公告", f'{MENU}<ul id="app"></ul><script src="/list.js"></script><script>window._CONFIG = {{}};</script>', "首页 &gt; 通知公告")
PACKED = "L2EvMTAwMDAxLmh0bWwsMjAyNi0wMy0xOXwvYS8xMDAwMDIuaHRtbCwyMDI2LTAzLTAx"


@pytest.fixture
def site() -> Iterator[tuple[str, Counter[str]]]:
    asked: Counter[str] = Counter()
    pages = {
        "/": page("首页", MENU + rows(("要闻一则", "2026-03-20"))),
        "/tzgg/": SHELL,
        "/list.js": SCRIPT,
        "/rows": PACKED,
        "/robots.txt": "User-agent: *\nDisallow:",
    }
    pages |= {f"/{name}/": page(name, f"{MENU}<p>本页介绍有关情况，内容完整。</p>") for name in ("jg", "ld", "gh", "tj", "map")}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked[self.path] += 1
            body = pages.get(self.path, "").encode()
            kind = "text/javascript" if self.path.endswith(".js") else "text/plain" if self.path in ("/rows", "/robots.txt") else "text/html"
            self.send_response(200 if body else 404)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body)

        do_HEAD = do_GET  # noqa: N815

        def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/", asked
    server.shutdown()
    server.server_close()


def crawled(home: str, runs: Path, *, browser: bool) -> SiteObservation:
    register = Register(
        format=1,
        title="试",
        units=(UnitEntry(id="u", name="示例局", group="g"),),
        sites=(SiteEntry(id="s", home=home, rate=0, loopback=True),),
        scopes=(ScopeEntry(unit="u", site="s"),),
    )
    plan = Plan(columns=(PlannedColumn(column=column("notices", "通知公告"), stale_after=90), PlannedColumn(column=column("budget", "财政预决算"))))
    run = f"b{browser}".lower()
    crawl(register, plan, runs=runs, run_id=run, as_of=date(2026, 3, 31), workers=0, browser=browser)
    return load(runs / run / "sites" / "s.json")


@pytest.mark.browser
@pytest.mark.xdist_group("chromium")
def test_a_crawl_with_a_browser_reads_scripts_and_photographs_what_is_missing(site: tuple[str, Counter[str]], tmp_path: Path) -> None:
    if executable() is None:
        if os.environ.get("DISCLOSURE_BROWSER") == "required":
            pytest.fail("no Chromium is installed")
        pytest.skip("no Chromium is installed")
    home, asked = site
    without = crawled(home, tmp_path, browser=False)
    blind, unknown = without.scopes[0].sightings
    assert (blind.page, unknown.confirmed, without.scopes[0].looked) == (PageState.NEEDS_SCRIPT, False, Looked.INCOMPLETE)
    asked.clear()
    seen = crawled(home, tmp_path, browser=True)
    notices, budget = seen.scopes[0].sightings
    assert (notices.page, notices.newest, [item.url for item in notices.items]) == (
        PageState.CONTENT,
        date(2026, 3, 19),
        [f"{home}a/100001.html", f"{home}a/100002.html"],
    )
    assert (budget.match, budget.confirmed, seen.scopes[0].looked) == (None, True, Looked.COMPLETE)
    picture, rendered = seen.snapshot(budget.screenshot), seen.snapshot(notices.snapshot)
    assert picture is not None and rendered is not None
    assert (picture.made, rendered.made) == (Made.PICTURE, Made.RENDERED)
    shot = read_snapshot(tmp_path, f"btrue/s@{picture.offset}+{picture.length}")
    assert (shot.headers["Content-Type"], shot.sha256) == ("image/jpeg", picture.sha256)
    assert Image.open(BytesIO(shot.body)).width == 1280
    assert "100002.html" in read_snapshot(tmp_path, f"btrue/s@{rendered.offset}+{rendered.length}").body.decode()
    assert asked["/rows"] == 1
    assert asked["/list.js"] <= 2  # by the reader of menus, and by the browser


def test_a_browser_is_used_where_one_is_unless_the_sites_are_of_this_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.browser.executable", lambda: "/usr/bin/chromium")
    assert [wanted(asked, here=here) for asked in (None, True, False) for here in (False, True)] == [True, False, True, True, False, False]
    monkeypatch.setattr("crawlers.browser.executable", lambda: None)
    assert [wanted(asked, here=False) for asked in (None, False)] == [False, False]
    with pytest.raises(BrowserFailed, match=r"请安装.*--no-browser"):
        wanted(True, here=False)
