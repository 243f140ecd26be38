"""Numbers of the prose against the tables: what plainly speaks of the same total is compared, everything else is left alone."""

import pytest

from crawlers.documents.record import Violation
from crawlers.documents.report_prose import against
from crawlers.documents.report_tables import Tables, read_tables
from crawlers.documents.sheet import from_page
from crawlers.page import Page
from tests.crawlers.report_pages import page, simple

OFFICE, REGION = "示例区人民政府办公室", "示例区人民政府"


def tables() -> Tables:
    """28 received, 1 carried in, 27 dealt with (9 granted, 3 denied, 6 not held, 9 complaints), 2 carried on; one review, one suit."""
    return read_tables(from_page(Page("http://www.example.invalid/", page(simple()), "text/html; charset=utf-8")))


def said(text: str, issuer: str = OFFICE) -> tuple[int, list[Violation]]:
    return against([text], tables(), 2022, issuer)


@pytest.mark.parametrize(
    ("text", "expected", "found"),
    [
        ("2022年，我办共收到政府信息公开申请27件。", "28", "27"),
        ("全年共收到政府信息公开申请 30 件，其中网上申请20件。", "28", "30"),
        ("新收政府信息公开申请２９件，均已答复。", "28", "29"),
        ("2022年，区本级办理依申请公开25件，其中行政复议1件，结果维持。", "27", "25"),
        ("共受理依申请公开1,028件。", "27", "1028"),
        ("全年收到政府信息公开申请28件，其中予以公开10件。", "9", "10"),
        ("收到政府信息公开申请28件，无法提供4件。", "6", "4"),
        ("收到政府信息公开申请28件，上年结转3件。", "1", "3"),
        ("收到政府信息公开申请28件，结转下年度继续办理1件。", "2", "1"),
        ("因政府信息公开工作被申请行政复议2件。", "1", "2"),
        ("信息公开类行政复议1件，行政诉讼4件。", "1", "4"),
        ("示例区人民政府办公室共收到政府信息公开申请27件。", "28", "27"),
        ("共收到政府信息公开申请29件，均已办结。", "28", "29"),
        ("2022年，我办共受理依申请公开信息30件。", "27", "30"),
        ("全年未发生因政府信息公开引起的行政复议案件。", "1", "0"),
        ("本年度未收到政府信息公开申请。", "28", "0"),
    ],
)
def test_a_contradiction_is_told_with_its_sentence(text: str, expected: str, found: str) -> None:
    _, (one,) = said(text)
    assert (one.rule, one.expected, one.found) == ("prose", expected, found)
    assert text[:6].replace(" ", "") in one.where


@pytest.mark.parametrize(
    ("text", "compared"),
    [
        ("2022年共收到政府信息公开申请28件，上年结转1件，办结27件，结转下年度2件。", 3),
        ("共收到政府信息公开申请29件（含上年结转1件）。", 2),
        ("收到政府信息公开申请28件，予以公开9件，部分公开0件，不予公开3件，无法提供6件，不予处理9件，其他处理0件。", 6),
        ("收到政府信息公开申请28件，较上年增加27件，增长12%。", 1),
        ("因政府信息公开被申请行政复议1件，被提起行政诉讼1件。", 2),
    ],
)
def test_agreement_is_counted(text: str, compared: int) -> None:
    assert said(text) == (compared, [])


@pytest.mark.parametrize(
    "text",
    [
        "申请数量较上年增加27件。",
        "2021年共收到政府信息公开申请31件。",
        "上年共收到政府信息公开申请31件。",
        "比2021年多收到政府信息公开申请31件。",
        "通过网络收到政府信息公开申请20件，通过信函收到政府信息公开申请8件。",
        "其中，收到政府信息公开申请5件涉及征地拆迁。",
        "区住建局收到政府信息公开申请12件。",
        "全区共收到政府信息公开申请500件。",
        "各镇街共受理依申请公开300件。",
        "全年办理行政复议案件230件，行政诉讼50件。",
        "人大建议、政协提案办理结果予以公开45件。",
        "上半年收到政府信息公开申请12件。",
        "收到政府信息公开申请约30件。",
        "收到政府信息公开申请30余件。",
        "未发生因政府信息公开引起的行政复议被纠正的情形。",
        "上年未发生因政府信息公开引起的行政复议。",
        "主动公开政府信息27件，发布解读35条。",
        "因信息公开行政复议被纠正的行政复议3件。",
        "办理依申请公开时限由20日缩短为15日。",
        "自条例修订以来共收到政府信息公开申请300件。",
    ],
)
def test_what_speaks_of_something_else_is_left_alone(text: str) -> None:
    assert said(text)[1] == []


def test_a_part_of_a_region_is_not_the_region() -> None:
    assert said("区本级办理依申请公开12件。", REGION) == (0, [])
    assert said("区政府办公室受理政府信息公开申请12件。", REGION) == (0, [])
    assert len(said("全区共收到政府信息公开申请12件。", REGION)[1]) == 1


def test_hostile_text_takes_no_time() -> None:
    for piece in ("政府信息公开申请", "收到", "依申请公开办理", "1", "，", "2022年", "行政复议"):
        against([piece * 50_000], tables(), 2022, OFFICE)


def test_no_case_at_all_is_two_statements() -> None:
    compared, found = said("全年未发生因政府信息公开引发的行政复议、行政诉讼。")
    assert compared == 2
    assert [(one.expected, one.found) for one in found] == [("1", "0"), ("1", "0")]
