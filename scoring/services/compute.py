"""The roll-up alone, for scores kept in a spreadsheet (`disclosure compute`), and the JSON shape that `rank --format json` shares."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal, InvalidOperation, localcontext
from pathlib import Path
from typing import Any

from crawlers.oserror import said
from scoring.edition import DUTIES
from scoring.errors import BadInput
from scoring.model import Edition, Finding, Indicator, Outcome, Scale, UnitScore
from scoring.ranking import rank
from scoring.reasons import Reason
from scoring.rollup import PRECISION, Rollup

HEADER = ("unit", "group", "code", "outcome", "ratio", "points")
_TWELVE = Decimal("0.000000000001")
_RATIOS: dict[Outcome, Callable[[Decimal], bool]] = {
    Outcome.MET: lambda ratio: ratio == 1,
    Outcome.PARTIAL: lambda ratio: 0 < ratio < 1,
    Outcome.UNMET: lambda ratio: ratio == 0,
    Outcome.NOT_OBSERVED: lambda _ratio: False,
    Outcome.NOT_APPLICABLE: lambda _ratio: False,
}


def compute(edition: Edition, csv_path: Path) -> dict[str, Any]:
    """Scores and ranks of every unit in a findings CSV (`unit,group,code,outcome,ratio,points`); a missing row is NOT_OBSERVED. Raises BadInput naming the line."""
    table = read_findings(edition, csv_path)
    rollup = Rollup(edition)
    groups: dict[str, list[UnitScore]] = {}
    for unit, group in table.groups.items():
        groups.setdefault(group, []).append(rollup.score(table.findings[unit], DUTIES, unit))
    return as_json(edition, {group: rank(edition, scores) for group, scores in groups.items()})


def as_json(edition: Edition, groups: Mapping[str, Sequence[UnitScore]]) -> dict[str, Any]:
    """`{"edition", "groups": {GROUP: [...]}}` in the order given; numbers are decimal strings of 12 places, half up, `rank` an integer or null."""
    return {"edition": edition.id, "groups": {group: [_unit(edition, score) for score in scores] for group, scores in groups.items()}}


def exact(value: Decimal | None) -> str | None:
    """12 places, half up."""
    if value is None:
        return None
    with localcontext() as context:
        context.prec = PRECISION
        return f"{value.quantize(_TWELVE, ROUND_HALF_UP) + 0:f}"


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


@dataclass(slots=True)
class FindingsTable:
    """A findings CSV: the group of each unit and its findings by code, in the file's order."""

    groups: dict[str, str] = field(default_factory=dict)
    findings: dict[str, dict[str, Finding]] = field(default_factory=dict)


def read_findings(edition: Edition, path: Path) -> FindingsTable:
    """Read and check the CSV (UTF-8 or GB18030, with or without BOM). Raises BadInput naming file and line."""
    rows = csv.reader(io.StringIO(_text(path), newline=""), strict=True)
    leaves = {leaf.code: leaf for leaf in edition.leaves()}
    bonus = {leaf.code for leaf in edition.bonus.leaves} if edition.bonus else set()
    table = FindingsTable()
    try:
        places = _header(path, next(rows, []))
        for row in rows:
            if not any(cell.strip() for cell in row):
                continue
            where = f"{path} 第 {rows.line_num} 行"
            if len(row) != len(places):
                raise BadInput(f"{where}：应有 {len(places)} 列，实有 {len(row)} 列，请补齐或删去多余的逗号")
            cells = {name: cell.strip() for name, cell in zip(places, row, strict=True)}
            unit, group = _place(where, cells, table)
            leaf = leaves.get(cells["code"])
            if leaf is None:
                raise BadInput(f"{where}：指标代码「{cells['code']}」不在指标体系 {edition.id} 的叶子中，请改正")
            if leaf.code in table.findings.setdefault(unit, {}):
                raise BadInput(f"{where}：单位「{unit}」的指标 {leaf.code} 出现了两次，请只保留一行")
            table.groups[unit] = group
            most = leaf.weight if edition.scale is Scale.POINTS or leaf.code in bonus else Decimal(100)
            table.findings[unit][leaf.code] = _finding(where, leaf, cells, most)
    except csv.Error as error:
        raise BadInput(f"{path} 第 {rows.line_num} 行不是有效的 CSV（{error}），请重新导出") from error
    if not table.groups:
        raise BadInput(f"{path}：没有评分结果，请至少填写一行")
    return table


def _text(path: Path) -> str:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"无法读取评分结果 {path}：{said(error)}，请检查路径") from error
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise BadInput(f"{path}：编码无法识别，请另存为 UTF-8 编码的 CSV")


def _header(path: Path, header: Iterable[str]) -> list[str]:
    names = [name.strip() for name in header]
    if sorted(names) != sorted(HEADER):
        raise BadInput(f"{path} 第 1 行：表头应为 {','.join(HEADER)}，实为 {','.join(names) or '空'}")
    return names


def _place(where: str, cells: Mapping[str, str], table: FindingsTable) -> tuple[str, str]:
    for name in ("unit", "group", "code", "outcome"):
        if not cells[name]:
            raise BadInput(f"{where}：{name} 为空，请填写")
    unit, group = cells["unit"], cells["group"]
    if (known := table.groups.get(unit, group)) != group:
        raise BadInput(f"{where}：单位「{unit}」前面属于分组「{known}」，此处为「{group}」，请统一")
    return unit, group


def _finding(where: str, leaf: Indicator, cells: Mapping[str, str], most: Decimal) -> Finding:
    try:
        outcome = Outcome(cells["outcome"])
    except ValueError:
        raise BadInput(f"{where}：outcome「{cells['outcome']}」不认识，可用：{'、'.join(Outcome)}") from None
    ratio, points = _number(where, "ratio", cells["ratio"]), _number(where, "points", cells["points"])
    if ratio is not None and not (0 <= ratio <= 1 and _RATIOS[outcome](ratio)):
        wanted = {Outcome.MET: "为 1", Outcome.PARTIAL: "大于 0 且小于 1", Outcome.UNMET: "为 0"}.get(outcome, "留空")
        raise BadInput(f"{where}：ratio 为 {cells['ratio']}，与 outcome {outcome} 矛盾，应{wanted}")
    if outcome in (Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE):
        if points is not None:
            raise BadInput(f"{where}：outcome 为 {outcome} 时 points 应留空")
        return Finding(outcome, None, Reason.GIVEN)
    if points is not None:
        return _given(where, leaf, outcome, points, most)
    if ratio is None:
        if outcome is Outcome.PARTIAL:
            raise BadInput(f"{where}：outcome 为 PARTIAL 时应填写 ratio 或 points")
        ratio = Decimal(outcome is Outcome.MET)
    return Finding(outcome, ratio, Reason.GIVEN)


def _given(where: str, leaf: Indicator, outcome: Outcome, points: Decimal, most: Decimal) -> Finding:
    """Points as given; the outcome may be any that does not say the opposite."""
    if not leaf.weight:
        raise BadInput(f"{where}：否决项 {leaf.code} 没有分值，points 应留空")
    if not 0 <= points <= most:
        raise BadInput(f"{where}：指标 {leaf.code} 的 points 为 {points}，应在 0 与 {most} 之间")
    if (outcome is Outcome.UNMET and points) or (outcome is Outcome.MET and not points):
        raise BadInput(f"{where}：points 为 {points}，与 outcome {outcome} 矛盾，请改正其一")
    with localcontext() as context:
        context.prec = PRECISION
        return Finding(outcome, points / most, Reason.GIVEN_POINTS, {"points": str(points)})


def _number(where: str, name: str, text: str) -> Decimal | None:
    if not text:
        return None
    try:
        number = Decimal(text)
    except InvalidOperation:
        number = Decimal("NaN")
    if not number.is_finite():
        raise BadInput(f"{where}：{name} 为「{text}」，应为数字")
    return number
