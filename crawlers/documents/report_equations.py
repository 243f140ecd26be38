"""The equations of an annual report (国办公开办函〔2021〕30号 表三、表四; 〔2019〕60号 the same, with one row of 其他处理), each told by table, row and column."""

from collections.abc import Iterable
from dataclasses import dataclass

from crawlers.documents.record import Report, Violation
from crawlers.documents.report_labels import BLOCKS, COLUMNS, ORDER, OUTCOMES, TOTAL
from crawlers.documents.report_tables import Requests, Tables

Sum = tuple[int | None, ...]


@dataclass(frozen=True, slots=True)
class Equation:
    """`parts` must add up to `result`'s sum. `known`: False when something that belongs to it may not have been read, so that only agreement counts."""

    rule: str
    where: str
    parts: Sum
    result: Sum
    known: bool = True

    @property
    def tried(self) -> bool:
        """Whether every cell of it was read."""
        return None not in self.parts and None not in self.result and (self.known or self.holds)

    @property
    def holds(self) -> bool:
        """Whether both sides are the same."""
        return _sum(self.parts) == _sum(self.result)

    @property
    def violation(self) -> Violation | None:
        """What to report; None when it holds or could not be tried."""
        return Violation(self.rule, self.where, str(_sum(self.parts)), str(_sum(self.result))) if self.tried and not self.holds else None


def _sum(cells: Sum) -> int:
    return sum(cell or 0 for cell in cells)


def equations(tables: Tables) -> list[Equation]:
    """Every equation of the tables that are there."""
    found = [one for requests in tables.requests for one in _of_requests(requests, tables.form)]
    if tables.cases:
        for block, values in zip(BLOCKS, tables.cases, strict=True):
            found.append(Equation("litigation_sum", f"表四“{block}”：结果维持+结果纠正+其他结果+尚未审结=总计", values[:4], values[4:]))
    return found


def owed(tables: Tables) -> int:
    """How many equations the norm knows for a report of this format: 7 balances, 7 sums of outcomes, one for each row of table three, 3 of table four."""
    return len(COLUMNS) * 2 + len(ORDER[tables.form or "30"]) + len(BLOCKS)


def _of_requests(requests: Requests, form: str) -> Iterable[Equation]:
    empty: Sum = (None,) * len(COLUMNS)
    rows = requests.values
    order = [key for key in OUTCOMES if key in rows]
    missing = set(ORDER[form or "30"]) - rows.keys()
    for column, name in enumerate(COLUMNS):

        def cell(key: str, column: int = column) -> int | None:
            return rows.get(key, empty)[column]

        where = f"表三“{name}”列"
        yield Equation("balance", f"{where}：本年新收+上年结转=总计+结转下年", (cell("received"), cell("carried_in")), (cell("total"), cell("carried_out")))
        parts = tuple(cell(key) for key in order) or (None,)
        known = not requests.strange and not missing & set(OUTCOMES)
        extra = tuple(values[column] for _, values in requests.strange)
        if not known and extra and None not in extra and _sum(parts + extra) == (cell("total") or 0):
            parts += extra
        yield Equation("outcomes_sum", f"{where}：各项办理结果之和=总计", parts, (cell("total"),), known)
    for key in ORDER[form or "30"]:
        if key in rows:
            yield Equation("row_sum", f"表三“{requests.label(key)}”行：各类申请人之和=总计", rows[key][:TOTAL], rows[key][TOTAL:])


def incomplete(requests: Requests, form: str) -> list[Violation]:
    """Rows of the norm that table three leaves out, where all its rows were understood."""
    if not requests.whole or not form or len(requests.values) < 15:
        return []
    return [
        Violation("table_incomplete", f"表三缺少“{requests.label(key)}”行", requests.label(key), "无此行") for key in ORDER[form] if key not in requests.values
    ]


def comparable(this: Report, earlier: Report) -> bool:
    """Whether 结转下年 of the one can be compared with 上年结转 of the other: years that follow, both figures read."""
    return this.year is not None and earlier.year == this.year - 1 and this.carried[0] is not None and earlier.carried[1] is not None


def carried_over(this: Report, earlier: Report) -> Violation | None:
    """上年结转 of a report against 结转下年 of the year before; None when they agree or cannot be compared (`comparable`)."""
    if not comparable(this, earlier) or this.carried[0] == earlier.carried[1]:
        return None
    where = f"表三“总计”列：{this.year}年报告的上年结转=上年报告（{earlier.year}年）的结转下年度继续办理"
    return Violation("carried", where, str(earlier.carried[1]), str(this.carried[0]))
