"""Values that come from a table (社会评议, 条例46条): a number of `full`, or the name of a level; several sources of a unit are weighed."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from scoring.facts import ImportedValue
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import ONE, ZERO, graded, unobserved
from scoring.rules.spec import Params as Base

Ratio = Annotated[Decimal, Field(ge=0, le=1)]
LEVELS = {"优": Decimal(1), "良": Decimal("0.8"), "一般": Decimal("0.6"), "差": Decimal(0)}
"""社会评议 as practised: 优10 良8 一般6 差0."""


class Params(Base):
    """`full`: the value that is worth full marks; `levels`: what each named level is worth."""

    full: Annotated[Decimal, Field(gt=0)] = Decimal(100)
    levels: dict[str, Ratio] = Field(default_factory=lambda: dict(LEVELS))


def says(params: Params) -> str:
    """The rule in words."""
    levels = "、".join(f"“{name}”{phrase.worth(value)}" for name, value in params.levels.items())
    return f"按导入的数据计分：数值以 {params.full.normalize():f} 为满分折算，档次{levels}；有几份数据的，按各份的权重加权平均；没有导入的，未判定。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """The weighted mean; NOT_OBSERVED while nothing was imported for the unit."""
    values = sorted(evidence.imports, key=lambda one: one.source)
    if not values:
        return unobserved(Reason.IMPORT_NONE, {}, ())
    total = sum((one.weight for one in values), ZERO)
    shares = [(one, params.levels[one.level] if one.value is None else one.value / params.full) for one in values]
    ratio = ONE if all(share == ONE for _, share in shares) else sum((one.weight * share for one, share in shares), ZERO) / total
    told = {"count": len(values), "values": [_said(one) for one in values], "files": sorted({f"{one.file}（SHA-256 {one.file_sha[:12]}…）" for one in values})}
    one = max(values, key=lambda one: one.seq)
    page = EvidenceRef(f"导入的数据 {one.file}", one.at, f"imports/{one.period}/{evidence.unit.id}/{one.code}")
    return graded(ratio, Reason.IMPORTED, told, (page,))


def _said(one: ImportedValue) -> str:
    weight = "" if one.weight == ONE else f"（权重 {one.weight}）"
    return f"{one.source} {one.level or one.value}{weight}"
