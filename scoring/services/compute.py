"""The roll-up alone, for scores kept in a spreadsheet (`disclosure compute`), and the JSON shape that `rank --format json` shares."""

from collections.abc import Collection, Mapping, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal, localcontext
from pathlib import Path
from typing import Any

from scoring.edition import DUTIES
from scoring.errors import BadInput
from scoring.model import Edition, Scale, Unit, UnitScore
from scoring.parts import PartInput, PartSource
from scoring.ranking import rank
from scoring.rollup import PRECISION
from scoring.services import composing, part_table
from scoring.services.composing import Imports, Member
from scoring.services.findings_table import read_findings

_TWELVE = Decimal("0.000000000001")
_CONTEXT = Context(prec=PRECISION)


def compute(edition: Edition, path: Path, units: Collection[str] | None = None, *, parts: Path | None = None, parents: Path | None = None) -> dict[str, Any]:
    """Scores and ranks of every unit in a findings table (CSV or .xlsx: `unit,group,code,outcome,ratio,points`); a missing row is NOT_OBSERVED.

    `units`: the only ones there may be. `parts`: imported scores of a composed index (`unit,value[,code]`); `parents`: which unit belongs to which (`unit,parent`), for
    a part that is the mean of child units, which are in the same table. Raises BadInput naming row and column.
    """
    table = read_findings(edition, path, units)
    above = part_table.read_parents(parents, table.groups) if parents else {}
    groups: dict[str, list[Member]] = {}
    for unit, group in table.groups.items():
        groups.setdefault(group, []).append(Member(Unit(unit, unit, group, parent=above.get(unit, ""), duties=DUTIES), table.findings[unit]))
    imports = _imports(edition, parts, [one.unit for members in groups.values() for one in members]) if parts else {}
    scores = composing.score([(edition, members) for members in groups.values()], imports).scores
    return as_json(edition, {group: rank(edition, [scores[one.unit.id] for one in members]) for group, members in groups.items()})


def _imports(edition: Edition, path: Path, units: Sequence[Unit]) -> Imports:
    wanted = {(unit.group, part.code): part for unit in units for part in edition.parts if part.source is PartSource.IMPORT}
    if not wanted:
        raise BadInput(f"指标体系 {edition.id} 没有需要导入得分的部分（compose 中 source: import），请去掉 --parts")
    found: dict[str, dict[str, PartInput]] = {}
    full = {part.code: part.full for part in edition.parts}
    for one in part_table.read(path, units, wanted):
        found.setdefault(one.unit, {})[one.code] = one.input(full[one.code])
    return found


def as_json(edition: Edition, groups: Mapping[str, Sequence[UnitScore]]) -> dict[str, Any]:
    """`{"edition", "groups": {GROUP: [...]}}` in the order given; numbers are decimal strings of 12 places, half up, `rank` an integer or null."""
    return {"edition": edition.id, "groups": {group: [_unit(edition, score) for score in scores] for group, scores in groups.items()}}


def exact(value: Decimal | None) -> str | None:
    """12 places, half up."""
    if value is None:
        return None
    return f"{_CONTEXT.plus(value.quantize(_TWELVE, ROUND_HALF_UP, _CONTEXT)):f}"  # plus turns −0 into 0


def _unit(edition: Edition, score: UnitScore) -> dict[str, Any]:
    return {
        "unit": score.unit,
        "total": exact(score.total),
        "lower": exact(score.lower),
        "upper": exact(score.upper),
        "coverage": exact(score.coverage),
        "grade": score.grade,
        "rank": score.rank,
        "veto": list(score.veto),
        "veto_open": list(score.veto_open),
        "scores": {code: exact(_own(edition, score, code)) for code in score.nodes},
        "dimensions": {name: exact(rate) for name, rate in score.dimensions.items()},
    }


def _own(edition: Edition, score: UnitScore, code: str) -> Decimal | None:
    """A node's points; out of 100 where the scale is 权重制; None when 不涉及."""
    node = score.nodes[code]
    if not node.weight or edition.scale is Scale.POINTS:
        return node.total if node.weight else None
    with localcontext() as context:
        context.prec = PRECISION
        return node.total * 100 / node.weight
