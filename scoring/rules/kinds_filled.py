"""Which of several kinds of information are there: each in a column of its own that has content, or named by titles of a column for all (重大建设项目八类信息)."""

from datetime import date
from typing import Annotated

from pydantic import Field, StrictStr, model_validator

from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules import phrase
from scoring.rules.finding import columns_unobserved, graded, lacking_list, named, pages, part
from scoring.rules.reading import Reading
from scoring.rules.spec import ColumnsParams

Word = Annotated[StrictStr, Field(min_length=1)]


class Params(ColumnsParams):
    """`words`: of each kind's column, the words by which titles of the other columns show it. Columns without words are columns for all kinds."""

    words: Annotated[dict[Word, Annotated[tuple[Word, ...], Field(min_length=1)]], Field(min_length=1)]

    @model_validator(mode="after")
    def _known(self) -> "Params":
        if unknown := self.words.keys() - set(self.columns):
            raise ValueError(f"words 中的 {'、'.join(sorted(unknown))} 不在 columns 中")
        return self


def says(params: Params) -> str:
    """The rule in words."""
    kinds = "、".join(f"“{params.names.get(key, key)}”（{'/'.join(words)}）" for key, words in params.words.items())
    shared = [key for key in params.columns if key not in params.words]
    others = f"或在{phrase.named(params.names, shared)}等其他栏目的信息标题中出现" if shared else "或在其他各类的信息标题中出现"
    return f"{kinds}这 {len(params.words)} 类信息各有自己的栏目且有内容，{others}（括号内为标题用词，有其一即可），得满分；否则得分比例为有的类数占 {len(params.words)} 类的比例。"


def rule(evidence: UnitEvidence, params: Params, as_of: date) -> Finding:
    """Ratio = kinds there ÷ kinds; NOT_OBSERVED when the column of a kind that is not found was not observed, or a column for all was not read to its end twice."""
    readings = {reading.key: reading for reading in named(evidence, params.names, params.columns)}
    lacking = [readings[key] for key in params.words if not readings[key].filled and not _named(readings, key, params.words[key], as_of)]
    told = {
        "total": len(params.words),
        "count": len(lacking),
        "missing": [reading.name for reading in lacking],
        "names": [one.name for one in readings.values()],
    }
    if not lacking:
        return graded(part(1, 1), Reason.KINDS_SHOWN, told, pages(reading for reading in readings.values() if reading.filled))
    shared = [reading for key, reading in readings.items() if key not in params.words]
    if unseen := [reading for reading in (*lacking, *shared) if reading.filled is None]:
        return columns_unobserved(unseen)
    what = "、".join(reading.name for reading in lacking)
    if doubt := next((doubt for reading in shared if reading.filled and (doubt := lacking_list(reading, what))), None):
        return doubt
    return graded(part(len(params.words) - len(lacking), len(params.words)), Reason.KINDS_LACKING, told, pages(lacking))


def _named(readings: dict[str, Reading], key: str, words: tuple[str, ...], as_of: date) -> bool:
    others = (reading for other, reading in readings.items() if other != key and reading.filled)
    return any(word in item.title for reading in others for item in reading.items(as_of) for word in words)
