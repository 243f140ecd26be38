"""Whether a periodical (政府公报) came out as often as it should: issues dated this year against those due by the quarters that have ended."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, lacking_list, no_date, not_applicable, part, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams
from scoring.rules.years import deadline, quarters_ended


class Params(ColumnParams):
    """`a_year`: issues a year."""

    a_year: Annotated[StrictInt, Field(gt=0, le=400)]


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.column(params)}按每年 {params.a_year} 期计，当年已过去的各季度应出的期数都已出，得满分；"
        "否则得分比例为已出期数占应出期数（不足一期的不计）的比例；还没有应出的期，不涉及。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = issues ÷ issues due (`a_year` × quarters ended ÷ 4, rounded down); NOT_APPLICABLE while none is due."""
    due = params.a_year * len(quarters_ended(as_of)) // 4
    if not due:
        return not_applicable(Reason.NOT_DUE, {"deadline": deadline(as_of.year, 3, 31).isoformat()})
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        return without_content(reading)
    items = reading.items(as_of)
    count = sum(1 for item in items if item.date and item.date.year == as_of.year)
    told = {"column": params.name, "year": as_of.year, "count": count, "due": due, "a_year": params.a_year}
    if count >= due:
        return graded(part(1, 1), Reason.ISSUES_ENOUGH, told, reading.evidence)
    if any(item.date is None for item in items):
        return no_date(reading)
    what = f" {as_of.year} 年应有的 {due} 期"
    return lacking_list(reading, what) or graded(part(count, due), Reason.ISSUES_FEW, told, reading.evidence)
