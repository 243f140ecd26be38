"""What a rule is: its id, version, parameters, and the pure function that judges."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field, StrictInt, StrictStr

from crawlers.status import ScopeKind
from scoring.facts import Source
from scoring.model import Finding, UnitEvidence
from scoring.reasons import Reason
from scoring.rules.finding import not_applicable

Days = Annotated[StrictInt, Field(gt=0, le=3660)]
Month = Annotated[StrictInt, Field(ge=1, le=12)]
MonthDay = Annotated[StrictInt, Field(ge=1, le=31)]


class Params(BaseModel):
    """Parameters of a rule. `column`/`columns` name keys of the dictionary; `names`, `elements` and `ages` are filled in by the loader from it, never written in an edition."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class ColumnParams(Params):
    """A rule on one column."""

    column: StrictStr
    names: dict[str, str] = Field(default_factory=dict)

    @property
    def name(self) -> str:
        """The column's Chinese name."""
        return self.names.get(self.column, self.column)


class ColumnsParams(Params):
    """A rule on several columns."""

    columns: Annotated[tuple[StrictStr, ...], Field(min_length=1)]
    names: dict[str, str] = Field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule as the engine sees it. `says`: one Chinese sentence for parameters, which tells all of them and what is worth full marks, part of them and none.

    `host_level`: it concerns a whole site, so that a unit which only has a scope on one is 不涉及, or inherits what is said of the site.

    `calendar`: it judges dates against the calendar (this year, this quarter, a deadline): nothing after the end of the 评估时段 counts, and the year is that of its last
    day. `off_site`: it looks at no run, but at facts that no crawl gives (`scoring.facts`).
    """

    id: str
    version: int
    params: type[BaseModel]
    rule: Callable[[UnitEvidence, Any, date], Finding]
    says: Callable[[Any], str]
    host_level: bool = False
    calendar: bool = False
    off_site: Source | None = None

    def judge(self, evidence: UnitEvidence, params: Mapping[str, Any] | BaseModel, as_of: date, *, inherits: bool = False) -> Finding:
        """The finding for one unit. `params` as an edition holds them. Raises pydantic.ValidationError for wrong ones."""
        kind = evidence.view.kind if evidence.view is not None else evidence.kind
        if self.host_level and not inherits and kind not in (None, ScopeKind.SITE):
            return not_applicable(Reason.HOST_LEVEL, {})
        if self.calendar and evidence.span is not None:
            as_of = min(as_of, evidence.span.end)
        return self.rule(evidence, params if isinstance(params, BaseModel) else self.params.model_validate(dict(params)), as_of)
