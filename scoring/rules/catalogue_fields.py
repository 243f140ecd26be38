"""Whether the tables of a catalogue have the columns that the norm asks: 事项、内容、依据、时限、主体、渠道、对象、方式."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, part
from scoring.rules.opened import Sample, pages_of, sample, states_all
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams

HEADINGS = ("事项", "内容", "依据", "时限", "主体", "渠道", "对象", "方式")


class Params(ColumnParams):
    """`headings`: those asked."""

    headings: Annotated[tuple[StrictStr, ...], Field(min_length=1)] = HEADINGS


def says(params: Params) -> str:
    """The rule in words."""
    asked = phrase.quoted(params.headings)
    return f"{phrase.column(params)}的目录写有{asked}各项，得满分；否则按写得最全的一份，得分比例为写有的项数占 {len(params.headings)} 项的比例。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = fields found ÷ fields asked in the best of the catalogues read; NOT_OBSERVED when most of them could not be read whole and twice."""
    asked = set(params.headings)
    seen = sample(read(evidence, params.column, params.name), states_all(asked, lambda one: one.headings))
    if not isinstance(seen, Sample):
        return seen
    best = max((*seen.good, *seen.bad), key=lambda one: len(asked & set(one.headings)))
    missing = [name for name in params.headings if name not in best.headings]
    told = {"column": params.name, "title": best.title, "total": len(asked), "count": len(missing), "missing": missing}
    reason = Reason.CATALOGUE_LACKING if missing else Reason.CATALOGUE_COMPLETE
    return graded(part(len(asked) - len(missing), len(asked)), reason, told, pages_of(evidence.site, [best]))
