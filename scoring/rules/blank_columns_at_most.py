"""How many of the planned lists are blank? A column whose emptiness is unknown counts on both sides: neither verdict stands while it could turn it."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import columns_unobserved, met, pages, unmet, unobserved
from scoring.rules.home import home_unread
from scoring.rules.listed import listed
from scoring.rules.reading import State, home_page
from scoring.rules.spec import Params as Base


class Params(Base):
    """`max`: blank columns that are tolerated."""

    max: Annotated[StrictInt, Field(ge=0)]
    names: dict[str, str] = Field(default_factory=dict)


def says(params: Params) -> str:
    """The rule in words."""
    return f"栏目词典的 {len(params.names)} 个列表类栏目中，查明空白的不超过 {params.max} 个，得满分；超过，不得分。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET, UNMET (more than `max` confirmed), NOT_OBSERVED."""
    readings = listed(evidence, params.names)
    if not readings:
        return home_unread(evidence) or unobserved(Reason.NOT_ASSESSED, {}, ())
    blank = [reading for reading in readings if reading.state is State.BLANK]
    unsure = [reading for reading in readings if reading.filled is None]
    told = {"count": len(blank), "max": params.max, "names": [reading.name for reading in blank]}
    if len(blank) > params.max:
        return unmet(Reason.BLANK_OVER, told, pages(blank))
    if len(blank) + len(unsure) > params.max:
        return columns_unobserved(unsure)
    return met(Reason.BLANK_WITHIN, told, pages(blank) or (home_page(evidence.site) if evidence.site else ()))
