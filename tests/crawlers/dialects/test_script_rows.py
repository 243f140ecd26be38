"""Rows that stand in a script as its author wrote them; what is computed there is not guessed."""

from datetime import date

import pytest

from crawlers.dialects import read_list
from crawlers.dialects.literal import literal_at
from crawlers.page import Page
from crawlers.status import DateFrom, Dialect
from tests.crawlers.dialects.asking import titled

URL = "http://www.example.invalid/zwgk/tzgg/index.html"
AS_OF = date(2026, 3, 31)
ROWS = [("关于第20件事项的通知", "2026-03-20"), ("关于第17件事项的通知", "2026-03-17"), ("关于第11件事项的通知", "2026-03-11")]
SIDE = "<div class='side'><ul>" + "".join(f"<li><a href='/zt/2025/content_{n}.html'>某专题的第{n}条</a></li>" for n in (1, 2)) + "</ul></div>"


def read(script: str, body: str = SIDE) -> Page:
    return Page(URL, f"<html><head><meta charset='utf-8'></head><body><div id='list'></div>{body}<script>{script}</script></body></html>".encode())


def each(shape: str, between: str = "") -> str:
    return between.join(shape.replace("%n", str(n)).replace("%t", title).replace("%d", day) for n, (title, day) in enumerate(ROWS))


SCRIPTS = {
    "objects-without-quotes": "var numbers = [" + each("{id:%n, title:'%t', url:'/a/%n.html', date:'%d'}", ",\n") + "];",
    "objects-on-lines-of-their-own": "var numbers = [\n" + each("    {\n  title: '%t',\n  url: './%n.html',\n  time: '%d', // 发布\n },\n") + "];",
    "names-of-its-own": "var numbers=[" + each("{bt:'%t',dz:'/a/%n.shtml',sj:'%d'}", ",") + "]",
    "lists-of-strings": "var numbers = [" + each("['%t','/a/%n.html','%d']", ",") + "];\nfor(var i=0;i<numbers.length;i++){show(numbers[i])}",
    "address-first": "var data = new Array(" + each('new Array("/a/%n.html","%d","%t")', ",") + ");",
    "pushed": "var numbers = [];" + each("numbers.push({title:'%t',url:'/a/%n.html',pubDate:'%d'});\n"),
    "pushed-lists": "var numbers = new Array();" + each("numbers.push(['%d', '%t', '/a/%n.html']);\n"),
    "by-number": "var numbers = [];" + each("numbers[%n] = {'title':'%t','url':'/a/%n.html','date':'%d'};\n"),
    "lists-by-number": "var numbers = new Array();" + each('numbers[%n] = new Array("%t", "/a/%n.html", "%d");\n'),
    "json-in-lines": "var numbers = [\n\n" + each('{\n"title":"%t","url":"/a/%n.html","date":"%d"}', ",\n") + "\n]",
    "after-analytics": "var _hmt=_hmt||[];_hmt.push(['_setAutoPageview', false]);var numbers=[" + each("{title:'%t',url:'/a/%n.html',date:'%d'}", ",") + "]",
    "escaped": "var numbers = [" + each("{title:'<b>%t</b>',url:'\\/a\\/%n.html',date:\"%d 10:00:00\"}", ",") + "];",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_rows_as_scripts_write_them(script: str) -> None:
    listing = read_list(read(script), AS_OF)
    assert listing.dialect is Dialect.JSARRAY
    assert titled(listing.items) == ROWS
    assert {item.date_from for item in listing.items} == {DateFrom.LIST}
    assert [item.url.rsplit("/", 1)[1].split(".")[0] for item in listing.items] == ["0", "1", "2"]


COMPUTED = {
    "glued": "var numbers = [" + each("{title:'%t'+more,url:'/a/%n.html',date:'%d'}", ",") + "];",
    "called": "var numbers = [" + each("{title:'%t',url:to(%n),date:'%d'}", ",") + "];",
    "no-address": "var numbers = [" + each("{name:'%t',value:%n,date:'%d'}", ",") + "];",
    "no-days": "var numbers = [" + each("{title:'%t',url:'/a/%n.html'}", ",") + "];",
    "broken-off": "var numbers = [" + each("{title:'%t',url:'/a/%n.html',date:'%d'}", ","),
}


@pytest.mark.parametrize("script", COMPUTED.values(), ids=COMPUTED)
def test_what_a_script_computes_is_not_guessed(script: str) -> None:
    assert read_list(read(script), AS_OF).dialect is not Dialect.JSARRAY


def test_a_short_list_in_a_script_beside_a_longer_one_without_dates_is_not_the_list() -> None:
    longer = "<ul>" + "".join(f"<li><a href='/tzgg/content_{n}.html'>关于某项工作的第{n}号通知</a></li>" for n in range(8)) + "</ul>"
    assert len(read_list(read(SCRIPTS["pushed"], longer), AS_OF).items) == 8


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("[1, 'a', \"b\", true, null,]", [1, "a", "b", True, None]),
        ("{a: {'b': [-2.5]}, /* c */ 3: ``}", {"a": {"b": [-2.5]}, "3": ""}),
        ("new Array(1, new Array())", [1, []]),
        ("['\\u4e2d\\x41\\'']", ["中A'"]),
        ("[a]", None),
        ("[1 + 2]", None),
        ("['a'.b]", None),
        ("[" * 30 + "]" * 30, None),
        ("{a: `${b}`}", None),
        ("[1", None),
    ],
)
def test_literals(text: str, value: object) -> None:
    found = literal_at(text, 0)
    assert (found[0] if found else None) == value
    assert found is None or found[1] == len(text)
