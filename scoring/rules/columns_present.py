"""The share of several required columns that is there."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, graded, named, pages, part
from scoring.rules.spec import ColumnsParams


class Params(ColumnsParams):
    """`columns`: the columns that are asked for."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.columns(params)}都设有，得满分；否则得分比例为设有的栏目数占 {len(params.columns)} 个栏目的比例。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = present ÷ all; NOT_OBSERVED when any one column is."""
    readings = named(evidence, params.names, params.columns)
    if unseen := [reading for reading in readings if reading.present is None]:
        return columns_unobserved(unseen)
    lacking = [reading for reading in readings if not reading.present]
    told = {"total": len(readings), "count": len(lacking), "names": [reading.name for reading in lacking]}
    ratio = part(len(readings) - len(lacking), len(readings))
    return graded(ratio, Reason.COLUMNS_LACKING if lacking else Reason.COLUMNS_COMPLETE, told, pages(lacking or readings))
