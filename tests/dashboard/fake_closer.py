"""Fake services of the pages that look closely: fixes, children, parts, the way through the periods."""

from dataclasses import replace
from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from scoring.model import Finding, Outcome, PeriodState
from scoring.parts import Part, PartInput, PartSource, Sample
from scoring.services import edition_rows
from scoring.services.children import Child
from scoring.services.course import Point
from scoring.services.edition_rows import EditionRow
from scoring.services.fixes import Fix, Plan
from scoring.services.indicator import Cause, IndicatorView, Mark, Spread
from scoring.services.makeup import PartView
from scoring.services.shapes import RankRow, UnitProfile
from tests.dashboard import fake_index as index

if TYPE_CHECKING:
    from tests.dashboard.fake import World

HUNDRED = Decimal(100)


def plan_of(profile: UnitProfile) -> Plan:
    """The five leaves that lost most, each one place up."""
    now = profile.row.score
    if now.grade is None:
        return Plan(now, now, now, (), 0)
    lost = [leaf for leaf in profile.leaves if leaf.lost]
    fixes = tuple(Fix(leaf, now.total, now.total + (leaf.lost or 0), now.grade, max(1, (now.rank or 2) - 1)) for leaf in lost[:5])
    held = tuple(Fix(leaf, now.total, Decimal(78), "良好", 2, veto=True) for leaf in profile.leaves if leaf.code in now.veto)
    return Plan(now, now, now, (*held, *fixes), max(0, len(lost) - 5))


def child(n: int, **changes: Any) -> Child:
    """A department that lost 10 × n points."""
    given = {
        "unit": f"bm{n:02d}",
        "name": f"示例市{n}局",
        "group": index.OTHER,
        "size": 3,
        "rank": n,
        "total": HUNDRED - 10 * n,
        "lost": Decimal(10 * n),
        "grade": "合格",
        "veto": False,
        "excluded": "",
        "worst": "按时发布",
        "worst_lost": Decimal(4),
        "pull": None,
    }
    return Child(**{**given, **changes})


PARTS = (
    PartView(Part("own", "区政府", Decimal(60), PartSource.INDEX), Decimal(60), Decimal(48), Decimal(48), Decimal(48), ()),
    PartView(
        Part("below", "所属单位", Decimal(40), PartSource.CHILDREN, sample=Sample(2, 11)),
        Decimal(40),
        Decimal(30),
        Decimal(30),
        Decimal(30),
        (PartInput("bm01", HUNDRED, HUNDRED, HUNDRED), PartInput("bm02", HUNDRED, HUNDRED, HUNDRED, drawn=False)),
    ),
)


def view_of(world: "World", period: str, group: str, code: str) -> IndicatorView:
    """One indicator of the fake index, made from the same leaves as its ranking."""
    ranking = world.ranking(None, period, group)
    row = next(one for one in edition_rows.rows(index.EDITION) if one.node.code == code)
    marks = [_mark(world, int(period[-1]), one, row) for one in ranking.rows]
    marks.sort(key=lambda one: (not one.judged, -(one.rate or 0)))
    judged = [one for one in marks if one.judged]
    counts = {outcome: sum(one.outcome is outcome and not one.short for one in marks) for outcome in Outcome}
    mean = sum((one.rate or Decimal(0) for one in judged), Decimal(0)) / len(judged) if judged else None
    bad = [one for one in judged if one.outcome in (Outcome.UNMET, Outcome.PARTIAL)]
    causes = (Cause("column_stale", f"「{index.NASTY}」超过 90 天。", tuple(one.name for one in bad)),) if bad else ()
    ends = [one.rate for one in judged]
    spread = Spread("", "", len(judged), ends[-1] if ends else None, mean, mean, mean, ends[0] if ends else None, mean, counts, True)
    past = [one for one in reversed(world.published()) if one.id <= period]
    spreads = tuple(replace(spread, period=one.id, title=one.title, same=one.id == period) for one in past)
    sentence = "最新一条不超过 90 天，得满分。" if row.node.is_leaf else ""
    return IndicatorView(ranking.period, group, index.EDITION, row, sentence, tuple(marks), counts, mean, Decimal("0.4"), causes, spreads, simulated=True)


def _mark(world: "World", quarter: int, row: RankRow, at: EditionRow) -> Mark:
    short, ranked = row.short_of_data, row.score.rank
    if not at.node.is_leaf:
        node = row.score.nodes[at.node.code]
        return Mark(row.unit, row.name, ranked, row.score.total, None, node.rate, node.total, node.weight, short, node.lower != node.upper)
    leaf = next(one for one in world.found(quarter, row.unit) if one.code == at.node.code)
    finding = Finding(leaf.outcome, leaf.ratio, "column_stale", {"column": index.NASTY, "newest": "2026-01-01", "age": 180, "days": 90}, leaf.evidence)
    return Mark(row.unit, row.name, ranked, row.score.total, finding, leaf.ratio, leaf.points, leaf.full, short, unsure=False)


def install_closer(world: "World", put: Any) -> None:
    """Replace the services."""
    from dashboard.components import closer

    def course(_ws: object, period: str, unit: str, **_: object) -> list[Point]:
        out = [one for one in reversed(world.periods()) if one.state is PeriodState.PUBLISHED and one.id <= period.partition("@")[0]]
        found = []
        for info in out:
            ranking = world.ranking(None, info.id, index.GROUP if unit.startswith("qx") else index.OTHER)
            row = next(row for row in ranking.rows if row.unit == unit)
            total = None if row.score.rank is None else row.score.total
            found.append(Point(info.id, info.title, "demo-2020", total, row.score.rank, len(ranking.rows), ranking.mean, ranking.rows[0].score.total))
        return found

    put(closer, "fixes_service", SimpleNamespace(plan=lambda ws, period, unit, _n: plan_of(world.profile(ws, period, unit))))
    put(closer, "children_service", SimpleNamespace(children=lambda _ws, _period, unit: world.children.get(unit, ())))
    put(closer, "makeup_service", SimpleNamespace(parts=lambda _ws, _period, unit: world.parts.get(unit, ())))
    put(closer, "indicator_service", SimpleNamespace(view=lambda _ws, period, group, code: view_of(world, period, group, code)))
    put(closer, "course_service", SimpleNamespace(course=course))
