"""Are the annual reports of the last years all there? The year before counts from the deadline of the last ones to report (3月31日) on, or once it is there."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, lacking_list, met, part, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams
from scoring.rules.years import states_year

_DUE = (3, 31)


class Params(ColumnParams):
    """`years`: how many years back."""

    years: Annotated[StrictInt, Field(gt=0, le=20)]


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.column(params)}有最近 {params.years} 个年度的报告，得满分；否则得分比例为有的年数占 {params.years} 年的比例"
        f"（上一年度的在当年 {_DUE[0]} 月 {_DUE[1]} 日以前可以还没有）。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = years present ÷ years asked."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled:
        return without_content(reading)
    titles = [item.title for item in reading.items(as_of)]
    last = as_of.year - 1
    if (as_of.month, as_of.day) <= _DUE and not any(states_year(title, last) for title in titles):
        last -= 1
    asked = range(last, last - params.years, -1)
    missing = [year for year in asked if not any(states_year(title, year) for title in titles)]
    told = {"total": params.years, "count": len(missing), "missing": [f"{year}" for year in missing]}
    if not missing:
        return met(Reason.REPORT_YEARS_COMPLETE, told, reading.evidence)
    what = f" {told['missing'][0]} 年度报告"  # type: ignore[index]
    return lacking_list(reading, what) or graded(part(params.years - len(missing), params.years), Reason.REPORT_YEARS_LACKING, told, reading.evidence)
