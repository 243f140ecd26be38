"""How a sighting is read, decided here once for every rule (DESIGN §3): failing to look is never a zero.

A negative stands only when it was confirmed by a second look; "missing" further needs navigation that was read completely. Everything else that is not
plainly there is unobserved, with its reason. Dates after `as_of` are not evidence.
"""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from crawlers.observation import Item, ScopeObservation, Sighting, SiteObservation
from crawlers.status import DateFrom, FetchStatus, Labelled, Looked, Made, Match, PageState
from scoring.model import EvidenceRef, UnitEvidence
from scoring.reasons import Reason

GONE = (404, 410)
"""What a server says of a page that is not there any more."""
_EMPTY = (PageState.BLANK, PageState.UNDER_CONSTRUCTION)
_LINES = 20


class State(Labelled):
    """What may be said of a column. BLANK_ONCE: blank at the first look only, so that it is there, but its emptiness is not established."""

    PRESENT = "present", "有内容"
    BLANK = "blank", "空白"
    BLANK_ONCE = "blank_once", "疑似空白"
    DEAD = "dead", "打不开"
    MISSING = "missing", "缺失"
    UNOBSERVED = "unobserved", "未判定"


@dataclass(frozen=True, slots=True)
class Reading:
    """One column of one unit: its state, the reason code and sentence parameters that go with it, and the pages that show it."""

    key: str
    name: str
    state: State
    reason: Reason
    params: dict[str, Any]
    evidence: tuple[EvidenceRef, ...]
    sighting: Sighting | None = None

    @property
    def present(self) -> bool | None:
        """Whether the column is there; a blank page is. None: unobserved."""
        return {State.UNOBSERVED: None, State.MISSING: False, State.DEAD: False}.get(self.state, True)

    @property
    def filled(self) -> bool | None:
        """Whether the column is there and has content. None: unobserved or not confirmed."""
        return {State.UNOBSERVED: None, State.BLANK_ONCE: None, State.PRESENT: True}.get(self.state, False)

    @property
    def opened(self) -> bool:
        """True when the column's own page was fetched."""
        return self.sighting is not None and self.sighting.fetch is not None

    @property
    def confirmed(self) -> bool:
        """True when what is lacking on the page was seen lacking twice."""
        return self.sighting is not None and self.sighting.confirmed

    @property
    def complete(self) -> bool:
        """True when the list was read to its end or past the plan's horizon."""
        return self.sighting is not None and self.sighting.complete

    def items(self, as_of: date) -> list[Item]:
        """The list's entries, without those dated after `as_of`."""
        return [] if self.sighting is None else [item for item in self.sighting.items if item.date is None or item.date <= as_of]

    def dated(self, as_of: date) -> list[Item]:
        """The entries as they are counted by their days: a row that writes no year has none, unless it stands below one that is later and has its year, as in a list from new to old."""
        found: list[Item] = []
        above = date.min
        for item in self.items(as_of):
            if item.date is not None and item.date_from is DateFrom.YEARLESS and item.date > above:
                found.append(replace(item, date=None))
                continue
            found.append(item)
            above = item.date or above
        return found

    def newest(self, as_of: date) -> date | None:
        """The latest date up to `as_of`, years that rows do not write being taken for the latest they can be; None when the page shows none."""
        if self.sighting is None:
            return None
        dates = [item.date for item in self.items(as_of) if item.date]
        if self.sighting.newest and self.sighting.newest <= as_of:
            dates.append(self.sighting.newest)
        return max(dates, default=None)

    def stated(self, as_of: date) -> date | None:
        """The latest date up to `as_of` whose year stands on the list or on the article; None when the page shows none."""
        if self.sighting is None:
            return None
        items = [item for item in self.items(as_of) if item.date]
        dates = [item.date for item in items if item.date and item.date_from is not DateFrom.YEARLESS]
        if self.sighting.newest and self.sighting.newest <= as_of and self.sighting.newest not in {item.date for item in items}:
            dates.append(self.sighting.newest)
        return max(dates, default=None)


def address(site: SiteObservation, seq: int | None, url: str = "") -> tuple[EvidenceRef, ...]:
    """The stored page with this number as evidence, or only `url` when none was stored."""
    snapshot = site.snapshot(seq)
    if snapshot is None:
        return (EvidenceRef(url),) if url else ()
    stored = f"{site.run}/{site.site}@{snapshot.offset}+{snapshot.length}" if snapshot.length else ""
    return (EvidenceRef(snapshot.url, snapshot.at, stored, snapshot.made is Made.PICTURE),)


def home_page(site: SiteObservation) -> tuple[EvidenceRef, ...]:
    """The home page as evidence."""
    return address(site, site.home_snapshot, site.home)


def blocked(evidence: UnitEvidence) -> tuple[Reason, dict[str, Any], tuple[EvidenceRef, ...]] | None:
    """Why nothing can be said of the unit's site or scope at all; None when it was seen."""
    site, view = evidence.site, evidence.view
    if site is None or view is None:
        return Reason.SITE_ABSENT, {}, ()
    if site.status is not FetchStatus.OK:
        return Reason.SITE_UNREACHABLE, {"status": site.status.value}, home_page(site)
    if not view.matched:
        return Reason.SCOPE_UNMATCHED, {}, home_page(site)
    return None


def opaque_home(site: SiteObservation) -> bool:
    """True when the home page answered with something that is not its content (script, shield, login …)."""
    return site.page is not None and site.page not in (PageState.CONTENT, *_EMPTY)


def gaps(view: ScopeObservation) -> list[str]:
    """Pages that should have been read before anything may be called missing, each with the reason it was not."""
    return [f"{gap.url}（{_why(gap.fetch, gap.page, over=gap.over_budget)}）" for gap in view.gaps]


def read(evidence: UnitEvidence, key: str, name: str) -> Reading:
    """What may be said of the column `key`, whose Chinese name is `name`."""
    site, view = evidence.site, evidence.view
    if (stop := blocked(evidence)) or site is None or view is None:
        reason, params, pages = stop or (Reason.SITE_ABSENT, {}, ())
        return Reading(key, name, State.UNOBSERVED, reason, params, pages)
    seen = view.sighting(key)
    if seen is None:
        return Reading(key, name, State.UNOBSERVED, Reason.NOT_PLANNED, {"column": name}, home_page(site))
    return read_sighting(site, view, seen, name)


def read_sighting(site: SiteObservation, view: ScopeObservation, seen: Sighting, name: str) -> Reading:
    """What may be said of a column that was looked for, on a site that is not blocked."""
    key = seen.key
    if seen.match is None:
        state, reason, params = _missing(site, view, seen, name)
        return Reading(key, name, state, reason, params, home_page(site) + address(site, seen.screenshot), seen)
    state, reason, params = _named(seen, name)
    pages = address(site, seen.snapshot, seen.url) or home_page(site)
    return Reading(key, name, state, reason, params, pages + address(site, seen.screenshot), seen)


def _missing(site: SiteObservation, view: ScopeObservation, seen: Sighting, name: str) -> tuple[State, Reason, dict[str, Any]]:
    if opaque_home(site) and site.page is not None:
        return State.UNOBSERVED, Reason.SITE_PAGE, {"page": site.page.value}
    if view.looked is not Looked.COMPLETE:
        return State.UNOBSERVED, Reason.LOOK_INCOMPLETE, {"column": name, "gaps": gaps(view)}
    if not seen.confirmed:
        return State.UNOBSERVED, Reason.UNCONFIRMED, {"column": name, "what": "没有找到"}
    return State.MISSING, Reason.COLUMN_MISSING, {"column": name, "path": _path(seen)}


def _named(seen: Sighting, name: str) -> tuple[State, Reason, dict[str, Any]]:
    """What is behind a link that answers to the name."""
    told: dict[str, Any] = {"column": name}
    if seen.match is Match.CONTAINED:
        return State.UNOBSERVED, Reason.AMBIGUOUS, told | {"text": seen.name}
    there = (State.PRESENT, *((Reason.COLUMN_PRESENT, told) if seen.match is Match.EXACT else (Reason.COLUMN_ALIAS, told | {"text": seen.name})))
    if seen.fetch is None:
        # An entry to another host is there; a list kept on another host was not read, and is neither there nor missing.
        return there if seen.confirmed else (State.UNOBSERVED, Reason.NOT_OPENED, told)
    if seen.http in GONE or (seen.fetch is FetchStatus.OK and seen.page is PageState.SOFT_404):
        if seen.confirmed:
            return State.DEAD, Reason.PAGE_DEAD, told | {"path": _path(seen)}
        return State.UNOBSERVED, Reason.UNCONFIRMED, told | {"what": "打不开"}
    if seen.fetch is not FetchStatus.OK:
        return State.UNOBSERVED, Reason.PAGE_UNREAD, told | {"status": seen.fetch.value, "http": seen.http}
    if seen.page in _EMPTY:
        if seen.confirmed:
            return State.BLANK, Reason.COLUMN_BLANK, told | {"path": _path(seen)}
        return State.BLANK_ONCE, Reason.UNCONFIRMED, told | {"what": "没有内容"}
    if seen.page is not None and seen.page is not PageState.CONTENT:
        return State.UNOBSERVED, Reason.PAGE_OPAQUE, told | {"page": seen.page.value}
    return there


def _path(seen: Sighting) -> list[str]:
    """查找路径, one line a step."""
    return [f"{step.action}：{step.text or step.url}（{_zh(step.result)}）" for step in seen.path[:_LINES]]


def _zh(result: str) -> str:
    for labels in (FetchStatus, PageState):
        if result in list(labels):
            return labels(result).zh
    return result


def _why(fetch: FetchStatus, page: PageState | None, *, over: bool) -> str:
    if over:
        return "超出页数预算"
    return fetch.zh if fetch is not FetchStatus.OK or page is None else page.zh
