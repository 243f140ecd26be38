"""Whether every equation of tables three and four of the newest annual report holds, per column and per row (年报勾稽校验)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.annual import Annual, newest_report, unread_tables
from scoring.rules.finding import met, unmet, unobserved
from scoring.rules.spec import ColumnParams

PROSE = "prose"
"""The one kind of violation that is about the text, not the tables."""


class Params(ColumnParams):
    """The column of annual reports."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}最新一份年度报告的表二、表三、表四，各行各列的勾稽关系都成立，得满分；有一处不成立，不得分。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET: all tried and right. UNMET: one does not hold, seen twice. NOT_OBSERVED: tables or single equations were not read."""
    found = newest_report(evidence, params, as_of)
    if not isinstance(found, Annual):
        return found
    report = found.report
    if not report.source or not report.checked:
        return unread_tables(found)
    wrong = [f"{one.where}（应为 {one.expected}，实为 {one.found}）" for one in report.violations if one.rule != PROSE]
    if wrong:
        if not found.document.confirmed:
            return unobserved(Reason.REPORT_UNREAD, {"title": found.document.title, "why": "勾稽不符尚未复看确认"}, found.evidence)
        return unmet(Reason.REPORT_UNBALANCED, {"year": found.year, "count": len(wrong), "places": wrong}, found.evidence)
    if report.unchecked:
        told = {"year": found.year, "unchecked": report.unchecked, "why": report.note or "表格没有读全"}
        return unobserved(Reason.REPORT_UNCHECKED, told, found.evidence)
    return met(Reason.REPORT_BALANCED, {"year": found.year, "checked": report.checked}, found.evidence)
