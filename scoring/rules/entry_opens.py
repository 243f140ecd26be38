"""Whether an entry (数据开放、政务新媒体) opens on content, and on content of late. One that leads to another site was not opened, and is left to a person."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import aged, met, unobserved, without_content
from scoring.rules.reading import Reading, read
from scoring.rules.spec import ColumnParams, Days


class Params(ColumnParams):
    """`days`: greatest age of what it opens on, where that is asked."""

    days: Days | None = None


def says(params: Params) -> str:
    """The rule in words."""
    column = phrase.column(params)
    if params.days is None:
        return f"{column}打得开且有内容，得满分；没有、打不开或空白，不得分。"
    return f"{column}打得开且有内容，所标的最近日期距采集日不超过 {params.days} 天，得满分；没有、打不开、空白或日期超过，不得分。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (missing, dead, blank, or older than `days`; confirmed), NOT_OBSERVED (among others when nothing is dated)."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        return without_content(reading)
    if not reading.opened:
        return unobserved(Reason.NOT_OPENED, {"column": params.name}, reading.evidence)
    return met(Reason.ENTRY_OPENS, {"column": params.name}, reading.evidence) if params.days is None else _aged(reading, params.days, as_of)


def _aged(reading: Reading, days: int, as_of: date) -> Finding:
    """By the newest of its items, and the day that its own page states."""
    pages = reading.sighting.documents if reading.sighting is not None else ()
    stated = [page for page in pages if page.published is not None and page.published <= as_of]
    own = max((page.published for page in stated if page.published is not None), default=None)
    return aged(reading, days, as_of, own=own, sure=all(page.confirmed for page in stated))
