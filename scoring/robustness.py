"""How much a ranking rests on its weights: ranks under other weights, and without each first-level indicator.

Vectorised with numpy over units × draws, seeded. Floats throughout: nothing here is published as a score; ranks stand on totals rounded to one decimal, as the
real ones do (docs/decisions/0003). What a unit has beside the tree (bonus, deductions) stays as it is. 不涉及 is shared out anew under every set of weights.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
Bools = NDArray[np.bool_]

SPREAD = 0.2
"""Each weight is drawn evenly from ±20 % of itself."""
LOW, HIGH = 5, 95
_CHUNK = 128
"""Units computed at once: their arrays stay in the processor's cache."""
_HALF_UP = 0.5 + 1e-7


@dataclass(frozen=True, slots=True)
class Tree:
    """A weighted tree, numbered so that children come after their parents; 0 is the root (weight 1).

    `leaves[n]` is the column of leaf n, −1 for an inner node. `first`: the nodes of the first level.
    """

    parents: Sequence[int]
    weights: Sequence[float]
    leaves: Sequence[int]

    @property
    def first(self) -> list[int]:
        """The nodes of the first level."""
        return [n for n, parent in enumerate(self.parents) if n and parent == 0]


@dataclass(frozen=True, slots=True)
class Data:
    """Units × leaves: `ratios` (0–1; the middle for what was not observed) and `applies`. `offsets`: points beside the tree, by unit; `full`: marks of the whole.

    `shared` False: what does not apply makes the base smaller instead of being shared out.
    """

    ratios: Floats
    applies: Bools
    offsets: Floats
    full: float
    shared: bool = True
    dense: bool = False


@dataclass(frozen=True, slots=True)
class Influence:
    """What becomes of the order without one first-level indicator: its node, the mean change of places, and Spearman's ρ between both orders."""

    node: int
    moved: float
    rho: float
    ranks: Ints


@dataclass(frozen=True, slots=True)
class Robust:
    """What other weights do to ranks, by unit.

    The rank as computed here, the 5th–95th percentile of ranks under ±20 % and under first-level weights drawn evenly from all there are (Dirichlet), the best and worst rank when a first-level indicator is left out, and how many others could swap places with it (their ±20 % ranges meet).
    """

    ranks: Ints
    perturbed: Ints
    dirichlet: Ints
    left_out: Ints
    swaps: Ints
    influence: tuple[Influence, ...]


def robustness(tree: Tree, data: Data, *, draws: int = 1000, seed: int = 0, spread: float = SPREAD) -> Robust:
    """All of it. The same seed gives the same result; `spread` 0 gives every unit its own rank twice."""
    rng = np.random.default_rng(seed)
    nominal = np.asarray(tree.weights, dtype=np.float64)[None, :]
    ranks = ranked(totals(tree, data, nominal), dense=data.dense)[:, 0]
    perturbed = _percentiles(ranked(totals(tree, data, nominal * rng.uniform(1 - spread, 1 + spread, (draws, nominal.shape[1]))), dense=data.dense))
    first = tree.first
    free = np.repeat(nominal, draws, axis=0)
    free[:, first] = rng.dirichlet(np.ones(len(first)), draws) * nominal[0, first].sum()
    dirichlet = _percentiles(ranked(totals(tree, data, free), dense=data.dense))
    influence = tuple(sorted((_without(tree, data, nominal, node, ranks) for node in first), key=lambda one: -one.moved)) if len(first) > 1 else ()
    every = np.stack([ranks, *(one.ranks for one in influence)])
    return Robust(ranks, perturbed, dirichlet, np.stack([every.min(axis=0), every.max(axis=0)], axis=1), _swaps(perturbed), influence)


def totals(tree: Tree, data: Data, weights: Floats) -> Floats:
    """Points of every unit (rows) under every set of weights (columns). `weights`: draws × nodes."""
    found = np.empty((len(data.ratios), len(weights)))
    columns = np.ascontiguousarray(weights.T)
    children: list[list[int]] = [[] for _ in tree.parents]
    for n in range(1, len(tree.parents)):
        children[tree.parents[n]].append(n)
    for start in range(0, len(found), _CHUNK):
        part = slice(start, start + _CHUNK)
        found[part] = _rates(tree, children, data.ratios[part], data.applies[part], columns, shared=data.shared)
    found *= data.full
    found += data.offsets[:, None]
    return found


def ranked(points: Floats, *, dense: bool = False) -> Ints:
    """Ranks within each column, on points rounded half up to one decimal; ties share the best place (`dense`: without gaps)."""
    shown = np.floor(points.T * 10 + _HALF_UP).astype(np.int64)
    if not shown.size:
        return np.ascontiguousarray(shown.T)
    worse = shown.max() - shown  # tenths behind the best there is: counted, not sorted
    places = int(worse.max()) + 1
    found = np.empty_like(worse)
    for n, column in enumerate(worse):
        counts = np.bincount(column, minlength=places)
        if dense:
            counts = np.minimum(counts, 1)
        found[n] = (np.cumsum(counts) - counts)[column] + 1
    return np.ascontiguousarray(found.T)


def _rates(tree: Tree, children: Sequence[Sequence[int]], ratios: Floats, applies: Bools, weights: Floats, *, shared: bool) -> Floats:
    """得分率 of some units (rows) under every set of weights (columns), bottom up; what is 不涉及 leaves its weight to its siblings (`shared`) or to nobody."""
    counted = applies.astype(np.float64)
    scored = ratios * counted
    rate: dict[int, tuple[Floats, Bools]] = {}
    for n in range(len(children) - 1, -1, -1):
        if not (below := children[n]):
            continue
        ends = [child for child in below if tree.leaves[child] >= 0]
        at = [tree.leaves[child] for child in ends]
        got = scored[:, at] @ weights[ends]
        base = counted[:, at] @ weights[ends] if shared else np.broadcast_to(weights[below].sum(axis=0), got.shape)
        alive = np.asarray(applies[:, at].any(axis=1), dtype=bool)
        for child in below:
            if tree.leaves[child] >= 0:
                continue
            share, there = rate.pop(child)
            mine = weights[child] if there.all() else np.multiply.outer(there.astype(np.float64), weights[child])
            share *= mine
            got += share
            if shared:
                base += mine
            alive |= there
        rate[n] = np.divide(got, base, out=np.zeros_like(got), where=base > 0), alive
    return rate[0][0]


def _percentiles(ranks: Ints) -> Ints:
    """5th and 95th percentile by unit: ranks that really occurred."""
    draws = ranks.shape[1]
    places = [max(0, math.ceil(draws * share / 100) - 1) for share in (LOW, HIGH)]
    return np.partition(ranks, places, axis=1)[:, places]


def _swaps(spans: Ints) -> Ints:
    """How many others have a span that meets one's own."""
    below = np.searchsorted(np.sort(spans[:, 1]), spans[:, 0], side="left")
    above = len(spans) - np.searchsorted(np.sort(spans[:, 0]), spans[:, 1], side="right")
    return np.asarray(len(spans) - below - above - 1, dtype=np.int64)


def _without(tree: Tree, data: Data, nominal: Floats, node: int, before: Ints) -> Influence:
    weights = nominal.copy()
    weights[0, node] = 0
    ranks = ranked(totals(tree, data, weights), dense=data.dense)[:, 0]
    return Influence(node, float(np.abs(ranks - before).mean()) if len(ranks) else 0.0, _spearman(before, ranks), ranks)


def _spearman(one: Ints, two: Ints) -> float:
    """ρ of two rankings; 1 where either has a single place."""
    if len(one) < 2 or one.min() == one.max() or two.min() == two.max():
        return 1.0
    return float(np.corrcoef(_middle(one), _middle(two))[0, 1])


def _middle(ranks: Ints) -> Floats:
    """Mid-ranks: ties get the mean of their places."""
    ordered = np.sort(ranks)
    return (np.searchsorted(ordered, ranks, side="left") + np.searchsorted(ordered, ranks, side="right") + 1) / 2
