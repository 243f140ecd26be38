"""得分表: imported scores of parts in a CSV or an Excel workbook, checked row by row before anything is taken over."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from decimal import Decimal
from pathlib import Path

from crawlers.oserror import said
from scoring.errors import BadInput
from scoring.model import Unit
from scoring.parts import Part
from scoring.store.part_scores import PartScore
from scoring.tabular import csv_file, xlsx
from scoring.tabular.problems import Problem, Problems
from scoring.tabular.sheet import Cell, Sheet

HEADER = ("unit", "value")
_NAMES = {"单位": "unit", "单位编号": "unit", "得分": "value", "total": "value", "部分": "code"}
_NOT_APPLICABLE = "不涉及"


def read(path: Path, units: Sequence[Unit], parts: Mapping[tuple[str, str], Part], part: str = "") -> list[PartScore]:
    """The scores of a table (`unit,value[,code]`; a unit by id or name). `parts`: those that take imported scores, by group and code; `part`: which one the table holds.

    Raises BadInput naming every wrong row.
    """
    return _Table(path, _bytes(path), units, parts, part).read()


def read_parents(path: Path, units: Collection[str]) -> dict[str, str]:
    """Which unit belongs to which, from a table `unit,parent`; both must be among `units`. Raises BadInput naming every wrong row."""
    sheet = _sheet(path, _bytes(path))
    problems, found = Problems(str(path)), {}
    for row in sheet.rows:
        try:
            names = [cell.text() for cell in row[:2]]
            if row is sheet.rows[0]:
                if names not in (["unit", "parent"], ["单位", "上级单位"]):
                    raise row[0].problem("表头应为 unit,parent（单位、上级单位）")
                continue
            for cell, name in zip(row, names, strict=False):
                if name not in units:
                    raise cell.problem(f"评分结果中没有单位「{name}」，请改正")
            if len(names) < 2 or names[0] in found:
                raise row[0].problem("这一行的列数不足" if len(names) < 2 else f"单位「{names[0]}」出现了两次，请只保留一行")
            found[names[0]] = names[1]
        except Problem as problem:
            problems.add(problem)
    problems.close()
    return found


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"无法读取 {path}：{said(error)}，请检查路径") from error


def _sheet(path: Path, data: bytes) -> Sheet:
    """The first sheet that holds anything."""
    sheets = xlsx.read(data, str(path)) if path.suffix.lower() in (".xlsx", ".xlsm") else [csv_file.read(data, str(path))]
    return next((one for one in sheets if one.rows), sheets[0])


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
        sheet = _sheet(self._path, self._data)
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
