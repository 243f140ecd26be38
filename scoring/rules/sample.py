"""Documents of a column that were opened and read closely, as a sample: which of them count, and what may be said of them together.

A document that was not read, not read whole, or whose fault was seen once only, speaks for nothing. When more than half of the sample is like that, nothing is said.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from crawlers.documents.record import Document
from crawlers.status import FetchStatus, PageState
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import graded, met, no_date, not_applicable, not_twice, part, unobserved
from scoring.rules.reading import Reading, address


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one document comes to: `holds` None: not established; `why`, in Chinese, says what is wrong with it or what was not read."""

    document: Document
    holds: bool | None
    why: str = ""

    @property
    def named(self) -> str:
        """The document's title with what was said of it."""
        return f"《{self.document.title}》{self.why}"


def readable(document: Document) -> bool:
    """Whether the document's own page was had and is its content."""
    return document.fetch is FetchStatus.OK and document.page in (PageState.CONTENT, None)


def unreadable(document: Document) -> str:
    """Why a document was not read, in Chinese."""
    if document.fetch is not FetchStatus.OK:
        return document.note or document.fetch.zh
    if document.page is not None and document.page is not PageState.CONTENT:
        return document.page.zh
    return document.note or "正文没有读全"


def page_of(evidence: UnitEvidence, document: Document) -> tuple[EvidenceRef, ...]:
    """A document as evidence."""
    return address(evidence.site, document.snapshot, document.url) if evidence.site else ()


def within(reading: Reading, days: int, as_of: date) -> list[Document]:
    """Documents of the column that were published at most `days` before `as_of` (inclusive), newest first."""
    documents = reading.sighting.documents if reading.sighting else ()
    dated = [(one.published, one) for one in documents if one.published is not None and 0 <= (as_of - one.published).days <= days]
    return [one for _, one in sorted(dated, key=lambda pair: pair[0], reverse=True)]


def none_within(reading: Reading, days: int, as_of: date) -> Finding:
    """No document of the span was read: because there is none (不涉及: whether there should be is asked by freshness), or because it was not looked at."""
    if not reading.opened:
        return unobserved(Reason.NOT_OPENED, {"column": reading.name}, reading.evidence)
    items = reading.items(as_of)
    due = [item for item in items if item.date is not None and (as_of - item.date).days <= days]
    if due:
        told = {"column": reading.name, "total": len(due), "count": len(due), "names": [f"《{item.title}》没有打开" for item in due[:3]]}
        return unobserved(Reason.SAMPLE_UNREAD, told, reading.evidence)
    if not items or any(item.date is None for item in items):
        return no_date(reading)
    if not reading.confirmed:
        return not_twice(reading, f"近 {days} 天没有信息")
    return not_applicable(Reason.NONE_RECENT, {"column": reading.name, "days": days})


def together(
    evidence: UnitEvidence, reading: Reading, verdicts: Sequence[Verdict], reasons: tuple[Reason, Reason], told: dict[str, Any] | None = None
) -> Finding:
    """Ratio = documents that hold ÷ those established. `reasons`: for all of them holding, and for some not."""
    bad = [one for one in verdicts if one.holds is False]
    unsure = [one for one in verdicts if one.holds is None]
    judged = len(verdicts) - len(unsure)
    if judged == 0 or judged < len(unsure):
        return unread(evidence, reading, verdicts, unsure)
    params = {
        "column": reading.name,
        "total": judged,
        "count": len(bad),
        "names": [one.named for one in bad],
        "unsure": [one.named for one in unsure],
    } | (told or {})
    if not bad:
        return met(reasons[0], params, pages(evidence, verdicts) or reading.evidence)
    return graded(part(judged - len(bad), judged), reasons[1], params, pages(evidence, bad) or reading.evidence)


def unread(evidence: UnitEvidence, reading: Reading, verdicts: Sequence[Verdict], unsure: Sequence[Verdict]) -> Finding:
    """Too little of a sample was established."""
    told = {"column": reading.name, "total": len(verdicts), "count": len(unsure), "names": [one.named for one in unsure]}
    return unobserved(Reason.SAMPLE_UNREAD, told, pages(evidence, unsure) or reading.evidence)


def pages(evidence: UnitEvidence, verdicts: Iterable[Verdict]) -> tuple[EvidenceRef, ...]:
    """The pages of documents, each once."""
    return tuple(dict.fromkeys(ref for one in verdicts for ref in page_of(evidence, one.document)))
