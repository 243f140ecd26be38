"""Whether the annual reports that a column lists open, and their files with them (历年年报可下载)."""

from datetime import date

from crawlers.documents.record import Document
from crawlers.status import DocumentKind, PageState
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import unobserved, without_content
from scoring.rules.reading import GONE, read
from scoring.rules.sample import Verdict, readable, together, unreadable
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """The column of annual reports."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}中的各年度报告及其附件都能打开，得满分；否则得分比例为打得开的份数占试过的份数的比例。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = reports that open, with every file tried, ÷ those that could be tried. NOT_OBSERVED when none was opened."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    documents = [one for one in reading.sighting.documents if one.kind is DocumentKind.REPORT]
    if not documents:
        listed = reading.items(as_of)
        names = [f"《{item.title}》没有打开" for item in listed[:3]] or ["列表中没有读到报告"]
        return unobserved(Reason.SAMPLE_UNREAD, {"column": params.name, "total": len(listed), "count": len(listed), "names": names}, reading.evidence)
    return together(evidence, reading, [_verdict(one) for one in documents], (Reason.REPORTS_OPEN, Reason.REPORTS_CLOSED))


def _verdict(document: Document) -> Verdict:
    gone = document.http in GONE or document.page is PageState.SOFT_404
    if gone:
        return Verdict(document, False if document.confirmed else None, "（页面不存在）" if document.confirmed else "（打不开，尚未复看确认）")
    if broken := [one.name for one in document.attachments if one.opens is False]:
        return Verdict(document, False, f"（附件“{'”“'.join(broken)}”不是可以打开的文件）")
    if not readable(document):
        return Verdict(document, None, f"（{unreadable(document)}）")
    if any(one.opens is None for one in document.attachments):
        return Verdict(document, None, "（附件没有取到）")
    return Verdict(document, True)
