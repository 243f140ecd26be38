"""Whether a file offered on a column's page (依申请公开申请表) opens as what it is called: an error page under a file's name is none."""

from datetime import date

from crawlers.status import FetchStatus
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import met, not_twice, unmet, unobserved, without_content
from scoring.rules.opened import pages_of
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """One column."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}提供的表格至少有一份能够下载打开，得满分；没有表格，或试过的都打不开，不得分。"


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """MET (one opens), UNMET (none is offered, or none of those tried opens; confirmed), NOT_OBSERVED."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    if not reading.opened:
        return unobserved(Reason.NOT_OPENED, {"column": params.name}, reading.evidence)
    pages = [one for one in reading.sighting.documents if one.fetch is FetchStatus.OK]
    tried = [file for one in pages for file in one.attachments]
    told = {"column": params.name, "count": len(tried), "files": [file.name for file in tried]}
    if any(file.opens for file in tried):
        return met(Reason.FORM_OPENS, told, reading.evidence)
    if any(file.opens is None for file in tried):
        return unobserved(Reason.FILES_UNREAD, told, reading.evidence)
    if tried:
        return unmet(Reason.FORM_DAMAGED, told, pages_of(evidence.site, pages))
    if reading.sighting.attachments or any(not one.whole for one in pages):
        return unobserved(Reason.FILES_UNREAD, told | {"count": len(reading.sighting.attachments)}, reading.evidence)
    if not reading.confirmed or any(not one.confirmed for one in pages):
        return not_twice(reading, "没有可下载的文件")
    return unmet(Reason.ATTACHMENT_MISSING, told, reading.evidence)
