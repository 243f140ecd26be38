"""`extends`: an edition as its differences from another, whole and loadable alone once resolved."""

from collections.abc import Callable
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.edition import load
from scoring.errors import BadInput
from scoring.model import Check, Edition
from scoring.rules import RULES
from scoring.services import editions
from tests.index.make import BESIDE, COLUMNS, edition

HEAD = "edition: child\nformat: 1\nextends: base\n"
Write = Callable[..., Edition]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Load an edition that extends BESIDE (`base.yml`), which stands beside it; further files by keyword."""

    def made(differences: str, *, head: str = HEAD, **more: str) -> Edition:
        for name, text in {"base": BESIDE, **more}.items():
            (tmp_path / f"{name}.yml").write_text(text, "utf-8")
        (tmp_path / "child.yml").write_text(head + differences, "utf-8")
        return load(tmp_path / "child.yml", columns=COLUMNS, rules=RULES)

    return made


def codes(one: Edition) -> list[str]:
    return [node.code for first in one.index for node in first.walk()]


def test_without_differences_only_the_name_is_new(write: Write) -> None:
    base, child = edition(BESIDE), write("title: 新\n")
    assert (child.id, child.title, child.parent, child.parent_sha) == ("child", "新", "test", base.sha)
    assert (child.index, child.vetoes, child.deductions, child.bonus, child.grades) == (base.index, base.vetoes, base.deductions, base.bonus, base.grades)


def test_the_stored_text_is_enough(write: Write) -> None:
    child = write("change: {a1: {weight: 15.50}, a2: {weight: 34.5}}\n")
    assert edition(child.text) == child
    assert "extends" not in child.text


def test_the_base_is_part_of_the_identity(write: Write) -> None:
    before = write("title: 新\n")
    after = write("title: 新\n", base=BESIDE.replace("guide: 按要求", "guide: 按新要求"))
    comment = write("title: 新\n", base="# 说明\n" + BESIDE)
    assert len({before.sha, after.sha, comment.sha}) == 3


def test_change_reaches_every_part(write: Write) -> None:
    child = write(
        """
change:
  a: {title: 新甲}
  a1: {with: {days: 7}, fix: 每周更新, basis: 要点, verified: false, needs: [行政执法], responsible: [办公室], dimension: null}
  v59: {score: 40}
  d: {max: 2}
  x: {weight: 1.5}
"""
    )
    leaf = child.leaf("a1")
    assert (leaf.params["days"], leaf.params["column"], leaf.fix, leaf.basis, leaf.verified) == (7, "news", "每周更新", "要点", False)
    assert (leaf.needs, leaf.responsible, leaf.dimension, child.index[0].title) == (("行政执法",), ("办公室",), None, "新甲")
    assert (child.vetoes[1].score, child.deductions[0].max, child.leaf("x").weight) == (Decimal(40), Decimal(2), Decimal("1.5"))


def test_a_rule_becomes_manual_and_back(write: Write) -> None:
    child = write("change: {a1: {manual: {points: true, guide: 按表}}, a2: {rule: column_present, with: {column: guide}, fix: 设置}}\n")
    assert (child.leaf("a1").check, child.leaf("a1").rule, child.leaf("a2").manual, child.leaf("a2").rule) == (Check.MANUAL, "", None, "column_present")
    other = write("change: {a1: {rule: columns_fresh, with: {columns: [news], days: 5}}, a2: {manual: {levels: {是: 1, 否: 0}}}}\n")
    assert set(other.leaf("a1").params) == {"columns", "days", "names"}
    manual = other.leaf("a2").manual
    assert manual
    assert (manual.guide, list(manual.levels)) == ("按要求", ["是", "否"])


def test_add_has_a_place_and_drop_takes_all_below(write: Write) -> None:
    leaf = "weight: 40, manual: {points: true, guide: 按}"
    child = write(
        f"""
drop: [a, d, v0]
add:
  - {{before: b, code: c, title: 丙, weight: 60, children: [{{code: c1, {leaf}}}, {{code: c2, weight: 15, manual: {{points: true, guide: 按}}}}]}}
  - {{under: c, after: c1, code: c9, weight: 5, manual: {{points: true, guide: 按}}}}
  - {{in: veto, before: v59, code: v1, rule: site_reachable}}
  - {{in: bonus, code: y, weight: 1, manual: {{points: true, guide: 按}}}}
"""
    )
    assert codes(child) == ["c", "c1", "c9", "c2", "b"]
    assert [one.leaf.code for one in child.vetoes] == ["v1", "v59"]
    assert child.deductions == ()
    assert child.bonus
    assert [leaf.code for leaf in child.bonus.leaves] == ["x", "y"]


def test_keys_of_the_file_replace_the_base_s(write: Write) -> None:
    child = write("grades: [{name: 全, at_least: 0}]\ncoverage: 0.5\nbonus: null\nveto: []\ndeductions: []\n")
    assert ([one.name for one in child.grades], child.coverage, child.bonus, child.vetoes, child.deductions) == (["全"], Decimal("0.5"), None, (), ())


def test_a_chain_of_three(write: Write, tmp_path: Path) -> None:
    child = write(
        "change: {b: {title: 再改}}\n", head=HEAD.replace("extends: base", "extends: middle"), middle=HEAD.replace("child", "middle") + "drop: [v0]\n"
    )
    middle = load(tmp_path / "middle.yml", columns=COLUMNS, rules=RULES)
    assert (child.parent, child.parent_sha, child.leaf("b").title, len(child.vetoes)) == ("middle", middle.sha, "再改", 1)


def test_the_base_may_stand_in_the_folder_of_editions(tmp_path: Path) -> None:
    text = "edition: mine\nformat: 1\nextends: ningbo-2020\ntitle: 我的\nchange: {a1-entry: {title: 入口}}\n"
    (tmp_path / "mine.yml").write_text(text, "utf-8")
    assert editions.load(tmp_path / "mine.yml").leaf("a1-entry").title == "入口"
    assert editions.load(text).parent == "ningbo-2020"


LEAF = "manual: {points: true, guide: 按}"
REFUSALS = {
    "unknown base": ("", HEAD.replace("base", "gone"), ["child.yml", "gone 不存在", "可用：base"]),
    "a base outside the folders": ("", HEAD.replace("base", "../base"), ["child.yml", "../base", "编号"]),
    "itself": ("", HEAD.replace("extends: base", "extends: child"), ["循环引用", "child → child"]),
    "the base's own name": ("", HEAD.replace("child", "test"), ["编号 edition 与所依据的指标体系相同（test）"]),
    "a whole index": ("index: []\n", HEAD, ["不能再写 index"]),
    "change of an unknown code": ("change: {a11: {weight: 1}}\n", HEAD, ["change 中的代码 a11 不在", "test", "最接近的是 a1"]),
    "drop of an unknown code": ("drop: [zz]\n", HEAD, ["drop 中的代码 zz 不在", "test"]),
    "drop twice": ("drop: [v0, v0]\n", HEAD, ["drop 中的代码 v0 不在"]),
    "change of what was dropped": ("drop: [v0]\nchange: {v0: {score: 1}}\n", HEAD, ["change 中的代码 v0 不在"]),
    "a change that is no mapping": ("change: {a1: 3}\n", HEAD, ["a1：change 中应写出要修改的键"]),
    "a list of changes": ("change: [a1]\n", HEAD, ["change 应按代码写"]),
    "drop that is no list": ("drop: v0\n", HEAD, ["drop 应为列表"]),
    "a new code by change": ("change: {a1: {code: a9}}\n", HEAD, ["a1：change 不能修改 code"]),
    "an unknown key": ("change: {a1: {wieght: 9}}\n", HEAD, ["a1：不认识的键 wieght"]),
    "sums of the base's node": ("change: {a1: {weight: 21}}\n", HEAD, ["child.yml：a（写在 ", "base.yml）：下级权重合计 61 与本级权重 60 不符"]),
    "sums of the child's node": ("change: {a: {weight: 61}}\n", HEAD, ["child.yml：a：下级权重合计 60 与本级权重 61 不符"]),
    "add of a code that is there": (f"add: [{{in: bonus, code: a1, weight: 1, {LEAF}}}]\n", HEAD, ["add 的代码 a1 已存在"]),
    "add without a code": (f"add: [{{under: a, weight: 1, {LEAF}}}]\n", HEAD, ["add 第 1 项缺少 code"]),
    "add under nothing": (f"add: [{{under: zz, code: n, weight: 1, {LEAF}}}]\n", HEAD, ["under 所指的 zz 不在"]),
    "add under a leaf": (f"add: [{{under: a1, code: n, weight: 1, {LEAF}}}]\n", HEAD, ["n：add 的 under 所指的 a1 是叶子"]),
    "add after a stranger": (f"add: [{{under: a, after: b, code: n, weight: 1, {LEAF}}}]\n", HEAD, ["n：add 的 after 所指的 b 不在同一级"]),
    "add nowhere": (f"add: [{{in: vetoes, code: n, weight: 1, {LEAF}}}]\n", HEAD, ["n：add 的 in 为「vetoes」", "veto、deductions、bonus"]),
    "add at two places": (f"add: [{{under: a, in: bonus, code: n, weight: 1, {LEAF}}}]\n", HEAD, ["n：add 中 under 与 in 只能写一个"]),
    "a bonus where there is none": (f"bonus: null\nadd: [{{in: bonus, code: n, weight: 1, {LEAF}}}]\n", HEAD, ["n：", "没有加分"]),
    "a deduction left without its item": ("drop: [a]\n", HEAD, ["d（写在 ", "from 所指的指标 a"]),
    "a node left without children": ("drop: [a1, a2, a3]\n", HEAD, ["a（写在 ", "children 为空"]),
    "no edition": ("", "format: 1\nextends: base\n", ["缺少必填的键 edition"]),
}


@pytest.mark.parametrize("case", REFUSALS)
def test_refused(case: str, write: Write) -> None:
    differences, head, said = REFUSALS[case]
    with pytest.raises(BadInput) as caught:
        write(differences, head=head)
    message = str(caught.value)
    assert "\n" not in message
    for part in said:
        assert part in message


def test_circles_and_broken_bases_are_refused(write: Write) -> None:
    with pytest.raises(BadInput, match="child → base → child"):
        write("", base="edition: test\nformat: 1\nextends: child\n")
    with pytest.raises(BadInput, match=r"指标体系 .*base\.yml：a1：规则 nope 不存在|a1（写在 .*base\.yml）：规则 nope 不存在"):
        write("", base=BESIDE.replace("updated_within", "nope"))
    with pytest.raises(BadInput, match=r"base\.yml：a：缺少必填的键 weight"):
        write("", base=BESIDE.replace("weight: 60", "note: x"))
