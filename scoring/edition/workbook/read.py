"""An edition from a workbook. Everything that is wrong is said with sheet, row and column; then nothing is taken over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from scoring.edition import text as yaml_text
from scoring.edition.form import FORMAT
from scoring.edition.source import Source
from scoring.edition.workbook import columns, table, text, tree
from scoring.edition.workbook.row import Row, code_of, header_said, inner_of, leaf_of, places_of
from scoring.edition.workbook.table import Table
from scoring.errors import BadInput
from scoring.model import RankStyle, Scale
from scoring.tabular import xlsx
from scoring.tabular.problems import Problem, Problems
from scoring.tabular.sheet import Sheet, plain

GRADES = ("优秀", 90), ("良好", 70), ("合格", 60), ("不合格", 0)
"""Grades in use where a table says nothing of them."""
_KEYS = {"编号": "edition", "名称": "title", "说明": "note", "计分方式": "scale", "并列名次": "rank", "覆盖率门槛": "coverage"}
_BONUS = {"加分上限": "cap", "加分起点": "above"}
_BASED = {"依据版本": "edition", "依据版本指纹": "sha"}
_Cells = dict[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Given:
    """What to call an edition whose workbook does not say: its id and title."""

    edition: str
    title: str


@dataclass(frozen=True, slots=True)
class Found:
    """An edition as a source, and what whoever imports it should know."""

    source: Source
    notes: tuple[str, ...]


def read(data: bytes, name: str, given: Given) -> Found:
    """The edition in a workbook, not yet built. Raises BadInput (BadTable with every problem that was found)."""
    sheets = xlsx.read(data, name)
    problems = Problems(name)
    found = _main(sheets, name, problems)
    named = {sheet.name: sheet for sheet in sheets}
    cells: _Cells = {}
    settings = _settings(named.get(columns.SETTINGS), problems, cells)
    scale = settings.get("scale", Scale.POINTS)
    grown = tree.read(found, scale, _inner(named.get(columns.INNER), problems), problems)
    cells |= grown.cells
    total = sum((node["weight"] for node in grown.index), Decimal(0))
    if columns.SETTINGS not in named and total == 1:
        scale = Scale.WEIGHTS
    raw: dict[str, Any] = {"edition": settings.pop("edition", given.edition), "format": FORMAT}
    if based := settings.pop("based_on", None):
        raw["based_on"] = based
    bonus = settings.pop("bonus", {})
    raw["title"] = settings.pop("title", "") or next(iter(found.above), "") or given.title
    raw |= {key: one.value if isinstance(one, Scale | RankStyle) else one for key, one in ({"scale": scale} | settings).items()}
    raw["grades"] = _grades(named.get(columns.GRADES), problems, cells)
    raw["index"] = grown.index
    for sheet, key in ((columns.VETO, "veto"), (columns.DEDUCTIONS, "deductions"), (columns.BONUS, "leaves")):
        nodes = _beside(named.get(sheet), columns.BESIDE[sheet], problems, cells)
        if key == "leaves" and (nodes or bonus):
            raw["bonus"] = bonus | {"leaves": nodes}
        elif nodes:
            raw[key] = nodes
    problems.close()
    return Found(Source(name, yaml_text.write(raw), raw, cells=cells), tuple(_notes(found, grown, None if columns.SETTINGS in named else total)))


def _main(sheets: Sequence[Sheet], name: str, problems: Problems) -> Table:
    try:
        tables = [one for sheet in sorted(sheets, key=lambda sheet: sheet.name != columns.MAIN) if (one := table.main(sheet))]
    except Problem as problem:
        raise BadInput(f"{name} {problem}") from None
    if not tables:
        raise BadInput(f"{name}：没有找到指标表，请在一个工作表中写表头，至少有「一级指标」「分值」「评分标准」三列")
    found = tables[0]
    absent = header_said((columns.CRITERIA,), found.header.places)
    if not any(key.startswith("weight") for key in found.header.places):
        absent = f"「{columns.WEIGHT.header}」{'、' + absent if absent else ''}"
    for level in range(1, found.depth + 1):
        if f"title{level}" not in found.header.places:
            absent = f"「{columns.level(level)}」{'、' + absent if absent else ''}"
    if absent:
        problems.add(f"{found.header.place}（表头）：缺少列{absent}，请补上")
        problems.close()
    if not found.rows:
        problems.add(f"{found.header.sheet.said}：表头之下没有指标，请至少填写一行")
        problems.close()
    return found


def _notes(found: Table, grown: tree.Tree, total: Decimal | None) -> list[str]:
    """What whoever imports should know; `total`: the sum of the first level where no sheet says how the edition is scored."""
    notes = []
    if found.unused:
        notes.append(f"未使用的列：{'、'.join(found.unused)}")
    if grown.made_up:
        notes.append(f"{grown.made_up} 个指标没有代码，已按名称生成；以后改名称时请保留代码")
    if total is not None:
        scale = "分值合计为 1，按权重制（0–100 分）" if total == 1 else "按分值制"
        notes.append(f"没有“{columns.SETTINGS}”工作表，{scale}、覆盖率门槛 0.8、等次 90/70/60 导入，请核对")
        if total not in (1, 100):
            notes.append(f"分值合计为 {plain(total)}，不是 100，等次的分数线请相应调整")
    return notes


def _inner(sheet: Sheet | None, problems: Problems) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    for row in _rows(sheet, columns.ABOVE, problems):
        try:
            if code := code_of(row):
                found[code] = inner_of(row)
        except Problem as problem:
            problems.add(problem)
    return found


def _beside(sheet: Sheet | None, of: Sequence[columns.Column], problems: Problems, cells: _Cells) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    for row in _rows(sheet, of, problems):
        try:
            title = row.text("title")
            code = code_of(row) or (tree.made_up((sheet.name if sheet else "", title)) if title else "")
            if not code:
                raise Problem(f"{row.where('title')}：名称为空，请填写")
            node: dict[str, Any] = {"code": code, "title": title}
            for key in ("weight", "max", "score"):
                if key in {column.key for column in of} and (number := row.cell(key).number("分值")) is not None:
                    node[key] = number
            if source := row.text("from"):
                node["from"] = source
            if (code, "") in cells:
                raise Problem(f"{row.where('code')}：代码「{code}」与{cells[code, '']}重复，请改为唯一的代码")
            cells |= places_of(row, code)
            found.append(node | leaf_of(row))
        except Problem as problem:
            problems.add(problem)
    return found


def _grades(sheet: Sheet | None, problems: Problems, cells: _Cells) -> list[dict[str, Any]]:
    if sheet is None:
        return [{"name": name, "at_least": Decimal(at_least)} for name, at_least in GRADES]
    found: list[dict[str, Any]] = []
    for row in _rows(sheet, (columns.NAME, columns.AT_LEAST), problems):
        cells["", "grades"] = row.place
        try:
            at_least = row.cell("at_least").number("最低得分")
            if at_least is None:
                raise Problem(f"{row.where('at_least')}：最低得分为空，请填写数字")
            found.append({"name": row.text("name"), "at_least": at_least})
        except Problem as problem:
            problems.add(problem)
    return found


def _settings(sheet: Sheet | None, problems: Problems, cells: _Cells) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for row in _rows(sheet, (columns.ITEM, columns.CONTENT), problems):
        try:
            item, cell = row.text("item"), row.cell("content")
            if cell.blank:
                continue
            cells["", _KEYS.get(item, item)] = cell.place
            if item in _BONUS:
                found.setdefault("bonus", {})[_BONUS[item]] = cell.number(item)
            elif item in _BASED:
                found.setdefault("based_on", {})[_BASED[item]] = cell.text()
            elif item == "覆盖率门槛":
                found["coverage"] = cell.number(item)
            elif item in ("计分方式", "并列名次"):
                found[_KEYS[item]] = _choice(Scale if item == "计分方式" else RankStyle, row, item)
            elif item in _KEYS:
                found[_KEYS[item]] = cell.text()
            elif item.isascii():
                found[item] = text.anything(cell, cell.text())
            else:
                raise row.cell("item").problem(f"项目「{item}」不认识，可用：{'、'.join([*_KEYS, *_BONUS, *_BASED])}")
        except Problem as problem:
            problems.add(problem)
    return found


def _choice(kind: type[Scale] | type[RankStyle], row: Row, item: str) -> Scale | RankStyle:
    said = row.cell("content").text()
    for one in kind:
        if said in (one.zh, one.value):
            return one
    raise row.cell("content").problem(f"{item}「{said}」不认识，可用：{'、'.join(one.zh for one in kind)}")


def _rows(sheet: Sheet | None, of: Sequence[columns.Column], problems: Problems) -> Sequence[Row]:
    """The rows of a sheet beside the main one; a sheet without a header is refused unless it is empty."""
    if sheet is None or not sheet.rows:
        return ()
    try:
        found = table.beside(sheet, of)
    except Problem as problem:
        problems.add(problem)
        return ()
    if found is None:
        problems.add(f"{sheet.said}：没有找到表头，应有列「{of[0].header}」")
        return ()
    return found.rows
