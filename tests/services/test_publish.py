"""Locking names what stands in its way; a published file is complete, immutable, and proves its own digest."""

import hashlib
from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

import duckdb
import pytest

from scoring.errors import BadInput, NotPermitted, Refused
from scoring.model import Outcome, PeriodState, Role
from scoring.services import assess, drafts, period_rows, periods, results, reviews, runs, verification
from scoring.services.reviews import Decision
from scoring.services.workspace import Workspace
from scoring.store import ledger
from tests.services.closing import finished, settle
from tests.services.hand import AS_OF, EDITION, GROUP, NOW, add_period, missing, portal, stale, with_period, write_run


def test_locking_lists_what_stands_in_its_way(tmp_path: Path) -> None:
    from dataclasses import replace

    from tests.services.hand import sighting

    ws = with_period(tmp_path / "home")
    unseen = replace(sighting("duties", "机关职能", AS_OF), newest=None, items=())
    runs.ingest(ws, write_run(ws.home, portal("r1", changes={("jyj", "duties"): unseen})), now=NOW)
    assess.assess(ws, "2026Q1", now=NOW)
    found = {(one.unit, one.code): one.why for one in periods.blockers(ws, "2026Q1", role=Role.EVALUATOR)}
    assert "尚未评分" in found["fgw", "p10-training"]
    assert "人工补查" in found["jyj", "p3-duties"]
    assert not [code for unit, code in found if unit == "jyj" and code == "p1-guide"]  # decided by the machine alone
    with pytest.raises(Refused, match=f"{len(found)} 项未办结"):
        periods.lock(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    with pytest.raises(Refused, match="尚未锁定"):
        periods.publish(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    with pytest.raises(NotPermitted):
        periods.lock(ws, "2026Q1", "甲", NOW, role=Role.LEADER)
    assert period_rows.row(ws, "2026Q1").state is PeriodState.OPEN
    ws.close()


def test_a_locked_period_is_closed_for_good(tmp_path: Path) -> None:
    ws = finished(tmp_path / "home")
    periods.lock(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    for attempt in (lambda: assess.assess(ws, "2026Q1", now=NOW), lambda: periods.lock(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR), lambda: settle_one(ws)):
        with pytest.raises(Refused, match="锁定"):
            attempt()
    revision = ledger.revisions(ws.store, "2026Q1")[0]
    assert len(revision.digest) == 64
    assert revision.engine
    assert revision.editions == {GROUP: period_rows.row(ws, "2026Q1").groups[GROUP][1]}
    totals = [row for row in ledger.scores(ws.store, "2026Q1", 1) if row["code"] == ""]
    assert {row["unit_id"]: Decimal(row["total"]) for row in totals} == {
        row.unit: row.score.total for row in drafts.ranking(ws, "2026Q1", GROUP, role=Role.EVALUATOR).rows
    }
    ws.close()


def settle_one(ws: Workspace) -> None:
    made = Decision("2026Q1", "fgw", "p1-guide", 1, outcome=Outcome.UNMET, why="x")
    reviews.decide(ws, made, actor="a", role=Role.EVALUATOR, now=NOW)


def test_locking_recomputes_every_finding(tmp_path: Path) -> None:
    ws = finished(tmp_path / "home")
    with ws.store.write() as writer:
        writer.execute("UPDATE finding SET outcome = 'UNMET', ratio = '0' WHERE unit_id = 'fgw' AND code = 'p3-duties'")
    with pytest.raises(Refused, match="1 项机器结果与重新计算不一致"):
        periods.lock(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    ws.close()


def test_the_published_file_proves_itself_and_never_changes(tmp_path: Path) -> None:
    ws = finished(tmp_path / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")})
    draft = drafts.ranking(ws, "2026Q1", GROUP, role=Role.EVALUATOR)
    periods.lock(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    later = NOW + timedelta(hours=3)
    assert periods.periods(ws)[0].published_at is None
    made = periods.publish(ws, "2026Q1", "甲", later, role=Role.EVALUATOR)
    assert (made.state, made.revision, made.published_at) == (PeriodState.PUBLISHED, 1, later)
    (path,) = ws.published.glob("*.duckdb")
    digest = ledger.revisions(ws.store, "2026Q1")[0].digest
    assert path.name == f"2026Q1-r1-{digest[:12]}.duckdb"
    verdict = verification.verify(path, digest=digest[:12])
    assert (verdict.holds, verdict.units, verdict.faults) == (True, 3, [])
    before = hashlib.sha256(path.read_bytes()).hexdigest()
    with pytest.raises(Refused, match="已发布"):
        periods.publish(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    shown = results.ranking(ws, "2026Q1", GROUP, nodes=True)
    assert [(row.unit, row.score) for row in shown.rows] == [(row.unit, row.score) for row in draft.rows]
    assert results.profile(ws, "2026Q1", "fgw").leaves == drafts.profile(ws, "2026Q1", "fgw", role=Role.EVALUATOR).leaves
    assert periods.published(ws)[0] == made == periods.periods(ws)[0]
    ws.close()
    reader = Workspace.open(tmp_path / "home", write=False)
    assert [row.unit for row in results.ranking(reader, "latest", GROUP).rows] == [row.unit for row in shown.rows]
    with pytest.raises(BadInput, match="只读"):
        drafts.ranking(reader, "2026Q1", GROUP, role=Role.EVALUATOR)
    assert hashlib.sha256(path.read_bytes()).hexdigest() == before


def test_no_score_is_kept_as_a_float(tmp_path: Path) -> None:
    ws = finished(tmp_path / "home")
    periods.lock(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    periods.publish(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    (path,) = ws.published.glob("*.duckdb")
    types = {row["data_type"] for row in ws.store.rows("SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal")}
    with duckdb.connect(str(path), read_only=True) as file:
        types |= {row[0] for row in file.execute("SELECT DISTINCT data_type FROM duckdb_columns() WHERE NOT internal").fetchall()}
    assert not types & {"DOUBLE", "FLOAT", "REAL"}
    ws.close()


def test_a_ranking_knows_the_period_before(tmp_path: Path) -> None:
    ws = finished(tmp_path / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")})
    periods.lock(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    periods.publish(ws, "2026Q1", "甲", NOW, role=Role.EVALUATOR)
    add_period(ws, "2026Q2", date(2026, 4, 1), date(2026, 6, 30))
    late = date(2026, 6, 30)
    runs.ingest(ws, write_run(ws.home, portal("r2", as_of=late, changes={("jyj", "duties"): stale("duties", "机关职能", late)})), now=NOW)
    assess.assess(ws, "2026Q2", now=NOW)
    settle(ws, "2026Q2")
    rows = {row.unit: row for row in drafts.ranking(ws, "2026Q2", GROUP, role=Role.EVALUATOR).rows}
    first = {row.unit: row for row in results.ranking(ws, "2026Q1", GROUP).rows}
    assert rows["fgw"].previous_rank == first["fgw"].score.rank == 3
    assert rows["fgw"].change == 3 - (rows["fgw"].score.rank or 0)
    assert rows["fgw"].history == (first["fgw"].score.total, rows["fgw"].score.total)
    assert first["fgw"].change is None
    ws.close()


def test_a_period_that_cannot_be_is_not_created(tmp_path: Path) -> None:
    from tests.services.hand import register

    ws = with_period(tmp_path / "home")

    def create(period: str = "x", groups: dict[str, str] | None = None, start: date = date(2026, 1, 1), end: date = AS_OF, *, simulated: bool = False) -> None:
        periods.create(
            ws, period, "t", {GROUP: EDITION} if groups is None else groups, start, end, None, register(simulated=simulated), "a", role=Role.EVALUATOR, now=NOW
        )

    cases: tuple[tuple[Callable[[], None], str], ...] = (
        (lambda: create("2026Q1"), "已存在"),
        (lambda: create("../x"), "无效"),
        (lambda: create("latest"), "latest"),
        (lambda: create(groups={"没有": EDITION}), "没有分组 没有"),
        (lambda: create(groups={GROUP: "none"}), "没有指标体系 none"),
        (lambda: create(groups={}), "--group"),
        (lambda: create(start=date(2026, 5, 1)), "晚于"),
        (lambda: create(simulated=True), "模拟"),
    )
    for attempt, word in cases:
        with pytest.raises(BadInput, match=word):
            attempt()
    assert [one.id for one in periods.periods(ws)] == ["2026Q1"]
    ws.close()
