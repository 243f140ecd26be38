"""Fields of an indicator as the text of one cell, and back."""

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

import yaml

from scoring.edition import params
from scoring.edition.text import flow, value
from scoring.model import Check
from scoring.tabular.sheet import Cell

CHECKS = {Check.AUTO: "自动", Check.ASSIST: "机器初判", Check.MANUAL: "人工"}
EVERYBODY, BY_POINTS, CHECKED, UNCHECKED = "全部", "按分值给分", "已核对", "未核对"
BY_RULE = "（由规则判定，本列不导入）"
_CHECKS = {said: check for check, name in CHECKS.items() for said in (name, check.zh, check.value)} | {"自动评分": Check.AUTO, "机器初判人工核查": Check.ASSIST}
_EVERYBODY = {EVERYBODY, "全部单位", "所有单位", "所有", "各单位", "无", "不限"}
_SEPARATORS = re.compile(r"[、，,；;\n]")
_LEVEL_ENDS = re.compile(r"[；;\n]")


def many(items: Sequence[str]) -> str:
    """Several names in one cell."""
    if any(_SEPARATORS.search(one) or one.startswith("[") for one in items):
        return flow(list(items))
    return "、".join(items)


def names(cell: Cell, written: str) -> list[str]:
    """The names of a cell. Raises Problem."""
    if written.startswith("["):
        found = _value(cell, written)
        if not isinstance(found, list) or not all(isinstance(one, str) for one in found):
            raise cell.problem(f"「{written}」应为若干名称，用顿号隔开")
        return found
    return [one.strip() for one in _SEPARATORS.split(written) if one.strip()]


def duties(cell: Cell, written: str) -> list[str]:
    """适用对象: the duties a unit needs; nothing for 全部."""
    return [] if written in _EVERYBODY else names(cell, written)


def check(cell: Cell, written: str) -> Check:
    """评分方式. Raises Problem."""
    found = _CHECKS.get("".join(written.replace("、", "").split())) or _CHECKS.get(written)
    if found is None:
        raise cell.problem(f"评分方式「{written}」不认识，可用：{'、'.join(CHECKS.values())}")
    return found


def levels(given: Mapping[str, Any]) -> str:
    """优=1；良=0.7."""
    if any(_LEVEL_ENDS.search(name) or "=" in name or name.startswith("{") for name in given):
        return flow({name: f"{Decimal(ratio):f}" for name, ratio in given.items()})
    return "；".join(f"{name}={Decimal(ratio):f}" for name, ratio in given.items())


def read_levels(cell: Cell, written: str) -> dict[str, Decimal]:
    """The levels of a cell. Raises Problem naming the level that is wrong."""
    pairs: list[tuple[str, str]]
    if written.startswith("{"):
        found = _value(cell, written)
        if not isinstance(found, dict):
            raise cell.problem(f"评分档次「{written}」应写成 优=1；良=0.7；差=0")
        pairs = [(str(name), str(ratio)) for name, ratio in found.items()]
    else:
        pairs = []
        for part in (one.strip() for one in _LEVEL_ENDS.split(written)):
            if part:
                name, equals, ratio = part.replace("＝", "=").rpartition("=")
                if not equals or not name.strip():
                    raise cell.problem(f"评分档次「{part}」应写成 名称=得分率，如 优=1；良=0.7；差=0")
                pairs.append((name.strip(), ratio.strip()))
    out: dict[str, Decimal] = {}
    for name, ratio in pairs:
        number = Cell(cell.sheet, cell.row, cell.column, ratio).number(f"档次「{name}」的得分率")
        if number is None or not 0 <= number <= 1:
            raise cell.problem(f"档次「{name}」的得分率为「{ratio}」，应在 0 与 1 之间")
        if name in out:
            raise cell.problem(f"档次「{name}」重复，请只保留一处")
        out[name] = number
    return out


def verified(cell: Cell, written: str) -> bool:
    """核对. Raises Problem."""
    if written in (CHECKED, "是", "true", "TRUE"):
        return True
    if written in (UNCHECKED, "否", "false", "FALSE"):
        return False
    raise cell.problem(f"核对为「{written}」，可用：{CHECKED}、{UNCHECKED}")


def parameters(cell: Cell, written: str) -> dict[str, Any]:
    """参数. Raises Problem."""
    try:
        return params.read(written)
    except ValueError as error:
        raise cell.problem(str(error)) from None


def mapping(cell: Cell, written: str) -> dict[str, Any]:
    """其他: further keys of the form. Raises Problem."""
    found = _value(cell, written)
    if not isinstance(found, dict):
        raise cell.problem(f"「{written}」应为 {{键: 值}} 的写法")
    return found


def anything(cell: Cell, written: str) -> Any:
    """A value as YAML writes it. Raises Problem."""
    return _value(cell, written)


def _value(cell: Cell, written: str) -> Any:
    try:
        return value(written)
    except yaml.YAMLError:
        raise cell.problem(f"「{written}」无法识别，请检查引号和括号") from None
