"""总览 and 草稿排名 say what the numbers stand for."""

import csv
import io
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
import streamlit as st

from dashboard import draft, overview
from dashboard.components import ranking_table
from scoring.model import Grade, PeriodState
from scoring.services.shapes import Ranking
from scoring.wording import displayed
from tests.dashboard import fake_index
from tests.dashboard.conftest import page, texts
from tests.dashboard.fake import World

GOOD = Grade("良好", Decimal(75))


@pytest.fixture
def mixed(world: World) -> Ranking:
    """A ranking with a vetoed unit and one without enough data."""
    found = world.ranking(None, "2026Q2", fake_index.GROUP)
    return fake_index.ungraded(found, {found.rows[0].unit}, {found.rows[1].unit})


def test_all_units_ranked_before_are_counted(mixed: Ranking) -> None:
    found = replace(mixed, before={row.unit: Decimal(80) for row in mixed.rows})
    now, more = overview.at_least(found, GOOD)
    assert now == sum(row.score.rank is not None and row.score.total >= 75 for row in mixed.rows)
    assert more == now - len(mixed.rows)
    assert overview.at_least(replace(mixed, before={}), GOOD)[1] is None


def test_the_mean_names_whom_it_leaves_out(mixed: Ranking) -> None:
    names = {row.unit: row.name for row in mixed.rows}
    vetoed, short = (name for row in mixed.rows if (name := names[row.unit]) and row.score.rank is None)
    assert overview.left_out(mixed) == f"平均不含{vetoed}（单项否决）、{short}（数据不足）"
    assert "单项否决、数据不足" in overview.left_out(fake_index.ungraded(mixed, {row.unit for row in mixed.rows[:4]}, {mixed.rows[5].unit}))
    assert overview.left_out(fake_index.ungraded(mixed, set(), {row.unit for row in mixed.rows})) == ""


def test_a_csv_prints_what_the_screen_shows(mixed: Ranking, monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[Callable[[], bytes]] = []
    monkeypatch.setattr(st, "download_button", lambda _label, data, *_a, **_k: kept.append(data))
    ranking_table.download(mixed, key="x")
    rows = {row["等次"]: row for row in csv.DictReader(io.StringIO(kept[0]().decode("utf-8-sig")))}
    assert rows["数据不足"]["得分"] == rows["数据不足"]["得分下限"] == "—"
    assert rows["单项否决"]["得分"] == "0.0"
    assert all(row["不涉及"] for row in rows.values())


def test_gaps_of_a_trend_stay_gaps(mixed: Ranking) -> None:
    row = mixed.rows[2]
    assert ranking_table.trail(replace(row, history=(Decimal(70), None, Decimal(80)))) is None, "no line across a gap"
    assert ranking_table.trail(replace(row, history=(None, Decimal(70), Decimal(80)))) == [70, 80]
    assert ranking_table.trail(replace(row, history=(Decimal(70), None))) is None


def test_sets_that_cannot_be_told_apart_stay_apart(mixed: Ranking) -> None:
    said = ranking_table.caution(replace(mixed, inseparable=(("甲", "乙"), ("乙", "丙"))))
    assert said == "甲、乙之间，乙、丙之间的得分差距在误差范围内，不宜断言先后"


@pytest.mark.parametrize("state", [PeriodState.LOCKED, PeriodState.PUBLISHED])
def test_a_closed_period_is_no_draft(world: World, state: PeriodState) -> None:
    world.states[1] = state
    at = page("draft", period="2026Q2")
    assert not at.exception
    assert "草稿" not in texts(at)
    assert "未定稿" not in texts(at)
    assert at.title[0].value == "定稿排名"
    assert "参加排名" in texts(at)
    assert "草稿" in texts(page("draft", period="2026Q3"))


def test_a_draft_tells_of_bonus_beside_the_scores(mixed: Ranking) -> None:
    assert draft.bonus_open(mixed) == ""
    waiting = replace(mixed, rows=(replace(mixed.rows[2], bonus_open=Decimal(3)), *mixed.rows[3:]))
    assert "加分最多 3.0 分待评" in draft.bonus_open(waiting)


def test_possible_ranks_follow_from_all_intervals(mixed: Ranking) -> None:
    """Told by bisection for thousands of units; here counted one by one."""
    shift = [Decimal(n % 4) for n in range(len(mixed.rows))]
    rows = tuple(
        replace(row, score=replace(row.score, lower=row.score.lower - wide, upper=row.score.upper + wide)) for row, wide in zip(mixed.rows, shift, strict=True)
    )
    found = ranking_table.spreads(replace(mixed, rows=rows))
    ranked = [row for row in rows if row.score.rank is not None]
    assert set(found) == {row.unit for row in ranked}
    for row in ranked:
        best = 1 + sum(displayed(other.score.lower) > displayed(row.score.upper) for other in ranked)
        worst = len(ranked) - sum(displayed(other.score.upper) < displayed(row.score.lower) for other in ranked)
        assert found[row.unit] == (f"第{best}名" if best >= worst else f"第{best}–{worst}名")


def test_units_of_one_veto_share_a_line(world: World) -> None:
    world.barred = {"qx01", "qx02", "qx03"}
    (line,) = ranking_table.vetoes(world.ranking(None, "2026Q2", fake_index.GROUP))
    assert {"青禾区", "望舒区", "云岫区"} <= set(line.partition("：")[0].split("、"))
    world.barred = {f"qx{n:02d}" for n in range(1, 10)}
    (line,) = ranking_table.vetoes(world.ranking(None, "2026Q2", fake_index.GROUP))
    assert "等 9 个" in line
