"""No service assumes who is asking: the role must be given, and only an evaluator sees drafts, scores, locks and publishes."""

import inspect
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from scoring.errors import NotPermitted
from scoring.model import Outcome, Role
from scoring.services import drafts, locking, periods, reviews
from scoring.services.reviews import Decision
from scoring.services.workspace import Workspace
from tests.services.hand import AS_OF, EDITION, GROUP, NOW, register, with_period

DECISION = Decision("2026Q1", "fgw", "p1-guide", 0, outcome=Outcome.MET, why="x")
CALLS: dict[str, Callable[[Workspace, Role], Any]] = {
    "drafts.ranking": lambda ws, role: drafts.ranking(ws, "2026Q1", GROUP, role=role),
    "drafts.profile": lambda ws, role: drafts.profile(ws, "2026Q1", "fgw", role=role),
    "periods.blockers": lambda ws, role: periods.blockers(ws, "2026Q1", role=role),
    "reviews.queue": lambda ws, role: reviews.queue(ws, "2026Q1", role=role),
    "reviews.decide": lambda ws, role: reviews.decide(ws, DECISION, actor="a", role=role, now=NOW),
    "reviews.record": lambda ws, role: reviews.record(ws, DECISION, actor="a", role=role, now=NOW),
    "periods.create": lambda ws, role: periods.create(ws, "x", "t", {GROUP: EDITION}, AS_OF, AS_OF, None, register(), "a", role=role, now=NOW),
    "periods.lock": lambda ws, role: periods.lock(ws, "2026Q1", "a", NOW, role=role),
    "periods.publish": lambda ws, role: periods.publish(ws, "2026Q1", "a", NOW, role=role),
}


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    made = with_period(tmp_path)
    yield made
    made.close()


@pytest.mark.parametrize("role", [Role.LEADER, Role.STAFF])
def test_others_are_refused(ws: Workspace, role: Role) -> None:
    before = ws.store.version
    for call in CALLS.values():
        with pytest.raises(NotPermitted, match=role.zh):
            call(ws, role)
    assert ws.store.version == before


def test_nobody_is_taken_for_an_evaluator() -> None:
    for module in (drafts, periods, locking, reviews):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            role = inspect.signature(function).parameters.get("role")
            if role is not None and function.__module__ == module.__name__:
                assert (name, role.default, role.kind) == (name, inspect.Parameter.empty, inspect.Parameter.KEYWORD_ONLY)
