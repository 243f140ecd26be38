"""A page cannot make parsing slow by nesting, and an ordinary page is parsed as it came."""

import time

import pytest

from crawlers.nesting import flattened
from crawlers.page import Page

URL = "http://www.example.invalid/"


@pytest.mark.parametrize("tag", ["div", "ul", "section", "DIV", "div class='a'"])
def test_a_deep_page_is_read_in_reasonable_time(tag: str) -> None:
    source = f"<{tag}>" * 100_000 + "<p>正文在最里面</p><a href='/a/'>政府信息公开指南</a>"
    began = time.process_time()
    page = Page(URL, source.encode())
    assert "正文在最里面" in page.text
    assert [link.url for link in page.links] == [f"{URL}a/"]
    assert time.process_time() - began < 5


def test_what_an_ordinary_page_holds_stays_where_it_is() -> None:
    rows = "".join(f"<li><a href='/a/{number}.html'>第{number}条<br><img src=x><span>2026-03-01</span></a>" for number in range(5000))
    source = f"<html><body><div><ul>{rows}</ul></div></body></html>"
    assert flattened(source) is source
    assert len(Page(URL, source.encode()).links) == 5000


def test_only_what_stands_too_deep_is_flattened() -> None:
    deep = "<div>" * 3000 + "<b>深处</b>" + "</div>" * 3000 + "<div><i>浅处</i></div>"
    assert flattened(deep) is deep  # it closes what it opens, and 3,000 take 40 ms
    lost = flattened("<div>" * 3000 + "<i>深处</i>")
    assert (lost.count("<div>"), lost.endswith("深处</i>")) == (500, True)
