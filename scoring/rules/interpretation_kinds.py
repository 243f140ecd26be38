"""In how many forms policies are interpreted, as the titles tell (图解、问答、音视频、访谈、发布会、流程演示), and how many interpretations are more than text."""

import re
from datetime import date
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, graded, named, no_date, not_applicable, pages, part, unobserved, without_content
from scoring.rules.spec import ColumnsParams, Days

_KINDS = {
    "图解图表": re.compile(r"图解|一图|图说|图表|图文|长图|漫画|海报"),
    "问答": re.compile(r"问答|答记者问|[十百几\d]问|你问我答|Q&A|百问", re.IGNORECASE),
    "音视频动漫": re.compile(r"视频|动漫|动画|音频|短片|微电影|H5", re.IGNORECASE),
    "在线访谈": re.compile(r"访谈|专访|对话|做客"),
    "新闻发布会": re.compile(r"发布会|吹风会"),
    "数据事例或流程演示": re.compile(r"流程演示|流程图|操作演示|演示|数说|案例|事例|以案"),
}


class Params(ColumnsParams):
    """`columns`: that of interpretations first, then others whose items are of one kind. `least`: kinds; `share`: of items that are more than text; `days`: how far back."""

    days: Days
    least: Annotated[StrictInt, Field(gt=0, le=6)] = 3
    share: Annotated[Decimal, Field(ge=0, le=1)] = Decimal("0.5")


def says(params: Params) -> str:
    """The rule in words."""
    return (
        f"{phrase.columns(params)}近 {params.days} 天的解读至少有 {params.least} 种形式（{'、'.join(_KINDS)}），且不止是文字的占 {phrase.percent(params.share)} 以上，得满分；"
        f"否则得分比例取“形式数÷{params.least}”与“所占比例÷{phrase.percent(params.share)}”中较小的；这一时段没有解读的，不涉及。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = the lesser of kinds ÷ `least` and share ÷ `share`, 1 at most; NOT_OBSERVED when no title tells a form. Items that two columns list count once."""
    first, *others = named(evidence, params.names, params.columns)
    if not first.filled:
        return without_content(first)
    if unseen := [reading for reading in others if reading.filled is None]:
        return columns_unobserved(unseen)
    readings = [first, *(reading for reading in others if reading.filled)]
    items = {item.url: item.title for reading in readings for item in reading.items(as_of) if item.date is not None and (as_of - item.date).days <= params.days}
    if not items:
        undated = any(item.date is None for item in first.items(as_of)) or not first.items(as_of)
        return no_date(first) if undated else not_applicable(Reason.NONE_RECENT, {"column": first.name, "days": params.days})
    told_by = {url: {kind for kind, words in _KINDS.items() if words.search(title)} for url, title in items.items()}
    kinds = [kind for kind in _KINDS if any(kind in told for told in told_by.values())]
    rich = sum(1 for told in told_by.values() if told)
    share = part(rich, len(items))
    params_told = {
        "days": params.days,
        "total": len(items),
        "kinds": kinds,
        "count": len(kinds),
        "least": params.least,
        "share": str(share),
        "limit": str(params.share),
    }
    if not kinds:
        return unobserved(Reason.INTERPRETATION_KINDS_UNTOLD, params_told, pages(readings))
    ratio = min(Decimal(1), part(len(kinds), params.least), share / params.share if params.share else Decimal(1))
    return graded(ratio, Reason.INTERPRETATION_KINDS if ratio == 1 else Reason.INTERPRETATION_KINDS_FEW, params_told, pages(readings))
