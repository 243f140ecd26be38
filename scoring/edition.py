"""Editions (指标体系版本), `data/editions/*.yml`: read, checked and refused with one Chinese line that names the file, the code and the remedy.

Column keys and rule signatures are handed in by services; the dictionary's facts that a rule needs (`names`, `elements`, `ages`) are put into its parameters here.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from crawlers.columns import Column
from crawlers.oserror import said
from scoring.edition_file import DeductionForm, EditionForm, LeafForm, NodeForm, VetoForm, complaint, parse
from scoring.errors import BadInput
from scoring.model import Bonus, Check, Deduction, Edition, Grade, Indicator, Manual, Scale, Veto

DUTIES = ("行政执法", "规范性文件", "对外服务")
FILLED = ("names", "elements", "ages")


class RuleSignature(Protocol):
    """What the loader must know of a rule."""

    @property
    def params(self) -> type[BaseModel]:
        """The model of its parameters. A field `column` or `columns` holds keys of the dictionary."""


def load(source: Path | str, *, columns: Mapping[str, Column], rules: Mapping[str, RuleSignature]) -> Edition:
    """Read an edition from a file (Path) or from its YAML text (str). Raises BadInput."""
    if isinstance(source, Path):
        name = str(source)
        try:
            text = source.read_text("utf-8")
        except OSError as error:
            raise BadInput(f"无法读取指标体系 {source}：{said(error)}，请检查路径") from error
        except UnicodeDecodeError as error:
            raise BadInput(f"指标体系 {source}：不是 UTF-8 编码，请另存为 UTF-8 后再加载") from error
    else:
        name, text = "（文本）", source
    return _Builder(name, columns, rules).build(parse(text, name), text)


@dataclass(frozen=True, slots=True)
class _Builder:
    name: str
    columns: Mapping[str, Column]
    rules: Mapping[str, RuleSignature]

    def build(self, form: EditionForm, text: str) -> Edition:
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
            sha=hashlib.sha256(text.encode()).hexdigest(),
            text=text,
        )
        self._codes(edition)
        return edition

    def _refuse(self, code: str, why: str) -> BadInput:
        return BadInput(f"指标体系 {self.name}：{code + '：' if code else ''}{why}")

    def _whole(self, form: EditionForm) -> None:
        if form.extends:
            raise self._refuse("", f"extends: {form.extends} 尚不支持，请把所依据版本的内容写全")
        if form.compose:
            raise self._refuse("", "compose 尚不支持，请删去或留空 compose: []")
        marks = [grade.at_least for grade in form.grades]
        if marks != sorted(set(marks), reverse=True):
            raise self._refuse("", "grades 的 at_least 应从高到低排列且不重复")
        if marks[-1] != 0:
            raise self._refuse("", f"grades 最后一档「{form.grades[-1].name}」的 at_least 应为 0，使每个得分都有等次")
        names = [grade.name for grade in form.grades]
        if twice := next((name for name in names if names.count(name) > 1), None):
            raise self._refuse("", f"grades 中等次「{twice}」重复，请只保留一处")

    def _codes(self, edition: Edition) -> None:
        codes = [node.code for first in edition.index for node in first.walk()]
        items = set(codes)
        codes += [veto.leaf.code for veto in edition.vetoes] + [one.leaf.code for one in edition.deductions]
        codes += [leaf.code for leaf in edition.bonus.leaves] if edition.bonus else []
        seen: set[str] = set()
        for code in codes:
            if code in seen:
                raise self._refuse(code, "代码重复，请改为唯一的代码")
            seen.add(code)
        for deduction in edition.deductions:
            if deduction.source not in items:
                raise self._refuse(deduction.leaf.code, f"from 所指的指标 {deduction.source} 不在 index 中，请改为已有的代码")

    def _node(self, form: NodeForm, scale: Scale) -> Indicator:
        if form.children is None:
            return self._leaf(form, form.weight, fixed=True)
        if not form.children:
            raise self._refuse(form.code, "children 为空，请补上下级指标或改为叶子")
        for key in ("rule", "params", "check", "manual", "needs", "fix", "dimension"):
            if getattr(form, key):
                raise self._refuse(form.code, f"有下级指标的节点不能写 {'with' if key == 'params' else key}，请移到叶子上")
        total = sum((child.weight for child in form.children), Decimal(0))
        if scale is Scale.POINTS and total != form.weight:
            raise self._refuse(form.code, f"下级权重合计 {total} 与本级权重 {form.weight} 不符，请改为一致")
        return Indicator(
            form.code,
            form.title or form.code,
            form.weight,
            children=tuple(self._node(child, scale) for child in form.children),
            basis=form.basis,
            responsible=form.responsible,
            verified=form.verified,
        )

    def _veto(self, form: VetoForm) -> Veto:
        return Veto(self._leaf(form, Decimal(0), fixed=False), form.score)

    def _deduction(self, form: DeductionForm) -> Deduction:
        return Deduction(self._leaf(form, form.max, fixed=False), form.source, form.max)

    def _bonus(self, form: NodeForm) -> Indicator:
        if form.children is not None:
            raise self._refuse(form.code, "加分项不能有下级，请删去 children")
        return self._leaf(form, form.weight, fixed=True)

    def _leaf(self, form: LeafForm, weight: Decimal, *, fixed: bool) -> Indicator:
        if form.rule and form.manual:
            raise self._refuse(form.code, "rule 与 manual 只能写一个，请删去其一")
        if not form.rule and not form.manual:
            raise self._refuse(form.code, "缺少 rule 或 manual，请写明由规则判定还是人工评分")
        for duty in form.needs:
            if duty not in DUTIES:
                raise self._refuse(form.code, f"needs 中的职责「{duty}」不认识，可用：{'、'.join(DUTIES)}")
        if form.manual:
            check, params = Check.MANUAL, {}
            if form.params is not None or form.check not in (None, Check.MANUAL):
                raise self._refuse(form.code, "人工评分的指标不能写 with 或 check，请删去")
            if form.manual.points == bool(form.manual.levels):
                raise self._refuse(form.code, "manual 应在 levels 与 points: true 中写且只写一个")
        else:
            check, params = form.check or Check.AUTO, self._params(form)
            if check is Check.MANUAL:
                raise self._refuse(form.code, "由规则判定的指标 check 只能是 auto 或 assist")
            if fixed and not form.fix.strip():
                raise self._refuse(form.code, "自动判定的指标缺少整改办法 fix，请补上")
        return Indicator(
            form.code,
            form.title or form.code,
            weight,
            check=check,
            rule=form.rule or "",
            params=params,
            manual=Manual(form.manual.guide, dict(form.manual.levels), form.manual.points) if form.manual else None,
            dimension=form.dimension,
            needs=form.needs,
            basis=form.basis,
            fix=form.fix,
            responsible=form.responsible,
            verified=form.verified,
            obligations=form.obligations,
        )

    def _params(self, form: LeafForm) -> dict[str, Any]:
        spec = self.rules.get(form.rule or "")
        if spec is None:
            raise self._refuse(form.code, f"规则 {form.rule} 不存在，可用：{'、'.join(sorted(self.rules))}")
        given = dict(form.params or {})
        fields = spec.params.model_fields
        for key in given:
            if key not in fields or key in FILLED:
                usable = "、".join(field for field in fields if field not in FILLED) or "无"
                raise self._refuse(form.code, f"规则 {form.rule} 没有参数 {key}，可用：{usable}")
        keys = self._keys(form.code, given)
        if "elements" in fields and keys:
            if not self.columns[keys[0]].elements:
                raise self._refuse(form.code, f"栏目 {keys[0]} 在栏目词典中没有要素 elements，请先补上")
            given["elements"] = list(self.columns[keys[0]].elements)
        lists = {key: column for key, column in self.columns.items() if column.kind == "list"}
        if "names" in fields:
            given["names"] = {key: self.columns[key].name for key in keys or lists}
        if "ages" in fields:
            given["ages"] = {key: column.days for key, column in lists.items() if column.days}
        try:
            return spec.params.model_validate(given).model_dump()
        except ValidationError as error:
            raise self._refuse(form.code, f"规则 {form.rule} 的参数：{complaint(error)}") from error

    def _keys(self, code: str, given: Mapping[str, Any]) -> list[str]:
        """The column keys among the parameters, each known to the dictionary."""
        several = given.get("columns", [])
        named = [given["column"]] if "column" in given else list(several) if isinstance(several, list) else []
        keys = [key for key in named if isinstance(key, str)]
        for key in keys:
            if key not in self.columns:
                raise self._refuse(code, f"栏目 {key} 不在栏目词典 data/columns.yml 中，请改正或先补上")
            if keys.count(key) > 1:
                raise self._refuse(code, f"栏目 {key} 重复，请只保留一处")
        return keys
