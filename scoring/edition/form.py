"""The form of an edition: strict shapes and exact numbers. An edition that `extends` another has this form once its differences were applied."""

from decimal import Decimal
from typing import Annotated, Any, Self

from pydantic import Field, StrictBool, StrictInt, StrictStr

from crawlers.columns import Kind
from scoring.edition.fields import Code, Line, Number, Rate, Strict, Text, Weight
from scoring.edition.parts import PartForm, SampleForm
from scoring.facts import Runs
from scoring.model import Check, Dimension, RankStyle, Scale
from scoring.parts import NotApplicable

FORMAT = 1


class ManualForm(Strict):
    """`manual:` of a leaf."""

    guide: Text
    levels: dict[Text, Rate] = Field(default_factory=dict)
    points: StrictBool = False


class LeafForm(Strict):
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
    sample: SampleForm | None = None


class VetoForm(LeafForm):
    """`score` null: the total becomes 0."""

    score: Annotated[Number, Field(ge=0)] | None = None


class DeductionForm(LeafForm):
    """Takes points off the item `from`."""

    source: Code = Field(alias="from")
    max: Weight


class BonusForm(Strict):
    """加分."""

    cap: Weight
    above: Annotated[Number, Field(ge=0)]
    leaves: Annotated[tuple[NodeForm, ...], Field(min_length=1)]


class GradeForm(Strict):
    """等次."""

    name: Text
    at_least: Annotated[Number, Field(ge=0)]


class BasedOnForm(Strict):
    """The edition that this one was written as differences from: its id, and the SHA-256 of its text as it then was."""

    edition: Code
    sha: Annotated[StrictStr, Field(pattern=r"^[0-9a-f]{64}$")]


class ColumnForm(Strict):
    """A column as the dictionary had it when the edition was kept (`scoring.edition.kept`)."""

    name: Text
    kind: Kind
    days: Annotated[StrictInt, Field(gt=0)] | None = None
    elements: tuple[Text, ...] = ()


class EditionForm(Strict):
    """The whole file."""

    edition: Code
    format: int
    based_on: BasedOnForm | None = None
    title: Text
    note: Line = ""
    scale: Scale
    rank: RankStyle = RankStyle.COMPETITION
    coverage: Rate = Decimal("0.8")
    not_applicable: NotApplicable = NotApplicable.SHARE
    grades: Annotated[tuple[GradeForm, ...], Field(min_length=1)]
    index: Annotated[tuple[NodeForm, ...], Field(min_length=1)]
    veto: tuple[VetoForm, ...] = ()
    deductions: tuple[DeductionForm, ...] = ()
    bonus: BonusForm | None = None
    compose: tuple[PartForm, ...] = ()
    dictionary: dict[Text, ColumnForm] | None = None
