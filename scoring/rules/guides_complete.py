"""Whether the documents of a column state what the dictionary asks of each: 办事指南、惠企政策的条件材料流程, 申请表的各栏."""

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


class Params(ColumnParams):
    """`elements`: their names, filled in from the dictionary."""

    elements: Annotated[tuple[StrictStr, ...], Field(min_length=1)]


def says(params: Params) -> str:
    """The rule in words."""
    asked = "、".join(params.elements)
    return f"抽查{phrase.column(params)}最近的内容，每份都写明{asked}，得满分；否则得分比例为各份写明的项数合计占应写项数（每份 {len(params.elements)} 项）的比例。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = elements found ÷ elements asked, over all documents judged. One that was not read whole and twice counts only when nothing lacks in it."""
    asked = set(params.elements)
    seen = sample(read(evidence, params.column, params.name), states_all(asked, lambda one: one.elements))
    if not isinstance(seen, Sample):
        return seen
    judged = (*seen.good, *seen.bad)
    found = sum(len(asked & set(one.elements)) for one in judged)
    told = {
        "column": params.name,
        "total": seen.total,
        "count": len(seen.bad),
        "unknown": seen.unknown,
        "titles": [f"《{one.title}》缺{'、'.join(name for name in params.elements if name not in one.elements)}" for one in seen.bad[:_SHOWN]],
    }
    reason = Reason.GUIDES_LACKING if seen.bad else Reason.GUIDES_COMPLETE
    return graded(part(found, len(asked) * len(judged)), reason, told, pages_of(evidence.site, seen.bad or seen.good))


_SHOWN = 20
