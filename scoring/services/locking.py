"""定稿锁定: what stands in the way, the recomputation, the digest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from scoring.errors import Refused
from scoring.model import PeriodState, Role
from scoring.parts import PartSource
from scoring.permissions import Action, require
from scoring.score import Nodes
from scoring.services import assess, drafts, period_rows
from scoring.services.book import GroupBook
from scoring.services.collector import paused
from scoring.services.effective import waiting
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import Workspace
from scoring.stages import Stage
from scoring.store import catalogue, ledger, life
from scoring.store.catalogue import PeriodRow
from scoring.store.ledger import Revision

FIRST = "首次定稿"
_NUMBERS = ("lower", "upper", "total", "coverage")


@dataclass(frozen=True, slots=True)
class Blocker:
    """One leaf of one unit that keeps a period from being locked."""

    unit: str
    unit_name: str
    code: str
    title: str
    why: str


def engine_version() -> str:
    """The version of this program."""
    try:
        return version("disclosure-index")
    except PackageNotFoundError:
        return "0"


def blockers(ws: Workspace, period: str, *, role: Role) -> list[Blocker]:
    """What stands in the way of locking, by unit in official order and in the edition's order."""
    require(role, Action.VIEW_DRAFT)
    row = period_rows.row(ws, period)
    return _blocking(drafts.group_book(ws, row, group) for group in row.groups)


def _blocking(books: Iterable[GroupBook]) -> list[Blocker]:
    found: list[Blocker] = []
    for book in books:
        leaves = list(book.edition.leaves())
        for unit in (one for one in book.units if not one.excluded):
            for part in (one for one in book.edition.parts if one.source is PartSource.IMPORT):
                if not book.inputs[unit.id][part.code]:
                    found.append(Blocker(unit.id, unit.name, part.code, part.title, "得分尚未导入"))
            known, findings, score = book.states.get(unit.id, {}), book.findings(unit), book.scores[unit.id]
            for leaf in leaves:
                if (still := waiting(leaf, findings[leaf.code], known.get(leaf.code))) is not None:
                    found.append(Blocker(unit.id, unit.name, leaf.code, leaf.title, still.why))
                elif leaf.code in score.veto_open and score.rank is not None:
                    # 确认无法观测 leaves the veto open: tolerable only where 数据不足 keeps the unit out of the ranking anyway
                    found.append(Blocker(unit.id, unit.name, leaf.code, leaf.title, "单项否决尚未判定，而该单位参加排名，需人工补查"))
    return found


def lock(ws: Workspace, period: str, actor: str, now: datetime, *, role: Role) -> PeriodInfo:
    """Close a period. Raises Refused with the blockers, or when a recomputation differs from what is kept. The reason is that of the reopening before, if any."""
    require(role, Action.LOCK)
    with paused():
        return _locked(ws, period_rows.open_row(ws, period), actor, now, role=role)


def _locked(ws: Workspace, row: PeriodRow, actor: str, now: datetime, *, role: Role) -> PeriodInfo:
    groups = drafts.group_books(ws, row)
    if found := _blocking(groups):
        shown = "；".join(f"{one.unit_name}「{one.title}」{one.why}" for one in found[:5])
        raise Refused(f"评估期次 {row.id} 还有 {len(found)} 项未办结，不能锁定：{shown}{'；……' if len(found) > 5 else ''}")
    _recompute(ws, row)
    digest = drafts.sealed(ws, row).digest
    n = len(ledger.revisions(ws.store, row.id)) + 1
    again = ledger.reopenings(ws.store, row.id)
    editions = {group: sha for group, (_, sha) in row.groups.items()}
    revision = Revision(row.id, n, again[-1].reason if again else FIRST, digest, editions, engine_version(), None, now, actor)
    with ws.store.write() as writer:
        writer.scores = False
        ledger.add_revision(writer, revision, _scores(groups))
        catalogue.set_state(writer, row.id, PeriodState.LOCKED)
        life.add_stage(writer, row.id, Stage.LOCK.value, f"第 {n} 版：{revision.reason}", actor, now)
        ledger.audit(writer, now, actor, role.value, "lock", row.id, after={"revision": n, "digest": digest})
    return period_rows.info(ws, period_rows.row(ws, row.id))


def _recompute(ws: Workspace, row: PeriodRow) -> None:
    """Run every rule again over the stored observations; what is kept must be what comes out."""
    kept = drafts.states(ws, row.id)
    wrong = 0
    for new in assess.outdated(ws, row, again=True):
        state = kept.get(new.unit, {}).get(new.code)
        machine = state.machine if state else None
        found = new.finding
        same = machine and (machine.outcome, machine.ratio, machine.reason_code) == (found.outcome, found.ratio, found.reason_code)
        wrong += not same
    if wrong:
        raise Refused(f"评估期次 {row.id} 有 {wrong} 项机器结果与重新计算不一致，请先重新评分（assess）并核查")


def _scores(books: Sequence[GroupBook]) -> dict[str, list[Any]]:
    """The columns of the table `score`: of each unit its total, then its nodes."""
    scores = [score for book in books for score in book.scores.values()]
    found: dict[str, list[Any]] = {name: [] for name in ("unit_id", "code", *_NUMBERS)}
    for score in scores:
        nodes = Nodes.of(score.nodes)
        lower, upper, total, *_ = nodes.columns
        found["unit_id"] += [score.unit] * (1 + len(nodes))
        found["code"] += ["", *nodes]
        points = [str(value) for value in (score.total, *total)]
        for name, own, column in (("lower", score.lower, lower), ("upper", score.upper, upper)):  # mostly there is no interval: one number, written once
            found[name] += [text if value is middle else str(value) for value, middle, text in zip((own, *column), (score.total, *total), points, strict=True)]
        found["total"] += points
        found["coverage"] += [str(score.coverage), *[None] * len(nodes)]
    return found
