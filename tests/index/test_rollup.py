"""The roll-up: worked examples by hand."""

from decimal import Decimal, localcontext

import pytest

from scoring.edition import DUTIES
from scoring.model import Check, Edition, Finding, Grade, Indicator, Outcome, RankStyle, Scale
from scoring.rollup import Rollup, leaf_points, roll_up
from tests.index.make import BESIDE, TREE, edition, finding, together

D = Decimal
NA = Outcome.NOT_APPLICABLE
CLOSE = D("1e-20")  # sums here are made with 28 digits


def of(**ratios: str | None) -> dict[str, Finding]:
    """Findings of the small tree; 'na' is 不涉及."""
    return {code: finding(None, NA) if ratio == "na" else finding(ratio) for code, ratio in ratios.items()}


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
    assert together(waiting.lower, waiting.upper, waiting.total, waiting.coverage) == (100, 100, 100, 1)  # claimed, not missed: docs/decisions/0004
    granted = roll_up(one, full | of(x="0.5", a1=None), DUTIES)
    assert together(granted.lower, granted.upper) == (80, 102)  # 80 is not above 80


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
