"""Ranks, ties, units that are not ranked, neighbours that cannot be told apart, and a published ranking reproduced."""

import csv
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.edition import DUTIES
from scoring.manual import by_points
from scoring.model import Edition, UnitScore
from scoring.ranking import change, inseparable, rank
from scoring.rollup import Rollup
from scoring.wording import displayed, points
from tests.index.make import SICHUAN, TREE, edition

SHARED = Path(__file__).resolve().parents[3] / "shared" / "tables" / "t1_sichuan_guotu_2011.csv"
D = Decimal
TEST = edition(TREE)
DENSE = edition(TREE.replace("rank: competition", "rank: dense"))


def scored(unit: str, low: str, high: str | None = None, *, coverage: str = "1", veto: tuple[str, ...] = ()) -> UnitScore:
    lower, upper = D(low), D(high or low)
    return UnitScore(unit, (lower + upper) / 2, lower, upper, D(coverage), None, None, veto, (), {}, {})


def ranks(one: Edition, *scores: UnitScore, order: dict[str, int] | None = None) -> list[tuple[str, int | None]]:
    return [(score.unit, score.rank) for score in rank(one, scores, order)]


def test_competition_and_dense() -> None:
    four = [scored("a", "70"), scored("b", "90"), scored("c", "80"), scored("d", "80")]
    assert ranks(TEST, *four) == [("b", 1), ("c", 2), ("d", 2), ("a", 4)]
    assert ranks(DENSE, *four) == [("b", 1), ("c", 2), ("d", 2), ("a", 3)]


def test_ties_print_in_official_order() -> None:
    three = [scored("c", "80"), scored("a", "80"), scored("b", "80")]
    assert [unit for unit, _ in ranks(TEST, *three)] == ["c", "a", "b"]
    assert [unit for unit, _ in ranks(TEST, *three, order={"a": 1, "b": 2, "c": 3})] == ["a", "b", "c"]


def test_equal_printed_scores_share_a_rank() -> None:
    assert ranks(TEST, scored("a", "88.64"), scored("b", "88.55"), scored("c", "88.54")) == [("a", 1), ("b", 1), ("c", 3)]


def test_vetoed_units_and_units_without_enough_data_have_no_rank() -> None:
    four = [scored("v", "99", veto=("x",)), scored("a", "50"), scored("low", "40", "98", coverage="0.79"), scored("edge", "60", coverage="0.8")]
    assert ranks(TEST, *four) == [("edge", 1), ("a", 2), ("v", None), ("low", None)]


def test_change() -> None:
    assert (change(5, 2), change(2, 5), change(3, 3), change(None, 1), change(1, None)) == (3, -3, 0, None, None)


def test_neighbours_that_cannot_be_told_apart() -> None:
    run = rank(TEST, [scored("a", "90", "94"), scored("b", "88", "91"), scored("c", "80", "88"), scored("d", "70"), scored("e", "70")])
    assert inseparable(run) == (("a", "b"), ("b", "c"))  # a and c are told apart: no chain


def test_every_pair_of_a_named_set_overlaps() -> None:
    wide = [scored("a", "90"), scored("b", "80"), scored("w", "60", "95"), scored("c", "70"), scored("d", "50", "55"), scored("e", "40")]
    assert inseparable(rank(TEST, wide)) == (("a", "w"), ("b", "w"), ("w", "c"))
    assert inseparable(rank(TEST, [scored("a", "80"), scored("b", "80")])) == ()  # a plain tie


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), max_size=12))
def test_named_sets_are_the_pairs_that_overlap(ends: list[tuple[int, int]]) -> None:
    run = rank(TEST, [scored(f"u{n}", str(low), str(low + more)) for n, (low, more) in enumerate(ends)])
    pairs = {
        (a.unit, b.unit) for n, a in enumerate(run) for b in run[n + 1 :] if (a.provisional or b.provisional) and a.lower <= b.upper and b.lower <= a.upper
    }
    named = {(a, b) for one in inseparable(run) for n, a in enumerate(one) for b in one[n + 1 :]}
    by_id = {score.unit: score for score in run}
    ties = {(a, b) for a, b in named if not (by_id[a].provisional or by_id[b].provisional)}
    assert named - ties == pairs
    assert all(by_id[a].total == by_id[b].total for a, b in ties)
    assert all(len(one) > 1 for one in inseparable(run))


@given(st.lists(st.decimals("0", "100", places=2), max_size=30))
def test_better_is_never_ranked_worse(totals: list[Decimal]) -> None:
    run = rank(TEST, [scored(f"u{number}", str(total)) for number, total in enumerate(totals)])
    for one in run:
        assert one.rank == 1 + sum(displayed(other.total) > displayed(one.total) for other in run)


@pytest.mark.skipif(not SHARED.exists(), reason=f"the published table is not here: {SHARED}")
def test_a_published_ranking_is_reproduced_exactly() -> None:
    one = edition(SICHUAN)
    with SHARED.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert len(rows) == 21
    leaves = list(one.leaves())
    compiled = Rollup(one)
    scores = [compiled.score({leaf.code: by_points(leaf, D(value)) for leaf, value in zip(leaves, row[3:], strict=True)}, DUTIES, row[1]) for row in rows]
    run = rank(one, scores)
    assert [(score.unit, score.rank, score.total) for score in run] == [(row[1], int(row[0]), D(row[2])) for row in rows]
    assert [score.rank for score in run][8:11] == [9, 9, 11]
    assert points(run[0].total) == "96.4"
