"""Whether a list goes back far enough (历史公报): its oldest item is of the year so many years ago, or older."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import lacking_list, met, no_date, unmet, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """`years` back from this one."""

    years: Annotated[StrictInt, Field(gt=0, le=30)]


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}能查到从当年往前数第 {params.years} 年或更早的信息，得满分；查不到，不得分。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (a list that was read to its end, twice, begins later), NOT_OBSERVED."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        return without_content(reading)
    items = reading.items(as_of)
    wanted = as_of.year - params.years
    oldest = min((item.date for item in items if item.date), default=None)
    if oldest is None:
        return no_date(reading)
    told = {"column": params.name, "oldest": oldest.isoformat(), "year": wanted}
    if oldest.year <= wanted:
        return met(Reason.HISTORY_KEPT, told, reading.evidence)
    if any(item.date is None for item in items):
        return no_date(reading)
    return lacking_list(reading, f" {wanted} 年及以前的信息") or unmet(Reason.HISTORY_SHORT, told, reading.evidence)
