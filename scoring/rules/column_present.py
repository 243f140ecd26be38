"""Is a required column there? Its exact name earns full marks, an accepted alias `alias_ratio`; a blank page counts as present."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from crawlers.status import Match
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, met, unmet, unobserved
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """`alias_ratio`: what an accepted alias earns (0–1)."""

    alias_ratio: Annotated[Decimal, Field(ge=0, le=1)] = Decimal(1)


def says(params: Params) -> str:
    """The rule in words."""
    column = phrase.column(params)
    if params.alias_ratio == 1:
        return f"设有{column}（用认可的别名同样算），得满分；没有或打不开，不得分。"
    return f"设有{column}且名称完全一致，得满分；用认可的别名，{phrase.worth(params.alias_ratio)}；没有或打不开，不得分。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET, PARTIAL (an alias that is paid less), UNMET (missing or dead), NOT_OBSERVED."""
    reading = read(evidence, params.column, params.name)
    if reading.present is None:
        return unobserved(reading.reason, reading.params, reading.evidence)
    if not reading.present:
        return unmet(reading.reason, reading.params, reading.evidence)
    seen = reading.sighting
    if seen is not None and seen.match is Match.ALIAS:
        return graded(params.alias_ratio, Reason.COLUMN_ALIAS, {"column": params.name, "text": seen.name}, reading.evidence)
    return met(Reason.COLUMN_PRESENT, {"column": params.name}, reading.evidence)
