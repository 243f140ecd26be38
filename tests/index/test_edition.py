"""The loader: our own editions, and every refusal as one Chinese line that names the culprit."""

import hashlib
import re
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from crawlers.columns import load_columns
from scoring.edition import DUTIES, load
from scoring.errors import BadInput
from scoring.model import Check, Edition, Outcome, Scale
from scoring.rules import RULES
from tests.index.make import BESIDE, COLUMNS, SICHUAN, TREE, edition

EDITIONS = Path(__file__).resolve().parents[2] / "data" / "editions"
ONE = "edition: t\nformat: 1\ntitle: 测\nscale: points\ngrades: [{name: 甲, at_least: 0}]\nindex: [{code: x, weight: 1, %s}]\n"


def ours() -> list[Edition]:
    return [load(path, columns=COLUMNS, rules=RULES) for path in sorted(EDITIONS.glob("*.yml"))]


def test_the_dictionary_loads() -> None:
    columns = load_columns()
    assert len(columns) >= 60
    assert list(columns["guide"].elements) == ["分类", "编排体系", "获取方式", "机构名称", "办公地址", "办公时间", "联系电话", "传真", "互联网联系方式"]
    assert all(column.obligation for column in columns.values())


def test_our_editions() -> None:
    editions = {one.id: one for one in ours()}
    assert {"ningbo-2020", "ningbo-2020-bm"} <= set(editions)
    for one in editions.values():
        assert one.full == 100
        assert one.sha == hashlib.sha256(one.text.encode()).hexdigest()
        assert "示例权重" in one.note
        for leaf in one.leaves():
            assert leaf.basis, leaf.code
            assert len(leaf.fix) >= 15, leaf.code
            assert leaf.responsible, leaf.code
            if leaf.manual:
                assert leaf.check is Check.MANUAL
                assert leaf.manual.guide.count("。") >= 3, leaf.code
                if leaf.manual.levels:
                    assert {Decimal(0), Decimal(1)} <= set(leaf.manual.levels.values()), leaf.code
        for leaf in (leaf for node in one.index for leaf in node.leaves()):
            assert leaf.dimension, leaf.code


def test_every_rule_and_duty_is_used_by_our_editions() -> None:
    leaves = [leaf for one in ours() for leaf in one.leaves()]
    assert {leaf.rule for leaf in leaves if leaf.rule} == set(RULES)
    assert {duty for leaf in leaves for duty in leaf.needs} == set(DUTIES)


def test_examples_of_the_format_load() -> None:
    assert edition(SICHUAN).full == 100
    one = edition(BESIDE)
    assert (one.vetoes[0].score, one.vetoes[1].score, one.deductions[0].max) == (None, Decimal(59), Decimal(5))
    assert one.leaf("a1").params["names"] == {"news": "政务要闻"}
    assert one.scale is Scale.POINTS


def test_weights_need_not_add_up_on_the_scale_of_weights() -> None:
    text = TREE.replace("scale: points", "scale: weights").replace("weight: 60", "weight: 7")
    assert edition(text).full == 100


@pytest.mark.parametrize("text", [TREE, BESIDE])
def test_text_and_file_are_the_same_edition(text: str, tmp_path: Path) -> None:
    path = tmp_path / "one.yml"
    path.write_text(text, "utf-8")
    assert load(path, columns=COLUMNS, rules=RULES) == edition(text)


REFUSALS: list[tuple[str, Callable[[], str], str, str]] = [
    ("a child's code twice", lambda: TREE.replace("code: a2", "code: a1"), "a1", "重复"),
    ("a veto's code twice", lambda: BESIDE.replace("code: v59", "code: a1"), "a1", "重复"),
    ("children do not sum", lambda: TREE.replace("weight: 60", "weight: 61"), "a", "60 与本级权重 61 不符"),
    ("children do not sum by a hair", lambda: TREE.replace("weight: 20", "weight: 20.0000000000000000001"), "a", "不符"),
    ("unknown rule", lambda: TREE.replace("updated_within", "updated_soon"), "a1", "规则 updated_soon 不存在"),
    ("unknown column", lambda: TREE.replace("column: news", "column: gnus"), "a1", "栏目 gnus 不在栏目词典"),
    ("unknown column among several", lambda: ONE % "rule: columns_present, with: {columns: [news, gnus]}, fix: 改", "x", "栏目 gnus"),
    ("a column twice", lambda: ONE % "rule: columns_present, with: {columns: [news, news]}, fix: 改", "x", "栏目 news 重复"),
    ("no columns", lambda: ONE % "rule: columns_present, with: {columns: []}, fix: 改", "x", "不能为空"),
    ("columns that are text", lambda: ONE % "rule: columns_present, with: {columns: news}, fix: 改", "x", "应为列表"),
    ("a number as column", lambda: ONE % "rule: column_present, with: {column: 1}, fix: 改", "x", "应为文字"),
    ("a column without elements", lambda: ONE % "rule: elements_present, with: {column: news}, fix: 改", "x", "没有要素"),
    ("unknown parameter", lambda: TREE.replace("days: 14", "dys: 14"), "a1", "没有参数 dys，可用：column、days"),
    ("a parameter that only the dictionary gives", lambda: TREE.replace("days: 14", "days: 14, names: {}"), "a1", "没有参数 names"),
    ("missing parameter", lambda: TREE.replace(", days: 14", ""), "a1", "缺少必填的键 days"),
    ("text for a whole number", lambda: TREE.replace("days: 14", "days: '14'"), "a1", "应为整数"),
    ("a fraction for a whole number", lambda: TREE.replace("days: 14", "days: 14.5"), "a1", "应为整数"),
    ("true for a whole number", lambda: TREE.replace("days: 14", "days: true"), "a1", "应为整数"),
    ("a parameter out of bounds", lambda: TREE.replace("days: 14", "days: 0"), "a1", "应大于 0"),
    ("a share above one", lambda: ONE % "rule: dead_links_at_most, with: {share: 2}, fix: 改", "x", "应不大于 1"),
    ("unknown duty", lambda: TREE.replace("needs: [行政执法]", "needs: [行政许可]"), "a3", "职责「行政许可」不认识"),
    ("a duty that is no list", lambda: TREE.replace("needs: [行政执法]", "needs: 行政执法"), "a3", "应为列表"),
    ("missing fix", lambda: TREE.replace(", fix: 更新", ""), "a1", "缺少整改办法 fix"),
    ("empty fix", lambda: TREE.replace("fix: 更新", "fix: ' '"), "a1", "缺少整改办法 fix"),
    ("rule and manual", lambda: TREE.replace("fix: 更新", "fix: 更新, manual: {points: true, guide: 按}"), "a1", "只能写一个"),
    ("neither rule nor manual", lambda: ONE % "title: 空", "x", "缺少 rule 或 manual"),
    ("levels and points", lambda: TREE.replace("levels: {优: 1", "points: true, levels: {优: 1"), "a2", "levels 与 points"),
    ("neither levels nor points", lambda: ONE % "manual: {guide: 按}", "x", "levels 与 points"),
    ("a level above one", lambda: TREE.replace("良: 0.7", "良: 1.7"), "a2", "应不大于 1"),
    ("a level below zero", lambda: TREE.replace("差: 0", "差: -0.1"), "a2", "应不小于 0"),
    ("a level that is text", lambda: TREE.replace("良: 0.7", "良: 高"), "a2", "应为数字"),
    ("no guide", lambda: TREE.replace(", guide: 按要求", ""), "a2", "缺少必填的键 guide"),
    ("parameters on a manual leaf", lambda: ONE % "manual: {points: true, guide: 按}, with: {days: 1}", "x", "不能写 with"),
    ("check on a manual leaf", lambda: ONE % "manual: {points: true, guide: 按}, check: auto", "x", "不能写 with 或 check"),
    ("manual check on a rule", lambda: TREE.replace("fix: 更新", "fix: 更新, check: manual"), "a1", "只能是 auto 或 assist"),
    ("unknown check", lambda: TREE.replace("fix: 更新", "fix: 更新, check: both"), "a1", "不在允许范围"),
    ("a rule on a node with children", lambda: TREE.replace("title: 甲\n", "title: 甲\n    rule: site_reachable\n"), "a", "有下级指标的节点不能写 rule"),
    ("empty children", lambda: ONE % "children: []", "x", "children 为空"),
    ("unknown key of a leaf", lambda: TREE.replace("fix: 更新", "fix: 更新, wieght: 3"), "a1", "不认识的键 wieght"),
    ("unknown key of the file", lambda: TREE + "wheel: 1\n", "wheel", "不认识的键"),
    ("unknown dimension", lambda: TREE.replace("dimension: 及时性", "dimension: 速度", 1), "a1", "不在允许范围"),
    ("unknown scale", lambda: TREE.replace("scale: points", "scale: stars"), "scale", "不在允许范围"),
    ("weight zero", lambda: TREE.replace("weight: 40", "weight: 0"), "b", "应大于 0"),
    ("weight that is text", lambda: TREE.replace("weight: 40", "weight: '40'"), "b", "应为数字"),
    ("weight that is true", lambda: TREE.replace("weight: 40", "weight: true"), "b", "应为数字"),
    ("weight without end", lambda: TREE.replace("weight: 40", "weight: .inf"), "数字 .inf", "不是有效的 YAML"),
    ("missing weight", lambda: TREE.replace("weight: 40, ", ""), "b", "缺少必填的键 weight"),
    ("a code that is no slug", lambda: TREE.replace("code: a2", "code: A 2"), "A 2", "只能用小写字母"),
    ("grades not falling", lambda: TREE.replace("at_least: 60", "at_least: 95"), "grades", "从高到低"),
    ("grades without a floor", lambda: TREE.replace("at_least: 0", "at_least: 1"), "grades", "应为 0"),
    ("no grades", lambda: re.sub(r"grades: .*", "grades: []", TREE), "grades", "不能为空"),
    ("a grade twice", lambda: TREE.replace("name: 优秀", "name: 合格"), "grades", "「合格」重复"),
    ("coverage above one", lambda: TREE.replace("coverage: 0.8", "coverage: 80"), "coverage", "应不大于 1"),
    ("deduction from nowhere", lambda: BESIDE.replace("from: a,", "from: z,"), "d", "from 所指的指标 z"),
    ("deduction from a veto", lambda: BESIDE.replace("from: a,", "from: v0,"), "d", "from 所指的指标 v0"),
    ("deduction of nothing", lambda: BESIDE.replace("max: 5", "max: 0"), "d", "应大于 0"),
    ("negative veto score", lambda: BESIDE.replace("score: 59", "score: -1"), "v59", "应不小于 0"),
    ("bonus with children", lambda: BESIDE.replace("weight: 4, manual", "weight: 4, children: [], manual"), "x", "不能有下级"),
    ("bonus without leaves", lambda: re.sub(r"leaves: \[.*\]}", "leaves: []}", BESIDE), "bonus.leaves", "不能为空"),
    ("a newer format", lambda: TREE.replace("format: 1", "format: 2"), "格式 2", "请升级程序"),
    ("a format that never was", lambda: TREE.replace("format: 1", "format: 0"), "格式 0", "format: 1"),
    ("no format", lambda: TREE.replace("format: 1\n", ""), "format", "缺少必填的键"),
    ("no index", lambda: TREE.split("index:", maxsplit=1)[0], "index", "缺少必填的键"),
    ("changes of nothing", lambda: TREE + "change: {a1: {weight: 2}}\n", "change", "没有写 extends"),
    ("based on something without a hash", lambda: TREE + "based_on: {edition: base, sha: 1}\n", "based_on.sha", "应为文字"),
    ("compose", lambda: TREE + "compose: [{index: other, weight: 1}]\n", "compose", "缺少必填的键"),
    ("a key twice", lambda: TREE.replace("coverage: 0.8", "coverage: 0.8\ncoverage: 0.7"), "coverage", "重复"),
    ("no YAML", lambda: TREE + "[", "第 ", "不是有效的 YAML"),
    ("a Python object", lambda: TREE + "note: !!python/name:os.system x\n", "python", "不是有效的 YAML"),
    ("a list", lambda: "- 1\n", "（文本）", "键值结构"),
    ("nothing", lambda: "", "（文本）", "键值结构"),
]


@pytest.mark.parametrize(("text", "culprit", "why"), [pytest.param(make(), culprit, why, id=name) for name, make, culprit, why in REFUSALS])
def test_refused(text: str, culprit: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        edition(text)
    message = str(caught.value)
    assert culprit in message
    assert why in message
    assert "\n" not in message
    assert "（文本）" in message


def test_refusal_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match=re.escape(str(tmp_path / "none.yml"))):
        load(tmp_path / "none.yml", columns=COLUMNS, rules=RULES)
    (tmp_path / "gb.yml").write_bytes(TREE.encode("gb18030"))
    with pytest.raises(BadInput, match="UTF-8"):
        load(tmp_path / "gb.yml", columns=COLUMNS, rules=RULES)


def test_compose_may_stand_empty() -> None:
    assert edition(TREE + "compose: []\n").id == "test"


def test_numbers_are_exact() -> None:
    assert edition(TREE).leaf("a2").manual.levels["良"] == Decimal("0.7")  # type: ignore[union-attr]
    assert edition(ONE % "rule: dead_links_at_most, with: {share: 0.1}, fix: 改").leaf("x").params["share"] == Decimal("0.1")


def test_outcomes_stay_five() -> None:
    assert len(Outcome) == 5
