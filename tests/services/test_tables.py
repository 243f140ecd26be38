"""What a ranking says of a group: only what was measured, counted on the units it is said of."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal

from scoring.model import Edition, Finding, Outcome, PeriodState, Unit
from scoring.reasons import Reason
from scoring.services import book, exports, tables
from scoring.services.book import GroupBook
from scoring.services.shapes import PeriodInfo, Ranking, Shortfall
from scoring.store.findings import LeafState
from tests.index.make import BESIDE, TREE, edition, finding

D = Decimal
FULL = {"a1": "1", "a2": "1", "a3": "1", "b": "1", "v0": "1", "v59": "1", "d": "1", "x": "0"}


def grouped(period: str, units: Mapping[str, Mapping[str, str | None]], one: Edition) -> GroupBook:
    """A group from ratios by unit and leaf; None: not observed."""
    info = PeriodInfo(period, period, date(2026, 1, 1), date(2026, 3, 31), None, PeriodState.OPEN, {"组": one.id})
    made = [Unit(name, f"{name}县", "组", "", "", n, ("行政执法",)) for n, name in enumerate(units, 1)]
    states = {unit: {code: state(unit, code, finding(ratio)) for code, ratio in ratios.items()} for unit, ratios in units.items()}
    return book.build([book.Given(info, "组", one, made, states)])[0]


def state(unit: str, code: str, found: Finding) -> LeafState:
    return LeafState(unit, code, 1, found, 1, "", "", "", None, False)


def ranked(now: GroupBook, *before: GroupBook) -> Ranking:
    return tables.ranking(now, [tables.standing(one) for one in before], draft=True, simulated=True, as_of=None)


def test_the_change_of_the_mean_compares_the_same_units() -> None:
    one = edition(TREE)
    first = grouped("1", {"a": {**FULL}, "b": {**FULL, "b": "0.5"}, "c": {**FULL, "b": "0.25"}}, one)
    second = grouped("2", {"a": {**FULL}, "b": {**FULL, "b": "0.75"}, "c": {}, "d": {**FULL, "b": "0"}}, one)
    found = ranked(second, first)
    assert found.mean == (100 + 90 + 60) / D(3)
    assert (found.mean_both, found.previous_mean, found.compared) == (D(95), D(90), 2)
    assert found.before == {"a": 100, "b": 80, "c": 70}


def test_rates_medians_and_losses_leave_out_units_without_enough_data() -> None:
    one = edition(TREE)
    found = ranked(grouped("1", {"a": {**FULL}, "b": {**FULL, "b": "0.5"}, "dark": {"b": "0"}}, one))
    rows = {row.unit: row for row in found.rows}
    assert set(rows["dark"].rates.values()) == {None}
    assert found.medians["b"] == D("0.75")
    lost = {short.leaf.code: (short.mean, short.losing, short.units) for short in found.lost}
    assert lost == {"b": (D(10), 1, 2)}
    dark = tables.profile(grouped("1", {"dark": {"b": "0"}}, one), (), Unit("dark", "暗", "组"), draft=True, simulated=True)
    assert dark.medians == {"a": None, "b": None}


def test_counts_are_those_of_the_tree_and_sum_to_it() -> None:
    one = edition(BESIDE)
    found = ranked(grouped("1", {"a": {**FULL, "v59": "0", "a2": "0"}, "b": {**FULL, "a1": None}}, one))
    rows = {row.unit: row for row in found.rows}
    assert all(sum(row.counts.values()) == 4 for row in found.rows)
    assert rows["a"].counts[Outcome.UNMET] == 1  # neither the veto that held nor the bonus that was not earned
    assert rows["b"].counts[Outcome.NOT_OBSERVED] == 1


def test_a_leaf_tells_what_hangs_beside_the_tree() -> None:
    one = edition(BESIDE)
    made = grouped("1", {"a": {**FULL, "v59": "0"}}, one)
    leaves = {leaf.code: leaf for leaf in tables.leaf_results(made, made.units[0])}
    assert [leaves[code].beside for code in ("a1", "v0", "d", "x")] == ["", "veto", "deduction", "bonus"]
    assert [leaves[code].said for code in ("a1", "v0", "v59", "x")] == ["达标", "未触发", "触发否决", "未加分"]


def test_an_unscored_bonus_is_told_beside_the_score() -> None:
    one = edition(BESIDE)
    found = ranked(grouped("1", {"a": {**FULL, "x": None}, "b": {**FULL}, "c": {**FULL, "b": "0", "x": None}}, one))
    rows = {row.unit: row for row in found.rows}
    assert (rows["a"].score.total, rows["a"].score.upper, rows["a"].bonus_open) == (D(100), D(100), D(3))
    assert (rows["b"].bonus_open, rows["c"].bonus_open) == (D(0), D(0))  # scored; 60 can never exceed 80


def test_a_csv_leaves_the_score_of_a_unit_without_enough_data_empty() -> None:
    one = edition(TREE)
    found = ranked(grouped("1", {"a": {**FULL}, "dark": {"b": "1"}}, one))
    lines = {line.split(",")[3]: line.split(",") for line in exports.ranking_csv([replace(found)]).splitlines()}
    assert lines["dark"][5:8] == ["", "", ""]
    assert lines["a"][5].startswith("100.")


def test_a_shortfall_is_common_when_two_units_and_a_third_share_it() -> None:
    leaf = next(edition(TREE).leaves())
    counts = ((1, 3), (2, 3), (2, 6), (2, 7), (9, 10))
    assert [Shortfall(leaf, D(1), losing, units).common for losing, units in counts] == [False, True, True, False, True]


def test_reasons_name_the_day_they_count_from() -> None:
    one = edition(TREE)
    made = grouped("1", {"a": {**FULL}}, one)
    stale = Finding(Outcome.UNMET, D(0), Reason.COLUMN_STALE, {"column": "政务要闻", "newest": "2025-10-20", "age": 253, "days": 14})
    told = tables.leaf_result(next(one.leaves()), "a", stale, state("a", "a1", stale), made.points("a")["a1"])
    assert told.reason == "「政务要闻」最新一条发布于 2025-10-20，截至 2026-06-30 已 253 天，超过 14 天。"
