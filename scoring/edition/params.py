"""Parameters of a rule as people write them in one cell: a line each, `键=值`, the value as in YAML."""

from collections.abc import Mapping
from typing import Any

import yaml

from scoring.edition.leaf import FILLED
from scoring.edition.text import flow, value


def given(params: Mapping[str, Any]) -> dict[str, Any]:
    """What an edition wrote of a leaf's parameters: without what the dictionary filled in."""
    return {key: value for key, value in params.items() if key not in FILLED}


def write(params: Mapping[str, Any]) -> str:
    """The text of parameters, from which `read` gives them back."""
    return "\n".join(f"{key}={flow(one)}" for key, one in params.items())


def read(text: str) -> dict[str, Any]:
    """Parameters from their text. Raises ValueError for a line that is no `键=值`."""
    found: dict[str, Any] = {}
    for line in text.splitlines():
        if not line.strip():
            continue
        key, equals, written = line.partition("=")
        key = key.strip()
        if not equals or not key:
            raise ValueError(f"参数「{line}」应写成 键=值，每行一个，如 days=365")
        if key in found:
            raise ValueError(f"参数 {key} 重复，请只保留一行")
        try:
            found[key] = value(written)
        except yaml.YAMLError:
            raise ValueError(f"参数 {key} 的值「{written}」无法识别，文字含特殊符号时请加引号") from None
    return found
