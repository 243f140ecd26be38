"""A district of government, departments and an imported score, from the first decision to a verified file."""

import hashlib
import json
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from crawlers.register import Register
from scoring.errors import BadInput, Refused
from scoring.model import Role
from scoring.services import composition, drafts, dry_run, editions, exports, period_rows, periods, results, reviews, robust, verification
from scoring.services.reviews import Decision
from scoring.services.workspace import Workspace
from scoring.store.published import PublishedFile
from tests.index.make import together

D = Decimal
NOW = datetime(2026, 4, 1, 2, 0, tzinfo=UTC)
ROLE = Role.EVALUATOR
HEAD = "format: 1\nscale: points\ngrades: [{name: 优秀, at_least: 90}, {name: 合格, at_least: 60}, {name: 不合格, at_least: 0}]\n"
LEAF = "index: [{code: all, title: 全部, weight: 100, manual: {points: true, guide: 按评分表}}]\n"
DISTRICT = f"""edition: district\ntitle: 区\n{HEAD}{LEAF}compose:
  - {{code: own, title: 区政府, weight: 40, source: index}}
  - {{code: below, title: 所属单位, weight: 40, source: children, groups: [部门], sample: {{count: 2, seed: 11}}}}
  - {{code: expert, title: 专业评价, weight: 20, source: import, full: 10}}
"""
BELOW = ("d1", "d2", "d3", "d4")


def register(**changes: dict[str, object]) -> Register:
    units = [{"id": "east", "name": "东区", "group": "区"}, {"id": "west", "name": "西区", "group": "区"}]
    units += [{"id": unit, "name": f"东区{n}局", "group": "部门", "parent": "east"} for n, unit in enumerate(BELOW, 1)]
    return Register.model_validate(
        {
            "format": 1,
            "title": "虚构",
            "units": [one | changes.get(str(one["id"]), {}) for one in units],
            "sites": [{"id": "s", "home": "http://s.example/"}],
            "scopes": [{"unit": one["id"], "site": "s"} for one in units],
        }
    )


@pytest.fixture
def ws(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Workspace]:
    folder = tmp_path / "editions"
    folder.mkdir()
    (folder / "district.yml").write_text(DISTRICT, "utf-8")
    (folder / "department.yml").write_text(f"edition: department\ntitle: 部门\n{HEAD}{LEAF}", "utf-8")
    monkeypatch.setattr(editions, "FOLDER", folder)
    opened = Workspace.open(tmp_path / "home", clock=lambda: NOW)
    yield opened
    opened.close()


def open_period(ws: Workspace, **changes: dict[str, object]) -> None:
    groups = {"区": "district", "部门": "department"}
    periods.create(ws, "P", "一期", groups, date(2026, 1, 1), date(2026, 3, 31), None, register(**changes), "测试", role=ROLE, now=NOW)


def give(ws: Workspace, unit: str, points: str) -> None:
    reviews.decide(ws, Decision("P", unit, "all", 0, None, None, None, D(points), "按评分表"), actor="测试", role=ROLE, now=NOW)


def table(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "expert.csv"
    path.write_text(text, "utf-8")
    return path


def test_a_draft_follows_its_parts_and_a_published_file_proves_them(ws: Workspace, tmp_path: Path) -> None:
    open_period(ws)
    book = drafts.group_book(ws, period_rows.row(ws, "P"), "区")
    drawn = [one.source for one in book.inputs["east"]["below"] if one.drawn]
    assert len(drawn) == 2
    assert drawn == sorted(sorted(BELOW, key=lambda one: hashlib.sha256(f"11|below|east|{one}".encode()).hexdigest())[:2])
    for unit, points in {"east": "90", "west": "70", **dict.fromkeys(BELOW, "10"), drawn[0]: "80", drawn[1]: "60"}.items():
        give(ws, unit, points)
    blockers = periods.blockers(ws, "P", role=ROLE)
    assert [(one.unit, one.code, one.why) for one in blockers] == [("east", "expert", "得分尚未导入"), ("west", "expert", "得分尚未导入")]
    before = drafts.group_book(ws, period_rows.row(ws, "P"), "区").scores
    assert together(before["east"].lower, before["east"].upper) == (64, 84)  # 36 + 28, and 20 not yet known
    path = table(tmp_path, "单位,得分\n东区,8\nwest,不涉及\n")
    assert composition.import_scores(ws, "P", path, "测试", NOW, role=ROLE) == 2
    after = drafts.group_book(ws, period_rows.row(ws, "P"), "区").scores
    assert together(after["east"].total, after["east"].rank, after["east"].grade) == (80, 1, "合格")
    assert after["west"].total == 70  # neither children nor an expert's score: the index alone
    periods.lock(ws, "P", "测试", NOW, role=ROLE)
    periods.publish(ws, "P", "测试", NOW, role=ROLE)
    file = results.file(ws, "P")
    assert verification.verify(file).holds
    told = PublishedFile(file).rows("SELECT * FROM part_input WHERE unit_id = 'east' ORDER BY source")
    assert {one["source"] for one in told if one["drawn"]} == {*drawn, "expert.csv"}
    assert [one["source"] for one in told if not one["drawn"]] == [one for one in BELOW if one not in drawn]
    expert = next(one for one in told if one["code"] == "expert")
    assert (expert["file_sha"], expert["file_row"], expert["lower"]) == (hashlib.sha256(path.read_bytes()).hexdigest(), 2, "8")
    published = results.ranking(ws, "P", "区")
    shown = json.loads(json.dumps(exports.ranking_json([published])))["groups"]["区"][0]
    assert together(shown["unit"], D(shown["total"])) == ("east", 80)


def test_a_changed_imported_score_is_noticed_in_the_file(ws: Workspace, tmp_path: Path) -> None:
    test_a_draft_follows_its_parts_and_a_published_file_proves_them(ws, tmp_path)
    import duckdb

    copy = tmp_path / results.file(ws, "P").name
    copy.write_bytes(results.file(ws, "P").read_bytes())
    with duckdb.connect(str(copy)) as connection:
        connection.execute("UPDATE part_input SET lower = '10', upper = '10' WHERE code = 'expert' AND unit_id = 'east'")
    assert not verification.verify(copy).holds
    with duckdb.connect(str(copy)) as connection:
        connection.execute("UPDATE part_input SET lower = '8', upper = '8' WHERE code = 'expert' AND unit_id = 'east'")
        connection.execute("UPDATE part_input SET drawn = NOT drawn WHERE code = 'below'")
    assert any("drawn" in one.what or "得分" in one.what for one in verification.verify(copy).faults)


def test_what_is_left_out_is_listed_but_neither_ranked_nor_drawn(ws: Workspace) -> None:
    open_period(ws, d1={"excluded": "机构改革，已并入二局"}, d2={"valid_to": date(2026, 2, 1)}, d3={"valid_to": date(2025, 12, 31)})
    found = {one.unit: one for one in drafts.ranking(ws, "P", "部门", role=ROLE).rows}
    assert list(found) == ["d1", "d2", "d4"]  # d3 was gone before the period began
    assert (found["d1"].excluded, found["d1"].score.rank, found["d1"].short_of_data) == ("机构改革，已并入二局", None, True)
    assert found["d2"].excluded == "2026-02-01 后不再是被评估单位"
    assert not any(one.unit in ("d1", "d2") for one in periods.blockers(ws, "P", role=ROLE))
    inputs = drafts.group_book(ws, period_rows.row(ws, "P"), "区").inputs["east"]["below"]
    assert [one.source for one in inputs] == ["d4"]
    composition.exclude(ws, "P", "东区1局", "", "测试", NOW, role=ROLE)
    composition.exclude(ws, "P", "d4", "在建", "测试", NOW, role=ROLE)
    found = {one.unit: one for one in drafts.ranking(ws, "P", "部门", role=ROLE).rows}
    assert (found["d1"].excluded, found["d4"].excluded) == ("", "在建")


BAD = [
    ("unit,value\n南区,8\n", "第 2 行 A 列：本期没有单位「南区」"),
    ("unit,value\neast,11\n", "第 2 行 B 列：专业评价的得分 11 应在 0 与 10 之间"),
    ("unit,value\neast,八\n", "应为数字"),
    ("unit,value\neast,\n", "得分为空"),
    ("unit,value\neast,8\n东区,7\n", "出现了两次"),
    ("unit,value\nd1,8\n", "没有需要导入得分的部分"),
    ("unit,score\neast,8\n", "缺少列 value"),
    ("unit,value\n", "没有得分"),
    ("unit,code,value\neast,own,8\n", "没有需要导入得分的部分「own」"),
]


@pytest.mark.parametrize(("text", "why"), BAD)
def test_a_bad_table_is_refused_whole(ws: Workspace, tmp_path: Path, text: str, why: str) -> None:
    open_period(ws)
    with pytest.raises(BadInput) as caught:
        composition.import_scores(ws, "P", table(tmp_path, text), "测试", NOW, role=ROLE)
    assert why in str(caught.value)
    assert not ws.store.rows("SELECT * FROM part_score")


def test_only_evaluators_and_only_while_open(ws: Workspace, tmp_path: Path) -> None:
    open_period(ws)
    for role in (Role.LEADER, Role.STAFF):
        with pytest.raises(Refused):
            composition.exclude(ws, "P", "d1", "原因", "某人", NOW, role=role)
    with pytest.raises(BadInput, match="没有单位 x"):
        composition.exclude(ws, "P", "x", "原因", "某人", NOW, role=ROLE)
    with pytest.raises(BadInput, match="没有部分 x"):
        composition.import_scores(ws, "P", table(tmp_path, "unit,value\neast,8\n"), "测试", NOW, role=ROLE, part="x")


def test_a_ring_of_parents_is_refused(ws: Workspace) -> None:
    (editions.FOLDER / "department.yml").write_text(
        DISTRICT.replace("edition: district", "edition: department").replace("groups: [部门], sample: {count: 2, seed: 11}", "groups: []")
    )
    editions.from_text.cache_clear()
    open_period(ws, d1={"parent": "d2"}, d2={"parent": "d1"})
    with pytest.raises(BadInput, match="成环：d1 → d2 → d1"):
        drafts.ranking(ws, "P", "部门", role=ROLE)


def test_how_far_ranks_follow_from_the_weights(ws: Workspace) -> None:
    open_period(ws)
    for unit, points in zip(BELOW, ("90", "70", "50", "70"), strict=True):
        give(ws, unit, points)
    found = robust.draft(ws, "P", "部门", role=ROLE)
    assert [(one.unit, one.rank, one.weights, one.free, one.swaps) for one in found.units] == [
        ("d1", 1, (1, 1), (1, 1), 0),
        ("d2", 2, (2, 2), (2, 2), 1),
        ("d4", 2, (2, 2), (2, 2), 1),
        ("d3", 4, (4, 4), (4, 4), 0),
    ]
    assert (found.firm, found.indicators) == (4, ())  # one indicator alone: nothing to leave out
    assert robust.draft(ws, "P", "区", role=ROLE).units == ()  # nobody has a rank yet
    with pytest.raises(Refused):
        robust.draft(ws, "P", "部门", role=Role.LEADER)


def test_other_weights_of_the_parts_are_tried_on_a_period(ws: Workspace, tmp_path: Path) -> None:
    """试算 of a composed group: what went into the parts stays, their weights are the tried edition's; nothing is written."""
    open_period(ws)
    give(ws, "east", "80")
    for unit in BELOW:
        give(ws, unit, "60")
    composition.import_scores(ws, "P", table(tmp_path, "unit,value\neast,10\nwest,5\n"), "测试", NOW, role=ROLE)
    before = drafts.ranking(ws, "P", "区", role=ROLE).rows[0]
    assert (before.unit, before.score.total) == ("east", D(76))  # 80 × 0.4 + 60 × 0.4 + 100 × 0.2
    changed = DISTRICT.replace("weight: 40, source: index", "weight: 70, source: index").replace("weight: 40, source: children", "weight: 10, source: children")
    found = dry_run.dry_run(ws, "P", editions.load(changed.replace("edition: district", "edition: tried")), "区", role=ROLE, now=NOW)
    one = next(one for one in found.units if one.unit == "east")
    assert (one.before.total, one.after.total, one.gain) == (D(76), D(82), D(6))  # 80 × 0.7 + 60 × 0.1 + 100 × 0.2
    assert drafts.ranking(ws, "P", "区", role=ROLE).rows[0].score.total == D(76)
