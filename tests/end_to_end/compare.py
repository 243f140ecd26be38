"""Compares what the machine found on the simulated sites with the hand-written truth, finding by finding."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from fractions import Fraction
from pathlib import Path

from crawlers import yml
from crawlers.demo.truth import PERIODS, Expected, Truth
from crawlers.manifest import read_run
from crawlers.observation import SiteObservation, load
from crawlers.register import Register
from scoring.cli.build import GROUPS
from scoring.facts import ProbeSample
from scoring.model import Edition, Indicator, Unit, UnitEvidence
from scoring.rules import RULES
from scoring.rules.spec import RuleSpec
from scoring.services import editions, facts, period_rows
from scoring.services.facts import Facts
from scoring.services.workspace import Workspace

HOME_RULES = frozenset({"home_updated_within"})
DATED = HOME_RULES | {"updated_within"}
"""Rules whose newest date the truth states; a null there says that there must be none."""
NOW = datetime(2026, 10, 1, 8, tzinfo=UTC)
AS_OF = {"2026Q1": date(2026, 3, 31), "2026Q2": date(2026, 6, 30), "2026Q3": date(2026, 9, 30)}


@dataclass(frozen=True)
class Difference:
    """One finding that is not as the truth says."""

    period: str
    unit: str
    code: str
    expected: str
    found: str
    why: str


def edition_for(group: str) -> Edition:
    """The edition by which the demo judges a group."""
    return editions.get(GROUPS[group])


def differences(home: Path, root: Path, rules: Mapping[str, RuleSpec] = RULES) -> Iterator[Difference]:
    """Judge every unit of every quarter again from the stored observations; yield what differs from the truth."""
    truth = Truth()
    text = (root / "data" / "demo" / "register.yml").read_text("utf-8").replace("{port}", "80")
    register = Register.model_validate(yml.load(text))
    units = {entry.id: entry for entry in register.units}
    site_of = {scope.unit: scope.site for scope in register.scopes}
    known = _beside(home)
    for folder in sorted((home / "runs").iterdir()):
        manifest = read_run(folder)
        period = next(name for name in PERIODS if AS_OF[name] == manifest.as_of)
        seen = {site: load(folder / "sites" / f"{site}.json") for site in manifest.sites}
        for name in truth.units:
            entry, site = units[name], seen[site_of[name]]
            unit = Unit(entry.id, entry.name, entry.group, entry.level, entry.parent, entry.order, entry.duties)
            evidence = UnitEvidence(unit, manifest.run_id, site, site.scope(name))
            beside = known[period]
            expected = truth.expected(period, name)
            leaves = {leaf.code: leaf for leaf in edition_for(entry.group).leaves() if leaf.rule}
            for code in sorted(expected.keys() ^ leaves.keys()):
                yield Difference(period, name, code, "in truth and edition", "only in one of them", "")
            for code in expected.keys() & leaves.keys():
                source = rules[leaves[code].rule].off_site
                seen_by = evidence if source is None else replace(beside.evidence(unit, site_of[name], source, code), site=site)
                yield from _leaf(period, name, leaves[code], seen_by, expected[code], rules)


def _beside(home: Path) -> dict[str, Facts]:
    """The facts of each quarter that no crawl gives, from the database."""
    ws = Workspace.open(home)
    try:
        found = {}
        for period in PERIODS:
            made = facts.gather(ws, period_rows.row(ws, period), NOW)
            found[period] = replace(made, probes=_now(made.probes, made.addresses))
        return found
    finally:
        ws.close()


def _now(read: Callable[[str], tuple[ProbeSample, ...]], sites: Iterable[str]) -> Callable[[str], tuple[ProbeSample, ...]]:
    """What the database holds of each site, read before it is closed."""
    kept = {site: read(site) for site in sites}
    return lambda site: kept[site]


def _leaf(period: str, name: str, leaf: Indicator, evidence: UnitEvidence, expected: Expected, rules: Mapping[str, RuleSpec]) -> Iterator[Difference]:
    site = evidence.site
    assert site is not None
    spec = rules[leaf.rule]
    found: tuple[str, Fraction | None]
    if not set(leaf.needs) <= set(evidence.unit.duties):
        found, newest = ("NOT_APPLICABLE", None), None
    else:
        finding = spec.judge(evidence, spec.params.model_validate(dict(leaf.params)), site.as_of)
        found = (finding.outcome.value, None if finding.ratio is None else Fraction(finding.ratio).limit_denominator(1000))
        newest = _newest(leaf, evidence, site)
        if (finding.ratio is not None and expected.ratio is not None) and abs(float(finding.ratio) - float(expected.ratio)) < 1e-9:
            found = (found[0], expected.ratio)
    if found != (expected.outcome, expected.ratio):
        yield Difference(period, name, leaf.code, f"{expected.outcome} {expected.ratio}", f"{found[0]} {found[1]}", expected.why)
    elif leaf.rule in DATED and newest != expected.newest:
        yield Difference(period, name, leaf.code, str(expected.newest), str(newest), expected.why)


def _newest(leaf: Indicator, evidence: UnitEvidence, site: SiteObservation) -> date | None:
    if leaf.rule in HOME_RULES:
        return site.home_newest
    sighting = evidence.view.sighting(str(leaf.params.get("column"))) if evidence.view else None
    return sighting.newest if sighting else None


def findings_compared() -> int:
    """How many findings `differences` looks at."""
    truth = Truth()
    return sum(len(truth.expected(period, unit)) for period in PERIODS for unit in truth.units)
