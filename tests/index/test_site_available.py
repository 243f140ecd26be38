"""站点无法访问 by the figures of 19号, a sample more or less."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawlers.status import FetchStatus, ScopeKind
from scoring.facts import ProbeSample
from scoring.model import Unit, UnitEvidence
from scoring.rules import RULES
from tests.index.judging import MET, NONE, UNMET, UNSEEN, judge

FIRST = date(2026, 3, 2)
LAST = FIRST + timedelta(days=6)
OK, DOWN = FetchStatus.OK, FetchStatus.TIMEOUT
BASE = UnitEvidence(Unit("u", "某区", "区县"), "", None, None, kind=ScopeKind.SITE, site_id="a", home="http://a.test/")


def week(failed: int = 0, *, per_day: int = 20, days: int = 7, first: date = FIRST, vantage: str = "甲", status: FetchStatus = DOWN) -> list[ProbeSample]:
    """A week of samples, an hour apart at most, the first `failed` of which failed."""
    found = []
    for n in range(days * per_day):
        day = first + timedelta(days=n // per_day)
        at = datetime(day.year, day.month, day.day, tzinfo=UTC) + timedelta(minutes=n % per_day * 30)
        found.append(ProbeSample(at, day, status if n < failed else OK, None, Decimal("0.4"), vantage))
    return found


def said(samples: list[ProbeSample], as_of: date = LAST, **params: object) -> tuple[str, str]:
    found = judge("site_available", replace(BASE, probes=tuple(samples)), as_of, **params)
    return found.outcome, str(found.reason_code)


def test_five_in_a_hundred_are_the_veto_and_three_the_warning() -> None:
    assert said(week(7)) == (UNMET, "site_down")  # 7 of 140 = 5 %
    assert said(week(6)) == (MET, "site_up_warned")
    assert said(week(3, per_day=25)) == (MET, "site_up")
    assert said(week(0)) == (MET, "site_up")


def test_fifteen_seconds_are_too_long_and_less_is_not() -> None:
    slow = [replace(sample, seconds=Decimal("15.000")) for sample in week(0)]
    assert said(slow)[0] == UNMET
    assert said([replace(sample, seconds=Decimal("14.999")) for sample in slow])[0] == MET


@pytest.mark.parametrize("samples", [week(0, per_day=19), week(0, days=6), []], ids=["19 a day", "6 days", "none"])
def test_too_few_samples_decide_nothing_and_say_how_many_there_are(samples: list[ProbeSample]) -> None:
    found = judge("site_available", replace(BASE, probes=tuple(samples)), LAST)
    assert found.outcome == UNSEEN
    if samples:
        assert found.params["count"] == len(samples)
        assert found.evidence[0].snapshot.startswith("probes/a@2026-03-02+")


def test_twenty_looks_in_a_minute_are_not_a_day_of_looking() -> None:
    assert said([replace(sample, at=sample.at.replace(hour=1, minute=0)) for sample in week(0)])[0] == UNSEEN


@pytest.mark.parametrize(
    ("status", "http", "outcome"),
    [
        (FetchStatus.SHIELD, 412, MET),
        (FetchStatus.HTTP_ERROR, 503, UNMET),
        (FetchStatus.HTTP_ERROR, 404, UNMET),
        (FetchStatus.HTTP_ERROR, 403, MET),
        (FetchStatus.REFUSED, None, UNMET),
        (FetchStatus.DNS, None, UNMET),
        (FetchStatus.ROBOTS, None, UNSEEN),
        (FetchStatus.TLS, None, UNSEEN),
        (FetchStatus.ADDRESS_REFUSED, None, UNSEEN),
    ],
)
def test_what_each_answer_means(status: FetchStatus, http: int | None, outcome: str) -> None:
    assert said([replace(sample, status=status, http=http) for sample in week(0)])[0] == outcome


def test_void_rounds_count_neither_way() -> None:
    void = [replace(sample, valid=False) for sample in week(140)]
    assert said(void)[0] == UNSEEN
    assert said(sorted([*void, *week(0, vantage="乙")], key=lambda one: one.at))[0] == MET


def test_the_place_that_saw_the_site_best_decides() -> None:
    assert said([*week(140, vantage="甲"), *week(6, vantage="乙")]) == (MET, "site_up_warned")


def test_the_latest_week_decides_unless_the_worst_is_asked_for() -> None:
    both = [*week(20), *week(0, first=LAST + timedelta(days=1))]
    after = LAST + timedelta(days=7)
    assert said(both, after)[0] == MET
    assert said(both, after, week="worst")[0] == UNMET
    assert said(both, LAST)[0] == UNMET  # what comes after the day judged does not count


def test_a_unit_without_a_site_is_not_concerned_unless_it_inherits() -> None:
    scoped = replace(BASE, kind=ScopeKind.PREFIX, probes=tuple(week(9)))
    spec = RULES["site_available"]
    assert spec.judge(scoped, {}, LAST).outcome == NONE
    assert spec.judge(scoped, {}, LAST, inherits=True).outcome == UNMET


@given(failed=st.integers(0, 140), seed=st.randoms())
def test_only_the_share_counts_not_the_order(failed: int, seed: object) -> None:
    states = [DOWN] * failed + [OK] * (140 - failed)
    seed.shuffle(states)  # type: ignore[attr-defined]
    samples = [replace(sample, status=status) for sample, status in zip(week(0), states, strict=True)]
    assert said(samples)[0] == (UNMET if failed * 20 >= 140 else MET)
