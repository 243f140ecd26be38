"""Findings built in one way by every rule: ratios, reasons and evidence."""

from collections.abc import Iterable, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from scoring.model import EvidenceRef, Finding, Outcome, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.reading import Reading, State, read

ONE, ZERO = Decimal(1), Decimal(0)


def met(reason: Reason, params: dict[str, Any], evidence: Sequence[EvidenceRef]) -> Finding:
    """Full marks."""
    return Finding(Outcome.MET, ONE, reason, params, tuple(evidence))


def unmet(reason: Reason, params: dict[str, Any], evidence: Sequence[EvidenceRef]) -> Finding:
    """A confirmed negative."""
    return Finding(Outcome.UNMET, ZERO, reason, params, tuple(evidence))


def unobserved(reason: Reason, params: dict[str, Any], evidence: Sequence[EvidenceRef]) -> Finding:
    """We could not look, or not well enough."""
    return Finding(Outcome.NOT_OBSERVED, None, reason, params, tuple(evidence))


def not_applicable(reason: Reason, params: dict[str, Any]) -> Finding:
    """The leaf does not concern the unit, or not yet."""
    return Finding(Outcome.NOT_APPLICABLE, None, reason, params)


def graded(ratio: Decimal, reason: Reason, params: dict[str, Any], evidence: Sequence[EvidenceRef]) -> Finding:
    """MET at 1, UNMET at 0, PARTIAL between."""
    outcome = Outcome.MET if ratio == ONE else Outcome.UNMET if ratio == ZERO else Outcome.PARTIAL
    return Finding(outcome, ratio, reason, params, tuple(evidence))


def part(count: int, total: int) -> Decimal:
    """The ratio count ÷ total, exactly 1 when they are equal."""
    return ONE if count == total else Decimal(count) / Decimal(total)


def without_content(reading: Reading) -> Finding:
    """The finding of a rule that needs the content of a column which has none, or was not observed."""
    if reading.filled is False:
        return unmet(reading.reason, reading.params, reading.evidence)
    return unobserved(reading.reason, reading.params, reading.evidence)


def not_twice(reading: Reading, what: str) -> Finding:
    """Something was lacking, but only at the first look."""
    return unobserved(Reason.UNCONFIRMED, {"column": reading.name, "what": what}, reading.evidence)


def lacking_list(reading: Reading, what: str) -> Finding | None:
    """Why `what` may not be called absent from a column's list: it was not opened, not read to its end, or seen once only. None: it may."""
    if not reading.opened:
        return unobserved(Reason.NOT_OPENED, {"column": reading.name}, reading.evidence)
    if not reading.complete:
        return unobserved(Reason.LIST_INCOMPLETE, {"column": reading.name, "what": what}, reading.evidence)
    if not reading.confirmed:
        return not_twice(reading, f"未见{what}")
    return None


def no_date(reading: Reading) -> Finding:
    """What was found carries no usable date."""
    return unobserved(Reason.NO_DATE, {"column": reading.name}, reading.evidence)


def columns_unobserved(unseen: Iterable[Reading]) -> Finding:
    """Some columns were not observed: the site's reason when it is one for all, otherwise their names with the reason of each."""
    readings = list(unseen)
    shared = {reading.reason for reading in readings}
    if len(shared) == 1 and (reason := shared.pop()) in (Reason.SITE_ABSENT, Reason.SITE_UNREACHABLE, Reason.SITE_PAGE, Reason.SCOPE_UNMATCHED):
        return unobserved(reason, readings[0].params, readings[0].evidence)
    params = {"count": len(readings), "names": [reading.name for reading in readings], "causes": [f"{reading.name}：{reading.reason}" for reading in readings]}
    return unobserved(Reason.COLUMNS_UNOBSERVED, params, pages(readings))


def pages(readings: Iterable[Reading]) -> tuple[EvidenceRef, ...]:
    """The evidence of several readings, each page once."""
    return tuple(dict.fromkeys(ref for reading in readings for ref in reading.evidence))


def named(evidence: UnitEvidence, names: dict[str, str], keys: Iterable[str]) -> list[Reading]:
    """Several columns read."""
    return [read(evidence, key, names.get(key, key)) for key in keys]


def stale(reading: Reading, days: int, as_of: date) -> bool | None:
    """Whether a column with content is older than `days` (inclusive limit). None: no date, not confirmed, or recent only if its year was."""
    newest, stated = reading.newest(as_of), reading.stated(as_of)
    if newest is None:
        return None
    if (as_of - newest).days > days:
        return True if reading.confirmed else None
    return False if stated is not None and (as_of - stated).days <= days else None


def aged(reading: Reading, days: int, as_of: date, *, own: date | None = None, sure: bool = True) -> Finding:
    """A column judged by its age. `own`: the newest day that its pages state for themselves, `sure` where they were seen twice.

    A row that writes no year is taken for the latest it can be: if that is too old, it is; if that is recent, it says nothing.
    """
    newest = max((day for day in (reading.newest(as_of), own) if day is not None), default=None)
    stated = max((day for day in (reading.stated(as_of), own) if day is not None), default=None)
    if newest is None:
        return no_date(reading)
    told = {"column": reading.name, "newest": newest.isoformat(), "age": (as_of - newest).days, "days": days}
    if (as_of - newest).days > days:
        return unmet(Reason.COLUMN_STALE, told, reading.evidence) if reading.confirmed and sure else not_twice(reading, f"超过 {days} 天未更新")
    if stated is None or (as_of - stated).days > days:
        return unobserved(Reason.YEAR_UNTOLD, {"column": reading.name, "day": f"{newest:%m-%d}", "days": days}, reading.evidence)
    return met(Reason.COLUMN_FRESH, told | {"newest": stated.isoformat(), "age": (as_of - stated).days}, reading.evidence)


def fresh(reading: Reading, days: int, as_of: date) -> bool | None:
    """Whether a column has content no older than `days`; missing, dead and blank columns are not fresh. None: unobserved."""
    if reading.state is not State.PRESENT:
        return reading.filled
    old = stale(reading, days, as_of)
    return None if old is None else not old
