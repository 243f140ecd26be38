"""Dates are looked for where they can begin only, and are those that a look at every place finds."""

import re
import unicodedata
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from crawlers.dates import spelling
from crawlers.dates.label import PUBLISHED, UPDATED, announced, before_numbers, labels_in
from crawlers.dates.spelling import Spot, normal_text, number, spots

AS_OF = date(2026, 3, 31)
_PIECES = [
    "2026-03-01",
    "2020年3月1日",
    "２０２１／０３／０２",
    "二〇二〇年一月二日",
    "二○一九 年 元 月 十一 日",
    "Mon, Mar 3 10:00:00 CST 2025",
    "3rd march, 2024",
    "March 5, 2023",
    "199",
    "20",
    "19",
    "1920",
    "٣",
]
_PIECES += [
    "年",
    "一",
    "二",
    "二〇二〇",
    " ",
    "\n",
    "月",
    "日",
    "-",
    ".",
    "/",
    "v",
    "：",
    "发布时间",
    "发布日期: ",
    "，",
    "（",
    "é",
    "e\u0301",
    "𠀀",
    "ICP",
    "Published:",
    "0",
    "12",
    "may",
]
_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=14).map("".join)


def everywhere(text: str) -> list[Spot]:
    found = [spelling._with_digits(match, text, AS_OF) for match in spelling._DIGITS.finditer(text)]
    for match in spelling._HAN.finditer(text):
        found.append(spelling._spot(match, spelling.day_of(number(match[1]) or 0, number(match[2]) or 0, number(match[3]) or 0, AS_OF)))
    for match in spelling._ENGLISH.finditer(text):
        month, day, year = (match[1], match[2], match[3]) if match[1] else (match[5], match[4], match[6])
        found.append(spelling._spot(match, spelling.day_of(int(year), spelling._MONTHS.index(month.lower()) + 1, int(day), AS_OF)))
    return sorted((spot for spot in found if spot), key=lambda spot: spot.start)


@given(_TEXTS)
def test_dates_are_those_found_at_every_place(text: str) -> None:
    for written in (text, normal_text(text), normal_text(text + "文" * 400)):
        assert list(spots(written, AS_OF)) == everywhere(written)


@given(st.text("19 20年二〇一月日-/.", max_size=30))
def test_dates_of_any_signs_are_those_found_at_every_place(text: str) -> None:
    assert list(spots(text, AS_OF)) == everywhere(text)


@given(_TEXTS)
def test_the_plain_form_is_the_whole_texts_where_signs_join_and_each_signs_elsewhere(text: str) -> None:
    def plain(part: str) -> str:
        return unicodedata.normalize("NFKC", part).translate(spelling._DASHES)

    expected = plain(text) if spelling._JOINING.search(text) else spelling._VARIANT.sub(lambda match: plain(match[0]), text)

    assert normal_text(text) == expected


@given(_TEXTS)
def test_a_label_is_found_in_known_stretches_as_without(text: str) -> None:
    text = normal_text(text)
    found = spots(text, AS_OF)
    within = list(before_numbers(text, [spot.start for spot in found]))

    assert announced(text, PUBLISHED, found, AS_OF, within) == announced(text, PUBLISHED, found, AS_OF)
    ends = {*(match.start() for match in re.finditer(r"[0-9]{2,}", text)), *(spot.start for spot in found)} - {0}
    assert all(any(first <= max(0, at - 60) and at <= last for first, last in within) for at in ends)


_SIGNS = [*"发布發佈公布开表刊登载上网线稿传推送挂更新修改日期时间時間于於在", " ", "    ", ":", "x", "ſ", "K", "\n"]
_WORDS = ["published", "Posted on", "POSTED AT", "release", "Released date", "publish", "updated", "Modified", "发布日期", "發布時間", "更新于"]


@given(st.lists(st.sampled_from(_SIGNS + _WORDS), max_size=40).map("".join), st.integers(0, 30), st.integers(0, 60), st.sampled_from([PUBLISHED, UPDATED]))
def test_labels_are_found_as_by_a_look_at_every_character(text: str, first: int, last: int, label: re.Pattern[str]) -> None:
    assert [match.span() for match in labels_in(text, label, first, last)] == [match.span() for match in label.finditer(text, first, last)]
