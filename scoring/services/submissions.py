"""送审稿: the results before locking, for named approvers only, watermarked with the reader's name, every reading on record."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

import pyarrow as pa

from scoring.errors import BadInput, NotPermitted, Refused
from scoring.model import PeriodState, Role
from scoring.permissions import Action, may, require
from scoring.services import drafts, export_files, locking, period_rows, publishing, reading, sheets
from scoring.services.publication import Header
from scoring.services.shapes import PeriodInfo, Ranking
from scoring.services.sheets import Column, Sheet
from scoring.services.workspace import Workspace
from scoring.stages import Stage
from scoring.store import ledger, life
from scoring.store.life import Reading, Submission
from scoring.store.published import PublishedFile
from scoring.wording import minute

__all__ = ["Reading", "Submission", "View", "digest_now", "download", "log", "made_for", "make", "view", "waiting_for", "watermark"]

VIEWED, TAKEN = "查看", "下载"
_MOST = 20
_MARK = Column("送审稿水印", "审阅人和时间；送审稿不得外传")


@dataclass(frozen=True, slots=True)
class View:
    """A 送审稿 as its reader sees it. `mark` is the watermark."""

    submission: Submission
    period: PeriodInfo
    rankings: tuple[Ranking, ...]
    mark: str


def make(ws: Workspace, period: str, approvers: Sequence[str], note: str, actor: str, now: datetime, *, role: Role) -> Submission:
    """Write a 送审稿 of a period that is not published yet. Raises BadInput without names, Refused when the period is published."""
    require(role, Action.LOCK)
    row = period_rows.row(ws, period)
    names = tuple(dict.fromkeys(name for one in approvers if (name := " ".join(one.split()))))
    if not names:
        raise BadInput("请写明审阅人的姓名，送审稿只有他们能看")
    if len(names) > _MOST:
        raise BadInput(f"审阅人有 {len(names)} 位，最多 {_MOST} 位")
    if row.state is PeriodState.PUBLISHED:
        raise Refused(f"评估期次 {row.id} 已发布，不需要送审；更正请先重新打开")
    n = max((one.n for one in life.submissions(ws.store, row.id)), default=0) + 1
    books, found = drafts.group_books(ws, row), drafts.known(ws, row.id)
    whole = drafts.sealed(ws, row)
    info = replace(period_rows.info(ws, row), revision=len(ledger.revisions(ws.store, row.id)) + 1, published_at=now, corrects=None, reason=f"送审稿第 {n} 稿")
    head = Header(info, whole.digest, now, locking.engine_version(), ws.simulated, drafts.as_of(ws, row), str(n), names)
    target = ws.submissions / f"{row.id}-s{n}-{whole.digest[:12]}.duckdb"
    target.parent.mkdir(parents=True, exist_ok=True)
    target.unlink(missing_ok=True)  # left by a failure before it was noted
    publishing.write(target, books, found, head, whole)
    target.chmod(0o444)
    made = Submission(row.id, n, names, " ".join(note.split()), whole.digest, target.name, actor, now)
    with ws.store.write() as writer:
        life.add_submission(writer, made)
        life.add_stage(writer, row.id, Stage.SUBMIT.value, f"送审稿第 {n} 稿，审阅人：{'、'.join(names)}", actor, now)
        ledger.audit(writer, now, actor, role.value, "submission", row.id, after={"n": n, "approvers": names, "digest": whole.digest})
    return made


def waiting_for(ws: Workspace, reader: str, *, role: Role) -> list[Submission]:
    """The newest 送审稿 of each unpublished period that names this reader."""
    require(role, Action.APPROVE)
    found: dict[str, Submission] = {}
    for one in life.submissions(ws.store):
        if one.period not in found and period_rows.row(ws, one.period).state is not PeriodState.PUBLISHED:
            found[one.period] = one
    return [one for one in found.values() if _may_read(one, reader, role)]


def digest_now(ws: Workspace, period: str, *, role: Role) -> str:
    """The digest of a period's results as they stand: the same as a 送审稿's when nothing has changed since."""
    require(role, Action.VIEW_DRAFT)
    row = period_rows.row(ws, period)
    return drafts.sealed(ws, row).digest


def made_for(ws: Workspace, period: str, *, role: Role) -> list[Submission]:
    """Every 送审稿 of a period, newest first: for the evaluator."""
    require(role, Action.VIEW_DRAFT)
    return life.submissions(ws.store, period)


def log(ws: Workspace, period: str, *, role: Role) -> Sequence[Reading]:
    """Who read them and when, newest first: for the evaluator."""
    require(role, Action.VIEW_DRAFT)
    return life.readings(ws.store, period)


def view(ws: Workspace, period: str, reader: str, now: datetime, *, role: Role, again: bool = False) -> View:
    """Open the newest 送审稿 of a period; the reading is noted unless it is the same look `again`. Raises NotPermitted for anybody not named."""
    one = _named(ws, period, reader, role)
    path = _file(ws, one)
    info = replace(reading.header(path)[0], state=PeriodState.OPEN)
    found = tuple(replace(reading.ranking(path, info, group, (), nodes=False), draft=True) for group in info.groups)
    if not again:
        _note(ws, one, reader, VIEWED, now)
    return View(one, info, found, watermark(one, reader, now))


def download(ws: Workspace, period: str, reader: str, now: datetime, *, role: Role) -> bytes:
    """The newest 送审稿 as a zip of CSV whose every row carries the watermark; the reading is noted."""
    one = _named(ws, period, reader, role)
    given = export_files.source(_file(ws, one))
    mark = watermark(one, reader, now)
    made = [sheets.totals(given.period, given.books), sheets.nodes(given.period, given.books), sheets.findings(given.period, given.books)]
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("送审稿说明.txt", f"{mark}\n\n本稿供审阅，尚未定稿，数字可能变动；不得转发、复制或引用。\n".encode("utf-8-sig"))
        for sheet in made:
            packed.writestr(f"送审稿-{sheet.name}.csv", export_files.as_csv(_marked(sheet, mark)))
    _note(ws, one, reader, TAKEN, now)
    return out.getvalue()


def watermark(one: Submission, reader: str, now: datetime) -> str:
    """送审稿第1稿 · 审阅人 · 2026-04-01 10:00 · 不得外传."""
    return f"送审稿第{one.n}稿 · {reader} · {minute(now)} · 不得外传"


def _named(ws: Workspace, period: str, reader: str, role: Role) -> Submission:
    require(role, Action.APPROVE)
    row = period_rows.row(ws, period)
    found = next(iter(life.submissions(ws.store, row.id)), None)
    if found is None or not _may_read(found, reader, role):
        raise NotPermitted(f"评估期次 {row.id} 没有送{reader}审阅的送审稿")
    if row.state is PeriodState.PUBLISHED:
        raise Refused(f"评估期次 {row.id} 已发布，请看发布的结果，送审稿不再提供")
    return found


def _may_read(one: Submission, reader: str, role: Role) -> bool:
    return reader in one.approvers or may(role, Action.VIEW_DRAFT)


def _file(ws: Workspace, one: Submission) -> Path:
    path = ws.submissions / one.file
    if not path.is_file():
        raise BadInput(f"送审稿文件 {path} 不在了，请从备份恢复，或重新送审")
    if PublishedFile(path).meta()["digest"] != one.digest:
        raise BadInput(f"送审稿文件 {path} 与记录的摘要不符，请重新送审")
    return path


def _note(ws: Workspace, one: Submission, reader: str, what: str, now: datetime) -> None:
    with ws.store.write() as writer:
        life.add_reading(writer, one.period, Reading(one.n, reader, what, now))


def _marked(sheet: Sheet, mark: str) -> Sheet:
    return Sheet(sheet.name, sheet.meaning, (_MARK, *sheet.columns), (pa.repeat(mark, len(sheet.values[0])), *sheet.values))
