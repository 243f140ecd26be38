"""One leaf from its form: who decides it, and its rule's parameters with the dictionary's facts filled in."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Protocol

from pydantic import BaseModel, ValidationError

from crawlers.columns import Column
from scoring.edition.complaint import complaint
from scoring.edition.form import LeafForm
from scoring.edition.refusal import Refusal
from scoring.errors import BadInput
from scoring.facts import Runs
from scoring.model import Check, Indicator, Manual

DUTIES = ("行政执法", "规范性文件", "对外服务", "农业农村")
FILLED = ("names", "elements", "ages")


class RuleSignature(Protocol):
    """What the loader must know of a rule."""

    @property
    def params(self) -> type[BaseModel]:
        """The model of its parameters. A field `column` or `columns` holds keys of the dictionary."""


@dataclass(frozen=True, slots=True)
class LeafBuilder:
    """Makes leaves with the dictionary and the rules at hand. `lenient`: the edition is only read, so that a rule, parameter or column of its day need not exist today."""

    refuse: Refusal
    columns: Mapping[str, Column]
    rules: Mapping[str, RuleSignature]
    lenient: bool = False

    def build(self, form: LeafForm, weight: Decimal, *, fixed: bool) -> Indicator:
        """The leaf, checked; `fixed`: an automatic one must say how a fault is mended."""
        if form.rule and form.manual:
            raise self.refuse(form.code, "rule 与 manual 只能写一个，请删去其一", "rule")
        if not form.rule and not form.manual:
            raise self.refuse(form.code, "缺少 rule 或 manual，请写明由规则判定还是人工评分", "manual")
        for duty in form.needs:
            if duty not in DUTIES:
                raise self.refuse(form.code, f"needs 中的职责「{duty}」不认识，可用：{'、'.join(DUTIES)}", "needs")
        if form.manual:
            check, params = Check.MANUAL, {}
            if form.params is not None or form.check not in (None, Check.MANUAL):
                raise self.refuse(form.code, "人工评分的指标不能写 with 或 check，请删去", "check" if form.params is None else "with")
            if form.runs is not None or form.inherits:
                raise self.refuse(form.code, "人工评分的指标不能写 runs 或 inherits，请删去", "other")
            if form.manual.points == bool(form.manual.levels):
                raise self.refuse(form.code, "manual 应在 levels 与 points: true 中写且只写一个", "manual")
        else:
            check, params = form.check or Check.AUTO, self._params(form)
            if check is Check.MANUAL:
                raise self.refuse(form.code, "由规则判定的指标 check 只能是 auto 或 assist", "check")
            if fixed and not form.fix.strip():
                raise self.refuse(form.code, "自动判定的指标缺少整改办法 fix，请补上", "fix")
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
            runs=form.runs or Runs.LATEST,
            inherits=form.inherits,
        )

    def _params(self, form: LeafForm) -> dict[str, Any]:
        try:
            return self._checked(form)
        except BadInput:
            if not self.lenient:
                raise
        given = dict(form.params or {})
        keys = [key for key in (given.get("column"), *_listed(given)) if isinstance(key, str) and key in self.columns]
        return given | ({"names": {key: self.columns[key].name for key in keys}} if keys else {})

    def _checked(self, form: LeafForm) -> dict[str, Any]:
        spec = self.rules.get(form.rule or "")
        if spec is None:
            raise self.refuse(form.code, f"规则 {form.rule} 不存在，可用：{'、'.join(sorted(self.rules))}", "rule")
        given = dict(form.params or {})
        fields = spec.params.model_fields
        for key in given:
            if key not in fields or key in FILLED:
                usable = "、".join(field for field in fields if field not in FILLED) or "无"
                raise self.refuse(form.code, f"规则 {form.rule} 没有参数 {key}，可用：{usable}", "with")
        keys = self._keys(form.code, given)
        if "elements" in fields and keys:
            if not self.columns[keys[0]].elements:
                raise self.refuse(form.code, f"栏目 {keys[0]} 在栏目词典中没有要素 elements，请先补上", "with")
            given["elements"] = list(self.columns[keys[0]].elements)
        lists = {key: column for key, column in self.columns.items() if column.kind == "list"}
        if "names" in fields:
            given["names"] = {key: self.columns[key].name for key in keys or lists}
        if "ages" in fields:
            given["ages"] = {key: column.days for key, column in lists.items() if column.days}
        try:
            return spec.params.model_validate(given).model_dump()
        except ValidationError as error:
            raise self.refuse(form.code, f"规则 {form.rule} 的参数：{complaint(error)}", "with") from error

    def _keys(self, code: str, given: Mapping[str, Any]) -> list[str]:
        """The column keys among the parameters, each known to the dictionary."""
        named = [given["column"]] if "column" in given else _listed(given)
        keys = [key for key in named if isinstance(key, str)]
        for key in keys:
            if key not in self.columns:
                raise self.refuse(code, f"栏目 {key} 不在栏目词典 data/columns.yml 中，请改正或先补上", "with")
            if keys.count(key) > 1:
                raise self.refuse(code, f"栏目 {key} 重复，请只保留一处", "with")
        return keys


def _listed(given: Mapping[str, Any]) -> list[Any]:
    several = given.get("columns", [])
    return list(several) if isinstance(several, list) else []
