"""The clock of a mock application, on the real holidays of 2026, and the finding that is made from cases."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.workdays import Calendar, calendar
from scoring.facts import Regular, RequestCase, Span
from scoring.model import Unit, UnitEvidence
from scoring.requests import State, clock, said
from tests.index.judging import MET, PARTIAL, UNMET, UNSEEN, judge

DAYS = calendar()
APPLIED = date(2026, 1, 12)
BASE = RequestCase(id="c1", unit="u", seq=1, applied=APPLIED, registered=date(2026, 1, 13))
DONE: dict[str, Any] = {"regular": Regular.YES, "served_right": True}
END = date(2026, 3, 31)


def at(as_of: date = END, days: Calendar = DAYS, **more: Any) -> tuple[State, int | None, int, date | None]:
    found = clock(replace(BASE, **more), days, as_of)
    return found.state, found.days, found.limit, found.deadline


def test_the_twentieth_working_day_is_in_time_and_the_next_is_not() -> None:
    assert at(answered=date(2026, 2, 10)) == (State.ON_TIME, 20, 20, date(2026, 2, 10))
    assert at(answered=date(2026, 2, 11))[:2] == (State.LATE, 21)
    assert at(date(2026, 2, 10))[0] is State.RUNNING
    assert at(date(2026, 2, 11))[0] is State.OVERDUE


def test_an_extension_told_in_time_gives_twenty_more() -> None:
    told = date(2026, 2, 10)
    assert at(extended=told, answered=date(2026, 3, 16)) == (State.ON_TIME, 40, 40, date(2026, 3, 16))
    assert at(extended=told, answered=date(2026, 3, 17))[0] is State.LATE
    assert at(extended=told + timedelta(1), answered=date(2026, 3, 9)) == (State.LATE, 35, 20, date(2026, 2, 10))


def test_the_limit_begins_anew_when_the_corrected_application_came() -> None:
    told, came = date(2026, 1, 22), date(2026, 1, 26)
    found = clock(replace(BASE, supplement=told, supplemented=came), DAYS, END)
    assert (found.supplement_days, found.supplement_in_time, found.start) == (7, True, came)
    assert clock(replace(BASE, supplement=date(2026, 1, 23)), DAYS, END).supplement_in_time is False
    assert clock(replace(BASE, supplement=told), DAYS, END).state is State.PAUSED


def test_asking_others_does_not_count() -> None:
    asked: dict[str, Any] = {"consult_from": date(2026, 1, 15), "consult_to": date(2026, 1, 22)}
    assert at(answered=date(2026, 2, 24), **asked)[:3] == (State.ON_TIME, at(answered=date(2026, 2, 24))[1] - 5, 20)  # type: ignore[operator]


def test_a_year_without_a_calendar_is_said_and_not_guessed() -> None:
    bare = Calendar({}, frozenset({2025}))
    case = replace(BASE, answered=date(2026, 2, 10))
    found = clock(case, bare, END)
    assert (found.state, found.unknown) == (State.UNKNOWN, (2026,))
    assert "2026 年的节假日安排未知" in said(case, found)
    assert clock(replace(BASE, answered=date(2026, 1, 30)), bare, END).state is State.ON_TIME  # 17 calendar days are never more than 20 working days


def test_what_happened_after_the_cut_off_has_not_happened() -> None:
    assert at(date(2026, 2, 9), answered=date(2026, 2, 10))[0] is State.RUNNING


def made(*cases: RequestCase, as_of: date = END, **params: Any) -> tuple[str, Any, Any]:
    seen_by = UnitEvidence(Unit("u", "某区", "区县"), "", None, None, cases=cases, calendar=DAYS, span=Span(date(2026, 1, 1), END))
    found = judge("request_answered_in_time", seen_by, as_of, **params)
    return found.outcome, found.ratio, found


def test_no_case_and_an_open_one_are_never_a_zero() -> None:
    assert made()[0] == UNSEEN
    assert made(replace(BASE, withdrawn=True))[0] == UNSEEN
    assert made(BASE, as_of=date(2026, 2, 1))[0] == UNSEEN
    assert made(replace(BASE, answered=date(2026, 2, 10)))[0] == UNSEEN  # 文书 and 送达 not judged yet
    assert made(replace(BASE, applied=date(2025, 12, 30), registered=None))[0] == UNSEEN  # of another period


@pytest.mark.parametrize(
    ("more", "outcome", "ratio"),
    [
        ({"answered": date(2026, 2, 10), **DONE}, MET, "1"),
        ({"answered": date(2026, 2, 11), **DONE}, PARTIAL, "0.7"),
        ({"answered": date(2026, 2, 10), "regular": Regular.NO, "served_right": True}, PARTIAL, "0.7"),
        ({"answered": date(2026, 2, 11), "registered": None, **DONE}, PARTIAL, "0.4"),
        ({"answered": date(2026, 2, 11), "registered": None, "regular": Regular.NO, "served_right": False}, UNMET, "0"),
        ({}, UNMET, "0"),
    ],
)
def test_each_point_that_is_lacking_costs_what_the_leaf_says(more: dict[str, Any], outcome: str, ratio: str) -> None:
    found = made(replace(BASE, **more))
    assert (found[0], str(found[1])) == (outcome, ratio)
    assert found[2].evidence[0].snapshot == "cases/c1+1"


def test_several_cases_count_their_mean() -> None:
    good = replace(BASE, answered=date(2026, 2, 10), **DONE)
    assert str(made(good, replace(good, id="c2", answered=date(2026, 2, 11)))[1]) == "0.85"
    assert made(good, replace(good, id="c2"), replace(good, id="c3"))[0] == MET


@given(first=st.integers(0, 250), gap=st.integers(0, 60), later=st.integers(0, 60))
def test_a_later_answer_never_uses_fewer_days(first: int, gap: int, later: int) -> None:
    start = date(2026, 1, 1) + timedelta(first)
    case = replace(BASE, applied=start, registered=start)
    one, other = (clock(replace(case, answered=start + timedelta(n)), DAYS, date(2026, 12, 31)).days for n in (gap, gap + later))
    assert one is None or other is None or one <= other
