"""怎样判定 of a leaf, in words: the sentence of its rule with all parameters, or the guide and levels by which people score it."""

from collections.abc import Mapping

from pydantic import ValidationError

from scoring.edition import params
from scoring.facts import Runs
from scoring.model import Edition, Indicator
from scoring.rules import RULES
from scoring.services.edition_rows import Part, plain, rows

_BESIDE = {
    Part.VETO: {"得满分": "不否决", "不得分": "否决"},
    Part.DEDUCTION: {"得满分": "不扣分", "不得分": "扣满", "得分比例": "不扣的比例"},
}
"""What full marks and none mean for what hangs beside the tree."""


def sentence(leaf: Indicator, part: Part = Part.INDEX) -> str:
    """What a leaf is judged by; empty for a node above leaves."""
    if leaf.manual:
        return _guide(leaf)
    if not leaf.rule:
        return ""
    said = _rule(leaf)
    for points, other in _BESIDE.get(part, {}).items():
        said = said.replace(points, other)
    return said + _whose(leaf)


def by_code(edition: Edition) -> dict[str, str]:
    """The same of every leaf of an edition."""
    return {row.node.code: sentence(row.node, row.part) for row in rows(edition) if row.node.is_leaf}


def _rule(leaf: Indicator) -> str:
    spec = RULES.get(leaf.rule)
    try:
        if spec is not None:
            return spec.says(spec.params.model_validate(dict(leaf.params)))
    except ValidationError:
        pass
    return f"由当时的程序按规则 {leaf.rule} 判定，本版程序没有这条规则的说明；参数：{_written(params.given(leaf.params))}。"


def _whose(leaf: Indicator) -> str:
    """What holds beside the rule: units without a site of their own, and the runs that count."""
    spec = RULES.get(leaf.rule)
    said = ""
    if spec is not None and spec.host_level:
        said += "没有独立网站的单位沿用所在网站的结果。" if leaf.inherits else "没有独立网站的单位不涉及。"
    if leaf.runs is Runs.ALL:
        said += "评估时段内的每次采集都判定，取最差的一次。"
    return said


def _guide(leaf: Indicator) -> str:
    manual = leaf.manual
    assert manual is not None
    levels = "；".join(f"{name} {plain(value)}" for name, value in manual.levels.items())
    return f"{manual.guide}（{levels or '在分值以内按分数评'}）"


def _written(given: Mapping[str, object]) -> str:
    return "，".join(f"{name}={value}" for name, value in given.items()) or "无"
