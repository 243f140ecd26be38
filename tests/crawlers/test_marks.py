"""Words that tell how a page is made: found as by a plain search, whatever covers them and however they are encoded."""

import ast
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import crawlers
import crawlers.marks
from crawlers.marks import MARKS, Words, has_alike, marks_in
from crawlers.page import Page

_FEW = st.text("abA<", min_size=1, max_size=5)


@given(st.lists(_FEW, min_size=1, max_size=8), st.text("abAB< 文", max_size=60))
def test_words_are_found_as_by_a_plain_search(words: list[str], text: str) -> None:
    lowered = text.encode().lower()

    assert Words(words).held(text.encode()) == {word.lower() for word in words if word.lower().encode() in lowered}


@given(st.lists(st.sampled_from([*MARKS, *(mark.upper() for mark in MARKS), " ", "文", "x", "/"]), max_size=12).map("".join))
def test_marks_are_found_as_by_a_plain_search(text: str) -> None:
    assert marks_in(text.encode()) == {mark.lower() for mark in MARKS if mark.lower() in text.lower()}


@pytest.mark.parametrize("mark", MARKS)
@pytest.mark.parametrize("encoding", ["utf-8", "gb18030", "utf-16"])
def test_every_mark_is_seen_at_the_very_end_of_a_page_and_alone(mark: str, encoding: str) -> None:
    for source in (f"<p>中文网页的正文，列表</p>{mark}", f"<p>中文</p>{mark}文"):
        body = source.encode(encoding)
        page = Page("http://a.gov.cn/", body, f"text/html; charset={encoding}")

        assert mark in page.source
        assert page.holds(mark)
        assert page.may_hold(mark)
    other = Page("http://a.gov.cn/", f"<p>中文网页</p>{mark.swapcase()}".encode(encoding), f"text/html; charset={encoding}")
    assert other.may_hold(mark)
    assert other.holds(mark) is (mark.swapcase() == mark)
    assert not Page("http://a.gov.cn/", f"<p>中文网页</p>{mark[:-1]}".encode(encoding), f"text/html; charset={encoding}").may_hold(mark)


def test_a_covered_word_is_found_where_only_the_one_that_covers_it_begins_first() -> None:
    words = Words(["createPage", "createPageHTML", "pages", "page"])

    assert words.held(b"createPageHTML(") == {"createpage", "createpagehtml", "page"}
    assert words.places(b"xx createPageHTML pages") == [3, 18]


def test_a_chinese_word_is_found_in_the_encodings_of_pages_and_not_in_half_of_another() -> None:
    words = Words(["生成"])

    assert words.held("页面生成时间".encode()) == words.held("页面生成时间".encode("gb18030")) == {"生成"}
    assert words.held("页面生 成时间".encode()) == frozenset()
    assert not Page("http://a.gov.cn/", "<p>中文</p>".encode("gb18030"), "text/html; charset=gb18030").holds("页生成")


@given(st.lists(_FEW, min_size=1, max_size=8), st.text("abAB< 文", max_size=60))
def test_words_of_several_looks_are_found_as_in_one(words: list[str], text: str) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(crawlers.marks, "_AT_ONCE", 2)
        several = Words(words)

    assert several.held(text.encode()) == Words(words).held(text.encode())
    starts = several.places(text.encode())
    assert bool(starts) == bool(several.held(text.encode()))
    assert starts[:1] == Words(words).places(text.encode())[:1]


def test_a_word_that_no_reader_has_named_is_not_asked_for() -> None:
    page = Page("http://a.gov.cn/", b"<p>unnamed</p>")

    with pytest.raises(KeyError):
        page.holds("unnamed")
    with pytest.raises(KeyError):
        page.may_hold("unnamed")


def test_a_page_that_was_let_go_still_tells_its_marks() -> None:
    page = Page("http://a.gov.cn/", b"<script>createPageHTML(3,0,'index','html')</script>")
    page.rest()

    assert page.holds("createPageHTML")


def test_marks_are_asked_for_by_some_reader_each() -> None:
    texts = [path.read_text(encoding="utf-8") for path in Path(crawlers.__file__).parent.rglob("*.py") if path.name != "marks.py"]
    asked = {node.value for text in texts for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Constant)}

    assert set(MARKS) <= asked


@pytest.mark.parametrize(
    ("text", "expected"), [("total", False), ("总页数", False), ("ſ", True), ("liſt", True), ("共ı页", True), ("\u212a", True), ("İ", True)]
)
def test_letters_that_patterns_take_for_others(text: str, expected: bool) -> None:
    assert has_alike(text) is expected
