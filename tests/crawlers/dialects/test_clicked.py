"""Rows that answer to a click, that a script writes as constants, and days that stand in attributes or without signs between their parts."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.dialects import read_list
from crawlers.page import Page
from tests.crawlers.dialects.asking import titled
from tests.crawlers.web import HOME, Answer, column, links, observe, page, rows, view

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
ROWS = [("关于开展防汛备汛工作检查的通知", "2026-03-20"), ("示例市2026年重点项目清单公布", "2026-03-17"), ("示例市人民政府关于印发方案的通知", "2026-03-11")]
STATED = {
    "row-opens": "<li onclick=\"window.open('/x/{n}.html')\"><p>{t}</p><span>{d}</span></li>",
    "handler": "<li><a href='javascript:void(0)' onclick=\"openUrl('/x/{n}.html')\">{t}</a><span>{d}</span></li>",
    "script-address": "<li><a href=\"javascript:window.open('/x/{n}.html')\">{t}</a><span>{d}</span></li>",
    "data-href": "<li><a data-href='/x/{n}.html'>{t}</a><span>{d}</span></li>",
    "written": "<script>document.write('<li><a href=\"/x/{n}.html\">{t}</a><span>{d}</span></li>');</script>",
    "written-lines": '<script>document.writeln("<li><a href=\'/x/{n}.html\'>{t}</a>");document.writeln("<span>{d}</span></li>");</script>',
}
UNSTATED = {
    "number": "<li><a href='#' onclick='view({n})'>{t}</a><span>{d}</span></li>",
    "post-back": "<li><a href=\"javascript:__doPostBack('grid','{n}')\">{t}</a><em>[{d}]</em></li>",
    "row-of-a-table": "<tr><td>{n}</td><td><a href='javascript:show({n})'>{t}</a></td><td>{d}</td></tr>",
    "row-itself": "<tr onclick='view({n})'><td>{t}</td><td>{d}</td></tr>",
}
DAYS = {
    "time": "<li><a href='/x/{n}.html'>{t}</a><time datetime='{d}T10:00:00'>几天前</time></li>",
    "data-date": "<li data-date='{d}'><a href='/x/{n}.html'>{t}</a></li>",
    "data-time": "<li><a href='/x/{n}.html'>{t}</a><span data-time='{d} 10:20'></span></li>",
    "compact": "<li><a href='/x/{n}.html'>{t}</a><span>{c}</span></li>",
    "compact-in-brackets": "<li><a href='/x/{n}.html'>{t}</a><span>[{c}]</span></li>",
}


def body(shape: str) -> str:
    held = "".join(shape.format(n=n, t=title, d=day, c=day.replace("-", "")) for n, (title, day) in enumerate(ROWS))
    return f"<table>{held}</table>" if shape.startswith("<tr") else f"<ul>{held}</ul>"


def read(shape: str) -> Page:
    return Page(URL, f"<html><head><meta charset='utf-8'></head><body>{body(shape)}</body></html>".encode())


@pytest.mark.parametrize("shape", (STATED | DAYS).values(), ids=STATED | DAYS)
def test_rows_with_their_addresses(shape: str) -> None:
    items = read_list(read(shape), AS_OF).items
    assert titled(items) == ROWS
    assert [item.url for item in items] == [f"http://www.example.invalid/x/{n}.html" for n in range(3)]


@pytest.mark.parametrize("shape", UNSTATED.values(), ids=UNSTATED)
def test_rows_whose_addresses_are_not_stated(shape: str) -> None:
    items = read_list(read(shape), AS_OF).items
    assert titled(items) == ROWS
    assert {item.url for item in items} == {URL}


def test_further_pages_of_rows_without_addresses_are_not_turned() -> None:
    listing = read_list(
        Page(URL, f"<html><head><meta charset='utf-8'></head><body>{body(UNSTATED['number'])}<a href='index_1.html'>下一页</a></body></html>".encode()), AS_OF
    )
    assert (listing.more, listing.hidden) == ((), True)
    stated = read_list(
        Page(URL, f"<html><head><meta charset='utf-8'></head><body>{body(STATED['handler'])}<a href='index_1.html'>下一页</a></body></html>".encode()), AS_OF
    )
    assert [one.url for one in stated.more] == ["http://www.example.invalid/zwgk/tzgg/index_1.html"]


NONE = {
    "tools": "<li><a href='javascript:print()'>打印本页</a><span>{d}</span></li>",
    "without-days": "<li><a href='#' onclick='view({n})'>{t}</a></li>",
    "a-number": "<li><a href='/x/{n}.html'>{t}</a><span>浏览20260101次</span></li>",
    "no-such-day": "<li><a href='/x/{n}.html'>{t}</a><span>20261399</span></li>",
}


@pytest.mark.parametrize("shape", NONE.values(), ids=NONE)
def test_what_states_no_day_of_a_row(shape: str) -> None:
    assert read_list(read(shape), AS_OF).newest is None


def sight(tmp_path: Path, shape: str) -> tuple[str, bool]:
    tmp_path.mkdir()
    others = (("要闻", "/yw/"), ("公告", "/gg/"), ("服务", "/fw/"), ("互动", "/hd/"), ("专题", "/zt/"))
    pages: dict[str, Answer | list[Answer]] = {HOME + path.strip("/") + "/": page(name, rows(*ROWS).replace("/a/", path)) for name, path in others}
    pages |= {HOME: page("示例区", links(*others, ("通知公告", "/tzgg/"))), f"{HOME}tzgg/": page("通知公告", body(shape), "首页 > 通知公告")}
    seen = view(observe(pages, [column("x", "通知公告")], tmp_path)).sighting("x")
    assert seen is not None
    return str(seen.newest), seen.confirmed


@pytest.mark.parametrize("shape", UNSTATED.values(), ids=UNSTATED)
def test_clicked_rows_can_speak_for_a_column_and_not_against_it(shape: str, tmp_path: Path) -> None:
    assert sight(tmp_path / "fresh", shape)[0] == "2026-03-20"
    newest, confirmed = sight(tmp_path / "old", shape.replace("{d}", "2024-05-06"))
    assert not (newest == "2024-05-06" and confirmed)
