"""Whether the annual report of the year before was published by the deadline (条例第四十九条: 部门 1月31日, 政府 3月31日)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import lacking_list, met, no_date, not_applicable, not_twice, unmet, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams, Month, MonthDay
from scoring.rules.years import deadline, states_year


class Params(ColumnParams):
    """The deadline, `month` and `day`, inclusive."""

    month: Month
    day: MonthDay


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.column(params)}在当年 {params.month} 月 {params.day} 日（含）以前发布上一年度的报告，得满分；"
        "迟于该日，或过了该日仍没有，不得分；期限未到而没有的，不涉及。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (late, or absent after the deadline), NOT_APPLICABLE (absent and not due yet), NOT_OBSERVED."""
    year, due = as_of.year - 1, deadline(as_of.year, params.month, params.day)
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        pending = reading.filled is False and as_of <= due
        return not_applicable(Reason.NOT_DUE, {"deadline": due.isoformat()}) if pending else without_content(reading)
    reports = [item for item in reading.items(as_of) if states_year(item.title, year)]
    dates = [item.date for item in reports if item.date]
    if dates and min(dates) <= due:
        told = {"year": year, "date": min(dates).isoformat(), "deadline": due.isoformat()}
        return met(Reason.REPORT_ON_TIME, told, reading.evidence)
    if len(dates) < len(reports):
        return no_date(reading)
    if dates:
        told = {"year": year, "date": min(dates).isoformat(), "deadline": due.isoformat()}
        return unmet(Reason.REPORT_LATE, told, reading.evidence) if reading.confirmed else not_twice(reading, "报告逾期发布")
    if as_of <= due:
        return not_applicable(Reason.NOT_DUE, {"deadline": due.isoformat()})
    what = f" {year} 年度报告"
    return lacking_list(reading, what) or unmet(Reason.REPORT_MISSING, {"column": params.name, "what": what, "deadline": due.isoformat()}, reading.evidence)
