"""Rules on titles and lists: kinds of information, notices, issues, history, channels, doubtful dates and words."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest
from pydantic import ValidationError

from crawlers.documents.record import Document
from crawlers.status import DocumentKind, FetchStatus, Looked, PageState
from scoring.rules import RULES
from tests.index.judging import MET, NONE, PARTIAL, UNMET, UNSEEN, judge, said
from tests.index.make import AS_OF, evidence, item, missing, seen

BUDGET = item("2026-02-01", "2026年预算草案")


def test_kinds_listed() -> None:
    every = seen("budget", BUDGET, item("2026-08-01", "2025年部门决算"), item("2026-08-01", "政府债务限额表"), complete=False)
    assert said("kinds_listed", evidence(every, missing("debt"))) == (MET, "kinds_shown")
    found = judge("kinds_listed", evidence(seen("budget", BUDGET), seen("debt", item("2026-01-02", "债务余额"))))
    assert (found.outcome, found.ratio, found.params["missing"]) == (PARTIAL, Decimal(2) / 3, ["决算"])
    last = item("2025-12-31", "2024年决算、债务和预算")
    assert said("kinds_listed", evidence(seen("budget", last), missing("debt"))) == (UNMET, "kinds_lacking")
    assert said("kinds_listed", evidence(missing("budget"), missing("debt"))) == (UNMET, "kinds_lacking")
    assert said("kinds_listed", evidence(missing("budget")), columns=["budget"]) == (UNMET, "column_missing")
    assert said("kinds_listed", evidence(missing("budget", confirmed=False)), columns=["budget"]) == (UNSEEN, "unconfirmed")
    assert said("kinds_listed", evidence(seen("budget", BUDGET, item(None, "决算")), missing("debt"))) == (UNSEEN, "no_date")


def test_a_kind_is_lacking_only_in_lists_read_to_their_end_twice() -> None:
    one = seen("budget", BUDGET)
    assert said("kinds_listed", evidence(replace(one, complete=False), missing("debt"))) == (UNSEEN, "list_incomplete")
    assert said("kinds_listed", evidence(replace(one, confirmed=False), missing("debt"))) == (UNSEEN, "unconfirmed")
    assert said("kinds_listed", evidence(one, missing("debt", confirmed=False))) == (UNSEEN, "columns_unobserved")
    assert said("kinds_listed", evidence(one, missing("debt"), looked=Looked.INCOMPLETE)) == (UNSEEN, "columns_unobserved")


def test_kinds_that_are_not_due_yet_are_not_asked() -> None:
    due: dict[str, Any] = {"due": {"决算": [9, 30], "债务": [9, 30]}}
    here = evidence(seen("budget", BUDGET), missing("debt"))
    assert said("kinds_listed", here, **due) == (MET, "kinds_shown")
    assert judge("kinds_listed", here, date(2026, 10, 1), **due).outcome is PARTIAL
    assert said("kinds_listed", here, due={"预算": [12, 31], "决算": [12, 31], "债务": [12, 31]}) == (NONE, "not_due")
    assert said("kinds_listed", here, least=1) == (MET, "kinds_shown")
    assert said("kinds_listed", evidence(seen("budget", item("2026-07-02", "预算、决算、债务")), missing("debt")), year="false", days=90)[0] is MET
    assert said("kinds_listed", evidence(seen("budget", item("2026-07-01", "预算、决算、债务")), missing("debt")), year="false", days=90)[0] is UNMET
    with pytest.raises(ValidationError, match="due"):
        RULES["kinds_listed"].params.model_validate({"columns": ["budget"], "kinds": {"预算": ["预算"]}, "due": {"决算": [1, 1]}})


def test_kinds_filled() -> None:
    land, build = seen("project_land", item("2026-01-01")), seen("project_build", item("2026-01-01"))
    assert said("kinds_filled", evidence(missing("projects"), land, build)) == (MET, "kinds_shown")
    assert said("kinds_filled", evidence(seen("projects", item("2026-01-01", "某工程施工进度")), land, missing("project_build"))) == (MET, "kinds_shown")
    found = judge("kinds_filled", evidence(seen("projects"), land, seen("project_build", page=PageState.BLANK)))
    assert (found.outcome, found.ratio, found.params["missing"]) == (PARTIAL, Decimal("0.5"), ["施工有关信息"])
    assert said("kinds_filled", evidence(missing("projects"), missing("project_land"), missing("project_build"))) == (UNMET, "kinds_lacking")
    assert said("kinds_filled", evidence(seen("projects", complete=False), land, missing("project_build"))) == (UNSEEN, "list_incomplete")
    assert said("kinds_filled", evidence(seen("projects"), land, missing("project_build", confirmed=False))) == (UNSEEN, "columns_unobserved")
    with pytest.raises(ValidationError, match="words"):
        RULES["kinds_filled"].params.model_validate({"columns": ["projects"], "words": {"land": ["征地"]}})


def test_notice_present() -> None:
    told = item("2026-05-01", "关于注销“某区文旅”公众号的公告")
    assert said("notice_present", evidence(seen("notices", told, complete=False))) == (MET, "notice_found")
    assert said("notice_present", evidence(seen("notices", item("2026-05-01", "关于注销某公司执照的公告")))) == (NONE, "notice_none")
    assert said("notice_present", evidence(seen("notices", complete=False))) == (UNSEEN, "list_incomplete")
    assert said("notice_present", evidence(seen("notices", confirmed=False))) == (UNSEEN, "unconfirmed")
    assert said("notice_present", evidence(missing("notices", confirmed=False))) == (UNSEEN, "columns_unobserved")


def test_issues_of_year() -> None:
    three = [item(day) for day in ("2026-01-31", "2026-04-30", "2026-07-31")]
    assert said("issues_of_year", evidence(seen("gazette", *three, complete=False))) == (MET, "issues_enough")
    found = judge("issues_of_year", evidence(seen("gazette", *three[:2], item("2025-12-31"))))
    assert (found.outcome, found.ratio, found.params["due"]) == (PARTIAL, Decimal(2) / 3, 3)
    assert said("issues_of_year", evidence(seen("gazette", *three[:2])), date(2026, 9, 29)) == (MET, "issues_enough")
    assert said("issues_of_year", evidence(seen("gazette")), date(2026, 3, 30)) == (NONE, "not_due")
    assert said("issues_of_year", evidence(seen("gazette", item("2025-12-31")))) == (UNMET, "issues_few")
    assert said("issues_of_year", evidence(seen("gazette", *three[:2], item(None)))) == (UNSEEN, "no_date")
    assert said("issues_of_year", evidence(seen("gazette", *three[:2], complete=False))) == (UNSEEN, "list_incomplete")


def test_history_kept() -> None:
    assert said("history_kept", evidence(seen("gazette", item("2024-12-31"), complete=False))) == (MET, "history_kept")
    short = seen("gazette", item("2025-01-01"))
    assert said("history_kept", evidence(short)) == (UNMET, "history_short")
    assert said("history_kept", evidence(replace(short, complete=False))) == (UNSEEN, "list_incomplete")
    assert said("history_kept", evidence(replace(short, confirmed=False))) == (UNSEEN, "unconfirmed")
    assert said("history_kept", evidence(seen("gazette", item("2025-01-01"), item(None)))) == (UNSEEN, "no_date")
    assert said("history_kept", evidence(seen("gazette"))) == (UNSEEN, "no_date")


def test_channel_usable() -> None:
    assert said("channel_usable", evidence(missing("mailbox", confirmed=False), seen("consult_online"))) == (MET, "channel_usable")
    assert said("channel_usable", evidence(missing("mailbox"), seen("consult_online", page=PageState.BLANK))) == (UNMET, "channel_none")
    assert said("channel_usable", evidence(missing("mailbox"), missing("consult_online", confirmed=False))) == (UNSEEN, "columns_unobserved")


def test_entry_opens() -> None:
    assert said("entry_opens", evidence(seen("open_data"))) == (MET, "entry_opens")
    assert said("entry_opens", evidence(seen("open_data", page=PageState.BLANK))) == (UNMET, "column_blank")
    assert said("entry_opens", evidence(seen("open_data", fetch=None, page=None))) == (UNSEEN, "not_opened"), "an entry on another host"


def test_an_entry_may_have_to_open_on_something_recent() -> None:
    def page(day: str | None, *, confirmed: bool = True) -> Document:
        return Document(
            "http://a.test/o", "数据开放", DocumentKind.PAGE, FetchStatus.OK, published=date.fromisoformat(day) if day else None, confirmed=confirmed
        )

    assert said("entry_opens", evidence(seen("open_data", documents=(page("2026-08-31"),))), days=30) == (MET, "column_fresh")
    assert said("entry_opens", evidence(seen("open_data", documents=(page("2026-08-30"),))), days=30) == (UNMET, "column_stale")
    assert said("entry_opens", evidence(seen("open_data", documents=(page("2026-08-30", confirmed=False),))), days=30) == (UNSEEN, "unconfirmed")
    assert said("entry_opens", evidence(seen("open_data", documents=(page("2026-10-01"),))), days=30) == (UNSEEN, "no_date")
    assert said("entry_opens", evidence(seen("open_data", item("2026-09-01"), documents=(page(None),))), days=30)[0] is MET


def test_five_of_the_timely_columns_are_a_veto() -> None:
    keys = ("news", "notices", "policy_documents", "regulations", "interpretation")
    old = [seen(key, item("2025-01-01")) for key in keys]
    many: dict[str, Any] = {"neglected_max": 10}
    assert said("columns_neglected", evidence(*old), **many) == (UNMET, "neglected_over")
    assert said("columns_neglected", evidence(*old[:4], seen("interpretation", item("2026-09-01"))), **many) == (MET, "neglected_within")
    assert said("columns_neglected", evidence(*old[:4], replace(old[4], confirmed=False)), **many) == (UNSEEN, "columns_unobserved")
    assert said("columns_neglected", evidence(*old[:4], seen("duties", item("2024-01-01"))), **many) == (MET, "neglected_within")


def test_doubtful_dates_are_shown_never_scored() -> None:
    before = date(2026, 6, 30)
    old = replace(item("2026-05-01"), first_seen=before)
    assert said("dates_kept", evidence(seen("notices", old))) == (MET, "dates_kept")
    assert said("dates_kept", evidence(seen("notices", replace(old, first_seen=AS_OF)))) == (UNSEEN, "no_earlier_run")
    assert said("dates_kept", evidence(seen("notices"))) == (UNSEEN, "no_earlier_run")
    late = replace(item("2026-05-01"), first_seen=AS_OF, backdated=True)
    found = judge("dates_kept", evidence(seen("notices", old, late)))
    assert (found.outcome, found.reason_code, found.params["count"]) == (UNSEEN, "dates_doubtful", 1)
    assert found.evidence[0].snapshot == "run-1/a@150+70"
    changed = replace(old, was=date(2026, 4, 1))
    assert said("dates_kept", evidence(seen("notices", changed))) == (UNSEEN, "dates_doubtful")


def test_words_only_propose() -> None:
    fine, typo = item("2026-05-01", "关于政务公开工作的通知"), item("2026-05-02", "关于政务公开工做的通知")
    assert said("words_absent", evidence(seen("notices", fine))) == (MET, "words_none")
    found = judge("words_absent", evidence(seen("notices", fine, typo)))
    assert (found.outcome, found.reason_code, found.params["names"]) == (UNSEEN, "words_found", ["《关于政务公开工做的通知》"])
    assert found.evidence[0].url == typo.url
    assert said("words_absent", evidence(seen("notices"))) == (UNSEEN, "no_titles")
