"""Whether documents were interpreted within so many working days of their publication (解读与文件同步发布, 最迟 3 个工作日)."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from crawlers.documents.record import Document, Pairing
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import unobserved
from scoring.rules.pairs import paired
from scoring.rules.sample import Verdict, page_of, together
from scoring.rules.spec import ColumnParams, Days


class Params(ColumnParams):
    """`limit`: working days after the document, by the State Council's calendar; `days`: how far back interpretations count."""

    limit: Annotated[StrictInt, Field(ge=0, le=60)] = 3
    days: Days


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.column(params)}近 {params.days} 天的解读，都在所解读的文件发布后 {params.limit} 个工作日内（按国务院放假安排）发布，得满分；"
        "否则得分比例为按时解读的文件所占比例，同一文件以最早的解读为准；没有解读的，不涉及。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = documents interpreted in time ÷ those established, each by its first interpretation; NOT_OBSERVED among others when the calendar lacks a year."""
    found = paired(evidence, params, params.days, as_of)
    if isinstance(found, Finding):
        return found
    reading, pairs = found
    first: dict[str, tuple[Document, Pairing]] = {}
    for document, pair in pairs:  # a later one on the same document is 延伸解读, not a late one
        known = first.get(pair.policy_url)
        if known is None or (pair.working_days is not None and (known[1].working_days is None or pair.working_days < known[1].working_days)):
            first[pair.policy_url] = (document, pair)
    verdicts = [_verdict(document, pair, params.limit) for document, pair in first.values()]
    years = sorted({year for _, pair in first.values() for year in pair.unknown_years})
    if years and not any(one.holds is not None for one in verdicts):
        told = {"years": [str(year) for year in years]}
        return unobserved(Reason.HOLIDAYS_UNKNOWN, told, tuple(ref for one in verdicts for ref in page_of(evidence, one.document)))
    reasons = (Reason.INTERPRETED_IN_TIME, Reason.INTERPRETED_LATE)
    return together(evidence, reading, verdicts, reasons, {"days": params.days, "limit": params.limit})


def _verdict(document: Document, pair: Pairing, limit: int) -> Verdict:
    if pair.unknown_years:
        return Verdict(document, None, f"（没有 {'、'.join(map(str, pair.unknown_years))} 年的放假安排）")
    if pair.working_days is None:
        return Verdict(document, None, "（文件或解读的日期没有读到）")
    if pair.working_days <= limit:
        return Verdict(document, True)
    return Verdict(document, False, f"（晚 {pair.working_days} 个工作日）") if document.confirmed else Verdict(document, None, "（尚未复看确认）")
