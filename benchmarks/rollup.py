"""CPU seconds to score units of 150 leaves by an edition with 不涉及, unobserved leaves, deductions and bonus; growth with the number of units."""

import random
import time
from decimal import Decimal

from scoring.model import Bonus, Check, Deduction, Dimension, Edition, Finding, Grade, Indicator, Outcome, RankStyle, Scale, Veto
from scoring.ranking import rank
from scoring.rollup import Rollup

LEAVES = 150
DIMENSIONS = tuple(Dimension)


def edition() -> Edition:
    """10 first-level nodes × 3 nodes × 5 leaves."""
    nodes = []
    for a in range(10):
        inner = []
        for b in range(3):
            leaves = [
                Indicator(f"l-{a}-{b}-{c}", "叶", Decimal(c + 1), check=Check.AUTO, rule="x", dimension=DIMENSIONS[c], needs=("行政执法",) if c == 4 else ())
                for c in range(LEAVES // 30)
            ]
            inner.append(Indicator(f"n-{a}-{b}", "节", sum((leaf.weight for leaf in leaves), Decimal(0)), tuple(leaves)))
        nodes.append(Indicator(f"f-{a}", "级", sum((node.weight for node in inner), Decimal(0)), tuple(inner)))
    extra = [Indicator(code, code, Decimal(3), check=Check.AUTO, rule="x") for code in ("v", "d", "b")]
    return Edition(
        id="bench",
        title="bench",
        scale=Scale.POINTS,
        rank=RankStyle.COMPETITION,
        coverage=Decimal("0.8"),
        grades=(Grade("优秀", Decimal(90)), Grade("不合格", Decimal(0))),
        index=tuple(nodes),
        vetoes=(Veto(extra[0], None),),
        deductions=(Deduction(extra[1], "f-0", Decimal(3)),),
        bonus=Bonus(Decimal(3), Decimal(80), (extra[2],)),
    )


def findings(one: Edition, seed: int) -> dict[str, Finding]:
    """Random outcomes, one in twelve unobserved or 不涉及."""
    draw = random.Random(seed)  # noqa: S311 - a reproducible benchmark
    result = {}
    for leaf in one.leaves():
        die = draw.randrange(24)
        if die == 0:
            result[leaf.code] = Finding(Outcome.NOT_OBSERVED, None, "unconfirmed")
        elif die == 1:
            result[leaf.code] = Finding(Outcome.NOT_APPLICABLE, None, "not_due")
        elif die < 18:
            result[leaf.code] = Finding(Outcome.MET, Decimal(1), "column_present")
        else:
            result[leaf.code] = Finding(Outcome.PARTIAL, Decimal(draw.randrange(1, 9)) / 9, "columns_lacking")
    return result


def main() -> None:
    """Print one line a size."""
    one = edition()
    kinds = [findings(one, seed) for seed in range(500)]
    for units in (100, 1000, 10000, 14000):
        given = [kinds[number % len(kinds)] for number in range(units)]
        start = time.process_time()
        rollup = Rollup(one)
        scores = [rollup.score(each, ("行政执法",) if number % 3 else (), f"u{number}") for number, each in enumerate(given)]
        rolled = time.process_time() - start
        rank(one, scores)
        print(
            f"{units:6,} units × {LEAVES} leaves: roll-up {rolled:.3f} s ({rolled / units * 1e6:.0f} µs a unit), ranks {time.process_time() - start - rolled:.3f} s"
        )


if __name__ == "__main__":
    main()
