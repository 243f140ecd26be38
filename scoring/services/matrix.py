"""Units × indicators as 得分率, from a published file: only the rows that are asked for are read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from scoring.model import Outcome, Role
from scoring.services import results
from scoring.services.workspace import Workspace
from scoring.store.published import PublishedFile

Cell = Decimal | Outcome
"""A 得分率 (an inner indicator that is seen in part counts its unseen part as half), or NOT_OBSERVED, or NOT_APPLICABLE."""

_SQL = """SELECT unit_id, code, n.total, n.weight, n.observed FROM node n JOIN period_unit USING (unit_id)
WHERE group_name = $1 AND list_contains($2::VARCHAR[], code)"""


@dataclass(frozen=True, slots=True)
class Matrix:
    """Cells by unit id and code. `means`: the mean 得分率 over the units that have one, by code: how hard an indicator is; None where no unit has one.

    A unit with 数据不足 is NOT_OBSERVED throughout and in no mean.
    """

    codes: tuple[str, ...]
    cells: Mapping[str, Mapping[str, Cell]]
    means: Mapping[str, Decimal | None]

    def cell(self, unit: str, code: str) -> Cell:
        """One cell; an indicator that the file has no score for was not observed."""
        return self.cells.get(unit, {}).get(code, Outcome.NOT_OBSERVED)


def of(ws: Workspace, period: str, group: str, codes: Sequence[str], *, role: Role = Role.LEADER) -> Matrix:
    """A group's matrix. Raises what `results.ranking` raises."""
    ranking = results.ranking(ws, period, group, role=role)
    known = {row.unit for row in ranking.rows if not row.short_of_data}
    _, found = PublishedFile(results.file(ws, period)).tuples(_SQL, group, list(codes))
    cells: dict[str, dict[str, Cell]] = {}
    for unit, code, total, weight, observed in found:
        if unit in known:
            cells.setdefault(unit, {})[code] = _cell(total, weight, observed)
    rates = {code: [rate for mine in cells.values() if isinstance(rate := mine.get(code), Decimal)] for code in codes}
    means = {code: sum(values, Decimal(0)) / len(values) if values else None for code, values in rates.items()}
    return Matrix(tuple(codes), cells, means)


@lru_cache(maxsize=1 << 14)
def _cell(total: str, weight: str, observed: str) -> Cell:
    full = Decimal(weight)
    if not full:
        return Outcome.NOT_APPLICABLE
    return Decimal(total) / full if Decimal(observed) else Outcome.NOT_OBSERVED
