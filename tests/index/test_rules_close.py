"""Rules on consultations and interpretations, at the days on which they turn."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from crawlers.documents.record import Document
from crawlers.status import FetchStatus, PageState
from scoring.model import Outcome, UnitEvidence
from tests.index.close import interpretation, notice
from tests.index.judging import MET, NONE, PARTIAL, UNMET, UNSEEN, judge, said
from tests.index.make import AS_OF, evidence, item, missing, seen


def asking(*notices: Document, outcomes: Any = None, **changes: Any) -> UnitEvidence:
    """A column of notices, and one of outcomes that was read to its end."""
    return evidence(
        seen("consultation", *(item(str(one.published), one.title) for one in notices), documents=notices, **changes),
        outcomes or seen("consultation_result", item("2026-01-01")),
    )


def day(back: int) -> str:
    return (AS_OF - timedelta(days=back)).isoformat()


PROPER: list[tuple[dict[str, Any], tuple[Outcome, str]]] = [
    ({}, (MET, "consulted")),
    ({"days": 29}, (UNMET, "consulted_badly")),
    ({"days": 29, "reason": "因情况紧急，期限缩短为29天"}, (MET, "consulted")),
    ({"draft": False}, (UNMET, "consulted_badly")),
    ({"explanation": False}, (UNMET, "consulted_badly")),
    ({"channels": ()}, (UNMET, "consulted_badly")),
    ({"days": None}, (UNSEEN, "sample_unread")),
    ({"explanation": None}, (UNSEEN, "sample_unread")),
    ({"days": 29, "doc_confirmed": False}, (UNSEEN, "sample_unread")),
    ({"days": 29, "doc_whole": False}, (UNSEEN, "sample_unread")),
    ({"doc_fetch": FetchStatus.TIMEOUT, "doc_page": None}, (UNSEEN, "sample_unread")),
    ({"doc_consultation": None}, (UNSEEN, "sample_unread")),
]


@pytest.mark.parametrize(("changes", "expected"), PROPER)
def test_a_notice(changes: dict[str, Any], expected: tuple[Outcome, str]) -> None:
    one = notice(day(10), **{key: value for key, value in changes.items() if key != "doc_consultation"})
    if "doc_consultation" in changes:
        one = replace(one, consultation=None)
    assert said("consultations_proper", asking(one)) == expected


def test_notices_count_by_their_share_and_only_within_the_span() -> None:
    found = judge("consultations_proper", asking(notice(day(90)), notice(day(91), days=5), notice(day(1), days=7)))
    assert (found.outcome, found.ratio, found.params["total"]) == (PARTIAL, Decimal("0.5"), 2)
    assert "期限 7 天，没有说明缩短的理由" in found.params["names"][0]
    assert said("consultations_proper", asking(notice(day(91), days=5))) == (NONE, "none_recent")
    assert said("consultations_proper", asking(notice(day(91)), confirmed=False)) == (UNSEEN, "unconfirmed")
    unsure = asking(notice(day(3)), notice(day(2), days=None), notice(day(1), days=None))
    assert said("consultations_proper", unsure) == (UNSEEN, "sample_unread"), "one of three is no sample"
    half = judge("consultations_proper", asking(notice(day(3)), notice(day(2), days=None)))
    assert (half.outcome, len(half.params["unsure"])) == (MET, 1)
    assert said("consultations_proper", evidence(seen("consultation", item(day(3))))) == (UNSEEN, "sample_unread")
    assert said("consultations_proper", evidence(seen("consultation", item(None)))) == (UNSEEN, "no_date")
    assert said("consultations_proper", evidence(seen("consultation", fetch=None, page=None))) == (UNSEEN, "not_opened")


ANSWERED: list[tuple[dict[str, Any], tuple[Outcome, str]]] = [
    ({"end": day(31), "result_url": "http://a.test/r"}, (MET, "consultations_answered")),
    ({"end": day(31)}, (UNMET, "consultations_unanswered")),
    ({"end": day(30)}, (NONE, "consultations_open")),
    ({"end": day(365)}, (UNMET, "consultations_unanswered")),
    ({"end": day(366)}, (NONE, "consultations_open")),
    ({"end": None}, (NONE, "consultations_open")),
    ({"end": day(31), "doc_confirmed": False}, (UNSEEN, "sample_unread")),
    ({"end": day(31), "doc_whole": False}, (UNSEEN, "sample_unread")),
    ({"end": day(31), "doc_page": PageState.SHIELD}, (UNSEEN, "sample_unread")),
]


@pytest.mark.parametrize(("changes", "expected"), ANSWERED)
def test_an_outcome(changes: dict[str, Any], expected: tuple[Outcome, str]) -> None:
    assert said("consultations_answered", asking(notice(day(60), **changes))) == expected


def test_an_outcome_is_lacking_only_where_outcomes_were_read() -> None:
    due = notice(day(60), end=day(31))
    assert said("consultations_answered", asking(due, outcomes=missing("consultation_result"))) == (UNMET, "consultations_unanswered")
    assert said("consultations_answered", asking(due, outcomes=seen("consultation_result", page=PageState.BLANK)))[0] is UNMET
    for unread in (
        missing("consultation_result", confirmed=False),
        seen("consultation_result", item(day(3)), complete=False),
        seen("consultation_result", fetch=FetchStatus.TIMEOUT, http=None, page=None),
    ):
        assert said("consultations_answered", asking(due, outcomes=unread)) == (UNSEEN, "sample_unread")
    assert said("consultations_answered", evidence(missing("consultation"), missing("consultation_result"))) == (UNMET, "column_missing")
    assert said("consultations_answered", evidence(seen("consultation", item(day(3))), missing("consultation_result"))) == (UNSEEN, "not_opened")


def explained(*documents: Document, **changes: Any) -> UnitEvidence:
    return evidence(seen("interpretation", *(item(str(one.published), one.title) for one in documents), documents=documents, **changes))


TIMELY: list[tuple[dict[str, Any], tuple[Outcome, str]]] = [
    ({"working_days": 3}, (MET, "interpreted_in_time")),
    ({"working_days": 0}, (MET, "interpreted_in_time")),
    ({"working_days": 4}, (UNMET, "interpreted_late")),
    ({"working_days": 4, "doc_confirmed": False}, (UNSEEN, "sample_unread")),
    ({"working_days": None, "unknown_years": (2031,)}, (UNSEEN, "holidays_unknown")),
    ({"working_days": None}, (UNSEEN, "sample_unread")),
    ({"doc_fetch": FetchStatus.TIMEOUT, "doc_page": None}, (UNSEEN, "sample_unread")),
]


@pytest.mark.parametrize(("changes", "expected"), TIMELY)
def test_an_interpretation(changes: dict[str, Any], expected: tuple[Outcome, str]) -> None:
    assert said("interpretations_in_time", explained(interpretation(day(5), **changes))) == expected


def test_interpretations_count_by_document_and_within_the_span() -> None:
    late, prompt = interpretation(day(5), 20, "p"), interpretation(day(25), 1, "p")
    assert judge("interpretations_in_time", explained(late, prompt)).outcome is MET, "a second interpretation of the same document is not late"
    found = judge("interpretations_in_time", explained(late, interpretation(day(6), 2, "q")))
    assert (found.outcome, found.ratio) == (PARTIAL, Decimal("0.5"))
    assert said("interpretations_in_time", explained(interpretation(day(91), 20))) == (NONE, "none_recent")
    assert said("interpretations_in_time", explained(replace(late, pairing=None))) == (UNSEEN, "sample_unread")
    unknown = judge("interpretations_in_time", explained(interpretation(day(5), None, unknown_years=(2031,))))
    assert unknown.params["years"] == ["2031"]


@pytest.mark.parametrize(
    ("changes", "expected", "ratio"),
    [
        ({}, (MET, "interpretations_linked"), "1"),
        ({"linked": False}, (PARTIAL, "interpretations_unlinked"), "0.5"),
        ({"linked_back": False}, (PARTIAL, "interpretations_unlinked"), "0.5"),
        ({"linked": False, "linked_back": False}, (UNMET, "interpretations_unlinked"), "0"),
        ({"linked_back": None}, (MET, "interpretations_linked"), "1"),
        ({"linked": None, "linked_back": None}, (UNSEEN, "sample_unread"), None),
        ({"linked": False, "linked_back": False, "doc_confirmed": False}, (UNSEEN, "sample_unread"), None),
        ({"linked": False, "doc_whole": False}, (MET, "interpretations_linked"), "1"),
    ],
)
def test_links_of_a_pair(changes: dict[str, Any], expected: tuple[Outcome, str], ratio: str | None) -> None:
    found = judge("interpretations_linked", explained(interpretation(day(5), **changes)))
    assert (found.outcome, found.reason_code) == expected
    assert found.ratio == (None if ratio is None else Decimal(ratio))


def titled(*titles: str, others: tuple[str, ...] = (), back: int = 5) -> UnitEvidence:
    return evidence(seen("interpretation", *(item(day(back), title) for title in titles)), seen("press", *(item(day(back), title) for title in others)))


def test_kinds() -> None:
    assert said("interpretation_kinds", titled("一图读懂某办法", "某办法问答")) == (MET, "interpretation_kinds")
    assert judge("interpretation_kinds", titled("一图读懂某办法", "图解某办法")).ratio == Decimal("0.5")
    found = judge("interpretation_kinds", titled("一图读懂甲", "乙问答", "丙", "丁", "戊"))
    assert (found.outcome, found.ratio, found.params["kinds"]) == (PARTIAL, Decimal("0.4") / Decimal("0.5"), ["图解图表", "问答"])
    assert judge("interpretation_kinds", titled("一图读懂甲", others=("某局召开新闻发布会",))).outcome is MET
    assert said("interpretation_kinds", titled("某办法的说明")) == (UNSEEN, "interpretation_kinds_untold")
    assert said("interpretation_kinds", titled("一图读懂甲", back=91)) == (NONE, "none_recent")
    assert said("interpretation_kinds", evidence(missing("interpretation"), missing("press"))) == (UNMET, "column_missing")
    assert said("interpretation_kinds", evidence(seen("interpretation", item(None)), missing("press"))) == (UNSEEN, "no_date")
    unsure = evidence(seen("interpretation", item(day(1), "一图读懂")), missing("press", confirmed=False))
    assert said("interpretation_kinds", unsure) == (UNSEEN, "columns_unobserved")


def met_with(*titles: str, back: int = 5, **changes: Any) -> UnitEvidence:
    return evidence(seen("meetings", *(replace(item(day(back), title), url=f"http://a.test/{number}") for number, title in enumerate(titles)), **changes))


def test_items_with_a_word() -> None:
    assert said("items_within", met_with("邀请代表列席会议", "区长主持会议", complete=False)) == (MET, "items_enough")
    found = judge("items_within", met_with("副区长主持会议", "邀请代表列席会议"))
    assert (found.outcome, found.reason_code, found.params["count"]) == (UNSEEN, "items_untold", 1)
    assert said("items_within", met_with("区长主持", "代表列席", back=365)) == (MET, "items_enough")
    assert said("items_within", met_with("区长主持", "代表列席", back=366)) == (UNMET, "items_few"), "nothing at all was published in the span"
    assert said("items_within", met_with("区长主持", back=366, complete=False)) == (UNSEEN, "list_incomplete")
    assert said("items_within", met_with("区长主持", back=366, confirmed=False)) == (UNSEEN, "unconfirmed")
    assert said("items_within", evidence(missing("meetings"))) == (UNMET, "column_missing")
    assert said("items_within", evidence(missing("meetings", confirmed=False))) == (UNSEEN, "columns_unobserved")
    assert said("items_within", evidence(seen("meetings", item(None)))) == (UNSEEN, "no_date")


def test_items_of_any_kind() -> None:
    assert said("items_within", met_with("甲", "乙"), words=[]) == (MET, "items_enough")
    half = judge("items_within", met_with("甲"), words=[])
    assert (half.outcome, half.ratio) == (PARTIAL, Decimal("0.5"))
    assert said("items_within", met_with("甲", complete=False), words=[]) == (UNSEEN, "list_incomplete")
    assert said("items_within", met_with("甲", "乙"), date(2028, 1, 1), words=[]) == (UNMET, "items_few")
