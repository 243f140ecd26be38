"""Each dialect whose rows come from an interface: its page, its answers, its further pages; answers that were not had or not understood."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from crawlers.dialects.gkmlpt import tree_links
from crawlers.page import Page
from crawlers.status import Dialect, FetchStatus, PageState
from tests.crawlers.dialects.asking import as_json, everything, opened, titled
from tests.crawlers.web import HOME, Answer, page

UNIT = HOME + "api-gateway/jpaas-publish-server/front/page/build/unit"
QUERY = {"parseType": "bulidstatic", "webId": "52", "tplSetId": "5Hr", "pageType": "column", "tagId": "列表新闻", "editType": "null", "pageId": "1638"}
JPAAS = (
    '<script src="/script/0/AuthorizedRead/unitbuild.js" url="/api-gateway/jpaas-publish-server/front/page/build/unit" '
    f'querydata="{json.dumps(QUERY, ensure_ascii=False).replace(chr(34), chr(39))}"></script>'
)
FIRST_UNIT = f"{UNIT}?{urlencode(QUERY)}"


def unit(number: int, size: int) -> str:
    query = QUERY | {"paramJson": json.dumps({"pageNo": number, "pageSize": str(size)}, separators=(",", ":"))}
    return f"{UNIT}?{urlencode(query)}"


def built(*days: str, total: int | None = None) -> str:
    rows = "".join(
        f"<li><a href='/col/col1638/art/2026/art_{n:032x}.html' title='关于第{day}号事项的通知'>关于…</a><span>{day}</span></li>"
        for n, day in enumerate(days, 1)
    )
    return as_json({"success": True, "code": "200", "data": {"html": f"<ul>{rows}</ul>" + (f"<div data-total='{total}'></div>" if total is not None else "")}})


def test_jpaas_rows_come_from_the_unit_and_its_pages_are_turned_inside_param_json(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {
        FIRST_UNIT: built("2026-03-20", "2026-03-10", total=3),
        unit(2, 2): built("2026-02-28", total=3),
    }
    items, first, web = everything(JPAAS, answers, tmp_path)
    assert [day for _, day in titled(items)] == ["2026-03-20", "2026-03-10", "2026-02-28"]
    assert (first.dialect, first.unread, first.hidden, len(first.more)) == (Dialect.JPAAS, False, False, 1)
    assert items[0].url == HOME + f"col/col1638/art/2026/art_{1:032x}.html"
    assert max(web.asked.values()) == 1


def test_jpaas_without_a_total_is_read_until_an_answer_has_no_rows(tmp_path: Path) -> None:
    answers: dict[str, Answer | list[Answer]] = {FIRST_UNIT: built("2026-03-20"), unit(2, 1): built("2026-03-10"), unit(3, 1): built()}
    items, _, _ = everything(JPAAS, answers, tmp_path)
    assert [day for _, day in titled(items)] == ["2026-03-20", "2026-03-10"]


def test_jpaas_prefers_the_unit_that_is_a_list(tmp_path: Path) -> None:
    menu = JPAAS.replace("列表新闻", "导航菜单").replace("1638", "99")
    visit = opened(menu + JPAAS, {FIRST_UNIT: built("2026-03-20")}, tmp_path)
    assert [item.date and item.date.isoformat() for item in visit.listing.items] == ["2026-03-20"]


def test_jpaas_unit_written_out_in_a_script(tmp_path: Path) -> None:
    body = f"<script>$.get('/api-gateway/jpaas-publish-server/front/page/build/unit?{urlencode(QUERY)}', show);</script>"
    assert opened(body, {FIRST_UNIT: built("2026-03-20")}, tmp_path).listing.newest is not None


def test_jpaas_query_list_is_asked_by_post(tmp_path: Path) -> None:
    def form(current: int) -> str:
        return HOME + "queryList|" + urlencode({"current": current, "unitid": "538271", "webSiteCode[]": "demo", "channelCode[]": "c1", "perPage": "2"})

    def rows(*days: str) -> str:
        found = [{"source": {"title": f"公告{day}", "pubDate": f"{day} 10:00:00", "urls": {"pc": f"/a/{day}.html"}}} for day in days]
        return as_json({"code": 200, "data": {"total": 3, "results": found}})

    body = "<script>loadPageData({unitid: '538271', webSiteCode: 'demo', channelCode: 'c1', perPage: 2});</script>"
    items, first, web = everything(body, {form(1): rows("2026-03-20", "2026-03-10"), form(2): rows("2026-03-01")}, tmp_path)
    assert titled(items) == [("公告2026-03-20", "2026-03-20"), ("公告2026-03-10", "2026-03-10"), ("公告2026-03-01", "2026-03-01")]
    assert (first.dialect, len(web.forms)) == (Dialect.JPAAS, 2)


SEARCH = HOME + "module/xxgk/search.jsp?infotypeId=A1&divid=div1&jdid=1&area="


def xxgk(foot: str, *days: str) -> str:
    rows = "".join(f"<tr><td><a href='/art/2026/3/1/art_1_{n}.html' mc='全名{day}' rq='{day}' wh=''>全…</a></td></tr>" for n, day in enumerate(days))
    return f"<html><body><table>{rows}</table><div>{foot}</div></body></html>"


def test_xxgk_dates_stand_in_the_attribute_of_the_link(tmp_path: Path) -> None:
    frame = (
        f"<iframe src='{SEARCH.removeprefix(HOME[:-1]).replace('&', '&amp;')}'></iframe>" + "<a href='/1/'>甲</a><a href='/2/'>乙</a><a href='/3/'>丙</a>" * 6
    )
    answers: dict[str, Answer | list[Answer]] = {
        SEARCH: xxgk("第1页/共2页", "2026-03-20", "2026-03-02"),
        SEARCH + "&currpage=2": xxgk("第2页/共2页", "2025-12-30"),
    }
    items, first, _ = everything(frame, answers, tmp_path)
    assert titled(items) == [("全名2026-03-20", "2026-03-20"), ("全名2026-03-02", "2026-03-02"), ("全名2025-12-30", "2025-12-30")]
    assert first.dialect is Dialect.XXGK


def test_xxgk_newer_layout_and_a_search_that_finds_nothing(tmp_path: Path) -> None:
    newer = "<div class='zfxxgk_zdgkc'><ul><li><a href='/art/2026/3/9/art_1_9.html' title='新版目录信息公开事项'>新版</a><b>2026-03-09</b></li></ul></div>"
    frame = f"<iframe src='{SEARCH}'></iframe>" + "<a href='/1/'>甲</a>" * 16
    assert titled(opened(frame, {SEARCH: newer}, tmp_path).listing.items) == [("新版目录信息公开事项", "2026-03-09")]
    nothing = opened(frame, {SEARCH: xxgk("暂无相关信息")}, tmp_path).listing
    assert (nothing.empty, nothing.unread) == (True, False)


def fj(page_number: int, size: int = 2) -> str:
    form = {"channelid": "229105", "sortfield": "-docreltime", "classsql": "chnlid=1780", "page": page_number, "prepage": size}
    return HOME + "fjdzapp/search|" + urlencode(form)


FJ_SCRIPT = "<script>avalon.list({recordCount: '%s', search: '/fjdzapp/search', channelid: '229105', sortfield: '-docreltime', classsql: 'chnlid=1780', prepage: '2'});</script>"


def fj_rows(*days: str) -> str:
    return as_json(
        {"data": [{"doctitle": f"通报{day}", "docpuburl": "", "chnldocurl": f"/t/{day}.htm", "docreltime": f"{day} 08:00:00"} for day in days], "pageCount": 2}
    )


def test_fjapi_static_rows_first_and_the_rest_by_post(tmp_path: Path) -> None:
    block = "<div ms-visible='$showStatic(%d)'><ul><li><a href='./202603/t20260301_%d.htm' title='静态通报第%d号的标题'>静态通报</a><em></em><span class='bf-pass'>%s</span></li></ul></div>"
    static = "<div ms-controller='list'>" + block % (1, 1, 1, "2026-03-20") + block % (2, 2, 2, "2026-03-18") + "</div>"
    items, first, _ = everything(static + FJ_SCRIPT % 3, {fj(2): fj_rows("2026-03-01")}, tmp_path)
    assert titled(items) == [("静态通报第1号的标题", "2026-03-20"), ("静态通报第2号的标题", "2026-03-18"), ("通报2026-03-01", "2026-03-01")]
    assert first.dialect is Dialect.FJAPI


def test_fjapi_without_static_rows_is_asked_at_once(tmp_path: Path) -> None:
    items, _, _ = everything(FJ_SCRIPT % 3, {fj(1): fj_rows("2026-03-20", "2026-03-18"), fj(2): fj_rows("2026-03-01")}, tmp_path)
    assert [day for _, day in titled(items)] == ["2026-03-20", "2026-03-18", "2026-03-01"]
    assert items[0].url == HOME + "t/2026-03-20.htm"


TREE = [{"id": 1, "name": "信息公开", "children": [{"id": 480, "name": "规范性文件", "children": []}, {"id": 482, "name": "外链", "jump_url": "/zcjd/"}]}]
SHELL = f"<html><body><div id='app'></div><script>window._CONFIG = {{SID: '755001', TREE: {as_json(TREE)}, SERVICE_AREA_ID: '1'}};</script></body></html>"
GK = HOME + "gkmlpt/index"


def gk(*rows: dict[str, Any], count: int = 2) -> str:
    return as_json({"articles": list(rows), "classify": {"id": 480, "post_count": count}})


def test_gkmlpt_a_fragment_is_a_column_and_the_tree_its_menu(tmp_path: Path) -> None:
    one = {
        "title": "办法一",
        "url": GK + "/post_1.html",
        "created_at": "2026-03-05 10:00:00",
        "date": 1577836800,
        "publisher": "办公室",
        "is_expired": 0,
        "is_abolished": 1,
    }
    two = {"title": "办法二", "url": GK + "/post_2.html", "display_publish_time": 1772294400, "date": 1577836800, "is_expired": 1, "is_abolished": 0}
    api = HOME + "gkmlpt/api/all/480?page={}&sid=755001"
    items, first, web = everything(SHELL, {api.format(1): gk(one), api.format(2): gk(two)}, tmp_path, url=GK + "#480")
    assert titled(items) == [("办法一", "2026-03-05"), ("办法二", "2026-03-01")]
    assert [item.validity for item in items] == ["废止", "失效"]
    assert (items[0].publisher, first.dialect, web.asked[GK]) == ("办公室", Dialect.GKMLPT, 1)
    links = {link.text: link.url for link in tree_links(Page(GK, SHELL.encode()))}
    assert links == {"信息公开": GK + "#1", "规范性文件": GK + "#480", "外链": HOME + "zcjd/"}


def test_gkmlpt_shell_is_content_once_its_rows_were_had(tmp_path: Path) -> None:
    api = HOME + "gkmlpt/api/all/480?page=1&sid=755001"
    row = {"title": "办法一", "url": "/gkmlpt/content/1/1/post_1.html", "created_at": "2026-03-05 10:00:00"}
    assert opened(SHELL, {api: gk(row, count=1)}, tmp_path, url=GK + "#480").state is PageState.CONTENT
    visit = opened(SHELL, {api: 500}, tmp_path, url=GK + "#480")
    assert (visit.state, visit.listing.unread, visit.readable) == (PageState.NEEDS_SCRIPT, True, False)


CHANNEL = "5ad7f285c40d4f478a7b43b9fcd67d70"


@pytest.mark.parametrize(
    "script",
    [
        f"$.get('/common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=2&_template=index&page=1', show)",
        f"var channelid = '{CHANNEL}'; $.ajax({{url: '/common/search/'+channelid+'?_isAgg=true&_isJson=true&_pageSize=2&_template=index&page=' + n}})",
    ],
)
def test_ucap_whole_addresses_and_those_put_together_from_a_channel(script: str, tmp_path: Path) -> None:
    def rows(*days: str) -> str:
        return as_json(
            {
                "data": {
                    "total": 3,
                    "results": [{"title": f"新闻{d}", "url": f"//www.example.invalid/c/{d}.shtml", "publishedTimeStr": f"{d} 09:00:00"} for d in days],
                }
            }
        )

    api = HOME + f"common/search/{CHANNEL}?_isAgg=true&_isJson=true&_pageSize=2&_template=index&page={{}}"
    items, first, _ = everything(f"<script>{script}</script>", {api.format(1): rows("2026-03-20", "2026-03-18"), api.format(2): rows("2026-03-01")}, tmp_path)
    assert titled(items) == [("新闻2026-03-20", "2026-03-20"), ("新闻2026-03-18", "2026-03-18"), ("新闻2026-03-01", "2026-03-01")]
    assert (first.dialect, items[0].url) == (Dialect.UCAP, HOME + "c/2026-03-20.shtml")


@pytest.mark.parametrize(
    ("answer", "day"),
    [
        (as_json({"page": {"content": [{"TITLE": "通知", "URL": "/a.html", "FBRQ": "2026-03-18T16:00:00.000+0000"}], "total": 1}}), "2026-03-19"),
        ("cb(" + as_json({"resultDocs": [{"data": {"titleText": "通知", "url": "/a.html", "docDate": "", "pubDate": 1773936000000}}]}) + ");", "2026-03-20"),
        (as_json([{"TITLE": "通知", "URL": "/a.html", "DOCRELPUBTIME": "", "time": "20260320"}]), "2026-03-20"),
        (as_json({"rows": [{"bt": "通知", "link": "/a.html", "fbsj": "2026年3月20日"}], "total": "1"}), "2026-03-20"),
    ],
)
def test_search_interfaces_spell_dates_as_they_like(answer: str, day: str, tmp_path: Path) -> None:
    api = "/igs/front/search/list.html?index=zcwj&pageSize=20&pageNumber=1"
    visit = opened(f"<script>$.getJSON('{api}', show);</script>", {HOME + api[1:]: answer}, tmp_path)
    assert titled(visit.listing.items) == [("通知", day)]


def test_jpage_without_a_record_of_its_own_asks_its_proxy(tmp_path: Path) -> None:
    def store(*days: str) -> str:
        records = "".join(f"<record><![CDATA[<li><a href='/art/2026/3/1/art_7_{d}.html'>关于{d}的通知</a><b>{d}</b></li>]]></record>" for d in days)
        return f"<datastore><totalrecord>3</totalrecord><recordset>{records}</recordset></datastore>"

    body = "<script>$('#8').jpage({perPage: 2, proxyUrl: '/module/web/jpage/dataproxy.jsp', columnid: 7, unitid: 8, webid: 9});</script>"
    one = f"{HOME}module/web/jpage/dataproxy.jsp?startrecord=1&endrecord=6&perpage=6|columnid=7&unitid=8&webid=9"
    items, first, _ = everything(body, {one: store("2026-03-20", "2026-03-18", "2026-03-01")}, tmp_path)
    assert [day for _, day in titled(items)] == ["2026-03-20", "2026-03-18", "2026-03-01"]
    assert (first.dialect, first.more) == (Dialect.JPAGE, ())


@pytest.mark.parametrize(
    "answer",
    [
        404,
        500,
        412,
        FetchStatus.TIMEOUT,
        FetchStatus.ROBOTS,
        "",
        "<html><body>请登录</body></html>",
        "not json",
        '{"success": false, "code": "500", "message": "系统繁忙"}',
        '{"code": 500, "data": {"html": ""}}',
        '{"success": true, "data": {"html": ""}}',
        '{"success": true, "data": null}',
        '{"success": true, "data": {"html": 7}}',
        '{"data": {"results": "none", "total": "many"}}',
        '{"data": {"results": [{"title": 1, "url": []}, null, 3]}}',
        '{"data": {"results": [], "total": 12}}',
        "[" * 100_000,
        '{"a":' * 50_000 + "1" + "}" * 50_000,
        '{"data": {"results": [' + '{"title": {"title": {}}, "url": {"pc": {}}},' * 20_000 + "null]}}",
    ],
    ids=lambda value: str(value)[:24],
)
def test_an_answer_that_was_not_had_or_not_understood_leaves_the_list_unread(answer: Answer, tmp_path: Path) -> None:
    listing = opened(JPAAS, {FIRST_UNIT: answer}, tmp_path).listing
    assert (listing.unread, listing.empty, listing.items) == (True, False, ())


@pytest.mark.parametrize("answer", ['{"success": true, "code": "200", "data": {"html": "<ul></ul>"}}', '{"code": 200, "data": {"total": 0, "results": []}}'])
def test_an_answer_that_states_no_rows_is_an_empty_list(answer: str, tmp_path: Path) -> None:
    listing = opened(JPAAS, {FIRST_UNIT: answer}, tmp_path).listing
    assert (listing.empty, listing.unread) == (True, False)


def test_the_interface_of_a_stranger_is_not_asked(tmp_path: Path) -> None:
    body = JPAAS.replace('url="/api', 'url="http://stranger.example.org/api')
    stranger = FIRST_UNIT.replace(HOME, "http://stranger.example.org/")
    assert opened(body, {stranger: built("2026-03-20")}, tmp_path).listing.unread


def test_a_list_in_a_frame_belongs_to_its_page(tmp_path: Path) -> None:
    framed = "<ul><li><a href='/a/t20260320_1.html'>框架里的通知事项</a><span>2026-03-20</span></li></ul>"
    body = "<iframe src='/list.html'></iframe>" + "<a href='/1/'>甲</a>" * 16
    assert titled(opened(body, {HOME + "list.html": page("内", framed)}, tmp_path).listing.items) == [("框架里的通知事项", "2026-03-20")]
