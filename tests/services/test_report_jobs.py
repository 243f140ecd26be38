"""Reports written in the background: the same files as at once, kept by period, revision, kind and role; another role never gets them."""

import io
import time
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from scoring.errors import BadInput, Refused
from scoring.model import Role
from scoring.services import jobs, results
from scoring.services.report import background, build
from scoring.services.report.kinds import Kind
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import Workspace, replace_json, utc_now
from tests.services.closing import PERIOD, published


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    made, _ = published(tmp_path / "home")
    yield made
    made.close()


def wait(ws: Workspace, period: PeriodInfo, kind: Kind, role: Role) -> str:
    for _ in range(600):
        state = background.newest(ws, period, kind, role=role)
        assert state is not None
        if state.state not in jobs.LIVE:
            return state.state
        time.sleep(0.1)
    return "too slow"


def test_a_job_writes_what_is_written_at_once_and_keeps_it(ws: Workspace) -> None:
    info = results.period(ws, PERIOD)
    assert background.newest(ws, info, Kind.UNIT, role=Role.LEADER) is None
    job = background.start(ws, info.ref, Kind.UNIT, owner="领导", role=Role.LEADER, now=utc_now())
    with pytest.raises(Refused, match="正在后台写"):
        background.start(ws, info.ref, Kind.UNIT, owner="另一位", role=Role.LEADER, now=utc_now())
    assert wait(ws, info, Kind.UNIT, Role.LEADER) == "done", jobs.state(ws, job).error
    name, content = background.content(ws, job, role=Role.LEADER)
    press = build.Press(ws, info.ref, Role.LEADER)
    assert name == f"{press.name}-分报告.zip"
    assert sorted(zipfile.ZipFile(io.BytesIO(content)).namelist()) == sorted(press.make(Kind.UNIT))
    assert background.newest(ws, info, Kind.UNIT, role=Role.EVALUATOR) is None, "what an evaluator may read is another file"
    assert background.newest(ws, replace(info, revision=2), Kind.UNIT, role=Role.LEADER) is None
    with pytest.raises(BadInput, match="没有这份写好的报告"):
        background.content(ws, job, role=Role.STAFF)
    assert jobs.recent(ws, "领导") == [], "it is no self-check"
    with pytest.raises(BadInput, match="不是自查任务"):
        jobs.result(ws, job)


def test_what_goes_wrong_is_told(ws: Workspace) -> None:
    info = results.period(ws, PERIOD)
    folder = ws.home / "jobs" / ("a" * 32)
    folder.mkdir(parents=True)
    replace_json(folder / "job.json", {"id": folder.name, "kind": "report", "started": utc_now().isoformat(), "pid": 1, "request": {"period": info.id}})
    assert background.work(ws.home, folder.name) == 2
    assert "请重新生成" in jobs.state(ws, folder.name).error
    with pytest.raises(BadInput):
        background.start(ws, "2030Q1", Kind.WEB, owner="领导", role=Role.LEADER, now=utc_now())
