"""What people add to a period's composition: imported scores of parts (得分表), and units that are 暂不纳入."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from crawlers.oserror import said
from scoring.errors import BadInput
from scoring.model import Role, Unit
from scoring.parts import Part, PartSource
from scoring.permissions import Action, require
from scoring.services import period_rows
from scoring.services.workspace import Workspace
from scoring.store import catalogue, ledger, part_scores
from scoring.store.part_scores import PartScore
from scoring.tabular import csv_file, xlsx
from scoring.tabular.problems import Problem, Problems
from scoring.tabular.sheet import Cell

HEADER = ("unit", "value")
_NAMES = {"单位": "unit", "单位编号": "unit", "得分": "value", "total": "value", "部分": "code"}
_NOT_APPLICABLE = "不涉及"


def import_scores(ws: Workspace, period: str, path: Path, actor: str, now: datetime, *, role: Role, part: str = "") -> int:
    """Take in a table of imported scores (CSV or .xlsx: `unit,value`, with `code` where it holds several parts; a unit by id or name; 不涉及 as a value).

    The CSV of another period's `rank --format csv` is such a table: another index becomes a part. Returns how many scores were taken in. Raises BadInput naming
    every wrong row; then nothing was written.
    """
    require(role, Action.LOCK)
    row = period_rows.open_row(ws, period)
    parts = {(group, one.code): one for group in row.groups for one in period_rows.edition_of(ws, row, group).parts if one.source is PartSource.IMPORT}
    if not parts:
        raise BadInput(f"评估期次 {row.id} 的指标体系没有需要导入得分的部分（compose 中 source: import）")
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"无法读取得分表 {path}：{said(error)}，请检查路径") from error
    units = [one.unit for one in period_rows.units(ws, row.id)]
    scores = _Table(path, data, units, parts, part).read()
    with ws.store.write() as writer:
        part_scores.add(writer, row.id, scores, actor, now)
        ledger.audit(writer, now, actor, role.value, "part.import", row.id, after={"file": path.name, "sha": scores[0].sha, "scores": len(scores)})
    return len(scores)


def exclude(ws: Workspace, period: str, unit: str, why: str, actor: str, now: datetime, *, role: Role) -> Unit:
    """Make a unit of an open period 暂不纳入 for a reason; an empty one takes it in again. Raises BadInput for an unknown unit, Refused when the period is closed."""
    require(role, Action.LOCK)
    row = period_rows.open_row(ws, period)
    found = next((one.unit for one in period_rows.units(ws, row.id) if unit in (one.unit.id, one.unit.name)), None)
    if found is None:
        raise BadInput(f"评估期次 {row.id} 中没有单位 {unit}")
    with ws.store.write() as writer:
        catalogue.exclude(writer, row.id, found.id, why.strip())
        ledger.audit(writer, now, actor, role.value, "unit.exclude", f"{row.id}/{found.id}", before={"why": found.excluded}, after={"why": why.strip()})
    return found


class _Table:
    """A table of scores being read."""

    def __init__(self, path: Path, data: bytes, units: Sequence[Unit], parts: Mapping[tuple[str, str], Part], part: str) -> None:
        self._path, self._data, self._parts, self._part = path, data, parts, part
        self._sha = hashlib.sha256(data).hexdigest()
        self._units = {key: unit for unit in units for key in (unit.name, unit.id)}
        self._seen: set[tuple[str, str]] = set()

    def read(self) -> list[PartScore]:
        """Every row. Raises BadInput with every problem."""
        name = str(self._path)
        sheets = xlsx.read(self._data, name) if self._path.suffix.lower() in (".xlsx", ".xlsm") else [csv_file.read(self._data, name)]
        sheet = next((one for one in sheets if one.rows), sheets[0])
        places = self._header(sheet.rows[0] if sheet.rows else [])
        problems, found = Problems(name), []
        for row in sheet.rows[1:]:
            try:
                found.append(self._score({key: row[n] for key, n in places.items() if n < len(row)}, row))
            except Problem as problem:
                problems.add(problem)
        problems.close()
        if not found:
            raise BadInput(f"{name}：没有得分，请至少填写一行")
        return found

    def _header(self, cells: Sequence[Cell]) -> dict[str, int]:
        places: dict[str, int] = {}
        for n, cell in enumerate(cells):
            try:
                places.setdefault(_NAMES.get(cell.text(), cell.text()), n)
            except Problem as problem:
                raise BadInput(f"{self._path} {problem}") from None
        if missing := [name for name in HEADER if name not in places]:
            raise BadInput(f"{self._path} 第 1 行：缺少列 {'、'.join(missing)}；表头应为 unit,value（单位、得分），有多个部分时加 code（部分）")
        known = list(dict.fromkeys(code for _, code in self._parts))
        if self._part and self._part not in known:
            raise BadInput(f"没有部分 {self._part}，需要导入得分的部分有：{'、'.join(known)}")
        if "code" not in places and not self._part and len(known) > 1:
            raise BadInput(f"{self._path}：有 {len(known)} 个部分需要导入得分（{'、'.join(known)}），请加 code 列或用 --part 指明")
        self._part = self._part or ("" if "code" in places else known[0])
        return places

    def _score(self, cells: Mapping[str, Cell], row: Sequence[Cell]) -> PartScore:
        if "unit" not in cells or "value" not in cells:
            raise row[0].problem("这一行的列数不足")
        unit = self._units.get(cells["unit"].text())
        if unit is None:
            raise cells["unit"].problem(f"本期没有单位「{cells['unit'].text()}」，请改正")
        code = self._part or (cells["code"].text() if "code" in cells else "")
        part = self._parts.get((unit.group, code))
        if part is None:
            raise cells.get("code", row[0]).problem(f"单位「{unit.name}」所在的{unit.group}没有需要导入得分的部分「{code}」")
        if (unit.id, code) in self._seen:
            raise cells["unit"].problem(f"单位「{unit.name}」的{part.title}出现了两次，请只保留一行")
        self._seen.add((unit.id, code))
        return PartScore(unit.id, code, self._value(cells["value"], part), self._path.name, self._sha, row[0].row)

    def _value(self, cell: Cell, part: Part) -> Decimal | None:
        if not cell.formula and isinstance(cell.value, str) and cell.text() == _NOT_APPLICABLE:
            return None
        value = cell.number("得分")
        if value is None:
            raise cell.problem("得分为空；尚无得分请删去这一行，不涉及请写“不涉及”")
        if not 0 <= value <= part.full:
            raise cell.problem(f"{part.title}的得分 {value} 应在 0 与 {part.full} 之间")
        return value
