"""Fake services of the pages that look closely: fixes, children, parts, the way through the periods."""

from decimal import Decimal
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from scoring.model import PeriodState
from scoring.parts import Part, PartInput, PartSource, Sample
from scoring.services.children import Child
from scoring.services.course import Point
from scoring.services.fixes import Fix, Plan
from scoring.services.makeup import PartView
from scoring.services.shapes import UnitProfile
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
    put(closer, "course_service", SimpleNamespace(course=course))
