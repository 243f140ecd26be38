"""单项否决「栏目不更新」 (国办秘函〔2019〕19号): whether too many columns are long out of date, or blank.

动态要闻 is out of date after `news_days`; every other list after `notices_days`, or after its own usual age in the dictionary where that is longer (机构职能 may
rest a year). Missing and dead columns count as neither. What is unknown counts on both sides: neither verdict stands while it could turn it.
"""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import columns_unobserved, met, pages, stale, unmet, unobserved
from scoring.rules.home import home_unread
from scoring.rules.listed import listed
from scoring.rules.reading import State, home_page
from scoring.rules.spec import Days
from scoring.rules.spec import Params as Base

_NEWS = "news"


class Params(Base):
    """Ages in days and the two counts from which on the veto holds. `ages`: usual ages by column, filled in from the dictionary."""

    news_days: Days
    notices_days: Days
    neglected_max: Annotated[StrictInt, Field(gt=0)]
    blank_max: Annotated[StrictInt, Field(gt=0)]
    names: dict[str, str] = Field(default_factory=dict)
    ages: dict[str, int] = Field(default_factory=dict)


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET: no veto. UNMET: `neglected_max` or more stale, or `blank_max` or more blank, all confirmed. NOT_OBSERVED otherwise."""
    readings = listed(evidence, params.names)
    if not readings:
        return home_unread(evidence) or unobserved(Reason.NOT_ASSESSED, {}, ())
    ages = {
        reading.key: stale(reading, _limit(params, reading.key), as_of) for reading in readings if reading.key in params.ages and reading.state is State.PRESENT
    }
    old = [reading for reading in readings if ages.get(reading.key)]
    undated = [reading for reading in readings if reading.key in ages and ages[reading.key] is None]
    blank = [reading for reading in readings if reading.state is State.BLANK]
    unsure = [reading for reading in readings if reading.filled is None]
    told = {
        "stale": len(old),
        "blank": len(blank),
        "neglected_max": params.neglected_max,
        "blank_max": params.blank_max,
        "names": [f"{reading.name}（{reading.newest(as_of)}）" for reading in old] + [f"{reading.name}（空白）" for reading in blank],
    }
    if len(old) >= params.neglected_max or len(blank) >= params.blank_max:
        return unmet(Reason.NEGLECTED_OVER, told, pages([*old, *blank]))
    if len(old) + len(undated) + len(unsure) >= params.neglected_max or len(blank) + len(unsure) >= params.blank_max:
        return columns_unobserved([*unsure, *undated])
    return met(Reason.NEGLECTED_WITHIN, told, pages([*old, *blank]) or (home_page(evidence.site) if evidence.site else ()))


def _limit(params: Params, key: str) -> int:
    return params.news_days if key == _NEWS else max(params.notices_days, params.ages[key])
