"""Which share of the newest normative documents is marked 有效, 失效 or 废止, or states until when it holds (浙政办发〔2020〕20号 一(二))."""

from datetime import date

from crawlers.documents.record import Document
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, part
from scoring.rules.opened import Sample, lacks_surely, pages_of, sample
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """One column."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"抽查{phrase.column(params)}最近的文件，都标明有效、失效或废止，或写明有效期，得满分；否则得分比例为标明的份数所占比例。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = labelled ÷ judged; NOT_OBSERVED when most of them could not be read whole and twice."""
    reading = read(evidence, params.column, params.name)
    seen = sample(reading, _labelled)
    if not isinstance(seen, Sample):
        return seen
    told = {"column": params.name, "total": seen.total, "count": len(seen.bad), "unknown": seen.unknown, "titles": seen.titles}
    reason = Reason.VALIDITY_LACKING if seen.bad else Reason.VALIDITY_LABELLED
    return graded(part(len(seen.good), seen.total), reason, told, pages_of(evidence.site, seen.bad) or reading.evidence)


def _labelled(document: Document) -> bool | None:
    said = document.validity
    if said is not None and (said.label or said.until):
        return True
    return False if lacks_surely(document) else None
