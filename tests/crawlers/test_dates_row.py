"""The date of a list's row, the year of a year-less one, and when a page was generated."""

import re
from datetime import date

import pytest

from crawlers.dates import find_dates, list_date, made_on, url_date
from crawlers.page import Page
from crawlers.status import DateFrom

AS_OF = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2007-08-20-23:59:59", date(2007, 8, 20)),
        ("2020.05.01", date(2020, 5, 1)),
        ("2020—06—19", date(2020, 6, 19)),
        ("--2020-06-19", date(2020, 6, 19)),
        ("发布2020-06-19", date(2020, 6, 19)),
        ("2020 年 6 月 19 日", date(2020, 6, 19)),
        ("2020-06-18T20:00:00Z", date(2020, 6, 19)),
        ("2020-06-18T20:00:00.000+0000", date(2020, 6, 19)),
        ("2020-06-19T20:00:00+08:00", date(2020, 6, 19)),
        ("2020-06-19 20:00:00", date(2020, 6, 19)),
        ("2020-06-19 20:00-21:00", date(2020, 6, 19)),
        ("2020-06-19T20:00:00-09:00", date(2020, 6, 20)),
        ("2026-03-31T18:00:00Z", AS_OF),
        ("二零二零年六月十九日", date(2020, 6, 19)),
        ("二O二O年元月二十一日", date(2020, 1, 21)),
        ("二〇二〇年十二月三十一日", date(2020, 12, 31)),
        ("Jun 19, 2020", date(2020, 6, 19)),
        ("19th June 2020", date(2020, 6, 19)),
        ("Fri Jun 19 10:00:00 CST 2020", date(2020, 6, 19)),
        ("June 2, 2020 10:00", date(2020, 6, 2)),
    ],
)
def test_spellings(text: str, expected: date) -> None:
    assert find_dates(text, AS_OF) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-00018",
        "000014349/2020-00012",
        "11330200/2020-06-19-001",
        "〔2020〕20号",
        "甬政发[2020]12号",
        "2020年6月",
        "2020-06",
        "0574-2020-06-19",
        "V2020.06.19",
        "v1.2020.06.19",
        "/upload/2020/06/19/",
        "330203202006191234",
        "13800138000",
        "浙ICP备20200619号-1",
        "二〇二〇年",
        "二〇二〇年十十月一日",
        "may 2020",
        "2020-06-190",
        "2020年6月19日-21日",
    ],
)
def test_not_dates(text: str) -> None:
    assert find_dates(text, AS_OF) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2020-06-19", date(2020, 6, 19)),
        ("发布日期：2020-06-19 成文日期：2020-06-01 有效期至：2025-06-19", date(2020, 6, 19)),
        ("成文日期：2020-06-01 发布日期：2020-06-19", date(2020, 6, 19)),
        ("索引号：2025-06-19 2020-06-19", date(2020, 6, 19)),
        ("2020-06-19 有效期至 2025-06-19", date(2020, 6, 19)),
        ("2020-06-19 截止日期：2020-07-19", date(2020, 6, 19)),
        ("征集时间：2020-06-19 至 2020-07-19", date(2020, 6, 19)),
        ("2020-06-19 自2021年1月1日起施行。", date(2020, 6, 19)),
        ("成文日期：2020-06-19", date(2020, 6, 19)),
        ("2020-06-01 2020-06-19", date(2020, 6, 19)),
        ("20-06-19", date(2020, 6, 19)),
        ("[20-06-19]", date(2020, 6, 19)),
        ("19 2020-06", date(2020, 6, 19)),
        ("2020.06 19", date(2020, 6, 19)),
        ("06-19 2020", date(2020, 6, 19)),
        ("2020 06/19", date(2020, 6, 19)),
        ("1592532000", date(2020, 6, 19)),
        ("1592532000000", date(2020, 6, 19)),
        ("/Date(1592532000000+0800)/", date(2020, 6, 19)),
        ("03-16", date(2026, 3, 16)),
        ("[03/16]", date(2026, 3, 16)),
        ("3月16日", date(2026, 3, 16)),
        ("12.16", date(2025, 12, 16)),
        ("03-16 10:20", date(2026, 3, 16)),
        ("日期:03-16", date(2026, 3, 16)),
        ("02-29", date(2024, 2, 29)),
    ],
)
def test_what_stands_beside_a_title(text: str, expected: date) -> None:
    yearless = str(expected.year) not in text and expected.strftime("%y-%m") not in text and re.fullmatch(r"\D*\d{1,2}\D\d{1,2}\D*(\d\d:\d\d)?", text)
    assert list_date(text, "", AS_OF) == (expected, DateFrom.YEARLESS if yearless else DateFrom.LIST)


@pytest.mark.parametrize(
    "text",
    [
        "大小：3.2MB",
        "1.5 万次",
        "今天是2026-03-30",
        "有效期至2025-12-31",
        "电话 13800138000",
        "0574-87654321",
        "第1-3批",
        "2020年6月",
        "附件 1-2",
        "〔2020〕20号",
        "2027-01-01",
        "标识码 1100000088",
    ],
)
def test_no_date_beside_a_title(text: str) -> None:
    assert list_date(text, "", AS_OF) is None


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://x/zwgk/202503/t20250321_97999.html", date(2025, 3, 21)),
        ("http://x/n1/2020/0619/c1001-31739456.html", date(2020, 6, 19)),
        ("http://x/gn/2020/06-19/9216438.shtml", date(2020, 6, 19)),
        ("http://x/a/202006/19/WS65571297.html", date(2020, 6, 19)),
        ("http://x/zwfw/20200911083851127.html", date(2020, 9, 11)),
        ("http://x/20200911/", date(2020, 9, 11)),
        ("http://x/2020/6/", None),
        ("http://x/col/col1229018273/2012999999.html", None),
        ("http://x/tel/20209911.html", None),
        ("file:///home/a/2020/06/19/page.html", None),
        ("http://x/art/2031/1/1/art_1_2.html", None),
    ],
)
def test_addresses(url: str, expected: date | None) -> None:
    assert url_date(url, AS_OF) == expected


def listed(rows: list[str], stamp: str = "", more: str = "") -> Page:
    head = f'<meta name="others" content="页面生成时间 {stamp} 10:00:00">' if stamp else ""
    body = "".join(f"<li><a href='/a/{number}.html'>关于某项工作的通知之{number}</a><span>{row}</span></li>" for number, row in enumerate(rows))
    return Page("http://x.invalid/list/", f"<html><head>{head}</head><body>{more}<ul>{body}</ul></body></html>".encode())


def test_year_less_rows_are_held_against_the_pages_generation() -> None:
    assert made_on(listed(["10-11", "10-09", "09-20"], "2023-10-11"), AS_OF) == date(2023, 10, 11)
    assert made_on(listed(["03-16"]), AS_OF) == AS_OF
    assert made_on(listed(["03-16"], "2026-03-31"), AS_OF) == AS_OF


def test_a_stale_stamp_does_not_make_rows_old() -> None:
    assert made_on(listed(["03-30", "03-25", "02-10", "01-15", "12-20", "10-09"], "2025-10-11"), AS_OF) == AS_OF
    assert made_on(listed(["2026-03-20", "03-19"], "2025-10-11"), AS_OF) == AS_OF
    assert made_on(listed(["10-11", "10-09"], "2025-10-11", "<p>今天是2026年3月30日</p>"), AS_OF) == AS_OF


def test_a_page_that_was_rebuilt_long_ago_stays_old() -> None:
    assert made_on(listed(["10-11", "10-09", "10-01", "2025-09-20"], "2025-10-11"), AS_OF) == date(2025, 10, 11)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2025-03-01 访谈时间：2026-03-20", date(2025, 3, 1)),
        ("拍卖时间：2026-03-30 [2026-03-01]", date(2026, 3, 1)),
        ("剩余时间 2026-03-30 2026-03-01", date(2026, 3, 1)),
        ("访谈时间：2026-03-20", date(2026, 3, 20)),
        ("开庭时间：2026-03-20 宣判日期：2026-03-25", date(2026, 3, 25)),
        ("2026-03-01 录入时间：2026-03-20", date(2026, 3, 20)),
        ("来信时间：2026-03-01 答复时间：2026-03-10", date(2026, 3, 10)),
    ],
)
def test_the_day_of_what_an_entry_tells_of_gives_way_to_its_own(text: str, expected: date) -> None:
    assert list_date(text, "", AS_OF) == (expected, DateFrom.LIST)


@pytest.mark.parametrize(
    ("text", "expected"),
    [("05/03 2026", date(2026, 3, 5)), ("03/05 2026", date(2026, 3, 5)), ("03-05 2026", date(2026, 3, 5)), ("05-03 2026", None), ("12-25 2026", None)],
)
def test_a_day_above_its_year_is_never_given_another_year(text: str, expected: date | None) -> None:
    assert list_date(text, "", AS_OF) == ((expected, DateFrom.LIST) if expected else None)
