"""Where a period stands in its year, with who and when."""

from datetime import datetime

from scoring.errors import BadInput, Refused
from scoring.model import Role
from scoring.permissions import Action, require
from scoring.services import period_rows
from scoring.services.workspace import Workspace
from scoring.stages import BY_ACT, Stage
from scoring.store import ledger, life
from scoring.store.life import StageRow

__all__ = ["StageRow", "enter", "history"]

_LONGEST = 200


def enter(ws: Workspace, period: str, stage: str, note: str, actor: str, now: datetime, *, role: Role) -> list[StageRow]:
    """Note that a stage begins, and return all of them. Raises BadInput for an unknown stage, Refused for one that only its act records."""
    require(role, Action.LOCK)
    row = period_rows.row(ws, period)
    found = next((one for one in Stage if stage in (one.value, one.zh)), None)
    if found is None:
        raise BadInput(f"没有阶段 {stage!r}，可用：{'、'.join(one.zh for one in Stage if one not in BY_ACT)}")
    if found in BY_ACT:
        raise Refused(f"「{found.zh}」由相应的操作自动记录，不能手工填写")
    text = " ".join(note.split())
    if len(text) > _LONGEST:
        raise BadInput(f"说明有 {len(text)} 个字，最多 {_LONGEST} 个")
    with ws.store.write() as writer:
        life.add_stage(writer, row.id, found.value, text, actor, now)
        ledger.audit(writer, now, actor, role.value, "stage", row.id, after={"stage": found.value, "note": text})
    return life.stages(ws.store, row.id)


def history(ws: Workspace, period: str, *, role: Role) -> list[StageRow]:
    """The stages of a period, oldest first."""
    require(role, Action.VIEW_DRAFT)
    return life.stages(ws.store, period_rows.row(ws, period).id)
