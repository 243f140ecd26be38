"""Rows that write month and day alone: taken for the latest year they can be, too old means too old; recent means nothing until an article, or another row, tells the year."""

from dataclasses import replace
from datetime import date

import pytest

from crawlers.observation import Item
from crawlers.status import DateFrom
from scoring import wording
from scoring.facts import HomeSeen
from scoring.model import Outcome
from tests.index.judging import FULL, MET, UNMET, UNSEEN, judge, said
from tests.index.make import evidence, item, seen

AGES = ("updated_within", "entry_opens", "columns_fresh", "columns_kept")


def untold(day: str) -> Item:
    return replace(item(day, "关于另一项工作的通知"), date_from=DateFrom.YEARLESS)


def verdict(rule: str, *items: Item) -> Outcome:
    if "column" in FULL[rule]:
        return judge(rule, evidence(seen(FULL[rule]["column"], *items)), days=30).outcome
    return judge(rule, evidence(seen("news", *items)), days=30, columns=["news"]).outcome


@pytest.mark.parametrize("rule", AGES)
def test_a_recent_day_without_its_year_proves_nothing(rule: str) -> None:
    assert verdict(rule, untold("2026-09-20")) is UNSEEN
    assert verdict(rule, untold("2026-09-20"), item("2026-01-20")) is UNSEEN
    assert verdict(rule, untold("2026-09-20"), item("2026-09-15")) is MET
    assert verdict(rule, untold("2026-09-20"), item("2026-09-20")) is MET


@pytest.mark.parametrize("rule", AGES)
def test_a_day_that_is_too_old_in_any_year_is_too_old(rule: str) -> None:
    assert verdict(rule, untold("2026-01-20"), item("2025-09-15")) is UNMET


def test_entries_are_counted_by_days_whose_year_is_told() -> None:
    def count(*items: Item) -> Outcome:
        return judge("items_within", evidence(seen("meetings", *items)), days=60, words=[], least=2).outcome

    def quarters(*items: Item) -> Outcome:
        return judge("item_each_quarter", evidence(seen("key_tasks", *items))).outcome

    assert count(untold("2026-09-20"), untold("2026-09-10")) is UNSEEN
    assert count(item("2026-09-20"), untold("2026-09-10")) is MET
    assert count(item("2025-09-20"), untold("2026-09-10"), untold("2026-09-08")) is UNSEEN
    assert quarters(untold("2026-09-20"), untold("2026-05-10"), untold("2026-02-10")) is UNSEEN
    assert quarters(item("2026-09-20"), untold("2026-05-10"), untold("2026-02-10")) is MET


def test_the_reason_names_the_day_and_the_age_is_that_of_the_row_that_tells_its_year() -> None:
    found = judge("updated_within", evidence(seen("guide", untold("2026-09-20"))), days=30)
    assert (found.reason_code, found.params["day"]) == ("year_untold", "09-20")
    assert "只写了月日（09-20）" in wording.reason(found.reason_code, found.params)
    told = judge("updated_within", evidence(seen("guide", untold("2026-09-20"), item("2026-09-15"))), days=30)
    assert (told.params["newest"], told.params["age"]) == ("2026-09-15", 15)


def test_a_day_that_a_text_states_for_itself_has_its_year() -> None:
    assert said("updated_within", evidence(seen("guide", untold("2026-01-20"), newest=date(2026, 9, 20)))) == (MET, "column_fresh")


def test_a_home_page() -> None:
    def home(newest: str | None, without: str) -> tuple[Outcome, str]:
        return said("home_updated_within", evidence(home_newest=date.fromisoformat(newest) if newest else None, home_untold=date.fromisoformat(without)))

    assert home(None, "2026-09-29") == (UNSEEN, "home_year_untold")
    assert home("2026-01-20", "2026-09-29") == (UNSEEN, "home_year_untold")
    assert home("2026-09-25", "2026-09-29") == (MET, "home_fresh")
    assert home(None, "2026-08-01") == (UNMET, "home_stale")
    assert home("2026-01-20", "2026-08-01") == (UNMET, "home_stale")
    assert home("2026-01-20", "2026-12-29") == (UNMET, "home_stale"), "a day after the day of judging is no evidence"


def test_an_earlier_run_that_knew_the_year_still_counts() -> None:
    earlier = HomeSeen("run-0", date(2026, 9, 24), date(2026, 9, 23), "", None, "")
    unit = replace(evidence(home_newest=None, home_untold=date(2026, 9, 29)), homes=(earlier,))
    assert judge("home_updated_within", unit).outcome is MET
