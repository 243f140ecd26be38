"""Whether a column holds anything dated in this year (目录、预决算、建议提案)."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import lacking_list, met, no_date, not_applicable, unmet, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """`days_grace`: days after 1 January during which nothing is due."""

    days_grace: Annotated[StrictInt, Field(ge=0, le=366)] = 0


def says(params: Params) -> str:
    """The rule in words."""
    late = f"1 月 1 日起的 {params.days_grace} 天内还没有的，不涉及" if params.days_grace else "从 1 月 1 日起即要求"
    return f"{phrase.column(params)}有当年发布的信息，得满分；没有，不得分；{late}。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (nothing of the year in a list that was read), NOT_APPLICABLE (not due yet), NOT_OBSERVED."""
    due = date(as_of.year, 1, 1) + timedelta(days=params.days_grace)
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        pending = reading.filled is False and as_of < due
        return not_applicable(Reason.NOT_DUE, {"deadline": due.isoformat()}) if pending else without_content(reading)
    items = reading.items(as_of)
    dated = [(item.date, item.title) for item in items if item.date and item.date.year == as_of.year]
    if dated:
        day, title = max(dated)
        told = {"column": params.name, "year": as_of.year, "title": title, "date": day.isoformat()}
        return met(Reason.DOCUMENT_FOUND, told, reading.evidence)
    if any(item.date is None for item in items):
        return no_date(reading)
    if as_of < due:
        return not_applicable(Reason.NOT_DUE, {"deadline": due.isoformat()})
    what = f" {as_of.year} 年的信息"
    return lacking_list(reading, what) or unmet(Reason.REPORT_MISSING, {"column": params.name, "what": what}, reading.evidence)
