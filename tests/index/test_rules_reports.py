"""Rules on what annual reports say: nothing is held against a report that was not read, and a fault is one that was seen twice."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from crawlers.documents.record import Attachment, Document, Violation
from crawlers.status import FetchStatus, PageState
from scoring.model import Outcome, UnitEvidence
from scoring.rules.report_sections_complete import SECTIONS
from tests.index.close import annual
from tests.index.judging import MET, PARTIAL, UNMET, UNSEEN, judge, said
from tests.index.make import evidence, item, seen

CONTENT = ["report_sections_complete", "report_equations_hold", "report_carried_over", "report_prose_consistent"]
ROW = Violation("row_sum", "表三“予以公开”行", "8", "9")
TEXT = Violation("prose", "正文“27件”与表三", "28", "27")


def of(*documents: Document, **changes: Any) -> UnitEvidence:
    """A column that lists these reports."""
    items = [item(str(one.published), one.title) for one in documents]
    return evidence(seen("annual", *items, documents=documents, **changes))


@pytest.mark.parametrize("rule", CONTENT)
def test_a_report_is_judged_only_when_it_was_read(rule: str) -> None:
    last = annual(2025)
    assert judge(rule, of(last, annual(2024, carried=(0, 2)))).outcome is MET
    assert said(rule, of(replace(last, fetch=FetchStatus.TIMEOUT, report=None, page=None))) == (UNSEEN, "report_unread")
    assert said(rule, of(replace(last, report=None, note="正文是图片"))) == (UNSEEN, "report_unread")
    assert said(rule, of(replace(last, page=PageState.SHIELD))) == (UNSEEN, "report_unread")
    listed = seen("annual", item("2026-03-01", "2025年度报告"))
    assert said(rule, evidence(listed)) == (UNSEEN, "report_unread"), "listed, but not opened"


@pytest.mark.parametrize("rule", CONTENT)
def test_an_overdue_report_has_no_content(rule: str) -> None:
    older = annual(2024)
    assert said(rule, of(older)) == (UNMET, "report_missing")
    assert said(rule, of(older, complete=False)) == (UNSEEN, "list_incomplete")
    assert said(rule, of(older, confirmed=False)) == (UNSEEN, "unconfirmed")


@pytest.mark.parametrize("rule", CONTENT)
def test_until_the_deadline_the_report_before_is_judged(rule: str) -> None:
    before = of(annual(2024), annual(2023, carried=(0, 2)))
    assert judge(rule, before, date(2026, 3, 31)).params["year"] == 2024
    assert said(rule, before, date(2026, 4, 1)) == (UNMET, "report_missing")
    early = of(annual(2025), annual(2024, carried=(0, 2)))
    assert judge(rule, early, date(2026, 2, 1)).params["year"] == 2025


def test_sections() -> None:
    five = annual(2025, sections=SECTIONS[:5])
    found = judge("report_sections_complete", of(five))
    assert (found.outcome, found.ratio, found.params["missing"]) == (PARTIAL, Decimal(5) / 6, ["其他需要报告的事项"])
    assert said("report_sections_complete", of(replace(five, confirmed=False))) == (UNSEEN, "report_unread")
    assert said("report_sections_complete", of(replace(five, whole=False))) == (UNSEEN, "report_unread")
    assert said("report_sections_complete", of(annual(2025, sections=()))) == (UNSEEN, "report_unread"), "no heading at all is a text that was not understood"


def test_equations() -> None:
    found = judge("report_equations_hold", of(annual(2025, violations=(ROW, TEXT))))
    assert (found.outcome, found.params["count"]) == (UNMET, 1), "the text is another rule's"
    assert "表三“予以公开”行（应为 8，实为 9）" in found.params["places"]
    assert judge("report_equations_hold", of(annual(2025, violations=(TEXT,)))).outcome is MET
    assert said("report_equations_hold", of(annual(2025, violations=(ROW,), confirmed=False))) == (UNSEEN, "report_unread")
    assert said("report_equations_hold", of(annual(2025, unchecked=1, checked=41))) == (UNSEEN, "report_unchecked")
    assert said("report_equations_hold", of(annual(2025, source="", checked=0, tables=(), note="在附件中"))) == (UNSEEN, "report_unread")
    assert judge("report_equations_hold", of(annual(2025, violations=(ROW,), unchecked=3))).outcome is UNMET, (
        "what does not hold stands, whatever else was not tried"
    )


def test_carried_over() -> None:
    this = annual(2025, carried=(2, 1))
    assert judge("report_carried_over", of(this, annual(2024, carried=(0, 2)))).outcome is MET
    found = judge("report_carried_over", of(this, annual(2024, carried=(0, 1))))
    assert (found.outcome, found.params["expected"], found.params["found"]) == (UNMET, 1, 2)
    assert said("report_carried_over", of(this)) == (UNSEEN, "report_carried_unread")
    assert said("report_carried_over", of(this, annual(2024, carried=(None, None)))) == (UNSEEN, "report_carried_unread")
    assert said("report_carried_over", of(this, annual(2024, carried=(0, 1), unchecked=2))) == (UNSEEN, "report_carried_unread")
    once = annual(2024, carried=(0, 1), violations=(ROW,), confirmed=False)
    assert said("report_carried_over", of(this, once)) == (UNSEEN, "report_carried_unread")


def test_prose() -> None:
    found = judge("report_prose_consistent", of(annual(2025, violations=(TEXT, ROW))))
    assert (found.outcome, found.params["count"]) == (UNMET, 1)
    assert said("report_prose_consistent", of(annual(2025, violations=(TEXT,), confirmed=False))) == (UNSEEN, "report_unread")
    assert said("report_prose_consistent", of(annual(2025, mentions=0))) == (UNSEEN, "report_prose_silent")
    assert judge("report_prose_consistent", of(annual(2025, violations=(ROW,)))).outcome is MET


@pytest.mark.parametrize(
    ("bad", "expected"),
    [
        ({"fetch": FetchStatus.HTTP_ERROR, "http": 404, "page": None, "report": None}, (PARTIAL, "reports_closed")),
        ({"page": PageState.SOFT_404, "report": None}, (PARTIAL, "reports_closed")),
        ({"attachments": (Attachment("http://a.test/a.pdf", "年报.pdf", opens=False),)}, (PARTIAL, "reports_closed")),
        ({"fetch": FetchStatus.HTTP_ERROR, "http": 404, "page": None, "report": None, "confirmed": False}, (MET, "reports_open")),
        ({"fetch": FetchStatus.TIMEOUT, "page": None, "report": None}, (MET, "reports_open")),
        ({"attachments": (Attachment("http://a.test/a.pdf", "年报.pdf", opens=None),)}, (MET, "reports_open")),
    ],
)
def test_reports_open(bad: dict[str, Any], expected: tuple[Outcome, str]) -> None:
    good = [annual(year) for year in (2024, 2023)]
    assert said("reports_open", of(replace(annual(2025), **bad), *good)) == expected


def test_reports_open_needs_some_that_were_tried() -> None:
    assert said("reports_open", evidence(seen("annual", item("2026-03-01", "2025年度报告")))) == (UNSEEN, "sample_unread")
    slow = [replace(annual(year), fetch=FetchStatus.TIMEOUT, page=None) for year in (2025, 2024)]
    assert said("reports_open", of(*slow, annual(2023))) == (UNSEEN, "sample_unread"), "one of three is no sample"
    gone = replace(annual(2025), fetch=FetchStatus.HTTP_ERROR, http=410, page=None)
    assert judge("reports_open", of(gone)).outcome is UNMET
