"""The simulated sites on five bad days: every finding is what it is on a good one, or not observed; a site's stumbling never becomes its fault."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import get_args

import pytest

from crawlers.demo.truth import Truth
from crawlers.observation import load
from crawlers.register import Register
from crawlers.run import crawl
from scoring.model import Finding, Outcome, Unit, UnitEvidence
from scoring.rules import RULES
from scoring.services import editions
from scoring.services.plans import plan_for
from tests.demo.unsteady import Fault, UnsteadyCity
from tests.end_to_end.compare import edition_for

pytestmark = pytest.mark.e2e
DAY, PERIOD = date(2026, 9, 30), "2026Q3"
DISTRICTS = ("qinghe", "wangshu", "lanwan", "heting")
SITES = (*DISTRICTS, "portal")
"""Between them every way to lay a list out, and every kind of scope."""
SEEDS = (11, 37, 23, 41, 59)
TIMEOUT = 0.2
KINDS = set(get_args(Fault))
"""Every one of them happens on each of the days."""
UNSEEN = 0.4
"""The share of findings that may be not observed; 0.09 to 0.30 were measured on these days, and a slow machine adds time-outs."""

NOT_OF_A_DAY = {"dates_kept", *(name for name, spec in RULES.items() if spec.off_site is not None)}
"""Rules that hold runs against each other or read what no crawl gives: one day's crawl says nothing to them."""

Findings = dict[tuple[str, str], Finding]


@pytest.fixture(scope="module")
def city() -> Iterator[UnsteadyCity]:
    with UnsteadyCity.load() as served:
        served.start(DAY)
        yield served


def impatient(register: Register, timeout: float) -> Register:
    return register.model_copy(update={"sites": tuple(site.model_copy(update={"timeout": timeout}) for site in register.sites)})


def findings(city: UnsteadyCity, runs: Path, run: str, timeout: float, sites: tuple[str, ...] = SITES) -> Findings:
    """Crawl and judge: every automatic leaf of every unit on the sites."""
    register = impatient(city.register(), timeout)
    plan = plan_for([editions.get(one) for one in ("ningbo-2020", "ningbo-2020-bm", "ningbo-2020-zj-zh")])
    crawl(register, plan, runs=runs, run_id=run, as_of=DAY, only=sites, workers=0)
    found: Findings = {}
    for scope in register.scopes:
        if scope.site not in sites:
            continue
        site = load(runs / run / "sites" / f"{scope.site}.json")
        entry = next(unit for unit in register.units if unit.id == scope.unit)
        unit = Unit(entry.id, entry.name, entry.group, entry.level, entry.parent, entry.order, entry.duties)
        evidence = UnitEvidence(unit, run, site, site.scope(unit.id))
        for leaf in edition_for(unit.group).leaves():
            if leaf.rule not in NOT_OF_A_DAY and leaf.rule and set(leaf.needs) <= set(unit.duties):
                spec = RULES[leaf.rule]
                found[unit.id, leaf.code] = spec.judge(evidence, spec.params.model_validate(dict(leaf.params)), DAY)
    return found


@pytest.fixture(scope="module")
def good_day(city: UnsteadyCity, tmp_path_factory: pytest.TempPathFactory) -> Findings:
    city.begin(None)
    return findings(city, tmp_path_factory.mktemp("good"), "r", timeout=20)


def said(finding: Finding) -> tuple[object, ...]:
    """What a finding comes to; which page shows it may differ."""
    return finding.outcome.value, finding.ratio, finding.reason_code, finding.params.get("newest"), finding.params.get("missing")


def test_a_good_day_is_what_the_truth_says(good_day: Findings) -> None:
    truth = Truth()
    wrong = [
        (unit, code, finding.outcome.value, expected.outcome)
        for (unit, code), finding in good_day.items()
        if (expected := truth.expected(PERIOD, unit).get(code)) is not None
        and (finding.outcome.value, None if finding.ratio is None else Fraction(finding.ratio).limit_denominator(1000)) != (expected.outcome, expected.ratio)
    ]
    assert not wrong


@pytest.mark.parametrize("seed", SEEDS)
def test_on_a_bad_day_every_finding_is_the_same_or_not_observed(seed: int, city: UnsteadyCity, good_day: Findings, tmp_path: Path) -> None:
    city.begin(seed)
    bad_day = findings(city, tmp_path, f"r{seed}", TIMEOUT, SITES if seed == SEEDS[0] else DISTRICTS)
    assert city.happened.keys() >= KINDS, city.happened
    assert bad_day.keys() <= good_day.keys()
    changed = {
        key: (said(good_day[key]), said(finding))
        for key, finding in bad_day.items()
        if finding.outcome is not Outcome.NOT_OBSERVED and said(finding) != said(good_day[key])
    }
    assert not changed, "\n".join(f"{unit} {code}: {good} became {bad}" for (unit, code), (good, bad) in changed.items())
    outcomes = Counter(finding.outcome for finding in bad_day.values())
    assert outcomes[Outcome.NOT_OBSERVED] <= len(bad_day) * UNSEEN, f"too little is still seen for this to say anything: {outcomes}"


def test_the_same_seed_is_the_same_day() -> None:
    day, again, other = UnsteadyCity.load(), UnsteadyCity.load(), UnsteadyCity.load()
    for city, seed in ((day, 5), (again, 5), (other, 6)):
        city.begin(seed)
    asked = [("s", "GET", f"/{number}") for number in range(400)]
    first = [day.fault(*one) for one in asked]
    assert first == [again.fault(*one) for one in asked]
    assert first != [other.fault(*one) for one in asked]
    assert {*KINDS, None} <= set(first)
