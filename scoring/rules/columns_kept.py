"""Which share of the columns that are there is kept: neither blank nor long out of date (无空白栏目、无长期不更新栏目). Columns that are missing are another rule's."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, fresh, graded, named, not_applicable, pages, part
from scoring.rules.reading import State
from scoring.rules.spec import ColumnsParams, Days


class Params(ColumnsParams):
    """`days`: greatest age of the newest item of each."""

    days: Days


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.columns(params)}中网站已设的，不空白且最近一次更新距采集日不超过 {params.days} 天的栏目所占比例，就是得分比例；一个都没有设的，不涉及。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = kept ÷ there; NOT_OBSERVED when any one column is; NOT_APPLICABLE when none is there."""
    readings = [one for one in named(evidence, params.names, params.columns) if one.state not in (State.MISSING, State.DEAD)]
    verdicts = [(reading, fresh(reading, params.days, as_of)) for reading in readings]
    if unseen := [reading for reading, verdict in verdicts if verdict is None]:
        return columns_unobserved(unseen)
    if not verdicts:
        return not_applicable(Reason.COLUMNS_NONE, {})
    bad = [reading for reading, verdict in verdicts if not verdict]
    names = [f"{one.name}（{_why(one.newest(as_of), one.state.zh)}）" for one in bad]
    told = {"total": len(verdicts), "count": len(bad), "days": params.days, "names": names}
    ratio = part(len(verdicts) - len(bad), len(verdicts))
    return graded(ratio, Reason.COLUMNS_UNKEPT if bad else Reason.COLUMNS_KEPT, told, pages(bad or readings))


def _why(newest: date | None, state: str) -> str:
    return newest.isoformat() if newest else state
