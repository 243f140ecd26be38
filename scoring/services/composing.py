"""Every unit of a period scored, those first that others are composed of: children before their parents, and a group's credits before its units."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from scoring.errors import BadInput
from scoring.model import Edition, Finding, Unit, UnitScore
from scoring.parts import Part, PartInput, PartSource
from scoring.rollup import Rollup
from scoring.rollup.compose import Inputs
from scoring.rollup.tree import Credits

Imports = Mapping[str, Mapping[str, PartInput]]
"""Imported scores by unit id and part code."""


@dataclass(frozen=True, slots=True)
class Member:
    """A unit and its effective findings."""

    unit: Unit
    findings: Mapping[str, Finding]


@dataclass(slots=True)
class Scored:
    """Scores by unit id, and what went into the parts of each composed unit."""

    scores: dict[str, UnitScore] = field(default_factory=dict)
    inputs: dict[str, Inputs] = field(default_factory=dict)


def score(groups: Sequence[tuple[Edition, Sequence[Member]]], imports: Imports | None = None, inputs: Mapping[str, Inputs] | None = None) -> Scored:
    """Score every member. Units 暂不纳入 neither credit nor compose anybody else. `inputs`: of these units, instead of their children and imports.

    Raises BadInput when units are parents of each other in a ring.
    """
    return _Work(groups, imports or {}, inputs or {}).run()


class _Work:
    def __init__(self, groups: Sequence[tuple[Edition, Sequence[Member]]], imports: Imports, given: Mapping[str, Inputs]) -> None:
        self._imports = imports
        self._given = given
        self._members: dict[str, Member] = {}
        self._rollups: dict[str, tuple[Rollup, Credits]] = {}
        self._children: dict[str, list[Unit]] = {}
        self._open: list[str] = []
        self._done = Scored()
        for edition, members in groups:
            rollup = Rollup(edition)
            credit = rollup.credits((one.findings, one.unit.duties) for one in members if not one.unit.excluded)
            for one in members:
                self._members[one.unit.id] = one
                self._rollups[one.unit.id] = rollup, credit
                if one.unit.parent and not one.unit.excluded:
                    self._children.setdefault(one.unit.parent, []).append(one.unit)

    def run(self) -> Scored:
        """Everything."""
        for unit in self._members:
            self._score(unit)
        return self._done

    def _score(self, unit: str) -> UnitScore:
        if (found := self._done.scores.get(unit)) is not None:
            return found
        if unit in self._open:
            ring = " → ".join([*self._open[self._open.index(unit) :], unit])
            raise BadInput(f"单位的上级关系成环：{ring}，请改正站点清单中的 parent")
        self._open.append(unit)
        rollup, credit = self._rollups[unit]
        inputs = self._given.get(unit) or {part.code: tuple(self._inputs(unit, part)) for part in rollup.edition.parts if part.source is not PartSource.INDEX}
        member = self._members[unit]
        made = rollup.score(member.findings, member.unit.duties, unit, inputs=inputs, credit=credit)
        self._open.pop()
        self._done.scores[unit] = made
        if inputs:
            self._done.inputs[unit] = inputs
        return made

    def _inputs(self, unit: str, part: Part) -> Iterable[PartInput]:
        if part.source is PartSource.IMPORT:
            known = self._imports.get(unit, {}).get(part.code)
            return () if known is None else (known,)
        children = [one.id for one in self._children.get(unit, ()) if not part.groups or one.group in part.groups]
        drawn = set(part.sample.draw(f"{part.code}|{unit}", children)) if part.sample else set(children)
        return [_of_child(self._score(child), drawn=child in drawn) for child in children]


def _of_child(score: UnitScore, *, drawn: bool) -> PartInput:
    return PartInput(score.unit, score.lower, score.upper, score.full, score.coverage, drawn=drawn)
