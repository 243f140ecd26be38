"""单项否决「栏目不更新」 (国办秘函〔2019〕19号): whether too many columns are long out of date, or blank; of 动态要闻 with 通知公告 and 政策文件, five are too many.

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
_TIMELY = frozenset({_NEWS, "notices", "policy_documents", "regulations", "interpretation"})
"""动态要闻、通知公告、政策文件 and what a site divides the last into."""


class Params(Base):
    """Ages in days and the counts from which on the veto holds; `timely_max`: of 动态要闻、通知公告、政策文件. `ages`: usual ages by column, filled in from the dictionary."""

    news_days: Days
    notices_days: Days
    neglected_max: Annotated[StrictInt, Field(gt=0)]
    blank_max: Annotated[StrictInt, Field(gt=0)]
    timely_max: Annotated[StrictInt, Field(gt=0)] = 5
    names: dict[str, str] = Field(default_factory=dict)
    ages: dict[str, int] = Field(default_factory=dict)


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"动态要闻超过 {params.news_days} 天、其他列表类栏目超过 {params.notices_days} 天（栏目词典所列间隔更长的从其所列，共 {len(params.ages)} 个栏目有间隔）没有更新的，为未更新的栏目；"
        f"未更新的栏目达到 {params.neglected_max} 个，或其中动态要闻、通知公告、政策文件类达到 {params.timely_max} 个，或空白的栏目达到 {params.blank_max} 个，不得分；都没有达到，得满分。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET: no veto. UNMET: `neglected_max` or more stale, `timely_max` of the timely ones, or `blank_max` or more blank, all confirmed. NOT_OBSERVED otherwise."""
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
        "timely_max": params.timely_max,
        "names": [f"{reading.name}（{reading.newest(as_of)}）" for reading in old] + [f"{reading.name}（空白）" for reading in blank],
    }
    timely, unsure_timely = (sum(reading.key in _TIMELY for reading in some) for some in (old, [*undated, *unsure]))
    if len(old) >= params.neglected_max or timely >= params.timely_max or len(blank) >= params.blank_max:
        return unmet(Reason.NEGLECTED_OVER, told, pages([*old, *blank]))
    unknown = len(old) + len(undated) + len(unsure) >= params.neglected_max or timely + unsure_timely >= params.timely_max
    if unknown or len(blank) + len(unsure) >= params.blank_max:
        return columns_unobserved([*unsure, *undated])
    return met(Reason.NEGLECTED_WITHIN, told, pages([*old, *blank]) or (home_page(evidence.site) if evidence.site else ()))


def _limit(params: Params, key: str) -> int:
    return params.news_days if key == _NEWS else max(params.notices_days, params.ages[key])
