"""Units × indicators, from the published file alone."""

from decimal import Decimal

import pytest

from scoring.model import Outcome
from scoring.services import matrix, results
from scoring.services.workspace import Workspace
from tests.conftest import Built


@pytest.mark.xdist_group("demo")
def test_cells_are_those_of_the_units_own_pages(built: Built) -> None:
    ws = Workspace.open(built.home, write=False)
    ranking = results.ranking(ws, "2026Q2", "区县")
    leaves = [leaf.code for node in ranking.edition.index for leaf in node.leaves()]
    found = matrix.of(ws, "2026Q2", "区县", [*(node.code for node in ranking.edition.index), *leaves])
    seen: set[object] = set()
    for row in ranking.rows:
        expected = {code: Outcome.NOT_OBSERVED if rate is None else rate for code, rate in row.rates.items()}
        assert {code: found.cell(row.unit, code) for code in row.rates} == expected
        for leaf in results.profile(ws, "2026Q2", row.unit).leaves:
            if leaf.code in leaves:
                cell = found.cell(row.unit, leaf.code)
                assert cell == (
                    Outcome.NOT_OBSERVED if row.short_of_data or (leaf.ratio is None and leaf.full) else leaf.ratio if leaf.full else Outcome.NOT_APPLICABLE
                )
                seen.add(cell if isinstance(cell, Outcome) else "rate")
    assert seen == {Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE, "rate"}
    for code in leaves:
        rates = [cell for row in ranking.rows if isinstance(cell := found.cell(row.unit, code), Decimal)]
        assert found.means[code] == (sum(rates, Decimal(0)) / len(rates) if rates else None)
    assert found.cell("nobody", leaves[0]) is Outcome.NOT_OBSERVED
