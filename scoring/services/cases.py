"""依申请公开模拟测试台账: mock applications entered by evaluators, append-only; a correction is a further entry with its reason."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from scoring.errors import BadInput, Refused
from scoring.facts import Attachment, RequestCase
from scoring.model import PeriodState, Role
from scoring.permissions import Action, require
from scoring.requests import Clock, clock, said
from scoring.services import assess, facts, period_rows, records
from scoring.services.shapes import StoredPage
from scoring.services.uploads import Upload
from scoring.services.workspace import Workspace
from scoring.store import cases, catalogue, ledger
from scoring.store.findings import SeqConflict
from scoring.wording import minute

ADDRESS = re.compile(r"cases/([A-Za-z0-9-]+)\+(\d+)")
FOLDER = "attachments"
_LARGEST = 20_000_000
_ORDER = (
    ("applied", "registered", "登记日期", "提交日期"),
    ("applied", "supplement", "补正告知日期", "提交日期"),
    ("supplement", "supplemented", "补正日期", "补正告知日期"),
    ("applied", "extended", "延期告知日期", "提交日期"),
    ("applied", "consult_from", "征求意见开始日期", "提交日期"),
    ("consult_from", "consult_to", "征求意见结束日期", "征求意见开始日期"),
    ("applied", "answered", "答复日期", "提交日期"),
    ("answered", "served", "送达日期", "答复日期"),
)
"""Which day must not lie before which."""


def units(ws: Workspace) -> dict[str, str]:
    """The name of every unit that a case may concern, by id, in official order."""
    return {row.unit.id: row.unit.name for row in catalogue.scopes(ws.store)}


def listed(ws: Workspace, *, role: Role, now: datetime) -> list[tuple[RequestCase, Clock]]:
    """Every case as it stands, newest first, with its limit as of today."""
    require(role, Action.VIEW_DRAFT)
    today, days = ws.today(now), facts.workdays()
    return [(case, clock(case, days, today)) for case in reversed(cases.all_cases(ws.store))]


def history(ws: Workspace, case: str, *, role: Role) -> list[RequestCase]:
    """Every entry of a case, oldest first."""
    require(role, Action.VIEW_DRAFT)
    return cases.history(ws.store, case)


def save(ws: Workspace, case: RequestCase, *, actor: str, role: Role, now: datetime, files: tuple[Upload, ...] = ()) -> RequestCase:
    """Enter a new case (`id` empty, `seq` 0) or correct one (`seq` as it was seen, with `why`), and judge the open periods again.

    Raises BadInput naming the field, Refused when somebody else was first; then nothing was written.
    """
    (made,) = save_all(ws, [(case, files)], actor=actor, role=role, now=now)
    return made


def save_all(ws: Workspace, entries: list[tuple[RequestCase, tuple[Upload, ...]]], *, actor: str, role: Role, now: datetime) -> list[RequestCase]:
    """Several entries at once, all or none."""
    require(role, Action.REVIEW)
    known, today = units(ws), ws.today(now)
    made: list[RequestCase] = []
    for case, files in entries:
        check(case, known, today)
        kept = tuple(_keep(ws, file) for file in files)
        made.append(replace(case, attachments=(*case.attachments, *kept), by=actor, at=now))
    try:
        with ws.store.write() as writer:
            taken: dict[str, int] = {}
            for n, case in enumerate(made):
                named = case
                if not case.id:
                    prefix = f"{case.applied.year}-{case.unit}-"
                    taken[prefix] = number = taken.get(prefix, cases.last_number(writer, prefix)) + 1
                    named = replace(case, id=f"{prefix}{number}")
                made[n] = named = replace(named, seq=case.seq + 1)
                cases.add(writer, named, now)
                ledger.audit(writer, now, actor, role.value, "case", named.id, after={"seq": named.seq, "unit": named.unit, "why": named.why})
    except SeqConflict as conflict:
        raise Refused("该案件在您打开之后已有新的记录，请刷新后再保存") from conflict
    for period in period_rows.rows(ws):
        if period.state is PeriodState.OPEN:
            assess.assess(ws, period.id, actor=actor, now=now)
    return made


def check(case: RequestCase, known: Mapping[str, str], today: date) -> None:
    """Raise BadInput for an entry that contradicts itself."""
    name = case.id or "新案件"
    if case.unit not in known:
        raise BadInput(f"{name}：单位「{case.unit}」不在单位名单中，请改正")
    if case.seq and not case.why.strip():
        raise BadInput(f"{name}：更正须写明理由")
    if case.withdrawn and not case.seq:
        raise BadInput(f"{name}：尚未登记的案件不能作废")
    for before, after, name_after, name_before in _ORDER:
        first, last = getattr(case, before), getattr(case, after)
        if last is not None and first is None:
            raise BadInput(f"{name}：填了{name_after}而没有{name_before}，请补上")
        if last is not None and last < first:
            raise BadInput(f"{name}：{name_after} {last} 早于{name_before} {first}，请改正")
    for field, label in (("applied", "提交日期"), *((after, label) for _, after, label, _ in _ORDER)):
        if (day := getattr(case, field)) is not None and day > today:
            raise BadInput(f"{name}：{label} {day} 在今天（{today}）之后，请改正")
    if case.answered is None and (case.regular is not None or case.served_right is not None):
        raise BadInput(f"{name}：还没有答复日期，不能评定文书和送达，请补上答复日期或清空这两项")


def open_case(ws: Workspace, where: str) -> StoredPage | None:
    """An entry of a case with all that followed, as a page of evidence; None when the address is not one of a case. Raises BadInput when there is none."""
    if (found := ADDRESS.fullmatch(where)) is None:
        return None
    kept = cases.history(ws.store, found[1])
    if int(found[2]) > len(kept):
        raise BadInput(f"模拟测试台账中没有案件 {found[1]} 的第 {found[2]} 次记录")
    days, today = facts.workdays(), ws.today(ws.clock())
    lines: list[str] = []
    for one in kept:
        state = "作废" if one.withdrawn else said(one, clock(one, days, today)).partition("：")[2]
        lines += [f"第 {one.seq} 次记录（{one.by}，{minute(one.at) if one.at else ''}）：{one.what}", state]
        lines += [f"备注：{one.notes}"] if one.notes else []
        lines += [f"更正理由：{one.why}"] if one.why else []
        lines += [f"附件：{file.name}（{file.size} 字节，SHA-256 {file.sha256}）" for file in one.attachments]
    seen = kept[int(found[2]) - 1]
    return records.page(where, f"依申请公开模拟测试台账 {seen.id}", f"模拟测试案件 {seen.id}", "\n".join(lines), seen.at, "模拟测试台账记录")


def attachment(ws: Workspace, file: Attachment, *, role: Role) -> bytes:
    """The content of an attachment. Raises BadInput when it is gone."""
    require(role, Action.VIEW_DRAFT)
    try:
        return _path(ws, file.sha256).read_bytes()
    except OSError as error:
        raise BadInput(f"附件 {file.name} 不在数据目录的 {FOLDER} 文件夹中，请从备份恢复") from error


def _keep(ws: Workspace, upload: Upload) -> Attachment:
    if len(upload.data) > _LARGEST:
        raise BadInput(f"附件 {upload.name} 超过 {_LARGEST // 1_000_000} MB，请压缩后再上传")
    path = _path(ws, upload.sha256)
    if not path.is_file():
        path.parent.mkdir(parents=True, exist_ok=True)
        draft = path.with_suffix(".part")
        draft.write_bytes(upload.data)
        draft.replace(path)
    return Attachment(upload.name[:120], upload.sha256, len(upload.data))


def _path(ws: Workspace, sha256: str) -> Path:
    return ws.home / FOLDER / sha256
