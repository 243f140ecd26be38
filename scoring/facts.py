"""Facts that no single crawl gives: availability samples, mock applications (依申请公开模拟测试), imported values, the home page over several runs.

Services hand them to rules inside `UnitEvidence`. Instants UTC, dates Asia/Shanghai. Nothing here reads a clock or a file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import TYPE_CHECKING

from crawlers.observation import ScopeObservation, SiteObservation
from crawlers.status import FetchStatus, Labelled, ScopeKind
from crawlers.workdays import Calendar

if TYPE_CHECKING:
    from scoring.model import Unit

_SERVER_ERROR = 500
_GONE = (404, 410)
_CLOSED = frozenset({FetchStatus.DNS, FetchStatus.REFUSED, FetchStatus.TIMEOUT, FetchStatus.RESET})
_OPEN = frozenset({FetchStatus.OK, FetchStatus.SHIELD, FetchStatus.TOO_LARGE})


class Runs(Labelled):
    """Which of a period's runs a leaf is judged by (日常监测)."""

    LATEST = "latest", "评估时段内最近一次采集"
    ALL = "all", "评估时段内的每次采集，取最差的一次"


class Source(Labelled):
    """Where a rule's facts come from when not from a run."""

    PROBES = "probes", "可用性监测样本"
    CASES = "cases", "依申请公开模拟测试台账"
    IMPORTS = "imports", "导入的外部数据"


@dataclass(frozen=True, slots=True)
class Span:
    """评估时段, both days included."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class ProbeSample:
    """One look at a home page. `seconds` until it was answered in full; `vantage`: where it was seen from; `valid` False: the whole round was 无效."""

    at: datetime
    day: date
    status: FetchStatus
    http: int | None
    seconds: Decimal
    vantage: str
    valid: bool = True

    def opened(self, within: int) -> bool | None:
        """Whether the site could be opened in less than `within` seconds (19号: 超过(含)15秒打不开). None: the sample says nothing of the site (无效).

        A shield has answered: people's browsers get past it. A server error, a page that is gone, no such host, no answer: nobody gets in. Certificates, robots.txt, the
        address guard and endless redirects concern how we ask, not whether the site is up.
        """
        if not self.valid:
            return None
        if self.status in _CLOSED:
            return False
        if self.status is FetchStatus.HTTP_ERROR:
            if self.http is None:
                return None
            return self.seconds < within and self.http < _SERVER_ERROR and self.http not in _GONE
        return self.seconds < within if self.status in _OPEN else None


@dataclass(frozen=True, slots=True)
class HomeSeen:
    """The home page in one run of the period: its newest date and its stored copy."""

    run: str
    as_of: date
    newest: date | None
    url: str = ""
    at: datetime | None = None
    snapshot: str = ""


class Regular(Labelled):
    """Whether an answer's document is as it must be (依据、救济途径、机关名称、日期)."""

    YES = "yes", "规范"
    NO = "no", "不规范"


class Channel(Labelled):
    """How a mock application was handed in."""

    ONLINE = "online", "网上平台"
    MAIL = "mail", "邮寄"
    EMAIL = "email", "电子邮件"
    FAX = "fax", "传真"
    DESK = "desk", "当面提交"


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file that belongs to a case, kept by its content."""

    name: str
    sha256: str
    size: int


@dataclass(frozen=True, slots=True)
class RequestCase:
    """One mock application as it stands: the newest entry `seq` of the case log. Every day is optional but `applied`.

    `registered`: 收到（登记）; `supplement`: 补正告知, `supplemented`: 补正材料提交; `extended`: 延期告知; `consult_from`–`consult_to`: 征求意见 (not counted, 条例33条);
    `answered`: 答复; `served_right`: 按申请人要求的方式送达; `withdrawn`: struck out, with its reason.
    """

    id: str
    unit: str
    seq: int
    applied: date
    channel: Channel = Channel.ONLINE
    what: str = ""
    registered: date | None = None
    supplement: date | None = None
    supplemented: date | None = None
    extended: date | None = None
    consult_from: date | None = None
    consult_to: date | None = None
    answered: date | None = None
    served: date | None = None
    served_right: bool | None = None
    regular: Regular | None = None
    notes: str = ""
    attachments: tuple[Attachment, ...] = ()
    withdrawn: bool = False
    why: str = ""
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class ImportedValue:
    """A value that came from a table (社会评议): a number on the leaf's scale or the name of a level, with its weight among the `source`s of a unit."""

    period: str
    code: str
    source: str
    value: Decimal | None
    level: str
    weight: Decimal
    seq: int
    file: str
    file_sha: str
    row: int
    by: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class UnitEvidence:
    """All that a rule may look at for one unit. `site` and `view` are None when the run holds nothing of the unit's site.

    `kind`, `site_id` and its `home` page are known even then. `span`: the period's 评估时段. `homes`: the home page in each run of the period and the month before it,
    oldest first. The rest are facts that no crawl gives.
    """

    unit: Unit
    run: str
    site: SiteObservation | None
    view: ScopeObservation | None
    earlier: SiteObservation | None = None
    kind: ScopeKind | None = None
    site_id: str = ""
    home: str = ""
    span: Span | None = None
    homes: tuple[HomeSeen, ...] = ()
    probes: tuple[ProbeSample, ...] = ()
    cases: tuple[RequestCase, ...] = ()
    imports: tuple[ImportedValue, ...] = ()
    calendar: Calendar | None = None
