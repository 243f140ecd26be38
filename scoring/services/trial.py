"""What would follow if leaves of one unit were in order: its own roll-up and its group's ranking, computed again; everything else stays as it was published."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any

from scoring.errors import Refused
from scoring.model import Edition, Finding, Outcome, Unit, UnitScore
from scoring.parts import NotApplicable, PartSource
from scoring.ranking import place, rank, ranks
from scoring.reasons import Reason
from scoring.rollup import Rollup
from scoring.rollup.compose import Inputs
from scoring.rollup.tree import Credits
from scoring.services import book as books
from scoring.services import reading
from scoring.services.book import Given, GroupBook
from scoring.services.composing import Imports
from scoring.store.findings import LeafState
from scoring.store.published import PublishedFile
from scoring.wording import displayed

MENDED = Finding(Outcome.MET, Decimal(1), Reason.REVIEWED)
"""A leaf put in order."""
Group = Callable[[Collection[str]], Sequence[UnitScore]]
"""All scores of a group when these leaves of the unit are in order."""


@dataclass(frozen=True)
class Trial:
    """One unit and what its score is made from. `others`: displayed totals of the other ranked units of its group, ascending.

    `moved` is given where a change of this unit moves others of its group too (平均计入, or a parent in the same group): all of them, computed again.
    """

    edition: Edition
    unit: Unit
    findings: Mapping[str, Finding]
    inputs: Inputs
    credit: Credits
    others: Sequence[Decimal]
    moved: Group | None = None

    @cached_property
    def _rollup(self) -> Rollup:
        return Rollup(self.edition)

    def score(self, codes: Collection[str]) -> UnitScore:
        """The unit's score with these leaves in order; no rank."""
        findings = {**self.findings, **dict.fromkeys(codes, MENDED)}
        return self._rollup.score(findings, self.unit.duties, self.unit.id, inputs=self.inputs, credit=self.credit)

    def ranked(self, codes: Collection[str]) -> UnitScore:
        """The same with the rank it takes in its group."""
        if self.moved and codes:
            return next(one for one in rank(self.edition, self.moved(codes)) if one.unit == self.unit.id)
        score = self.score(codes)
        return replace(score, rank=place(self.edition, score, self.others))


def of_book(book: GroupBook, unit: Unit) -> Trial:
    """Of a whole group at hand that no other group is needed for: neither 组成 nor 平均计入 from outside."""
    assessed = [one for one in book.units if not one.excluded]
    credit = Rollup(book.edition).credits((book.findings(one), one.duties) for one in assessed)
    given = Given(book.period, book.group, book.edition, book.units, book.states)
    moves = book.edition.not_applicable is NotApplicable.MEAN
    moved = _moved([given], {}, unit) if moves else None
    others = _others(book.edition, [book.scores[one.id] for one in assessed], unit.id)
    return Trial(book.edition, unit, book.findings(unit), book.inputs.get(unit.id, {}), credit, others, moved)


def of_file(path: Path, book: GroupBook, unit: Unit) -> Trial:
    """Of a published file; `book` holds at least the unit. Raises Refused where the file does not hold all that its score was made from."""
    file, edition = PublishedFile(path), book.edition
    mean = edition.not_applicable is NotApplicable.MEAN
    if mean and file.rows("SELECT size FROM period_group WHERE group_name = ?", book.group)[0]["size"] != _held(file, book.group):
        raise Refused(f"{edition.title}对不涉及的指标按本组平均计入，公布的文件只含部分单位，不能推算整改后的得分")
    credit: Credits = {}
    moved: Group | None = None
    if mean or _feeds(file, book.group, unit.id):
        given = _given(path)
        mine = next(one for one in given if one.group == book.group)
        made = GroupBook(mine.period, mine.group, mine.edition, tuple(mine.units), mine.states, {})
        credit = Rollup(edition).credits((made.findings(one), one.duties) for one in mine.units if not one.excluded)
        moved = _moved(given, _imports(path), unit)
    inputs = reading.inputs_of(file).get(unit.id, {}) if edition.parts else {}
    others = list(_ladder(path, book.group))
    if ranks(edition, book.scores[unit.id]):
        others.remove(displayed(book.scores[unit.id].total))
    found = Trial(edition, unit, book.findings(unit), inputs, credit, others, moved)
    again, told = found.score(()), book.scores[unit.id]
    if (again.total, again.lower, again.upper) != (told.total, told.lower, told.upper):
        raise Refused(f"{unit.name}的得分按公布的评分结果复算为 {again.total}，与公布的 {told.total} 不符，不能推算整改后的得分；请先用 verify 核对")
    return found


@lru_cache(maxsize=64)
def _ladder(path: Path, group: str) -> tuple[Decimal, ...]:
    """The displayed totals of the ranked units of a group, ascending."""
    sql = "SELECT total FROM period_unit JOIN total USING (unit_id) WHERE group_name = ? AND rank IS NOT NULL"
    return tuple(sorted(displayed(Decimal(total)) for [total] in PublishedFile(path).tuples(sql, group)[1]))


def _others(edition: Edition, scores: Sequence[UnitScore], unit: str) -> list[Decimal]:
    return sorted(displayed(one.total) for one in scores if one.unit != unit and ranks(edition, one))


def _moved(given: Sequence[Given], imports: Imports, unit: Unit) -> Group:
    def again(codes: Collection[str]) -> Sequence[UnitScore]:
        state = {code: LeafState(unit.id, code, 0, MENDED, 0, "", "", "", None, reviewed=False) for code in codes}
        changed = [replace(one, states={**one.states, unit.id: {**one.states.get(unit.id, {}), **state}}) if one.group == unit.group else one for one in given]
        book = next(one for one in books.build(changed, imports) if one.group == unit.group)
        return [book.scores[one.id] for one in book.units if not one.excluded]

    return again


@lru_cache(maxsize=2)
def _given(path: Path) -> tuple[Given, ...]:
    """Everything that the groups of a file were rolled up from."""
    file, period = PublishedFile(path), reading.header(path)[0]
    found = [reading.group_book(file, period, group, reading.edition(path, group)) for group in period.groups]
    return tuple(Given(period, one.group, one.edition, one.units, one.states) for one in found)


def _imports(path: Path) -> Imports:
    """The imported scores among what went into the parts of composed units."""
    file = PublishedFile(path)
    codes = {part.code for group in reading.header(path)[0].groups for part in reading.edition(path, group).parts if part.source is PartSource.IMPORT}
    return {unit: {code: each[0] for code, each in by_code.items() if code in codes and each} for unit, by_code in reading.inputs_of(file).items()}


def _feeds(file: PublishedFile, group: str, unit: str) -> bool:
    """Whether another unit of the same group is composed of this one."""
    sql = "SELECT 1 AS one FROM part_input i JOIN period_unit u USING (unit_id) WHERE i.source = ? AND i.drawn AND u.group_name = ? AND i.file_sha = ''"
    return bool(file.rows(sql, unit, group))


def _held(file: PublishedFile, group: str) -> Any:
    return file.rows("SELECT count(*) AS n FROM period_unit WHERE group_name = ?", group)[0]["n"]
