"""Whether the outcome of each consultation that closed long enough ago is to be seen: linked from the notice, or published about the same draft (公布意见采纳情况)."""

from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, StrictStr

from crawlers.documents.record import Document
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import not_applicable, unobserved, without_content
from scoring.rules.reading import Reading, State, read
from scoring.rules.sample import Verdict, readable, together, unreadable
from scoring.rules.spec import Days
from scoring.rules.spec import Params as Base


class Params(Base):
    """`columns`: that of the notices, then that of the outcomes. `after`: days after its end from which on an outcome is due; `days`: how far back an end counts."""

    columns: Annotated[tuple[StrictStr, StrictStr], Field(min_length=2, max_length=2)]
    after: Days = 30
    days: Days = 365
    names: dict[str, str] = Field(default_factory=dict)


def says(params: Params) -> str:
    """The rule in words."""
    notices, outcomes = (phrase.named(params.names, [key]) for key in params.columns)
    return (
        f"{notices}中近 {params.days} 天内截止、截止已超过 {params.after} 天的征求意见，都公布了采纳情况（在{outcomes}中，或由原件链接），得满分；"
        "否则得分比例为已公布的件数所占比例；没有这样的征求意见，不涉及。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = answered ÷ closed and established; NOT_APPLICABLE when none closed that long ago. A lacking outcome stands only when its column was read, too."""
    notices, outcomes = (read(evidence, key, params.names.get(key, key)) for key in params.columns)
    if not notices.filled or notices.sighting is None:
        return without_content(notices)
    documents = notices.sighting.documents
    if not documents:
        return unobserved(Reason.NOT_OPENED, {"column": notices.name}, notices.evidence)
    verdicts = [one for document in documents if (one := _verdict(document, outcomes, params, as_of)) is not None]
    if not verdicts:
        return not_applicable(Reason.CONSULTATIONS_OPEN, {"after": params.after})
    reasons = (Reason.CONSULTATIONS_ANSWERED, Reason.CONSULTATIONS_UNANSWERED)
    return together(evidence, notices, verdicts, reasons, {"after": params.after})


def _verdict(notice: Document, outcomes: Reading, params: Params, as_of: date) -> Verdict | None:
    """None: it is not due, or asks for nothing that was understood."""
    said = notice.consultation
    if said is None or not readable(notice):
        recent = notice.published is None or (as_of - notice.published).days <= params.days
        return Verdict(notice, None, f"（{unreadable(notice)}）") if recent else None
    if said.end is None:
        return None
    if not as_of - timedelta(days=params.days) <= said.end < as_of - timedelta(days=params.after):
        return None
    if said.result_url:
        return Verdict(notice, True)
    if not notice.confirmed or not notice.whole:
        return Verdict(notice, None, "（正文没有读全，或尚未复看确认）")
    if not _read_to_its_end(outcomes):
        return Verdict(notice, None, f"（「{outcomes.name}」没有读全）")
    return Verdict(notice, False, f"（{said.end} 截止）")


def _read_to_its_end(outcomes: Reading) -> bool:
    """Whether an outcome that is not among the column's items is not in the column at all; a column that is missing holds none."""
    if outcomes.state is not State.PRESENT:
        return outcomes.filled is False
    return outcomes.opened and outcomes.complete
