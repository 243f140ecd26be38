"""名次稳定性 of a ranking: how far ranks follow from the weights. For the evaluator and the method appendix; leaders' default views do without."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import numpy as np

from scoring.model import Edition, Indicator, RankStyle, UnitScore
from scoring.parts import NotApplicable, PartSource
from scoring.robustness import Data, Tree, robustness, totals
from scoring.score import Nodes
from scoring.services.book import GroupBook
from scoring.services.shapes import Ranking

DRAWS = 1000
SEED = 20200525
"""Of all published figures, so that they can be drawn again."""


@dataclass(frozen=True, slots=True)
class UnitRobust:
    """One ranked unit: places as (best, worst).

    `weights`: 5th–95th percentile under ±20 % of every weight; `free`: under any first-level weights; `without`: when a first-level indicator is left out. `swaps`: how many others could swap places with it.
    """

    unit: str
    name: str
    rank: int
    weights: tuple[int, int]
    free: tuple[int, int]
    without: tuple[int, int]
    swaps: int


@dataclass(frozen=True, slots=True)
class IndicatorRobust:
    """What becomes of the order without one first-level indicator (or part): mean change of places, and Spearman's ρ of both orders."""

    code: str
    title: str
    moved: float
    rho: float


@dataclass(frozen=True, slots=True)
class RankingRobust:
    """A group's ranking: units in rank order, indicators that move most places first."""

    period: str
    group: str
    draws: int
    seed: int
    units: tuple[UnitRobust, ...]
    indicators: tuple[IndicatorRobust, ...]

    @property
    def firm(self) -> int:
        """How many units keep their place under ±20 % of every weight (nine draws in ten)."""
        return sum(one.weights[0] == one.weights[1] for one in self.units)


def of_ranking(ranking: Ranking, *, draws: int = DRAWS, seed: int = SEED) -> RankingRobust:
    """Of any ranking whose rows hold every indicator's score."""
    rows = [(row.name, row.score) for row in ranking.rows]
    return of_scores(ranking.period.title, ranking.group, ranking.edition, rows, draws=draws, seed=seed)


def of_book(book: GroupBook) -> RankingRobust:
    """Of a group as it was computed or published."""
    return of_scores(book.period.title, book.group, book.edition, [(unit.name, book.scores[unit.id]) for unit in book.units])


def of_scores(period: str, group: str, edition: Edition, rows: Sequence[tuple[str, UnitScore]], *, draws: int = DRAWS, seed: int = SEED) -> RankingRobust:
    """Of names and scores; those without a rank are left out."""
    ranked = sorted(((one.rank, name, one) for name, one in rows if one.rank is not None), key=lambda row: row[0])
    if not ranked:
        return RankingRobust(period, group, draws, seed, (), ())
    tree, data = matrix(edition, [score for *_, score in ranked])
    found = robustness(tree, data, draws=draws, seed=seed)

    def span(values: Sequence[int]) -> tuple[int, int]:
        return int(values[0]), int(values[1])

    units = tuple(
        UnitRobust(score.unit, name, rank, span(found.perturbed[n]), span(found.dirichlet[n]), span(found.left_out[n]), int(found.swaps[n]))
        for n, (rank, name, score) in enumerate(ranked)
    )
    nodes = _nodes(edition)
    told = tuple(IndicatorRobust(nodes[one.node][1], nodes[one.node][2], one.moved, one.rho) for one in found.influence)
    return RankingRobust(period, group, draws, seed, units, told)


def matrix(edition: Edition, scores: Sequence[UnitScore]) -> tuple[Tree, Data]:
    """The edition as a tree and the scores as a matrix. Leaves count by their 得分率, deductions and bonus as points beside the tree."""
    nodes = _nodes(edition)
    inner = {parent for parent, *_ in nodes}
    leaves = [n for n in range(len(nodes)) if n not in inner]
    column = {n: k for k, n in enumerate(leaves)}
    tree = Tree([parent for parent, *_ in nodes], [float(weight) for *_, weight in nodes], [column.get(n, -1) for n in range(len(nodes))])
    codes = [nodes[n][1] for n in leaves]
    known = [Nodes.of(score.nodes) for score in scores]
    weights = [nodes.column("weight", codes) for nodes in known]
    rates = [
        [float(total / weight) if weight else 0.0 for total, weight in zip(nodes.column("total", codes), held, strict=True)]
        for nodes, held in zip(known, weights, strict=True)
    ]
    applies = np.asarray([[bool(weight) for weight in held] for held in weights], dtype=bool).reshape(len(scores), len(codes))
    ratios = np.asarray(rates, dtype=np.float64).reshape(applies.shape)
    shared = edition.not_applicable is not NotApplicable.BASE
    data = Data(ratios, applies, np.zeros(len(scores)), float(edition.full), shared, edition.rank is RankStyle.DENSE)
    plain = totals(tree, data, np.asarray([tree.weights]))[:, 0]
    beside = np.asarray([float(score.total) for score in scores]) - plain
    return tree, Data(ratios, applies, np.where(np.abs(beside) < 1e-9, 0, beside), data.full, shared, data.dense)


def _nodes(edition: Edition) -> list[tuple[int, str, str, Decimal]]:
    """Parent, code, title and weight of every node that counts, parents first; 0 is the root. In a composed index the parts are the first level."""
    found: list[tuple[int, str, str, Decimal]] = [(-1, "", "", Decimal(1))]

    def add(parent: int, node: Indicator) -> None:
        found.append((parent, node.code, node.title, node.weight))
        here = len(found) - 1
        for child in node.children:
            if child.drawn:
                add(here, child)

    root = 0
    for part in edition.parts:
        found.append((0, part.code, part.title, part.weight))
        if part.source is PartSource.INDEX:
            root = len(found) - 1
    for node in edition.index:
        add(root, node)
    return found
