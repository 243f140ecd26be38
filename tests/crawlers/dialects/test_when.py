"""What looks like a date: as the plain spelling of its pattern finds it, and the same of a menu that is remembered."""

import re

from hypothesis import given
from hypothesis import strategies as st

from crawlers.dialects.when import has_date, may_hold_dates, may_state_date

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
