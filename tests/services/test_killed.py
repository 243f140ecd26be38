"""Taking a run in is killed with -9: the run is in whole or not at all, and what was not judged is judged by the next one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from scoring.model import Role
from scoring.services import drafts, intake
from scoring.services.workspace import Workspace
from tests.conftest import ROOT
from tests.services.hand import NOW, portal, with_period, write_run

TABLES = ("run", "observation", "snapshot", "sighting")
KILLED = """
import os, signal, sys
from datetime import datetime
from pathlib import Path
from scoring.services import intake
from scoring.services.workspace import Workspace
from scoring.store import database, ledger
from scoring.services import assess
home, point, now = Path(sys.argv[1]), sys.argv[2], datetime.fromisoformat(sys.argv[3])
def die(*_, **__):
    os.kill(os.getpid(), signal.SIGKILL)
insert, audit = database.Writer.insert, ledger.audit
if point in ("observation", "snapshot", "sighting"):
    def inserting(self, table, rows):
        insert(self, table, rows)
        if table == point:
            die()
    database.Writer.insert = inserting
elif point == "audit":
    def auditing(*args, **more):
        audit(*args, **more)
        die()
    ledger.audit = auditing
elif point == "assess":
    assess.assess = die
elif point == "findings":
    from scoring.store import findings
    add = findings.add
    def adding(*args, **more):
        add(*args, **more)
        die()
    findings.add = adding
ws = Workspace.open(home)
intake.take_in(ws, intake.pending(ws), now=now)
print("not killed")
"""


def counts(ws: Workspace) -> dict[str, int]:
    return {table: int(ws.store.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"]) for table in TABLES}  # noqa: S608


@pytest.mark.parametrize("point", ["observation", "snapshot", "sighting", "audit", "assess", "findings"])
def test_a_killed_ingest_leaves_nothing_half_written(point: str, tmp_path: Path) -> None:
    home = tmp_path / "home"
    with_period(home).close()
    write_run(home, portal("r1"))
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    killed = subprocess.run([sys.executable, "-c", KILLED, str(home), point, NOW.isoformat()], env=environment, capture_output=True, text=True, timeout=60)
    assert killed.returncode == -signal.SIGKILL, killed.stderr
    ws = Workspace.open(home)
    committed = point in ("assess", "findings")
    assert (counts(ws)["run"], counts(ws)["sighting"] > 0) == (int(committed), committed), "whole, or not at all"
    assert [path.name for path in intake.pending(ws)] == ([] if committed else ["r1"])
    taken = intake.take_in(ws, intake.pending(ws), now=NOW, judge=True)
    assert taken.findings["2026Q1"] > 0, "what was not judged is judged now"
    assert counts(ws)["run"] == 1
    profile = drafts.profile(ws, "2026Q1", "fgw", role=Role.EVALUATOR)
    assert any(leaf.machine_outcome is not None for leaf in profile.leaves)
    assert intake.take_in(ws, [], now=NOW, judge=True).findings == {}, "once judged, nothing is new"
    ws.close()
