"""Whether the text of a page states every element that the dictionary asks of it (公开指南: nine elements, 条例第十二条)."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, met, not_twice, part, unobserved, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """`elements`: their names, filled in from the dictionary."""

    elements: Annotated[tuple[StrictStr, ...], Field(min_length=1)]


def says(params: Params) -> str:
    """The rule in words."""
    asked = "、".join(params.elements)
    return f"{phrase.column(params)}写明{asked}，得满分；否则得分比例为写明的项数占 {len(params.elements)} 项的比例。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = elements found ÷ elements asked; NOT_OBSERVED when the page was not read, holds files or pictures that were not, or lacks something at a first look only."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    if not reading.opened:
        return unobserved(Reason.NOT_OPENED, {"column": params.name}, reading.evidence)
    missing = [element for element in params.elements if element not in reading.sighting.elements]
    told = {"column": params.name, "total": len(params.elements), "count": len(missing), "missing": missing}
    if not missing:
        return met(Reason.ELEMENTS_COMPLETE, told, reading.evidence)
    if reading.sighting.elements_unread:
        return unobserved(Reason.ELEMENTS_UNREAD, told, reading.evidence)
    if not reading.confirmed:
        return not_twice(reading, "要素不全")
    return graded(part(len(params.elements) - len(missing), len(params.elements)), Reason.ELEMENTS_LACKING, told, reading.evidence)
