"""What looks like a date: as the plain spelling of its pattern finds it, and the same of a menu that is remembered."""

import re
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crawlers.dates.spelling import day_of
from crawlers.dialects.when import has_date, may_hold_dates, may_state_date, only_date
from crawlers.status import DateFrom

_TEXT = st.text("0129０٣-/.年月 \n零二〇文", max_size=24)


@given(_TEXT)
def test_a_date_is_seen_as_by_the_plain_pattern(text: str) -> None:
    plain = re.search(r"\d{1,4}\s{0,4}[-/.年月]\s{0,4}\d{1,2}", text) or re.search(r"[〇○零一二三四五六七八九]{4}年", text)

    assert has_date(text) is bool(plain)


@given(_TEXT)
def test_two_numbers_a_long_one_or_a_year_in_words_may_state_a_date(text: str) -> None:
    numbers = re.findall(r"\d+", text)
    words = re.search(r"[〇○◯零一二三四五六七八九OoО0]\s{0,3}年", text)

    assert may_state_date(text) is bool(len(numbers) > 1 or any(len(number) >= 6 for number in numbers) or words)
    assert may_state_date(text) or not has_date(text)
    assert may_hold_dates(text) is may_state_date(text)
    assert may_hold_dates(text * 400) is may_state_date(text * 400)


@given(
    st.lists(
        st.sampled_from(
            ["2026", "-", "/", ".", "3", "03", "20", "2", "[", "]", " ", "\n", "\t", "\u3000", "\xa0", "\x1f", "٣", "日", "[2026-03-20]", "2026/3/2"]
        ),
        max_size=8,
    ).map("".join)
)
def test_a_day_alone_is_read_as_by_the_plain_pattern(text: str) -> None:
    as_of = date(2026, 3, 31)
    plain = re.fullmatch(r"\s*\[?(\d{4})([-/.])(\d{1,2})\2(\d{1,2})\]?\s*", text, re.ASCII)
    day = day_of(int(plain[1]), int(plain[3]), int(plain[4]), as_of) if plain else None

    assert only_date(text, as_of) == ((day, DateFrom.LIST) if day else None)
