"""名单: off unless switched on, drawn by published rules, never holding a unit without a rank; they leave the digest as it is."""

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from scoring.disclosure import EVERYTHING, Disclosure, Extent
from scoring.errors import BadInput
from scoring.lists import USUAL, Ground, NamedList, Rule, check, parse
from scoring.model import Role
from scoring.services import listing, periods, results, verification
from scoring.services.shapes import Ranking
from scoring.services.workspace import Workspace
from scoring.store import ledger
from tests.dashboard import fake_index, fake_published
from tests.dashboard.fake import World
from tests.services.closing import LATER, PERIOD, finished
from tests.services.hand import GROUP, NOW, missing


@pytest.mark.parametrize("one", USUAL, ids=lambda one: one.name)
def test_a_list_is_written_and_read(one: NamedList) -> None:
    assert parse(str(one)) == one
    assert listing.read(listing.written([one])) == (one,)


@pytest.mark.parametrize(
    "text", ["红榜", "=top:3", "红榜=", "红榜=top:0", "红榜=first:3", "红 榜=top:3", "红榜=top:3;fell:2", "一二三四五六七八九十一二三=top:1"]
)
def test_a_list_written_otherwise_is_refused_with_the_forms(text: str) -> None:
    with pytest.raises(BadInput, match="top:3"):
        parse(text)


@pytest.mark.parametrize(
    ("texts", "disclosure", "why"),
    [
        (["红榜=top:3", "红榜=bottom:3"], EVERYTHING, "两次"),
        (["红榜=top:3"], Disclosure(Extent.GRADES), "不公布名次"),
        (["黑榜=bottom:3"], Disclosure(Extent.TOP, 5), "口径以外"),
        (["红榜=top:6"], Disclosure(Extent.TOP, 5), "口径以外"),
        (["提醒=below:甲等"], EVERYTHING, "优秀、合格"),
        ([f"榜{n}=top:1" for n in range(7)], EVERYTHING, "最多"),
    ],
)
def test_what_readers_could_not_check_is_refused(texts: list[str], disclosure: Disclosure, why: str) -> None:
    with pytest.raises(BadInput, match=why):
        check([parse(text) for text in texts], disclosure, ["优秀", "合格"])
    check([parse("红榜=top:5")], Disclosure(Extent.TOP, 5), [])


@pytest.fixture
def ranking() -> Ranking:
    return World().ranking(None, "2026Q2", fake_index.GROUP)


def units(ranking: Ranking, text: str) -> list[str]:
    return [entry.row.unit for entry in listing.entries(ranking, parse(text))]


def test_first_last_and_most_improved_hold_ties(ranking: Ranking) -> None:
    rows = ranking.rows
    assert units(ranking, "红榜=top:3") == [row.unit for row in rows if (row.score.rank or 99) <= 3]
    tied = replace(ranking, rows=(*rows[:-3], *(replace(row, score=replace(row.score, rank=8)) for row in rows[-3:])))
    assert units(tied, "黑榜=bottom:1") == [row.unit for row in rows[-3:]]
    moved = replace(ranking, rows=tuple(replace(row, change=change) for row, change in zip(rows, (0, 2, 5, 2, 1, -1, -3, -4, None, 0), strict=True)))
    assert units(moved, "进步奖=improved:2") == [rows[2].unit, rows[1].unit, rows[3].unit]
    assert units(moved, "提醒名单=fell:3") == [rows[6].unit, rows[7].unit]
    still = replace(ranking, rows=tuple(replace(row, change=0) for row in rows))
    assert units(still, "进步奖=improved:3") == []


def test_a_reminder_joins_its_rules_and_says_which_one_met(ranking: Ranking) -> None:
    low = ranking.rows[-1]
    rows = (*ranking.rows[:-1], replace(low, score=replace(low.score, grade="不合格"), change=-3))
    (entry,) = [one for one in listing.entries(replace(ranking, rows=rows), parse("提醒名单=below:合格,fell:3")) if one.row.unit == low.unit]
    assert [rule.ground for rule in entry.rules] == [Ground.BELOW, Ground.FELL]
    assert units(ranking, "提醒=below:没有的等次") == []


def test_units_without_a_rank_stand_on_no_list(ranking: Ranking) -> None:
    out = {row.unit for row in ranking.rows[-2:]}
    found = fake_index.ungraded(ranking, {ranking.rows[-1].unit}, {ranking.rows[-2].unit})
    for text in ("红榜=top:99", "黑榜=bottom:99", "进步奖=improved:99", "提醒名单=below:优秀,fell:1"):
        assert not out & set(units(found, text)), text
    barred = replace(ranking, rows=tuple(replace(row, excluded="机构改革") for row in ranking.rows))
    assert units(barred, "黑榜=bottom:3") == []


def test_nobody_is_first_or_last_among_equals(ranking: Ranking) -> None:
    same = fake_published.all_equal(ranking)
    assert units(same, "红榜=top:3") == units(same, "黑榜=bottom:3") == []


def test_lists_travel_in_the_file_and_leave_digest_and_verification_as_they_are(tmp_path: Path) -> None:
    chosen = (NamedList("红榜", (Rule(Ground.TOP, 1),)), parse("提醒名单=below:合格,fell:3"))
    ws = finished(tmp_path / "home", {("fgw", "guide"): missing("guide", "政府信息公开指南")})
    periods.lock(ws, PERIOD, "甲", NOW, role=Role.EVALUATOR)
    locked = ledger.revisions(ws.store, PERIOD)[-1].digest
    with pytest.raises(BadInput, match="不在本期的指标体系中"):
        periods.publish(ws, PERIOD, "甲", LATER, role=Role.EVALUATOR, lists=[parse("x=below:甲等")])
    periods.publish(ws, PERIOD, "甲", LATER, role=Role.EVALUATOR, lists=chosen)
    (path,) = ws.published.glob("*.duckdb")
    verdict = verification.verify(path)
    assert verdict.holds, [fault.said for fault in verdict.faults]
    assert verdict.meta["digest"] == locked
    assert results.headers(ws)[0].lists == results.ranking(ws, PERIOD, GROUP).period.lists == chosen
    ws.close()

    (tmp_path / "old" / "published").mkdir(parents=True)
    older = tmp_path / "old" / "published" / path.name
    older.write_bytes(path.read_bytes())
    with duckdb.connect(str(older)) as file:  # as a file from before there were lists
        file.execute("DELETE FROM meta WHERE key = 'lists'")
    assert results.headers(Workspace.open(tmp_path / "old", write=False))[0].lists == ()
    assert verification.verify(older).holds
    with pytest.raises(BadInput, match="从备份恢复"):
        listing.read("{")
