"""接收: runs taken in one after the other, so that a damaged one costs only itself; then the open periods are judged again."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from scoring.errors import DisclosureError
from scoring.model import PeriodState
from scoring.services import assess, period_rows, probes, runs
from scoring.services.workspace import Workspace
from scoring.store import runs as run_store


@dataclass(slots=True)
class Taken:
    """What came of it: the runs taken in, the lines that say why others were not, how many findings are new by open period; availability samples and what of them was damaged."""

    runs: list[str] = field(default_factory=list)
    refused: dict[Path, str] = field(default_factory=dict)
    findings: dict[str, int] = field(default_factory=dict)
    samples: int = 0
    damaged: dict[str, str] = field(default_factory=dict)


def pending(ws: Workspace) -> list[Path]:
    """The directories of complete runs that are not in the database."""
    known = run_store.known(ws.store)
    return [marker.parent for marker in sorted(ws.runs.glob("*/run.json")) if marker.parent.name not in known]


def take_in(ws: Workspace, paths: Iterable[Path], *, actor: str = "system", now: datetime, judge: bool = False) -> Taken:
    """Take in what is good and not yet in, and name the rest. `judge`: even when nothing is new; an earlier taking in may have been killed before it judged."""
    taken = Taken()
    for path in paths:
        try:
            if runs.ingest(ws, path, actor=actor, now=now):
                taken.runs.append(path.name)
        except DisclosureError as error:
            taken.refused[path] = str(error)
    taken.samples, taken.damaged = probes.take_in(ws, actor=actor, now=now)
    if taken.runs or taken.samples or judge:
        for period in period_rows.rows(ws):
            if period.state is PeriodState.OPEN and ((new := assess.assess(ws, period.id, actor=actor, now=now)) or taken.runs or taken.samples):
                taken.findings[period.id] = new
    return taken


def unusable(home: Path, paths: Iterable[Path], *, simulated: bool) -> dict[Path, str]:
    """The runs that a home without a database could not take in, with the line that says why."""
    found: dict[Path, str] = {}
    for path in paths:
        try:
            runs.read(path, home, simulated=simulated)
        except DisclosureError as error:
            found[path] = str(error)
    return found
