"""评分: rules over observations. A new finding is kept only when something it depends on changed."""

import hashlib
import json
from datetime import date, datetime

from crawlers.observation import SiteObservation
from scoring.model import Indicator, Unit, UnitEvidence
from scoring.rules import RULES
from scoring.services import engine, period_rows, runs
from scoring.services.workspace import Workspace
from scoring.store import findings, ledger
from scoring.store.catalogue import PeriodRow, PeriodUnit
from scoring.store.findings import LeafState, NewFinding
from scoring.store.runs import Seen


def assess(ws: Workspace, period: str, *, actor: str = "system", now: datetime) -> int:
    """Judge every automatic leaf of an open period by its latest observations; returns how many findings are new."""
    row = period_rows.open_row(ws, period)
    new = outdated(ws, row)
    if new:
        with ws.store.write() as writer:
            findings.add(writer, row.id, new, now)
            ledger.audit(writer, now, actor, "", "assess", row.id, after={"findings": len(new)})
    return len(new)


def outdated(ws: Workspace, period: PeriodRow, *, again: bool = False) -> list[NewFinding]:
    """The findings that differ in their input from what is kept (`again`: every finding, computed anew)."""
    chosen = runs.latest(ws, period.start, period.cutoff or period.end)
    kept = findings.states(ws.store, period.id)
    editions = {group: period_rows.edition_of(ws, period, group) for group in period.groups}
    before = {site: runs.earlier(ws, seen) for site, seen in chosen.items()}
    new: list[NewFinding] = []
    for member in period_rows.units(ws, period.id):
        if (seen := chosen.get(member.site)) is None:
            continue
        known = {} if again else kept.get(member.unit.id, {})
        leaves = [leaf for leaf in editions[member.unit.group].leaves() if leaf.rule and not engine.duties_missing(leaf, member.unit.duties)]
        new += _unit(ws, member, leaves, seen, before[member.site], known)
    return new


def _unit(ws: Workspace, member: PeriodUnit, leaves: list[Indicator], seen: Seen, before: Seen | None, known: dict[str, LeafState]) -> list[NewFinding]:
    stale = [(leaf, sha) for leaf in leaves if (sha := _input(leaf, member.unit, seen, before)) != (known[leaf.code].input_sha if leaf.code in known else "")]
    if not stale:
        return []
    evidence = evidence_of(member.unit, runs.observed(ws, seen), runs.observed(ws, before) if before else None)
    return [
        NewFinding(member.unit.id, leaf.code, seen.run, leaf.rule, str(RULES[leaf.rule].version), engine.judge(leaf, evidence, seen.as_of), sha)
        for leaf, sha in stale
    ]


def evidence_of(unit: Unit, site: SiteObservation, earlier: SiteObservation | None = None) -> UnitEvidence:
    """What a rule may look at for one unit."""
    return UnitEvidence(unit=unit, run=site.run, site=site, view=site.scope(unit.id), earlier=earlier)


def _input(leaf: Indicator, unit: Unit, seen: Seen, before: Seen | None) -> str:
    def plain(day: date) -> str:
        return day.isoformat()

    parts = [
        leaf.rule,
        RULES[leaf.rule].version,
        dict(leaf.params),
        leaf.needs,
        unit.duties,
        seen.run,
        seen.sha,
        plain(seen.as_of),
        before.sha if before else "",
    ]
    return hashlib.sha256(json.dumps(parts, ensure_ascii=False, sort_keys=True, default=str).encode()).hexdigest()
