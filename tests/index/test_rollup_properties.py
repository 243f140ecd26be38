"""The roll-up: properties that hold for random trees and findings."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.edition import DUTIES
from scoring.model import Bonus, Check, Deduction, Dimension, Edition, Finding, Grade, Indicator, Outcome, RankStyle, Scale, UnitScore, Veto
from scoring.parts import NotApplicable
from scoring.rollup import Rollup, leaf_points, roll_up
from tests.index.make import finding
from tests.index.reference import Reference

D = Decimal
NA = Outcome.NOT_APPLICABLE
CLOSE = D("1e-20")  # sums here are made with 28 digits


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
        not_applicable=draw(st.sampled_from(list(NotApplicable))),
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
    assert score.full <= case[0].full
    assert case[0].not_applicable is NotApplicable.BASE or score.full in (0, case[0].full)
    top = score.full + (case[0].bonus.cap if case[0].bonus else 0)
    assert 0 <= score.lower <= score.total <= score.upper <= top + CLOSE
    granted = case[0].bonus and any(found.ratio for leaf in case[0].bonus.leaves if (found := case[1].get(leaf.code)))
    assert granted or score.upper <= score.full + CLOSE
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
    assert score.total == score.lower == score.upper == score.full  # exactly, not nearly
    assert one.not_applicable is NotApplicable.BASE or score.full == one.full
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
    claimed = {leaf.code for leaf in one.bonus.leaves} if one.bonus else set()  # outside the interval: docs/decisions/0004
    for leaf in one.leaves():
        if leaf.code in claimed:
            continue
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
        assert abs((score.upper - score.lower) - score.full * (1 - score.coverage)) < CLOSE


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
    one = replace(bare(case[0]), scale=Scale.WEIGHTS, not_applicable=NotApplicable.SHARE)
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


@st.composite
def groups(draw: st.DrawFn) -> tuple[Edition, list[dict[str, Finding]]]:
    """An edition and a few units of one group."""
    one, first = draw(cases())
    found = [first]
    for _ in range(draw(st.integers(1, 3))):
        found.append({leaf.code: finding(str(draw(RATIOS))) for leaf in one.leaves() if leaf.code != "vet" and draw(st.booleans())})
    return one, found


def whole(one: Edition, found: list[dict[str, Finding]]) -> list[UnitScore]:
    """Every unit of a group, with what the group credits."""
    compiled = Rollup(one)
    credit = compiled.credits([(each, DUTIES) for each in found])
    return [compiled.score(each, DUTIES, f"u{n}", credit=credit) for n, each in enumerate(found)]


@given(groups())
def test_the_slow_reference_in_fractions_says_the_same(case: tuple[Edition, list[dict[str, Finding]]]) -> None:
    one, found = replace(case[0], vetoes=()), case[1]
    slow = Reference(one, [(each, DUTIES) for each in found])
    for n, score in enumerate(whole(one, found)):
        wanted = slow.score(n)
        for value, right in ((score.lower, wanted.lower), (score.upper, wanted.upper), (score.full, wanted.full)):
            assert abs(Fraction(value) - right) < Fraction(1, 10**40)


@given(groups(), st.data())
def test_a_credit_for_what_does_not_apply_never_falls_when_others_rise(case: tuple[Edition, list[dict[str, Finding]]], data: st.DataObject) -> None:
    one, found = replace(bare(case[0]), not_applicable=NotApplicable.MEAN), case[1]
    scored = [code for code, each in found[1].items() if each.ratio is not None]
    if not scored:
        return
    better = [found[0], found[1] | {data.draw(st.sampled_from(scored)): finding("1")}, *found[2:]]
    before, after = whole(one, found), whole(one, better)
    assert all(now.lower >= then.lower - CLOSE and now.upper >= then.upper - CLOSE for then, now in zip(before, after, strict=True))
    worst, best = (min(score.lower for score in before), max(score.upper for score in before))
    assert 0 <= worst <= best <= one.full + CLOSE
