"""Rules that look at several runs, and at the period they judge."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from scoring.facts import HomeSeen, Span
from tests.index.judging import MET, UNMET, UNSEEN, judge
from tests.index.make import AS_OF, evidence, item, seen

DAYS = 14


def _home(newest: date | None, before: date | None, ago: int = 7) -> tuple[str, list[str]]:
    day = AS_OF - timedelta(days=ago)
    earlier = HomeSeen("r0", day, before, "http://a.test/", datetime(day.year, day.month, day.day, tzinfo=UTC), "r0/a@1+2")
    found = judge("home_updated_within", replace(evidence(home_newest=newest), homes=(earlier,)), days=DAYS)
    return found.outcome, [ref.snapshot for ref in found.evidence]


def test_an_update_that_an_earlier_run_saw_counts_though_the_page_no_longer_shows_it() -> None:
    outcome, pages = _home(AS_OF - timedelta(days=20), AS_OF - timedelta(days=14))
    assert outcome == MET
    assert pages[0] == "r0/a@1+2"
    assert _home(AS_OF - timedelta(days=20), AS_OF - timedelta(days=15))[0] == UNMET


def test_an_earlier_run_never_makes_a_page_older() -> None:
    assert _home(AS_OF - timedelta(days=14), AS_OF - timedelta(days=40))[0] == MET
    assert _home(AS_OF - timedelta(days=15), AS_OF - timedelta(days=40))[0] == UNMET
    assert _home(None, AS_OF - timedelta(days=40))[0] == UNSEEN
    assert _home(None, AS_OF - timedelta(days=10), ago=9)[0] == MET


def test_a_later_run_and_a_day_to_come_are_no_evidence() -> None:
    old = AS_OF - timedelta(days=20)
    assert _home(old, AS_OF, ago=-1)[0] == UNMET
    assert _home(old, AS_OF, ago=5)[0] == UNMET


def test_a_quarter_after_the_period_is_not_asked_for() -> None:
    site = replace(evidence(seen("key_tasks", item("2026-02-10"))), span=Span(date(2026, 1, 1), date(2026, 3, 31)))
    found = judge("item_each_quarter", site, as_of=date(2026, 6, 30))
    assert (found.outcome, found.params["total"]) == (MET, 1)
    site = replace(evidence(seen("key_tasks", item("2026-04-10"))), span=Span(date(2026, 1, 1), date(2026, 3, 31)))
    assert judge("item_each_quarter", site, as_of=date(2026, 6, 30)).outcome == UNMET
