"""One unit's index: the tree, then bonus, composition, vetoes and grade."""

from collections.abc import Collection, Iterable, Mapping
from decimal import Decimal, localcontext

from scoring.model import Edition, Finding, UnitScore
from scoring.parts import NotApplicable, PartInput
from scoring.rollup.beside import Beside, graded
from scoring.rollup.compose import Inputs, compose
from scoring.rollup.credit import credits_of
from scoring.rollup.leaf import CONTEXT, ONE, TWO, ZERO
from scoring.rollup.tree import Credits, Tree


class Rollup:
    """An edition compiled for scoring many units."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        self._tree = Tree(edition)
        self._beside = Beside(edition)

    def credits(self, group: Iterable[tuple[Mapping[str, Finding], Collection[str]]]) -> Credits:
        """What a group's findings and duties credit for 不涉及; empty unless the edition says 平均计入."""
        return credits_of(self._tree.leaves(), list(group)) if self.edition.not_applicable is NotApplicable.MEAN else {}

    def score(
        self, findings: Mapping[str, Finding], duties: Collection[str], unit: str = "", *, inputs: Inputs | None = None, credit: Credits | None = None
    ) -> UnitScore:
        """The index of one unit. A missing finding is NOT_OBSERVED; a leaf whose needs are not all among `duties` is 不涉及 whatever the finding.

        `inputs`: what goes into the parts of a composed index. `credit`: `credits` of the unit's group.
        """
        with localcontext(CONTEXT):
            tree = self._tree.score(findings, duties, credit or {})
            coverage = ZERO if not tree.full else ONE if tree.observed == tree.full else tree.observed / tree.full
            lower, upper = self._beside.bonus(tree.lower, tree.upper, findings, duties)
            full, nodes = tree.full, tree.nodes
            if self.edition.parts:
                whole, parts = compose(self.edition, PartInput(unit, lower, upper, full, coverage), inputs or {})
                lower, upper, full, coverage, nodes = whole.lower, whole.upper, whole.full, whole.coverage, nodes.joined(parts)
            lower, upper, veto, veto_open = self._beside.veto(lower, upper, findings, duties)
            total = lower if lower == upper else (lower + upper) / TWO
            grade = graded(self.edition, total, coverage, vetoed=bool(veto))
            return UnitScore(unit, total, lower, upper, coverage, grade, None, tuple(veto), tuple(veto_open), nodes, tree.dimensions, full)

    def bonus_open(self, findings: Mapping[str, Finding], duties: Collection[str], score: UnitScore) -> Decimal:
        """加分待评: the most that bonus leaves nobody has scored yet can still add to the index; 0 where the result can never exceed `above`."""
        if score.veto:
            return ZERO
        return self._beside.waiting(sum((score.nodes[node.code].upper for node in self.edition.index if node.drawn), ZERO), findings, duties)


def roll_up(edition: Edition, findings: Mapping[str, Finding], duties: Collection[str], unit: str = "", *, inputs: Inputs | None = None) -> UnitScore:
    """The index of one unit. For many units, compile once: `Rollup(edition)`."""
    return Rollup(edition).score(findings, duties, unit, inputs=inputs)
