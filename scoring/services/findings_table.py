"""评分结果表: findings that people keep in a CSV or an Excel workbook, checked row by row before anything is computed."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal, localcontext
from pathlib import Path

from crawlers.oserror import said
from scoring.errors import BadInput
from scoring.model import Edition, Finding, Indicator, Outcome, Scale
from scoring.reasons import Reason
from scoring.rollup import PRECISION
from scoring.tabular import csv_file, xlsx
from scoring.tabular.problems import Problem, Problems
from scoring.tabular.sheet import Cell, Sheet

HEADER = ("unit", "group", "code", "outcome", "ratio", "points")
_CHINESE = {"单位": "unit", "分组": "group", "指标代码": "code", "代码": "code", "结果": "outcome", "得分率": "ratio", "得分": "points"}
_RATIOS: dict[Outcome, Callable[[Decimal], bool]] = {
    Outcome.MET: lambda ratio: ratio == 1,
    Outcome.PARTIAL: lambda ratio: 0 < ratio < 1,
    Outcome.UNMET: lambda ratio: ratio == 0,
    Outcome.NOT_OBSERVED: lambda _ratio: False,
    Outcome.NOT_APPLICABLE: lambda _ratio: False,
}
_OUTCOMES = {one.value: one for one in Outcome} | {one.zh: one for one in Outcome}
_Row = Mapping[str, Cell]


@dataclass(slots=True)
class FindingsTable:
    """The group of each unit and its findings by code, in the file's order."""

    groups: dict[str, str] = field(default_factory=dict)
    findings: dict[str, dict[str, Finding]] = field(default_factory=dict)


def read_findings(edition: Edition, path: Path, units: Collection[str] | None = None) -> FindingsTable:
    """Read and check a CSV (UTF-8 or GB18030, with or without BOM) or .xlsx; `units`: the only ones there may be. Raises BadInput naming file, row and column."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise BadInput(f"无法读取评分结果 {path}：{said(error)}，请检查路径") from error
    sheet = _first(xlsx.read(data, str(path))) if path.suffix.lower() in (".xlsx", ".xlsm") else csv_file.read(data, str(path))
    problems = Problems(str(path))
    places = _header(sheet, problems)
    reader = _Reader(edition, units)
    for row in sheet.rows[1:]:
        try:
            reader.take(row, places)
        except Problem as problem:
            problems.add(problem)
    problems.close()
    if not reader.table.groups:
        raise BadInput(f"{path}：没有评分结果，请至少填写一行")
    return reader.table


def _first(sheets: Sequence[Sheet]) -> Sheet:
    """The sheet with the findings: the first that holds anything."""
    return next((one for one in sheets if one.rows), sheets[0])


def _header(sheet: Sheet, problems: Problems) -> list[str]:
    """The column names in the file's order. Raises BadInput: without them nothing can be read."""
    first = sheet.rows[0] if sheet.rows else []
    if sheet.merges:
        problems.add(f"{sheet.said}有合并单元格（{'、'.join(sorted(sheet.merges)[:5])}），评分结果须一行一条，请取消合并并逐行填写")
        problems.close()
    try:
        names = [cell.text() for cell in first]
    except Problem as problem:
        raise BadInput(f"{sheet.file} {problem}") from None
    while names and not names[-1] and sheet.name:  # columns that only look used
        names.pop()
    known = [_CHINESE.get(name, name) for name in names]
    where = f"{sheet.file} {sheet.said}第 {first[0].row if first else 1} 行"
    if absent := [name for name in HEADER if name not in known]:
        raise BadInput(f"{where}：缺少列 {'、'.join(absent)}；表头应为 {','.join(HEADER)}，实为 {','.join(names) or '空'}")
    for cell, name in zip(first, known, strict=False):
        if name not in HEADER or known.count(name) > 1:
            raise BadInput(
                f"{sheet.file} {cell.place}：列「{cell.text()}」{'重复' if name in HEADER else '不认识'}，表头应为 {','.join(HEADER)}，实为 {','.join(names)}"
            )
    return known


class _Reader:
    def __init__(self, edition: Edition, units: Collection[str] | None) -> None:
        self.table = FindingsTable()
        self.edition = edition
        self.units = units
        self.leaves = {leaf.code: leaf for leaf in edition.leaves()}
        self.bonus = {leaf.code for leaf in edition.bonus.leaves} if edition.bonus else set()

    def take(self, row: Sequence[Cell], places: Sequence[str]) -> None:
        """Add one row. Raises Problem; then nothing of it was added."""
        if row[0].sheet:
            for surplus in row[len(places) :]:
                if not surplus.blank:
                    raise surplus.problem("表头之外还有内容，请删去")
            row = row[: len(places)]
        elif len(row) != len(places):
            raise Problem(f"第 {row[0].row} 行：应有 {len(places)} 列，实有 {len(row)} 列，请补齐或删去多余的逗号")
        cells = dict(zip(places, row, strict=True))
        for name in ("unit", "group", "code", "outcome"):
            if not cells[name].text():
                raise _wrong(cells, name, f"{name} 为空，请填写")
        unit, group, code = (cells[name].text() for name in ("unit", "group", "code"))
        if self.units is not None and unit not in self.units:
            raise _wrong(cells, "unit", f"单位「{unit}」不在单位名单中，请改正")
        if (known := self.table.groups.get(unit, group)) != group:
            raise _wrong(cells, "group", f"单位「{unit}」前面属于分组「{known}」，此处为「{group}」，请统一")
        leaf = self.leaves.get(code)
        if leaf is None:
            raise _wrong(cells, "code", f"指标代码「{code}」不在指标体系 {self.edition.id} 的叶子中，请改正")
        if leaf.code in self.table.findings.get(unit, {}):
            raise _wrong(cells, "code", f"单位「{unit}」的指标 {leaf.code} 出现了两次，请只保留一行")
        finding = _finding(leaf, cells, leaf.weight if self.edition.scale is Scale.POINTS or leaf.code in self.bonus else Decimal(100))
        self.table.groups[unit] = group
        self.table.findings.setdefault(unit, {})[leaf.code] = finding


def _wrong(cells: _Row, name: str, what: str) -> Problem:
    cell = cells[name]
    return Problem(f"{cell.place}（{name}）：{what}")


def _finding(leaf: Indicator, cells: _Row, most: Decimal) -> Finding:
    written = cells["outcome"].text()
    if (outcome := _OUTCOMES.get(written)) is None:
        raise _wrong(cells, "outcome", f"outcome「{written}」不认识，可用：{'、'.join(f'{one}（{one.zh}）' for one in Outcome)}")
    ratio, points = (cells[name].number(f"{name} ") for name in ("ratio", "points"))
    if ratio is not None and not (0 <= ratio <= 1 and _RATIOS[outcome](ratio)):
        wanted = {Outcome.MET: "为 1", Outcome.PARTIAL: "大于 0 且小于 1", Outcome.UNMET: "为 0"}.get(outcome, "留空")
        raise _wrong(cells, "ratio", f"ratio 为 {cells['ratio'].text()}，与 outcome {outcome} 矛盾，应{wanted}")
    if outcome in (Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE):
        if points is not None:
            raise _wrong(cells, "points", f"outcome 为 {outcome} 时 points 应留空")
        return Finding(outcome, None, Reason.GIVEN)
    if points is not None:
        return _given(leaf, cells, outcome, points, most)
    if ratio is None:
        if outcome is Outcome.PARTIAL:
            raise _wrong(cells, "ratio", "outcome 为 PARTIAL 时应填写 ratio 或 points")
        ratio = Decimal(outcome is Outcome.MET)
    return Finding(outcome, ratio, Reason.GIVEN)


def _given(leaf: Indicator, cells: _Row, outcome: Outcome, points: Decimal, most: Decimal) -> Finding:
    """Points as given; the outcome may be any that does not say the opposite."""
    if not leaf.weight:
        raise _wrong(cells, "points", f"否决项 {leaf.code} 没有分值，points 应留空")
    if not 0 <= points <= most:
        raise _wrong(cells, "points", f"指标 {leaf.code} 的 points 为 {points}，应在 0 与 {most} 之间")
    if (outcome is Outcome.UNMET and points) or (outcome is Outcome.MET and not points):
        raise _wrong(cells, "points", f"points 为 {points}，与 outcome {outcome} 矛盾，请改正其一")
    with localcontext() as context:
        context.prec = PRECISION
        return Finding(outcome, points / most, Reason.GIVEN_POINTS, {"points": str(points)})
