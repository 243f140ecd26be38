"""Rules on reports, documents of the year and quarters: what is absent must have been looked for to the end of the list."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from crawlers.observation import Item
from crawlers.status import PageState
from tests.index.judging import MET, NONE, PARTIAL, UNMET, UNSEEN, column_of, judge, said
from tests.index.make import AS_OF, evidence, item, missing, seen

REPORT = "某区2025年政府信息公开工作年度报告"
LISTED: list[tuple[str, Item, str, date]] = [
    ("report_on_time", item("2024-02-01", "2023年报告"), "report_missing", AS_OF),
    ("report_years", item("2026-02-01", REPORT), "report_years_lacking", AS_OF),
    ("document_of_year", item("2025-02-01"), "report_missing", AS_OF),
    ("item_each_quarter", item("2026-02-01"), "quarters_lacking", AS_OF),
    ("document_titled_by", item("2026-02-01"), "document_missing", AS_OF),
]


@pytest.mark.parametrize(("rule", "one", "code", "as_of"), LISTED)
def test_absence_needs_a_list_that_was_read_to_its_end_twice(rule: str, one: Item, code: str, as_of: date) -> None:
    key = column_of(rule)
    outcome, reason = said(rule, evidence(seen(key, one)), as_of)
    assert outcome in (UNMET, PARTIAL)
    assert reason == code
    assert said(rule, evidence(seen(key, one, complete=False)), as_of) == (UNSEEN, "list_incomplete")
    assert said(rule, evidence(seen(key, one, confirmed=False)), as_of) == (UNSEEN, "unconfirmed")
    assert said(rule, evidence(seen(key, fetch=None, page=None)), as_of) == (UNSEEN, "not_opened")
    assert said(rule, evidence(seen(key, page=PageState.BLANK)), as_of) == (UNMET, "column_blank")


def test_report_on_time() -> None:
    assert said("report_on_time", evidence(seen("annual", item("2026-03-31", REPORT), complete=False))) == (MET, "report_on_time")
    assert said("report_on_time", evidence(seen("annual", item("2026-03-01", "二〇二五年度政府信息公开工作年度报告")))) == (MET, "report_on_time")
    late = seen("annual", item("2026-04-01", REPORT))
    assert said("report_on_time", evidence(late)) == (UNMET, "report_late")
    assert said("report_on_time", evidence(replace(late, confirmed=False))) == (UNSEEN, "unconfirmed")
    assert said("report_on_time", evidence(seen("annual", item(None, REPORT)))) == (UNSEEN, "no_date")
    assert said("report_on_time", evidence(seen("annual", item("2026-04-01", REPORT), item(None, REPORT)))) == (UNSEEN, "no_date")
    before = date(2026, 3, 31)
    assert said("report_on_time", evidence(seen("annual", item("2025-01-20", "2024年报告"))), before) == (NONE, "not_due")
    assert said("report_on_time", evidence(missing("annual")), before) == (NONE, "not_due")
    assert said("report_on_time", evidence(missing("annual", confirmed=False)), before)[0] is UNSEEN
    assert said("report_on_time", evidence(missing("annual")), date(2026, 4, 1)) == (UNMET, "column_missing")


def test_report_years() -> None:
    three = [item(f"{year + 1}-01-20", f"{year}年度报告") for year in (2025, 2024, 2023)]
    assert said("report_years", evidence(seen("annual", *three, complete=False))) == (MET, "report_years_complete")
    found = judge("report_years", evidence(seen("annual", *three[1:])))
    assert (found.ratio, found.params["missing"]) == (Decimal(2) / 3, ["2025"])
    spring = judge("report_years", evidence(seen("annual", *three[1:], item("2023-01-20", "2022年度报告"))), date(2026, 3, 31))
    assert spring.outcome is MET  # the 2025 report is not due yet
    assert judge("report_years", evidence(seen("annual", *three)), date(2026, 2, 1)).outcome is MET


def test_document_of_year() -> None:
    assert said("document_of_year", evidence(seen("budget", item("2026-01-01"), complete=False))) == (MET, "document_found")
    assert said("document_of_year", evidence(seen("budget", item("2026-12-01")))) == (UNMET, "report_missing")  # a date to come is no evidence
    assert said("document_of_year", evidence(seen("budget", item("2025-01-01"), item(None)))) == (UNSEEN, "no_date")
    assert said("document_of_year", evidence(seen("budget", item("2025-01-01"))), date(2026, 1, 20), days_grace=30) == (NONE, "not_due")
    assert said("document_of_year", evidence(missing("budget")), date(2026, 1, 20), days_grace=30) == (NONE, "not_due")


def test_item_each_quarter() -> None:
    days = [item("2026-03-31"), item("2026-04-01"), item("2026-09-30")]
    assert said("item_each_quarter", evidence(seen("key_tasks", *days, complete=False))) == (MET, "quarters_complete")
    found = judge("item_each_quarter", evidence(seen("key_tasks", days[0], days[2])))
    assert (found.outcome, found.ratio, found.params["missing"]) == (PARTIAL, Decimal(2) / 3, ["二季度"])
    assert judge("item_each_quarter", evidence(seen("key_tasks", days[0], days[1])), date(2026, 9, 29)).outcome is MET
    assert said("item_each_quarter", evidence(seen("key_tasks", days[0])), date(2026, 3, 30)) == (NONE, "not_due")
    assert said("item_each_quarter", evidence(seen("key_tasks", days[0], item(None)))) == (UNSEEN, "no_date")


def test_document_titled_by() -> None:
    plan = "某区2026年政务公开工作实施方案"
    assert said("document_titled_by", evidence(seen("policy_documents", item("2026-06-24", plan), complete=False))) == (MET, "document_on_time")
    late = seen("policy_documents", item("2026-06-25", plan))
    assert said("document_titled_by", evidence(late)) == (UNMET, "document_late")
    assert said("document_titled_by", evidence(replace(late, confirmed=False))) == (UNSEEN, "unconfirmed")
    assert said("document_titled_by", evidence(seen("policy_documents", item(None, plan)))) == (UNSEEN, "no_date")
    assert said("document_titled_by", evidence(seen("policy_documents", item("2025-06-01", plan)))) == (UNMET, "document_missing")
    assert said("document_titled_by", evidence(seen("policy_documents")), date(2026, 6, 24)) == (NONE, "not_due")
    assert said("document_titled_by", evidence(missing("policy_documents")), date(2026, 6, 24)) == (NONE, "not_due")
