"""A table somebody hands in: CSV or Excel, one row a record, its headers known by several names."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from crawlers.oserror import said
from scoring.errors import BadInput
from scoring.tabular import csv_file, xlsx
from scoring.tabular.problems import Problem, Problems
from scoring.tabular.sheet import Cell, Sheet


@dataclass(frozen=True, slots=True)
class Upload:
    """A file by its name and content."""

    name: str
    data: bytes

    @property
    def sha256(self) -> str:
        """SHA-256 of the content."""
        return hashlib.sha256(self.data).hexdigest()

    @classmethod
    def of(cls, path: Path) -> "Upload":
        """A file of this machine. Raises BadInput."""
        try:
            return cls(path.name, path.read_bytes())
        except OSError as error:
            raise BadInput(f"无法读取 {path}：{said(error)}，请检查路径") from error

    def records(self, columns: Mapping[str, Sequence[str]], needed: Sequence[str], problems: Problems) -> Iterator[dict[str, Cell]]:
        """The rows by key; `columns`: the headers each key goes by, `needed`: those that must be there. Raises BadInput for a header that cannot be read."""
        sheet = self._sheet()
        if sheet.merges:
            raise BadInput(f"{self.name} {sheet.said}有合并单元格（{'、'.join(sorted(sheet.merges)[:5])}），须一行一条，请取消合并并逐行填写")
        places = self._header(sheet, columns, needed)
        for row in sheet.rows[1:]:
            if extra := [cell for cell in row if cell.column not in places and not cell.blank]:
                problems.add(extra[0].problem("表头之外还有内容，请删去或补上列名"))
                continue
            found = {key: Cell(sheet.name, row[0].row, column) for column, key in places.items()}
            yield found | {places[cell.column]: cell for cell in row if cell.column in places}

    def _sheet(self) -> Sheet:
        if self.name.lower().endswith((".xlsx", ".xlsm")):
            sheets = xlsx.read(self.data, self.name)
            return next((one for one in sheets if one.rows), sheets[0])
        return csv_file.read(self.data, self.name)

    def _header(self, sheet: Sheet, columns: Mapping[str, Sequence[str]], needed: Sequence[str]) -> dict[int, str]:
        key_of = {name: key for key, names in columns.items() for name in names}
        places: dict[int, str] = {}
        for cell in sheet.rows[0] if sheet.rows else ():
            if cell.blank:
                continue
            try:
                name = cell.text()
            except Problem as problem:
                raise BadInput(f"{self.name} {problem}") from None
            if name not in key_of:
                raise BadInput(f"{self.name} {cell.place}：列「{name}」不认识，可用：{'、'.join(names[0] for names in columns.values())}")
            if key_of[name] in places.values():
                raise BadInput(f"{self.name} {cell.place}：列「{name}」重复，请只保留一列")
            places[cell.column] = key_of[name]
        if absent := [columns[key][0] for key in needed if key not in places.values()]:
            raise BadInput(f"{self.name} {sheet.said}第 1 行：缺少列 {'、'.join(absent)}，请补上表头")
        return places


def day(cell: Cell) -> date | None:
    """A day: an Excel date, 2026-01-12, 2026/1/12, 2026年1月12日. None when blank. Raises Problem."""
    if isinstance(cell.value, datetime):
        return cell.value.date()
    if isinstance(cell.value, date) and not cell.formula:
        return cell.value
    written = cell.text()
    if not written:
        return None
    parts = written.replace("年", "-").replace("月", "-").replace("日", "").replace("/", "-").replace(".", "-").split("-")
    try:
        return date(*(int(part) for part in parts))
    except (ValueError, TypeError):
        raise cell.problem(f"日期「{written}」不对，请写成 2026-01-12 的样子") from None


def unit_in(cell: Cell, units: Mapping[str, str]) -> str:
    """The id of a unit named by id or name (`units`: name by id). Raises Problem."""
    given = cell.text()
    if not given:
        raise cell.problem("单位为空，请填写")
    if given in units:
        return given
    found = [unit for unit, name in units.items() if name == given]
    if len(found) != 1:
        raise cell.problem(f"单位「{given}」{'不在单位名单中' if not found else '有重名，请改用单位编号'}，请改正")
    return found[0]
