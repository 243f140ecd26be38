"""Working days: real 调休 of years that the package knows, imported years, unknown years."""

from datetime import date, timedelta
from pathlib import Path

import pytest

from crawlers.workdays import Calendar, Count, HolidaysError, calendar

HEAD = "date,kind,name\n"
FESTIVALS = "".join(
    f"2031-{day},holiday,{name}\n"
    for day, name in (("01-01", "元旦"), ("01-23", "春节"), ("04-05", "清明节"), ("05-01", "劳动节"), ("06-24", "端午节"), ("10-01", "国庆节、中秋节"))
)


def test_the_real_calendar_knows_worked_weekends_and_long_holidays() -> None:
    known = calendar()
    assert known.is_workday(date(2025, 9, 28)) is True  # a Sunday worked for 国庆
    assert known.is_workday(date(2026, 2, 14)) is True  # a Saturday worked for 春节
    assert known.is_workday(date(2026, 2, 16)) is False  # a Monday of 春节
    assert known.is_workday(date(2024, 5, 11)) is True
    assert known.is_workday(date(2026, 3, 14)) is False


@pytest.mark.parametrize(
    ("first", "last", "days"),
    [
        (date(2026, 3, 2), date(2026, 3, 2), 0),
        (date(2026, 3, 2), date(2026, 3, 5), 3),
        (date(2026, 3, 6), date(2026, 3, 9), 1),  # Friday to Monday
        (date(2026, 2, 13), date(2026, 2, 24), 2),  # the worked Saturday the 14th, then 春节 to the 23rd, then the 24th
        (date(2025, 9, 30), date(2025, 10, 9), 1),  # 国庆中秋 of eight days
        (date(2025, 9, 26), date(2025, 9, 29), 2),  # the worked Sunday the 28th counts
        (date(2024, 4, 30), date(2024, 5, 6), 1),
        (date(2026, 3, 9), date(2026, 3, 2), 0),  # earlier is not late
        (date(2025, 12, 31), date(2026, 1, 5), 2),  # the worked Sunday 2026-01-04
    ],
)
def test_working_days_exclude_the_first_day(first: date, last: date, days: int) -> None:
    assert calendar().between(first, last) == Count(days)


def test_an_unknown_year_is_said_not_guessed() -> None:
    assert calendar().between(date(2031, 3, 3), date(2031, 3, 5)) == Count(None, (2031,))
    assert calendar().between(date(2030, 12, 31), date(2031, 1, 5)) == Count(None, (2031,))  # nothing of 2030 is counted
    assert calendar().is_workday(date(2031, 1, 1)) is None
    assert calendar().last_of(date(2031, 1, 1), 3) is None


def test_a_span_of_many_years_is_not_walked() -> None:
    assert calendar().between(date(2004, 1, 1), date(9999, 12, 30)).days is None


def test_the_last_of_some_working_days() -> None:
    assert calendar().last_of(date(2026, 3, 2), 1) == date(2026, 3, 2)
    assert calendar().last_of(date(2026, 3, 6), 7) == date(2026, 3, 16)
    assert calendar().last_of(date(2026, 2, 15), 1) == date(2026, 2, 24)


def test_an_imported_year_is_known(tmp_path: Path) -> None:
    (tmp_path / "2031.csv").write_text("\ufeff" + HEAD + FESTIVALS + "2031-01-04,班,元旦\n\n", "utf-8")
    known = calendar(tmp_path)
    assert known.is_workday(date(2031, 1, 4)) is True
    assert known.between(date(2031, 1, 1), date(2031, 1, 6)) == Count(4)


def test_an_imported_row_wins_over_the_package(tmp_path: Path) -> None:
    (tmp_path / "extra.csv").write_text(HEAD + "2026-03-04,放假,地方假日\n", "utf-8")
    assert calendar(tmp_path).between(date(2026, 3, 2), date(2026, 3, 5)) == Count(2)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("日期,类型,名称\n", "第 1 行应为表头"),
        ("", "第 1 行应为表头"),
        (HEAD + "2031-13-01,holiday,元旦\n", "第 2 行：日期「2031-13-01」不对"),
        (HEAD + "2026-01-01,holiday,元旦\n2026-01-01,holiday,元旦\n", "第 3 行：日期 2026-01-01 重复"),
        (HEAD + "2026-01-01,festival,元旦\n", "第 2 行：kind「festival」不对"),
        (HEAD + "2026-01-01,holiday\n", "第 2 行：应有 3 列"),
        (HEAD + "2026-01-01,holiday,\n", "第 2 行：没有节日名称"),
        (HEAD + "2026-03-04,workday,元旦\n", "第 2 行：2026-03-04 本来就是工作日"),
        (HEAD + "2031-01-01,holiday,元旦\n", "2031 年不全，缺 春节"),
    ],
)
def test_a_bad_file_is_refused_with_its_line_and_the_remedy(text: str, told: str, tmp_path: Path) -> None:
    (tmp_path / "2031.csv").write_text(text, "utf-8")
    with pytest.raises(HolidaysError) as error:
        calendar(tmp_path)
    assert told in str(error.value)
    assert "2031.csv" in str(error.value)
    assert "\n" not in str(error.value)


def test_a_file_in_another_encoding_is_refused(tmp_path: Path) -> None:
    (tmp_path / "2031.csv").write_bytes("date,kind,name\n2031-01-01,holiday,元旦\n".encode("gbk"))
    with pytest.raises(HolidaysError, match="UTF-8"):
        calendar(tmp_path)


def test_an_empty_calendar_knows_nothing() -> None:
    today = date(2026, 3, 2)
    assert Calendar().between(today, today + timedelta(days=1)) == Count(None, (2026,))
