"""评分: rules over observations and facts. A new finding is kept only when something it depends on changed."""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from crawlers.observation import SiteObservation
from scoring.facts import Runs, Source
from scoring.model import Finding, Indicator, Unit, UnitEvidence
from scoring.rules import RULES
from scoring.services import engine, facts, period_rows, runs
from scoring.services.facts import Facts
from scoring.services.runs import Monitored
from scoring.services.workspace import Workspace
from scoring.store import findings, ledger
from scoring.store.catalogue import PeriodRow, PeriodUnit
from scoring.store.findings import LeafState, NewFinding, dump_evidence, dump_params
from scoring.store.runs import Seen

_REMEMBERED = 3
"""Runs by which a finding over all runs may have grown since it was kept without all of them being judged again."""


def assess(ws: Workspace, period: str, *, actor: str = "system", now: datetime) -> int:
    """Judge every automatic leaf of an open period by the runs and facts of its window; returns how many findings are new."""
    row = period_rows.open_row(ws, period)
    new = outdated(ws, row, now=now)
    if new:
        with ws.store.write() as writer:
            findings.add(writer, row.id, new, now)
            ledger.audit(writer, now, actor, "", "assess", row.id, after={"findings": len(new)})
    return len(new)


def outdated(ws: Workspace, period: PeriodRow, *, again: bool = False, now: datetime | None = None) -> list[NewFinding]:
    """The findings that differ in their input from what is kept (`again`: every finding, computed anew)."""
    known = facts.gather(ws, period, now or ws.clock())
    seen = runs.monitored(ws, period.start, period.cutoff or period.end)
    kept = {} if again else findings.states(ws.store, period.id)
    editions = {group: period_rows.edition_of(ws, period, group) for group in period.groups}
    for edition in editions.values():
        engine.judgeable(edition)
    new: list[NewFinding] = []
    for member in period_rows.units(ws, period.id):
        judge = _Judge(ws, known, member, seen.get(member.site), {} if again else kept.get(member.unit.id, {}))
        for leaf in editions[member.unit.group].leaves():
            if leaf.rule and not engine.duties_missing(leaf, member.unit.duties) and (found := judge.leaf(leaf)) is not None:
                new.append(found)
    return new


def judged(ws: Workspace, period: PeriodRow, wanted: Mapping[str, Sequence[Indicator]], *, now: datetime) -> dict[str, dict[str, NewFinding]]:
    """What the rules of some leaves (by unit) say by the runs and facts of a period; nothing is kept. A unit whose site no run has seen is left out."""
    known = facts.gather(ws, period, now)
    seen = runs.monitored(ws, period.start, period.cutoff or period.end)
    found: dict[str, dict[str, NewFinding]] = {}
    for member in period_rows.units(ws, period.id):
        judge = _Judge(ws, known, member, seen.get(member.site), {})
        each = [judge.leaf(leaf) for leaf in wanted.get(member.unit.id, ()) if not engine.duties_missing(leaf, member.unit.duties)]
        found[member.unit.id] = {one.code: one for one in each if one is not None}
    return found


class _Judge:
    """One unit of a period, leaf by leaf; observations are read only when a leaf needs them."""

    def __init__(self, ws: Workspace, known: Facts, member: PeriodUnit, seen: Monitored | None, kept: dict[str, LeafState]) -> None:
        self._ws, self._facts, self._member, self._seen, self._kept = ws, known, member, seen, kept

    def leaf(self, leaf: Indicator) -> NewFinding | None:
        """The new finding; None when what is kept still holds, or when no run has seen the site."""
        state = self._kept.get(leaf.code)
        if (source := RULES[leaf.rule].off_site) is not None:
            return self._off_site(leaf, state, source)
        if self._seen is None:
            return None
        counting = self._seen.counting if leaf.runs is Runs.ALL else (self._seen.latest,)
        sha = self._input(leaf, counting)
        if state is not None and state.input_sha == sha:
            return None
        found, run = self._over(leaf, counting, state)
        return NewFinding(self._member.unit.id, leaf.code, run, leaf.rule, str(RULES[leaf.rule].version), found, sha)

    def _off_site(self, leaf: Indicator, state: LeafState | None, source: Source) -> NewFinding | None:
        unit, site = self._member.unit, self._member.site
        sha = _sha([*_of(leaf, unit), self._facts.key(source, unit, leaf.code, site)])
        if state is not None and state.input_sha == sha:
            return None
        found = engine.judge(leaf, self._facts.evidence(unit, site, source, leaf.code), self._facts.until)
        if state is not None and state.machine is not None and state.rule_version == str(RULES[leaf.rule].version) and _same(state.machine, found):
            return None
        return NewFinding(unit.id, leaf.code, "", leaf.rule, str(RULES[leaf.rule].version), found, sha)

    def _over(self, leaf: Indicator, counting: Sequence[Seen], state: LeafState | None) -> tuple[Finding, str]:
        """The finding over the runs that count, and the run it comes from: the worst, of equals the latest; a run that could not look decides nothing beside one that could."""
        start, found = self._taken_up(leaf, counting, state)
        for seen in counting[start:]:
            new = engine.judge(leaf, self._evidence(seen), seen.as_of), seen.run
            found = new if found is None or _worse(new[0], found[0]) else found
        if found is None:
            raise AssertionError("a site that was seen has a run")
        return found

    def _taken_up(self, leaf: Indicator, counting: Sequence[Seen], state: LeafState | None) -> tuple[int, tuple[Finding, str] | None]:
        """How many of the runs the kept finding already covers, and that finding."""
        if leaf.runs is Runs.ALL and state is not None and state.machine is not None:
            for covered in range(len(counting) - 1, max(0, len(counting) - 1 - _REMEMBERED), -1):
                if self._input(leaf, counting[:covered]) == state.input_sha:
                    return covered, (state.machine, state.run)
        return 0, None

    def _evidence(self, seen: Seen) -> UnitEvidence:
        before = self._seen.before.get(seen.run) if self._seen else None
        beside = self._facts.evidence(self._member.unit, self._member.site)
        site, earlier = runs.observed(self._ws, seen), runs.observed(self._ws, before) if before else None
        return replace(beside, run=site.run, site=site, view=site.scope(self._member.unit.id), earlier=earlier)

    def _input(self, leaf: Indicator, counting: Sequence[Seen]) -> str:
        before = self._seen.before if self._seen else {}
        each = [[seen.run, seen.sha, seen.as_of, one.sha if (one := before.get(seen.run)) else ""] for seen in counting]
        homes = len(self._facts.homes.get(self._member.site, ())) if RULES[leaf.rule].host_level else 0
        return _sha([*_of(leaf, self._member.unit), each, homes])


def evidence_of(unit: Unit, site: SiteObservation, earlier: SiteObservation | None = None) -> UnitEvidence:
    """What a rule may look at for one unit when there is one run and nothing else."""
    return UnitEvidence(unit=unit, run=site.run, site=site, view=site.scope(unit.id), earlier=earlier)


def _worse(new: Finding, old: Finding) -> bool:
    if new.ratio is None or old.ratio is None:
        return old.ratio is None
    return new.ratio <= old.ratio


def _same(one: Finding, other: Finding) -> bool:
    def shape(finding: Finding) -> tuple[object, ...]:
        return finding.outcome, finding.ratio, str(finding.reason_code), dump_params(finding.params), dump_evidence(finding.evidence)

    return shape(one) == shape(other)


def _of(leaf: Indicator, unit: Unit) -> list[object]:
    return [leaf.rule, RULES[leaf.rule].version, dict(leaf.params), leaf.needs, unit.duties, leaf.runs, leaf.inherits]


def _sha(parts: Sequence[object]) -> str:
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
