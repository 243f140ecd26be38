"""Units that share a site, and names that several links bear: what is not plainly another's, or plainly the column, leaves a negative open."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.bounds import plain
from crawlers.observation import Sighting
from crawlers.publishers import is_by
from crawlers.register import ScopeEntry
from crawlers.status import Looked, Match, PageState, ScopeKind
from tests.crawlers.web import HOME, REDIRECT, Answer, column, links, observe, page, rows, view

Pages = dict[str, Answer | list[Answer]]
GUIDE = column("guide", "政府信息公开指南", aliases=["公开指南"])
NEWS = column("news", "政务要闻")
NOTICES = column("notices", "通知公告", aliases=["公示公告"])
MENU = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("专题", "/zt/"))
FRESH = rows(("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-01"))
STALE = rows(("关于做好春耕备耕工作的通知", "2025-03-20"), ("关于召开会议的通知", "2025-03-01"))
TOPIC = rows(*[(f"专题第{number}号通知全文", f"2024-05-{number + 10}") for number in range(15)])
LEAVES: Pages = {HOME + path.strip("/") + "/": page(name, rows(("某某事项的通知", "2026-03-19"))) for name, path in MENU}
DAY = date(2026, 3, 20)


def home(*pairs: tuple[str, str], more: str = "") -> str:
    return page("示例区", links(*MENU, *pairs) + more)


def see(tmp_path: Path, pages: Pages, scope: ScopeEntry | None = None) -> tuple[Sighting, Looked]:
    found = view(observe(LEAVES | pages, [GUIDE, NEWS] if scope else [NOTICES], tmp_path, scopes=[scope] if scope else None))
    return found.sightings[0], found.looked


def missing(seen: Sighting, looked: Looked) -> bool:
    return seen.match is None and seen.confirmed and looked is Looked.COMPLETE


SUBTREE = ScopeEntry(unit="u", site="demo", kind=ScopeKind.SUBTREE, entry=HOME + "col/1/", value="示例住建局")
PREFIX = ScopeEntry(unit="u", site="demo", kind=ScopeKind.PREFIX, entry=HOME + "bm/jyj/", value=HOME + "bm/jyj/")
QUERY = ScopeEntry(unit="u", site="demo", kind=ScopeKind.QUERY, entry=HOME + "xx?number=A18", value="number=A18")
FIELD = ScopeEntry(unit="u", site="demo", kind=ScopeKind.FIELD, value="甲镇")


def subtree(guide: str = "", *more: tuple[str, str]) -> Pages:
    menu = (*more, ("政务要闻", "/col/3/"))
    return {
        HOME: home(("部门公开", "/bm/")),
        HOME + "bm/": page("部门公开", links(("示例住建局", "/col/1/"))),
        HOME + "col/1/": page("住建局", links(*menu), "首页 &gt; 部门公开 &gt; 示例住建局"),
        HOME + "col/3/": page("要闻", FRESH, "首页 &gt; 示例住建局 &gt; 政务要闻"),
        HOME + "col/2/": page("指南", FRESH, guide),
    }


@pytest.mark.parametrize("crumb", ["", "首页 &gt; 示例区住房和城乡建设局 &gt; 政府信息公开指南"])
def test_a_page_that_does_not_name_the_subtree_is_not_missing_where_the_departments_page_links_to_it(crumb: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, subtree(crumb, ("政府信息公开指南", "/col/2/")), SUBTREE)
    assert seen.match is Match.CONTAINED


@pytest.mark.parametrize("crumb", ["", "首页 &gt; 示例区住房和城乡建设局 &gt; 法定公开"])
def test_what_lies_behind_a_page_without_the_subtrees_name_is_found(crumb: str, tmp_path: Path) -> None:
    pages = subtree("首页 &gt; 示例住建局 &gt; 政府信息公开指南", ("法定公开", "/col/9/"))
    seen, _ = see(tmp_path, pages | {HOME + "col/9/": page("法定", links(("政府信息公开指南", "/col/2/")), crumb)}, SUBTREE)
    assert (seen.match, seen.newest) == (Match.EXACT, DAY)


def test_a_column_that_a_subtree_really_lacks_is_missing(tmp_path: Path) -> None:
    assert missing(*see(tmp_path, subtree(), SUBTREE))


def prefix(link: str = "") -> Pages:
    menu = ((("政府信息公开指南", link),) if link else ()) + (("政务要闻", "/bm/jyj/yw/"),)
    pages: Pages = {
        HOME: home(("部门公开", "/bm/")),
        HOME + "bm/": page("部门", links(("教育局", "/bm/jyj/"))),
        HOME + "bm/jyj/": page("教育局", links(*menu)),
        HOME + "bm/jyj/yw/": page("要闻", FRESH),
    }
    return pages | ({(link if "://" in link else HOME + link.strip("/") + "/"): page("指南", FRESH)} if link else {})


@pytest.mark.parametrize("link", ["https://www.example.invalid/bm/jyj/zn/", "http://example.invalid/bm/jyj/zn/", "http://www.example.invalid:80/bm/jyj/zn/"])
def test_a_twin_of_a_prefix_is_within_it(link: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, prefix(link), PREFIX)
    assert (seen.match, seen.newest) == (Match.EXACT, DAY)


def test_a_column_that_the_units_page_links_to_outside_its_prefix_is_not_missing(tmp_path: Path) -> None:
    seen, _ = see(tmp_path, prefix("/zfxxgk/jyj/zn/"), PREFIX)
    assert seen.match is Match.CONTAINED


def test_a_column_that_a_prefix_really_lacks_is_missing(tmp_path: Path) -> None:
    assert missing(*see(tmp_path, prefix(), PREFIX))


@pytest.mark.parametrize("link", ["/list?dept=A18&c=1", "/list?number=a18&c=1", "/info/12.html"])
def test_a_column_whose_address_lost_the_units_parameter_is_not_missing(link: str, tmp_path: Path) -> None:
    pages: Pages = {
        HOME: home(("部门", "/xx?number=A18")),
        HOME + "xx?number=A18": page("民政", links(("政府信息公开指南", link), ("政务要闻", "/yw?number=A18"))),
        HOME + "yw?number=A18": page("要闻", FRESH),
        HOME + link.strip("/"): page("指南", FRESH),
    }
    seen, _ = see(tmp_path, pages, QUERY)
    assert seen.match is Match.CONTAINED


def test_an_address_and_its_twins_are_one() -> None:
    assert len({plain(url) for url in ("http://a.cn", "https://www.a.cn:443/", "HTTP://WWW.A.CN:80/")}) == 1
    assert plain("http://a.cn:8080/x?u=http://www.b.cn") == "a.cn:8080/x?u=http://www.b.cn"


def table(*publishers: str, stated: bool = True) -> str:
    head = "<tr><th>名称</th>" + ("<th>发布机构</th>" if stated else "") + "<th>发布日期</th></tr>"
    return (
        f"<table>{head}"
        + "".join(
            f"<tr><td><a href='/a/t2026030{n}_{n}.html'>关于第{n}号事项的通知</a></td>{f'<td>{who}</td>' if stated else ''}<td>2026-03-0{n}</td></tr>"
            for n, who in enumerate(publishers, 1)
        )
        + "</table>"
    )


def shared(body: str) -> Pages:
    return {
        HOME: home(("政府信息公开指南", "/zn/"), ("政务要闻", "/news/")),
        HOME + "zn/": page("指南", body),
        HOME + "news/": page("要闻", table("甲镇", "乙镇")),
    }


@pytest.mark.parametrize("publisher", ["甲镇人民政府", "甲镇、乙镇", "甲镇 乙镇", "甲镇人民政府办公室", "乙镇联合甲镇"])
def test_a_publisher_written_in_full_or_jointly_is_the_unit(publisher: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, shared(table(publisher, "乙镇")), FIELD)
    assert (seen.match, seen.newest) == (Match.EXACT, date(2026, 3, 1))


@pytest.mark.parametrize("body", [table("", "", stated=False), table("", "乙镇")])
def test_entries_that_state_no_publisher_are_nobody_elses(body: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, shared(body), FIELD)
    assert seen.match is Match.CONTAINED


def test_a_list_that_only_others_publish_is_missing_for_the_unit(tmp_path: Path) -> None:
    assert missing(*see(tmp_path, shared(table("乙镇", "甲镇中学")), FIELD))


def test_a_name_within_another_name_is_not_the_unit() -> None:
    assert [is_by("甲镇", who) for who in ("甲镇中学", "乙镇", "示例区甲镇人民政府", "")] == [False, False, None, None]
    assert is_by("示例区住房和城乡建设局", "示例区住房和城乡建设局 示例区教育局") is True


def many(living: str) -> Pages:
    return {HOME: home(*[("通知公告", f"/o{number}/") for number in range(6)]), HOME + "o5/": page("公告栏", living)}


def test_the_sixth_link_of_a_name_is_opened_when_five_are_dead(tmp_path: Path) -> None:
    seen, _ = see(tmp_path, many(FRESH))
    assert (seen.http, seen.newest) == (200, DAY)


def test_a_link_that_was_not_opened_leaves_a_stale_one_open(tmp_path: Path) -> None:
    seen, _ = see(tmp_path, many(FRESH) | {HOME + f"o{number}/": page("公告栏", STALE) for number in range(5)})
    assert seen.newest != DAY
    assert not seen.confirmed


def test_a_dead_link_beside_one_to_another_host_is_not_confirmed(tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(("通知公告", "/old/"), ("通知公告", "http://zwgk.other.invalid/tzgg/"))})
    assert not seen.confirmed


def test_a_page_that_calls_itself_by_the_name_lives_in_place_of_a_dead_link(tmp_path: Path) -> None:
    pages: Pages = {HOME: home(("通知公告", "/old/"), more="<a href='/tz2/'><img src='a.png'></a>"), HOME + "tz2/": page("公告", FRESH, "首页 &gt; 通知公告")}
    seen, _ = see(tmp_path, pages)
    assert (seen.http, seen.newest) == (200, DAY)


def test_a_single_dead_link_is_dead(tmp_path: Path) -> None:
    seen, _ = see(tmp_path, {HOME: home(("通知公告", "/old/"))})
    assert (seen.http, seen.confirmed) == (404, True)


def topic(crumb: str, body: str) -> Pages:
    return {
        HOME: home(("通知公告", "/tzgg/")),
        HOME + "zt/": page("专题", links(("通知公告", "/zt/a/tzgg/"), ("工作动态", "/zt/a/gzdt/"))),
        HOME + "tzgg/": page("通知公告_示例区", FRESH, crumb),
        HOME + "zt/a/tzgg/": page("通知公告_专题", body, crumb and "首页 &gt; 专题 &gt; 通知公告"),
    }


@pytest.mark.parametrize("crumb", ["", "首页 &gt; 通知公告"])
def test_a_topics_longer_list_does_not_stand_for_the_sites_own(crumb: str, tmp_path: Path) -> None:
    seen, _ = see(tmp_path, topic(crumb, TOPIC))
    assert (seen.url, seen.newest) == (HOME + "tzgg/", DAY)


def test_a_fresher_page_of_the_same_name_leaves_a_stale_one_open(tmp_path: Path) -> None:
    pages = topic("", STALE) | {HOME + "zt/a/tzgg/": page("通知公告", STALE, "首页 &gt; 专题 &gt; 通知公告")}
    seen, _ = see(tmp_path, pages)
    assert seen.newest == DAY or not seen.confirmed


@pytest.mark.parametrize("empty", [STALE, "<p>暂无内容</p>"])
def test_a_living_alias_leaves_a_bad_column_open(empty: str, tmp_path: Path) -> None:
    pages: Pages = {HOME: home(("通知公告", "/old/"), ("公示公告", "/new/")), HOME + "old/": page("x", empty), HOME + "new/": page("公示公告", FRESH)}
    seen, _ = see(tmp_path, pages)
    assert not seen.confirmed


def test_two_stale_lists_of_a_name_are_stale(tmp_path: Path) -> None:
    pages = topic("首页 &gt; 通知公告", TOPIC) | {HOME + "tzgg/": page("通知公告", STALE, "首页 &gt; 通知公告")}
    seen, _ = see(tmp_path, pages)
    assert (seen.newest, seen.confirmed, seen.page) == (date(2025, 3, 20), True, PageState.CONTENT)


@pytest.mark.parametrize("link", ["/", "/index.html", "/search?q=x", "/zwgk/tzgg/"])
def test_what_stands_in_for_a_column_is_not_it(link: str, tmp_path: Path) -> None:
    front = home(("通知公告", link), more=FRESH)
    pages: Pages = {
        HOME: front,
        HOME + "index.html": front,
        HOME + "search?q=x": page("站内搜索", FRESH),
        HOME + "zwgk/": page("政务公开", FRESH),
        HOME + "zwgk/tzgg/": REDIRECT + HOME + "zwgk/",
    }
    seen, _ = see(tmp_path, pages)
    assert seen.match is Match.CONTAINED


def test_many_names_that_lead_to_one_page_of_another_name_prove_nothing(tmp_path: Path) -> None:
    pages: Pages = {
        HOME: home(("政府公开", "/gk/"), ("通知公告", "/gk/"), ("政策解读", "/gk/"), ("规划计划", "/gk/")),
        HOME + "gk/": page("公开", FRESH, "首页 &gt; 政府公开"),
    }
    seen, _ = see(tmp_path, pages)
    assert seen.match is Match.CONTAINED
