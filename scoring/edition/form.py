"""The form of an edition: strict shapes and exact numbers. An edition that `extends` another has this form once its differences were applied."""

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictStr

from scoring.facts import Runs
from scoring.model import Check, Dimension, RankStyle, Scale

FORMAT = 1


def _number(value: object) -> object:
    """Decimals and whole numbers only: no booleans, no text."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("应为数字")  # noqa: TRY004 - pydantic collects ValueErrors
    return Decimal(value)


def _trimmed(value: object) -> object:
    """Blanks at the ends of a text mean nothing; a workbook could not keep them apart."""
    return value.strip() if isinstance(value, str) else value


Code = Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Number = Annotated[Decimal, BeforeValidator(_number), Field(allow_inf_nan=False)]
Weight = Annotated[Number, Field(gt=0)]
Rate = Annotated[Number, Field(ge=0, le=1)]
Line = Annotated[StrictStr, BeforeValidator(_trimmed)]
Text = Annotated[Line, Field(min_length=1)]


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class ManualForm(_Strict):
    """`manual:` of a leaf."""

    guide: Text
    levels: dict[Text, Rate] = Field(default_factory=dict)
    points: StrictBool = False


class LeafForm(_Strict):
    """What every leaf may state, wherever it hangs."""

    code: Code
    title: Line = ""
    dimension: Dimension | None = None
    rule: Text | None = None
    params: dict[str, Any] | None = Field(default=None, alias="with")
    check: Check | None = None
    manual: ManualForm | None = None
    needs: tuple[Text, ...] = ()
    basis: Line = ""
    obligations: tuple[Annotated[StrictStr, Field(pattern=r"^[A-H][0-9]{1,2}$")], ...] = ()
    runs: Runs | None = None
    inherits: StrictBool = False
    responsible: tuple[Text, ...] = ()
    fix: Line = ""
    verified: StrictBool = True


class NodeForm(LeafForm):
    """A node of the tree, or a bonus leaf: with a weight."""

    weight: Weight
    children: tuple[Self, ...] | None = None


class VetoForm(LeafForm):
    """`score` null: the total becomes 0."""

    score: Annotated[Number, Field(ge=0)] | None = None


class DeductionForm(LeafForm):
    """Takes points off the item `from`."""

    source: Code = Field(alias="from")
    max: Weight


class BonusForm(_Strict):
    """加分."""

    cap: Weight
    above: Annotated[Number, Field(ge=0)]
    leaves: Annotated[tuple[NodeForm, ...], Field(min_length=1)]


class GradeForm(_Strict):
    """等次."""

    name: Text
    at_least: Annotated[Number, Field(ge=0)]


class BasedOnForm(_Strict):
    """The edition that this one was written as differences from: its id, and the SHA-256 of its text as it then was."""

    edition: Code
    sha: Annotated[StrictStr, Field(pattern=r"^[0-9a-f]{64}$")]


class EditionForm(_Strict):
    """The whole file."""

    edition: Code
    format: int
    based_on: BasedOnForm | None = None
    title: Text
    note: Line = ""
    scale: Scale
    rank: RankStyle = RankStyle.COMPETITION
    coverage: Rate = Decimal("0.8")
    grades: Annotated[tuple[GradeForm, ...], Field(min_length=1)]
    index: Annotated[tuple[NodeForm, ...], Field(min_length=1)]
    veto: tuple[VetoForm, ...] = ()
    deductions: tuple[DeductionForm, ...] = ()
    bonus: BonusForm | None = None
    compose: tuple[Any, ...] = ()
