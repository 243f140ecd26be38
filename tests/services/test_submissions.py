"""送审稿: named approvers only, the watermark on every row, each reading on record; and the stages of a period's year."""

import csv
import io
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest

from scoring.errors import BadInput, NotPermitted, Refused
from scoring.model import Outcome, Role
from scoring.services import periods, results, stages, submissions, verification
from scoring.stages import Stage
from tests.services.closing import LATER, PERIOD, close, finished, judge
from tests.services.hand import NAMES, NOW


def test_only_the_named_read_it_and_each_reading_is_on_record(tmp_path: Path) -> None:
    ws = finished(tmp_path / "home")
    for names in ([], [" "]):
        with pytest.raises(BadInput, match="审阅人"):
            submissions.make(ws, PERIOD, names, "", "甲", NOW, role=Role.EVALUATOR)
    with pytest.raises(NotPermitted):
        submissions.make(ws, PERIOD, ["王局长"], "", "甲", NOW, role=Role.LEADER)
    made = submissions.make(ws, PERIOD, ["王局长", "李处长", "王局长"], "请审", "甲", NOW, role=Role.EVALUATOR)
    assert (made.n, made.approvers) == (1, ("王局长", "李处长"))
    assert verification.verify(ws.submissions / made.file).holds
    assert [one.n for one in submissions.waiting_for(ws, "王局长", role=Role.LEADER)] == [1]
    assert submissions.waiting_for(ws, "赵主任", role=Role.LEADER) == []
    for reader, role in (("赵主任", Role.LEADER), ("王局长", Role.STAFF)):
        with pytest.raises(NotPermitted):
            submissions.view(ws, PERIOD, reader, NOW, role=role)
    seen = submissions.view(ws, PERIOD, "王局长", NOW, role=Role.LEADER)
    assert "送审稿第1稿" in seen.mark
    assert "王局长" in seen.mark
    assert {row.name for row in seen.rankings[0].rows} == set(NAMES.values())
    assert seen.rankings[0].draft
    submissions.view(ws, PERIOD, "王局长", NOW, role=Role.LEADER, again=True)
    content = submissions.download(ws, PERIOD, "李处长", NOW + timedelta(minutes=1), role=Role.LEADER)
    assert [(one.reader, one.what) for one in submissions.log(ws, PERIOD, role=Role.EVALUATOR)] == [("李处长", "下载"), ("王局长", "查看")]
    with pytest.raises(NotPermitted):
        submissions.log(ws, PERIOD, role=Role.LEADER)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist()
        for name in packed.namelist():
            text = packed.read(name).decode("utf-8-sig")
            if name.endswith(".csv"):
                rows = list(csv.DictReader(io.StringIO(text)))
                assert rows
                assert all("李处长" in row["送审稿水印"] for row in rows)
            else:
                assert "李处长" in text
    assert not ws.published.exists()
    ws.close()


def test_a_new_draft_takes_the_place_of_the_old_and_publication_of_both(tmp_path: Path) -> None:
    ws = finished(tmp_path / "home")
    first = submissions.make(ws, PERIOD, ["王局长"], "", "甲", NOW, role=Role.EVALUATOR)
    judge(ws, "jyj", "p3-duties", Outcome.UNMET, "空白")
    second = submissions.make(ws, PERIOD, ["李处长"], "", "甲", NOW, role=Role.EVALUATOR)
    assert (second.n, second.digest != first.digest) == (2, True)
    with pytest.raises(NotPermitted):
        submissions.view(ws, PERIOD, "王局长", NOW, role=Role.LEADER)
    path = close(ws)
    assert verification.verify(path, digest=second.digest).holds  # what was approved is what was locked
    assert submissions.waiting_for(ws, "李处长", role=Role.LEADER) == []
    with pytest.raises(Refused, match="已发布"):
        submissions.view(ws, PERIOD, "李处长", NOW, role=Role.LEADER)
    with pytest.raises(Refused, match="已发布"):
        submissions.make(ws, PERIOD, ["李处长"], "", "甲", NOW, role=Role.EVALUATOR)
    assert [one.revision for one in results.history(ws, PERIOD)] == [1]
    ws.close()


def test_the_stages_of_a_year_are_kept_with_who_and_when(tmp_path: Path) -> None:
    ws = finished(tmp_path / "home")
    stages.enter(ws, PERIOD, "反馈", "发初评结果", "甲", LATER, role=Role.EVALUATOR)
    submissions.make(ws, PERIOD, ["王局长"], "", "甲", LATER, role=Role.EVALUATOR)
    close(ws)
    found = stages.history(ws, PERIOD, role=Role.EVALUATOR)
    assert [one.stage for one in found] == [Stage.PLAN, Stage.FEEDBACK, Stage.SUBMIT, Stage.LOCK, Stage.PUBLISH]
    assert (found[1].note, found[1].by, found[1].at) == ("发初评结果", "甲", LATER)
    with pytest.raises(BadInput, match="没有阶段 '休息'，可用：方案、"):
        stages.enter(ws, PERIOD, "休息", "", "甲", LATER, role=Role.EVALUATOR)
    with pytest.raises(Refused, match="自动记录"):
        stages.enter(ws, PERIOD, "通报", "", "甲", LATER, role=Role.EVALUATOR)
    with pytest.raises(NotPermitted):
        stages.enter(ws, PERIOD, "反馈", "", "甲", LATER, role=Role.STAFF)
    assert periods.periods(ws)[0].revision == 1
    ws.close()
