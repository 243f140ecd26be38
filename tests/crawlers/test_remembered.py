"""What was found out of a page is remembered beside it, for as long as the page is there."""

import gc
from datetime import date
from weakref import ref

from crawlers.dates import article_date
from crawlers.documents.body import Body
from crawlers.documents.publisher import read_publisher
from crawlers.page import Page
from crawlers.remembered import remembered

_ARTICLE = "<html><body><h1>关于示例的通知</h1><p>发布日期：2026-03-02</p><p>发布机构：示例市人民政府办公室</p></body></html>"


def page() -> Page:
    return Page("http://a.example/t.html", _ARTICLE.encode(), "text/html; charset=utf-8", again=_ARTICLE.encode)


def test_each_question_is_put_once_for_each_page() -> None:
    put: list[tuple[str, int]] = []

    @remembered
    def length(of: Page, times: int, *, more: int = 0) -> int:
        put.append((of.url, times))
        return len(of.source) * times + more

    one, other = page(), page()
    assert length(one, 2) == length(one, 2) == 2 * len(one.source)
    assert length(one, 3, more=1) == length(one, 3, more=1) == 3 * len(one.source) + 1
    assert length(one, 3) == 3 * len(one.source)
    assert length(other, 2) == 2 * len(other.source)
    assert [times for _, times in put] == [2, 3, 3, 2]


def test_a_page_that_was_put_to_rest_is_not_parsed_for_what_is_known() -> None:
    article, as_of = page(), date(2026, 3, 31)
    asked = (article_date(article, as_of), read_publisher(Body(article)))
    article.rest()
    assert (article_date(article, as_of), read_publisher(Body(article))) == asked
    assert "tree" not in article.__dict__
    assert article_date(article, date(2026, 3, 1)) != asked[0]  # a day that is to come is no date


def test_what_is_remembered_does_not_keep_the_page() -> None:
    article = page()
    article_date(article, date(2026, 3, 31))
    gone = ref(article)
    del article
    gc.collect()
    assert gone() is None
