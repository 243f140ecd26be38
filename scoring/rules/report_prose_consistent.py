"""Whether the numbers that an annual report states in its text are those of its tables (报: 27件 in the text, 28 in 表三)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.annual import Annual, newest_report, unread_tables
from scoring.rules.finding import met, unmet, unobserved
from scoring.rules.report_equations_hold import PROSE
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """The column of annual reports."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}最新一份年度报告正文写出的数字与表格一致，得满分；有一处不一致，不得分；正文没有可比较的数字，未判定。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (a number differs, seen twice), NOT_OBSERVED (no number of the text could be compared, or the tables were not read)."""
    found = newest_report(evidence, params, as_of)
    if not isinstance(found, Annual):
        return found
    report = found.report
    if not report.source:
        return unread_tables(found)
    wrong = [f"{one.where}（表格为 {one.expected}，正文为 {one.found}）" for one in report.violations if one.rule == PROSE]
    if wrong:
        if not found.document.confirmed:
            return unobserved(Reason.REPORT_UNREAD, {"title": found.document.title, "why": "正文与表格不一致尚未复看确认"}, found.evidence)
        return unmet(Reason.REPORT_PROSE_DIFFERS, {"year": found.year, "count": len(wrong), "places": wrong}, found.evidence)
    if not report.mentions:
        return unobserved(Reason.REPORT_PROSE_SILENT, {"year": found.year}, found.evidence)
    return met(Reason.REPORT_PROSE_AGREES, {"year": found.year, "count": report.mentions}, found.evidence)
