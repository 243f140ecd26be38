"""Fakes of what leaders' pages read beside rankings and profiles; a test that wants more puts it into `world.seen`."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

from scoring.model import Outcome
from scoring.services.fixes import Fix
from scoring.services.maps import Layout
from scoring.services.matrix import Cell, Matrix
from scoring.services.shapes import Ranking

TILES = {"qx01": (1, 1), "qx02": (1, 2), "qx03": (2, 1), "qx04": (2, 2), "qx10": (0, 0)}


def install_published(world: Any, put: Any) -> None:
    """Replace the services behind `dashboard.components.published`."""
    from dashboard.components import published

    def matrix(_ws: object, period: str, group: str, codes: Sequence[str]) -> Matrix:
        ranking: Ranking = world.ranking(None, period, group)
        cells: dict[str, dict[str, Cell]] = {}
        for row in ranking.rows:
            if not row.short_of_data:
                leaves = {leaf.code: leaf for leaf in world.found(int(period[-1]), row.unit)}
                firsts: dict[str, Cell] = {code: Outcome.NOT_OBSERVED if rate is None else rate for code, rate in row.rates.items()}
                lower: dict[str, Cell] = {code: leaf.outcome if leaf.ratio is None else leaf.ratio for code, leaf in leaves.items()}
                cells[row.unit] = {code: cell for code, cell in {**firsts, **lower}.items() if code in codes}
        known = {code: [rate for mine in cells.values() if isinstance(rate := mine.get(code), Decimal)] for code in codes}
        return Matrix(tuple(codes), cells, {code: sum(rates, Decimal(0)) / len(rates) if rates else None for code, rates in known.items()})

    def fixes(ws: object, period: str, unit: str, n: int) -> list[Fix]:
        row = world.profile(ws, period, unit).row
        lost = sorted((leaf for leaf in world.found(int(period[-1]), unit) if leaf.lost), key=lambda leaf: -leaf.lost)
        return [Fix(leaf, row.score.total, row.score.total + leaf.lost, row.score.grade, 1 if not k else row.score.rank) for k, leaf in enumerate(lost[:n])]

    put(published, "maps", SimpleNamespace(layout=lambda _ws: Layout(TILES)))
    put(published, "matrix", SimpleNamespace(of=matrix))
    put(published, "fixes_service", SimpleNamespace(best_fixes=fixes))


def one_unit(found: Ranking) -> Ranking:
    """The ranking of a group of one."""
    row = found.rows[0]
    return replace(found, rows=(row,), mean=row.score.total, mean_both=row.score.total, compared=1, before={row.unit: row.score.total}, inseparable=())


def first_period(found: Ranking) -> Ranking:
    """The same without anything before it."""
    rows = tuple(replace(row, previous_rank=None, previous_total=None, change=None, history=row.history[-1:]) for row in found.rows)
    return replace(found, rows=rows, previous_mean=None, compared=0, before={})


def all_equal(found: Ranking) -> Ranking:
    """Everybody has the same score and rank."""
    score = found.rows[0].score
    rows = tuple(replace(row, score=replace(score, unit=row.unit, rank=1), change=0) for row in found.rows)
    return replace(found, rows=rows, mean=score.total, mean_both=score.total, lost=())


def none_ranked(found: Ranking) -> Ranking:
    """What is left of a ranking when every unit was taken out of it."""
    rates = {row.unit: row.rates for row in found.rows if not row.short_of_data}
    medians = found.medians if rates else dict.fromkeys(found.medians)
    return replace(found, mean=None, previous_mean=None, mean_both=None, compared=0, medians=medians, lost=found.lost if rates else ())
