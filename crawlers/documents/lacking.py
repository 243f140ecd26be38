"""What a record holds against its document, so that a second look has to bear it out, and on what two looks have to agree."""

from datetime import date

from crawlers.columns import Column
from crawlers.documents.catalogue import HEADINGS
from crawlers.documents.record import Document
from crawlers.documents.report import SECTIONS
from crawlers.status import DocumentKind, FetchStatus, PageState

_CONSULTED = 30
_SOON = 7
"""Days of a consultation (国令713号), and days after a decision from which on a publication may be called late by any rule."""


def lacks(document: Document, column: Column, as_of: date) -> bool:
    """Whether a record holds anything against its document that a second look has to bear out."""
    said, paired, report = document.consultation, document.pairing, document.report
    if document.fetch is not FetchStatus.OK or document.page not in (PageState.CONTENT, None):
        return True
    if said is not None:
        short = said.days is not None and said.days < _CONSULTED
        over = said.end is not None and said.end < as_of
        if short or (over and not said.result_url) or not said.channels or False in (said.draft, said.explanation):
            return True
    if paired is not None and (False in (paired.linked, paired.linked_back) or (paired.working_days or 0) > 3):
        return True
    if (document.kind is DocumentKind.INTERPRETATION and paired is None) or (report is not None and bool(report.violations)):
        return True
    if report is not None and len(report.sections) < len(SECTIONS):
        return True
    return (
        (document.kind is DocumentKind.POLICY and (document.validity is None or (sought(document.title, column) and not document.attachments)))
        or (document.kind is DocumentKind.REPORT and report is None)
        or bool(document.personal)
        or _incomplete(document, column)
    )


def sought(title: str, column: Column) -> bool:
    """Whether a title holds a word by which the dictionary wants a document opened before others."""
    return any(word in title for word in column.first)


def agree(one: Document, other: Document) -> bool:
    """Whether two looks say the same."""
    return _said(one) == _said(other)


def _incomplete(document: Document, column: Column) -> bool:
    """Elements, headings or a timely publication that a document of the plainer kinds lacks."""
    if document.kind not in (DocumentKind.OTHER, DocumentKind.PAGE, DocumentKind.CATALOGUE):
        return False
    if len(document.elements) < len(column.elements) or (document.kind is DocumentKind.CATALOGUE and len(document.headings) < len(HEADINGS)):
        return True
    if document.kind is DocumentKind.PAGE and not any(file.opens for file in document.attachments):
        return True
    return document.decided is not None and document.published is not None and (document.published - document.decided).days > _SOON


def _said(document: Document) -> tuple[object, ...]:
    return (
        document.http,
        document.page,
        document.consultation,
        document.pairing,
        document.validity,
        document.report,
        document.personal,
        document.publisher,
        document.elements,
        document.headings,
        document.decided,
        document.published,
    )
