"""试算: a changed edition on what a period already knows; nothing is written."""

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import pytest

from scoring.errors import BadInput, NotPermitted
from scoring.model import Outcome, Role
from scoring.services import assess, dry_run, editions, reviews, runs
from scoring.services.dry_run import DryRun, UnitEffect
from scoring.services.reviews import Decision
from scoring.services.workspace import Workspace
from tests.services.hand import EDITION, GROUP, NOW, portal, stale, with_period, write_run

HEAD = f"edition: mine\nformat: 1\nextends: {EDITION}\ntitle: 我的\n"
NEW = "{under: d, code: n1, title: 新增项, weight: 4, manual: {points: true, guide: 按}}"


@pytest.fixture
def ws(tmp_path: Path) -> Iterator[Workspace]:
    """An assessed period: the first unit's guide is 200 days old, and people scored two manual leaves of it."""
    opened = with_period(tmp_path / "home")
    runs.ingest(opened, write_run(opened.home, portal("r1", changes={("fgw", "guide"): stale("guide", "政府信息公开指南", age=200)})), now=NOW)
    assess.assess(opened, "2026Q1", now=NOW)
    for code, level in (("p10-training", "良（两项）"), ("p11-cooperation", "优（全部按时完成）")):
        reviews.record(opened, Decision("2026Q1", "fgw", code, 0, level=level, why="查验材料"), actor="甲", role=Role.EVALUATOR, now=NOW)
    yield opened
    opened.close()


def unit(found: DryRun, name: str = "fgw") -> UnitEffect:
    return next(one for one in found.units if one.unit == name)


def why(found: DryRun, code: str, name: str = "fgw") -> str:
    return next(one.why for one in unit(found, name).leaves if one.code == code)


def wider(found: DryRun) -> Decimal:
    """By how much the interval of the first unit grows."""
    one = unit(found)
    return (one.after.upper - one.after.lower) - (one.before.upper - one.before.lower)


def tried(ws: Workspace, differences: str) -> DryRun:
    return dry_run.dry_run(ws, "2026Q1", editions.load(HEAD + differences), role=Role.EVALUATOR, now=NOW)


def written(ws: Workspace) -> list[object]:
    return [
        ws.store.rows("SELECT count(*) FROM finding"),
        ws.store.rows("SELECT count(*) FROM review"),
        ws.store.rows("SELECT count(*) FROM indicator"),
        ws.store.rows("SELECT count(*) FROM audit"),
    ]


def test_the_same_edition_moves_nobody(ws: Workspace) -> None:
    found = tried(ws, "")
    assert not any(one.gain or one.places or one.leaves or one.beside for one in found.units)
    assert (found.group, found.notes) == (GROUP, ())


def test_a_rule_that_changed_is_judged_again_on_what_was_seen(ws: Workspace) -> None:
    found = tried(ws, "change: {p1-guide-fresh: {with: {days: 180}}}\n")
    assert {one.unit: one.gain for one in found.units} == {"jyj": 0, "czj": 0, "fgw": -4}
    assert [one.unit for one in found.units][-1] == "fgw"
    assert why(found, "p1-guide-fresh").startswith("判定规则或参数改变；达标 → 不达标：")
    assert "1 项指标已按存档的观测重新判定" in found.notes[0]


def test_weights_and_dropped_leaves_say_why(ws: Workspace) -> None:
    found = tried(ws, "change: {p10-training: {weight: 6.5}, p11-cooperation: {weight: 2.5}}\n")
    assert unit(found).gain == Decimal("-0.6")  # 0.7 × 2 − 1 × 2
    assert why(found, "p10-training") == "分值 4.5 → 6.5"
    dropped = tried(ws, "drop: [p11-cooperation]\nchange: {d: {weight: 9.5}}\n")
    assert why(dropped, "p11-cooperation") == "删除了这项指标"
    assert "满分由 100 变为 95.5" in dropped.notes[0]


def test_a_leaf_that_nobody_has_scored_is_an_interval(ws: Workspace) -> None:
    found = tried(ws, f"change: {{p11-cooperation: {{weight: 0.5}}}}\nadd: [{NEW}]\n")
    assert wider(found) == Decimal(4)
    new = next(one for one in unit(found).leaves if one.code == "n1")
    assert (new.pending, new.before, new.after, new.full_after) == (True, None, Decimal(2), Decimal(4))
    assert new.why.startswith("新增指标，尚无结果，按区间计")
    assert "新增而尚无人评分的指标 1 项（新增项），按区间计，不作零分" in found.notes


def test_decisions_of_people_stay_while_they_fit(ws: Workspace) -> None:
    higher = tried(ws, "change: {p10-training: {manual: {levels: {优（三项）: 1, 良（两项）: 0.8, 差: 0}}}}\n")
    assert unit(higher).gain == Decimal("0.5")  # 0.1 × 4.5, as displayed
    assert why(higher, "p10-training").startswith("评分标准改变；需改进（70%） → 需改进（80%）")
    gone = tried(ws, "change: {p10-training: {manual: {levels: {合格: 1, 不合格: 0}}}}\n")
    leaf = next(one for one in unit(gone).leaves if one.code == "p10-training")
    assert (leaf.pending, wider(gone)) == (True, Decimal("4.5"))
    assert "原人工核查不再适用" in leaf.why
    assert "1 项人工核查因指标改变不再适用" in gone.notes[-1]


def test_a_review_of_the_machine_holds_as_long_as_the_machine_says_the_same(ws: Workspace) -> None:
    seq = ws.store.rows("SELECT seq FROM finding WHERE unit_id = 'fgw' AND code = 'p1-guide-fresh'")[0]["seq"]
    decision = Decision("2026Q1", "fgw", "p1-guide-fresh", seq, outcome=Outcome.UNMET, why="内容是旧的")
    reviews.record(ws, decision, actor="甲", role=Role.EVALUATOR, now=NOW)
    assert unit(tried(ws, "change: {p1-guide-fresh: {with: {days: 300}}}\n")).gain == 0
    stricter = tried(ws, "change: {p1-guide-fresh: {with: {days: 180}}}\n")
    assert unit(stricter).gain == 0  # a person had said so before
    assert "1 项人工核查因指标改变不再适用" in stricter.notes[-1]


def test_vetoes_and_bonus_stand_beside_the_leaves(ws: Workspace) -> None:
    found = tried(ws, "veto: [{code: v, title: 指南陈旧, rule: updated_within, with: {column: guide, days: 180}, score: 20}]\n")
    assert (unit(found).after.total, unit(found).after.veto, unit(found).places) == (Decimal(20), ("v",), None)
    assert unit(found).beside == 20 - unit(found).before.total


def test_it_never_writes_and_asks_who_and_where(ws: Workspace) -> None:
    before = written(ws)
    files = sorted(path.name for path in ws.home.rglob("*"))
    tried(ws, "change: {p1-guide-fresh: {with: {days: 180}}}\n")
    assert (written(ws), sorted(path.name for path in ws.home.rglob("*"))) == (before, files)
    with pytest.raises(NotPermitted):
        dry_run.dry_run(ws, "2026Q1", editions.get(EDITION), role=Role.LEADER)
    with pytest.raises(BadInput, match="没有分组 甲"):
        dry_run.dry_run(ws, "2026Q1", editions.get(EDITION), "甲", role=Role.EVALUATOR)
    with pytest.raises(BadInput, match="没有评估期次 1999Q1"):
        dry_run.dry_run(ws, "1999Q1", editions.get(EDITION), role=Role.EVALUATOR)


def test_as_json_gives_every_number_as_text(ws: Workspace) -> None:
    found = dry_run.as_json(tried(ws, "change: {p1-guide-fresh: {with: {days: 180}}}\n"))
    one = found["units"][-1]
    assert (one["unit"], one["gain"], one["leaves"][0]["code"], one["leaves"][0]["gain"]) == ("fgw", "-4.000000000000", "p1-guide-fresh", "-4.000000000000")
