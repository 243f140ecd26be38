"""The YAML form of an edition: strict shapes, exact numbers, and pydantic's complaints in one Chinese line."""

import re
from collections.abc import Hashable, Sequence
from decimal import Decimal, InvalidOperation
from typing import Annotated, Any, Self

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, StrictStr, ValidationError

from scoring.errors import BadInput
from scoring.model import Check, Dimension, RankStyle, Scale

FORMAT = 1
_QUOTED = re.compile(r"'([^']*)'")


def _number(value: object) -> object:
    """Decimals and whole numbers only: no booleans, no text."""
    if isinstance(value, bool) or not isinstance(value, int | Decimal):
        raise ValueError("应为数字")  # noqa: TRY004 - pydantic collects ValueErrors
    return Decimal(value)


Code = Annotated[StrictStr, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]
Number = Annotated[Decimal, BeforeValidator(_number), Field(allow_inf_nan=False)]
Weight = Annotated[Number, Field(gt=0)]
Rate = Annotated[Number, Field(ge=0, le=1)]
Text = Annotated[StrictStr, Field(min_length=1)]


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
    title: StrictStr = ""
    dimension: Dimension | None = None
    rule: Text | None = None
    params: dict[str, Any] | None = Field(default=None, alias="with")
    check: Check | None = None
    manual: ManualForm | None = None
    needs: tuple[Text, ...] = ()
    basis: StrictStr = ""
    obligations: tuple[Annotated[StrictStr, Field(pattern=r"^[A-H][0-9]{1,2}$")], ...] = ()
    responsible: tuple[Text, ...] = ()
    fix: StrictStr = ""
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


class EditionForm(_Strict):
    """The whole file."""

    edition: Code
    format: int
    title: Text
    note: StrictStr = ""
    scale: Scale
    rank: RankStyle = RankStyle.COMPETITION
    coverage: Rate = Decimal("0.8")
    grades: Annotated[tuple[GradeForm, ...], Field(min_length=1)]
    index: Annotated[tuple[NodeForm, ...], Field(min_length=1)]
    veto: tuple[VetoForm, ...] = ()
    deductions: tuple[DeductionForm, ...] = ()
    bonus: BonusForm | None = None
    extends: StrictStr | None = None
    compose: tuple[Any, ...] = ()


class _Loader(yaml.SafeLoader):
    """SafeLoader with exact decimals; a key given twice is refused, not overwritten."""


def _decimal(_loader: yaml.SafeLoader, node: yaml.ScalarNode) -> Decimal:
    try:
        return Decimal(node.value.replace("_", ""))
    except InvalidOperation:
        raise yaml.constructor.ConstructorError(None, None, f"数字 {node.value} 无法识别", node.start_mark) from None


def _mapping(loader: yaml.SafeLoader, node: yaml.MappingNode) -> dict[Hashable, Any]:
    seen: set[Any] = set()
    for key, _ in node.value:
        name = key.value if isinstance(key, yaml.ScalarNode) else None
        if name in seen:
            raise yaml.constructor.ConstructorError(None, None, f"键 {name} 重复", key.start_mark)
        seen.add(name)
    return loader.construct_mapping(node, deep=True)


_Loader.add_constructor("tag:yaml.org,2002:float", _decimal)
_Loader.add_constructor(yaml.resolver.BaseResolver.DEFAULT_MAPPING_TAG, _mapping)


def parse(text: str, name: str) -> EditionForm:
    """The form of an edition. Raises BadInput in one line that names the file, the code and the remedy."""
    try:
        raw = yaml.load(text, _Loader)  # noqa: S506 - _Loader is a SafeLoader
    except yaml.MarkedYAMLError as error:
        line = f"第 {error.problem_mark.line + 1} 行：" if error.problem_mark else ""
        raise BadInput(f"指标体系 {name}：{line}不是有效的 YAML（{' '.join((error.problem or str(error)).split())}），请改正后再加载") from error
    except yaml.YAMLError as error:
        raise BadInput(f"指标体系 {name}：不是有效的 YAML（{' '.join(str(error).split())}），请改正后再加载") from error
    if not isinstance(raw, dict):
        raise BadInput(f"指标体系 {name}：文件内容应为键值结构，首行如 edition: ningbo-2020")
    version = raw.get("format")
    if isinstance(version, int) and not isinstance(version, bool) and version != FORMAT:
        remedy = "请升级程序后再加载" if version > FORMAT else f"应为 format: {FORMAT}"
        raise BadInput(f"指标体系 {name}：格式 {version} 与本程序支持的格式 {FORMAT} 不符，{remedy}")
    try:
        return EditionForm.model_validate(raw)
    except ValidationError as error:
        raise BadInput(f"指标体系 {name}：{complaint(error, raw)}") from error


def complaint(error: ValidationError, raw: object = None) -> str:
    """The first complaint of pydantic as 「代码：键 …」 in Chinese; `raw` tells which indicator's code stands above it."""
    first = error.errors()[0]
    where = [part for part in first["loc"] if part != "[key]"]
    code = _code_above(raw, where)
    keys = ".".join(str(part) for part in where if not isinstance(part, int)) if not code else str(where[-1]) if where else ""
    return f"{code}：{_say(first, keys)}" if code else _say(first, keys)


def _code_above(raw: object, where: Sequence[int | str]) -> str:
    code, node = "", raw
    for part in where:
        if isinstance(node, dict):
            code = str(node.get("code") or code)
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            break
    return code


def _say(first: Any, key: str) -> str:
    kind, given, limits = first["type"], first.get("input"), first.get("ctx", {})
    match kind:
        case "missing":
            return f"缺少必填的键 {key}，请补上"
        case "extra_forbidden":
            return f"不认识的键 {key}，请删去或改正拼写"
        case "enum" | "literal_error":
            return f"{key} 的值「{given}」不在允许范围，可用：{'、'.join(_QUOTED.findall(limits.get('expected', '')))}"
        case "greater_than" | "greater_than_equal" | "less_than" | "less_than_equal":
            sign = {"greater_than": ("大于", "gt"), "greater_than_equal": ("不小于", "ge"), "less_than": ("小于", "lt"), "less_than_equal": ("不大于", "le")}[
                kind
            ]
            return f"{key} 为 {given}，应{sign[0]} {limits.get(sign[1])}"
        case "string_pattern_mismatch":
            return f"{key} 为「{given}」，只能用小写字母、数字和连字符，并以字母或数字开头"
        case "string_too_short" | "too_short":
            return f"{key} 不能为空，请填写"
        case "value_error":
            return f"{key} 的值「{given}」类型不对，应为数字"
        case _:
            return f"{key} 的值「{given}」类型不对，应为{_TYPES.get(kind, '规定的类型')}"


_TYPES = {
    "string_type": "文字",
    "int_type": "整数",
    "int_parsing": "整数",
    "int_from_float": "整数",
    "bool_type": " true 或 false",
    "tuple_type": "列表",
    "list_type": "列表",
    "dict_type": "键值结构",
    "model_type": "键值结构",
    "model_attributes_type": "键值结构",
    "decimal_type": "数字",
    "decimal_parsing": "数字",
    "finite_number": "有限的数字",
}
