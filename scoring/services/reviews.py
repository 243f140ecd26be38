"""人工核查和评分: a person's decision on one leaf, beside what the machine said."""

from datetime import datetime
from decimal import Decimal

from scoring.errors import BadInput, Refused
from scoring.manual import by_level, by_points
from scoring.model import Check, Edition, Indicator, Outcome, Role
from scoring.permissions import Action, require
from scoring.reasons import Reason
from scoring.services import book as books
from scoring.services import drafts, period_rows, tables
from scoring.services.effective import effective, waiting
from scoring.services.shapes import LeafResult
from scoring.services.workspace import Workspace
from scoring.store import findings, ledger
from scoring.store.catalogue import PeriodRow
from scoring.store.findings import LeafState, Review, SeqConflict

_WHOLE = {Outcome.MET: Decimal(1), Outcome.UNMET: Decimal(0)}


def decide(
    ws: Workspace,
    *,
    period: str,
    unit: str,
    code: str,
    outcome: Outcome | None,
    ratio: Decimal | None,
    level: str | None,
    points: Decimal | None,
    why: str,
    actor: str,
    role: Role,
    expected_seq: int,
    now: datetime,
) -> LeafResult:
    """Record a decision and return the leaf as it then stands, with its new points.

    Accepting is giving the machine's own outcome (and ratio, or None); anything else needs `why`. A NOT_OBSERVED leaf is settled by an outcome with `why`
    (人工补查), or by NOT_OBSERVED with `why` (确认无法观测). A manual leaf takes a `level` or `points`, as the edition says.
    Raises BadInput, Refused (closed period, or somebody else was first), NotPermitted; then nothing was written.
    """
    record(
        ws,
        period=period,
        unit=unit,
        code=code,
        outcome=outcome,
        ratio=ratio,
        level=level,
        points=points,
        why=why,
        actor=actor,
        role=role,
        expected_seq=expected_seq,
        now=now,
    )
    return _result(ws, period_rows.open_row(ws, period), unit, code)


def record(
    ws: Workspace,
    *,
    period: str,
    unit: str,
    code: str,
    outcome: Outcome | None,
    ratio: Decimal | None,
    level: str | None,
    points: Decimal | None,
    why: str,
    actor: str,
    role: Role,
    expected_seq: int,
    now: datetime,
) -> None:
    """`decide` without looking at what comes of it: for many decisions in a row."""
    require(role, Action.REVIEW)
    row = period_rows.open_row(ws, period)
    member = next((one.unit for one in period_rows.units(ws, row.id) if one.unit.id == unit), None)
    if member is None:
        raise BadInput(f"评估期次 {row.id} 中没有单位 {unit}")
    edition = period_rows.edition_of(ws, row, member.group)
    try:
        leaf = edition.leaf(code)
    except KeyError:
        raise BadInput(f"指标体系 {edition.id} 中没有指标 {code}") from None
    state = findings.states(ws.store, row.id, unit).get(unit, {}).get(code)
    if effective(leaf, member, state).reason_code == Reason.DUTY_ABSENT:
        raise Refused(f"「{leaf.title}」对 {member.name} 不涉及，不需要评分")
    chosen, share = _decision(leaf, edition, state, outcome, ratio, level, points, why.strip())
    decision = Review(state.finding_seq if state else 0, chosen, share, level, points, why.strip(), actor, now)
    before = effective(leaf, member, state)
    try:
        with ws.store.write() as writer:
            findings.review(writer, row.id, unit, code, decision, expected_seq)
            after = {"outcome": chosen.value, "ratio": findings.text(share), "level": level, "points": findings.text(points), "why": decision.why}
            was = {"outcome": before.outcome.value, "ratio": findings.text(before.ratio)}
            ledger.audit(writer, now, actor, role.value, "review", f"{row.id}/{unit}/{code}", was, after)
    except SeqConflict as conflict:
        raise Refused(f"「{leaf.title}」在您打开之后已有新的结果或他人的评分，请刷新后再保存") from conflict


def queue(ws: Workspace, period: str) -> dict[str, int]:
    """For each unit of a period the number of leaves that still wait for a person."""
    row = period_rows.row(ws, period)
    found: dict[str, int] = {}
    for group in row.groups:
        book = drafts.group_book(ws, row, group)
        for unit in book.units:
            known = book.states.get(unit.id, {})
            found[unit.id] = sum(1 for leaf in book.edition.leaves() if waiting(leaf, unit, known.get(leaf.code)))
    return found


def _decision(
    leaf: Indicator,
    edition: Edition,
    state: LeafState | None,
    outcome: Outcome | None,
    ratio: Decimal | None,
    level: str | None,
    points: Decimal | None,
    why: str,
) -> tuple[Outcome, Decimal | None]:
    if outcome in (Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE):
        if not why:
            raise BadInput(f"「{leaf.title}」{'确认无法观测' if outcome is Outcome.NOT_OBSERVED else '判为不涉及'}须写明理由")
        return outcome, None
    if leaf.check is Check.MANUAL:
        return _manual(leaf, edition, level, points)
    if outcome is None:
        raise BadInput(f"请为「{leaf.title}」选择结果")
    machine = state.machine if state else None
    share = _WHOLE.get(outcome, ratio)
    if share is None and machine and machine.outcome is outcome:
        share = machine.ratio
    if outcome is Outcome.PARTIAL and (share is None or not Decimal(0) < share < Decimal(1)):
        raise BadInput(f"「{leaf.title}」判为{outcome.zh}时，得分比例须大于 0 且小于 1")
    if ratio is not None and ratio != share:
        raise BadInput(f"「{leaf.title}」的得分比例 {ratio} 与结果「{outcome.zh}」不符")
    if (machine is None or (machine.outcome, machine.ratio) != (outcome, share)) and not why:
        raise BadInput(f"修改「{leaf.title}」的机器结果须写明理由")
    return outcome, share


def _manual(leaf: Indicator, edition: Edition, level: str | None, points: Decimal | None) -> tuple[Outcome, Decimal | None]:
    if leaf.manual and leaf.manual.points:
        if points is None:
            raise BadInput(f"请为「{leaf.title}」填写得分")
        bonus = edition.bonus is not None and leaf in edition.bonus.leaves
        found = by_points(leaf, points, edition.scale, bonus=bonus)
    else:
        if level is None:
            raise BadInput(f"请为「{leaf.title}」选择档次：{'、'.join(leaf.manual.levels) if leaf.manual else '无'}")
        found = by_level(leaf, level)
    return found.outcome, found.ratio


def _result(ws: Workspace, row: PeriodRow, unit_id: str, code: str) -> LeafResult:
    """The leaf after the write, rolled up for this unit alone."""
    unit = next(one.unit for one in period_rows.units(ws, row.id) if one.unit.id == unit_id)
    edition = period_rows.edition_of(ws, row, unit.group)
    book = books.build(period_rows.info(ws, row), unit.group, edition, [unit], findings.states(ws.store, row.id, unit.id))
    return next(leaf for leaf in tables.leaf_results(book, unit) if leaf.code == code)
