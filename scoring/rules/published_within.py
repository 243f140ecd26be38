"""Whether documents were published in time after what they tell was decided: 批复后 20 日内（日历日）, 双公示 7 个工作日."""

from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field

from crawlers.documents.record import Document
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, graded, named, part, unobserved, without_content
from scoring.rules.opened import pages_of
from scoring.rules.spec import ColumnsParams, Days

_SHOWN = 20


class Params(ColumnsParams):
    """`days` after the day of the decision, inclusive; working days where `working`. `share`: of those that state both days, how many must be in time for full marks."""

    days: Days
    working: bool = False
    share: Annotated[Decimal, Field(gt=0, le=1)] = Decimal(1)


def says(params: Params) -> str:
    """The rule in words."""
    unit = "个工作日（按国务院放假安排）" if params.working else "日"
    enough = "都" if params.share == 1 else f"有 {phrase.percent(params.share)} 以上"
    return (
        f"{phrase.columns(params)}中写明了作出（批复）日期的信息，{enough}在作出后 {params.days} {unit}内公开，得满分；"
        "否则得分比例为按时公开的所占比例；没有一份写明日期的，未判定。"
    )


def rule(evidence: UnitEvidence, params: Params, _as_of: date) -> Finding:
    """Ratio = in time ÷ dated, full from `share` on. Documents that do not state when the matter was decided are left out; NOT_OBSERVED when all of them are."""
    readings = named(evidence, params.names, params.columns)
    if all(reading.filled is False for reading in readings):
        return without_content(readings[0])
    documents = [one for reading in readings if reading.filled and reading.sighting for one in reading.sighting.documents]
    dated = [(one, span) for one in documents if (span := _span(one, working=params.working)) is not None]
    late = [(one, span) for one, span in dated if span > params.days]
    unit = "个工作日" if params.working else "日"
    told = {
        "names": [reading.name for reading in readings],
        "total": len(dated),
        "count": len(late),
        "limit": f"{params.days} {unit}",
        "titles": [f"《{one.title}》（决定 {one.decided}，公开 {one.published}，{span} {unit}）" for one, span in late[:_SHOWN]],
    }
    if not dated:
        if unseen := [reading for reading in readings if reading.filled is None]:
            return columns_unobserved(unseen)
        return unobserved(Reason.DECISION_UNDATED, told, tuple(ref for reading in readings for ref in reading.evidence))
    if any(not one.confirmed for one, _ in late):
        return unobserved(Reason.DELAY_UNCONFIRMED, told, pages_of(evidence.site, [one for one, _ in late]))
    ratio = part(len(dated) - len(late), len(dated))
    reason = Reason.DELAY_OVER if late else Reason.DELAY_WITHIN
    return graded(part(1, 1) if ratio >= params.share else ratio, reason, told, pages_of(evidence.site, [one for one, _ in late or dated]))


def _span(document: Document, *, working: bool) -> int | None:
    """Days from the decision to the publication; None when either is not stated, or the calendar does not know the year."""
    if document.decided is None or document.published is None or document.published < document.decided:
        return None
    return document.working_days if working else (document.published - document.decided).days
