"""Every rule says in one Chinese sentence what it checks, with all its parameters, by the names that people use."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Literal, get_args, get_origin

import pytest
from pydantic import BaseModel, ValidationError

from scoring.model import Indicator
from scoring.rules import RULES
from scoring.services import edition_workbook, editions, rule_words
from scoring.services.edition_rows import Part

LEAVES = {(edition.id, leaf.code): leaf for edition in editions.available() for leaf in edition.leaves()}
HEAD = "edition: x\nformat: 1\ntitle: 题\nscale: weights\ngrades: [{name: 合格, at_least: 0}]\n"
BY_RULE: dict[str, list[Indicator]] = {}
for one in LEAVES.values():
    BY_RULE.setdefault(one.rule, []).append(one)


def others(value: Any, annotation: Any) -> Iterator[Any]:
    """Values of the same kind, each unlike `value`; some may not be valid."""
    if get_origin(annotation) is Literal:
        yield from (one for one in get_args(annotation) if one != value)
    elif isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield from (value + 1, value - 1)
    elif isinstance(value, Decimal):
        yield from (value / 2, Decimal("0.3"), Decimal(7))
    elif isinstance(value, str):
        yield from ("duties", "guide")
    elif isinstance(value, tuple):
        yield from ((*value, "duties"), ("duties", *value[1:]), value[1:], (*value[:-1], Decimal("0.1")))
    elif isinstance(value, dict):
        yield {name: (*several, "某词") if isinstance(several, tuple) else Decimal("0.1") for name, several in value.items()}
        yield {name: (month, day - 1) if isinstance(day, int) else day for name, (month, day) in value.items()} if value else {"A": (3, 4)}
    elif value is None:
        yield from (3, 7)


def changed(params: BaseModel, field: str) -> BaseModel:
    """The parameters with one of them otherwise."""
    for other in others(getattr(params, field), type(params).model_fields[field].annotation):
        try:
            made = type(params).model_validate({**params.model_dump(), field: other})
        except (ValidationError, TypeError):
            continue
        if made != params:
            return made
    raise AssertionError(f"no other value of {field} for {params!r}")


@pytest.mark.parametrize("rule", RULES)
def test_a_sentence_tells_every_parameter(rule: str) -> None:
    spec = RULES[rule]
    for leaf in BY_RULE[rule]:  # every rule is used by an edition that ships
        params = spec.params.model_validate(dict(leaf.params))
        said = spec.says(params)
        assert said.endswith("。")
        assert "满分" in said or "得分比例" in said
        assert "\n" not in said
        names = getattr(params, "names", {})
        for key in {getattr(params, "column", None), *getattr(params, "columns", ())} - {None}:
            assert f"“{names[key]}”" in said
        for field in set(spec.params.model_fields) - {"names", "ages"}:
            if (field == "due" and not getattr(params, field)) or (rule == "kinds_listed" and field == "days" and getattr(params, "year", False)):
                continue  # said of a leaf that names one; a calendar year leaves no room for days
            assert spec.says(changed(params, field)) != said, f"{leaf.code}: {field} is not told"


def test_no_parameter_is_left_to_its_english_name() -> None:
    known = {name for spec in RULES.values() for name in spec.params.model_fields}
    for (edition, code), leaf in LEAVES.items():
        said = rule_words.sentence(leaf)
        assert not known & set(re.findall(r"[a-z_]{3,}", said)), (edition, code, said)
        assert not re.search(r"Decimal|None|True|\{", said), (edition, code, said)


def test_due_kinds_are_told() -> None:
    (leaf,) = (one for one in editions.get("ningbo-2020").leaves() if one.code == "e7-kinds")
    assert "“决算”在当年 9 月 15 日（含）以前不要求" in rule_words.sentence(leaf)


def test_what_hangs_beside_the_tree_earns_no_points() -> None:
    for edition in editions.available():
        for veto in edition.vetoes:
            assert "得满分" not in (said := rule_words.sentence(veto.leaf, Part.VETO))
            assert "否决" in said or veto.leaf.manual
        for one in edition.deductions:
            assert "得满分" not in rule_words.sentence(one.leaf, Part.DEDUCTION)


def test_what_holds_beside_the_rule_is_said_too() -> None:
    text = f"""{HEAD}index:
  - {{code: a, title: 首页, weight: 1, rule: home_updated_within, with: {{days: 9}}, fix: 更新, inherits: true, runs: all}}
  - {{code: b, title: 首页, weight: 1, rule: home_updated_within, with: {{days: 9}}, fix: 更新}}
  - {{code: c, title: 人工, weight: 1, manual: {{points: true, guide: 按评分表}}}}
"""
    said = rule_words.by_code(editions.load(text))
    assert said == {
        "a": "首页最近一条信息的日期距采集日不超过 9 天，得满分；超过，不得分。没有独立网站的单位沿用所在网站的结果。评估时段内的每次采集都判定，取最差的一次。",
        "b": "首页最近一条信息的日期距采集日不超过 9 天，得满分；超过，不得分。没有独立网站的单位不涉及。",
        "c": "按评分表（在分值以内按分数评）",
    }


def test_a_rule_of_another_day_is_said_to_be_one() -> None:
    assert "本版程序没有这条规则的说明；参数：days=3" in rule_words.sentence(Indicator("x", "甲", Decimal(1), rule="gone", params={"days": 3}))


def test_the_workbook_says_it_and_reads_back_without() -> None:
    edition = editions.get("ningbo-2020-bm")
    data = edition_workbook.export(edition)
    again = edition_workbook.read(data, "x.xlsx").edition
    assert [(leaf.rule, leaf.params) for leaf in again.leaves()] == [(leaf.rule, leaf.params) for leaf in edition.leaves()]
