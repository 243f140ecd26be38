"""更正: opening a closed period again with a reason, and what a new revision changed: unit by unit, leaf by leaf."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from pathlib import Path

from scoring.errors import BadInput, Refused
from scoring.model import Finding, Outcome, PeriodState, Role
from scoring.permissions import Action, require
from scoring.services import drafts, period_rows, reading, results
from scoring.services.book import GroupBook
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import Workspace
from scoring.stages import Stage
from scoring.store import catalogue, ledger, life
from scoring.store.ledger import Reopening
from scoring.store.published import PublishedFile

__all__ = ["LeafChange", "Reopening", "UnitChange", "between", "cancel", "changes", "compare", "pending", "reopen", "reopened"]

_LONGEST = 500


@dataclass(frozen=True, slots=True)
class LeafChange:
    """One leaf before and after; None where the revision does not have it. Ratios 0–1."""

    code: str
    title: str
    before: tuple[Outcome, Decimal | None] | None
    after: tuple[Outcome, Decimal | None] | None


@dataclass(frozen=True, slots=True)
class UnitChange:
    """One unit before and after: (rank, total, grade); None where the revision's file does not hold the unit."""

    unit: str
    name: str
    group: str
    before: tuple[int | None, Decimal, str | None] | None
    after: tuple[int | None, Decimal, str | None] | None
    leaves: tuple[LeafChange, ...]


def reopen(ws: Workspace, period: str, reason: str, actor: str, now: datetime, *, role: Role) -> PeriodInfo:
    """Open a locked or published period again. What is published stays readable; the next lock is a new revision with this reason.

    Raises BadInput without a reason, Refused when the period is open.
    """
    require(role, Action.LOCK)
    row, why = period_rows.row(ws, period), " ".join(reason.split())
    if not why:
        raise BadInput("请写明更正或退回的原因，它会随新的一版公布")
    if len(why) > _LONGEST:
        raise BadInput(f"原因有 {len(why)} 个字，最多 {_LONGEST} 个")
    if row.state is PeriodState.OPEN:
        raise Refused(f"评估期次 {period} 正在评估中，不需要重新打开")
    n = ledger.revisions(ws.store, row.id)[-1].n
    with ws.store.write() as writer:
        ledger.reopen(writer, row.id, Reopening(n, why, actor, now))
        catalogue.set_state(writer, row.id, PeriodState.OPEN)
        life.add_stage(writer, row.id, Stage.CORRECT.value, f"重新打开第 {n} 版：{why}", actor, now)
        ledger.audit(writer, now, actor, role.value, "reopen", row.id, {"revision": n, "state": row.state.value}, {"reason": why})
    return period_rows.info(ws, period_rows.row(ws, row.id))


def cancel(ws: Workspace, period: str, actor: str, now: datetime, *, role: Role) -> PeriodInfo:
    """Close a reopened period again as it was. Raises Refused when something has changed since, or when it was not reopened."""
    require(role, Action.LOCK)
    row = period_rows.open_row(ws, period)
    if (last := reopened(ws, row.id)) is None:
        raise Refused(f"评估期次 {row.id} 没有定稿过，不存在可撤销的更正")
    revision = next(one for one in ledger.revisions(ws.store, row.id) if one.n == last.n)
    digest = drafts.sealed(ws, row).digest
    if digest != revision.digest:
        raise Refused(f"评估期次 {row.id} 重新打开后已有改动，不能撤销更正；请锁定为新的一版，或把改动改回原样")
    with ws.store.write() as writer:
        catalogue.set_state(writer, row.id, PeriodState.PUBLISHED if revision.file else PeriodState.LOCKED)
        ledger.audit(writer, now, actor, role.value, "reopen.cancel", row.id, after={"revision": revision.n})
    return period_rows.info(ws, period_rows.row(ws, row.id))


def reopened(ws: Workspace, period: str) -> Reopening | None:
    """Why an open period was opened again; None when it was never closed."""
    found = ledger.reopenings(ws.store, period)
    return found[-1] if found else None


def changes(ws: Workspace, period: str, *, role: Role = Role.LEADER) -> list[UnitChange]:
    """What a published revision changed against the one it corrects, within what both files hold. Empty for a first revision."""
    require(role, Action.VIEW_RESULTS)
    path = results.file(ws, period)
    info = reading.header(path)[0]
    if info.corrects is None or not info.disclosure.scored:
        return []
    before = results.file(ws, f"{info.id}@{info.corrects}")
    return between(before, path) if reading.header(before)[0].disclosure.scored else []


def pending(ws: Workspace, period: str, *, role: Role) -> list[UnitChange]:
    """What a reopened period changes so far against its newest published revision, whole: for the evaluator before locking."""
    require(role, Action.VIEW_DRAFT)
    row = period_rows.row(ws, period)
    last = next((one for one in reversed(ledger.revisions(ws.store, row.id)) if one.file), None)
    if last is None or last.file is None:
        return []
    whole = ws.sealed / last.file
    file = PublishedFile(whole if whole.is_file() else ws.published / last.file)
    info = reading.header(file.path)[0]
    return [
        change
        for group in row.groups
        if group in info.groups
        for change in compare(reading.group_book(file, info, group, reading.edition(file.path, group)), drafts.group_book(ws, row, group))
    ]


def between(before: Path, after: Path) -> list[UnitChange]:
    """What differs between two published files; only units whose seals differ are read."""
    one, two = PublishedFile(before), PublishedFile(after)
    seals = [dict(file.tuples("SELECT unit_id, seal FROM period_unit")[1]) for file in (one, two)]
    changed = sorted(unit for unit in {*seals[0], *seals[1]} if seals[0].get(unit) != seals[1].get(unit))
    first, second = reading.header(before)[0], reading.header(after)[0]
    found: list[UnitChange] = []
    for group in second.groups if changed else ():
        books = [
            reading.group_book(file, info, group, reading.edition(file.path, group), changed)
            for file, info in ((one, first), (two, second))
            if group in info.groups
        ]
        found += compare(books[0], books[-1]) if len(books) > 1 else []
    return found


def compare(before: GroupBook, after: GroupBook) -> list[UnitChange]:
    """The units of a group that differ, in the official order of the later book."""
    known = {unit.id: unit for unit in (*before.units, *after.units)}
    order = {unit.id: n for n, unit in enumerate(after.units)}
    found: list[UnitChange] = []
    for unit in sorted(known, key=lambda one: order.get(one, len(order))):
        leaves = _leaves(before, after, unit)
        was, now = _standing(before, unit), _standing(after, unit)
        renamed = (one := before.unit(unit)) is not None and (two := after.unit(unit)) is not None and one.name != two.name
        if leaves or was != now or renamed:
            found.append(UnitChange(unit, known[unit].name, after.group, was, now, leaves))
    return found


def _standing(book: GroupBook, unit: str) -> tuple[int | None, Decimal, str | None] | None:
    score = book.scores.get(unit)
    return None if score is None else (score.rank, score.total, score.grade)


def _leaves(before: GroupBook, after: GroupBook, unit: str) -> tuple[LeafChange, ...]:
    one, two = _findings(before, unit), _findings(after, unit)
    if not one or not two:
        return ()
    titles = {leaf.code: leaf.title for leaf in (*before.edition.leaves(), *after.edition.leaves())}
    return tuple(LeafChange(code, title, was, now) for code, title in titles.items() if (was := _said(one.get(code))) != (now := _said(two.get(code))))


def _findings(book: GroupBook, unit: str) -> Mapping[str, Finding]:
    known = book.unit(unit)
    return book.findings(known) if known else {}


def _said(finding: Finding | None) -> tuple[Outcome, Decimal | None] | None:
    return None if finding is None else (finding.outcome, finding.ratio)
