"""Sentences and numbers as they stand on screen."""

import re
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest

from scoring import wording
from scoring.model import Outcome
from scoring.reasons import Reason

D = Decimal
SAMPLES: dict[str, Any] = {
    "": "某项",
    "fetch": "timeout",
    "page": "login",
    "outcome": Outcome.MET.value,
    "http": 503,
    "list": ["甲", "乙"],
    "lines": ["甲", "乙"],
    "gaps": ["甲（访问超时）"],
    "points": "3.25",
    "rate": "0.0204",
}


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_has_one_sentence(reason: Reason) -> None:
    params = {name: SAMPLES[form] for name, form in wording.fields(reason).items()}
    text = wording.reason(reason.value, params)
    assert text.endswith("。")
    assert "{" not in text
    assert "\n" not in text
    assert not re.search(r"[,;:!?()]", text), "full-width punctuation"
    assert not re.search(r"(差评|黑榜|垫底)", text)
    for name in params:
        with pytest.raises(KeyError):
            wording.reason(reason.value, {key: value for key, value in params.items() if key != name})


@pytest.mark.parametrize("reason", list(Reason))
def test_digits_stand_apart_from_words(reason: Reason) -> None:
    numbers = {name: "7" if form == "" else SAMPLES[form] for name, form in wording.fields(reason).items()}
    quoted = re.sub(r"[「“（][^」”）]*[」”）]", "、", wording.reason(reason.value, numbers))
    if reason not in (
        Reason.REPORT_MISSING,
        Reason.UNCONFIRMED,
        Reason.HOME_UNCONFIRMED,
        Reason.LIST_INCOMPLETE,
        Reason.CONFIRMED_UNOBSERVABLE,
    ):  # free text
        assert not re.search(r"[\u4e00-\u9fff][0-9]|[0-9][\u4e00-\u9fff]", quoted), quoted


def test_codes_are_unique_and_lower_case() -> None:
    assert len({reason.value for reason in Reason}) == len(Reason)
    assert all(re.fullmatch(r"[a-z_]+", reason.value) for reason in Reason)


def test_unknown_reason_raises() -> None:
    with pytest.raises(ValueError, match="nonsense"):
        wording.reason("nonsense", {})


def test_sentences() -> None:
    params = {"column": "政务要闻", "newest": "2026-06-30", "age": 92, "days": 14}
    assert (
        wording.reason("column_stale", params) == "「政务要闻」最新一条发布于 2026-06-30，截至 2026-09-30 已 92 天，超过 14 天。"
    )  # as_of follows from the two
    assert "截至 2026-10-01 已" in wording.reason("column_stale", {**params, "as_of": "2026-10-01"})
    assert (
        wording.reason("page_unread", {"column": "年报", "status": "http_error", "http": 503})
        == "「年报」的页面未能打开（服务器返回错误，状态码 503），尚未判定，不计为不达标。"
    )
    assert wording.reason("page_unread", {"column": "年报", "status": "timeout", "http": None}).startswith("「年报」的页面未能打开（访问超时）")
    many = [f"第{number}页（访问超时）" for number in range(5)]
    assert "等 5 处" in wording.reason("look_incomplete", {"column": "年报", "gaps": many})
    assert "原因未记录" in wording.reason("look_incomplete", {"column": "年报", "gaps": []})


@pytest.mark.parametrize(
    ("value", "text"),
    [("88.65", "88.7"), ("88.64999", "88.6"), ("0.05", "0.1"), ("-0.04", "0.0"), ("-1.25", "-1.3"), ("1234.5", "1,234.5"), ("100", "100.0"), (None, "—")],
)
def test_points_are_rounded_half_up_to_one_decimal(value: str | None, text: str) -> None:
    assert wording.points(None if value is None else D(value)) == text


@pytest.mark.parametrize(("value", "text"), [("0.765", "77%"), ("0.7649", "76%"), ("1", "100%"), ("0", "0%"), ("0.005", "1%"), (None, "—")])
def test_percent(value: str | None, text: str) -> None:
    assert wording.percent(None if value is None else D(value)) == text


def test_other_numbers() -> None:
    assert wording.mean(D("88.645")) == "88.65"
    assert (wording.count(1234), wording.count(None)) == ("1,234", "—")
    assert (wording.rank_range(1, 3), wording.rank_range(2, 2)) == ("第1–3名", "第2名")
    assert wording.minute(datetime(2026, 10, 8, 1, 12, tzinfo=UTC)) == "2026-10-08 09:12"
    assert wording.minute(None) == "—"


@pytest.mark.parametrize(
    ("period", "title"),
    [
        ("2026Q1", "2026年一季度"),
        ("2026Q4", "2026年四季度"),
        ("2026H2", "2026年下半年"),
        ("2026-09", "2026年9月"),
        ("2026", "2026年"),
        ("2026Q5", "2026Q5"),
        ("2026-13", "2026-13"),
    ],
)
def test_period_title(period: str, title: str) -> None:
    assert wording.period_title(period) == title


def test_change() -> None:
    assert [wording.change(places) for places in (2, -1, 0, None)] == ["进2位", "退1位", "持平", "首期"]


def test_score_change_is_taken_from_displayed_values() -> None:
    assert wording.score_change(D("88.64"), D("88.56")) == "持平"
    assert wording.score_change(D("88.65"), D("88.64")) == "提高 0.1 分"
    assert wording.score_change(D("80"), D("88.64")) == "下降 8.6 分"
    assert (wording.score_change(D(80), None), wording.score_change(None, D(80))) == ("首期", "—")


def test_a_sentence_over_several_findings_says_what_they_share() -> None:
    stale = {"column": "机关职能", "newest": "2026-01-01", "age": 89, "days": 60}
    assert wording.shared("column_stale", [stale]) == wording.reason("column_stale", stale)
    several = [stale, stale | {"newest": "2025-11-02", "age": 149}]
    assert wording.shared("column_stale", several) == "「机关职能」最新一条发布于 …，截至 2026-03-31 已 89–149 天，超过 60 天。"
    assert wording.shared("gone_code", [{}, {}]) == wording.told("gone_code", {})


@pytest.mark.parametrize("reason", list(Reason))
def test_every_reason_can_be_told_of_several(reason: Reason) -> None:
    params = {name: SAMPLES[form] for name, form in wording.fields(reason).items()}
    assert wording.shared(reason, [params, params]) == wording.reason(reason, params)
