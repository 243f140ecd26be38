"""Whether the entries of lists carry a date of publication (格式规范: dates as YYYY-MM-DD, 政府网站发展指引). Columns without a list of entries are left out."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, graded, named, not_applicable, pages, part
from scoring.rules.reading import Reading, State
from scoring.rules.spec import ColumnsParams


class Params(ColumnsParams):
    """`columns`: lists that are asked for dates."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.columns(params)}中网站已设的，列表的每一条都标明日期（在列表中或在正文页）的栏目所占比例，就是得分比例；一个都没有设的，不涉及。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = lists whose entries are all dated, in the list or on their pages ÷ lists there; NOT_OBSERVED when one was not read; NOT_APPLICABLE when none is there."""
    readings = [one for one in named(evidence, params.names, params.columns) if one.filled is not False]
    verdicts = [(reading, _dated(reading)) for reading in readings]
    if unseen := [reading for reading, verdict in verdicts if verdict is None]:
        return columns_unobserved(unseen)
    if not verdicts:
        return not_applicable(Reason.COLUMNS_NONE, {})
    bad = [reading for reading, verdict in verdicts if not verdict]
    told = {"total": len(verdicts), "count": len(bad), "names": [one.name for one in bad]}
    ratio = part(len(verdicts) - len(bad), len(verdicts))
    return graded(ratio, Reason.DATES_LACKING if bad else Reason.DATES_SHOWN, told, pages(bad or readings))


def _dated(reading: Reading) -> bool | None:
    if reading.state is not State.PRESENT or reading.sighting is None or not reading.sighting.items:
        return None
    if all(item.date is not None for item in reading.sighting.items):
        return True
    return False if reading.confirmed else None
