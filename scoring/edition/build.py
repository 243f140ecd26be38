"""An edition from its form: what concerns the whole tree (sums, codes, grades) is checked here."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path

from crawlers.columns import Column
from scoring.edition import kept
from scoring.edition.form import DeductionForm, EditionForm, NodeForm, VetoForm
from scoring.edition.leaf import LeafBuilder, RuleSignature
from scoring.edition.parts import drawn, parts_of
from scoring.edition.refusal import Refusal
from scoring.edition.source import Source, find
from scoring.model import Bonus, Deduction, Edition, Grade, Indicator, Scale, Veto


def load(source: Path | str, *, columns: Mapping[str, Column], rules: Mapping[str, RuleSignature], folder: Path | None = None) -> Edition:
    """Read an edition from a file (Path) or from its YAML text (str); what it `extends` is looked for beside the file, then in `folder`. Raises BadInput."""
    return from_source(find(source, folder), columns=columns, rules=rules)


def read_kept(written: str, *, columns: Mapping[str, Column], rules: Mapping[str, RuleSignature]) -> Edition:
    """An edition that was kept (`scoring.edition.kept`), to be read, not judged by: its columns are those it was kept with, rules and columns unknown today are let pass. Raises BadInput."""
    found = find(written, None)
    form = found.form()
    return _Builder(found.refuse, LeafBuilder(found.refuse, kept.columns_of(form, columns), rules, lenient=True)).build(form, found)


def from_source(found: Source, *, columns: Mapping[str, Column], rules: Mapping[str, RuleSignature]) -> Edition:
    """The edition of a source. Raises BadInput."""
    return _Builder(found.refuse, LeafBuilder(found.refuse, columns, rules)).build(found.form(), found)


@dataclass(frozen=True, slots=True)
class _Builder:
    """An edition from its form."""

    refuse: Refusal
    leaves: LeafBuilder

    def build(self, form: EditionForm, source: Source) -> Edition:
        self._whole(form)
        edition = Edition(
            id=form.edition,
            title=form.title,
            scale=form.scale,
            rank=form.rank,
            coverage=form.coverage,
            grades=tuple(Grade(grade.name, grade.at_least) for grade in form.grades),
            index=tuple(self._node(node, form.scale) for node in form.index),
            vetoes=tuple(self._veto(veto) for veto in form.veto),
            deductions=tuple(self._deduction(deduction) for deduction in form.deductions),
            bonus=Bonus(form.bonus.cap, form.bonus.above, tuple(self._bonus(leaf) for leaf in form.bonus.leaves)) if form.bonus else None,
            note=form.note,
            sha=source.sha,
            text=source.text,
            parent=form.based_on.edition if form.based_on else "",
            parent_sha=form.based_on.sha if form.based_on else "",
            not_applicable=form.not_applicable,
            parts=parts_of(form.compose, self.refuse),
        )
        self._codes(edition)
        return edition

    def _whole(self, form: EditionForm) -> None:
        marks = [grade.at_least for grade in form.grades]
        if marks != sorted(set(marks), reverse=True):
            raise self.refuse("", "grades 的 at_least 应从高到低排列且不重复", "grades")
        if marks[-1] != 0:
            raise self.refuse("", f"grades 最后一档「{form.grades[-1].name}」的 at_least 应为 0，使每个得分都有等次", "grades")
        names = [grade.name for grade in form.grades]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise self.refuse("", f"grades 中等次「{twice}」重复，请只保留一处", "grades")

    def _codes(self, edition: Edition) -> None:
        codes = [node.code for first in edition.index for node in first.walk()]
        items = set(codes)
        codes += [veto.leaf.code for veto in edition.vetoes] + [one.leaf.code for one in edition.deductions]
        codes += [leaf.code for leaf in edition.bonus.leaves] if edition.bonus else []
        codes += [part.code for part in edition.parts]
        seen: set[str] = set()
        for code in codes:
            if code in seen:
                raise self.refuse(code, "代码重复，请改为唯一的代码", "code")
            seen.add(code)
        for deduction in edition.deductions:
            if deduction.source not in items:
                raise self.refuse(deduction.leaf.code, f"from 所指的指标 {deduction.source} 不在 index 中，请改为已有的代码", "from")

    def _node(self, form: NodeForm, scale: Scale) -> Indicator:
        if form.children is None:
            if form.sample:
                raise self.refuse(form.code, "没有下级指标，不能写 sample，请删去")
            return self.leaves.build(form, form.weight, fixed=True)
        if not form.children:
            raise self.refuse(form.code, "children 为空，请补上下级指标或改为叶子")
        for key in ("rule", "params", "check", "manual", "needs", "fix", "dimension", "runs", "inherits"):
            if getattr(form, key):
                raise self.refuse(form.code, f"有下级指标的节点不能写 {'with' if key == 'params' else key}，请移到叶子上")
        total = sum((child.weight for child in form.children), Decimal(0))
        if scale is Scale.POINTS and total != form.weight:
            raise self.refuse(form.code, f"下级权重合计 {total} 与本级权重 {form.weight} 不符，请改为一致", "weight")
        children = tuple(self._node(child, scale) for child in form.children)
        if form.sample:
            chosen = drawn(form.sample, form.code, [child.code for child in children], self.refuse)
            children = tuple(child if child.code in chosen else _undrawn(child) for child in children)
        return Indicator(
            form.code,
            form.title or form.code,
            form.weight,
            children=children,
            basis=form.basis,
            responsible=form.responsible,
            verified=form.verified,
            sample=form.sample.sample() if form.sample else None,
        )

    def _veto(self, form: VetoForm) -> Veto:
        return Veto(self.leaves.build(form, Decimal(0), fixed=False), form.score)

    def _deduction(self, form: DeductionForm) -> Deduction:
        return Deduction(self.leaves.build(form, form.max, fixed=False), form.source, form.max)

    def _bonus(self, form: NodeForm) -> Indicator:
        if form.children is not None or form.sample:
            raise self.refuse(form.code, f"加分项不能有{'下级，请删去 children' if form.children is not None else '抽样，请删去 sample'}")
        return self.leaves.build(form, form.weight, fixed=True)


def _undrawn(node: Indicator) -> Indicator:
    """A node that the sample passed over, with all below it."""
    return replace(node, drawn=False, children=tuple(_undrawn(child) for child in node.children))
