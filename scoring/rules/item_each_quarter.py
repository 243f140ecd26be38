"""Whether each quarter of the year that has ended holds an item (政府重点工作按季度公开)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, lacking_list, met, no_date, not_applicable, part, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams
from scoring.rules.years import deadline, quarter, quarters_ended

_NAMES = ("一季度", "二季度", "三季度", "四季度")


class Params(ColumnParams):
    """One column."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}在当年已过去的每个季度都发布了信息，得满分；否则得分比例为发布了的季度所占比例；第一季度没有过完，不涉及。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = quarters with an item ÷ quarters ended; NOT_APPLICABLE before the first has."""
    due = quarters_ended(as_of)
    if not due:
        return not_applicable(Reason.NOT_DUE, {"deadline": deadline(as_of.year, 3, 31).isoformat()})
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        return without_content(reading)
    items = reading.dated(as_of)
    held = {quarter(item.date) for item in items if item.date and item.date.year == as_of.year}
    missing = [_NAMES[one - 1] for one in due if one not in held]
    told = {"column": params.name, "year": as_of.year, "total": len(due), "missing": missing}
    if not missing:
        return met(Reason.QUARTERS_COMPLETE, told, reading.evidence)
    if any(item.date is None for item in items):
        return no_date(reading)
    what = f" {as_of.year} 年{missing[0]}的信息"
    return lacking_list(reading, what) or graded(part(len(due) - len(missing), len(due)), Reason.QUARTERS_LACKING, told, reading.evidence)
