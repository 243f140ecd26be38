"""Dead links: only what led nowhere twice is dead; whatever kept the crawler from seeing is unknown and counted as such."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from crawlers.checks.links import Found, collect, kind_of, select
from crawlers.checks.outside import Turns
from crawlers.fetch import Response
from crawlers.observation import Item, ScopeObservation, Sighting
from crawlers.status import FetchStatus, LinkKind, Looked, PageState, Phase, ScopeKind
from tests.crawlers.checking import Site, anchors, away, dead, site, tally
from tests.crawlers.web import HOME, Answer, Web, page

FINE = page("正文", "<p>" + "这是一篇正常的文章。" * 20 + "</p>")
GONE = "<html><head><title>提示信息</title></head><body><p>抱歉，您访问的页面不存在或已删除！</p></body></html>"
PARKED = "<html><head><title>domain for sale</title></head><body><p>The domain is for sale</p></body></html>"
SHIELD = "<html><head><script>$_ts=window['$_ts']||{};$_ts.cd='x';</script></head><body></body></html>"
LOGIN = "<html><body><form>用户名<input name=u>密码<input type=password></form></body></html>"
ONE = f"{HOME}one.html"


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (FINE, True),
        (404, False),
        (410, False),
        (GONE, False),
        (400, None),
        (401, None),
        (403, None),
        (405, None),
        (412, None),
        (429, None),
        (451, None),
        (500, None),
        (502, None),
        (503, None),
        (504, None),
        (SHIELD, None),
        (LOGIN, True),
        (FetchStatus.TIMEOUT, None),
        (FetchStatus.RESET, None),
        (FetchStatus.TLS, None),
        (FetchStatus.ROBOTS, None),
        (FetchStatus.REFUSED, None),
        (FetchStatus.DNS, None),
        (FetchStatus.REDIRECT_LOOP, None),
        (FetchStatus.ADDRESS_REFUSED, None),
    ],
)
def test_what_an_answer_says_of_a_link(tmp_path: Path, answer: Answer, expected: bool | None) -> None:
    seen = site(tmp_path, anchors("/one.html"), {ONE: answer, f"HEAD {ONE}": 405 if isinstance(answer, str) else answer}).links()
    assert seen.answers[ONE].alive is expected
    assert tally(seen, LinkKind.INTERNAL) == (1, int(expected is False), int(expected is None))
    assert seen.checked == int(expected is not None)


def test_where_a_dead_link_stands_and_what_came_of_it(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html") * 5, {f"{HOME}two.html": page("二", anchors("/one.html"))}, read=(f"{HOME}two.html",))
    link = dead(opened.links())[ONE]
    assert (link.on, link.text, link.http, link.kind, link.pages) == (HOME, "链接 /one.html", 404, LinkKind.INTERNAL, 2)
    assert link.snapshot is not None
    stored = opened.visitor.snapshots[link.snapshot]
    assert (stored.url, stored.http, stored.phase) == (ONE, 404, Phase.SECOND)


def test_a_link_five_times_on_a_page_is_one(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html") * 5, {ONE: 404})
    seen = opened.links()
    assert tally(seen, LinkKind.INTERNAL) == (1, 1, 0)
    assert opened.web.asked[ONE] == 2
    assert dead(seen)[ONE].pages == 1


def test_a_head_that_lies_is_not_believed(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html"), {ONE: FINE, f"HEAD {ONE}": 404})
    assert opened.links().answers[ONE].alive is True


def test_head_is_enough_for_what_is_alive(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html"), {ONE: FINE})
    assert opened.links().answers[ONE].alive is True
    assert opened.web.asked[ONE] == 0
    assert opened.web.asked[f"HEAD {ONE}"] == 1


def test_a_host_that_refuses_head_is_asked_by_get_from_then_on(tmp_path: Path) -> None:
    urls = [f"{HOME}{number}.html" for number in range(6)]
    opened = site(tmp_path, anchors(*urls), dict.fromkeys(urls, FINE) | {f"HEAD {url}": 405 for url in urls})
    seen = opened.links()
    assert all(seen.answers[url].alive for url in urls)
    assert sum(opened.web.asked[f"HEAD {url}"] for url in urls) == 1


def test_a_link_that_comes_back_is_not_dead(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html"), {ONE: [404, FINE], f"HEAD {ONE}": 404})
    assert opened.links().answers[ONE].alive is True
    opened = site(tmp_path, anchors("/one.html"), {ONE: [404, 503], f"HEAD {ONE}": 404})
    assert opened.links().answers[ONE].alive is None


def test_pages_the_crawl_opened_are_not_asked_again_unless_dead(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html", "/two.html"), {ONE: FINE, f"{HOME}two.html": 404}, read=(ONE, f"{HOME}two.html"))
    seen = opened.links()
    assert opened.web.asked[ONE] == 1
    assert opened.web.asked[f"{HOME}two.html"] == 2
    assert list(dead(seen)) == [f"{HOME}two.html"]
    assert seen.checked == 2


def test_a_link_that_the_crawl_saw_alive_the_second_time_is_alive(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html"), {ONE: [404, FINE]}, read=(ONE,))
    opened.visitor.open(ONE, Phase.SECOND)
    assert opened.links().answers[ONE].alive is True


def test_alive_then_gone_is_unknown(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html"), {ONE: [FINE, 404]}, read=(ONE,))
    opened.visitor.open(ONE, Phase.SECOND)
    assert opened.links().answers[ONE].alive is None


def test_nothing_is_dead_on_a_site_that_has_shut_the_door(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("/one.html"), {ONE: 404, HOME: [page("首页", anchors("/one.html")), 404]})
    seen = opened.links()
    assert not seen.dead
    assert tally(seen, LinkKind.INTERNAL) == (1, 0, 1)


class Homing(Web):
    """Sends every address to the home page."""

    def get(self, url: str, data: Mapping[str, str] | None = None) -> Response:
        return replace(super().get(HOME), url=url)

    def head(self, url: str) -> Response:
        return replace(super().head(HOME), url=url)


def test_a_redirect_to_the_home_page_is_a_soft_404(tmp_path: Path) -> None:
    link = dead(site(tmp_path, anchors("/one.html"), make=Homing).links())[ONE]
    assert (link.http, link.page) == (200, PageState.SOFT_404)


def test_an_attachment_that_is_a_page_of_excuses_is_dead_and_any_other_page_is_unknown(tmp_path: Path) -> None:
    opened = site(
        tmp_path,
        anchors("/a.pdf", "/b.pdf", "/c.pdf", "/down.jsp?file=x.docx"),
        {f"{HOME}a.pdf": GONE, f"{HOME}b.pdf": FINE, f"{HOME}c.pdf": 403},
    )
    seen = opened.links()
    assert sorted(dead(seen)) == [f"{HOME}a.pdf", f"{HOME}down.jsp?file=x.docx"]
    assert all(link.kind is LinkKind.ATTACHMENT for link in seen.dead)
    assert tally(seen, LinkKind.ATTACHMENT) == (4, 2, 2)


def test_other_sites_are_dead_only_when_this_machine_could_see_out(tmp_path: Path) -> None:
    lost, shut, there = "http://lost.example.org/", "http://shut.example.org/", "http://there.example.org/"
    answers = {lost: FetchStatus.DNS, shut: FetchStatus.REFUSED}
    outside, _ = away({**answers, there: FINE}, frozenset({"lost.example.org"}))
    seen = site(tmp_path, anchors(lost, shut, there)).links(outside)
    assert sorted(dead(seen)) == [lost, shut]
    assert dead(seen)[lost].fetch is FetchStatus.DNS
    assert tally(seen, LinkKind.EXTERNAL) == (3, 2, 0)

    outside, _ = away(answers, frozenset({"lost.example.org"}))
    seen = site(tmp_path, anchors(lost, shut)).links(outside)
    assert not seen.dead
    assert tally(seen, LinkKind.EXTERNAL) == (2, 0, 2)


def test_a_name_service_that_changes_its_mind_makes_nothing_dead(tmp_path: Path) -> None:
    lost, there = "http://lost.example.org/", "http://there.example.org/"
    outside, _ = away({lost: FetchStatus.DNS, there: FINE})
    assert not site(tmp_path, anchors(lost, there)).links(outside).dead


@pytest.mark.parametrize(
    ("answer", "expected"),
    [(404, False), (GONE, False), (403, None), (429, None), (503, None), (PARKED, None), (FetchStatus.TIMEOUT, None), (FetchStatus.ROBOTS, None)],
)
def test_what_another_site_answers(tmp_path: Path, answer: Answer, expected: bool | None) -> None:
    url = "https://other.example.org/page"
    outside, web = away({url: answer})
    assert site(tmp_path, anchors(url)).links(outside).answers[url].alive is expected
    assert web.asked[url] == (2 if expected is False else 1)


def test_other_sites_are_not_asked_where_there_is_no_way_out(tmp_path: Path) -> None:
    opened = site(tmp_path, anchors("https://other.example.org/", "https://other.example.org/a.pdf"))
    seen = opened.links(None)
    assert tally(seen, LinkKind.EXTERNAL) == (1, 0, 1)
    assert tally(seen, LinkKind.ATTACHMENT) == (1, 0, 1)
    assert sum(count for url, count in opened.web.asked.items() if "other" in url) == 0


def test_one_other_host_is_asked_a_few_times_only(tmp_path: Path) -> None:
    urls = [f"https://other.example.org/{number}" for number in range(10)]
    outside, web = away(dict.fromkeys(urls, FINE))
    seen = site(tmp_path, anchors(*urls)).links(outside)
    assert len(web.asked) == 3
    assert web.asked[urls[0]] == 1  # the first is read, for its title
    assert next(count for count in seen.counts if count.kind is LinkKind.EXTERNAL).seen == 10


def test_other_sites_that_all_fall_silent_are_given_up(tmp_path: Path) -> None:
    urls = [f"https://host{number}.example.org/" for number in range(40)]
    outside, web = away(dict.fromkeys(urls, FetchStatus.TIMEOUT))
    seen = site(tmp_path, anchors(*urls)).links(outside)
    assert len(web.asked) == 12
    assert tally(seen, LinkKind.EXTERNAL) == (40, 0, 40)


def test_the_limit_holds_for_each_kind_and_the_budget_for_all(tmp_path: Path) -> None:
    pages = [f"/{number}.html" for number in range(30)]
    files = [f"/{number}.pdf" for number in range(30)]
    seen = site(tmp_path, anchors(*pages, *files), {f"{HOME}{number}.html": FINE for number in range(30)}).links(limit=5)
    assert tally(seen, LinkKind.INTERNAL)[0] == 5
    assert tally(seen, LinkKind.ATTACHMENT)[0] == 5

    opened = site(tmp_path, anchors(*pages), {f"{HOME}{number}.html": FINE for number in range(30)}, budget=11)
    seen = opened.links()
    assert tally(seen, LinkKind.INTERNAL) == (30, 0, 20)
    assert sum(opened.web.asked.values()) == 11


def test_the_choice_is_fair_and_always_the_same(tmp_path: Path) -> None:
    bodies = {f"{HOME}p{number}.html": page(str(number), anchors(*(f"/p{number}/{other}.html" for other in range(20)))) for number in range(4)}
    opened = site(tmp_path, anchors(*bodies), bodies, read=tuple(bodies))
    links = collect(opened.visitor.visits(), (), Site.on_site)
    chosen = select(links.values(), LinkKind.INTERNAL, 12)
    assert [link.url for link in chosen] == [link.url for link in select(links.values(), LinkKind.INTERNAL, 12)]
    assert {link.on for link in chosen} == {HOME, *bodies}


def test_newest_articles_come_first() -> None:
    rest = [Found(f"{HOME}{number}.html", LinkKind.INTERNAL, HOME, "") for number in range(10)]
    dated = [Found(f"{HOME}a{number}.html", LinkKind.INTERNAL, f"{HOME}list/", "", day=date(2026, 1, number)) for number in range(1, 9)]
    chosen = select([*rest, *dated], LinkKind.INTERNAL, 6)
    assert [link.url for link in chosen[:3]] == [f"{HOME}a{number}.html" for number in (8, 7, 6)]
    assert len(chosen) == 6


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{HOME}a.PDF", LinkKind.ATTACHMENT),
        (f"{HOME}module/download/downfile.jsp?classid=0&filename=1234.doc", LinkKind.ATTACHMENT),
        ("https://files.example.org/x.xlsx", LinkKind.ATTACHMENT),
        (f"{HOME}col/col1/index.html", LinkKind.INTERNAL),
        ("https://other.example.org/", LinkKind.EXTERNAL),
    ],
)
def test_kinds_of_links(url: str, kind: LinkKind) -> None:
    assert kind_of(url, Site.on_site) is kind


def test_addresses_put_together_by_scripts_and_actions_are_left_out(tmp_path: Path) -> None:
    body = "<select onchange='location=this.value'><option value='/by/script.html'>选择</option></select>" + anchors(
        "/logout.do", "/user/SignOut", "/Print.asp?id=1", "/ok.html"
    )
    assert [link.url for link in collect(site(tmp_path, body).visitor.visits(), (), Site.on_site).values()] == [f"{HOME}ok.html"]


def test_hosts_that_many_sites_link_to_are_asked_in_turn() -> None:
    now, waited = [0.0], list[float]()
    turns = Turns(2.0, lambda: now[0], waited.append)
    assert [turns.take("a") for _ in range(10)] == [True] * 8 + [False] * 2
    assert waited == [2.0, 4.0, 6.0, 8.0, 10.0, 12.0, 14.0]
    assert turns.take("b")
    now[0] = 10.0
    assert turns.take("a")


@pytest.mark.parametrize(
    "address",
    ["http://[::1", "http://[x]/", "http://a:b:c/", "http://host:99999/", "https://", "http:///x", "http://user@host/", "//", "http://\u2100.example/"],
)
def test_malformed_addresses_cost_nothing(tmp_path: Path, address: str) -> None:
    outside, _ = away({})
    opened = site(tmp_path, anchors(address, "/one.html"), {ONE: FINE})
    assert opened.links(outside).answers[ONE].alive is True
    seen = Sighting("k", url=HOME, items=(Item(address, "标题", None),))
    collect(opened.visitor.visits(), [ScopeObservation("u", ScopeKind.SITE, HOME, "", True, Looked.COMPLETE, (), (seen,))], Site.on_site)


def test_routes_of_one_page_are_one_link(tmp_path: Path) -> None:
    from_home = anchors("/app/index.html#/a", "/app/index.html#/b", "/app/index.html", "#/c")
    seen = site(tmp_path, from_home, {f"{HOME}app/index.html": page("应用", "<p>正文</p>")}).links()
    assert tally(seen, LinkKind.INTERNAL) == (1, 0, 0)
