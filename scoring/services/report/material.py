"""What reports are made of: a published file within its 发布口径, read once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from scoring.disclosure import Disclosure, Extent
from scoring.errors import BadInput, Refused
from scoring.model import Edition, Role, Unit
from scoring.permissions import Action, may, require
from scoring.rollup.compose import Inputs
from scoring.services import fixes, reading, results, tables, trial
from scoring.services.shapes import PeriodInfo, Ranking, UnitProfile
from scoring.services.workspace import Workspace
from scoring.store.published import PublishedFile

_FIXES = 5


@dataclass(frozen=True, slots=True)
class Group:
    """One group. `profiles` and `units` by unit id; `counted`: ids of those whose numbers may stand in a comparison (enough data, not 暂不纳入).

    `size` counts all units of the group, also those outside the 发布口径. `before`: title of the published period before, empty for the first. `inputs`: what went
    into the parts of composed units.
    """

    ranking: Ranking
    profiles: Mapping[str, UnitProfile]
    units: Mapping[str, Unit]
    counted: frozenset[str]
    size: int
    before: str = ""
    inputs: Mapping[str, Inputs] = field(default_factory=dict)

    @property
    def name(self) -> str:
        """The group's name."""
        return self.ranking.group

    @property
    def edition(self) -> Edition:
        """Its indicators."""
        return self.ranking.edition


@dataclass(frozen=True, slots=True)
class Material:
    """A published period as reports may tell it. `groups` is empty where no scores are published; `grades` then holds name and grade by group (等次), or nothing (仅本单位).

    `alone`: made for one unit only, without anything of the others. `editions` by group, always there. `digest`: that of the whole revision.
    """

    period: PeriodInfo
    digest: str
    engine: str
    as_of: date | None
    simulated: bool
    groups: tuple[Group, ...]
    editions: Mapping[str, Edition]
    sizes: Mapping[str, int]
    grades: Mapping[str, Sequence[tuple[str, str, str | None]]] = field(default_factory=dict)
    alone: bool = False

    @property
    def names(self) -> dict[str, str]:
        """Name of every unit that may be told, by id."""
        told = {row.unit: row.name for group in self.groups for row in group.ranking.rows}
        return told | {unit: name for rows in self.grades.values() for unit, name, _ in rows}

    def group_of(self, unit: str) -> Group | None:
        """The group that has this unit's results."""
        return next((group for group in self.groups if unit in group.profiles), None)


def load(ws: Workspace, period: str, *, role: Role) -> Material:
    """A published period; `latest` is the newest. Raises BadInput when it is not published, NotPermitted."""
    require(role, Action.VIEW_RESULTS)
    path, info = results.file(ws, period), results.period(ws, period)
    found = _bare(path, info)
    if info.disclosure.scored:
        return replace(found, groups=tuple(_group(ws, path, info, group, found.sizes[group], role) for group in info.groups))
    if info.disclosure.extent is Extent.GRADES:
        return replace(found, grades={group: results.grades(ws, info.ref, group, role=role) for group in info.groups})
    return found


def of_unit(ws: Workspace, whole: Material, unit: str, *, role: Role) -> Material:
    """Where a unit's own report is made from: the period as readers see it; for the evaluator, where they do not see the unit, that unit alone from the sealed whole.

    Raises BadInput for a unit that is not there, Refused when the 发布口径 keeps it from this role.
    """
    if whole.group_of(unit):
        return whole
    info = whole.period
    sealed = ws.sealed / results.file(ws, info.ref).name
    if not may(role, Action.VIEW_DRAFT) or not sealed.is_file():
        if info.disclosure.extent is Extent.ALL:
            raise BadInput(f"评估期次 {info.id} 中没有单位 {unit}")
        raise Refused(f"评估期次 {info.id} 的发布口径为{info.disclosure.zh}，没有单位 {unit} 的结果可看；分报告由评估单位发给该单位")
    if (group := reading.group_of(sealed, unit)) is None:
        raise BadInput(f"评估期次 {info.id} 中没有单位 {unit}")
    own = replace(info, disclosure=Disclosure(Extent.OWN, unit=unit), groups={group: info.groups[group]})
    return replace(_bare(sealed, own), groups=(_own(sealed, own, group, unit),), alone=True)


def units_of(ws: Workspace, period: str, *, role: Role) -> dict[str, str]:
    """Names by id of the units whose own reports this role may have, in official order; reads the list of units alone. Raises BadInput as `load` does."""
    require(role, Action.VIEW_RESULTS)
    path = results.file(ws, period)
    info, sealed = reading.header(path)[0], ws.sealed / path.name
    if may(role, Action.VIEW_DRAFT) and sealed.is_file():
        return reading.units(sealed)
    return reading.units(path) if info.disclosure.scored else {}


def _bare(path: Path, info: PeriodInfo) -> Material:
    meta = reading.header(path)[1]
    as_of = date.fromisoformat(meta["as_of"]) if meta["as_of"] else None
    editions = {group: reading.edition(path, group) for group in info.groups}
    return Material(info, meta["digest"], meta["engine"], as_of, bool(meta["simulated"]), (), editions, _sizes(PublishedFile(path)))


def _sizes(file: PublishedFile) -> dict[str, int]:
    return {row["group_name"]: row["size"] for row in file.rows("SELECT group_name, size FROM period_group")}


def _group(ws: Workspace, path: Path, info: PeriodInfo, name: str, size: int, role: Role) -> Group:
    file, before = PublishedFile(path), results.earlier(ws, info, name)
    ranking = results.ranking(ws, info.ref, name, role=role, nodes=True)
    book = reading.group_book(file, info, name, ranking.edition)
    rows = {row.unit: row for row in ranking.rows}
    profiles = {
        unit.id: tables.unit_profile(book, rows[unit.id], size, ranking.medians, before, draft=False, simulated=ranking.simulated) for unit in book.units
    }
    units = {unit.id: unit for unit in book.units}
    inputs = {unit: given for unit, given in reading.inputs_of(file).items() if unit in units}
    counted = frozenset(unit for unit in units if book.enough(unit))
    return Group(ranking, profiles, units, counted, size, before[-1].title if before else "", inputs)


def _own(path: Path, info: PeriodInfo, name: str, unit: str) -> Group:
    """A group of which only one unit is told: no mean, no medians, no history of others."""
    file, one = PublishedFile(path), reading.edition(path, name)
    book = reading.group_book(file, info, name, one, only=[unit])
    simulated = bool(reading.header(path)[1]["simulated"])
    ranking = replace(tables.ranking(book, (), draft=False, simulated=simulated, as_of=None), medians={}, lost=(), inseparable=(), mean=None)
    size = _sizes(file)[name]
    profile = tables.unit_profile(book, ranking.rows[0], size, {}, (), draft=False, simulated=simulated)
    counted = frozenset(one.id for one in book.units if book.enough(one.id))
    return Group(ranking, {unit: profile}, {unit: book.units[0]}, counted, size)


def fixes_of(ws: Workspace, material: Material, unit: str, *, role: Role) -> fixes.Plan | None:
    """The best fixes of a unit, read from where `material` comes from; None where the file does not hold what they are worked out from."""
    group = material.group_of(unit)
    if group is None or group.profiles[unit].row.score.grade is None:
        return None
    try:
        if not material.alone:
            return fixes.plan(ws, material.period.ref, unit, role=role)
        path = ws.sealed / results.file(ws, material.period.ref).name
        book = reading.group_book(PublishedFile(path), material.period, group.name, group.edition, only=[unit])
        one = book.units[0]
        return fixes.of_trial(trial.of_file(path, book, one), book.scores[unit], tables.leaf_results(book, one), _FIXES, alone=True)
    except Refused:
        return None
