"""`python -m tests.accuracy [--record] [--lower] [--misses]`: prints cases passed of cases tried per reader, and fails below the floors.

`--record` raises the floors to what was measured; `--lower` also lowers them, and says which. `--misses` lists the cases that were missed.
"""

import argparse
import sys
import time

from tests.accuracy import floors, real, reports, simulated, written
from tests.accuracy.tally import Tally
from tests.crawlers import realpages

ORDER = ("columns", "newest date", "article date", "page state", "annual report")


def measure(quarters: int | None = None) -> list[Tally]:
    """All readers on all collections that are here. `quarters`: only so many of each simulated site."""
    tallies = [*simulated.tallies(quarters=quarters), *written.tallies()]
    if real.present():
        tallies += [*real.tallies(), reports.real()]
    return sorted(tallies, key=lambda tally: ORDER.index(tally.reader))


def absent() -> frozenset[str]:
    """Collections that are not on this machine."""
    return frozenset() if real.present() else frozenset({"real"})


def main() -> int:
    """Print the report; 1 when a reader fell below its floor."""
    parser = argparse.ArgumentParser(prog="python -m tests.accuracy")
    parser.add_argument("--record", action="store_true", help="raise the floors to what was measured")
    parser.add_argument("--lower", action="store_true", help="with --record: lower them too")
    parser.add_argument("--misses", action="store_true", help="list the cases that were missed")
    chosen = parser.parse_args()
    began = time.monotonic()
    tallies = measure()
    print(f"{'reader':<15} {'cases':<10} passed/total")
    for tally in tallies:
        print(tally.line())
        for miss in tally.misses if chosen.misses else ():
            print(f"    {miss}")
    if not real.present():
        print(f"real pages are not here ({realpages.FOLDER}): left out; set DISCLOSURE_REALPAGES to the folder that holds index.csv")
    print(f"{time.monotonic() - began:.0f} s")
    known = floors.load()
    if chosen.record:
        print("\n".join(floors.record(tallies, known, lower=chosen.lower)))
    if fallen := floors.below(tallies, floors.load(), absent=absent()):
        print("BELOW THE FLOOR\n" + "\n".join(fallen), file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
