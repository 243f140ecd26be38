"""Rules on documents that were opened: validity, personal data, delays, guides, catalogues, forms, task tables. What was not read whole and twice is held against nobody."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crawlers.documents.record import Attachment, Document, PersonalDatum, Validity
from crawlers.observation import Item
from crawlers.status import DocumentKind, FetchStatus, PageState
from tests.index.judging import MET, NONE, PARTIAL, UNMET, UNSEEN, judge, params, said
from tests.index.make import COLUMNS, evidence, item, missing, seen

ELEMENTS = {key: tuple(COLUMNS[key].elements) for key in ("business", "grassroots", "application")}


def opened(number: int = 0, kind: DocumentKind = DocumentKind.OTHER, **changes: Any) -> Document:
    """A document that was read whole and twice."""
    base = Document(f"http://a.test/doc/{number}", f"文件{number}", kind, FetchStatus.OK, 200, PageState.CONTENT, 1, confirmed=True)
    return replace(base, **changes)


# --- 规范性文件有效性 -----------------------------------------------------------------------------------------------------------------


def test_validity_labelled() -> None:
    marked = [opened(n, validity=Validity("有效")) for n in range(4)]
    dated = opened(4, validity=Validity("", date(2030, 1, 1)))
    assert said("validity_labelled", evidence(seen("regulations", documents=(*marked, dated)))) == (MET, "validity_labelled")
    found = judge("validity_labelled", evidence(seen("regulations", documents=(*marked, opened(5)))))
    assert (found.outcome, found.ratio, found.params["titles"]) == (PARTIAL, Decimal("0.8"), ["《文件5》"])
    assert found.evidence[0].snapshot == "run-1/a@150+70"
    assert said("validity_labelled", evidence(seen("regulations", documents=(opened(validity=Validity("")),)))) == (UNMET, "validity_lacking")


@pytest.mark.parametrize("unread", [{"confirmed": False}, {"whole": False}, {"fetch": FetchStatus.CANCELLED, "confirmed": False}])
def test_validity_of_what_was_not_read_is_unknown(unread: dict[str, Any]) -> None:
    doubtful = opened(9, **unread)
    marked = opened(1, validity=Validity("废止"))
    assert said("validity_labelled", evidence(seen("regulations", documents=(doubtful,)))) == (UNSEEN, "documents_unread")
    assert said("validity_labelled", evidence(seen("regulations", documents=(marked, doubtful)))) == (MET, "validity_labelled")
    assert said("validity_labelled", evidence(seen("regulations", documents=(marked, doubtful, replace(doubtful, url="x"))))) == (UNSEEN, "documents_unread")
    assert said("validity_labelled", evidence(seen("regulations"))) == (UNSEEN, "documents_unread")


# --- 个人信息 -------------------------------------------------------------------------------------------------------------------------

DATUM = PersonalDatum("id_card", "9999**********01", "表格1第2行「身份证号」列", "http://a.test/doc/0")


def test_personal_data_is_told_in_masked_form_only() -> None:
    bad = opened(kind=DocumentKind.ROSTER, personal=(DATUM,))
    found = judge("no_personal_data", evidence(seen("relief", documents=(bad,)), missing("agriculture")))
    assert (found.outcome, found.reason_code, found.params["places"]) == (
        UNMET,
        "personal_found",
        ["身份证号 9999**********01（《文件0》表格1第2行「身份证号」列）"],
    )
    once = replace(bad, confirmed=False)
    assert said("no_personal_data", evidence(seen("relief", documents=(once,)), missing("agriculture"))) == (UNSEEN, "personal_unconfirmed")


def test_no_personal_data_needs_rosters_that_were_read() -> None:
    clean = opened(kind=DocumentKind.ROSTER)
    assert said("no_personal_data", evidence(seen("relief", documents=(clean,)), missing("agriculture"))) == (MET, "personal_none")
    unread = opened(1, DocumentKind.ROSTER, note="附件「名单.xls」（xls）未读取")
    assert said("no_personal_data", evidence(seen("relief", documents=(unread,)), missing("agriculture"))) == (UNSEEN, "rosters_unread")
    assert said("no_personal_data", evidence(seen("relief", documents=(clean, unread)), missing("agriculture"))) == (MET, "personal_none")
    assert said("no_personal_data", evidence(seen("relief", documents=(clean, unread, replace(unread, url="y"))), missing("agriculture")))[0] is UNSEEN
    assert said("no_personal_data", evidence(seen("relief"), missing("agriculture"))) == (UNSEEN, "rosters_unread")
    assert said("no_personal_data", evidence(missing("relief"), missing("agriculture"))) == (NONE, "no_rosters")
    assert said("no_personal_data", evidence(missing("relief"), missing("agriculture", confirmed=False))) == (UNSEEN, "columns_unobserved")


# --- 公开时限 -------------------------------------------------------------------------------------------------------------------------


def decision(number: int, days: int, working: int | None = None, **changes: Any) -> Document:
    day = date(2026, 9, 1)
    return opened(number, decided=day, published=day + timedelta(days=days), working_days=working, **changes)


def test_published_within_counts_working_days_inclusively() -> None:
    found = judge("published_within", evidence(seen("double_publicity", documents=(decision(1, 9, 7), decision(2, 10, 8)))))
    assert (found.outcome, found.ratio, found.params["count"]) == (PARTIAL, Decimal("0.5"), 1)
    assert said("published_within", evidence(seen("double_publicity", documents=(decision(1, 9, 7), opened(3))))) == (MET, "delay_within")
    assert said("published_within", evidence(seen("double_publicity", documents=(decision(1, 20, 14),)))) == (UNMET, "delay_over")
    assert said("published_within", evidence(seen("double_publicity", documents=(decision(1, 20, 14, confirmed=False),)))) == (UNSEEN, "delay_unconfirmed")
    assert said("published_within", evidence(seen("double_publicity", documents=(decision(1, 20, None),)))) == (UNSEEN, "decision_undated")
    assert said("published_within", evidence(seen("double_publicity", documents=(opened(),)))) == (UNSEEN, "decision_undated")


def test_published_within_calendar_days() -> None:
    twenty: dict[str, Any] = {"days": 20, "working": "false", "columns": ["budget"]}
    assert said("published_within", evidence(seen("budget", documents=(decision(1, 20),))), **twenty) == (MET, "delay_within")
    assert said("published_within", evidence(seen("budget", documents=(decision(1, 21),))), **twenty) == (UNMET, "delay_over")
    assert said("published_within", evidence(seen("budget", documents=(decision(1, -1),))), **twenty) == (UNSEEN, "decision_undated")
    assert said("published_within", evidence(missing("budget")), **twenty) == (UNMET, "column_missing")
    most: dict[str, Any] = twenty | {"share": 0.5}
    assert said("published_within", evidence(seen("budget", documents=(decision(1, 20), decision(2, 21)))), **most)[0] is MET


# --- 要素、目录、申请表 -----------------------------------------------------------------------------------------------------------------


def test_guides_complete() -> None:
    six = ELEMENTS["business"]
    full, poor = opened(1, elements=six), opened(2, elements=six[:3])
    assert said("guides_complete", evidence(seen("business", documents=(full,)))) == (MET, "guides_complete")
    found = judge("guides_complete", evidence(seen("business", documents=(full, poor))))
    assert (found.outcome, found.ratio) == (PARTIAL, Decimal(9) / 12)
    assert found.params["titles"] == ["《文件2》缺" + "、".join(six[3:])]
    assert said("guides_complete", evidence(seen("business", documents=(opened(),)))) == (UNMET, "guides_lacking")
    assert said("guides_complete", evidence(seen("business", documents=(replace(poor, whole=False),)))) == (UNSEEN, "documents_unread")
    assert said("guides_complete", evidence(seen("business", documents=(replace(full, whole=False),)))) == (MET, "guides_complete")


def test_fields_covered() -> None:
    every = ELEMENTS["grassroots"]
    one = item("2026-08-01", "试点领域标准目录")
    assert len(every) == 26
    assert said("fields_covered", evidence(seen("grassroots", one, documents=(opened(elements=every),)))) == (MET, "fields_covered")
    lacking = seen("grassroots", one, documents=(opened(elements=every[:-1]),))
    found = judge("fields_covered", evidence(lacking))
    assert (found.outcome, found.ratio, found.params["missing"]) == (PARTIAL, Decimal(25) / 26, [every[-1]])
    titled = item("2026-08-02", f"{every[-1]}领域标准目录")
    assert said("fields_covered", evidence(seen("grassroots", one, titled, documents=(opened(elements=every[:-1]),))))[0] is MET
    assert said("fields_covered", evidence(replace(lacking, complete=False))) == (UNSEEN, "list_incomplete")
    assert said("fields_covered", evidence(replace(lacking, confirmed=False))) == (UNSEEN, "unconfirmed")
    assert said("fields_covered", evidence(replace(lacking, documents=(opened(elements=every[:-1], whole=False),)))) == (UNSEEN, "documents_unread")
    assert said("fields_covered", evidence(replace(lacking, items=(one, item("2025-08-01"))))) == (UNSEEN, "documents_unread"), "one of the two was not opened"
    assert said("fields_covered", evidence(lacking), left_out=[every[-1]]) == (MET, "fields_covered")


def test_catalogue_fields() -> None:
    eight = tuple(params("catalogue_fields")["headings"])
    best, poor = opened(1, headings=eight), opened(2, headings=eight[:2])
    assert said("catalogue_fields", evidence(seen("grassroots", documents=(poor, best)))) == (MET, "catalogue_complete")
    found = judge("catalogue_fields", evidence(seen("grassroots", documents=(poor, opened(3, headings=eight[:6])))))
    assert (found.outcome, found.ratio, found.params["title"]) == (PARTIAL, Decimal(6) / 8, "文件3")
    assert said("catalogue_fields", evidence(seen("grassroots", documents=(opened(),)))) == (UNMET, "catalogue_lacking")
    assert said("catalogue_fields", evidence(seen("grassroots", documents=(opened(whole=False),)))) == (UNSEEN, "documents_unread")


def page(*files: Attachment, **changes: Any) -> Document:
    return opened(0, DocumentKind.PAGE, attachments=files, **changes)


def file(opens: bool | None) -> Attachment:
    return Attachment("http://a.test/a.doc", "申请表.doc", FetchStatus.OK, 200, "doc", 9, opens)


def test_form_opens() -> None:
    links = ("http://a.test/a.doc",)
    assert said("form_opens", evidence(seen("application", attachments=links, documents=(page(file(False), file(True)),)))) == (MET, "form_opens")
    assert said("form_opens", evidence(seen("application", attachments=links, documents=(page(file(False)),)))) == (UNMET, "form_damaged")
    assert said("form_opens", evidence(seen("application", attachments=links, documents=(page(file(None)),)))) == (UNSEEN, "files_unread")
    assert said("form_opens", evidence(seen("application", attachments=links))) == (UNSEEN, "files_unread")
    assert said("form_opens", evidence(seen("application", documents=(page(),)))) == (UNMET, "attachment_missing")
    assert said("form_opens", evidence(seen("application", documents=(page(confirmed=False),)))) == (UNSEEN, "unconfirmed")
    assert said("form_opens", evidence(seen("application", documents=(page(whole=False),)))) == (UNSEEN, "files_unread")
    assert said("form_opens", evidence(seen("application", fetch=None, page=None))) == (UNSEEN, "not_opened")


# --- 任务分解表 -------------------------------------------------------------------------------------------------------------------------

PLAN = Item("http://a.test/doc/0", "某区2026年政务公开工作实施方案", date(2026, 6, 1))


def test_task_table() -> None:
    table = replace(PLAN, url="http://a.test/doc/7", title="2026年政务公开工作任务分解表")
    assert said("task_table", evidence(seen("policy_documents", PLAN, table, complete=False))) == (MET, "tasks_tabled")
    beside = opened(0, DocumentKind.POLICY, attachments=(Attachment("http://a.test/t.xlsx", "附件：重点任务分工.xlsx"),))
    assert said("task_table", evidence(seen("policy_documents", PLAN, documents=(beside,)))) == (MET, "tasks_tabled")
    other = opened(0, DocumentKind.POLICY, attachments=(Attachment("http://a.test/t.xlsx", "附件1.xlsx"),))
    assert said("task_table", evidence(seen("policy_documents", PLAN, documents=(other,)))) == (UNSEEN, "documents_unread")
    bare = opened(0, DocumentKind.POLICY)
    assert said("task_table", evidence(seen("policy_documents", PLAN, documents=(bare,)))) == (UNMET, "tasks_untabled")
    assert said("task_table", evidence(seen("policy_documents", PLAN, documents=(replace(bare, confirmed=False),)))) == (UNSEEN, "documents_unread")
    assert said("task_table", evidence(seen("policy_documents", PLAN))) == (UNSEEN, "documents_unread")
    assert said("task_table", evidence(seen("policy_documents", item("2025-06-01", "2025年政务公开工作实施方案")))) == (UNMET, "report_missing")
    assert said("task_table", evidence(seen("policy_documents", complete=False))) == (UNSEEN, "list_incomplete")
    assert said("task_table", evidence(seen("policy_documents")), date(2026, 6, 24)) == (NONE, "not_due")
    assert said("task_table", evidence(missing("policy_documents")), date(2026, 6, 24)) == (NONE, "not_due")
    assert said("task_table", evidence(seen("policy_documents")), date(2026, 6, 25)) == (UNMET, "report_missing")
