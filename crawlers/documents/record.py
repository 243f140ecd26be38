"""What a document says that was opened and read closely: records only, the readers stand beside this file.

A value of None is always "not established"; an empty text or tuple is "looked and found nothing". All dates are in Asia/Shanghai.
"""

from dataclasses import dataclass
from datetime import date

from crawlers.status import DateFrom, DocumentKind, FetchStatus, PageState

Day = date


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file offered by a document. `type`: what its bytes are (`pdf`, `docx`, `doc`, `xlsx`, `xls`, `zip`, `ofd`, `html` …), empty when unknown.

    `opens` True: the bytes are a file of a kind that its name promises; False: an error page, nothing, or damage; None: it was not had (`fetch` says why).
    """

    url: str
    name: str
    fetch: FetchStatus | None = None
    http: int | None = None
    type: str = ""
    size: int = 0
    opens: bool | None = None
    snapshot: int | None = None


@dataclass(frozen=True, slots=True)
class Violation:
    """One check of an annual report that does not hold: `rule` is a code, `where` names table, row and column in the report's own words."""

    rule: str
    where: str
    expected: str
    found: str


@dataclass(frozen=True, slots=True)
class Report:
    """An annual report (国办公开办函〔2019〕60号 / 〔2021〕30号). `form` is `60`, `30` or empty when its tables were not recognised.

    `sections`: names found of the six. `checked`: how many equations could be tried. `carried`: (上年结转, 结转下年) of table three's total column.
    `source`: where the tables were read: html, pdf, docx; empty when nowhere. `unchecked`: equations of the norm that could not be tried: a report holds where it is 0 and
    `violations` is empty. `mentions`: numbers of the prose that were compared. `tables`: those recognised, of 表二, 表三, 表四. `note`: in Chinese, what was not read and why.
    """

    year: int | None
    form: str = ""
    sections: tuple[str, ...] = ()
    checked: int = 0
    violations: tuple[Violation, ...] = ()
    carried: tuple[int | None, int | None] = (None, None)
    source: str = ""
    unchecked: int = 0
    mentions: int = 0
    tables: tuple[str, ...] = ()
    note: str = ""


@dataclass(frozen=True, slots=True)
class Consultation:
    """A notice that asks for opinions (国令713号: 30 days unless a reason is given). `days` counts both ends. `result_url`: where the outcome is linked."""

    start: Day | None
    end: Day | None
    days: int | None
    reason: str = ""
    draft: bool | None = None
    explanation: bool | None = None
    channels: tuple[str, ...] = ()
    result_url: str = ""


@dataclass(frozen=True, slots=True)
class Pairing:
    """An interpretation and the document it interprets. `working_days` after the document; None with `unknown_years` when the holiday calendar lacks a year.

    `linked`: the interpretation links to the document; `linked_back`: the document links to the interpretation.
    """

    policy_url: str
    policy_title: str
    policy_date: Day | None
    working_days: int | None
    unknown_years: tuple[int, ...] = ()
    linked: bool | None = None
    linked_back: bool | None = None


@dataclass(frozen=True, slots=True)
class Validity:
    """The label of a normative document: 有效, 失效, 废止, 修改 or empty; `until` is the last day it states."""

    label: str
    until: Day | None = None
    where: str = ""


@dataclass(frozen=True, slots=True)
class PersonalDatum:
    """Unmasked personal data: kind `id_card`, `mobile` or `bank_card`; `masked` shows a few characters, never the number; `where` is the place in words."""

    kind: str
    masked: str
    where: str
    url: str


@dataclass(frozen=True, slots=True)
class Document:
    """One document of a column, opened and read closely. What does not apply to its kind is None.

    `confirmed`: what it lacks, or what is wrong with it, was seen again in a second, uncached look (or there was nothing of the kind); otherwise it was seen once
    and is not to be held against anybody. An attachment that does not open, and only that, is always confirmed before it is written.
    `whole`: the text stood there to be read; False where files, pictures or scripts hold what was not read.
    `decided`: the day on which what it tells was decided (处罚、许可决定日期、批复日期), `working_days` from then to its publication (None also when the calendar
    lacks a year). `headings`: those of the norm that a catalogue's tables have.
    """

    url: str
    title: str
    kind: DocumentKind
    fetch: FetchStatus
    http: int | None = None
    page: PageState | None = None
    snapshot: int | None = None
    published: Day | None = None
    published_from: DateFrom | None = None
    written: Day | None = None
    publisher: str = ""
    attachments: tuple[Attachment, ...] = ()
    elements: tuple[str, ...] = ()
    report: Report | None = None
    consultation: Consultation | None = None
    pairing: Pairing | None = None
    validity: Validity | None = None
    personal: tuple[PersonalDatum, ...] = ()
    note: str = ""
    confirmed: bool = False
    whole: bool = True
    decided: Day | None = None
    working_days: int | None = None
    headings: tuple[str, ...] = ()
