"""All checks of a site together: what they add to its observation, what they never do, and what they leave unsaid."""

import http.server
import json
import socket
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus

import pytest

from crawlers.checks.record import LoadTime, SiteChecks
from crawlers.observation import dump, load
from crawlers.register import Register
from crawlers.response import Response
from crawlers.run import crawl
from crawlers.status import FetchStatus, LinkKind, Phase
from tests.crawlers.checking import LIST, MENU, PLAN, SEARCH, TITLE, anchors, city, look
from tests.crawlers.web import HOME, Web, page


def test_an_observation_carries_its_checks_and_comes_back_from_its_file(tmp_path: Path) -> None:
    seen = look(city({f"{HOME}zw/": page("政务公开", MENU + anchors("/gone.html"))}), tmp_path)
    assert [(link.url, link.on, link.http, link.kind) for link in seen.dead_links] == [(f"{HOME}gone.html", f"{HOME}zw/", 404, LinkKind.INTERNAL)]
    assert seen.links_checked == 9  # five columns, three articles and the dead one, each once however often it is linked
    path = tmp_path / "s.json"
    path.write_bytes(dump(seen))
    assert load(path) == seen
    assert seen.dead_links[0].snapshot is not None
    assert seen.snapshot(seen.dead_links[0].snapshot).url == f"{HOME}gone.html"  # type: ignore[union-attr]


def test_an_observation_of_before_still_loads(tmp_path: Path) -> None:
    seen = look(city({f"{HOME}zw/": page("政务公开", MENU + anchors("/gone.html"))}), tmp_path)
    old = json.loads(dump(seen))
    del old["checks"]
    old["dead_links"] = [{"url": link["url"], "on": link["on"], "http": link["http"]} for link in old["dead_links"]]
    path = tmp_path / "s.json"
    path.write_text(json.dumps(old), "utf-8")
    again = load(path)
    assert again.checks == SiteChecks()
    assert again.dead_links[0].kind is LinkKind.INTERNAL


def test_the_same_site_gives_the_same_checks(tmp_path: Path) -> None:
    pages = city({f"{HOME}zw/": page("政务公开", MENU + anchors(*(f"/x{number}.html" for number in range(200))))})
    assert look(pages, tmp_path).checks == look(pages, tmp_path).checks


def result(title: str, total: int) -> str:
    found = f"<li><a href='/a/t20260320_0.html'>{title}</a></li>" if total else ""
    return page("搜索结果", f"{SEARCH}<p>搜索“{title}”，共找到 {total} 条结果</p><ul>{found}</ul>")


def searching(answers: Mapping[str, int]) -> dict[str, str]:
    return {f"{HOME}s.html?q={quote_plus(title, encoding=code)}": result(title, total) for title, total in answers.items() for code in ("utf-8", "gb18030")}


OTHERS = ("示例县部署春季防汛工作", "关于节假日值班安排的通知公告")


def test_a_search_that_returns_its_titles(tmp_path: Path) -> None:
    found = look(city(searching({TITLE: 1, "鑫犇骉麤羴": 0}), SEARCH), tmp_path).checks.search
    assert found is not None
    assert (found.found, found.words, found.fetch) == (True, TITLE, FetchStatus.OK)
    assert found.snapshot is not None


def test_a_search_that_finds_nothing_is_asked_again_and_in_both_encodings(tmp_path: Path) -> None:
    asked: list[str] = []
    pages = city(searching({TITLE: 0, **dict.fromkeys(OTHERS, 0)}), SEARCH)
    found = look(pages, tmp_path, on=lambda web: asked.extend(url for url in web.asked.elements() if "s.html" in url)).checks.search
    assert found is not None
    assert found.found is False
    assert sorted(asked).count(f"{HOME}s.html?q={quote_plus(TITLE)}") == 2
    assert f"{HOME}s.html?q={quote_plus(TITLE, encoding='gb18030')}" in asked


def test_a_search_that_was_away_for_a_moment_is_no_fault(tmp_path: Path) -> None:
    pages = city(searching({"鑫犇骉麤羴": 0}), SEARCH)
    pages[f"{HOME}s.html?q={quote_plus(TITLE)}"] = [result(TITLE, 0), result(TITLE, 1)]
    pages[f"{HOME}s.html?q={quote_plus(TITLE, encoding='gb18030')}"] = result(TITLE, 0)
    found = look(pages, tmp_path).checks.search
    assert found is not None
    assert found.found is True


@pytest.mark.parametrize("answer", [403, 412, 500, FetchStatus.TIMEOUT, FetchStatus.ROBOTS])
def test_a_search_that_could_not_be_asked_is_not_established(tmp_path: Path, answer: int | FetchStatus) -> None:
    found = look(city({f"{HOME}s.html?q={quote_plus(TITLE)}": answer}, SEARCH), tmp_path).checks.search
    assert found is not None
    assert found.found is None
    assert found.note


def test_no_search_is_no_check(tmp_path: Path) -> None:
    assert look(city(), tmp_path).checks.search is None


class Timed(Web):
    """Takes a second for every character of the address's path."""

    def get(self, url: str, data: Mapping[str, str] | None = None) -> Response:
        return replace(super().get(url, data), seconds=float(len(url) - len(HOME) + 1))


def test_load_times_are_those_of_pages_that_came(tmp_path: Path) -> None:
    measured = look(city(), tmp_path, make=Timed).checks.load
    assert measured is not None
    assert (measured.home, measured.median, measured.slowest, measured.slowest_url) == (1.0, 4.0, 4.0, f"{HOME}xw/")
    assert look(city(), tmp_path).checks.load is None
    assert isinstance(measured, LoadTime)


def test_metadata_tags_of_the_pages_read(tmp_path: Path) -> None:
    tagged = page("政务要闻", MENU + LIST).replace("<head>", '<head><meta name="columnname" content="政务要闻">')
    tags = {(share.page, share.name): (share.carried, share.pages) for share in look(city({f"{HOME}xw/": tagged}), tmp_path).checks.tags}
    assert tags[("column", "ColumnName")] == (1, 1)
    assert tags[("column", "ColumnType")] == (0, 1)


def test_what_a_site_says_of_itself_is_believed_twice_only(tmp_path: Path) -> None:
    tags = '<meta name="SiteName" content="示例县人民政府"><meta name="SiteDomain" content="www.example.invalid"><meta name="SiteIDCode" content="{}">'
    wrong, right = city(tags=tags.format("3399010008"))[HOME], city(tags=tags.format("3399010009"))[HOME]
    seen = look(city({HOME: wrong}), tmp_path, id_code="3399010009")
    assert [(issue.where, issue.name, issue.expected, issue.found) for issue in seen.checks.identity] == [("meta", "SiteIDCode", "3399010009", "3399010008")]
    assert look(city({HOME: [wrong, right]}), tmp_path, id_code="3399010009").checks.identity == ()
    assert look(city({HOME: right}), tmp_path, id_code="3399010009").checks.identity == ()


def test_a_spent_budget_leaves_links_unknown(tmp_path: Path) -> None:
    pages = city({f"{HOME}zw/": page("政务公开", MENU + anchors("/gone.html", "/gone.pdf"))})
    seen = look(pages, tmp_path, budget=6)
    assert seen.dead_links == ()
    assert all(count.dead == 0 for count in seen.checks.links)


def test_a_home_page_that_was_not_read_leaves_everything_unsaid(tmp_path: Path) -> None:
    seen = look({HOME: 412}, tmp_path)
    assert (seen.links_checked, seen.dead_links, seen.checks.search, seen.checks.links) == (0, (), None, ())
    assert seen.checks.https is not None
    assert seen.checks.https.valid is None


class _Local(http.server.BaseHTTPRequestHandler):
    """A site that links out, offers a search elsewhere and redirects out."""

    def do_GET(self) -> None:
        outside = "http://www.example.com"
        body = page(
            "首页",
            MENU
            + anchors(f"{outside}/", f"{outside}/a.pdf", "/away", "https://www.example.org/x")
            + f"<form action='{outside}/s'><input name=q placeholder=搜索></form>",
        )
        if self.path == "/away":
            self.send_response(302)
            self.send_header("Location", f"{outside}/there")
            self.end_headers()
            return
        data = body.replace("</ul>", LIST + "</ul>", 1).encode() if self.path in ("/", "/xw/") else page("栏目", MENU + LIST).encode()
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        if self.command == "GET":
            self.wfile.write(data)

    do_HEAD = do_GET  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silence."""


def test_a_site_of_this_machine_never_leaves_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _Local)
    threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True).start()
    home = f"http://127.0.0.1:{server.server_address[1]}/"
    resolved: list[str] = []
    real = socket.getaddrinfo

    def watched(host: Any, *args: Any, **more: Any) -> Any:
        resolved.append(str(host))
        if host != "127.0.0.1":
            raise socket.gaierror(socket.EAI_NONAME, "outside")
        return real(host, *args, **more)

    monkeypatch.setattr(socket, "getaddrinfo", watched)
    register = Register.model_validate(
        {
            "format": 1,
            "title": "测试",
            "units": [{"id": "u", "name": "u", "group": "区县"}],
            "sites": [{"id": "s", "home": home, "rate": 0, "loopback": True}],
            "scopes": [{"unit": "u", "site": "s"}],
        }
    )
    try:
        crawl(register, PLAN, runs=tmp_path, run_id="r", as_of=date(2026, 3, 31), workers=0)
    finally:
        server.shutdown()
        server.server_close()
    checks = load(tmp_path / "r" / "sites" / "s.json").checks
    unknown = {count.kind: (count.tried, count.dead, count.unknown) for count in checks.links}
    assert unknown[LinkKind.EXTERNAL] == (2, 0, 2)
    assert unknown[LinkKind.ATTACHMENT] == (1, 0, 1)
    assert checks.external == ()
    assert checks.search is not None
    assert checks.search.found is None
    assert checks.https is not None
    assert checks.ipv6 is not None
    assert (checks.https.valid, checks.ipv6.address) == (None, None)
    assert set(resolved) <= {"127.0.0.1", "www.example.com"}
    assert resolved.count("www.example.com") <= 1  # the redirect's target, which the guard looks up and refuses


def test_the_second_look_at_a_link_is_a_look_of_its_own(tmp_path: Path) -> None:
    seen = look(city({f"{HOME}zw/": page("政务公开", MENU + anchors("/gone.html"))}), tmp_path)
    asked = [shot.phase for shot in seen.snapshots if shot.url == f"{HOME}gone.html"]
    assert asked.count(Phase.FIRST) == 1
    assert asked.count(Phase.SECOND) == 1
