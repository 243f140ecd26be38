"""What pages receive: read models without behaviour. Points are `Decimal`; a page rounds once, through `scoring.wording.points`."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from scoring.disclosure import EVERYTHING, Disclosure
from scoring.lists import NamedList
from scoring.model import Check, Edition, EvidenceRef, Indicator, Outcome, PeriodState, UnitScore

_COMMON_UNITS = 2
_COMMON_PART = 3
_BESIDE = {
    "veto": {Outcome.MET: "未触发", Outcome.UNMET: "触发否决"},
    "deduction": {Outcome.MET: "未扣分", Outcome.PARTIAL: "扣分", Outcome.UNMET: "扣分"},
    "bonus": {Outcome.MET: "已加分", Outcome.PARTIAL: "已加分", Outcome.UNMET: "未加分", Outcome.NOT_OBSERVED: "加分待评"},
}


@dataclass(frozen=True, slots=True)
class PeriodInfo:
    """A period and where it stands. `revision` and `published_at` are None until published; `groups` maps a group to its edition's id.

    `reason`: why this revision was locked; `corrects`: the published revision it corrects, None for the first. `newest`: no later revision is published.
    `lists`: the 名单 published with it.
    """

    id: str
    title: str
    start: date
    end: date
    cutoff: date | None
    state: PeriodState
    groups: Mapping[str, str]
    revision: int | None = None
    published_at: datetime | None = None
    disclosure: Disclosure = EVERYTHING
    reason: str = ""
    corrects: int | None = None
    newest: bool = True
    lists: tuple[NamedList, ...] = ()

    @property
    def ref(self) -> str:
        """How pages and `--period` address it: its id, or `id@n` for a revision that a later one corrects."""
        return self.id if self.newest else f"{self.id}@{self.revision}"


@dataclass(frozen=True, slots=True)
class RankRow:
    """One line of a ranking. `rates`: 得分率 by first-level indicator code. `history`: totals of this and earlier published periods, oldest first (None where not ranked).

    `rates` are None throughout for a unit without enough data (数据不足). `change`: places gained since the previous period, None when there is none.
    `counts`: leaves of the tree by outcome; vetoes, deductions and bonus are not among them. `bonus_open`: the most an unscored bonus may still add.
    `excluded`: why the unit is 暂不纳入; empty when it is assessed. A unit that follows a single predecessor is compared with that one.
    """

    unit: str
    name: str
    order: int
    score: UnitScore
    rates: Mapping[str, Decimal | None]
    counts: Mapping[Outcome, int]
    previous_rank: int | None
    previous_total: Decimal | None
    change: int | None
    history: tuple[Decimal | None, ...]
    bonus_open: Decimal = Decimal(0)
    excluded: str = ""

    @property
    def short_of_data(self) -> bool:
        """True when coverage is below the edition's threshold and no veto decided (数据不足)."""
        return self.score.grade is None


@dataclass(frozen=True, slots=True)
class Shortfall:
    """One leaf over a group: `losing` of the `units` it applies to and was judged for lose points on it, on average `mean` over those `units`."""

    leaf: Indicator
    mean: Decimal
    losing: int
    units: int

    @property
    def common(self) -> bool:
        """共性: at least two units and a third of those judged lose points on it."""
        return self.losing >= _COMMON_UNITS and self.losing * _COMMON_PART >= self.units


@dataclass(frozen=True, slots=True)
class Standing:
    """A group in an earlier published period, as far as comparisons need it: rank and total of the ranked units by id."""

    title: str
    ranked: Mapping[str, tuple[int, Decimal]]


@dataclass(frozen=True, slots=True)
class GroupSummary:
    """What is said of a group as a whole; the fields are those of `Ranking`. `inseparable` holds unit ids."""

    mean: Decimal | None
    medians: Mapping[str, Decimal | None]
    lost: tuple[Shortfall, ...]
    inseparable: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class RowFacts:
    """What a row of a ranking says beside the score; the fields are those of `RankRow`."""

    rates: Mapping[str, Decimal | None]
    counts: Mapping[Outcome, int]
    bonus_open: Decimal


@dataclass(frozen=True, slots=True)
class Ranking:
    """A group in a period, in rank order (unranked last, in official order). `inseparable`: largest sets of unit names in which every two intervals overlap.

    `lost`: every leaf on which units with enough data lose points, most first. `medians`: group median of the 得分率 by first-level code, over units with enough
    data. `mean` is that of the ranked units; `previous_mean` and `mean_both` are the means, then and now, of the `compared` units ranked in both periods.
    `before`: totals of all units that were ranked in the period before.
    """

    period: PeriodInfo
    group: str
    edition: Edition
    rows: tuple[RankRow, ...]
    medians: Mapping[str, Decimal | None]
    inseparable: tuple[tuple[str, ...], ...]
    lost: tuple[Shortfall, ...]
    mean: Decimal | None
    previous_mean: Decimal | None
    draft: bool
    simulated: bool
    as_of: date | None
    mean_both: Decimal | None = None
    compared: int = 0
    before: Mapping[str, Decimal] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class LeafResult:
    """One leaf of one unit with its effective finding. `points`/`full`/`lost` after 不涉及 was shared out; `lost` is None while unobserved.

    `beside`: veto | deduction | bonus, empty for a leaf of the tree, which alone counts in full marks. `reason` is the Chinese sentence; `reviewed` tells that a person decided; `machine_*` keep what the machine said (None for a manual leaf).
    `run`: the one that the machine's finding comes from; empty where it rests on no run.
    """

    code: str
    title: str
    first_level: str
    indicator: Indicator
    check: Check
    outcome: Outcome
    ratio: Decimal | None
    points: Decimal | None
    full: Decimal
    lost: Decimal | None
    reason: str
    reason_code: str
    params: Mapping[str, Any]
    evidence: Sequence[EvidenceRef]
    reviewed: bool
    review_why: str
    review_by: str
    review_at: datetime | None
    machine_outcome: Outcome | None
    machine_ratio: Decimal | None
    machine_reason: str
    seq: int
    beside: str = ""
    run: str = ""

    @property
    def said(self) -> str:
        """The outcome in words: a bonus that is not earned is no 不达标."""
        return said(self.beside, self.outcome)


def said(beside: str, outcome: Outcome) -> str:
    """An outcome in words; `beside` as in LeafResult."""
    return _BESIDE.get(beside, {}).get(outcome, outcome.zh)


@dataclass(frozen=True, slots=True)
class UnitProfile:
    """One unit in one period: its row of the ranking and every leaf, most points lost first, 未判定 after them, then the rest in the edition's order."""

    period: PeriodInfo
    group: str
    edition: Edition
    row: RankRow
    size: int
    medians: Mapping[str, Decimal | None]
    leaves: tuple[LeafResult, ...]
    history: tuple[tuple[str, Decimal | None], ...]
    draft: bool
    simulated: bool


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A stored response: `text` is what a reader sees, `source` the decoded bytes, `items` (date or "", title, address) the list the readers find on it.

    All of it is data: show it as plain text only. `picture`: a screenshot (JPEG) in place of text. `made_zh`: what the record is.
    """

    address: str
    url: str
    at: datetime
    http: int | None
    status_zh: str
    encoding: str
    title: str
    text: str
    source: str
    sha256: str
    items: tuple[tuple[str, str, str], ...] = ()
    picture: bytes = b""
    made_zh: str = ""


@dataclass(frozen=True, slots=True)
class ColumnResult:
    """One required column in a self-check. `outcome`: MET there, UNMET missing/blank/dead, NOT_OBSERVED; freshness stands beside it."""

    key: str
    name: str
    outcome: Outcome
    match: str | None
    text: str
    url: str | None
    newest: date | None
    age_days: int | None
    days: int | None
    items: int
    confirmed: bool


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What a self-check found: automatic leaves only. `score` keys: points, lower, upper, max, coverage."""

    url: str
    unit_name: str
    as_of: date
    edition: str
    edition_title: str
    status: str
    status_zh: str
    pages: int
    seconds: float
    score: Mapping[str, Decimal]
    columns: tuple[ColumnResult, ...]
    leaves: tuple[LeafResult, ...]
    run: str


@dataclass(frozen=True, slots=True)
class JobState:
    """A background crawl or self-check. `state`: queued | running | done | failed | lost (its process is gone). `progress`: sites, sites_done, pages, failures, now (address)."""

    id: str
    kind: str
    title: str
    state: str
    started: datetime | None
    progress: Mapping[str, Any]
    error: str


@dataclass(frozen=True, slots=True)
class CheckTarget:
    """A unit that a staff member may check, with its site and scope in words."""

    unit: str
    name: str
    group: str
    site_home: str
    scope_zh: str
    edition: str
