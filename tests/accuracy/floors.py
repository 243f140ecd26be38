"""The floors below which the readers must not fall, as they were measured: `baseline.json`."""

import json
from collections.abc import Iterable
from pathlib import Path

from tests.accuracy.tally import Tally

PATH = Path(__file__).with_name("baseline.json")
Floors = dict[str, list[int]]
"""Per reader and collection: passed, total."""


def load() -> Floors:
    """The recorded floors."""
    floors: Floors = json.loads(PATH.read_text("utf-8")) if PATH.is_file() else {}
    return floors


def below(tallies: Iterable[Tally], floors: Floors, *, sample: bool = False, absent: frozenset[str] = frozenset()) -> list[str]:
    """What fell below its floor or was not measured at all, one line each. `sample`: fewer cases were tried, so that what counts is that no more are missed than in all.

    `absent`: collections that are not on this machine, of which nothing can be measured.
    """
    tallies = list(tallies)
    measured = {tally.name for tally in tallies}
    found = [
        f"{name}: not measured, its floor is {passed}/{total}"
        for name, (passed, total) in floors.items()
        if total and name not in measured and name.split("/")[0] not in absent
    ]
    for tally in tallies:
        passed, total = floors.get(tally.name, [0, 0])
        missed = tally.total - tally.passed
        held = missed <= total - passed if sample else tally.passed * total >= passed * tally.total
        if total and (not tally.total or not held):
            found.append(f"{tally.name}: {tally.passed}/{tally.total}, its floor is {passed}/{total}")
    return found


def record(tallies: Iterable[Tally], floors: Floors, *, lower: bool) -> list[str]:
    """Write what was measured where it is better, or, when `lower`, everywhere; gives a line for each floor that went down."""
    lowered = []
    for tally in tallies:
        passed, total = floors.get(tally.name, [0, 0])
        down = bool(total) and tally.passed * total < passed * tally.total
        if down and not lower:
            continue
        if down:
            lowered.append(f"LOWERED {tally.name}: {passed}/{total} -> {tally.passed}/{tally.total}")
        floors[tally.name] = [tally.passed, tally.total]
    PATH.write_text("{\n" + ",\n".join(f' "{name}": {json.dumps(floors[name])}' for name in sorted(floors)) + "\n}\n", "utf-8")
    return lowered
