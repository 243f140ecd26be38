"""Reports of composed units, of units that are 暂不纳入, and of units that are part of another."""

from pathlib import Path

from scoring.model import Role
from scoring.services import composition, periods
from scoring.services.report.build import Press
from scoring.services.report.kinds import Kind
from scoring.services.workspace import Workspace
from tests.services import test_composition as composed
from tests.services.reported import words_of

ws = composed.ws


def test_a_composed_unit_tells_its_parts_and_the_children_that_pull_it_down(ws: Workspace, tmp_path: Path) -> None:
    composed.test_a_draft_follows_its_parts_and_a_published_file_proves_them(ws, tmp_path)
    press = Press(ws, "P", Role.LEADER)
    said = words_of(next(iter(press.make(Kind.UNIT, "east").values())))
    for word in ("东区得 80.0 分", "组成部分", "所属单位的平均", "专业评价", "80%"):
        assert word in said
    drawn = [one for one in press.material.groups[0].inputs["east"]["below"] if one.drawn]
    weakest = min(drawn, key=lambda one: one.lower)
    assert f"得分率最低的是东区{weakest.source[1]}局（60%）" in said
    assert said.count("未抽中") == 2
    child = words_of(next(iter(press.make(Kind.UNIT, "d1").values())))
    assert "组成部分" not in child
    assert "东区2局" not in child
    west = words_of(next(iter(press.make(Kind.UNIT, "west").values())))
    assert "不涉及" in west
    index = next(content.decode() for name, content in press.make(Kind.WEB).items() if name.endswith("units/east.html"))
    assert "所属单位" in index


def test_units_left_out_are_named_with_the_reason_and_never_counted(ws: Workspace) -> None:
    composed.open_period(ws, d1={"excluded": "机构改革 <b>"}, west={"excluded": "在建"})
    for unit in ("east", "d2", "d3", "d4"):
        composed.give(ws, unit, "90")
    composition.import_scores(ws, "P", composed.table(ws.home, "单位,得分\n东区,9\n"), "测试", composed.NOW, role=composed.ROLE)
    periods.lock(ws, "P", "测试", composed.NOW, role=composed.ROLE)
    periods.publish(ws, "P", "测试", composed.NOW, role=composed.ROLE)
    press = Press(ws, "P", Role.LEADER)
    said = words_of(next(iter(press.make(Kind.OVERALL).values())))
    assert "西区本期暂不纳入：在建。" in said
    assert "东区1局（机构改革 <b>）" in said
    assert "数据不足" not in said.replace("只含数据充分", "")
    own = words_of(next(iter(press.make(Kind.UNIT, "d1").values())))
    assert "东区1局本期暂不纳入：机构改革 <b>。" in own
    assert "没有发现需要整改的问题" not in own
