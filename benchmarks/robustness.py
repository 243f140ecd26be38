"""Seconds for the rank robustness of units of 120 leaves under 1,000 draws; growth with the number of units, few and many patterns of 不涉及."""

import time

import numpy as np

from scoring.robustness import Data, Tree, robustness

DRAWS = 1000


def tree() -> Tree:
    """8 first-level nodes × 3 nodes × 5 leaves."""
    parents, weights, leaves = [-1], [1.0], [-1]
    for _ in range(8):
        first = len(parents)
        parents, weights, leaves = [*parents, 0], [*weights, 12.5], [*leaves, -1]
        for b in range(3):
            inner = len(parents)
            parents, weights, leaves = [*parents, first], [*weights, b + 1.0], [*leaves, -1]
            for c in range(5):
                parents, weights, leaves = [*parents, inner], [*weights, c + 1.0], [*leaves, max(leaves) + 1]
    return Tree(parents, weights, leaves)


def data(units: int, patterns: int) -> Data:
    """Random ratios; a leaf in twelve does not apply, in so many patterns."""
    rng = np.random.default_rng(1)
    applies = (rng.random((patterns, 120)) > 1 / 12)[rng.integers(0, patterns, units)]
    return Data(rng.integers(0, 9, (units, 120)) / 8, applies, np.zeros(units), 100.0)


def main() -> None:
    """Print one line a size."""
    one = tree()
    robustness(one, data(10, 2), draws=10)
    for units, patterns in ((100, 8), (1000, 8), (3000, 8), (3000, 200), (3000, 3000)):
        given = data(units, patterns)
        start = time.perf_counter()
        robustness(one, given, draws=DRAWS, seed=1)
        print(f"{units:5} units, {len(np.unique(given.applies, axis=0)):4} patterns, {DRAWS} draws twice: {time.perf_counter() - start:.2f} s")


if __name__ == "__main__":
    main()
