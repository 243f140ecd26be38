"""The roll-up: worked examples by hand, then properties over random trees."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal, localcontext
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.edition import DUTIES
from scoring.model import Bonus, Check, Deduction, Dimension, Edition, Finding, Grade, Indicator, Outcome, RankStyle, Scale, UnitScore, Veto
from scoring.rollup import Rollup, leaf_points, roll_up
from tests.index.make import BESIDE, TREE, edition, finding

D = Decimal
NA = Outcome.NOT_APPLICABLE
CLOSE = D("1e-20")  # sums here are made with 28 digits


def of(**ratios: str | None) -> dict[str, Finding]:
    """Findings of the small tree; 'na' is 不涉及."""
    return {code: finding(None, NA) if ratio == "na" else finding(ratio) for code, ratio in ratios.items()}


def together(*values: object) -> tuple[object, ...]:
    """Several values to compare at once."""
    return values


def points(value: str, **others: Finding) -> dict[str, Finding]:
    """b scored by points."""
    return {**others, "b": Finding(Outcome.PARTIAL, D(value) / 40, "manual_points", {"points": value})}


# --- Worked examples ----------------------------------------------------------------------------------------------------------------


def test_points_add_up() -> None:
    score = roll_up(edition(TREE), of(a1="1", a2="0.7", a3="0", b="0.5"), DUTIES)
    assert together(score.total, score.lower, score.upper, score.coverage, score.grade) == (D("61.0"), D("61.0"), D("61.0"), 1, "合格")
    assert score.nodes["a"].total == D("41.0")
    assert not score.provisional


def test_what_is_unobserved_widens_the_interval_and_lowers_coverage() -> None:
    score = roll_up(edition(TREE), of(a1="1", a2=None, b="0.5"), DUTIES)  # a3 is missing altogether
    assert together(score.lower, score.upper, score.total, score.coverage) == (40, 80, 60, D("0.6"))
    assert score.grade is None  # below 0.8: 数据不足
    assert together(score.nodes["a2"].lower, score.nodes["a2"].upper) == (0, 30)


def test_what_does_not_apply_is_shared_among_siblings() -> None:
    score = roll_up(edition(TREE), of(a1="1", a2="0", a3="na", b="0"), DUTIES)
    assert score.nodes["a1"].weight == 24  # 20 of 50, out of 60
    assert score.nodes["a"].total == 24
    assert together(score.nodes["a3"].weight, score.nodes["a3"].applicable, score.nodes["a3"].rate) == (0, 0, None)
    assert score.coverage == 1


def test_a_duty_the_unit_lacks_makes_the_leaf_inapplicable_whatever_was_found() -> None:
    one, found = edition(TREE), of(a1="1", a2="0", a3="0", b="0")
    assert roll_up(one, found, ()).nodes["a"].total == 24
    assert roll_up(one, found, ["行政执法"]).nodes["a"].total == 20
    assert roll_up(one, of(a1="1", a2="1", b="1"), ()).coverage == 1  # nothing is waited for


def test_a_node_without_anything_applicable_is_shared_too() -> None:
    score = roll_up(edition(TREE), of(a1="na", a2="na", a3="na", b="0.5"), DUTIES)
    assert together(score.total, score.nodes["b"].weight, score.nodes["a"].applicable) == (50, 100, 0)


def test_nothing_applicable_at_all() -> None:
    score = roll_up(edition(TREE), of(a1="na", a2="na", a3="na", b="na"), DUTIES)
    assert together(score.total, score.coverage, score.grade) == (0, 0, None)


def test_given_points_are_used_as_given() -> None:
    # 9.9 / 40 × 40 would do; 74.4 / 77 × 77 need not: the number itself is kept.
    assert roll_up(edition(TREE), points("33.333333333333333333333333333333"), DUTIES).nodes["b"].total == D("33.333333333333333333333333333333")


def test_weights_are_a_mean_of_hundred() -> None:
    text = TREE.replace("scale: points", "scale: weights").replace("weight: 40", "weight: 20")
    found = {**of(a1="1", a2="1", a3="1"), "b": Finding(Outcome.PARTIAL, D("0.6"), "given_points", {"points": "60"})}
    score = roll_up(edition(text), found, DUTIES)
    assert score.total == 90  # (60 × 100 + 20 × 60) / 80
    assert score.nodes["b"].rate == D("0.6")
    assert sum(node.weight for code, node in score.nodes.items() if code in ("a", "b")) == 100


def test_deduction() -> None:
    one = edition(BESIDE)
    base = of(v0="1", v59="1", a1="0.1", a2="0", a3="0", b="1")
    assert roll_up(one, base | of(d="1"), DUTIES).total == 42
    assert roll_up(one, base | of(d="0.5"), DUTIES).total == D("40.0")  # an item never falls below 0
    assert roll_up(one, base | of(a2="1", d="0.5"), DUTIES).total == D("69.5")
    unknown = roll_up(one, base | of(a2="1"), DUTIES)
    assert together(unknown.lower, unknown.upper, unknown.coverage) == (67, 72, 1)
    assert roll_up(one, base | of(d="na"), DUTIES).total == 42
    assert roll_up(one, of(v0="1", v59="1", a1="na", a2="na", a3="na", b="1", d="0", x="0"), DUTIES).total == 100


def test_bonus() -> None:
    one = edition(BESIDE)
    full = of(v0="1", v59="1", a1="1", a2="1", a3="1", b="1", d="1")
    assert roll_up(one, full | of(x="1"), DUTIES).total == 103  # 4 of 4, capped at 3
    assert roll_up(one, full | of(x="0.5"), DUTIES).total == 102
    assert roll_up(one, full | of(x="1", b="0.5"), DUTIES).total == 80  # 80 is not above 80
    waiting = roll_up(one, full, DUTIES)
    assert together(waiting.lower, waiting.upper, waiting.coverage) == (100, 103, 1)


def test_veto() -> None:
    one = edition(BESIDE)
    full = of(v0="1", v59="1", a1="1", a2="1", a3="1", b="1", d="1", x="0")
    assert together(roll_up(one, full, DUTIES).veto, roll_up(one, full, DUTIES).veto_open) == ((), ())
    limited = roll_up(one, full | of(v59="0"), DUTIES)
    assert together(limited.total, limited.lower, limited.upper, limited.grade, limited.veto) == (59, 59, 59, "不合格", ("v59",))
    out = roll_up(one, full | of(v0="0"), DUTIES)
    assert together(out.total, out.upper, out.grade, out.veto) == (0, 0, "不合格", ("v0",))
    unknown = roll_up(one, full | of(v59=None), DUTIES)
    assert together(unknown.lower, unknown.upper, unknown.total, unknown.veto, unknown.veto_open) == (59, 100, D("79.5"), (), ("v59",))
    assert roll_up(one, {code: one_ for code, one_ in full.items() if code != "v0"}, DUTIES).veto_open == ("v0",)
    assert roll_up(one, full | of(v0="na"), DUTIES).total == 100
    low = roll_up(one, of(v0="1", v59="0", a1="0", a2="0", a3="0", b="0.5", d="1", x="0"), DUTIES)
    assert low.total == 20  # at most 59


def test_grade_stands_on_the_displayed_total() -> None:
    one = edition(TREE)
    assert roll_up(one, points("39.95", **of(a1="1", a2="0.7", a3="1")), DUTIES).grade == "优秀"  # 90.95
    assert roll_up(one, points("38.95", **of(a1="1", a2="0.7", a3="1")), DUTIES).grade == "优秀"  # 89.95 reads 90.0
    assert roll_up(one, points("38.94", **of(a1="1", a2="0.7", a3="1")), DUTIES).grade == "合格"


def test_dimensions_are_rates() -> None:
    score = roll_up(edition(TREE), of(a1="1", a2="0.5", a3="0", b="0"), DUTIES)
    assert {name: rate.quantize(D("0.0001")) for name, rate in score.dimensions.items() if rate is not None} == {"及时性": D("0.6667"), "完整性": D("0.2143")}
    assert roll_up(edition(TREE), of(a1="na", a3="na", a2="1", b="1"), DUTIES).dimensions["及时性"] is None


def test_leaf_points() -> None:
    one = edition(TREE)
    score = roll_up(one, of(a1="0.5", a2=None, a3="na", b="1"), DUTIES)
    leaves = leaf_points(one, score)
    assert together(leaves["a1"].points, leaves["a1"].full, leaves["a1"].lost) == (12, 24, 12)
    assert together(leaves["a2"].points, leaves["a2"].full, leaves["a2"].lost) == (None, 36, None)
    assert together(leaves["a3"].points, leaves["a3"].full, leaves["a3"].lost) == (None, 0, None)


def test_one_compiled_tree_serves_many_units() -> None:
    one = edition(TREE)
    compiled = Rollup(one)
    first = compiled.score(of(a1="1", a2="1", a3="1", b="1"), DUTIES, "x")
    compiled.score(of(a1="na", a2="0"), ())
    assert compiled.score(of(a1="1", a2="1", a3="1", b="1"), DUTIES, "x") == first


def test_the_callers_decimal_context_does_not_matter() -> None:
    one, found = edition(TREE), of(a1="0.3", a2="0.7", a3="na", b="0.123456789012345")
    with localcontext() as context:
        context.prec = 6
        rough = roll_up(one, found, DUTIES)
    assert rough == roll_up(one, found, DUTIES)


# --- Properties ---------------------------------------------------------------------------------------------------------------------

WEIGHTS = st.decimals("0.01", "30", places=2)
RATIOS = st.one_of(st.sampled_from([D(0), D(1), D(1) / 3]), st.decimals("0.001", "0.999", places=3))


@st.composite
def trees(draw: st.DrawFn) -> Edition:
    """A random edition of two or three levels, on either scale, perhaps with a deduction and a bonus."""
    numbers = iter(range(1000))

    def node(depth: int) -> Indicator:
        code = f"n{next(numbers)}"
        if depth and draw(st.booleans()):
            children = tuple(node(depth - 1) for _ in range(draw(st.integers(1, 4))))
            return Indicator(code, code, sum((child.weight for child in children), D(0)), children)
        return Indicator(code, code, draw(WEIGHTS), check=Check.AUTO, rule="r", dimension=draw(st.sampled_from(list(Dimension))))

    index = tuple(node(2) for _ in range(draw(st.integers(1, 4))))
    beside = [Indicator(code, code, D(4), check=Check.AUTO, rule="r") for code in ("ded", "bon", "vet")]
    extra = draw(st.booleans())
    return Edition(
        id="random",
        title="random",
        scale=draw(st.sampled_from(list(Scale))),
        rank=RankStyle.COMPETITION,
        coverage=D("0.8"),
        grades=(Grade("甲", D(60)), Grade("乙", D(0))),
        index=index,
        vetoes=(Veto(beside[2], draw(st.sampled_from([None, D(59)]))),) if draw(st.booleans()) else (),
        deductions=(Deduction(beside[0], index[0].code, D(4)),) if extra else (),
        bonus=Bonus(D(3), D(50), (beside[1],)) if extra else None,
    )


@st.composite
def cases(draw: st.DrawFn) -> tuple[Edition, dict[str, Finding]]:
    """An edition with random findings of every outcome; some are missing."""
    one = draw(trees())
    found: dict[str, Finding] = {}
    for leaf in one.leaves():
        kind = draw(st.sampled_from(["ratio", "ratio", "ratio", "unseen", "na", "missing"]))
        if kind == "ratio":
            ratio = draw(RATIOS) if leaf.code != "vet" else D(1)
            found[leaf.code] = finding(str(ratio))
        elif kind != "missing":
            found[leaf.code] = finding(None, NA if kind == "na" else None)
    return one, found


def bare(one: Edition) -> Edition:
    """Without what hangs beside the tree."""
    return replace(one, vetoes=(), deductions=(), bonus=None)


def score_of(case: tuple[Edition, dict[str, Finding]]) -> UnitScore:
    return roll_up(case[0], case[1], DUTIES)


@given(cases())
def test_bounds(case: tuple[Edition, dict[str, Finding]]) -> None:
    score = score_of(case)
    top = case[0].full + (case[0].bonus.cap if case[0].bonus else 0)
    assert 0 <= score.lower <= score.total <= score.upper <= top + CLOSE
    assert 0 <= score.coverage <= 1
    for node in score.nodes.values():
        assert 0 <= node.lower <= node.total <= node.upper <= node.weight + CLOSE
        assert 0 <= node.observed <= node.applicable == node.weight
    assert all(rate is None or 0 <= rate <= 1 + CLOSE for rate in score.dimensions.values())


@given(trees(), st.data())
def test_all_met_is_full_marks_exactly_whatever_does_not_apply(one: Edition, data: st.DataObject) -> None:
    one = bare(one)
    leaves = list(one.leaves())
    out = data.draw(st.sets(st.sampled_from([leaf.code for leaf in leaves]), max_size=len(leaves) - 1))
    score = roll_up(one, {leaf.code: finding(None, NA) if leaf.code in out else finding("1") for leaf in leaves}, DUTIES)
    assert score.total == score.lower == score.upper == one.full  # exactly, not nearly
    assert score.coverage == 1
    assert all(node.rate in (None, 1) for node in score.nodes.values())


@given(cases(), st.data())
def test_a_better_finding_never_lowers_a_score(case: tuple[Edition, dict[str, Finding]], data: st.DataObject) -> None:
    one, found = case
    scored = [code for code, each in found.items() if each.ratio is not None and code != "vet"]
    if not scored:
        return
    code = data.draw(st.sampled_from(scored))
    ratio = found[code].ratio
    assert ratio is not None
    better = roll_up(one, found | {code: finding(str(ratio + (1 - ratio) / 2))}, DUTIES)
    before = score_of(case)
    assert better.lower >= before.lower
    assert better.upper >= before.upper
    assert better.total >= before.total


@given(cases(), st.data())
def test_the_interval_holds_whatever_the_unobserved_turns_out_to_be(case: tuple[Edition, dict[str, Finding]], data: st.DataObject) -> None:
    one, found = case
    before = score_of(case)
    settled = dict(found)
    for leaf in one.leaves():
        if leaf.code not in found or found[leaf.code].outcome is Outcome.NOT_OBSERVED:
            settled[leaf.code] = finding(str(data.draw(st.sampled_from([D(0), D(1)]) if leaf.code == "vet" else RATIOS)))
    after = roll_up(one, settled, DUTIES)
    assert before.lower - CLOSE <= after.total <= before.upper + CLOSE
    assert after.lower == after.upper
    assert after.coverage == 1 or not any(node.applicable for node in after.nodes.values())


@given(cases())
def test_width_of_the_interval_is_what_was_not_observed(case: tuple[Edition, dict[str, Finding]]) -> None:
    one = bare(case[0])
    score = roll_up(one, case[1], DUTIES)
    if any(node.applicable for node in score.nodes.values()):
        assert abs((score.upper - score.lower) - one.full * (1 - score.coverage)) < CLOSE


@given(cases())
def test_children_sum_to_their_parent(case: tuple[Edition, dict[str, Finding]]) -> None:
    one = bare(case[0])
    score = roll_up(one, case[1], DUTIES)
    fields: tuple[Callable[[Any], Decimal], ...] = (lambda node: node.total, lambda node: node.weight, lambda node: node.lower, lambda node: node.observed)
    for node in (each for first in one.index for each in first.walk() if each.children):
        for value in fields:
            parts = [value(score.nodes[child.code]) for child in node.children]
            assert abs(sum(parts, D(0)) - value(score.nodes[node.code])) < CLOSE
    for value, total in ((fields[0], score.total), (fields[2], score.lower)):
        assert abs(sum((value(score.nodes[node.code]) for node in one.index), D(0)) - total) < CLOSE
    shared = leaf_points(one, score)
    for first in one.index:
        assert abs(sum((shared[leaf.code].full for leaf in first.leaves()), D(0)) - score.nodes[first.code].weight) < CLOSE


@given(cases())
def test_leaving_a_leaf_out_of_the_tree_is_the_same_as_inapplicable(case: tuple[Edition, dict[str, Finding]]) -> None:
    """On the scale of weights a whole first-level item that does not apply might as well not exist."""
    one = replace(bare(case[0]), scale=Scale.WEIGHTS)
    if len(one.index) < 2:
        return
    gone = {leaf.code: finding(None, NA) for leaf in one.index[0].leaves()}
    assert abs(roll_up(one, case[1] | gone, DUTIES).total - roll_up(replace(one, index=one.index[1:]), case[1], DUTIES).total) < CLOSE


@given(cases(), st.randoms())
def test_order_does_not_matter(case: tuple[Edition, dict[str, Finding]], random: Any) -> None:
    one, found = case
    shuffled = list(found.items())
    random.shuffle(shuffled)
    turned = replace(bare(one), index=tuple(reversed(one.index)))
    assert roll_up(one, dict(shuffled), DUTIES) == roll_up(one, found, DUTIES)
    assert abs(roll_up(turned, found, DUTIES).total - roll_up(bare(one), found, DUTIES).total) < CLOSE


@settings(max_examples=50)
@given(trees(), st.data())
def test_changing_a_weight_changes_a_score(one: Edition, data: st.DataObject) -> None:
    one = replace(bare(one), scale=Scale.WEIGHTS)
    if len(one.index) < 2:
        return
    found = {leaf.code: finding("1" if leaf in tuple(one.index[0].leaves()) else "0") for leaf in one.leaves()}
    heavier = replace(one.index[0], weight=one.index[0].weight * data.draw(st.sampled_from([D("0.5"), D("1.01"), D(2)])))
    assert roll_up(replace(one, index=(heavier, *one.index[1:])), found, DUTIES).total != roll_up(one, found, DUTIES).total


def test_changing_a_weight_of_our_edition_changes_a_score() -> None:
    found = of(a1="1", a2="0", a3="0", b="0")
    moved = TREE.replace("weight: 20", "weight: 21").replace("weight: 30", "weight: 29")
    assert roll_up(edition(moved), found, DUTIES).total == roll_up(edition(TREE), found, DUTIES).total + 1


@pytest.mark.parametrize("count", [3, 7, 9, 11, 13])
def test_thirds_and_sevenths_do_not_lose_full_marks(count: int) -> None:
    leaves = tuple(Indicator(f"l{number}", "叶", D(1), check=Check.AUTO, rule="r") for number in range(count))
    one = Edition("t", "t", Scale.POINTS, RankStyle.COMPETITION, D(0), (Grade("甲", D(0)),), (Indicator("n", "节", D(count), leaves),))
    found = {leaf.code: finding("1") for leaf in leaves} | {"l0": finding(None, NA)}
    assert roll_up(one, found, ()).total == count
