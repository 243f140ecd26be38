"""Whether a number of items was published in columns within a span of days: all of them, or those whose titles name a word (列席, 主要负责人)."""

import re
from datetime import date
from typing import Annotated

from pydantic import Field, StrictInt, StrictStr

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, graded, lacking_list, met, named, no_date, pages, part, unobserved, without_content
from scoring.rules.reading import Reading
from scoring.rules.spec import ColumnsParams, Days

_SHOWN = 5
_DEPUTY = "副"


class Params(ColumnsParams):
    """`least`: items asked for; `words`: one of them stands in a title, not as that of a deputy (副区长 is no 区长); none: every item counts."""

    days: Days
    least: Annotated[StrictInt, Field(gt=0, le=100)] = 1
    words: tuple[Annotated[StrictStr, Field(min_length=1)], ...] = ()


def says(params: Params) -> str:
    """The rule in words."""
    columns = phrase.columns(params)
    if not params.words:
        few = "没有信息" if params.least == 1 else f"不足的，得分比例为条数÷{params.least}；没有信息"
        return f"{columns}近 {params.days} 天发布的信息不少于 {params.least} 条，得满分；{few}或栏目都没有，不得分。"
    return (
        f"{columns}近 {params.days} 天发布的信息中，标题含{phrase.any_of(params.words)}（副职不算）的不少于 {params.least} 条，得满分；"
        "不足而有别的信息的，未判定，由人看正文；没有信息或栏目都没有，不得分。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """MET; with fewer: NOT_OBSERVED when titles were searched for words (the texts may say it), else PARTIAL or UNMET. UNMET when none of the columns is there."""
    readings = named(evidence, params.names, params.columns)
    held = [reading for reading in readings if reading.filled]
    dated = {item.url: (item.date, item.title) for reading in held for item in reading.dated(as_of) if item.date and (as_of - item.date).days <= params.days}
    wanted = _words(params.words)
    found = sorted((one for one in dated.values() if wanted is None or wanted.search(one[1])), reverse=True)
    told = {
        "days": params.days,
        "what": _what(readings, params.words),
        "count": len(found),
        "least": params.least,
        "titles": [f"《{title}》（{day}）" for day, title in found[:_SHOWN]],
    }
    if len(found) >= params.least:
        return met(Reason.ITEMS_ENOUGH, told, pages(held))
    if unseen := [reading for reading in readings if reading.filled is None]:
        return columns_unobserved(unseen)
    if not held:
        return without_content(readings[0])
    if params.words and dated:
        return unobserved(Reason.ITEMS_UNTOLD, told, pages(held))
    if undated := next((reading for reading in held if any(item.date is None for item in reading.dated(as_of))), None):
        return no_date(undated)
    unread = next((one for reading in held if (one := _lacking(reading, params.days)) is not None), None)
    return unread or graded(part(len(found), params.least), Reason.ITEMS_FEW, told, pages(held))


def _lacking(reading: Reading, days: int) -> Finding | None:
    return lacking_list(reading, f"近 {days} 天的信息")


def _words(words: tuple[str, ...]) -> re.Pattern[str] | None:
    return re.compile(f"(?<!{_DEPUTY})(?:{'|'.join(map(re.escape, words))})") if words else None


def _what(readings: list[Reading], words: tuple[str, ...]) -> str:
    columns = "、".join(f"「{reading.name}」" for reading in readings)
    return f"{columns}中标题含“{'”或“'.join(words)}”的信息" if words else f"{columns}的信息"
