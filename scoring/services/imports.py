"""外部数据: values of a leaf (社会评议) taken from a table, whole or not at all; a later table adds new rows and leaves the old ones to be traced."""

import re
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal

from scoring.errors import BadInput
from scoring.facts import ImportedValue
from scoring.model import Indicator, Role
from scoring.permissions import Action, require
from scoring.rules.imported_value import Params
from scoring.services import assess, period_rows, records
from scoring.services.shapes import StoredPage
from scoring.services.uploads import Upload, unit_in
from scoring.services.workspace import Workspace
from scoring.store import imports, ledger
from scoring.store.catalogue import PeriodRow
from scoring.tabular.problems import Problem, Problems
from scoring.tabular.sheet import Cell
from scoring.wording import minute

RULE = "imported_value"
ADDRESS = re.compile(r"imports/([A-Za-z0-9-]+)/([a-z0-9-]+)/([a-z0-9-]+)")
COLUMNS = {"unit": ("单位", "单位编号", "单位名称", "unit"), "value": ("得分", "分值", "数值", "value"), "level": ("等次", "档次", "level")}
COLUMNS |= {"source": ("来源", "评价主体", "source"), "weight": ("权重", "weight")}
_SOURCE = "社会评议"


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a table: values that are new, that replace earlier ones, that were the same; units of the leaf that still have none."""

    new: int
    replaced: int
    same: int
    lacking: tuple[str, ...]
    findings: int


def leaves(ws: Workspace, period: str) -> dict[str, Indicator]:
    """The leaves of a period that take imported values, by code."""
    row = period_rows.row(ws, period)
    return {leaf.code: leaf for group in row.groups for leaf in period_rows.edition_of(ws, row, group).leaves() if leaf.rule == RULE}


def take_in(ws: Workspace, period: str, code: str, upload: Upload, *, actor: str, role: Role, now: datetime) -> Imported:
    """Import a table for one leaf of an open period and judge it. Raises BadInput naming row and column, Refused when the period is closed; then nothing was written."""
    require(role, Action.REVIEW)
    row = period_rows.open_row(ws, period)
    known = leaves(ws, row.id)
    if code not in known:
        raise BadInput(f"评估期次 {row.id} 中没有按导入数据计分的指标 {code}，可用：{'、'.join(known) or '无'}")
    units = _units(ws, row, code)
    values = _read(upload, row.id, known[code], units, actor)
    standing = {(unit, one.source): one for unit, kept in imports.in_force(ws.store, row.id).items() for one in kept if one.code == code}
    fresh = [(unit, _next(one, standing.get((unit, one.source)))) for unit, one in values if not _same(one, standing.get((unit, one.source)))]
    if fresh:
        with ws.store.write() as writer:
            imports.add(writer, fresh, now)
            after = {"code": code, "file": upload.name, "sha256": upload.sha256, "values": len(fresh)}
            ledger.audit(writer, now, actor, role.value, "import", row.id, after=after)
    replaced = sum((unit, one.source) in standing for unit, one in fresh)
    covered = {unit for unit, _ in values} | {unit for unit, _ in standing}
    lacking = tuple(name for unit, name in units.items() if unit not in covered)
    return Imported(len(fresh) - replaced, replaced, len(values) - len(fresh), lacking, assess.assess(ws, row.id, actor=actor, now=now))


def in_force(ws: Workspace, period: str, code: str, *, role: Role) -> list[tuple[str, ImportedValue]]:
    """The values that count for a leaf, with the names of their units in official order."""
    require(role, Action.VIEW_DRAFT)
    row = period_rows.row(ws, period)
    kept = imports.in_force(ws.store, row.id)
    return [(one.unit.name, value) for one in period_rows.units(ws, row.id) for value in kept.get(one.unit.id, ()) if value.code == code]


def open_values(ws: Workspace, where: str) -> StoredPage | None:
    """Every value of a leaf and unit as a page of evidence; None when the address is not one of values. Raises BadInput when there are none."""
    if (found := ADDRESS.fullmatch(where)) is None:
        return None
    period, unit, code = found[1], found[2], found[3]
    kept = imports.history(ws.store, period, unit, code)
    if not kept:
        raise BadInput(f"评估期次 {period} 中没有为单位 {unit} 导入指标 {code} 的数据")
    last = {one.source: one.seq for one in kept}
    lines = ["来源\t值\t权重\t文件\t行\tSHA-256\t导入人\t导入时间（北京）\t是否有效"]
    for one in kept:
        state = "有效" if last[one.source] == one.seq else "已被后来的导入取代"
        lines.append(
            "\t".join(
                (
                    one.source,
                    one.level or str(one.value),
                    str(one.weight),
                    one.file,
                    str(one.row),
                    one.file_sha,
                    one.by,
                    minute(one.at) if one.at else "",
                    state,
                )
            )
        )
    return records.page(where, f"导入的数据 {kept[-1].file}", f"{period} {unit} {code} 导入的数据", "\n".join(lines), kept[-1].at, "导入的数据")


def _units(ws: Workspace, row: PeriodRow, code: str) -> dict[str, str]:
    """The units whose edition has the leaf."""
    having = {group for group in row.groups if any(leaf.code == code for leaf in period_rows.edition_of(ws, row, group).leaves())}
    return {one.unit.id: one.unit.name for one in period_rows.units(ws, row.id) if one.unit.group in having}


def _read(upload: Upload, period: str, leaf: Indicator, units: dict[str, str], actor: str) -> list[tuple[str, ImportedValue]]:
    params = Params.model_validate(dict(leaf.params))
    problems = Problems(upload.name)
    found: dict[tuple[str, str], ImportedValue] = {}
    for cells in upload.records(COLUMNS, ("unit",), problems):
        try:
            unit = unit_in(cells["unit"], units)
            source = cells["source"].text() if "source" in cells and not cells["source"].blank else _SOURCE
            value, level = _value(cells, params)
            weight = cells["weight"].number("权重") if "weight" in cells else None
            if weight is not None and weight <= 0:
                raise cells["weight"].problem(f"权重为 {weight}，应大于 0")
            if (unit, source) in found:
                raise cells["unit"].problem(f"单位「{units[unit]}」的来源「{source}」出现了两次，请只保留一行")
            number = cells["unit"].row
            made = ImportedValue(
                period, leaf.code, source, value, level, Decimal(1) if weight is None else weight, 1, upload.name, upload.sha256, number, actor
            )
            found[unit, source] = made
        except Problem as problem:
            problems.add(problem)
    problems.close()
    if not found:
        raise BadInput(f"{upload.name}：没有数据，请至少填写一行")
    return [(unit, value) for (unit, _), value in found.items()]


def _value(cells: dict[str, Cell], params: Params) -> tuple[Decimal | None, str]:
    level = cells["level"].text() if "level" in cells else ""
    value = cells["value"].number("得分") if "value" in cells and not cells["value"].blank else None
    place = cells["value"] if "value" in cells else cells["level"] if "level" in cells else cells["unit"]
    if (value is None) == (not level):
        raise place.problem("「得分」与「等次」须填且只填一个")
    if level and level not in params.levels:
        raise cells["level"].problem(f"等次「{level}」不认识，可用：{'、'.join(params.levels)}")
    if value is not None and not 0 <= value <= params.full:
        raise cells["value"].problem(f"得分为 {value}，应在 0 与 {params.full} 之间")
    return value, level


def _same(one: ImportedValue, kept: ImportedValue | None) -> bool:
    return kept is not None and (one.value, one.level, one.weight, one.file_sha) == (kept.value, kept.level, kept.weight, kept.file_sha)


def _next(one: ImportedValue, kept: ImportedValue | None) -> ImportedValue:
    return one if kept is None else replace(one, seq=kept.seq + 1)
