"""Whether the year's 实施方案 comes with a table that divides its tasks among bodies: a document of its own, a file beside it, or a table in it."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr

from crawlers.documents.record import Document
from crawlers.status import FetchStatus
from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import lacking_list, met, not_applicable, unmet, unobserved, without_content
from scoring.rules.opened import lacks_surely, pages_of
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams, Month, MonthDay
from scoring.rules.years import deadline

Words = Annotated[tuple[Annotated[StrictStr, Field(min_length=1)], ...], Field(min_length=1)]


class Params(ColumnParams):
    """`words`: all stand in the title of the plan or of the table. `table`: one stands in the name of the table. Until `month` and `day`, inclusive, no plan is due."""

    words: Words
    table: Words
    month: Month
    day: MonthDay


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.column(params)}当年标题写有{phrase.quoted(params.words)}的方案，附有名称含{phrase.any_of(params.table)}的附件，或另发标题如此的文件，得满分；"
        f"没有，或过了当年 {params.month} 月 {params.day} 日仍没有方案，不得分；该日（含）以前没有方案的，不涉及。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET, UNMET (the plan was read whole and twice and has none; or there is no plan this year), NOT_APPLICABLE (none yet, none due), NOT_OBSERVED (not opened)."""
    due = deadline(as_of.year, params.month, params.day)
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        pending = reading.filled is False and as_of <= due
        return not_applicable(Reason.NOT_DUE, {"deadline": due.isoformat()}) if pending else without_content(reading)
    year = [item for item in reading.items(as_of) if item.date and item.date.year == as_of.year and all(word in item.title for word in params.words)]
    tables = [item for item in year if any(word in item.title for word in params.table)]
    if tables:
        return met(Reason.TASKS_TABLED, {"title": tables[0].title, "file": tables[0].title}, (EvidenceRef(tables[0].url),))
    urls = {item.url for item in year}
    plans = [one for one in reading.sighting.documents if one.url in urls and one.fetch is FetchStatus.OK]
    for plan in plans:
        if file := next((file.name for file in plan.attachments if any(word in file.name for word in params.table)), ""):
            return met(Reason.TASKS_TABLED, {"title": plan.title, "file": file}, pages_of(evidence.site, [plan]))
    if not year and as_of <= due:
        return not_applicable(Reason.NOT_DUE, {"deadline": due.isoformat()})
    if not year:
        what = f" {as_of.year} 年的实施方案"
        return lacking_list(reading, what) or unmet(Reason.REPORT_MISSING, {"column": params.name, "what": what}, reading.evidence)
    if len(plans) < len(year) or not all(_surely(plan) for plan in plans):
        return unobserved(Reason.DOCUMENTS_UNREAD, {"column": params.name, "total": len(year), "count": len(year)}, reading.evidence)
    return unmet(Reason.TASKS_UNTABLED, {"title": plans[0].title}, pages_of(evidence.site, plans))


def _surely(plan: Document) -> bool:
    """Whether the plan's having no table may be held against it. Attachments under another name may be the table."""
    return lacks_surely(plan) and not plan.attachments
