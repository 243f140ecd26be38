"""Which of several kinds of information the titles of some columns name (预决算的种类、执法公示五类、公共企事业单位 …)."""

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Annotated

from pydantic import Field, StrictInt, StrictStr, model_validator

from crawlers.observation import Item
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, graded, lacking_list, named, no_date, not_applicable, pages, part, without_content
from scoring.rules.reading import Reading
from scoring.rules.spec import ColumnsParams, Days, Month, MonthDay
from scoring.rules.years import deadline

Word = Annotated[StrictStr, Field(min_length=1)]


class Params(ColumnsParams):
    """`kinds`: name → words, any of which in a title shows it. `days`: only items of so many days; `year`: only items of this year.

    `due`: kind → (month, day) until when it is not asked this year. `least`: kinds that earn full marks, where not all are asked.
    """

    kinds: Annotated[dict[Word, Annotated[tuple[Word, ...], Field(min_length=1)]], Field(min_length=1)]
    days: Days | None = None
    year: bool = False
    due: dict[Word, tuple[Month, MonthDay]] = Field(default_factory=dict)
    least: Annotated[StrictInt, Field(gt=0)] | None = None

    @model_validator(mode="after")
    def _known(self) -> "Params":
        if unknown := self.due.keys() - self.kinds.keys():
            raise ValueError(f"due 中的 {'、'.join(sorted(unknown))} 不在 kinds 中")
        return self


def says(params: Params) -> str:
    """The rule in words."""
    span = "当年" if params.year else f"近 {params.days} 天" if params.days else ""
    kinds = "、".join(f"“{name}”（{'/'.join(words)}）" for name, words in params.kinds.items())
    full = min(params.least or len(params.kinds), len(params.kinds))
    enough = "都有" if params.least is None else f"至少有 {params.least} 类"
    due = "".join(f"；“{kind}”在当年 {month} 月 {day} 日（含）以前不要求" for kind, (month, day) in params.due.items())
    return (
        f"{phrase.columns(params)}{span}的信息标题中，{kinds}{enough}（括号内为标题用词，有其一即可），得满分；否则得分比例为有的类数占 {full} 类的比例{due}。"
    )


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = kinds shown ÷ kinds asked; NOT_APPLICABLE while none is due; NOT_OBSERVED where a list was not read to its end twice, or only undated items show a kind."""
    due = {kind: deadline(as_of.year, *params.due[kind]) for kind in params.due}
    asked = [kind for kind in params.kinds if kind not in due or as_of > due[kind]]
    if not asked:
        return not_applicable(Reason.NOT_DUE, {"deadline": min(due.values()).isoformat()})
    readings = named(evidence, params.names, params.columns)
    items = [item for reading in readings if reading.filled for item in reading.items(as_of)]
    since = _since(params, as_of)
    shown = [kind for kind in asked if any(_in(item, since) for item in _telling(items, params.kinds[kind]))]
    full = min(params.least or len(asked), len(asked))
    lacking = [kind for kind in asked if kind not in shown]
    told = {"names": [reading.name for reading in readings], "total": full, "count": full - len(shown), "shown": len(shown), "missing": lacking}
    if len(shown) >= full:
        return graded(part(full, full), Reason.KINDS_SHOWN, told, pages(reading for reading in readings if reading.filled))
    if len(readings) == 1 and not readings[0].filled:
        return without_content(readings[0])
    if doubt := _doubt(readings, lacking):
        return doubt
    if since and any(item.date is None for kind in lacking for item in _telling(items, params.kinds[kind])):
        return no_date(next(reading for reading in readings if any(item.date is None for item in reading.items(as_of))))
    return graded(part(len(shown), full), Reason.KINDS_LACKING, told, pages(readings))


def _since(params: Params, as_of: date) -> date | None:
    if params.year:
        return date(as_of.year, 1, 1)
    return as_of - timedelta(days=params.days) if params.days else None


def _telling(items: Iterable[Item], words: tuple[str, ...]) -> list[Item]:
    return [item for item in items if any(word in item.title for word in words)]


def _in(item: Item, since: date | None) -> bool:
    return since is None or (item.date is not None and item.date >= since)


def _doubt(readings: list[Reading], lacking: list[str]) -> Finding | None:
    """Why a kind may not be called absent; None: it may."""
    if unseen := [reading for reading in readings if reading.filled is None]:
        return columns_unobserved(unseen)
    what = "、".join(lacking)
    return next((doubt for reading in readings if reading.filled and (doubt := lacking_list(reading, what))), None)
