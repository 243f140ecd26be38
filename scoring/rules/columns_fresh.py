"""Which share of several columns has recent information? Missing, dead, blank and stale columns are not fresh."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, fresh, graded, named, pages, part
from scoring.rules.spec import ColumnsParams, Days


class Params(ColumnsParams):
    """`days`: greatest age of the newest item of each."""

    days: Days


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.columns(params)}最近一次更新距采集日都不超过 {params.days} 天，得满分；"
        f"否则得分比例为做到的栏目数占 {len(params.columns)} 个栏目的比例（没有或空白的栏目算没有做到）。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = fresh ÷ all; NOT_OBSERVED when any one column is."""
    verdicts = [(reading, fresh(reading, params.days, as_of)) for reading in named(evidence, params.names, params.columns)]
    if unseen := [reading for reading, verdict in verdicts if verdict is None]:
        return columns_unobserved(unseen)
    old = [reading for reading, verdict in verdicts if not verdict]
    told = {
        "total": len(verdicts),
        "count": len(old),
        "days": params.days,
        "names": [f"{reading.name}（{_why(reading.newest(as_of), reading.state.zh)}）" for reading in old],
    }
    ratio = part(len(verdicts) - len(old), len(verdicts))
    return graded(ratio, Reason.COLUMNS_STALE if old else Reason.COLUMNS_FRESH, told, pages(old or [reading for reading, _ in verdicts]))


def _why(newest: date | None, state: str) -> str:
    return newest.isoformat() if newest else state
