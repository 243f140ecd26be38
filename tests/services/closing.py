"""A home brought to the steps of a period's end: ready to lock, locked, published, corrected."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import Path

from crawlers.observation import Sighting
from scoring.disclosure import EVERYTHING, Disclosure
from scoring.model import Check, Outcome, Role
from scoring.services import assess, corrections, drafts, periods, reviews, runs
from scoring.services.reviews import Decision
from scoring.services.workspace import Workspace
from tests.services.hand import NOW, UNITS, portal, with_period, write_run

PERIOD = "2026Q1"
LATER = NOW + timedelta(hours=3)


def settle(ws: Workspace, period: str) -> None:
    """Score every leaf that waits, as a person would: manual leaves in full, assist leaves accepted, what was not observed looked up and found."""
    for unit in UNITS:
        for one in drafts.profile(ws, period, unit, role=Role.EVALUATOR).leaves:
            if any((blocker.unit, blocker.code) == (unit, one.code) for blocker in periods.blockers(ws, period, role=Role.EVALUATOR)):
                level = max(one.indicator.manual.levels, key=lambda name: one.indicator.manual.levels[name]) if one.indicator.manual else None  # type: ignore[union-attr]
                outcome = None if one.check is Check.MANUAL else Outcome.MET if one.outcome is Outcome.NOT_OBSERVED else one.outcome
                made = Decision(period, unit, one.code, one.seq, outcome=outcome, level=level, why="人工补查")
                reviews.decide(ws, made, actor="评估员", role=Role.EVALUATOR, now=NOW)


def finished(home: Path, changes: Mapping[tuple[str, str], Sighting] | None = None) -> Workspace:
    """A home whose one period is ready to be locked."""
    ws = with_period(home)
    runs.ingest(ws, write_run(ws.home, portal("r1", changes=changes)), now=NOW)
    assess.assess(ws, PERIOD, now=NOW)
    settle(ws, PERIOD)
    return ws


def published(home: Path, changes: Mapping[tuple[str, str], Sighting] | None = None, disclosure: Disclosure = EVERYTHING) -> tuple[Workspace, Path]:
    """A published period and its file."""
    ws = finished(home, changes)
    return ws, close(ws, disclosure)


def close(ws: Workspace, disclosure: Disclosure = EVERYTHING) -> Path:
    """Lock and publish; the file of the new revision."""
    periods.lock(ws, PERIOD, "甲", NOW, role=Role.EVALUATOR)
    made = periods.publish(ws, PERIOD, "甲", LATER, role=Role.EVALUATOR, disclosure=disclosure)
    (path,) = ws.published.glob(f"{PERIOD}-r{made.revision}-*.duckdb")
    return path


def judge(ws: Workspace, unit: str, code: str, outcome: Outcome, why: str) -> None:
    """A person decides a leaf otherwise."""
    seq = next(leaf.seq for leaf in drafts.profile(ws, PERIOD, unit, role=Role.EVALUATOR).leaves if leaf.code == code)
    reviews.decide(ws, Decision(PERIOD, unit, code, seq, outcome=outcome, why=why), actor="评估员", role=Role.EVALUATOR, now=LATER)


def correct(ws: Workspace, disclosure: Disclosure = EVERYTHING) -> Path:
    """A correction: one leaf of one unit was judged wrongly."""
    corrections.reopen(ws, PERIOD, "机关职能判错", "甲", LATER, role=Role.EVALUATOR)
    judge(ws, "jyj", "p3-duties", Outcome.UNMET, "复核：栏目为空")
    return close(ws, disclosure)
