"""`ingest`: a run that cannot be used costs only itself."""

import json
from pathlib import Path

import pytest

from tests.cli.when import said
from tests.services.hand import portal, with_period, write_run


def test_the_good_runs_are_taken_in_and_the_bad_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_period(tmp_path).close()
    (write_run(tmp_path, portal("a-damaged")) / "sites" / "portal.json").write_text("{}", "utf-8")
    write_run(tmp_path, portal("b-good"))
    newer = write_run(tmp_path, portal("c-newer")) / "run.json"
    newer.write_text(json.dumps(json.loads(newer.read_text("utf-8")) | {"format": 9}), "utf-8")
    write_run(tmp_path, portal("d-half"), complete=False)
    code, out, err = said(capsys, "ingest", "--home", str(tmp_path))
    assert code == 2
    assert "接收采集批次 1 个：b-good" in out
    assert "评估期次 2026Q1：新的评分结果" in out
    lines = err.strip().splitlines()
    assert len(lines) == 2
    assert "a-damaged" in lines[0]
    assert "c-newer" in lines[1]
    assert "升级" in lines[1]
    assert said(capsys, "ingest", "b-good", "--home", str(tmp_path))[0] == 0
    code, out, err = said(capsys, "ingest", "d-half", "a-damaged", "--home", str(tmp_path))
    assert (code, err.count("\n")) == (2, 2)
    assert "d-half" in err


def test_runs_that_cannot_be_used_make_no_database(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write_run(tmp_path, portal("half"), complete=False)
    before = sorted(tmp_path.rglob("*"))
    code, _, err = said(capsys, "ingest", "half", "gone", "--home", str(tmp_path))
    assert (code, err.count("\n")) == (2, 2)
    assert sorted(tmp_path.rglob("*")) == before
