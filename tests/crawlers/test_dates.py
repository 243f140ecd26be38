"""What is a date, what is not, and where it came from."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.dates import article_date, find_dates, list_date, url_date
from crawlers.page import Page
from crawlers.status import DateFrom

AS_OF = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-21", date(2025, 3, 21)),
        ("2017-05-15 10:49:00", date(2017, 5, 15)),
        ("[2023-05-12]", date(2023, 5, 12)),
        ("2020年08月02日", date(2020, 8, 2)),
        ("2023.10.04", date(2023, 10, 4)),
        ("2023/1/4", date(2023, 1, 4)),
        ("二〇二〇年六月十九日", date(2020, 6, 19)),
        ("二○一九年十二月三十一日", date(2019, 12, 31)),
        ("２０２５－１１－０２", date(2025, 11, 2)),
        ("2026-03-31", AS_OF),
    ],
)
def test_spellings(text: str, expected: date) -> None:
    assert find_dates(text, AS_OF) == [expected]


@pytest.mark.parametrize(
    "text", ["2026-02-00018", "0574-2026-0301", "2026-04-01", "甬政办发〔2020〕26号", "2025-13-01", "1.2.3.2025-1", "2026-02-30", "SiteIDCode 3399010001"]
)
def test_not_dates(text: str) -> None:
    assert find_dates(text, AS_OF) == []


@given(
    st.dates(min_value=date(1995, 1, 1), max_value=AS_OF), st.sampled_from(["{0:%Y-%m-%d}", "{0:%Y}年{0.month}月{0.day}日", "{0:%Y.%m.%d}", "[{0:%Y/%m/%d}]"])
)
def test_every_day_in_every_spelling_is_read_back(day: date, spelling: str) -> None:
    assert find_dates(spelling.format(day), AS_OF) == [day]


@given(st.text(max_size=60), st.dates(min_value=date(2000, 1, 1), max_value=date(2030, 1, 1)))
def test_nothing_is_ever_dated_in_the_future(text: str, as_of: date) -> None:
    assert all(found <= as_of for found in find_dates(text, as_of))
    found = list_date(text, "http://x/2031/1/1/", as_of)
    assert found is None or found[0] <= as_of


def test_a_year_less_date_takes_its_year_from_the_address_else_the_latest_possible() -> None:
    assert list_date("[03-16]", "/art/2018/3/16/art_1_2.html", AS_OF) == (date(2018, 3, 16), DateFrom.LIST)
    assert list_date("[03-16]", "/x.html", AS_OF) == (date(2026, 3, 16), DateFrom.YEARLESS)
    assert list_date("[12-16]", "/x.html", AS_OF) == (date(2025, 12, 16), DateFrom.YEARLESS)


def test_an_epoch_in_milliseconds_is_read_in_china() -> None:
    assert list_date("1581418070000", "", AS_OF) == (date(2020, 2, 11), DateFrom.LIST)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://x/art/2018/3/16/art_4365_887906.html", date(2018, 3, 16)),
        ("http://x/zwgk/202503/t20250321_97999.html", date(2025, 3, 21)),
        ("http://x/2022-03/04/content_1.htm", date(2022, 3, 4)),
        ("http://x/col/col12/art/2026/art_0123456789abcdef0123456789abcdef.html", None),
    ],
)
def test_addresses(url: str, expected: date | None) -> None:
    assert url_date(url, AS_OF) == expected


def article(head: str, body: str, url: str = "http://x/a.html") -> tuple[date, DateFrom] | None:
    return article_date(Page(url, f"<html><head>{head}</head><body>{body}</body></html>".encode()), AS_OF)


def test_the_label_wins_over_generated_metadata_and_the_written_date() -> None:
    assert article('<meta name="PubDate" content="2026-03-01">', "成文日期：2026-01-10 发布日期：2026-01-15") == (date(2026, 1, 15), DateFrom.LABEL)


def test_metadata_that_equals_the_generation_time_is_not_publication() -> None:
    head = '<meta name="PubDate" content="2026-03-01 10:00"><meta name="Maketime" content="2026-03-01 10:00">'
    assert article(head, "正文", "http://x/art/2026/2/3/art_1_2.html") == (date(2026, 2, 3), DateFrom.URL)
    assert article(head.split('<meta name="Maketime')[0], "正文") == (date(2026, 3, 1), DateFrom.META)
