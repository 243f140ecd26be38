"""Lists whose rows a script of the page fetches from one literal address of its own host."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from crawlers.observation import Sighting
from crawlers.status import FetchStatus, PageState
from tests.crawlers.web import HOME, OTHERS, Answer, column, links, page, rows, sighting_of

FRESH = [("关于做好春耕备耕工作的通知", "2026-03-20"), ("关于召开会议的通知", "2026-03-11"), ("关于清明放假的通知", "2026-03-02")]
OLD = [(title, day.replace("2026", "2025")) for title, day in FRESH]
COLUMN = f"{HOME}tzgg/"
SHELL = "<div class='list'><ul id='rows'></ul></div>"
BESIDE = f"{COLUMN}index.json"
NUMBERED = f"{HOME}api/docs?itemId=926&pageSize=18&pageIndex=1"

CALLS = {
    "get-json": ("$.getJSON('./index.json', function(d){ draw(d) })", BESIDE),
    "ajax": ('$.ajax({url:"index.json",type:"get",dataType:"json",success:function(d){ draw(d.data) }})', BESIDE),
    "fetch": ("fetch('/tzgg/index.json').then(r => r.json()).then(draw)", BESIDE),
    "axios": ("axios.get('/tzgg/index.json').then(draw)", BESIDE),
    "xml-http-request": ("var x=new XMLHttpRequest();x.open('GET','/tzgg/index.json',true);x.onload=draw;x.send()", BESIDE),
    "constant": ("var src = './index.json'; load(src, draw)", BESIDE),
    "interface": ("$.get('/api/docs?itemId=926&pageSize=18&pageIndex=1', function(d){ draw(d) })", NUMBERED),
}
SHAPES: dict[str, Callable[[list[tuple[str, str]]], object]] = {
    "rows": lambda pairs: {
        "data": {"rows": [{"docTitle": t, "url": f"/a/{n}.html", "publishDate": f"{d} 00:00:00"} for n, (t, d) in enumerate(pairs)], "total": 3}
    },
    "list": lambda pairs: [{"title": t, "link": f"/a/{n}.html", "date": d} for n, (t, d) in enumerate(pairs)],
    "names-of-its-own": lambda pairs: {"wenjian": [{"bt_": t, "dz_": f"/a/{n}.html", "sj_": d, "wh": ""} for n, (t, d) in enumerate(pairs)]},
}


def sight(tmp_path: Path, body: str, more: dict[str, Answer | list[Answer]], asked: list[str] | None = None) -> Sighting:
    pages: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, rows(*FRESH).replace("/a/", path)) for name, path in OTHERS}
    pages |= {HOME: page("示例区人民政府", links(*OTHERS, ("通知公告", "/tzgg/"))), COLUMN: page("通知公告", body, "首页 > 通知公告"), **more}
    return sighting_of(pages, column("x", "通知公告"), tmp_path, asked)


@pytest.mark.parametrize(("script", "address"), CALLS.values(), ids=CALLS)
@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_rows_of_a_literal_address_are_read(script: str, address: str, shape: Callable[[list[tuple[str, str]]], object], tmp_path: Path) -> None:
    seen = sight(tmp_path, f"{SHELL}<script>{script}</script>", {address: json.dumps(shape(FRESH), ensure_ascii=False)})
    assert [(item.title, str(item.date)) for item in seen.items] == FRESH
    assert str(seen.newest) == "2026-03-20"


def test_addresses_that_a_script_makes_from_a_number(tmp_path: Path) -> None:
    script = "<script>$.get('/api/docs?itemId=926&pageSize=18&pageIndex=1', function(d){ d.data.rows.forEach(x => row(x.docTitle, 'ItemDetail.html?docId=' + x.docId)) })</script>"
    body = {
        "rptCode": 200,
        "data": {"total": 3, "rows": [{"docId": 90 + n, "docTitle": title, "publishDate": f"{day} 10:00:00"} for n, (title, day) in enumerate(FRESH)]},
    }
    seen = sight(tmp_path, SHELL + script, {NUMBERED: json.dumps(body, ensure_ascii=False)})
    assert [item.url for item in seen.items] == [f"{COLUMN}ItemDetail.html?docId={number}" for number in (90, 91, 92)]
    assert str(seen.newest) == "2026-03-20"


ANSWERS: dict[str, Answer] = {
    "empty": "[]",
    "nothing-in-it": '{"data":{"rows":[],"total":0}}',
    "no-days": '[{"title":"通知公告","url":"/tzgg/"},{"title":"要闻","url":"/yw/"}]',
    "refused": '{"code":500,"data":[]}',
    "no-json": page("通知公告", "<p>正文</p>"),
    "gone": 404,
    "timeout": FetchStatus.TIMEOUT,
}


@pytest.mark.parametrize("answer", ANSWERS.values(), ids=ANSWERS)
def test_an_answer_without_dated_rows_says_nothing(answer: Answer, tmp_path: Path) -> None:
    seen = sight(tmp_path, f"{SHELL}<script>$.getJSON('./index.json', draw)</script>", {BESIDE: answer})
    assert seen.page is PageState.NEEDS_SCRIPT
    assert not seen.confirmed


NOT_ASKED = {
    "put-together": "$.getJSON('/tzgg/' + name + '.json', draw)",
    "with-data": "$.ajax({url:'/api/docs?itemId=926&pageSize=18&pageIndex=1',data:{k:key},success:function(d){draw(d)}})",
    "posted": "$.ajax({url:'/tzgg/index.json?a=1',type:'POST',success:draw})",
    "counter": "$.get('/api/counter?id=7', show)",
    "menu": "$.getJSON('/js/menu.json', draw)",
    "other-host": "$.getJSON('http://data.example.invalid/tzgg/index.json', draw)",
    "two": "$.getJSON('./a.json', draw);$.getJSON('./b.json', draw)",
    "blank-parameter": "$.get('/api/docs?itemId=', draw)",
}


@pytest.mark.parametrize("script", NOT_ASKED.values(), ids=NOT_ASKED)
def test_what_is_not_plainly_the_address_of_the_list_is_not_asked(script: str, tmp_path: Path) -> None:
    asked: list[str] = []
    seen = sight(tmp_path, f"{SHELL}<script>{script}</script>", {}, asked)
    assert not any(".json" in url or "/api/" in url for url in asked)
    assert seen.page is PageState.NEEDS_SCRIPT


def test_a_page_that_holds_dated_rows_is_not_given_others(tmp_path: Path) -> None:
    asked: list[str] = []
    seen = sight(
        tmp_path,
        f"{rows(*FRESH)}<script>$.getJSON('./index.json', draw)</script>",
        {BESIDE: json.dumps([{"title": t, "url": f"/b/{d}.html", "date": d} for t, d in OLD])},
        asked,
    )
    assert str(seen.newest) == "2026-03-20"
    assert BESIDE not in asked


def test_rows_without_dates_stay_when_what_a_script_fetches_is_no_list(tmp_path: Path) -> None:
    undated = "<ul>" + "".join(f"<li><a href='/a/content_{number}.html'>{title}</a></li>" for number, (title, _) in enumerate(FRESH)) + "</ul>"
    articles: dict[str, Answer | list[Answer]] = {
        f"{HOME}a/content_{number}.html": page(title, f"<h1>{title}</h1><p>发布日期：{day}</p>") for number, (title, day) in enumerate(FRESH)
    }
    seen = sight(tmp_path, f"{undated}<script>$.getJSON('./index.json', draw)</script>", {BESIDE: "[]", **articles})
    assert str(seen.newest) == "2026-03-20"


def test_old_rows_of_a_whole_answer_are_stale_and_their_end_is_not_seen(tmp_path: Path) -> None:
    seen = sight(tmp_path, f"{SHELL}<script>$.getJSON('./index.json', draw)</script>", {BESIDE: json.dumps(SHAPES["list"](OLD), ensure_ascii=False)})
    assert str(seen.newest) == "2025-03-20"
    assert not seen.complete
