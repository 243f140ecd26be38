"""Is the newest information of a column recent enough? The limit is inclusive."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import met, no_date, not_twice, unmet, unobserved, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams, Days


class Params(ColumnParams):
    """`days`: greatest age of the newest item."""

    days: Days


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}最近一次更新距采集日不超过 {params.days} 天，得满分；超过、空白、没有或打不开，不得分。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (stale, blank, missing, dead; each confirmed), NOT_OBSERVED (among others when nothing is dated)."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        return without_content(reading)
    newest = reading.newest(as_of)
    if newest is None:
        return no_date(reading) if reading.opened else unobserved(Reason.NOT_OPENED, {"column": params.name}, reading.evidence)
    age = (as_of - newest).days
    told = {"column": params.name, "newest": newest.isoformat(), "age": age, "days": params.days}
    if age <= params.days:
        return met(Reason.COLUMN_FRESH, told, reading.evidence)
    return unmet(Reason.COLUMN_STALE, told, reading.evidence) if reading.confirmed else not_twice(reading, f"超过 {params.days} 天未更新")
