"""The annual report that is judged by the rules on its content: last year's, or the one before while last year's is not due (条例第四十九条: 政府 3月31日)."""

from dataclasses import dataclass
from datetime import date

from crawlers.documents.record import Document, Report
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import lacking_list, unmet, unobserved, without_content
from scoring.rules.reading import Reading, read
from scoring.rules.sample import page_of, readable, unreadable
from scoring.rules.spec import ColumnParams
from scoring.rules.years import states_year

DUE = (3, 31)


@dataclass(frozen=True, slots=True)
class Annual:
    """A report whose text was read. `before`: that of the year before, when its text was read too."""

    year: int
    document: Document
    report: Report
    before: Report | None
    confirmed_before: bool
    evidence: tuple[EvidenceRef, ...]


def newest_report(evidence: UnitEvidence, params: ColumnParams, as_of: date) -> Annual | Finding:
    """The report, or the finding of a rule that has none to look at: UNMET when it is overdue and not there, NOT_OBSERVED when it was not read."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    year = as_of.year - 1
    if (as_of.month, as_of.day) <= DUE and not _listed(reading, year, as_of):
        year -= 1
    document = _of_year(reading, year)
    if document is None:
        return _absent(reading, year, as_of)
    pages = page_of(evidence, document)
    if document.report is None or not readable(document):
        return unobserved(Reason.REPORT_UNREAD, {"title": document.title, "why": unreadable(document)}, pages)
    earlier = _of_year(reading, year - 1)
    before = earlier.report if earlier is not None and readable(earlier) else None
    return Annual(year, document, document.report, before, earlier is not None and earlier.confirmed, pages)


def unread_tables(annual: Annual) -> Finding:
    """The finding of a rule on figures when the report's tables were not read."""
    why = annual.report.note or "没有读到表格"
    return unobserved(Reason.REPORT_UNREAD, {"title": annual.document.title, "why": why}, annual.evidence)


def _listed(reading: Reading, year: int, as_of: date) -> bool:
    return any(states_year(item.title, year) for item in reading.items(as_of)) or _of_year(reading, year) is not None


def _of_year(reading: Reading, year: int) -> Document | None:
    documents = reading.sighting.documents if reading.sighting else ()
    ours = [one for one in documents if (one.report is not None and one.report.year == year) or (_unstated(one) and states_year(one.title, year))]
    return max(ours, key=lambda one: (readable(one), one.report is not None, one.report is not None and bool(one.report.source)), default=None)


def _unstated(document: Document) -> bool:
    return document.report is None or document.report.year is None


def _absent(reading: Reading, year: int, as_of: date) -> Finding:
    listed = [item for item in reading.items(as_of) if states_year(item.title, year)]
    if listed:
        return unobserved(Reason.REPORT_UNREAD, {"title": listed[0].title, "why": "没有打开"}, reading.evidence)
    what = f" {year} 年度报告"
    return lacking_list(reading, what) or unmet(Reason.REPORT_MISSING, {"column": reading.name, "what": what}, reading.evidence)
