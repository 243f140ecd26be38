"""人工核查和评分: a person's decision on one leaf, beside what the machine said."""

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scoring.errors import BadInput, Refused
from scoring.manual import by_level, by_points
from scoring.model import Check, Edition, Indicator, Outcome, Role
from scoring.parts import NotApplicable
from scoring.permissions import Action, require
from scoring.services import book as books
from scoring.services import drafts, period_rows, tables
from scoring.services.effective import FOR_GOOD, effective, waiting
from scoring.services.shapes import LeafResult
from scoring.services.workspace import Workspace
from scoring.store import findings, ledger
from scoring.store.catalogue import PeriodRow
from scoring.store.findings import LeafState, Review, SeqConflict

_WHOLE = {Outcome.MET: Decimal(1), Outcome.UNMET: Decimal(0)}


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person says of one leaf, having seen it as it was at `expected_seq`.

    Accepting is giving the machine's own outcome (and ratio, or None); anything else needs `why`. A NOT_OBSERVED leaf is settled by an outcome with `why`
    (人工补查), or by NOT_OBSERVED with `why` (确认无法观测). A manual leaf takes a `level` or `points`, as the edition says.
    """

    period: str
    unit: str
    code: str
    expected_seq: int
    outcome: Outcome | None = None
    ratio: Decimal | None = None
    level: str | None = None
    points: Decimal | None = None
    why: str = ""


def decide(ws: Workspace, decision: Decision, *, actor: str, role: Role, now: datetime) -> LeafResult:
    """Record a decision and return the leaf as it then stands, with its new points.

    Raises BadInput, Refused (closed period, or somebody else was first), NotPermitted; then nothing was written.
    """
    record(ws, decision, actor=actor, role=role, now=now)
    return _result(ws, period_rows.open_row(ws, decision.period), decision.unit, decision.code)


def record(ws: Workspace, decision: Decision, *, actor: str, role: Role, now: datetime) -> None:
    """`decide` without looking at what comes of it: for many decisions in a row."""
    require(role, Action.REVIEW)
    unit, code, why = decision.unit, decision.code, decision.why.strip()
    row = period_rows.open_row(ws, decision.period)
    member = next((one.unit for one in period_rows.units(ws, row.id) if one.unit.id == unit), None)
    if member is None:
        raise BadInput(f"评估期次 {row.id} 中没有单位 {unit}")
    edition = period_rows.edition_of(ws, row, member.group)
    try:
        leaf = edition.leaf(code)
    except KeyError:
        raise BadInput(f"指标体系 {edition.id} 中没有指标 {code}") from None
    state = findings.states(ws.store, row.id, unit).get(unit, {}).get(code)
    before = effective(leaf, member, state)
    if before.reason_code in FOR_GOOD:
        raise Refused(f"「{leaf.title}」对 {member.name} 不涉及，不需要评分")
    outcome, share = _decided(leaf, edition, state, decision, why)
    review = Review(state.finding_seq if state else 0, outcome, share, decision.level, decision.points, why, actor, now)
    try:
        with ws.store.write() as writer:
            findings.review(writer, row.id, unit, code, review, decision.expected_seq)
            after = {"outcome": outcome.value, "ratio": findings.text(share), "level": review.level, "points": findings.text(review.points), "why": why}
            was = {"outcome": before.outcome.value, "ratio": findings.text(before.ratio)}
            ledger.audit(writer, now, actor, role.value, "review", f"{row.id}/{unit}/{code}", was, after)
    except SeqConflict as conflict:
        raise Refused(f"「{leaf.title}」在您打开之后已有新的结果或他人的评分，请刷新后再保存") from conflict


def queue(ws: Workspace, period: str, *, role: Role) -> dict[str, int]:
    """For each unit of a period the number of leaves that still wait for a person."""
    require(role, Action.VIEW_DRAFT)
    row = period_rows.row(ws, period)
    found: dict[str, int] = {}
    for group in row.groups:
        book = drafts.group_book(ws, row, group)
        for unit in book.units:
            known, decided = book.states.get(unit.id, {}), book.findings(unit)
            found[unit.id] = sum(1 for leaf in book.edition.leaves() if waiting(leaf, decided[leaf.code], known.get(leaf.code)))
    return found


def _decided(leaf: Indicator, edition: Edition, state: LeafState | None, decision: Decision, why: str) -> tuple[Outcome, Decimal | None]:
    outcome, ratio = decision.outcome, decision.ratio
    if outcome in (Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE):
        if not why:
            raise BadInput(f"「{leaf.title}」{'确认无法观测' if outcome is Outcome.NOT_OBSERVED else '判为不涉及'}须写明理由")
        return outcome, None
    if leaf.check is Check.MANUAL:
        found, share = _manual(leaf, edition, decision.level, decision.points)
        extra = edition.bonus is not None and leaf in edition.bonus.leaves
        if found is not Outcome.MET and not extra and not why:
            raise BadInput(f"「{leaf.title}」没有给满分，须写明理由：看到了什么、依据哪一条")
        return found, share
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
    """The leaf after the write, rolled up for this unit alone; 平均计入 needs the whole group."""
    unit = next(one.unit for one in period_rows.units(ws, row.id) if one.unit.id == unit_id)
    edition = period_rows.edition_of(ws, row, unit.group)
    if edition.not_applicable is NotApplicable.MEAN:
        book = drafts.group_book(ws, row, unit.group)
    else:
        [book] = books.build([books.Given(period_rows.info(ws, row), unit.group, edition, [unit], findings.states(ws.store, row.id, unit.id))])
    return next(leaf for leaf in tables.leaf_results(book, unit) if leaf.code == code)
