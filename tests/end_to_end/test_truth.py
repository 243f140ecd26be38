"""`demo --build-only` from nothing, then every finding of every quarter against the truth; and rules broken on purpose must be noticed."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from crawlers.demo.truth import PERIODS, Truth
from crawlers.status import Looked
from scoring.model import Role, UnitEvidence
from scoring.rules import RULES
from scoring.rules.spec import RuleSpec
from scoring.services import drafts, periods, results
from scoring.services.workspace import Workspace
from tests.conftest import ROOT, Built
from tests.end_to_end.compare import differences

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("demo")]


def test_every_finding_of_every_quarter_is_what_the_truth_says(built: Built) -> None:
    found = list(differences(built.home, ROOT))
    assert not found, "\n".join(str(difference) for difference in found[:20])


def test_what_the_database_holds_is_what_the_truth_says(built: Built) -> None:
    truth = Truth()
    workspace = Workspace.open(built.home)
    try:
        stated = {period.id: period for period in periods.periods(workspace)}
        assert set(stated) == set(PERIODS)
        published = {period.id for period in periods.published(workspace)}
        assert published == {"2026Q1", "2026Q2"}
        compared = 0
        for period in PERIODS:
            read = results.profile if period in published else drafts.profile
            for unit in truth.units:
                leaves = {leaf.code: leaf for leaf in read(workspace, period, unit, role=Role.EVALUATOR).leaves}
                for code, expected in truth.expected(period, unit).items():
                    if code not in leaves:  # vetoes stand beside the tree
                        continue
                    leaf = leaves[code]
                    assert (period, unit, code, str(leaf.machine_outcome or leaf.outcome)) == (period, unit, code, expected.outcome)
                    if expected.ratio is not None and leaf.machine_ratio is not None:
                        assert abs(leaf.machine_ratio - Decimal(expected.ratio.numerator) / expected.ratio.denominator) < Decimal("1e-20"), (period, unit, code)
                    compared += 1
        assert compared > 1_500
    finally:
        workspace.close()


Mutant = Callable[[RuleSpec], Callable[[UnitEvidence, Any, date], Any]]


def _with(**change: Callable[[Any], Any]) -> Mutant:
    def mutate(spec: RuleSpec) -> Callable[[UnitEvidence, Any, date], Any]:
        return lambda evidence, params, as_of: spec.rule(
            evidence, params.model_copy(update={name: how(getattr(params, name)) for name, how in change.items()}), as_of
        )

    return mutate


def _trusting(spec: RuleSpec) -> Callable[[UnitEvidence, Any, date], Any]:
    """A rule that takes every negative for confirmed: the false "missing"."""

    def rule(evidence: UnitEvidence, params: Any, as_of: date) -> Any:
        assert evidence.view is not None
        seen = tuple(replace(sighting, confirmed=True, complete=True) for sighting in evidence.view.sightings)
        return spec.rule(replace(evidence, view=replace(evidence.view, sightings=seen, looked=Looked.COMPLETE, gaps=())), params, as_of)

    return rule


def _yesterday(spec: RuleSpec) -> Callable[[UnitEvidence, Any, date], Any]:
    """A rule that takes the last day of a span for outside it."""
    return lambda evidence, params, as_of: spec.rule(evidence, params, date.fromordinal(as_of.toordinal() - 1))


def _tomorrow(spec: RuleSpec) -> Callable[[UnitEvidence, Any, date], Any]:
    """A rule that takes the last day of a span for one after it."""
    return lambda evidence, params, as_of: spec.rule(evidence, params, date.fromordinal(as_of.toordinal() + 1))


MUTANTS: list[tuple[str, str, Mutant]] = [
    ("updated_within", "age < limit instead of <=", _with(days=lambda days: days - 1)),
    ("updated_within", "age <= limit + 1", _with(days=lambda days: days + 1)),
    ("updated_within", "unconfirmed negatives count", _trusting),
    ("column_present", "an alias pays in full", _with(alias_ratio=lambda _: Decimal(1))),
    ("column_present", "unconfirmed negatives count", _trusting),
    ("columns_present", "unconfirmed negatives count", _trusting),
    ("columns_fresh", "age < limit instead of <=", _with(days=lambda days: days - 1)),
    ("report_on_time", "the deadline is a day early", _with(day=lambda day: day - 1)),
    ("report_years", "one year less is asked", _with(years=lambda years: years - 1)),
    ("item_each_quarter", "a quarter has not ended on its last day", _yesterday),
    ("home_updated_within", "one day less", _with(days=lambda days: days - 1)),
    ("document_titled_by", "the deadline is a day early", _with(day=lambda day: day - 1)),
    ("kinds_listed", "the oldest day is left out", _with(days=lambda days: days and days - 1)),
    ("kinds_listed", "a kind is due on its last day", _with(due=lambda due: dict.fromkeys(due, (6, 29)))),
    ("published_within", "one day less", _with(days=lambda days: days - 1)),
    ("issues_of_year", "more issues are due", _with(a_year=lambda a_year: a_year + 2)),
    ("history_kept", "a year more is asked", _with(years=lambda years: years + 1)),
    ("kinds_filled", "unconfirmed negatives count", _trusting),
    ("entry_opens", "unconfirmed negatives count", _trusting),
    ("channel_usable", "unconfirmed negatives count", _trusting),
    ("consultations_proper", "one day less than 30 will do", _with(least=lambda least: least - 1)),
    ("consultations_proper", "the span is a day shorter", _with(days=lambda days: days - 1)),
    ("consultations_answered", "an outcome is due at once", _with(after=lambda _: 1)),
    ("interpretations_in_time", "two weeks will do", _with(limit=lambda _: 10)),
    ("interpretations_linked", "the span is a day shorter", _with(days=lambda days: days - 1)),
    ("interpretation_kinds", "one kind will do", _with(least=lambda _: 1)),
    ("items_within", "one more is asked", _with(least=lambda least: least + 1)),
    ("tags_carried", "a page without the tag is one too many", _with(share=lambda _: Decimal(1))),
    ("footer_marks", "the mark of party and government bodies is not asked", _with(marks=lambda marks: marks[:3])),
    ("columns_kept", "a year is a month shorter", _with(days=lambda days: days - 30)),
    ("report_sections_complete", "the last day before the deadline is after it", _tomorrow),
]


@pytest.mark.parametrize(("rule", "what", "mutant"), MUTANTS, ids=[f"{rule}: {what}" for rule, what, _ in MUTANTS])
def test_a_rule_broken_on_purpose_is_noticed(rule: str, what: str, mutant: Mutant, built: Built) -> None:
    broken = dict(RULES) | {rule: replace(RULES[rule], rule=mutant(RULES[rule]))}
    codes = {difference.code for difference in differences(built.home, ROOT, broken)}
    assert codes, f"{rule} ({what}) went unnoticed"


def test_the_build_says_what_it_did(built: Built) -> None:
    if built.printed:
        assert "模拟数据" in built.printed
        assert "2026年三季度" in built.printed
    assert not list(Path(built.home / "runs").glob("*/sites/*.progress"))
