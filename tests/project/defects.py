"""Which simulated defect a rule must find: read off the truth of the simulated city, where its author wrote why."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from crawlers.demo import DemoCity
from crawlers.demo.truth import PERIODS, Truth
from scoring.model import Outcome
from scoring.services import editions

EDITIONS = {"区县": "ningbo-2020", "市直部门": "ningbo-2020-bm", "镇街": "ningbo-2020-zj-zh"}
"""The editions of the demo's groups, as the demo's own tests have them."""
LOST = (Outcome.UNMET.value, Outcome.PARTIAL.value)


@dataclass(frozen=True, slots=True)
class Defect:
    """A unit and a quarter for which the truth says that a rule must not find everything in order."""

    rule: str
    leaf: str
    rows: tuple[str, ...]
    unit: str
    period: str
    outcome: str
    why: str

    def __str__(self) -> str:
        said = "；".join(part for part in (Outcome(self.outcome).zh, self.why) if part)
        return f"{self.unit} {self.period}（{said}）"


def defect(rule: str, row: str) -> Defect | None:
    """The best defect of a rule: for this row if there is one, else any; points lost before 未判定."""
    found = [one for one in _all() if one.rule == rule]
    return min(found, key=lambda one: (row not in one.rows, one.outcome not in LOST, not one.why), default=None)


@cache
def _all() -> tuple[Defect, ...]:
    return tuple(_read())


def _read() -> Iterator[Defect]:
    truth, names = Truth(), {unit.id: unit.name for unit in DemoCity.load().register().units}
    for unit in truth.units:
        edition = editions.get(EDITIONS[truth.group[unit]])
        for leaf in edition.leaves():
            for period in PERIODS:
                expected = truth.expected(period, unit).get(leaf.code)
                if leaf.rule and expected is not None and expected.outcome in (*LOST, Outcome.NOT_OBSERVED.value):
                    yield Defect(leaf.rule, leaf.code, leaf.obligations, names[unit], period, expected.outcome, expected.why)
