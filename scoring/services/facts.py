"""What services hand to rules beside a run: the home page over time, probes, cases, imported values, the calendar of working days."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from crawlers.status import ScopeKind
from crawlers.workdays import Calendar, HolidaysError, calendar
from scoring.errors import BadInput
from scoring.facts import HomeSeen, Span
from scoring.model import Unit, UnitEvidence
from scoring.services.workspace import Workspace
from scoring.store import catalogue, runs
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
    homes: Mapping[str, tuple[HomeSeen, ...]] = field(default_factory=dict)

    def evidence(self, unit: Unit, site: str) -> UnitEvidence:
        """All there is of a unit beside a run."""
        return UnitEvidence(unit, "", None, None, kind=self.kinds.get(unit.id), span=self.span, homes=self.homes.get(site, ()), calendar=self.days)

    def key(self, unit: Unit, site: str) -> list[object]:
        """What the facts of a unit depend on."""
        return [self.until.isoformat(), unit.id, site]


def gather(ws: Workspace, period: PeriodRow, now: datetime) -> Facts:
    """The facts of a period as they stand."""
    last = period.cutoff or period.end
    return Facts(
        span=Span(period.start, period.end),
        until=min(ws.today(now), last),
        days=workdays(),
        kinds={row.unit.id: ScopeKind(row.kind) for row in catalogue.scopes(ws.store)},
        homes={site: tuple(seen) for site, seen in runs.homes(ws.store, period.start - _LOOKBACK, last).items()},
    )


def workdays() -> Calendar:
    """The calendar of working days. Raises BadInput naming the file of holidays that cannot be used."""
    try:
        return calendar()
    except HolidaysError as error:
        raise BadInput(str(error)) from error
