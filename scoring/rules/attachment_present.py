"""Whether a column's page links a file that can be downloaded (依申请公开申请表)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import met, not_twice, unmet, unobserved, without_content
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """One column."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}有可以下载的附件，得满分；没有，不得分。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET, UNMET (no file, confirmed), NOT_OBSERVED."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    files = reading.sighting.attachments
    told = {"column": params.name, "count": len(files), "files": list(files[:20])}
    if files:
        return met(Reason.ATTACHMENT_PRESENT, told, reading.evidence)
    if not reading.opened:
        return unobserved(Reason.NOT_OPENED, {"column": params.name}, reading.evidence)
    return unmet(Reason.ATTACHMENT_MISSING, told, reading.evidence) if reading.confirmed else not_twice(reading, "没有可下载的文件")
