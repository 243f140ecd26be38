"""A sheet of cells, wherever it comes from."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal, InvalidOperation

from scoring.tabular.problems import Problem

Value = str | Decimal | bool | date | None


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell. `row` and `column` count from 1, as people see them; `sheet` is empty for a CSV. A formula's value is not known.

    `above`: it continues a merged range downwards; then `value` is None and `shared` what the range shows.
    """

    sheet: str
    row: int
    column: int
    value: Value = None
    formula: bool = False
    above: bool = False
    shared: Value = None

    @property
    def place(self) -> str:
        """工作表“指标体系”第 12 行 D 列."""
        return f"{sheet_said(self.sheet)}第 {self.row} 行 {letter(self.column)} 列"

    @property
    def blank(self) -> bool:
        """Nothing is in it."""
        return not self.formula and (self.value is None or (isinstance(self.value, str) and not self.value.strip()))

    def text(self, *, shared: bool = False) -> str:
        """The content as text, without blanks at its ends; with `shared`, what a merged range shows here. Raises Problem for a formula."""
        if self.formula:
            raise self.problem("是公式，请复制后选择性粘贴为数值或文字")
        value = self.shared if shared and self.above else self.value
        if isinstance(value, Decimal):
            return plain(value)
        if isinstance(value, bool):
            return "TRUE" if value else "FALSE"
        return "" if value is None else str(value).strip()

    def number(self, what: str) -> Decimal | None:
        """The content as a number; None when blank. Full-width digits and 「5分」 are numbers, too. Raises Problem."""
        if isinstance(self.value, Decimal) and not self.formula:
            return self.value
        written = unicodedata.normalize("NFKC", self.text()).removesuffix("分").strip()
        if not written:
            return None
        try:
            number = Decimal("NaN" if "_" in written else written)
        except InvalidOperation:
            number = Decimal("NaN")
        if isinstance(self.value, bool | date) or not number.is_finite():
            raise self.problem(f"{what}为「{self.text()}」，应为数字")
        return number

    def problem(self, said: str) -> Problem:
        """A problem of this cell."""
        return Problem(f"{self.place}：{said}")


@dataclass(frozen=True, slots=True)
class Sheet:
    """Rows of cells in order; blank rows are left out. `file`: as messages name it."""

    file: str
    name: str
    rows: Sequence[Sequence[Cell]]
    merges: tuple[str, ...] = field(default=())

    @property
    def said(self) -> str:
        """How messages name it."""
        return sheet_said(self.name)


def sheet_said(name: str) -> str:
    """工作表“…” before a place; nothing for a CSV."""
    return f"工作表“{name}”" if name else ""


def letter(column: int) -> str:
    """1 → A, 27 → AA."""
    out = ""
    while column:
        column, rest = divmod(column - 1, 26)
        out = chr(65 + rest) + out
    return out


def plain(number: Decimal) -> str:
    """A number as people write it."""
    return f"{number.normalize() + 0:f}" if number == number.to_integral_value() else f"{number:f}"
