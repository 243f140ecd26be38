"""Whether lists of persons show unmasked identity, bank card or telephone numbers. Only masked forms are ever told (条例第十五条)."""

from datetime import date

from crawlers.documents.record import Document, PersonalDatum
from crawlers.status import FetchStatus
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, met, named, not_applicable, pages, unmet, unobserved
from scoring.rules.opened import pages_of
from scoring.rules.reading import Reading
from scoring.rules.spec import ColumnsParams

_KINDS = {"id_card": "身份证号", "mobile": "手机号", "bank_card": "银行卡号"}
_SHOWN = 20


class Params(ColumnsParams):
    """`columns`: those that hold lists of persons."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.columns(params)}公布的名单和文件中没有未脱敏的身份证号、手机号、银行卡号，得满分；查明有的，不得分；没有这类栏目的，不涉及。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET (none in what was read), UNMET (confirmed), NOT_APPLICABLE (no such column), NOT_OBSERVED (not confirmed, or most was not read)."""
    readings = named(evidence, params.names, params.columns)
    documents = [one for reading in readings for one in _documents(reading)]
    sure = [one for one in documents if one.personal and one.confirmed]
    if sure:
        found = [(one, datum) for one in sure for datum in one.personal]
        told = {"count": len(found), "documents": len(sure), "places": [_told(one, datum) for one, datum in found[:_SHOWN]]}
        return unmet(Reason.PERSONAL_FOUND, told, pages_of(evidence.site, sure))
    if doubtful := [one for one in documents if one.personal]:
        return unobserved(Reason.PERSONAL_UNCONFIRMED, {"count": len(doubtful)}, pages_of(evidence.site, doubtful))
    if unseen := [reading for reading in readings if reading.present is None]:
        return columns_unobserved(unseen)
    there = [reading for reading in readings if reading.filled is not False]
    if not there:
        return not_applicable(Reason.NO_ROSTERS, {"names": [reading.name for reading in readings]})
    whole = [one for one in documents if one.fetch is FetchStatus.OK and one.whole and not one.note]
    refs: tuple[EvidenceRef, ...] = pages(there)
    if not whole or len(whole) * 2 < len(documents):
        return unobserved(Reason.ROSTERS_UNREAD, {"total": len(documents), "count": len(documents) - len(whole)}, refs)
    return met(Reason.PERSONAL_NONE, {"count": len(whole)}, refs)


def _documents(reading: Reading) -> tuple[Document, ...]:
    return reading.sighting.documents if reading.filled and reading.sighting is not None else ()


def _told(document: Document, datum: PersonalDatum) -> str:
    return f"{_KINDS.get(datum.kind, datum.kind)} {datum.masked}（《{document.title}》{datum.where}）"
