"""A small edition of its own for tests of facts that need time, and runs on chosen days."""

from datetime import date
from pathlib import Path

import pytest

from crawlers.observation import Sighting
from scoring.model import Edition, Finding, Role
from scoring.services import assess, editions, periods, runs
from scoring.services.workspace import Workspace
from scoring.store import findings
from tests.services.hand import GROUP, NOW, portal, register, write_run

HEAD = "edition: t\nformat: 1\ntitle: 测\nscale: points\ngrades: [{name: 合格, at_least: 0}]\nindex:\n"


def edition(*leaves: str) -> Edition:
    """An edition of these leaves, each `{code: …, weight: 1, …}`."""
    return editions.load(HEAD + "".join(f"  - {leaf}\n" for leaf in leaves))


def opened(
    home: Path, patch: pytest.MonkeyPatch, made: Edition, start: date = date(2026, 1, 1), end: date = date(2026, 3, 31), cutoff: date | None = None
) -> Workspace:
    """A home with the open period `p`, judged by `made`."""
    ws = Workspace.open(home, clock=lambda: NOW)
    patch.setattr(editions, "get", lambda _id: made)
    periods.create(ws, "p", "测试期", {GROUP: made.id}, start, end, cutoff, register(), "测试员", role=Role.EVALUATOR, now=NOW)
    return ws


def crawled(ws: Workspace, day: date, **changes: Sighting) -> str:
    """A run of that day, taken in; `changes` by column are those of the unit `fgw`."""
    run = f"r-{day}"
    runs.ingest(ws, write_run(ws.home, portal(run, day, {("fgw", key): seen for key, seen in changes.items()})), now=NOW)
    return run


def judged(ws: Workspace, code: str, unit: str = "fgw") -> tuple[Finding, str, int]:
    """The machine's finding after assessing, the run it comes from, and its sequence."""
    assess.assess(ws, "p", now=NOW)
    state = findings.states(ws.store, "p", unit)[unit][code]
    assert state.machine is not None
    return state.machine, state.run, state.seq
