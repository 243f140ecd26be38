"""A false "missing" must not happen: what makes a column missing, stale, blank, dead, ambiguous or unread."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.observation import Sighting
from crawlers.register import ScopeEntry
from crawlers.status import FetchStatus, Looked, Match, PageState, ScopeKind
from tests.crawlers.web import HOME, Answer, Web, column, links, observe, page, rows, view

GUIDE = column("guide", "政府信息公开指南", aliases=["公开指南"])
NEWS = column("news", "政务要闻")
FRESH = rows(("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-01"))
STALE = rows(("关于做好春耕备耕工作的通知", "2025-03-20"), ("关于召开会议的通知", "2025-03-01"))


def sighted(pages: dict[str, Answer | list[Answer]], tmp_path: Path, one: object = GUIDE, **more: object) -> tuple[Sighting, Looked]:
    observation = observe(pages, [one, NEWS], tmp_path, **more)  # type: ignore[list-item,arg-type]
    scope = view(observation)
    seen = scope.sighting(one.key)  # type: ignore[attr-defined]
    assert seen is not None
    return seen, scope.looked


def home(*pairs: tuple[str, str]) -> str:
    return page("示例区", links(("政务公开", "/zwgk/"), ("政务要闻", "/news/"), *OTHERS, *pairs))


OTHERS = (("政务服务", "/fw/"), ("走进示例", "/zj/"), ("专题专栏", "/zt/"))
BASE: dict[str, Answer | list[Answer]] = {HOME + "news/": page("要闻", FRESH), HOME + "zwgk/": page("政务公开", links(("政务要闻", "/news/")))}


def test_a_column_two_clicks_away_is_found_with_its_newest_date(tmp_path: Path) -> None:
    pages = BASE | {HOME: home(), HOME + "zwgk/": page("政务公开", links(("政府信息公开指南", "/zwgk/zn/"))), HOME + "zwgk/zn/": page("指南", FRESH)}
    seen, looked = sighted(pages, tmp_path)
    assert (seen.match, seen.page, seen.newest, seen.confirmed) == (Match.EXACT, PageState.CONTENT, date(2026, 3, 20), True)
    assert looked is Looked.COMPLETE


def test_missing_is_confirmed_only_after_everything_was_read(tmp_path: Path) -> None:
    seen, looked = sighted(BASE | {HOME: home()}, tmp_path)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)
    assert any(step.action == "比对名称" and "公开指南" in step.text for step in seen.path)
    assert next(step.url for step in seen.path if step.action == "打开") == HOME


@pytest.mark.parametrize(
    "trouble", [FetchStatus.TIMEOUT, FetchStatus.RESET, 500, 503, 403, 412, "<html><body><div id='app'></div><script src='app.js'></script></body></html>"]
)
def test_missing_is_never_confirmed_when_a_menu_page_was_not_read(trouble: Answer, tmp_path: Path) -> None:
    seen, looked = sighted(BASE | {HOME: home(), HOME + "zwgk/": trouble}, tmp_path)
    assert (seen.match, seen.confirmed, looked) == (None, False, Looked.INCOMPLETE)


def test_a_dead_menu_link_is_an_answer_and_hides_nothing(tmp_path: Path) -> None:
    seen, looked = sighted(BASE | {HOME: home(), HOME + "zwgk/": 404}, tmp_path)
    assert (seen.match, seen.confirmed, looked) == (None, True, Looked.COMPLETE)


def test_missing_is_never_confirmed_when_the_budget_ran_out(tmp_path: Path) -> None:
    seen, looked = sighted(BASE | {HOME: home()}, tmp_path, budget=2)
    assert (seen.confirmed, looked) == (False, Looked.INCOMPLETE)


def test_the_second_look_finds_what_the_first_missed(tmp_path: Path) -> None:
    without, complete = home(), home(("政府信息公开指南", "/zn/"))
    seen, _ = sighted(BASE | {HOME: [without, complete], HOME + "zn/": page("指南", FRESH)}, tmp_path)
    assert (seen.match, seen.newest, seen.confirmed) == (Match.EXACT, date(2026, 3, 20), True)


def test_stale_is_confirmed_by_a_second_fetch_and_withdrawn_when_it_differs(tmp_path: Path) -> None:
    pages = BASE | {HOME: home(("政府信息公开指南", "/zn/"))}
    asked: list[int] = []

    def count(web: Web) -> None:
        asked.append(web.asked[HOME + "zn/"])

    seen, _ = sighted(pages | {HOME + "zn/": page("指南", STALE)}, tmp_path, on=count)
    assert (seen.newest, seen.confirmed, asked) == (date(2025, 3, 20), True, [2])
    seen, _ = sighted(pages | {HOME + "zn/": [page("指南", STALE), page("指南", FRESH)]}, tmp_path)
    assert (seen.newest, seen.confirmed) == (date(2026, 3, 20), True)
    seen, _ = sighted(pages | {HOME + "zn/": [page("指南", STALE), FetchStatus.TIMEOUT]}, tmp_path)
    assert (seen.newest, seen.confirmed) == (date(2025, 3, 20), False)


def test_a_fresh_column_is_fetched_once(tmp_path: Path) -> None:
    asked: list[int] = []
    sighted(
        BASE | {HOME: home(("政府信息公开指南", "/zn/")), HOME + "zn/": page("指南", FRESH)}, tmp_path, on=lambda web: asked.append(web.asked[HOME + "zn/"])
    )
    assert asked == [1]


def test_a_part_of_a_text_is_ambiguous_unless_the_page_calls_itself_so(tmp_path: Path) -> None:
    pages = BASE | {HOME: home(("新版政府信息公开指南下载", "/zn/"))}
    seen, _ = sighted(pages | {HOME + "zn/": page("下载", FRESH)}, tmp_path)
    assert seen.match is Match.CONTAINED
    seen, _ = sighted(pages | {HOME + "zn/": page("指南", FRESH, crumbs="首页 &gt; 政府信息公开指南")}, tmp_path)
    assert (seen.match, seen.newest) == (Match.ALIAS, date(2026, 3, 20))


def test_a_dead_column_falls_back_to_a_living_alias(tmp_path: Path) -> None:
    pages = BASE | {HOME: home(("政府信息公开指南", "/old/"), ("公开指南", "/zn/")), HOME + "zn/": page("指南", FRESH)}
    seen, _ = sighted(pages, tmp_path)
    assert (seen.match, seen.url) == (Match.ALIAS, HOME + "zn/")


def test_a_dead_column_without_alias_is_dead_and_confirmed(tmp_path: Path) -> None:
    seen, _ = sighted(BASE | {HOME: home(("政府信息公开指南", "/old/"))}, tmp_path)
    assert (seen.match, seen.http, seen.confirmed) == (Match.EXACT, 404, True)


def test_when_links_tie_the_page_that_calls_itself_so_wins(tmp_path: Path) -> None:
    pages = BASE | {
        HOME: home(("政府信息公开指南", "/one/"), ("政府信息公开指南", "/two/")),
        HOME + "one/": page("别的", STALE),
        HOME + "two/": page("指南", FRESH, crumbs="首页 &gt; 政府信息公开指南"),
    }
    seen, _ = sighted(pages, tmp_path)
    assert seen.url == HOME + "two/"


def test_another_sites_column_is_not_local(tmp_path: Path) -> None:
    seen, _ = sighted(BASE | {HOME: home(("政府信息公开指南", "http://province.example.invalid/zn/"))}, tmp_path)
    assert (seen.match, seen.fetch, seen.confirmed) == (Match.EXACT, None, False), "another host's list is neither there nor missing"


def test_an_empty_list_is_blank_but_never_when_a_script_could_fill_it(tmp_path: Path) -> None:
    pages = BASE | {HOME: home(("政府信息公开指南", "/zn/"))}
    seen, _ = sighted(pages | {HOME + "zn/": page("指南", "<p>暂无内容</p>")}, tmp_path)
    assert (seen.page, seen.confirmed) == (PageState.BLANK, True)
    seen, looked = sighted(pages | {HOME + "zn/": page("指南", "<ul id='list'></ul><script>$.ajax({url:'/api'})</script>")}, tmp_path)
    assert (seen.page, seen.confirmed, looked) == (PageState.NEEDS_SCRIPT, False, Looked.INCOMPLETE)


def test_a_site_that_is_down_leaves_every_column_unseen(tmp_path: Path) -> None:
    observation = observe({HOME: FetchStatus.TIMEOUT}, [GUIDE, NEWS], tmp_path)
    assert observation.status is FetchStatus.TIMEOUT
    assert all(seen.fetch is FetchStatus.TIMEOUT and not seen.confirmed for seen in view(observation).sightings)
    assert view(observation).looked is Looked.INCOMPLETE


def test_scopes_see_their_own_part_of_a_shared_site_and_each_address_is_fetched_once(tmp_path: Path) -> None:
    dept = page("住建局", links(("政府信息公开指南", "/col/2/")), crumbs="首页 &gt; 部门公开 &gt; 示例住建局")
    pages: dict[str, Answer | list[Answer]] = {
        HOME: page("示例市", links(("部门公开", "/bm/"), ("政务要闻", "/news/"))),
        HOME + "news/": page("要闻", FRESH),
        HOME + "bm/": page("部门公开", links(("示例住建局", "/col/1/"), ("示例教育局", "/bm/jyj/"), ("示例民政局", "/xx?number=A18"))),
        HOME + "col/1/": dept,
        HOME + "col/2/": page("指南", FRESH, crumbs="首页 &gt; 示例住建局 &gt; 政府信息公开指南"),
        HOME + "bm/jyj/": page("教育局", links(("政府信息公开指南", "/bm/jyj/zn/"))),
        HOME + "bm/jyj/zn/": page("指南", STALE),
        HOME + "xx?number=A18": page("民政局", links(("政府信息公开指南", "/list?number=A18&c=1"), ("政务要闻", "/news/"))),
        HOME + "list?number=A18&c=1": page("指南", FRESH),
    }
    scopes = [
        ScopeEntry(unit="zjj", site="demo", kind=ScopeKind.SUBTREE, entry=HOME + "col/1/", value="示例住建局"),
        ScopeEntry(unit="jyj", site="demo", kind=ScopeKind.PREFIX, entry=HOME + "bm/jyj/", value=HOME + "bm/jyj/"),
        ScopeEntry(unit="mzj", site="demo", kind=ScopeKind.QUERY, entry=HOME + "xx?number=A18", value="number=A18"),
        ScopeEntry(unit="lost", site="demo", kind=ScopeKind.PREFIX, entry=HOME + "bm/none/", value=HOME + "bm/none/"),
    ]
    asked: list[Web] = []
    observation = observe(pages, [GUIDE, NEWS], tmp_path, scopes=scopes, on=asked.append)
    newest = {unit: view(observation, unit).sightings[0].newest for unit in ("zjj", "jyj", "mzj")}
    assert newest == {"zjj": date(2026, 3, 20), "jyj": date(2025, 3, 20), "mzj": date(2026, 3, 20)}
    assert [view(observation, unit).matched for unit in ("zjj", "jyj", "mzj", "lost")] == [True, True, True, False]
    assert all(view(observation, unit).sightings[1].match is None for unit in ("zjj", "jyj")), "the portal's own 政务要闻 is not the department's"
    firsts = [snapshot.url for snapshot in observation.snapshots if snapshot.phase.value == "first"]
    assert len(firsts) == len(set(firsts))


def test_a_shared_list_is_filtered_by_publisher(tmp_path: Path) -> None:
    head = "<tr><th>名称</th><th>发布机构</th><th>发布日期</th></tr>"
    body = "".join(
        f'<tr><td><a href="/a/t2026030{n}_{n}.html">关于第{n}号事项的通知</a></td><td>{who}</td><td>2026-03-0{n}</td></tr>'
        for n, who in ((1, "甲镇"), (2, "乙镇"), (3, "甲镇"))
    )
    pages = {HOME: home(("政府信息公开指南", "/zn/")), HOME + "zn/": page("指南", f"<table>{head}{body}</table>")} | {
        key: value for key, value in BASE.items() if key != HOME
    }
    scopes = [ScopeEntry(unit=unit, site="demo", kind=ScopeKind.FIELD, value=name) for unit, name in (("jia", "甲镇"), ("yi", "乙镇"), ("bing", "丙镇"))]
    observation = observe(pages, [GUIDE], tmp_path, scopes=scopes)
    assert [view(observation, unit).sightings[0].newest for unit in ("jia", "yi", "bing")] == [date(2026, 3, 3), date(2026, 3, 2), None]
    assert [view(observation, unit).matched for unit in ("jia", "yi", "bing")] == [True, True, False]
