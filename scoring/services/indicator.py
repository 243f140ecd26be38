"""One indicator of a group, any level: every unit's result on it in a published period, what went wrong most often, and how it was in other periods."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from pathlib import Path

from scoring import wording
from scoring.errors import BadInput
from scoring.model import Edition, Finding, NodeScore, Outcome, Role
from scoring.permissions import Action, require
from scoring.services import edition_rows, reading, restated, results, rule_words, tables
from scoring.services.edition_rows import EditionRow
from scoring.services.effective import effective
from scoring.services.peers import middle
from scoring.services.shapes import PeriodInfo
from scoring.services.workspace import Workspace
from scoring.store.catalogue import unit_of
from scoring.store.findings import SELECT, states_of
from scoring.store.published import PublishedFile

JUDGED = (Outcome.MET, Outcome.PARTIAL, Outcome.UNMET)
_FEW = 6
"""Fewer units than this tell nothing of how an indicator separates them."""
_THIRD = 3
_FILE_KEPT = 64


@dataclass(frozen=True, slots=True)
class Mark:
    """One unit on the indicator. `finding` is None above leaves. `rate`, `points` are None where it was not judged or does not apply; `full` after 不涉及 was shared out.

    `short`: the unit is 数据不足 or 暂不纳入, so that it counts nowhere. `unsure`: part of it is unknown. `total`: the unit's score.
    """

    unit: str
    name: str
    rank: int | None
    total: Decimal
    finding: Finding | None
    rate: Decimal | None
    points: Decimal | None
    full: Decimal
    short: bool
    unsure: bool

    @property
    def outcome(self) -> Outcome | None:
        """What the finding says."""
        return self.finding.outcome if self.finding else None

    @property
    def reason(self) -> str:
        """Its Chinese sentence."""
        return wording.told(self.finding.reason_code, self.finding.params) if self.finding else ""

    @property
    def judged(self) -> bool:
        """Whether the unit counts in what is said of the group."""
        return not self.short and (self.rate is not None if self.finding is None else self.finding.outcome in JUDGED)


@dataclass(frozen=True, slots=True)
class Cause:
    """A reason for points lost: its sentence over all units it is given for, and their names."""

    code: str
    said: str
    units: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """The indicator in one period: rates of the judged units (None without any) and how many units had which outcome. `same`: judged as in the newest period shown."""

    period: str
    title: str
    units: int
    low: Decimal | None
    quarter: Decimal | None
    median: Decimal | None
    three_quarters: Decimal | None
    best: Decimal | None
    mean: Decimal | None
    counts: Mapping[Outcome, int]
    same: bool


@dataclass(frozen=True, slots=True)
class IndicatorView:
    """One indicator. `marks`: judged units from best to worst (ties by rank), then the others. `sentence`: how it is judged, empty above leaves.

    `difficulty`: mean rate of the judged units. `discrimination`: by how much the third of the units that is best on everything else does better than the last third.
    """

    period: PeriodInfo
    group: str
    edition: Edition
    row: EditionRow
    sentence: str
    marks: tuple[Mark, ...]
    counts: Mapping[Outcome, int]
    difficulty: Decimal | None
    discrimination: Decimal | None
    causes: tuple[Cause, ...]
    spreads: tuple[Spread, ...]
    simulated: bool

    @property
    def judged(self) -> tuple[Mark, ...]:
        """The units that count."""
        return tuple(one for one in self.marks if one.judged)


def view(ws: Workspace, period: str, group: str, code: str, *, role: Role = Role.LEADER) -> IndicatorView:
    """An indicator of a group in a published period, within its 发布口径. Raises BadInput for an unknown one, Refused where scores are not published."""
    require(role, Action.VIEW_RESULTS)
    path, info = results.scored(ws, period)
    edition = reading.edition(path, group)
    row = next((one for one in edition_rows.rows(edition) if one.node.code == code), None)
    if row is None:
        raise BadInput(f"分组 {group} 的指标体系 {edition.id} 没有指标 {code}")
    marks = _marks(path, group, code)
    judged = [one for one in marks if one.judged]
    return IndicatorView(
        period=info,
        group=group,
        edition=edition,
        row=row,
        sentence=rule_words.sentence(row.node, row.part) if row.node.is_leaf else "",
        marks=marks,
        counts=_counts(marks),
        difficulty=_mean([one.rate for one in judged if one.rate is not None]),
        discrimination=_discrimination(judged),
        causes=_causes(marks),
        spreads=tuple(_spread(one, group, row) for one in _others(ws, path, info, group, code)),
        simulated=bool(reading.header(path)[1]["simulated"]),
    )


@lru_cache(maxsize=_FILE_KEPT)
def _marks(path: Path, group: str, code: str) -> tuple[Mark, ...]:
    file, edition = PublishedFile(path), reading.edition(path, group)
    node = next(one.node for one in edition_rows.rows(edition) if one.node.code == code)
    inside = "unit_id IN (SELECT unit_id FROM period_unit WHERE group_name = ?) AND code = ?"
    columns = "unit_id, lower, upper, total, weight, observed, applicable"
    scores = {
        unit: NodeScore(code, *map(Decimal, numbers))
        for unit, *numbers in file.tuples(f"SELECT {columns} FROM node WHERE {inside}", group, code)[1]  # noqa: S608
    }
    states = states_of(file.tuples(f"{SELECT} FROM finding WHERE {inside}", group, code)[1]) if node.is_leaf else {}
    found: list[Mark] = []
    for row in file.rows("SELECT * FROM period_unit JOIN total USING (unit_id) WHERE group_name = ? ORDER BY position, unit_id", group):
        unit, score = unit_of(row), scores.get(row["unit_id"])
        finding = effective(node, unit, states.get(unit.id, {}).get(code)) if node.is_leaf else None
        seen = finding is None or finding.outcome in JUDGED
        rate = score.rate if score is not None and seen else finding.ratio if finding is not None and seen else None
        found.append(
            Mark(
                unit=unit.id,
                name=unit.name,
                rank=row["rank"],
                total=Decimal(row["total"]),
                finding=finding,
                rate=rate,
                points=score.total if score is not None and seen and score.weight else None,
                full=score.weight if score is not None else Decimal(0),
                short=row["grade"] is None,
                unsure=score is not None and score.lower != score.upper,
            )
        )
    last = len(found)
    return tuple(sorted(found, key=lambda one: (not one.judged, -(one.rate or Decimal(0)), one.rank or last)))


def _counts(marks: Sequence[Mark]) -> Mapping[Outcome, int]:
    found = Counter(one.outcome for one in marks if not one.short and one.outcome is not None)
    return {outcome: found[outcome] for outcome in Outcome}


def _causes(marks: Sequence[Mark]) -> tuple[Cause, ...]:
    found: dict[str, list[Mark]] = {}
    for one in marks:
        if one.judged and one.finding is not None and one.finding.outcome is not Outcome.MET:
            found.setdefault(one.finding.reason_code, []).append(one)
    told = [
        Cause(code, wording.shared(code, [one.finding.params for one in each if one.finding]), tuple(one.name for one in each)) for code, each in found.items()
    ]
    return tuple(sorted(told, key=lambda cause: -len(cause.units)))


def _discrimination(judged: Sequence[Mark]) -> Decimal | None:
    known = [one for one in judged if one.rate is not None]
    if len(known) < _FEW:
        return None
    known.sort(key=lambda one: one.total - (one.points or Decimal(0)), reverse=True)
    part = len(known) // _THIRD
    top, last = (_mean([one.rate for one in some if one.rate is not None]) for some in (known[:part], known[-part:]))
    return None if top is None or last is None else top - last


def _others(ws: Workspace, path: Path, info: PeriodInfo, group: str, code: str) -> list[Path]:
    """The files of this period and of those before it that have the indicator, oldest first."""
    earlier = [
        one for one in results.headers(ws) if (one.end, one.id) < (info.end, info.id) and one.id != info.id and group in one.groups and one.disclosure.scored
    ]
    found = [results.file(ws, one.ref) for one in reversed(earlier[: tables.HISTORY - 1])]
    return [one for one in [*found, path] if any(row.node.code == code for row in edition_rows.rows(reading.edition(one, group)))]


def _spread(path: Path, group: str, now: EditionRow) -> Spread:
    marks = _marks(path, group, now.node.code)
    info = reading.header(path)[0]
    then = next(one.node for one in edition_rows.rows(reading.edition(path, group)) if one.node.code == now.node.code)
    rates = sorted(one.rate for one in marks if one.judged and one.rate is not None)
    half = len(rates) // 2
    return Spread(
        period=info.id,
        title=info.title,
        units=len(rates),
        low=rates[0] if rates else None,
        quarter=middle(rates[: half + len(rates) % 2]),
        median=middle(rates),
        three_quarters=middle(rates[half:]),
        best=rates[-1] if rates else None,
        mean=_mean(rates),
        counts=_counts(marks),
        same=restated.same_rule(then, now.node) and [one.code for one in then.leaves()] == [one.code for one in now.node.leaves()],
    )


def _mean(values: Sequence[Decimal]) -> Decimal | None:
    return sum(values, Decimal(0)) / len(values) if values else None
