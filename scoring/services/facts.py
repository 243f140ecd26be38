"""What services hand to rules beside a run: the home page over time, probes, cases, imported values, the calendar of working days."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from crawlers.status import ScopeKind
from crawlers.workdays import Calendar, HolidaysError, calendar
from scoring.errors import BadInput
from scoring.facts import HomeSeen, ImportedValue, ProbeSample, RequestCase, Source, Span
from scoring.model import Unit, UnitEvidence
from scoring.services.workspace import Workspace
from scoring.store import cases, catalogue, imports, probes, runs
from scoring.store.catalogue import PeriodRow

_LOOKBACK = timedelta(days=31)
"""Home pages of the month before a period tell how long one was silent on its first days."""


@dataclass(frozen=True, slots=True)
class Facts:
    """The facts of one period. `until`: the day that deadlines are held against, the cut-off at the latest."""

    span: Span
    until: date
    days: Calendar
    kinds: Mapping[str, ScopeKind] = field(default_factory=dict)
    addresses: Mapping[str, str] = field(default_factory=dict)
    homes: Mapping[str, tuple[HomeSeen, ...]] = field(default_factory=dict)
    cases: Mapping[str, tuple[RequestCase, ...]] = field(default_factory=dict)
    imports: Mapping[str, tuple[ImportedValue, ...]] = field(default_factory=dict)
    probe_keys: Mapping[str, tuple[int, str]] = field(default_factory=dict)
    probes: Callable[[str], tuple[ProbeSample, ...]] = lambda _site: ()

    def evidence(self, unit: Unit, site: str, source: Source | None = None, code: str = "") -> UnitEvidence:
        """All there is of a unit beside a run; of the facts that no crawl gives those of one `source`, for the leaf `code`."""
        return UnitEvidence(
            unit,
            "",
            None,
            None,
            kind=self.kinds.get(unit.id),
            site_id=site,
            home=self.addresses.get(site, ""),
            span=self.span,
            homes=self.homes.get(site, ()),
            probes=self.probes(site) if source is Source.PROBES else (),
            cases=self.cases.get(unit.id, ()) if source is Source.CASES else (),
            imports=self._imported(unit, code) if source is Source.IMPORTS else (),
            calendar=self.days,
        )

    def key(self, source: Source, unit: Unit, code: str, site: str) -> list[object]:
        """What the facts of one source depend on; when it is the same, so is what a rule says."""
        match source:
            case Source.PROBES:
                return [site, *self.probe_keys.get(site, ())]
            case Source.CASES:
                return [self.until.isoformat(), len(self.days.years), *((case.id, case.seq) for case in self.cases.get(unit.id, ()))]
            case Source.IMPORTS:
                return [(one.source, one.seq) for one in self._imported(unit, code)]

    def _imported(self, unit: Unit, code: str) -> tuple[ImportedValue, ...]:
        return tuple(one for one in self.imports.get(unit.id, ()) if one.code == code)


def gather(ws: Workspace, period: PeriodRow, now: datetime) -> Facts:
    """The facts of a period as they stand."""
    last = period.cutoff or period.end
    scopes = catalogue.scopes(ws.store)
    return Facts(
        span=Span(period.start, period.end),
        until=min(ws.today(now), last),
        days=workdays(),
        kinds={row.unit.id: ScopeKind(row.kind) for row in scopes},
        addresses={row.site: str(json.loads(row.site_entry)["home"]) for row in scopes},
        homes={site: tuple(seen) for site, seen in runs.homes(ws.store, period.start - _LOOKBACK, last).items()},
        cases=_by_unit(cases.all_cases(ws.store)),
        imports={unit: tuple(values) for unit, values in imports.in_force(ws.store, period.id).items()},
        probe_keys=probes.keys(ws.store, period.start, last),
        probes=lambda site: probes.samples(ws.store, site, period.start, last),
    )


def _by_unit(kept: list[RequestCase]) -> dict[str, tuple[RequestCase, ...]]:
    found: dict[str, list[RequestCase]] = {}
    for case in kept:
        found.setdefault(case.unit, []).append(case)
    return {unit: tuple(several) for unit, several in found.items()}


def workdays() -> Calendar:
    """The calendar of working days. Raises BadInput naming the file of holidays that cannot be used."""
    try:
        return calendar()
    except HolidaysError as error:
        raise BadInput(str(error)) from error
