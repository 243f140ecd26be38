"""What a site says, without judgement: the crawler's product and the only thing of ours that rules may import.

All instants are UTC, all dates are in Asia/Shanghai. `FORMAT` is written into each file; a reader refuses a newer one (docs/decisions/0007).
"""

import json
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from pydantic import TypeAdapter, ValidationError

from crawlers.checks.record import SiteChecks
from crawlers.documents.record import Document
from crawlers.status import DateFrom, Dialect, FetchStatus, LinkKind, Looked, Made, Match, PageState, Phase, ScopeKind
from crawlers.value import value

FORMAT = 1
Day = date


class FormatTooNew(ValueError):
    """A file was written by a newer version of this program."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """One stored response, or what a browser `made` of it. `offset` and `length` (bytes) address its record in `sites/SITE.warc.gz`; `length` 0: nothing was stored."""

    seq: int
    url: str
    at: datetime
    status: FetchStatus
    http: int | None
    sha256: str
    offset: int
    length: int
    phase: Phase = Phase.FIRST
    made: Made = Made.ANSWER


@value
class Item:
    """One entry of a list. `first_seen` is the as-of day of the first run that saw it.

    `backdated`: dated before an earlier complete reading of the same list that lacked it (疑似补录/倒签): shown to a person, never scored by itself.
    `validity`: 有效, 失效 or 废止 where the list says so of a document.
    `was`: the other date that an earlier run read at the same entry, when its date was changed since; a clue like `backdated`.
    """

    url: str
    title: str
    date: Day | None
    date_from: DateFrom | None = None
    publisher: str = ""
    first_seen: Day | None = None
    backdated: bool = False
    validity: str = ""
    was: Day | None = None


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a 查找路径: what was opened or tried, and what came of it. `result` is a FetchStatus or PageState value, or a count."""

    action: str
    text: str
    url: str
    result: str


@dataclass(frozen=True, slots=True)
class Gap:
    """A page that should have been read before anything may be called missing, and why it was not."""

    url: str
    fetch: FetchStatus
    page: PageState | None
    over_budget: bool = False


@dataclass(frozen=True, slots=True)
class Sighting:
    """What was seen of one planned column in one scope.

    `match` None: no link answered to the name. `fetch` None: there was nothing to open. `complete` says that the list was read to its end or
    past the plan's horizon. `confirmed`: a second, uncached look saw the same (or none was due). `elements` are the names, of those the plan asks for, found in
    the page's text; `attachments` the addresses of files linked from it. `path` is the 查找路径 of a negative, `screenshot` the number of its
    stored picture. `documents`: those of its newest items that were opened and read closely.
    `elements_unread`: files, pictures or scripts hold a part of the text that was not read, so that elements not found are not lacking.
    """

    key: str
    name: str = ""
    match: Match | None = None
    url: str = ""
    fetch: FetchStatus | None = None
    http: int | None = None
    page: PageState | None = None
    dialect: Dialect | None = None
    items: tuple[Item, ...] = ()
    newest: date | None = None
    complete: bool = False
    confirmed: bool = False
    elements: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    snapshot: int | None = None
    path: tuple[Step, ...] = ()
    documents: tuple[Document, ...] = ()
    screenshot: int | None = None
    elements_unread: bool = False


@dataclass(frozen=True, slots=True)
class ScopeObservation:
    """A site as one unit sees it; one sighting for every column of the plan, in the plan's order."""

    unit: str
    kind: ScopeKind
    entry: str
    value: str
    matched: bool
    looked: Looked
    gaps: tuple[Gap, ...] = ()
    sightings: tuple[Sighting, ...] = ()

    def sighting(self, key: str) -> Sighting | None:
        """The sighting of a column; None when the run's plan did not ask for it."""
        return next((seen for seen in self.sightings if seen.key == key), None)


@dataclass(frozen=True, slots=True)
class DeadLink:
    """A link on `on` that led to nothing: 404, 410, a soft 404 (`page`), for another site's also no such host or no answerer (`fetch`).

    `text` is what the link reads, `pages` how many of the pages read carry it, `snapshot` the answer when it was kept.
    """

    url: str
    on: str
    http: int | None
    kind: LinkKind = LinkKind.INTERNAL
    text: str = ""
    fetch: FetchStatus | None = None
    page: PageState | None = None
    pages: int = 1
    snapshot: int | None = None


@dataclass(frozen=True, slots=True)
class Identity:
    """Metadata tags by name (SiteName, SiteDomain, SiteIDCode …) and what the footer states (id_code, icp, police, sponsor)."""

    meta: dict[str, str] = field(default_factory=dict)
    footer: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SiteObservation:
    """One site in one run. `status`, `http` and `page` are those of the home page.

    `home_newest`: the newest day that the home page states with its year, or an article it leads to; `home_untold`: a later one of a row that writes month and day
    alone, if it is of the last year that it can be.
    """

    site: str
    run: str
    home: str
    as_of: date
    started: datetime
    finished: datetime
    status: FetchStatus
    http: int | None = None
    page: PageState | None = None
    home_newest: date | None = None
    home_confirmed: bool = False
    home_snapshot: int | None = None
    search_box: bool = False
    id_code: str = ""
    identity: Identity = field(default_factory=Identity)
    links_checked: int = 0
    dead_links: tuple[DeadLink, ...] = ()
    pages: int = 0
    failures: int = 0
    snapshots: tuple[Snapshot, ...] = ()
    scopes: tuple[ScopeObservation, ...] = ()
    checks: SiteChecks = field(default_factory=SiteChecks)
    home_untold: date | None = None
    format: int = FORMAT

    def scope(self, unit: str) -> ScopeObservation | None:
        """The site as `unit` sees it; None when the unit is not on this site."""
        return next((scope for scope in self.scopes if scope.unit == unit), None)

    def snapshot(self, seq: int | None) -> Snapshot | None:
        """The stored response with this number."""
        return None if seq is None or not 0 <= seq < len(self.snapshots) else self.snapshots[seq]


_ADAPTER: TypeAdapter[SiteObservation] = TypeAdapter(SiteObservation)


def dump(observation: SiteObservation) -> bytes:
    """The observation as UTF-8 JSON."""
    return _ADAPTER.dump_json(observation, indent=1)


def load(path: Path) -> SiteObservation:
    """Read `sites/SITE.json`. Raises FormatTooNew, or pydantic.ValidationError for a damaged file."""
    body = path.read_bytes()
    try:
        observation = _ADAPTER.validate_json(body)
    except ValidationError:
        _refuse_newer(path, _stated_format(body))  # what a newer file says need not be understood to know that it is newer
        raise
    _refuse_newer(path, observation.format)
    return observation


def _stated_format(body: bytes) -> int:
    try:
        raw = json.loads(body)
    except (ValueError, RecursionError):
        return 0
    stated = raw.get("format") if isinstance(raw, dict) else None
    return stated if isinstance(stated, int) else 0


def _refuse_newer(path: Path, stated: int) -> None:
    if stated > FORMAT:
        raise FormatTooNew(f"{path}: 观测文件格式 {stated} 比本程序新，请升级程序后再读取")
