"""Runs are taken in once, whole or not at all."""

import json
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.errors import BadInput
from scoring.model import Outcome, Role
from scoring.services import assess, drafts, runs
from scoring.services.ingester import ingest_new
from scoring.services.workspace import Workspace
from scoring.store import findings
from tests.services.hand import AS_OF, GROUP, NOW, UNITS, missing, portal, stale, with_period, write_run


def _count(ws: Workspace, table: str) -> int:
    return int(ws.store.rows(f"SELECT count(*) AS n FROM {table}")[0]["n"])  # noqa: S608


def test_a_run_is_taken_in_once(tmp_path: Path) -> None:
    ws = with_period(tmp_path / "home")
    path = write_run(ws.home, portal("r1"))
    assert runs.ingest(ws, path, now=NOW)
    before = {table: _count(ws, table) for table in ("run", "observation", "snapshot", "sighting")}
    assert before["run"] == 1
    assert before["sighting"] > 30
    assert not runs.ingest(ws, path, now=NOW)
    assert before == {table: _count(ws, table) for table in before}
    ws.close()


def test_only_a_changed_input_makes_a_new_finding(tmp_path: Path) -> None:
    ws = with_period(tmp_path / "home")
    runs.ingest(ws, write_run(ws.home, portal("r1")), now=NOW)
    first = assess.assess(ws, "2026Q1", now=NOW)
    assert first > 0
    assert assess.assess(ws, "2026Q1", now=NOW) == 0
    runs.ingest(ws, write_run(ws.home, portal("r2", changes={("fgw", "duties"): stale("duties", "机关职能")})), now=NOW)
    assert assess.assess(ws, "2026Q1", now=NOW) == first - len(UNITS)  # mock applications are no matter of a run
    state = findings.states(ws.store, "2026Q1", "fgw")["fgw"]["p3-duties"]
    assert state.machine is not None
    assert (state.machine.outcome, state.seq, state.run) == (Outcome.UNMET, 2, "r2")
    assert state.rule_version == "1"
    assert len(state.input_sha) == 64
    ws.close()


def test_an_incomplete_run_is_refused_and_writes_nothing(tmp_path: Path) -> None:
    ws = with_period(tmp_path / "home")
    path = write_run(ws.home, portal("r1"), complete=False)
    with pytest.raises(BadInput, match="r1 没有采完"):
        runs.ingest(ws, path, now=NOW)
    assert _count(ws, "run") == _count(ws, "sighting") == 0
    ws.close()


def test_runs_that_cannot_be_trusted_are_refused_by_name(tmp_path: Path) -> None:
    ws = with_period(tmp_path / "home")
    newer = write_run(ws.home, portal("newer"))
    manifest = json.loads((newer / "run.json").read_text("utf-8"))
    (newer / "run.json").write_text(json.dumps(manifest | {"format": 9}), "utf-8")
    other_plan = write_run(ws.home, portal("otherplan"))
    plan = json.loads((other_plan / "plan.json").read_text("utf-8"))
    (other_plan / "plan.json").write_text(json.dumps(plan | {"budget": 7}), "utf-8")
    damaged = write_run(ws.home, portal("damaged"))
    (damaged / "sites" / "portal.json").write_text("{}", "utf-8")
    simulated = write_run(ws.home, portal("simulated"), simulated=True)
    for path, word in ((newer, "升级"), (other_plan, "采集方案"), (damaged, "校验"), (simulated, "模拟")):
        with pytest.raises(BadInput, match=word) as caught:
            runs.ingest(ws, path, now=NOW)
        assert path.name in str(caught.value)
        assert "\n" not in str(caught.value)
    with pytest.raises(BadInput, match="runs 文件夹"):
        runs.ingest(ws, tmp_path / "elsewhere", now=NOW)
    assert _count(ws, "run") == 0
    ws.close()


def test_the_ingester_takes_what_is_good_and_names_what_is_not(tmp_path: Path) -> None:
    ws = with_period(tmp_path / "home")
    broken = write_run(ws.home, portal("broken"))
    (broken / "run.json").write_text("{", "utf-8")
    write_run(ws.home, portal("good", changes={("fgw", "guide"): missing("guide", "政府信息公开指南")}))
    refused = ingest_new(ws, {})
    assert [name.split("@")[0] for name in refused] == ["broken"]
    assert drafts.profile(ws, "2026Q1", "fgw", role=Role.EVALUATOR).row.counts[Outcome.UNMET] >= 2
    assert ingest_new(ws, refused) == refused
    ws.close()


def test_a_failed_crawl_does_not_hide_an_earlier_look(tmp_path: Path) -> None:
    from crawlers.status import FetchStatus

    ws = with_period(tmp_path / "home")
    runs.ingest(ws, write_run(ws.home, portal("good", as_of=date(2026, 3, 20))), now=NOW)
    runs.ingest(ws, write_run(ws.home, portal("down", as_of=AS_OF, status=FetchStatus.TIMEOUT)), now=NOW)
    runs.ingest(ws, write_run(ws.home, portal("late", as_of=date(2026, 4, 2))), now=NOW)
    assert {site: seen.run for site, seen in runs.latest(ws, date(2026, 1, 1), AS_OF).items()} == {"portal": "good"}
    ws.close()


def test_a_site_that_could_not_be_had_is_not_a_zero(tmp_path: Path) -> None:
    from crawlers.status import FetchStatus

    ws = with_period(tmp_path / "home")
    runs.ingest(ws, write_run(ws.home, portal("down", status=FetchStatus.TIMEOUT)), now=NOW)
    assess.assess(ws, "2026Q1", now=NOW)
    row = drafts.ranking(ws, "2026Q1", GROUP, role=Role.EVALUATOR).rows[0]
    assert row.counts[Outcome.UNMET] == 0
    assert (row.score.rank, row.score.grade) == (None, None)
    assert (row.score.lower, row.score.upper) == (Decimal(0), Decimal(100))
    ws.close()
