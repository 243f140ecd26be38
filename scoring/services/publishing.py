"""发布: a locked period's published file, within its 发布口径, and the whole of it where readers see less (docs/decisions/0008)."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from scoring import lists as named
from scoring.disclosure import EVERYTHING, Disclosure, Extent
from scoring.errors import Refused
from scoring.lists import NamedList
from scoring.model import PeriodState, Role
from scoring.parts import PartSource
from scoring.permissions import Action, require
from scoring.services import drafts, export_files, period_rows, publication, results, verification
from scoring.services.book import GroupBook
from scoring.services.canonical import Sealed
from scoring.services.collector import paused
from scoring.services.export_files import Source
from scoring.services.publication import Header
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import Workspace
from scoring.stages import Stage
from scoring.store import catalogue, ledger, life, published
from scoring.store.catalogue import PeriodRow
from scoring.store.marked import Marked


def publish(
    ws: Workspace, period: str, actor: str, now: datetime, *, role: Role, disclosure: Disclosure = EVERYTHING, lists: Sequence[NamedList] = ()
) -> PeriodInfo:
    """Write a locked period's files, with the 名单 that readers are to see.

    Raises Refused when it is open or published already, or when the scores no longer match the lock, BadInput for a list that the 发布口径 does not allow; then
    nothing was written.
    """
    require(role, Action.LOCK)
    with paused():
        return _published(ws, _locked(ws, period), actor, now, role=role, disclosure=disclosure, lists=lists)


def before(ws: Workspace, period: str) -> PeriodInfo | None:
    """The newest published revision of a locked period: what a correction replaces, with its 发布口径 and 名单. None for a first publication. Raises as `publish` does."""
    return next(iter(results.history(ws, _locked(ws, period).id)), None)


def _published(ws: Workspace, row: PeriodRow, actor: str, now: datetime, *, role: Role, disclosure: Disclosure, lists: Sequence[NamedList]) -> PeriodInfo:
    kept = ledger.revisions(ws.store, row.id)
    revision, before = kept[-1], [one.n for one in kept[:-1] if one.file]
    info = replace(
        _stamped(period_rows.info(ws, row), revision.n, now, disclosure, revision.reason, before[-1] if before else None),
        lists=tuple(lists),
    )
    books = [replace(book, period=info) for book in drafts.group_books(ws, row)]
    named.check(lists, disclosure, list(dict.fromkeys(grade.name for book in books for grade in book.edition.grades)))
    found, whole = drafts.known(ws, row.id), drafts.sealed(ws, row)
    if whole.digest != revision.digest:
        raise Refused(f"评估期次 {row.id} 现在计算的结果与锁定时的摘要不符，不能发布；请用锁定时的程序版本 {revision.engine} 发布")
    head = Header(info, revision.digest, revision.at, revision.engine, ws.simulated, drafts.as_of(ws, row))
    name = published.name_of(row.id, revision.n, revision.digest)
    targets = [ws.published / name, *([ws.sealed / name] if disclosure.extent is not Extent.ALL else [])]
    with ExitStack() as drafted:
        made = [part for target in targets for part in _drafts(drafted, target)]
        for draft, packed, target in zip(made[::2], made[1::2], targets, strict=True):
            extent = disclosure if target is targets[0] else EVERYTHING
            exports = write(draft, books, found, replace(head, period=replace(info, disclosure=extent)), whole)
            with ThreadPoolExecutor(1) as beside:  # the exports are packed while the file is verified
                packing = beside.submit(lambda to, files: to.write_bytes(export_files.pack(files)), packed, exports)
                verdict = verification.verify(draft, named=False)
                packing.result()
            if not verdict.holds:
                raise Refused(f"评估期次 {row.id} 的发布文件校验不符（{verdict.faults[0].said}），没有发布；请重试，仍不行请联系技术支持")
        with ws.store.write() as writer:
            writer.scores = False
            ledger.set_file(writer, row.id, revision.n, name, str(disclosure))
            catalogue.set_state(writer, row.id, PeriodState.PUBLISHED)
            life.add_stage(writer, row.id, Stage.PUBLISH.value, _said(revision.n, info), actor, now)
            ledger.audit(
                writer,
                now,
                actor,
                role.value,
                "publish",
                row.id,
                after={"revision": revision.n, "file": name, "disclosure": str(disclosure), "lists": [*map(str, lists)]},
            )
            for draft, final in zip(made, [part for target in targets for part in (target, target.with_suffix(".zip"))], strict=True):
                draft.rename(final)
                final.chmod(0o444)
    return info


def write(path: Path, books: Sequence[GroupBook], found: Marked, head: Header, whole: Sealed | None = None) -> dict[str, bytes]:
    """One published file within the 发布口径 of its header; returns its exports. `books` and `whole`, their canonical text, are uncut."""
    disclosure = head.period.disclosure
    inside = [replace(publication.cut(book, disclosure), period=head.period) for book in books]
    if outside := _outside(inside):
        raise Refused(f"{outside}的得分由下级单位合成，口径“{disclosure.zh}”的文件会带出下级单位的得分；请改用全部排名、等次，或用书面方式告知")
    text = whole if whole and disclosure.extent is Extent.ALL else publication.sealed(inside, disclosure, found.marks())
    sizes = {book.group: len(book.units) for book in books}
    meta, tables = head.meta(text.digest), publication.tables_of(inside, disclosure, found, text.seals, sizes)
    with ThreadPoolExecutor(1) as beside:  # the database writes its file while Python makes the exports
        writing = beside.submit(published.write, path, meta, tables)
        exports = export_files.contents(Source(head.period, meta, inside, sizes, text.text, published.dictionary()))
        writing.result()
    return exports


def _said(revision: int, info: PeriodInfo) -> str:
    lists = f"；名单：{'、'.join(one.name for one in info.lists)}" if info.lists else ""
    return f"第 {revision} 版，口径：{info.disclosure.zh}{lists}"


def _outside(books: Sequence[GroupBook]) -> str:
    """The first unit composed of units that the books do not hold; empty when there is none."""
    held = {unit.id for book in books for unit in book.units}
    known = {unit.id: unit.name for book in books for unit in book.units}
    for book in books:
        children = {part.code for part in book.edition.parts if part.source is PartSource.CHILDREN}
        for unit, inputs in book.inputs.items():
            if any(one.source not in held for code, given in inputs.items() if code in children for one in given):
                return known[unit]
    return ""


def _drafts(stack: ExitStack, target: Path) -> tuple[Path, Path]:
    """Where a file and its exports are written first; what is left of them is removed. Raises Refused when the target is there."""
    target.parent.mkdir(parents=True, exist_ok=True)
    finals = (target, target.with_suffix(".zip"))
    for final in finals:
        if final.exists():
            raise Refused(f"发布文件 {final.name} 已存在，不会覆盖；如需更正请建立新的修订")
    first, second = (final.with_name(f".{final.name}.draft") for final in finals)
    for draft in (first, second):
        draft.unlink(missing_ok=True)
        stack.callback(draft.unlink, missing_ok=True)
    return first, second


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
        raise Refused(f"评估期次 {period} 已发布，发布的文件不会改动；如需更正请用 period reopen")
    return row


def _stamped(period: PeriodInfo, revision: int, now: datetime, disclosure: Disclosure, reason: str, corrects: int | None) -> PeriodInfo:
    return replace(
        period, state=PeriodState.PUBLISHED, revision=revision, published_at=now, disclosure=disclosure, reason=reason, corrects=corrects, newest=True
    )
