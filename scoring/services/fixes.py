"""The most worthwhile fixes of one unit: what its total, grade and rank in a published period would be if a leaf were in order.

Nothing is added up: each answer is the roll-up of the unit's own findings with that leaf met, with deductions, bonus thresholds, caps, vetoes and 组成, and the
ranking of its group with it. Read from the published file alone; the other units stay as they were published.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from scoring.model import Outcome, Role, UnitScore
from scoring.permissions import Action, require
from scoring.reasons import Reason
from scoring.services import reading, results, tables, trial
from scoring.services.shapes import LeafResult
from scoring.services.trial import Trial
from scoring.services.workspace import Workspace
from scoring.store.published import PublishedFile
from scoring.wording import gap

LATE = (Reason.REPORT_LATE, Reason.DOCUMENT_LATE)
"""Findings that nobody can mend this year: a deadline that has passed is not met again."""
_SHORT = (Outcome.UNMET, Outcome.PARTIAL)


@dataclass(frozen=True, slots=True)
class Fix:
    """One leaf put in order: the unit's total, grade and rank that would follow. `before`: the total that it is counted from.

    `veto`: the leaf bars the unit from the ranking; its numbers are those of all such leaves put in order together, and other fixes are counted from there.
    `rank` is None where the unit would still not be ranked, and where the file does not hold the units it is compared with.
    """

    leaf: LeafResult
    before: Decimal
    total: Decimal
    grade: str | None
    rank: int | None
    veto: bool = False

    @property
    def gain(self) -> Decimal:
        """Points gained, exact."""
        return self.total - self.before

    @property
    def shown(self) -> Decimal:
        """Points gained as a reader sees them: the difference of the displayed totals."""
        return gap(self.total, self.before)


@dataclass(frozen=True, slots=True)
class Plan:
    """What a unit had better do. `now`: as published; `base`: with its vetoes lifted; `together`: with every fix of the list. `more`: fixes left out of it."""

    now: UnitScore
    base: UnitScore
    together: UnitScore
    fixes: tuple[Fix, ...]
    more: int


def best_fixes(ws: Workspace, period: str, unit: str, n: int, *, role: Role = Role.LEADER) -> Sequence[Fix]:
    """The `n` fixes that bring most, best first; vetoes before anything else. Raises as `plan` does."""
    return plan(ws, period, unit, n, role=role).fixes


def plan(ws: Workspace, period: str, unit: str, n: int = 5, *, role: Role = Role.LEADER) -> Plan:
    """The `n` best fixes of a unit in a published period and what they bring together; none for a unit that is 数据不足 or 暂不纳入.

    Raises BadInput when the unit is not published, Refused when its scores are not, or when the file does not hold what its score was made from.
    """
    require(role, Action.VIEW_RESULTS)
    found = results.profile(ws, period, unit, role=role)
    path = results.file(ws, period)
    book = reading.group_book(PublishedFile(path), found.period, found.group, found.edition, [unit])
    one = book.units[0]
    now = book.scores[unit]
    if now.grade is None:
        return Plan(now, now, now, (), 0)
    return of_trial(trial.of_file(path, book, one), now, tables.leaf_results(book, one), n, alone=bool(found.period.disclosure.unit))


def of_trial(given: Trial, now: UnitScore, leaves: Sequence[LeafResult], n: int, *, alone: bool = False) -> Plan:
    """The plan of a unit with these leaves. `alone`: nothing is known of the units it is ranked with."""
    held = set(now.veto)
    vetoes = tuple(leaf for leaf in leaves if leaf.code in held)
    lifted = tuple(leaf.code for leaf in vetoes)
    base = given.score(lifted)
    worth = [(given.score((*lifted, leaf.code)).total - base.total, leaf) for leaf in leaves if leaf.outcome in _SHORT and _mendable(leaf)]
    gainful = [leaf for gain, leaf in sorted(worth, key=lambda pair: -pair[0]) if gain > 0]

    def follows(codes: Sequence[str]) -> UnitScore:
        return given.score(codes) if alone else given.ranked(codes)

    def fix(leaf: LeafResult) -> Fix:
        after = follows(lifted if leaf.code in held else (*lifted, leaf.code))
        before = now if leaf.code in held else base
        return Fix(leaf, before.total, after.total, after.grade, after.rank, leaf.code in held)

    listed = (*vetoes, *gainful)[:n]
    together = follows([*lifted, *(leaf.code for leaf in listed if leaf.code not in held)])
    return Plan(now, follows(lifted), together, tuple(fix(leaf) for leaf in listed), len(vetoes) + len(gainful) - len(listed))


def _mendable(leaf: LeafResult) -> bool:
    """A leaf of the tree or a deduction that can still be put in order; a bonus is claimed, not mended."""
    return leaf.beside in ("", "deduction") and leaf.reason_code not in LATE
