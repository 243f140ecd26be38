"""Is the newest information of a column recent enough? The limit is inclusive."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import aged, unobserved, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams, Days


class Params(ColumnParams):
    """`days`: greatest age of the newest item."""

    days: Days


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}最近一次更新距采集日不超过 {params.days} 天，得满分；超过、空白、没有或打不开，不得分。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (stale, blank, missing, dead; each confirmed), NOT_OBSERVED (among others when nothing is dated, or nothing with its year)."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        return without_content(reading)
    if not reading.opened and reading.newest(as_of) is None:
        return unobserved(Reason.NOT_OPENED, {"column": params.name}, reading.evidence)
    return aged(reading, params.days, as_of)
