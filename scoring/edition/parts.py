"""`compose:` and `sample:` of an edition: what they may say, and what makes no sense."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated

from pydantic import Field, StrictInt

from scoring.edition.fields import Code, Line, Strict, Text, Weight
from scoring.edition.refusal import Refusal
from scoring.parts import Part, PartSource, Sample

_HUNDRED = Decimal(100)


class SampleForm(Strict):
    """`count` of the candidates, drawn by `seed`."""

    count: Annotated[StrictInt, Field(ge=1)]
    seed: Annotated[StrictInt, Field(ge=0)]

    def sample(self) -> Sample:
        """The sample."""
        return Sample(self.count, self.seed)


class PartForm(Strict):
    """One part of `compose:`."""

    code: Code
    title: Text
    weight: Weight
    source: PartSource
    full: Weight | None = None
    groups: tuple[Text, ...] = ()
    sample: SampleForm | None = None
    basis: Line = ""


def parts_of(forms: Sequence[PartForm], refuse: Refusal) -> tuple[Part, ...]:
    """The parts, checked: the index once, weights that sum to 100, and no key that means nothing for its source."""
    if not forms:
        return ()
    total = sum((form.weight for form in forms), Decimal(0))
    if total != _HUNDRED:
        raise refuse("", f"compose 各部分的权重合计 {total}，应为 100")
    own = [form.code for form in forms if form.source is PartSource.INDEX]
    if len(own) != 1:
        raise refuse("", f"compose 中 source: index（本指标体系）应有且只有一个，现有 {len(own)} 个")
    if len(forms) == 1:
        raise refuse(own[0], "compose 只有本指标体系一个部分，请补上其他部分或删去 compose")
    for form in forms:
        if form.full is not None and form.source is not PartSource.IMPORT:
            raise refuse(form.code, "full 只用于 source: import（导入的得分），请删去")
        if (form.groups or form.sample) and form.source is not PartSource.CHILDREN:
            raise refuse(form.code, f"{'groups' if form.groups else 'sample'} 只用于 source: children（所属单位的平均），请删去")
        if twice := next((group for group in form.groups if form.groups.count(group) > 1), None):
            raise refuse(form.code, f"groups 中分组「{twice}」重复，请只保留一处")
    return tuple(
        Part(form.code, form.title, form.weight, form.source, form.full or _HUNDRED, form.groups, form.sample.sample() if form.sample else None, form.basis)
        for form in forms
    )


def drawn(form: SampleForm, code: str, children: Sequence[str], refuse: Refusal) -> frozenset[str]:
    """The codes drawn from a node's children."""
    if form.count >= len(children):
        raise refuse(code, f"sample 的 count 为 {form.count}，而下级指标只有 {len(children)} 个，请改小或删去 sample")
    return frozenset(form.sample().draw(code, children))
