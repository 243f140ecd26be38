"""Whether 上年结转 of the newest annual report is 结转下年度继续办理 of the report before."""

from datetime import date

from crawlers.documents.record import Report
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.annual import Annual, newest_report
from scoring.rules.finding import met, unmet, unobserved
from scoring.rules.report_equations_hold import PROSE
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """The column of annual reports."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}最新一份年度报告表三的“上年结转”与上一年度报告的“结转下年度继续办理”相等，得满分；不等，不得分。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (both tables read completely, and in themselves right or seen twice), NOT_OBSERVED (one of the two figures was not read)."""
    found = newest_report(evidence, params, as_of)
    if not isinstance(found, Annual):
        return found
    this, before = found.report.carried[0], found.before.carried[1] if found.before else None
    if this is None or before is None:
        why = "上一年度的报告没有读到" if found.before is None else "表三没有读到"
        return unobserved(Reason.REPORT_CARRIED_UNREAD, {"year": found.year, "why": why}, found.evidence)
    told = {"year": found.year, "found": this, "expected": before}
    if this == before:
        return met(Reason.REPORT_CARRIED, told, found.evidence)
    sure = (found.document.confirmed or _right(found.report)) and (found.confirmed_before or (found.before is not None and _right(found.before)))
    if not sure or found.report.unchecked or (found.before is not None and found.before.unchecked):
        return unobserved(Reason.REPORT_CARRIED_UNREAD, {"year": found.year, "why": "表格没有读全，或尚未复看确认"}, found.evidence)
    return unmet(Reason.REPORT_CARRIED_WRONG, told, found.evidence)


def _right(report: Report) -> bool:
    """A table whose every equation holds was read right."""
    return not report.unchecked and all(one.rule == PROSE for one in report.violations)
