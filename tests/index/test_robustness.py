"""Ranks under other weights: the vectorised computation against the exact roll-up, and what must hold of every ranking."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.edition import DUTIES
from scoring.model import Edition, Finding, Outcome
from scoring.parts import NotApplicable
from scoring.ranking import rank
from scoring.robustness import Data, Tree, ranked, robustness, totals
from scoring.rollup import Rollup
from scoring.services.stability import matrix
from tests.index.make import TREE, edition, finding
from tests.index.test_rollup_properties import bare, trees

D = Decimal
CODES = ("a1", "a2", "a3", "b")
RATIOS = st.sampled_from(["0", "0.25", "0.5", "0.7", "1", "?", "-"])


def found(cells: tuple[str, ...], codes: tuple[str, ...] = CODES) -> dict[str, Finding]:
    kinds = {"?": finding(None), "-": finding(None, Outcome.NOT_APPLICABLE)}
    return {code: kinds.get(cell) or finding(cell) for code, cell in zip(codes, cells, strict=True)}


def numbers(one: Edition, units: list[dict[str, Finding]]) -> tuple[Tree, Data, list[Decimal]]:
    compiled = Rollup(one)
    scores = [compiled.score(each, DUTIES, f"u{n}") for n, each in enumerate(units)]
    tree, data = matrix(one, scores)
    return tree, data, [score.total for score in scores]


@given(trees(), st.data())
def test_the_nominal_totals_are_those_of_the_exact_roll_up(one: Edition, data: st.DataObject) -> None:
    one = replace(one, not_applicable=data.draw(st.sampled_from([NotApplicable.SHARE, NotApplicable.BASE])), vetoes=())
    codes = tuple(leaf.code for leaf in one.leaves())
    units = [found(tuple(data.draw(RATIOS) for _ in codes), codes) for _ in range(data.draw(st.integers(1, 4)))]
    tree, matrix_, exact = numbers(one, units)
    computed = totals(tree, matrix_, np.asarray([tree.weights]))[:, 0]
    assert np.allclose(computed, [float(total) for total in exact], atol=1e-7)


@given(st.lists(st.tuples(RATIOS, RATIOS, RATIOS, RATIOS), min_size=2, max_size=6), st.lists(st.integers(1, 9), min_size=4, max_size=4))
def test_other_weights_are_those_of_another_edition(cells: list[tuple[str, ...]], weights: list[int]) -> None:
    one = edition(TREE.replace("scale: points", "scale: weights"))
    units = [found(each) for each in cells]
    tree, data, _ = numbers(one, units)
    first, second = one.index
    children = tuple(replace(child, weight=D(weight)) for child, weight in zip(first.children, weights, strict=False))
    other = replace(one, index=(replace(first, children=children), replace(second, weight=D(weights[3]))))
    wanted, _, exact = numbers(other, units)
    computed = totals(tree, data, np.asarray([wanted.weights]))[:, 0]
    assert np.allclose(computed, [float(total) for total in exact], atol=1e-7)


@pytest.mark.parametrize("style", ["competition", "dense"])
@given(st.lists(st.decimals("0", "100", places=2), min_size=1, max_size=12))
def test_ranks_are_those_of_the_real_ranking(style: str, values: list[Decimal]) -> None:
    one = edition(TREE.replace("rank: competition", f"rank: {style}"))
    score = Rollup(one).score(found(("1", "1", "1", "1")), DUTIES)
    real = {each.unit: each.rank for each in rank(one, [replace(score, unit=str(n), total=value) for n, value in enumerate(values)])}
    computed = ranked(np.asarray([[float(value)] for value in values]), dense=style == "dense")[:, 0]
    assert list(computed) == [real[str(n)] for n in range(len(values))]


UNITS = [("1", "0.7", "0.5", "1"), ("0.5", "1", "1", "0.7"), ("0.25", "0.25", "-", "0.5"), ("0", "0.5", "0.5", "1"), ("1", "1", "?", "0.25")]


def test_without_perturbation_the_span_is_the_rank() -> None:
    tree, data, _ = numbers(edition(TREE), [found(each) for each in UNITS])
    same = robustness(tree, data, draws=20, spread=0)
    assert (same.perturbed == same.ranks[:, None]).all()
    assert (same.swaps == [(same.ranks == each).sum() - 1 for each in same.ranks]).all()


def test_the_seed_decides() -> None:
    tree, data, _ = numbers(edition(TREE), [found(each) for each in UNITS])
    one, two, other = (robustness(tree, data, draws=50, seed=seed) for seed in (3, 3, 4))
    assert (one.perturbed == two.perturbed).all()
    assert (one.dirichlet == two.dirichlet).all()
    assert one.influence[0].node == other.influence[0].node  # leaving out draws nothing


def test_a_unit_better_in_everything_keeps_its_place_under_any_weights() -> None:
    tree, data, _ = numbers(edition(TREE), [found(("1", "1", "1", "1")), *(found(each) for each in UNITS), found(("0", "0", "0", "0"))])
    robust = robustness(tree, data, draws=200)
    assert robust.perturbed[0].tolist() == robust.dirichlet[0].tolist() == robust.left_out[0].tolist() == [1, 1]
    assert robust.perturbed[-1].tolist() == [7, 7]
    assert robust.swaps[0] == robust.swaps[-1] == 0


def test_leaving_an_indicator_out_tells_which_decides_the_order() -> None:
    one = edition(TREE)
    units = [found(("0.5", "0.5", "0.5", ratio)) for ratio in ("1", "0.7", "0.5", "0.25")]
    tree, data, _ = numbers(one, units)
    first = robustness(tree, data, draws=20).influence
    assert tree.leaves[first[0].node] >= 0  # b, a leaf of the first level: without it all are equal
    assert (first[0].moved, first[0].ranks.tolist(), first[1].moved, first[1].rho) == (1.5, [1, 1, 1, 1], 0.0, 1.0)


@settings(max_examples=30)
@given(st.lists(st.tuples(RATIOS, RATIOS, RATIOS, RATIOS), min_size=1, max_size=6), st.integers(0, 5))
def test_what_holds_of_every_ranking(cells: list[tuple[str, ...]], seed: int) -> None:
    tree, data, _ = numbers(edition(TREE), [found(each) for each in cells])
    robust = robustness(tree, data, draws=30, seed=seed)
    count = len(cells)
    for spans in (robust.perturbed, robust.dirichlet, robust.left_out):
        assert ((spans >= 1) & (spans <= count)).all()
        assert (spans[:, 0] <= spans[:, 1]).all()
    slow = [sum(a[0] <= b[1] and b[0] <= a[1] for m, b in enumerate(robust.perturbed) if m != n) for n, a in enumerate(robust.perturbed)]
    assert robust.swaps.tolist() == slow
    assert ((robust.left_out[:, 0] <= robust.ranks) & (robust.ranks <= robust.left_out[:, 1])).all()


def test_what_hangs_beside_the_tree_stays_as_it_is() -> None:
    assert bare(edition(TREE)).bonus is None
    tree, data, _ = numbers(edition(TREE), [found(each) for each in UNITS])
    lifted = replace(data, offsets=np.asarray([0.0, 0.0, 100.0, 0.0, 0.0]))
    assert robustness(tree, lifted, draws=50).perturbed[2].tolist() == [1, 1]
