"""Composition: the index, imported scores and child units with weights that sum to 100; samples drawn again by anybody."""

from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scoring.cli.edition import beyond
from scoring.edition import DUTIES
from scoring.errors import BadInput
from scoring.model import Edition, Finding, Outcome
from scoring.parts import PartInput, Sample
from scoring.rollup import Rollup, roll_up
from scoring.services.compute import compute
from tests.index.make import BESIDE, TREE, edition, finding, together
from tests.index.reference import Reference

D = Decimal
WORK = TREE + "compose: [{code: work, title: 工作考核, weight: 70, source: index}, {code: expert, title: 专业评价, weight: 30, source: import, full: 10}]\n"
BELOW = (
    "compose:\n  - {code: own, title: 本级, weight: 50, source: index}\n"
    "  - {code: below, title: 所属部门和镇街, weight: 50, source: children, groups: [市直部门, 镇街], sample: {count: 2, seed: 7}}\n"
)
ALL = {code: finding("1") for code in ("a1", "a2", "a3", "b")}
HALF = {code: finding("0.5") for code in ("a1", "a2", "a3", "b")}


def child(low: str, high: str | None = None, full: str = "100", coverage: str = "1", *, drawn: bool = True) -> PartInput:
    return PartInput("u", D(low), D(high or low), D(full), D(coverage), drawn=drawn)


# --- Worked examples ----------------------------------------------------------------------------------------------------------------


def test_seventy_and_thirty() -> None:
    score = roll_up(edition(WORK), HALF, DUTIES, inputs={"expert": [child("9", full="10")]})
    assert together(score.total, score.full, score.coverage, score.grade) == (62, 100, 1, "合格")  # 0.7 × 50 + 0.3 × 90
    assert together(score.nodes["work"].total, score.nodes["work"].weight, score.nodes["expert"].total, score.nodes["expert"].rate) == (35, 70, 27, D("0.9"))
    assert score.nodes["a"].total == 30  # the tree keeps its own marks


def test_a_missing_import_is_unknown_not_zero() -> None:
    score = roll_up(edition(WORK), ALL, DUTIES)
    assert together(score.lower, score.upper, score.total, score.coverage) == (70, 100, 85, D("0.7"))
    assert score.grade is None  # 70 % is below the threshold: 数据不足


def test_what_is_inapplicable_leaves_its_weight_to_the_others() -> None:
    score = roll_up(edition(WORK), HALF, DUTIES, inputs={"expert": [child("0", full="0")]})
    assert together(score.total, score.coverage, score.nodes["work"].weight, score.nodes["expert"].weight) == (50, 1, 100, 0)


def test_government_and_the_mean_of_its_departments_and_towns() -> None:
    one = edition(TREE + BELOW)
    score = roll_up(one, ALL, DUTIES, inputs={"below": [child("80"), child("60"), child("0", drawn=False)]})
    assert together(score.total, score.nodes["below"].rate) == (85, D("0.7"))  # 50 + 0.5 × 70; the third was not drawn
    assert roll_up(one, HALF, DUTIES).total == 50  # no children: the index alone


def test_an_unranked_child_is_an_interval() -> None:
    score = roll_up(edition(TREE + BELOW), ALL, DUTIES, inputs={"below": [child("80"), child("20", "90", coverage="0.3")]})
    assert together(score.lower, score.upper, score.coverage) == (75, D("92.5"), D("0.825"))


def test_children_with_other_full_marks_count_by_their_rate() -> None:
    assert roll_up(edition(TREE + BELOW), ALL, DUTIES, inputs={"below": [child("75", full="75"), child("60", full="120")]}).total == D("87.5")


@pytest.mark.parametrize(("code", "total"), [("v0", "0"), ("v59", "59")])
def test_a_veto_decides_the_composed_total(code: str, total: str) -> None:
    one = edition(BESIDE + WORK.removeprefix(TREE))
    found = ALL | {leaf: finding("1") for leaf in ("v0", "v59", "d")} | {code: finding("0")}
    score = roll_up(one, found, DUTIES, inputs={"expert": [child("10", full="10")]})
    assert together(score.total, score.grade, score.veto, score.nodes["work"].total) == (D(total), "不合格", (code,), 70)


def test_the_bonus_belongs_to_the_index() -> None:
    one = edition(BESIDE + WORK.removeprefix(TREE))
    found = ALL | {leaf: finding("1") for leaf in ("v0", "v59", "d", "x")}
    assert roll_up(one, found, DUTIES, inputs={"expert": [child("10", full="10")]}).total == D("102.1")  # 0.7 × 103 + 30


# --- Samples ------------------------------------------------------------------------------------------------------------------------


def test_a_draw_is_the_same_everywhere_and_for_ever() -> None:
    ids = [f"town-{n}" for n in range(10)]
    assert Sample(3, 2020).draw("below|yinzhou", ids) == ("town-1", "town-3", "town-7")  # as `printf "2020|below|yinzhou|town-1" | sha256sum` orders them
    assert Sample(3, 2020).draw("below|yinzhou", reversed(ids)) == ("town-7", "town-3", "town-1")
    assert Sample(3, 2020).draw("below|haishu", ids) != Sample(3, 2020).draw("below|yinzhou", ids)
    assert Sample(12, 1).draw("x", ids) == tuple(ids)


@given(st.sets(st.text(min_size=1), max_size=30), st.integers(1, 40), st.integers(0, 9))
def test_draws(ids: set[str], count: int, seed: int) -> None:
    known = sorted(ids)
    drawn = Sample(count, seed).draw("s", known)
    assert len(drawn) == min(count, len(known))
    assert list(drawn) == [one for one in known if one in set(drawn)]


def test_fields_drawn_at_random_are_the_same_for_every_unit_and_the_rest_counts_for_nobody() -> None:
    fields = ", ".join(f"{{code: f{n}, title: 领域{n}, weight: 2, manual: {{points: true, guide: 按评分表}}}}" for n in range(20))
    text = TREE.replace(
        "weight: 40, dimension: 完整性, manual: {points: true, guide: 按评分表}", f"weight: 40, sample: {{count: 15, seed: 5}}, children: [{fields}]"
    )
    one = edition(text)
    drawn = [leaf.code for leaf in one.index[1].leaves() if leaf.drawn]
    assert len(drawn) == 15
    score = roll_up(one, {code: finding("1") for code in ("a1", "a2", "a3", *drawn)}, DUTIES)
    assert together(score.total, score.coverage, score.full) == (100, 1, 100)
    half = roll_up(one, {code: finding("1") for code in ("a1", "a2", "a3", *drawn[:9])} | {code: finding("0") for code in drawn[9:]}, DUTIES)
    assert together(half.total, round(half.nodes[drawn[0]].weight, 6)) == (84, D("2.666667"))
    passed_over = next(leaf.code for leaf in one.leaves() if not leaf.drawn)
    assert half.nodes[passed_over].weight == 0
    base = edition(text.replace("coverage: 0.8", "coverage: 0.8\nnot_applicable: base"))
    assert roll_up(base, {code: finding("1") for code in ("a1", "a2", "a3", *drawn)}, DUTIES).full == 100  # nobody's base is smaller for it


# --- Refused ------------------------------------------------------------------------------------------------------------------------

OWN = "{code: own, title: 本级, weight: 50, source: index}"
OTHER = "{code: other, title: 其他, weight: 50, source: import}"
NONSENSE = [
    ("weights", f"[{OWN}, {OTHER.replace('50', '40')}]", "权重合计 90，应为 100"),
    ("no index", f"[{OTHER}, {OTHER.replace('other', 'more')}]", "应有且只有一个，现有 0 个"),
    ("the index twice", f"[{OWN}, {OWN.replace('own', 'own2')}]", "应有且只有一个，现有 2 个"),
    ("only the index", f"[{OWN.replace('50', '100')}]", "只有本指标体系一个部分"),
    ("full of children", f"[{OWN}, {OTHER.replace('import', 'children, full: 10')}]", "other：full 只用于"),
    ("groups of an import", f"[{OWN}, {OTHER.replace('import', 'import, groups: [镇街]')}]", "other：groups 只用于"),
    ("a sample of an import", f"[{OWN}, {OTHER.replace('import', 'import, sample: {count: 1, seed: 1}')}]", "other：sample 只用于"),
    ("a group twice", f"[{OWN}, {OTHER.replace('import', 'children, groups: [镇街, 镇街]')}]", "分组「镇街」重复"),
    ("a code of the tree", f"[{OWN}, {OTHER.replace('other', 'a1')}]", "a1：代码重复"),
    ("an unknown source", f"[{OWN}, {OTHER.replace('import', 'guess')}]", "不在允许范围"),
    ("no seed", f"[{OWN}, {OTHER.replace('import', 'children, sample: {count: 1}')}]", "缺少必填的键 seed"),
]


@pytest.mark.parametrize(("compose", "why"), [pytest.param(text, why, id=name) for name, text, why in NONSENSE])
def test_nonsense_is_refused(compose: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        edition(TREE + f"compose: {compose}\n")
    assert why in str(caught.value)


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("title: 甲\n", "title: 甲\n    sample: {count: 3, seed: 1}\n", "a：sample 的 count 为 3，而下级指标只有 3 个"),
        ("title: 甲\n", "title: 甲\n    sample: {count: 0, seed: 1}\n", "count 为 0"),
        ("weight: 40,", "weight: 40, sample: {count: 1, seed: 1},", "b：没有下级指标，不能写 sample"),
        ("coverage: 0.8", "coverage: 0.8\nnot_applicable: guess", "not_applicable 的值「guess」不在允许范围"),
    ],
)
def test_nonsense_about_samples_and_what_does_not_apply_is_refused(old: str, new: str, why: str) -> None:
    with pytest.raises(BadInput) as caught:
        edition(TREE.replace(old, new))
    assert why in str(caught.value)


# --- Properties ---------------------------------------------------------------------------------------------------------------------

RATE = st.decimals("0", "1", places=3)


@st.composite
def composed(draw: st.DrawFn) -> tuple[Edition, dict[str, Finding], dict[str, list[PartInput]]]:
    """A composed edition with findings and inputs, some of them unknown."""
    first = draw(st.integers(1, 98))
    second = draw(st.integers(1, 99 - first))
    text = f"compose: [{{code: own, title: 甲, weight: {first}, source: index}}, {{code: imp, title: 乙, weight: {second}, source: import, full: 7}}, "
    one = edition(TREE + text + f"{{code: kid, title: 丙, weight: {100 - first - second}, source: children}}]\n")
    found = {code: finding(str(draw(RATE))) if draw(st.booleans()) else finding(None, draw(st.sampled_from([None, Outcome.NOT_APPLICABLE]))) for code in ALL}
    inputs: dict[str, list[PartInput]] = {}
    if draw(st.booleans()):
        inputs["imp"] = [child(str(draw(RATE) * 7), full=draw(st.sampled_from(["7", "0"])))]
    for _ in range(draw(st.integers(0, 4))):
        low, high = sorted((draw(RATE), draw(RATE)))
        inputs.setdefault("kid", []).append(child(str(low * 90), str(high * 90), "90", str(1 - high + low)))
    return one, found, inputs


@given(composed())
def test_the_reference_in_fractions_says_the_same(case: tuple[Edition, dict[str, Finding], dict[str, list[PartInput]]]) -> None:
    one, found, inputs = case
    score, wanted = roll_up(one, found, DUTIES, inputs=inputs), Reference(one, [(found, DUTIES)]).score(0, inputs)
    for value, right in ((score.lower, wanted.lower), (score.upper, wanted.upper), (score.full, wanted.full)):
        assert abs(Fraction(value) - right) < Fraction(1, 10**40)
    assert 0 <= score.lower <= score.total <= score.upper <= 100
    assert abs(score.upper - score.lower - score.full * (1 - score.coverage)) < D("1e-20")
    parts = [score.nodes[part.code] for part in one.parts]
    assert abs(sum((part.total for part in parts), D(0)) - score.total) < D("1e-20")


@given(composed(), st.data())
def test_the_interval_contains_every_completion_and_better_inputs_never_lower_it(
    case: tuple[Edition, dict[str, Finding], dict[str, list[PartInput]]], data: st.DataObject
) -> None:
    one, found, inputs = case
    before = roll_up(one, found, DUTIES, inputs=inputs)
    settled = {code: finding(str(data.draw(RATE))) if each.outcome is Outcome.NOT_OBSERVED else each for code, each in found.items()}
    known: dict[str, list[PartInput]] = {}
    for code, each in ({"imp": [child("0", "7", "7")]} | inputs).items():
        ends = [(each_one.lower + (each_one.upper - each_one.lower) * data.draw(RATE), each_one) for each_one in each]
        known[code] = [PartInput("u", end, end, one_.full) for end, one_ in ends]
    after = roll_up(one, settled, DUTIES, inputs=known)
    assert before.lower - D("1e-20") <= after.total <= before.upper + D("1e-20")
    assert after.lower == after.upper
    raised = {code: [PartInput("u", one_.full, one_.full, one_.full) for one_ in each] for code, each in inputs.items()}
    better = roll_up(one, found, DUTIES, inputs=raised)
    assert better.lower >= before.lower - D("1e-20")
    assert better.upper >= before.upper - D("1e-20")


@given(composed())
def test_all_full_is_exactly_a_hundred(case: tuple[Edition, dict[str, Finding], dict[str, list[PartInput]]]) -> None:
    one, found, inputs = case
    raised = {code: [PartInput("u", one_.full, one_.full, one_.full) for one_ in each] for code, each in ({"imp": [child("0", "7", "7")]} | inputs).items()}
    full = {code: finding("1") if each.outcome is not Outcome.NOT_APPLICABLE else each for code, each in found.items()}
    score = Rollup(one).score(full, DUTIES, inputs=raised)
    assert score.total == score.lower == score.upper == score.full
    assert score.coverage == (1 if score.full else 0)


# --- Through compute ----------------------------------------------------------------------------------------------------------------


def test_compute_takes_imported_scores_and_parents(tmp_path: Path) -> None:
    """A district: 40 % government, 40 % its departments, 20 % an expert's score; a department without children is its own index."""
    text = "compose: [{code: own, title: 本级, weight: 40, source: index}, {code: below, title: 所属, weight: 40, source: children}, "
    one = edition(TREE + text + "{code: expert, title: 专业评价, weight: 20, source: import, full: 10}]\n")
    rows = [f"{unit},组,{code},PARTIAL,{ratio}," for unit, ratio in (("区", "0.9"), ("甲局", "0.8"), ("乙局", "0.6")) for code in ALL]
    (tmp_path / "f.csv").write_text("\n".join(["unit,group,code,outcome,ratio,points", *rows]), "utf-8")
    (tmp_path / "parts.csv").write_text("单位,得分\n区,5\n甲局,不涉及\n乙局,不涉及\n", "utf-8")
    (tmp_path / "parents.csv").write_text("单位,上级单位\n甲局,区\n乙局,区\n", "utf-8")
    found = compute(one, tmp_path / "f.csv", parts=tmp_path / "parts.csv", parents=tmp_path / "parents.csv")["groups"]["组"]
    assert {row["unit"]: D(row["total"]) for row in found} == {"区": 74, "甲局": 80, "乙局": 60}  # 36 + 28 + 10
    assert together(D(found[1]["scores"]["below"]), D(found[1]["scores"]["expert"])) == (28, 10)
    without = {row["unit"]: (D(row["lower"]), D(row["upper"])) for row in compute(one, tmp_path / "f.csv")["groups"]["组"]}
    assert together(*without["区"]) == (60, D("93.333333333333"))  # own and the expert's 20, of 60
    (tmp_path / "parents.csv").write_text("unit,parent\n甲局,省\n", "utf-8")
    with pytest.raises(BadInput, match="第 2 行 B 列：评分结果中没有单位「省」"):
        compute(one, tmp_path / "f.csv", parents=tmp_path / "parents.csv")


def test_what_show_says_beyond_the_tree() -> None:
    fields = "sample: {count: 1, seed: 3}, children: [{code: f1, title: 养老, weight: 20, manual: {points: true, guide: 表}}, {code: f2, title: 救助, weight: 20, manual: {points: true, guide: 表}}]"
    text = WORK.replace("dimension: 完整性, manual: {points: true, guide: 按评分表}", fields).replace("coverage: 0.8", "coverage: 0.8\nnot_applicable: mean")
    assert beyond(edition(text)) == [
        "组成：工作考核 70%（本指标体系）＋专业评价 30%（导入的得分）",
        "抽样：乙 的 2 项下级指标抽 1 项（种子 3），抽中 养老",
        "不涉及的指标：按本组平均得分率计入",
    ]
    assert beyond(edition(TREE)) == []
