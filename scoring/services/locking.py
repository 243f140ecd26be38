"""定稿锁定 and 发布: what stands in the way, the recomputation, the digest, the published file."""

from dataclasses import dataclass, replace
from datetime import datetime
from importlib.metadata import PackageNotFoundError, version
from typing import Any

from scoring.errors import Refused
from scoring.model import PeriodState, Role
from scoring.permissions import Action, require
from scoring.services import assess, drafts, period_rows, publication
from scoring.services import book as books
from scoring.services.book import GroupBook
from scoring.services.effective import waiting
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import Workspace
from scoring.store import catalogue, findings, ledger, published
from scoring.store.catalogue import PeriodRow
from scoring.store.ledger import Revision


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
    found: list[Blocker] = []
    for group in row.groups:
        book = drafts.group_book(ws, row, group)
        for unit in book.units:
            known, score = book.states.get(unit.id, {}), book.scores[unit.id]
            for leaf in book.edition.leaves():
                if (still := waiting(leaf, unit, known.get(leaf.code))) is not None:
                    found.append(Blocker(unit.id, unit.name, leaf.code, leaf.title, still.why))
                elif leaf.code in score.veto_open and score.rank is not None:
                    # 确认无法观测 leaves the veto open: tolerable only where 数据不足 keeps the unit out of the ranking anyway
                    found.append(Blocker(unit.id, unit.name, leaf.code, leaf.title, "单项否决尚未判定，而该单位参加排名，需人工补查"))
    return found


def lock(ws: Workspace, period: str, actor: str, now: datetime, *, role: Role, reason: str = "首次定稿") -> PeriodInfo:
    """Close a period for good. Raises Refused with the blockers, or when a recomputation differs from what is kept."""
    require(role, Action.LOCK)
    row = period_rows.open_row(ws, period)
    if found := blockers(ws, row.id, role=role):
        shown = "；".join(f"{one.unit_name}「{one.title}」{one.why}" for one in found[:5])
        raise Refused(f"评估期次 {row.id} 还有 {len(found)} 项未办结，不能锁定：{shown}{'；……' if len(found) > 5 else ''}")
    _recompute(ws, row)
    groups = _groups(ws, row)
    digest = books.digest(groups)
    n = len(ledger.revisions(ws.store, row.id)) + 1
    editions = {group: sha for group, (_, sha) in row.groups.items()}
    revision = Revision(row.id, n, reason, digest, editions, engine_version(), None, now)
    with ws.store.write() as writer:
        ledger.add_revision(writer, revision, [score for book in groups for score in _scores(book)])
        catalogue.set_state(writer, row.id, PeriodState.LOCKED)
        ledger.audit(writer, now, actor, role.value, "lock", row.id, after={"revision": n, "digest": digest})
    return period_rows.info(ws, period_rows.row(ws, row.id))


def publish(ws: Workspace, period: str, actor: str, now: datetime, *, role: Role) -> PeriodInfo:
    """Write a locked period's published file. Raises Refused when it is open or published already, or when the scores no longer match the lock."""
    require(role, Action.LOCK)
    row = _locked(ws, period)
    revision = ledger.revisions(ws.store, row.id)[-1]
    groups = [replace(book, period=_stamped(book.period, revision.n, now)) for book in _groups(ws, row)]
    if books.digest(groups) != revision.digest:
        raise Refused(f"评估期次 {row.id} 现在计算的结果与锁定时的摘要不符，不能发布；请用锁定时的程序版本 {revision.engine} 发布")
    ws.published.mkdir(parents=True, exist_ok=True)
    target = ws.published / published.name_of(row.id, revision.n, revision.digest)
    if target.exists():
        raise Refused(f"发布文件 {target.name} 已存在，不会覆盖；如需更正请建立新的修订")
    draft = target.with_name(f".{target.name}.draft")
    draft.unlink(missing_ok=True)
    meta = publication.meta_of(groups[0].period, revision.digest, revision.engine, simulated=ws.simulated, as_of=drafts.as_of(ws, row))
    try:
        published.write(draft, meta, publication.tables_of(groups, findings.raw(ws.store, row.id)))
        if not publication.stored_digest(draft) == publication.recomputed_digest(draft) == revision.digest:
            raise Refused(f"评估期次 {row.id} 的发布文件校验不符，没有发布；请重试，仍不行请联系技术支持")
        with ws.store.write() as writer:
            ledger.set_file(writer, row.id, revision.n, target.name)
            catalogue.set_state(writer, row.id, PeriodState.PUBLISHED)
            ledger.audit(writer, now, actor, role.value, "publish", row.id, after={"revision": revision.n, "file": target.name})
            draft.rename(target)
    finally:
        draft.unlink(missing_ok=True)
    target.chmod(0o444)
    return _stamped(period_rows.info(ws, period_rows.row(ws, row.id)), revision.n, now)


def _locked(ws: Workspace, period: str) -> PeriodRow:
    if period == "latest":
        found = next((one for one in period_rows.rows(ws) if one.state is PeriodState.LOCKED), None)
        if found is None:
            raise Refused("没有已锁定而未发布的评估期次，请先 lock")
        return found
    row = period_rows.row(ws, period)
    if row.state is PeriodState.OPEN:
        raise Refused(f"评估期次 {period} 尚未锁定，请先 lock")
    if row.state is PeriodState.PUBLISHED:
        raise Refused(f"评估期次 {period} 已发布，发布的文件不会改动")
    return row


def _recompute(ws: Workspace, row: PeriodRow) -> None:
    """Run every rule again over the stored observations; what is kept must be what comes out."""
    kept = findings.states(ws.store, row.id)
    wrong = 0
    for new in assess.outdated(ws, row, again=True):
        state = kept.get(new.unit, {}).get(new.code)
        same = (
            state
            and state.machine
            and (state.machine.outcome, state.machine.ratio, state.machine.reason_code)
            == (
                new.finding.outcome,
                new.finding.ratio,
                new.finding.reason_code,
            )
        )
        wrong += not same
    if wrong:
        raise Refused(f"评估期次 {row.id} 有 {wrong} 项机器结果与重新计算不一致，请先重新评分（assess）并核查")


def _groups(ws: Workspace, row: PeriodRow) -> list[GroupBook]:
    return [drafts.group_book(ws, row, group) for group in row.groups]


def _stamped(period: PeriodInfo, revision: int, now: datetime) -> PeriodInfo:
    return replace(period, state=PeriodState.PUBLISHED, revision=revision, published_at=now)


def _scores(book: GroupBook) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = []
    for score in book.scores.values():
        total = {"code": "", "lower": str(score.lower), "upper": str(score.upper), "total": str(score.total), "coverage": str(score.coverage)}
        rows.append({"unit_id": score.unit, **total})
        rows += [
            {"unit_id": score.unit, "code": node.code, "lower": str(node.lower), "upper": str(node.upper), "total": str(node.total), "coverage": None}
            for node in score.nodes.values()
        ]
    return rows
