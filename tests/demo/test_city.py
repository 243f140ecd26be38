"""The simulated sites keep their promises: everything listed is there, nothing comes from the future, the odd ones are odd."""

import re
from collections.abc import Iterator
from datetime import date
from html import unescape
from urllib.parse import urlsplit

import pytest
import requests

from crawlers.columns import Names, load_columns
from crawlers.demo import DemoCity
from crawlers.demo.content import ContentError, load_site, site_ids
from crawlers.demo.items import documents
from crawlers.demo.layouts.jpage import PROXY

READABLE = ["qinghe", "wangshu", "yunxiu", "lanwan", "mochuan", "xingzhu", "heting", "zhangdu", "tingquan", "portal"]
DISTRICTS = [*READABLE[:-1], "tangxi"]
ENDS = [date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)]
PERIODS = re.compile(r'<div class="box art detail">.*?</div>', re.DOTALL)
"""Where documents say until when opinions are asked for or they stay in force: those days are to come."""
DATE = re.compile(r"(20\d\d)(?:-|\.|年)(\d{1,2})(?:-|\.|月)(\d{1,2})(?!\d)")


@pytest.fixture(scope="module")
def city() -> DemoCity:
    return DemoCity.load()


@pytest.fixture(scope="module")
def served() -> Iterator[DemoCity]:
    with DemoCity.load() as served:
        served.start(ENDS[0])
        yield served


def text_of(city: DemoCity, site: str, path: str, end: date) -> str:
    reply = city.site(site, end).respond("GET", path)
    return reply.body.decode(city.site(site, end).content.encoding)


def test_all_sites_are_there(city: DemoCity) -> None:
    assert set(site_ids(city.root)) == {*DISTRICTS, "portal"}
    assert city.ends == tuple(ENDS)


@pytest.mark.parametrize("site", READABLE)
def test_every_readable_site_has_60_to_150_pages_in_every_quarter(city: DemoCity, site: str) -> None:
    for end in ENDS:
        assert 60 <= len(set(city.site(site, end).counted)) <= 150


@pytest.mark.parametrize("site", READABLE)
def test_every_route_answers_and_nothing_is_dated_after_the_day(city: DemoCity, site: str) -> None:
    for end in ENDS:
        paths = city.site(site, end).routes
        for path in paths if end == ENDS[2] else [*city.site(site, end).counted, *list(paths)[::9]]:
            if path not in paths:
                continue  # a planned dead link
            reply = city.site(site, end).respond("GET", path)
            assert reply.status == (500 if site == "yunxiu" and path == "/jdhy/" and end == ENDS[1] else 200), path
            if reply.content_type.startswith("text/html") and reply.status == 200:
                text = reply.body.decode(city.site(site, end).content.encoding)
                assert "模拟数据" in text, path
                shown = [
                    date(int(y), int(m), int(d))
                    for y, m, d in DATE.findall(re.sub(r"<[^>]+>", " ", PERIODS.sub(" ", text)))
                    if "2026年12月31日前" not in text or (m, d) != ("12", "31")
                ]
                assert all(day <= end for day in shown), (path, max(shown))


@pytest.mark.parametrize("site", [site for site in READABLE if site != "tingquan"])
def test_every_link_on_a_list_page_resolves(city: DemoCity, site: str) -> None:
    broken = {"xingzhu": 7, "lanwan": 7, "mochuan": 1, "heting": 1}
    for end in ENDS[::2]:
        here, dead = city.site(site, end), set()
        for page in here.counted:
            reply = here.respond("GET", page)
            if reply.status != 200:
                continue
            for href in re.findall(r'href="([^"]+)"', reply.body.decode(here.content.encoding)):
                url = unescape(href)
                if url.startswith(("http", "javascript:", "#")):
                    continue
                target = url if url.startswith("/") else urlsplit(page).path.rsplit("/", 1)[0] + url.removeprefix(".")
                if here.respond("GET", target).status == 404:
                    dead.add(target)
        assert len(dead) == (0 if site == "lanwan" and end != ENDS[2] else broken.get(site, 0)), (end, dead)


def test_jpage_records_beyond_the_first_page_come_from_the_proxy_by_get_and_post(city: DemoCity) -> None:
    site = city.site("lanwan", ENDS[2])
    first = site.respond("GET", site.column_url("news")).body.decode()
    query = re.search(r"ajaxParam: '([^']+)'", first)
    total = re.search(r"totalRecord: (\d+)", first)
    assert query is not None
    assert total is not None
    seen = set(re.findall(r'href="(/art/[^"]+)"', first.split("<recordset>")[1].split("</recordset>")[0]))
    assert len(seen) == 15 < int(total[1])
    rest = f"startrecord=16&endrecord={total[1]}&perpage=15"
    got = site.respond("GET", f"{PROXY}?{query[1]}&{rest}").body.decode()
    posted = site.respond("POST", f"{PROXY}?{rest}", query[1]).body.decode()
    assert got == posted
    assert len(seen | set(re.findall(r'href="(/art/[^"]+)"', got))) == int(total[1])
    assert all(site.respond("GET", url).status == 200 for url in seen)
    assert any(re.search(r"/art/2026/\d/", url) for url in seen), "months stand without zeros"


def test_the_gb18030_site_lies_about_its_encoding(city: DemoCity) -> None:
    site = city.site("xingzhu", ENDS[0])
    reply = site.respond("GET", site.column_url("news"))
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode("utf-8")
    with pytest.raises(UnicodeDecodeError):
        reply.body.decode("gb2312")
    assert "陈䶮" in reply.body.decode("gb18030")
    assert "utf-8" in reply.content_type
    assert b"charset=gb2312" in reply.body


def test_the_shield_answers_412_everywhere(city: DemoCity) -> None:
    site = city.site("tangxi", ENDS[0])
    for path in ("/", "/robots.txt", "/zfxxgk/", "/no/such/page", *list(site.routes)[:50]):
        reply = site.respond("GET", path)
        assert reply.status == 412
        assert b"<script>" in reply.body


def test_the_scripted_site_shows_menus_but_no_lists(city: DemoCity) -> None:
    site = city.site("tingquan", ENDS[0])
    page = site.respond("GET", site.column_url("regulations")).body.decode()
    assert '<div id="app"' in page
    assert "法定主动公开内容" in page
    assert not any(one.title in page for one in site.documents["regulations"])


def test_no_title_looks_like_a_column_name_by_accident(city: DemoCity) -> None:
    names = Names.of(load_columns())
    for site in READABLE:
        for title in {one.title for found in city.site(site, ENDS[2]).documents.values() for one in found}:
            assert names.match(title) is None, title
            assert not names.contained(title), (title, names.contained(title))


def test_no_section_is_named_like_a_column_by_accident(city: DemoCity) -> None:
    names = Names.of(load_columns())
    for site in READABLE:
        for section in load_site(city.root, site, ENDS[2]).sections:
            found = names.match(section.name)
            assert (found[0] if found else "") == section.key, (site, section.name)


def test_content_knows_only_columns_of_the_dictionary(city: DemoCity) -> None:
    known = load_columns()
    for site in site_ids(city.root):
        content = load_site(city.root, site, ENDS[2])
        assert content.columns.keys() <= known.keys()
        assert all(unit.columns.keys() <= known.keys() for unit in content.hosted)


def test_a_newest_day_that_an_earlier_crawl_should_have_seen_is_refused(city: DemoCity) -> None:
    column = city.site("qinghe", ENDS[2]).content.columns["audit"].model_copy(update={"newest": (date(2025, 9, 1), date(2026, 3, 1), None)})
    with pytest.raises(ContentError, match="上一季度"):
        documents("qinghe", "audit", column, city.words, {"district": "", "publisher": ""}, ENDS[2])


def test_the_register_is_valid_and_its_names_are_fictional(served: DemoCity) -> None:
    register = served.register()
    assert register.simulated
    groups = [unit.group for unit in register.units]
    assert (groups.count("区县"), groups.count("市直部门"), groups.count("镇街")) == (10, 6, 3)
    kinds = [scope.kind.value for scope in register.scopes]
    assert (kinds.count("prefix"), kinds.count("subtree"), kinds.count("query"), kinds.count("field")) == (2, 2, 2, 3)
    real = {
        "海曙区",
        "江北区",
        "北仑区",
        "镇海区",
        "鄞州区",
        "奉化区",
        "余姚市",
        "慈溪市",
        "宁海县",
        "象山县",
        "芝罘区",
        "福山区",
        "牟平区",
        "莱山区",
        "蓬莱区",
        "海阳市",
    }
    assert not real & {unit.name for unit in register.units}
    for scope in register.scopes:
        if scope.entry:
            assert requests.get(scope.entry, timeout=5).status_code == 200


def test_identity_codes_have_ten_digits_and_only_planned_differences(served: DemoCity) -> None:
    for site in served.register().sites:
        identity = served.site(site.id, ENDS[2]).content.identity
        assert re.fullmatch(r"\d{10}", site.id_code)
        assert identity.footer_id == site.id_code
        assert identity.meta_id in (site.id_code, "" if site.id == "mochuan" else site.id_code)


def test_the_server_answers_as_of_the_day_it_is_set_to(served: DemoCity) -> None:
    home = f"http://{served.sites['qinghe']}/"
    served.as_of = ENDS[0]
    first = requests.get(home, timeout=5).text
    served.as_of = ENDS[1]
    second = requests.get(home, timeout=5).text
    served.as_of = ENDS[0]
    assert "2026-03-31" in first
    assert "2026-06-30" not in first
    assert "2026-06-30" in second
    assert requests.get(f"{home}no/such/page/", timeout=5).status_code == 404
    assert requests.head(home, timeout=5).content == b""


def test_a_flaky_list_is_empty_once_a_day_and_right_from_then_on() -> None:
    with DemoCity.load() as flaky:
        flaky.start(ENDS[0])
        url = f"http://{flaky.sites['heting']}{flaky.site('heting').column_url('gazette')}"
        assert "暂无相关信息" in requests.get(url, timeout=5).text
        assert "2026-03-15" in requests.get(url, timeout=5).text
        assert "2026-03-15" in requests.get(url, timeout=5).text
