"""Whether the standard catalogues cover every trial field (26个试点领域) that the dictionary names."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr

from crawlers.status import FetchStatus
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import graded, lacking_list, part, unobserved, without_content
from scoring.rules.opened import lacks_surely, pages_of
from scoring.rules.reading import read
from scoring.rules.spec import ColumnParams


class Params(ColumnParams):
    """`elements`: the fields, filled in from the dictionary, where counties add their own. `left_out`: fields that do not exist here."""

    elements: Annotated[tuple[StrictStr, ...], Field(min_length=1)]
    left_out: tuple[StrictStr, ...] = ()


def says(params: Params) -> str:
    """The rule in words."""
    asked = [name for name in params.elements if name not in params.left_out]
    without = f"（{phrase.quoted(params.left_out)}本地没有，不要求）" if params.left_out else ""
    return f"{phrase.column(params)}的目录覆盖{'、'.join(asked)}等领域{without}，得满分；否则得分比例为覆盖的领域数占 {len(asked)} 个的比例。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = fields named in titles or in the catalogues' text ÷ fields asked. A field is lacking only where list and catalogues were read to their end, twice."""
    reading = read(evidence, params.column, params.name)
    if not reading.filled or reading.sighting is None:
        return without_content(reading)
    asked = [name for name in params.elements if name not in params.left_out]
    documents = reading.sighting.documents
    titles = " ".join(item.title for item in reading.items(as_of))
    named = {name for one in documents for name in one.elements} | {name for name in asked if name in titles}
    missing = [name for name in asked if name not in named]
    told = {"column": params.name, "total": len(asked), "count": len(missing), "missing": missing}
    if not missing:
        return graded(part(1, 1), Reason.FIELDS_COVERED, told, pages_of(evidence.site, documents) or reading.evidence)
    if doubt := lacking_list(reading, "、".join(missing[:5])):
        return doubt
    unread = [one for one in documents if one.fetch is not FetchStatus.OK or not lacks_surely(one)]
    if unread or len(documents) < len(reading.items(as_of)):
        count = max(len(unread), len(reading.items(as_of)) - len(documents) + len(unread))
        return unobserved(Reason.DOCUMENTS_UNREAD, {"column": params.name, "total": len(reading.items(as_of)), "count": count}, reading.evidence)
    return graded(part(len(asked) - len(missing), len(asked)), Reason.FIELDS_LACKING, told, reading.evidence)
