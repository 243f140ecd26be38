"""What people add to a period's composition: imported scores of parts (得分表), and units that are 暂不纳入."""

from datetime import datetime
from pathlib import Path

from scoring.errors import BadInput
from scoring.model import Role, Unit
from scoring.parts import PartSource
from scoring.permissions import Action, require
from scoring.services import part_table, period_rows
from scoring.services.workspace import Workspace
from scoring.store import catalogue, ledger, part_scores


def import_scores(ws: Workspace, period: str, path: Path, actor: str, now: datetime, *, role: Role, part: str = "") -> int:
    """Take in a table of imported scores (CSV or .xlsx: `unit,value`, with `code` where it holds several parts; a unit by id or name; 不涉及 as a value).

    The CSV of another period's `rank --format csv` is such a table: another index becomes a part. Returns how many scores were taken in. Raises BadInput naming
    every wrong row; then nothing was written.
    """
    require(role, Action.LOCK)
    row = period_rows.open_row(ws, period)
    parts = {(group, one.code): one for group in row.groups for one in period_rows.edition_of(ws, row, group).parts if one.source is PartSource.IMPORT}
    if not parts:
        raise BadInput(f"评估期次 {row.id} 的指标体系没有需要导入得分的部分（compose 中 source: import）")
    scores = part_table.read(path, [one.unit for one in period_rows.units(ws, row.id)], parts, part)
    with ws.store.write() as writer:
        part_scores.add(writer, row.id, scores, actor, now)
        ledger.audit(writer, now, actor, role.value, "part.import", row.id, after={"file": path.name, "sha": scores[0].sha, "scores": len(scores)})
    return len(scores)


def exclude(ws: Workspace, period: str, unit: str, why: str, actor: str, now: datetime, *, role: Role) -> Unit:
    """Make a unit of an open period 暂不纳入 for a reason; an empty one takes it in again. Raises BadInput for an unknown unit, Refused when the period is closed."""
    require(role, Action.LOCK)
    row = period_rows.open_row(ws, period)
    found = next((one.unit for one in period_rows.units(ws, row.id) if unit in (one.unit.id, one.unit.name)), None)
    if found is None:
        raise BadInput(f"评估期次 {row.id} 中没有单位 {unit}")
    with ws.store.write() as writer:
        catalogue.exclude(writer, row.id, found.id, why.strip())
        ledger.audit(writer, now, actor, role.value, "unit.exclude", f"{row.id}/{found.id}", before={"why": found.excluded}, after={"why": why.strip()})
    return found
