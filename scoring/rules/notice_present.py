"""Whether a notice tells of something that a body has to announce when it does it (关停整合网站、账号). Nothing to announce is 不涉及, unless a person knows better."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr

from scoring.model import EvidenceRef, Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, lacking_list, met, named, not_applicable
from scoring.rules.spec import ColumnsParams

_SHOWN = 10
Words = Annotated[tuple[Annotated[StrictStr, Field(min_length=1)], ...], Field(min_length=1)]


class Params(ColumnsParams):
    """A title tells of it when it holds one of `what` and one of `of`."""

    what: Words
    of: Words


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.columns(params)}有标题既含{phrase.any_of(params.what)}、又含{phrase.any_of(params.of)}的公告，得满分；"
        "没有这样的公告，不涉及（有没有应当公告的事，由人判断）。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET (announced), NOT_APPLICABLE (lists read to their end, twice, hold no such notice), NOT_OBSERVED."""
    readings = named(evidence, params.names, params.columns)
    found = [item for one in readings if one.filled for item in one.items(as_of) if _tells(item.title, params)]
    names = [reading.name for reading in readings]
    if found:
        refs = tuple(dict.fromkeys(EvidenceRef(item.url) for item in found[:_SHOWN]))
        return met(Reason.NOTICE_FOUND, {"names": names, "count": len(found), "titles": [f"《{item.title}》" for item in found[:_SHOWN]]}, refs)
    if unseen := [reading for reading in readings if reading.filled is None]:
        return columns_unobserved(unseen)
    if doubt := next((doubt for reading in readings if reading.filled and (doubt := lacking_list(reading, "有关公告"))), None):
        return doubt
    return not_applicable(Reason.NOTICE_NONE, {"names": names})


def _tells(title: str, params: Params) -> bool:
    return any(word in title for word in params.what) and any(word in title for word in params.of)
