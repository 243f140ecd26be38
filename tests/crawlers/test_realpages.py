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

NEWEST = {
    "yichun_home_20231011.html": "2023-10-11",
    "hd_list_202008_reduced.html": "2020-08-05",
    "jyt_gansu_list_20251124.html": "2025-11-17",
    "gxt_jiangsu_jpage_1.xml": "2025-10-29",
    "gxt_jiangsu_jpage_2.xml": "2023-10-30",
    "fj_tzxm_list.html": "2023-03-22",
    "pingtan_gzjzqk_list_20260910_trimmed.html": "2025-11-11",
    "yantai_home_20180316_trimmed.html": "2018-03-16",
}
PUBLISHED = {
    "hd_article_202008_reduced.html": "2020-08-02",
    "wanzai_tjgb2015_article.html": "2017-05-15",
    "fgw_zj_article_20161122.html": "2016-11-22",
    "govcn_gongbao_article_2007.html": "2007-08-20",
    "nmpa_article_20200911.html": "2020-09-11",
}


def test_every_page_is_read_without_failing_and_reported_beside_its_truth(capsys: pytest.CaptureFixture[str]) -> None:
    columns = load_columns()
    for page in realpages.pages():
        reading = inspect(from_file(page.path, page.url), columns, AS_OF)
        assert reading["encoding"] == "utf-8"
        if page.path.name in NEWEST:
            assert reading["newest"] == NEWEST[page.path.name], page.path.name
        if page.path.name in PUBLISHED:
            assert reading["published"] == PUBLISHED[page.path.name], page.path.name
    assert {page.path.name for page in realpages.pages()} == set(NEWEST) | set(PUBLISHED)


def test_columns_of_a_real_home_page_are_named_as_its_keeper_noted() -> None:
    page = next(page for page in realpages.pages() if page.path.name.startswith("yichun"))
    found = {one["key"]: one["match"] for one in inspect(from_file(page.path, page.url), load_columns(), AS_OF)["columns"]}
    assert {key: found.get(key) for key in ("guide", "rules", "annual", "application", "gazette", "interpretation", "plans", "response")} == {
        "guide": "exact",
        "rules": "exact",
        "annual": "alias",
        "application": "exact",
        "gazette": "exact",
        "interpretation": "exact",
        "plans": "exact",
        "response": "exact",
    }
    assert "statutory" not in found
    assert "proposals" not in found


def test_article_dates_hold_their_floor() -> None:
    articles = realpages.articles()
    right = 0
    for article in articles:
        found = article_date(Page(article.url, article.path.read_bytes()), date(2026, 11, 22))
        right += found is not None and found[0].isoformat() == article.date
    assert len(articles) == 28
    assert right >= 26
