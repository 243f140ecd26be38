"""Steps down from full marks: they sum to what was lost, whichever way they are cut, also in a composed index."""

from decimal import Decimal
from pathlib import Path

from hypothesis import given, settings

from scoring.services import book as books
from scoring.services import children, composition, course, losses, makeup, periods, results, tables
from scoring.services.book import Given
from scoring.services.losses import By, Kind
from scoring.services.workspace import Workspace
from scoring.wording import gap
from tests.index.make import together
from tests.services.test_composition import BELOW, NOW, ROLE, give, open_period, table, ws  # noqa: F401 - a fixture
from tests.services.test_fixes import groups

D = Decimal
CLOSE = D("1e-20")  # sums here are made with 28 digits


@settings(max_examples=80, deadline=None)
@given(groups())
def test_steps_sum_to_what_was_lost_and_the_rest_of_rounding_is_told(found: Given) -> None:
    book = books.build([found])[0]
    for unit in book.units[:2]:
        profile = tables.profile(book, [], unit, draft=False, simulated=True)
        score = profile.row.score
        for by in By:
            steps = losses.steps(profile, by, most=3)
            assert abs(sum((step.lost for step in steps), D(0)) - (score.full - score.total)) < CLOSE
            assert all(step.lost > 0 or step.kind in (Kind.BONUS, Kind.NAMED, Kind.REST, Kind.NO_DIMENSION) for step in steps)
            shown = losses.visible(steps)
            told = sum((gap(step.lost, D(0)) for step in shown), D(0)) + losses.remainder(profile, shown)
            assert told == gap(score.full, score.total)
            named = [step.lost for step in steps if step.kind is Kind.NAMED]
            assert named == sorted(named, reverse=True)
        leaves = [step for step in losses.steps(profile, By.LEAF, most=3) if step.kind is Kind.NAMED]
        assert len(leaves) <= 3
        lost = {leaf.code: leaf.lost for leaf in profile.leaves if leaf.lost and score.nodes[leaf.code].lower == score.nodes[leaf.code].upper}
        assert all(abs(lost[step.code] - step.lost) < CLOSE for step in leaves if step.code in lost)


def composed(ws: Workspace, tmp_path: Path) -> None:  # noqa: F811 - not the fixture
    open_period(ws, d4={"excluded": "机构改革"})
    for unit, points in {"east": "90", "west": "75", "d1": "40", "d2": "70", "d3": "20", "d4": "5"}.items():
        give(ws, unit, points)
    composition.import_scores(ws, "P", table(tmp_path, "单位,得分\n东区,8\nwest,不涉及\n"), "测试", NOW, role=ROLE)
    periods.lock(ws, "P", "测试", NOW, role=ROLE)
    periods.publish(ws, "P", "测试", NOW, role=ROLE)


def test_a_composed_unit_shows_its_parts_its_children_and_what_each_costs_it(ws: Workspace, tmp_path: Path) -> None:  # noqa: F811
    composed(ws, tmp_path)
    profile = results.profile(ws, "P", "east")
    steps = losses.steps(profile)
    assert {(step.code, step.lost) for step in steps} == {("all", D(4)), ("below", D(40) - profile.row.score.nodes["below"].total), ("expert", D(4))}
    own, below, expert = makeup.parts(ws, "P", "east")
    assert together(own.weight, own.points, own.inputs) == (40, 36, ())
    assert together(expert.points, expert.rate, [one.source for one in expert.files]) == (16, D("0.8"), ["expert.csv"])
    assert together(below.seed, below.counted, len(below.inputs), below.weight) == (11, 2, 3, 40)
    found = children.children(ws, "P", "east")
    assert {one.unit for one in found} == set(BELOW)
    assert [one.lost for one in found if not one.short] == [80, 60, 30]
    assert [one.unit for one in found if one.short] == ["d4"]
    assert found[0].rank == 3
    assert together(found[0].worst, found[0].worst_lost, found[0].size) == ("全部", 80, 4)
    drawn = {one.source for one in below.inputs if one.drawn}
    assert {one.unit for one in found if one.pull is not None} == drawn
    assert sum(one.pull for one in found if one.pull is not None) == below.weight - below.points
    assert children.children(ws, "P", "west") == ()
    assert makeup.parts(ws, "P", "d1") == ()


def test_a_way_through_the_periods_is_that_of_the_rankings(ws: Workspace, tmp_path: Path) -> None:  # noqa: F811
    composed(ws, tmp_path)
    [point] = course.course(ws, "P", "d2")
    row = next(row for row in results.ranking(ws, "P", "部门").rows if row.unit == "d2")
    assert together(point.total, point.rank, point.ranked, point.best) == (row.score.total, 1, 3, row.score.total)
    assert point.mean == results.ranking(ws, "P", "部门").mean
    [left] = course.course(ws, "P", "d4")
    assert together(left.total, left.rank) == (None, None)
