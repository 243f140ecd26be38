"""One row of a sheet of the workbook, by the keys of its columns, and the indicator that its cells describe."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scoring.edition.workbook import text
from scoring.edition.workbook.columns import CODE, CRITERIA, LEAF, Column
from scoring.model import Check
from scoring.tabular.problems import Problem
from scoring.tabular.sheet import Cell, Sheet

_HEADERS = {column.key: column.header for column in (*LEAF, CODE)}


@dataclass(frozen=True, slots=True)
class Row:
    """`places`: the column of each key, from 0."""

    sheet: Sheet
    cells: Sequence[Cell]
    places: Mapping[str, int]

    @property
    def number(self) -> int:
        """As people count it."""
        return self.cells[0].row

    @property
    def place(self) -> str:
        """工作表“…”第 12 行."""
        return f"{self.sheet.said}第 {self.number} 行"

    def cell(self, key: str) -> Cell:
        """The cell of a column; a blank one where the sheet lacks the column."""
        place = self.places.get(key)
        if place is None or place >= len(self.cells):
            return Cell(self.sheet.name, self.number, len(self.cells) + 1)
        return self.cells[place]

    def text(self, key: str) -> str:
        """The text of a column; what a merged range shows counts for each of its rows. Raises Problem for a formula."""
        return self.cell(key).text(shared=True)

    def where(self, key: str) -> str:
        """The place of a column's cell; of the row where the sheet lacks the column."""
        return self.cell(key).place if key in self.places else self.place

    def blank(self) -> bool:
        """Whether none of the columns that mean something holds anything of its own."""
        return all(self.cell(key).blank for key in self.places)


def code_of(row: Row, key: str = "code") -> str:
    """The code in a row; empty when there is none. Raises Problem for one that is no code."""
    code = row.text(key) if not row.cell(key).above else ""
    if code and not (code.isascii() and code == code.lower() and code.replace("-", "").isalnum() and code[0] != "-"):
        raise row.cell(key).problem(f"代码「{code}」只能用小写字母、数字和连字符，并以字母或数字开头")
    return code


def leaf_of(row: Row) -> dict[str, Any]:
    """What the cells say of a leaf, as the form has it, without code, title and weight. Raises Problem naming the cell."""
    rule = row.text("rule")
    said = row.text("check")
    check = text.check(row.cell("check"), said) if said else Check.AUTO if rule else Check.MANUAL
    found: dict[str, Any] = _shared(row)
    if dimension := row.text("dimension"):
        found["dimension"] = dimension
    if needs := text.duties(row.cell("needs"), row.text("needs")):
        found["needs"] = needs
    if fix := row.text("fix"):
        found["fix"] = fix
    if check is Check.MANUAL:
        return _manual(row) | found
    if not rule:
        raise row.cell("check" if said else "rule").problem(f"评分方式为「{said}」，但没有写规则，请填写规则或改为人工")
    if row.text("levels"):
        raise row.cell("levels").problem("由规则判定的指标不能写评分档次，请清空或改为人工")
    return {"rule": rule, "with": text.parameters(row.cell("with"), row.text("with")), "check": check.value} | found


def inner_of(row: Row) -> dict[str, Any]:
    """What a row of 上级指标 says of a node beside its weight. Raises Problem."""
    return _shared(row)


def _shared(row: Row) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key in ("responsible", "obligations"):
        if names := text.names(row.cell(key), row.text(key)):
            found[key] = names
    if basis := row.text("basis"):
        found["basis"] = basis
    if (verified := row.text("verified")) and not text.verified(row.cell("verified"), verified):
        found["verified"] = False
    if other := row.text("other"):
        found |= text.mapping(row.cell("other"), other)
    return found


def _manual(row: Row) -> dict[str, Any]:
    for key in ("rule", "with"):
        if row.text(key):
            raise row.cell(key).problem("评分方式为人工的指标不能写规则和参数，请清空或改评分方式")
    guide, levels = row.text("manual"), row.text("levels")
    if not guide or guide.endswith(text.BY_RULE):
        raise Problem(f"{row.where('manual')}：{CRITERIA.header}为空，请写明怎样评分")
    if not levels or levels == text.BY_POINTS:
        return {"manual": {"guide": guide, "points": True}}
    return {"manual": {"guide": guide, "levels": text.read_levels(row.cell("levels"), levels)}}


def places_of(row: Row, code: str, weight_key: str = "weight") -> dict[tuple[str, str], str]:
    """Where the loader may look for a leaf's code, row and cells."""
    found = {(code, ""): row.place} | {(code, key): row.where(key) for key in (*_HEADERS, "score", "from", "max") if key in row.places}
    if weight_key in row.places:
        found[code, "weight"] = row.where(weight_key)
    return found


def header_said(columns: Sequence[Column], places: Mapping[str, int]) -> str:
    """Which of these columns a header lacks, for a message."""
    return "、".join(f"「{column.header}」" for column in columns if column.key not in places)
