"""The units below a unit in a published period (departments and towns of a district): where they stand in their groups, and what they lost."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from scoring.model import Role
from scoring.parts import PartSource
from scoring.permissions import Action, require
from scoring.services import makeup, reading, results
from scoring.services.makeup import PartView
from scoring.services.workspace import Workspace
from scoring.store.published import PublishedFile


@dataclass(frozen=True, slots=True)
class Child:
    """One child. `lost`: full marks less total. `worst`: title and points of the leaf it lost most on (empty and 0: nothing lost).

    `short`: 数据不足 or 暂不纳入, so that its numbers say nothing. `pull`: points that it costs the parent's own total; None where it does not count in it.
    """

    unit: str
    name: str
    group: str
    size: int
    rank: int | None
    total: Decimal
    lost: Decimal
    grade: str | None
    veto: bool
    excluded: str
    worst: str
    worst_lost: Decimal
    pull: Decimal | None

    @property
    def short(self) -> bool:
        """True when too little was seen for a total, or the unit is not assessed."""
        return self.grade is None


def children(ws: Workspace, period: str, unit: str, *, role: Role = Role.LEADER) -> Sequence[Child]:
    """Every unit of the period's file whose parent is `unit`: most points lost first, those without a total last. Raises BadInput, Refused as `results.profile` does."""
    require(role, Action.VIEW_RESULTS)
    results.profile(ws, period, unit, role=role)
    path = results.file(ws, period)
    file = PublishedFile(path)
    rows = file.rows(
        'SELECT u.unit_id, u.name, u.group_name, u.position, u.excluded, g.size, t.total, t."full", t.grade, t.rank, t.veto '
        "FROM period_unit u JOIN total t USING (unit_id) JOIN period_group g USING (group_name) WHERE u.parent_id = ? ORDER BY g.position, u.position, u.unit_id",
        unit,
    )
    if not rows:
        return ()
    worst = _worst(file, path, unit, {row["group_name"] for row in rows})
    pulls = _pulls(makeup.parts(ws, period, unit, role=role))
    found = [
        Child(
            unit=row["unit_id"],
            name=row["name"],
            group=row["group_name"],
            size=row["size"],
            rank=row["rank"],
            total=Decimal(row["total"]),
            lost=Decimal(row["full"]) - Decimal(row["total"]),
            grade=row["grade"],
            veto=bool(json.loads(row["veto"])),
            excluded=row["excluded"],
            worst=worst.get(row["unit_id"], ("", Decimal(0)))[0],
            worst_lost=worst.get(row["unit_id"], ("", Decimal(0)))[1],
            pull=pulls.get(row["unit_id"]),
        )
        for row in rows
    ]
    return sorted(found, key=lambda one: (one.short, -one.lost))


def _worst(file: PublishedFile, path: Path, unit: str, groups: set[str]) -> dict[str, tuple[str, Decimal]]:
    """The leaf that each child lost most on."""
    titles = {(group, leaf.code): leaf.title for group in groups for node in reading.edition(path, group).index for leaf in node.leaves()}
    sql = "SELECT unit_id, group_name, code, weight, upper FROM node JOIN period_unit USING (unit_id) WHERE parent_id = ? AND weight <> upper ORDER BY code"
    found: dict[str, tuple[str, Decimal]] = {}
    for child, group, code, weight, upper in file.tuples(sql, unit)[1]:
        lost = Decimal(weight) - Decimal(upper)
        if (group, code) in titles and lost > found.get(child, ("", Decimal(0)))[1]:
            found[child] = titles[group, code], lost
    return found


def _pulls(parts: Sequence[PartView]) -> Mapping[str, Decimal]:
    """What each counted child costs the parent: its share of the part's weight less what it earns of it."""
    found: dict[str, Decimal] = {}
    for part in parts:
        counted = [one for one in part.inputs if one.drawn and one.full] if part.part.source is PartSource.CHILDREN else []
        for one in counted:
            rate = (one.lower + one.upper) / 2 / one.full
            found[one.source] = found.get(one.source, Decimal(0)) + part.weight / len(counted) * (1 - rate)
    return found
