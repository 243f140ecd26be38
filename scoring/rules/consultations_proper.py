"""Whether notices that ask for opinions leave time enough and give what an answer needs (国令713号: 30 days unless a reason is stated; draft, explanation, ways to answer)."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt

from crawlers.documents.record import Consultation, Document
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import without_content
from scoring.rules.reading import read
from scoring.rules.sample import Verdict, none_within, readable, together, unreadable, within
from scoring.rules.spec import ColumnParams, Days


class Params(ColumnParams):
    """`days`: how far back notices count, by their day of publication; `least`: days that a consultation lasts, both ends counted."""

    days: Days
    least: Annotated[StrictInt, Field(gt=0, le=366)] = 30


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.column(params)}近 {params.days} 天发布的征求意见，期限都不少于 {params.least} 天（缩短的说明了理由），并附草案、说明和反馈方式，得满分；"
        "否则得分比例为符合要求的件数所占比例；这一时段没有征求意见的，不涉及。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = proper notices ÷ those established; NOT_APPLICABLE when there was none. A notice without a period that was understood is not established."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    notices = within(reading, params.days, as_of)
    if not notices:
        return none_within(reading, params.days, as_of)
    return together(evidence, reading, [verdict(one, params.least) for one in notices], (Reason.CONSULTED, Reason.CONSULTED_BADLY), {"days": params.days})


def verdict(notice: Document, least: int) -> Verdict:
    """What one notice comes to."""
    said = notice.consultation
    if said is None or not readable(notice):
        return Verdict(notice, None, f"（{unreadable(notice)}）")
    if wrong := faults(said, least):
        if not notice.confirmed:
            return Verdict(notice, None, "（尚未复看确认）")
        if not notice.whole:
            return Verdict(notice, None, "（正文没有读全）")
        return Verdict(notice, False, f"（{'，'.join(wrong)}）")
    open_points = [name for name, known in (("起止日期", said.days), ("草案", said.draft), ("说明", said.explanation)) if known is None]
    return Verdict(notice, None, f"（{'、'.join(open_points)}未能读清）") if open_points else Verdict(notice, True)


def faults(said: Consultation, least: int) -> list[str]:
    """What is wrong with a notice, in Chinese."""
    wrong = []
    if said.days is not None and said.days < least and not said.reason:
        wrong.append(f"期限 {said.days} 天，没有说明缩短的理由")
    wrong += [f"没有{name}" for name, there in (("草案", said.draft), ("说明", said.explanation)) if there is False]
    if not said.channels:
        wrong.append("没有反馈方式")
    return wrong
