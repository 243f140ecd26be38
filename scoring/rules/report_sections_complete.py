"""Whether the newest annual report has its six sections (国办公开办函〔2021〕30号; 〔2019〕60号 has the same)."""

from datetime import date

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.annual import Annual, newest_report
from scoring.rules.finding import graded, met, part, unobserved
from scoring.rules.spec import ColumnParams

SECTIONS = (
    "总体情况",
    "主动公开政府信息情况",
    "收到和处理政府信息公开申请情况",
    "因政府信息公开工作被申请行政复议、提起行政诉讼情况",
    "政府信息公开工作存在的主要问题及改进情况",
    "其他需要报告的事项",
)


class Params(ColumnParams):
    """The column of annual reports."""


def says(params: Params) -> str:
    """The rule in words."""
    return f"{phrase.column(params)}最新一份年度报告写有{'、'.join(SECTIONS)}，得满分；否则得分比例为写有的部分数占 {len(SECTIONS)} 个的比例；过期没有报告的，不得分。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = sections found ÷ 6; UNMET also for a report that is overdue; NOT_OBSERVED when its text was not read whole."""
    found = newest_report(evidence, params, as_of)
    if not isinstance(found, Annual):
        return found
    missing = [name for name in SECTIONS if name not in found.report.sections]
    told = {"year": found.year, "total": len(SECTIONS), "count": len(missing), "missing": missing}
    if not missing:
        return met(Reason.REPORT_SECTIONS_COMPLETE, told, found.evidence)
    whole = found.document.whole and bool(found.report.sections)
    if not whole or not found.document.confirmed:
        why = found.report.note or ("正文没有读全" if not whole else "尚未复看确认")
        return unobserved(Reason.REPORT_UNREAD, {"title": found.document.title, "why": why}, found.evidence)
    return graded(part(len(SECTIONS) - len(missing), len(SECTIONS)), Reason.REPORT_SECTIONS_LACKING, told, found.evidence)
