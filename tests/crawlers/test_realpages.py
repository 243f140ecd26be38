"""Real saved pages beside their truth. `python -m benchmarks.realpages` prints the whole report; the floors here keep it from getting worse."""

from datetime import date

import pytest

from crawlers.columns import load_columns
from crawlers.dates import article_date
from crawlers.inspect import from_file, inspect
from crawlers.page import Page
from tests.crawlers import realpages

pytestmark = realpages.needed
AS_OF = date(2026, 9, 10)


def test_every_page_is_read_without_failing_and_reported_beside_its_truth(capsys: pytest.CaptureFixture[str]) -> None:
    columns = load_columns()
    for page in realpages.pages():
        reading = inspect(from_file(page.path, page.url), columns, AS_OF)
        assert reading["encoding"] == "utf-8"
        if page.path.name in realpages.NEWEST:
            assert reading["newest"] == realpages.NEWEST[page.path.name], page.path.name
        if page.path.name in realpages.PUBLISHED:
            assert reading["published"] == realpages.PUBLISHED[page.path.name], page.path.name
    assert {page.path.name for page in realpages.pages()} == set(realpages.NEWEST) | set(realpages.PUBLISHED)


def test_columns_of_a_real_home_page_are_named_as_its_keeper_noted() -> None:
    page = next(page for page in realpages.pages() if page.path.name.startswith("yichun"))
    found = {one["key"]: one["match"] for one in inspect(from_file(page.path, page.url), load_columns(), AS_OF)["columns"]}
    expected = realpages.COLUMNS[page.path.name]
    assert {key: found.get(key) for key in expected} == expected


def test_article_dates_hold_their_floor() -> None:
    articles = realpages.articles()
    right = 0
    for article in articles:
        found = article_date(Page(article.url, article.path.read_bytes()), date(2026, 11, 22))
        right += found is not None and found[0].isoformat() == article.date
    assert len(articles) == 28
    assert right == 28
