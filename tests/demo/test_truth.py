"""The truth covers every unit, quarter and automatic leaf, and names nothing that does not exist. No rule is used here."""

from datetime import date

import pytest

from crawlers.demo import DemoCity
from crawlers.demo.truth import PERIODS, Truth, TruthError, _Group
from scoring.services import editions

ENDS = dict(zip(PERIODS, (date(2026, 3, 31), date(2026, 6, 30), date(2026, 9, 30)), strict=True))
EDITION = {"区县": "ningbo-2020", "市直部门": "ningbo-2020-bm", "镇街": "ningbo-2020-zj-zh"}


@pytest.fixture(scope="module")
def truth() -> Truth:
    return Truth()


def test_units_are_those_of_the_register(truth: Truth) -> None:
    register = DemoCity.load().register()
    assert {unit.id: unit.group for unit in register.units} == truth.group


@pytest.mark.parametrize("period", PERIODS)
def test_every_automatic_leaf_of_every_unit_is_stated(truth: Truth, period: str) -> None:
    for unit in truth.units:
        automatic = {leaf.code for leaf in editions.get(EDITION[truth.group[unit]]).leaves() if leaf.rule}
        assert truth.expected(period, unit).keys() == automatic, unit


@pytest.mark.parametrize("period", PERIODS)
def test_outcomes_ratios_and_days_agree_in_form(truth: Truth, period: str) -> None:
    for unit in truth.units:
        for code, expected in truth.expected(period, unit).items():
            where = (period, unit, code)
            if expected.outcome in ("NOT_OBSERVED", "NOT_APPLICABLE"):
                assert expected.ratio is None, where
                assert expected.newest is None, where
            elif expected.outcome == "PARTIAL":
                assert expected.ratio is not None, where
                assert 0 < expected.ratio < 1, where
            assert expected.newest is None or expected.newest <= ENDS[period], where
            if expected.outcome not in ("MET", "NOT_APPLICABLE"):
                assert expected.why, where


def test_freshness_leaves_that_are_met_state_their_newest_day(truth: Truth) -> None:
    for unit in truth.units:
        edition = editions.get(EDITION[truth.group[unit]])
        dated = {leaf.code for leaf in edition.leaves() if leaf.rule in ("updated_within", "home_updated_within")}
        for period in PERIODS:
            for code, expected in truth.expected(period, unit).items():
                if expected.outcome == "MET":
                    assert (expected.newest is not None) == (code in dated), (period, unit, code)


@pytest.mark.parametrize("period", PERIODS[:2])
def test_people_settle_everything_that_keeps_the_first_two_quarters_from_being_locked(truth: Truth, period: str) -> None:
    duties = {unit.id: unit.duties for unit in DemoCity.load().register().units}
    for unit in truth.units:
        decided, edition = truth.manual(period, unit), editions.get(EDITION[truth.group[unit]])
        for leaf in edition.leaves():
            expected = truth.expected(period, unit).get(leaf.code)
            if set(leaf.needs) - set(duties[unit]):
                assert leaf.code not in decided, (unit, leaf.code)
            elif leaf.manual is not None:
                decision = decided[leaf.code]
                assert decision.points is not None if leaf.manual.points else decision.level in leaf.manual.levels, (unit, leaf.code, decision.level)
            elif expected is not None and expected.outcome == "NOT_OBSERVED":
                assert decided[leaf.code].kind in ("look", "confirm"), (unit, leaf.code)
                assert decided[leaf.code].why
            elif leaf.check == "assist" and expected is not None and expected.outcome != "NOT_APPLICABLE":
                assert decided[leaf.code].kind == "check", (unit, leaf.code)
        assert decided.keys() <= {leaf.code for leaf in edition.leaves()}


def test_the_third_quarter_leaves_most_manual_leaves_open(truth: Truth) -> None:
    for unit in truth.units:
        decided = truth.manual("2026Q3", unit)
        assert decided.keys() <= {"h3-venue", "h4-training", "p10-training"}


def test_an_exception_for_an_unknown_leaf_is_refused() -> None:
    group = _Group(group="区县", defaults={"a1": {}}, units={"x": {"a2": {"outcome": "UNMET"}}})
    with pytest.raises(TruthError, match="a2"):
        group.leaves("x")


def test_every_outcome_occurs_and_quarters_differ(truth: Truth) -> None:
    seen = {expected.outcome for period in PERIODS for unit in truth.units for expected in truth.expected(period, unit).values()}
    assert seen == {"MET", "PARTIAL", "UNMET", "NOT_OBSERVED", "NOT_APPLICABLE"}
    met = {period: {unit: sum(e.outcome == "MET" for e in truth.expected(period, unit).values()) for unit in truth.units} for period in PERIODS}
    assert met["2026Q1"]["wangshu"] < met["2026Q2"]["wangshu"] < met["2026Q3"]["wangshu"]
    assert met["2026Q1"]["lanwan"] > met["2026Q2"]["lanwan"] > met["2026Q3"]["lanwan"]
