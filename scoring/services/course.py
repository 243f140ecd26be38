"""A unit's way through the published periods: score and rank, with its group's mean and best."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from scoring.model import Role
from scoring.permissions import Action, require
from scoring.services import reading, results, tables
from scoring.services.workspace import Workspace
from scoring.store.findings import decimal
from scoring.store.published import PublishedFile


@dataclass(frozen=True, slots=True)
class Point:
    """One period. `total` and `rank` are None where the unit was not ranked, or not assessed. `ranked`: how many units of its group were."""

    period: str
    title: str
    edition: str
    total: Decimal | None
    rank: int | None
    ranked: int
    mean: Decimal | None
    best: Decimal | None


def course(ws: Workspace, period: str, unit: str, *, role: Role = Role.LEADER) -> Sequence[Point]:
    """The unit in this published period and those before it with its group, oldest first, eight at most; a unit that follows a single predecessor continues it.

    Raises BadInput, Refused as `results.profile` does.
    """
    require(role, Action.VIEW_RESULTS)
    now = results.profile(ws, period, unit, role=role)
    path = results.file(ws, period)
    found = PublishedFile(path).rows("SELECT predecessors FROM period_unit WHERE unit_id = ?", unit)[0]
    before = json.loads(found["predecessors"])
    ids = (unit, *(before if len(before) == 1 else ()))
    known = [info for info in results.headers(ws) if (info.end, info.id) < (now.period.end, now.period.id) and info.id != now.period.id]
    earlier = [info for info in known if now.group in info.groups and info.disclosure.scored][: tables.HISTORY - 1]
    return [*(_point(results.file(ws, info.ref), now.group, ids) for info in reversed(earlier)), _point(path, now.group, ids)]


@lru_cache(maxsize=4096)
def _point(path: Path, group: str, ids: tuple[str, ...]) -> Point:
    file, info = PublishedFile(path), reading.header(path)[0]
    sql = "SELECT unit_id, total, rank FROM period_unit JOIN total USING (unit_id) WHERE group_name = $1 AND list_contains($2::VARCHAR[], unit_id)"
    rows = {row["unit_id"]: row for row in file.rows(sql, group, list(ids))}
    mine = next((rows[one] for one in ids if one in rows), None)
    ranked = mine is not None and mine["rank"] is not None
    top = reading.standing(path, group).ranked
    mean = decimal(json.loads(file.rows("SELECT summary FROM period_group WHERE group_name = ?", group)[0]["summary"])["mean"])
    best = max((total for _, total in top.values()), default=None)
    total = Decimal(mine["total"]) if mine and ranked else None
    return Point(info.id, info.title, info.groups[group], total, mine["rank"] if mine else None, len(top), mean, best)
