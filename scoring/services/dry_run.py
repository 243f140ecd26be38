"""试算: a changed edition on the observations and decisions of a period that is there: who gains, who loses, and why, leaf by leaf. Never writes anything."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from scoring import wording
from scoring.errors import BadInput
from scoring.model import Edition, Finding, Indicator, Outcome, Role, Unit, UnitScore
from scoring.permissions import Action, require
from scoring.services import book as books
from scoring.services import drafts, period_rows, restated
from scoring.services.book import GroupBook
from scoring.services.compute import exact
from scoring.services.edition_rows import plain
from scoring.services.restated import Restated, same_rule
from scoring.services.workspace import Workspace
from scoring.store.catalogue import PeriodRow

_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class LeafEffect:
    """What one leaf does to one unit's total: points of `full` before and after (None: not there, 不涉及); a leaf nobody has scored counts by its interval's middle."""

    code: str
    title: str
    before: Decimal | None
    after: Decimal | None
    full_before: Decimal | None
    full_after: Decimal | None
    pending: bool
    why: str

    @property
    def gain(self) -> Decimal:
        """Points of the total that are won or lost by it."""
        return (self.after or _ZERO) - (self.before or _ZERO)


@dataclass(frozen=True, slots=True)
class UnitEffect:
    """One unit before and after. `leaves`: what moves its total, the most first; `beside`: what deductions, bonus and vetoes move."""

    unit: str
    name: str
    before: UnitScore
    after: UnitScore
    leaves: tuple[LeafEffect, ...]
    beside: Decimal

    @property
    def gain(self) -> Decimal:
        """Points won or lost, as displayed."""
        return wording.gap(self.after.total, self.before.total)

    @property
    def places(self) -> int | None:
        """Places won (+) or lost (−); None when it was or is not ranked."""
        return None if self.before.rank is None or self.after.rank is None else self.before.rank - self.after.rank


@dataclass(frozen=True, slots=True)
class DryRun:
    """One group of one period under another edition. `units`: who gains most first, ties in official order. `notes`: what to know before reading it."""

    period: str
    period_title: str
    group: str
    before: Edition
    after: Edition
    units: tuple[UnitEffect, ...]
    notes: tuple[str, ...]
    simulated: bool


def dry_run(ws: Workspace, period: str, edition: Edition, group: str = "", *, role: Role, now: datetime | None = None) -> DryRun:
    """Try an edition on a group of a period (`latest`: the newest; no group: the one that is judged by this edition or its base). Raises BadInput, NotPermitted."""
    require(role, Action.VIEW_DRAFT)
    row = _row(ws, period)
    group = group or _group(row, edition)
    book = drafts.group_book(ws, row, group)
    known = restated.restate(ws, row, book, edition, now=now or ws.clock())
    [after] = books.build([books.Given(book.period, group, edition, book.units, known.states)], inputs=book.inputs)
    effects = [_unit(unit, book, after, known) for unit in book.units]
    order = {unit.id: n for n, unit in enumerate(book.units)}
    effects.sort(key=lambda one: (-one.gain, order[one.unit]))
    return DryRun(row.id, book.period.title, group, book.edition, edition, tuple(effects), tuple(_notes(book, after, known)), ws.simulated)


def as_json(found: DryRun) -> dict[str, Any]:
    """`{"period", "group", "before", "after", "notes", "units": [{unit, name, gain, places, before, after, beside, leaves}]}`; numbers as strings of 12 places."""

    def score(one: UnitScore) -> dict[str, Any]:
        return {name: exact(getattr(one, name)) for name in ("total", "lower", "upper", "coverage")} | {"grade": one.grade, "rank": one.rank}

    def leaf(one: LeafEffect) -> dict[str, Any]:
        numbers = {name: exact(getattr(one, name)) for name in ("before", "after", "full_before", "full_after", "gain")}
        return {"code": one.code, "title": one.title, **numbers, "pending": one.pending, "why": one.why}

    return {
        "period": found.period,
        "group": found.group,
        "before": found.before.id,
        "after": found.after.id,
        "simulated": found.simulated,
        "notes": list(found.notes),
        "units": [
            {
                "unit": one.unit,
                "name": one.name,
                "gain": exact(one.gain),
                "places": one.places,
                "before": score(one.before),
                "after": score(one.after),
                "beside": exact(one.beside),
                "leaves": [leaf(each) for each in one.leaves],
            }
            for one in found.units
        ],
    }


def _row(ws: Workspace, period: str) -> PeriodRow:
    if period == "latest" and (rows := period_rows.rows(ws)):
        return rows[0]
    return period_rows.row(ws, period)


def _group(row: PeriodRow, edition: Edition) -> str:
    named = [group for group, (id_, _) in row.groups.items() if id_ in (edition.id, edition.parent)]
    if len(named or row.groups) != 1:
        raise BadInput(f"评估期次 {row.id} 有多个分组（{'、'.join(row.groups)}），请用 --group 指明在哪个分组上试算")
    return (named or list(row.groups))[0]


def _unit(unit: Unit, before: GroupBook, after: GroupBook, known: Restated) -> UnitEffect:
    was, now = before.scores[unit.id], after.scores[unit.id]
    old = {leaf.code: leaf for node in before.edition.index for leaf in node.leaves()}
    new = {leaf.code: leaf for node in after.edition.index for leaf in node.leaves()}
    found, finds = before.findings(unit), after.findings(unit)
    effects = [
        _leaf(code, old.get(code), new.get(code), was, now, found.get(code), finds.get(code), (unit.id, code) in known.lapsed) for code in {**old, **new}
    ]
    moved = [one for one in effects if one.gain or (one.pending and one.code not in old)]
    moved.sort(key=lambda one: (-abs(one.gain), one.code))
    beside = (now.total - was.total) - sum((one.gain for one in effects), _ZERO)
    return UnitEffect(unit.id, unit.name, was, now, tuple(moved), beside)


def _leaf(
    code: str,
    old: Indicator | None,
    new: Indicator | None,
    was: UnitScore,
    now: UnitScore,
    before: Finding | None,
    after: Finding | None,
    lapsed: bool,
) -> LeafEffect:
    points, full = _points(was, code, old)
    points_now, full_now = _points(now, code, new)
    pending = bool(new and after and after.outcome is Outcome.NOT_OBSERVED)
    title = (new or old or _none(code)).title
    why = _why(old, new, before, after, full, full_now, lapsed)
    return LeafEffect(code, title, points, points_now, full, full_now, pending, why)


def _points(score: UnitScore, code: str, leaf: Indicator | None) -> tuple[Decimal | None, Decimal | None]:
    node = score.nodes.get(code) if leaf else None
    return (node.total, node.weight) if node and node.weight else (None, None)


def _none(code: str) -> Indicator:
    raise KeyError(code)


def _why(
    old: Indicator | None, new: Indicator | None, before: Finding | None, after: Finding | None, full: Decimal | None, full_now: Decimal | None, lapsed: bool
) -> str:
    """One sentence: what changed for this leaf."""
    if new is None or after is None:
        return "删除了这项指标"
    said = wording.reason(after.reason_code, after.params).rstrip("。")
    if old is None or before is None:
        return f"新增指标，尚无结果，按区间计：{said}" if after.outcome is Outcome.NOT_OBSERVED else f"新增指标，{after.outcome.zh}：{said}"
    parts: list[str] = []
    if old.weight != new.weight:
        parts.append(f"分值 {plain(old.weight)} → {plain(new.weight)}")
    if old.needs != new.needs:
        parts.append(f"适用对象 {'、'.join(old.needs) or '全部'} → {'、'.join(new.needs) or '全部'}")
    if not same_rule(old, new):
        parts.append("判定规则或参数改变")
    elif old.manual != new.manual:
        parts.append("评分标准改变")
    if (before.outcome, before.ratio) != (after.outcome, after.ratio):
        parts.append(f"{_said(before)} → {_said(after)}：{said}")
    if lapsed:
        parts.append("原人工核查不再适用，需重新核查")
    if not parts:
        parts.append("上级或同级指标的分值有变，本项折算后的满分随之变化" if full != full_now else "结果不变")
    return "；".join(parts)


def _said(finding: Finding) -> str:
    return f"{finding.outcome.zh}（{wording.percent(finding.ratio)}）" if finding.outcome is Outcome.PARTIAL else finding.outcome.zh


def _notes(before: GroupBook, after: GroupBook, known: Restated) -> list[str]:
    notes: list[str] = []
    if before.edition.full != after.edition.full:
        notes.append(f"满分由 {plain(before.edition.full)} 变为 {plain(after.edition.full)}，得分增减包含满分的变化")
    if known.again:
        notes.append(f"规则或参数改变的 {len(known.again)} 项指标已按存档的观测重新判定")
    if unscored := _unscored(before, after):
        notes.append(f"新增而尚无人评分的指标 {len(unscored)} 项（{'、'.join(unscored.values())}），按区间计，不作零分")
    if known.lapsed:
        notes.append(f"{len(known.lapsed)} 项人工核查因指标改变不再适用，正式采用后需重新核查")
    return notes


def _unscored(before: GroupBook, after: GroupBook) -> Mapping[str, str]:
    """New leaves that are unobserved for every unit they apply to."""
    old = {leaf.code for leaf in before.edition.leaves()}
    findings = [after.findings(unit) for unit in after.units]
    out: dict[str, str] = {}
    for leaf in after.edition.leaves():
        outcomes = {found[leaf.code].outcome for found in findings} - {Outcome.NOT_APPLICABLE}
        if leaf.code not in old and outcomes == {Outcome.NOT_OBSERVED}:
            out[leaf.code] = leaf.title
    return out
