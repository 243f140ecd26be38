"""Whether a document of this year, known by words of its title, was published by a date (实施方案 within 30 days of the 要点)."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import lacking_list, met, no_date, not_applicable, not_twice, unmet, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams, Month, MonthDay
from scoring.rules.years import deadline


class Params(ColumnParams):
    """`words`: all stand in the title. The deadline, `month` and `day`, inclusive."""

    words: Annotated[tuple[Annotated[StrictStr, Field(min_length=1)], ...], Field(min_length=1)]
    month: Month
    day: MonthDay


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.column(params)}在当年 {params.month} 月 {params.day} 日（含）以前发布标题写有{phrase.quoted(params.words)}的文件，得满分；"
        "迟于该日，或过了该日仍没有，不得分；期限未到而没有的，不涉及。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (late, or absent after the deadline), NOT_APPLICABLE (absent and not due yet), NOT_OBSERVED."""
    due = deadline(as_of.year, params.month, params.day)
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        pending = reading.filled is False and as_of <= due
        return not_applicable(Reason.NOT_DUE, {"deadline": due.isoformat()}) if pending else without_content(reading)
    titled = [item for item in reading.items(as_of) if all(word in item.title for word in params.words)]
    dated = [(item.date, item.title) for item in titled if item.date and item.date.year == as_of.year]
    undated = any(item.date is None for item in titled)
    if dated and (min(dated)[0] <= due or not undated):
        day, title = min(dated)
        told = {"title": title, "date": day.isoformat(), "deadline": due.isoformat()}
        if day <= due:
            return met(Reason.DOCUMENT_ON_TIME, told, reading.evidence)
        return unmet(Reason.DOCUMENT_LATE, told, reading.evidence) if reading.confirmed else not_twice(reading, "文件逾期公开")
    if undated:
        return no_date(reading)
    if as_of <= due:
        return not_applicable(Reason.NOT_DUE, {"deadline": due.isoformat()})
    lacking = {"column": params.name, "year": as_of.year, "words": list(params.words), "deadline": due.isoformat()}
    return lacking_list(reading, f" {as_of.year} 年的该文件") or unmet(Reason.DOCUMENT_MISSING, lacking, reading.evidence)
