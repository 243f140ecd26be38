"""What pydantic complains of, in one Chinese line."""

import re
from collections.abc import Sequence
from typing import Any

from pydantic import ValidationError

_QUOTED = re.compile(r"'([^']*)'")


def complaint(error: ValidationError, raw: object = None) -> str:
    """The first complaint of pydantic as 「代码：键 …」 in Chinese; `raw` tells which indicator's code stands above it."""
    code, why, _ = complained(error, raw)
    return f"{code}：{why}" if code else why


def complained(error: ValidationError, raw: object = None) -> tuple[str, str, str]:
    """The first complaint as the indicator's code (empty for the file itself), what is wrong, and the key of the form at which it is."""
    first = error.errors()[0]
    where = [part for part in first["loc"] if part != "[key]"]
    code, key = _code_above(raw, where)
    keys = ".".join(str(part) for part in where if not isinstance(part, int)) if not code else str(where[-1]) if where else ""
    return code, _say(first, keys), key


def _code_above(raw: object, where: Sequence[int | str]) -> tuple[str, str]:
    """The code of the deepest indicator on the way, and the key that comes after it."""
    code, key, node = "", str(where[0]) if where else "", raw
    for part in where:
        if isinstance(node, dict):
            if "code" in node:
                code, key = str(node.get("code") or code), str(part)
            node = node.get(part)
        elif isinstance(node, list) and isinstance(part, int) and part < len(node):
            node = node[part]
        else:
            break
    return code, key


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
