"""What hangs beside the tree: bonus, vetoes, grades."""

from collections.abc import Collection, Mapping
from decimal import Decimal, localcontext

from scoring.model import Edition, Finding, Outcome
from scoring.rollup.leaf import CONTEXT, ZERO, Leaf
from scoring.wording import displayed


class Beside:
    """The bonus and vetoes of an edition, compiled."""

    def __init__(self, edition: Edition) -> None:
        self._bonus = edition.bonus
        self._leaves = [Leaf(leaf.code, leaf.weight, leaf.needs, leaf.weight) for leaf in edition.bonus.leaves] if edition.bonus else []
        self._vetoes = [(veto.leaf.code, veto.leaf.needs, veto.score) for veto in edition.vetoes]

    def bonus(self, lower: Decimal, upper: Decimal, findings: Mapping[str, Finding], duties: Collection[str]) -> tuple[Decimal, Decimal]:
        """Both ends with the bonus, each when it exceeds `above`."""
        if not self._bonus:
            return lower, upper
        granted = self._granted(findings, duties)
        return lower + (granted if lower > self._bonus.above else ZERO), upper + (granted if upper > self._bonus.above else ZERO)

    def waiting(self, upper: Decimal, findings: Mapping[str, Finding], duties: Collection[str]) -> Decimal:
        """加分待评: the most that bonus leaves nobody has scored yet can still add; 0 where the result before it (at best `upper`) can never exceed `above`."""
        if not self._bonus or upper <= self._bonus.above:
            return ZERO
        with localcontext(CONTEXT):
            most = sum((marks[1] for leaf in self._leaves if (marks := leaf.marks(findings.get(leaf.code), duties))), ZERO)
            return min(self._bonus.cap, most) - self._granted(findings, duties)

    def veto(self, lower: Decimal, upper: Decimal, findings: Mapping[str, Finding], duties: Collection[str]) -> tuple[Decimal, Decimal, list[str], list[str]]:
        """A veto that holds limits both ends; one that nobody could observe limits the lower end only."""
        held: list[str] = []
        unknown: list[str] = []
        for code, needs, score in self._vetoes:
            finding = findings.get(code)
            if any(duty not in duties for duty in needs):
                continue
            if finding is None or finding.outcome is Outcome.NOT_OBSERVED:
                unknown.append(code)
                lower = ZERO if score is None else min(lower, score)
            elif finding.outcome is Outcome.UNMET:
                held.append(code)
                lower = ZERO if score is None else min(lower, score)
                upper = ZERO if score is None else min(upper, score)
        return lower, upper, held, unknown

    def _granted(self, findings: Mapping[str, Finding], duties: Collection[str]) -> Decimal:
        """A bonus is claimed, not missed: what nobody has scored adds nothing, to either end (docs/decisions/0004)."""
        cap = self._bonus.cap if self._bonus else ZERO
        return min(cap, sum((marks[0] for leaf in self._leaves if (marks := leaf.marks(findings.get(leaf.code), duties))), ZERO))


def graded(edition: Edition, total: Decimal, coverage: Decimal, *, vetoed: bool) -> str | None:
    """The class of the displayed total; the lowest one after a veto; None below the coverage threshold (数据不足)."""
    grades = edition.grades
    if vetoed:
        return grades[-1].name
    if coverage < edition.coverage:
        return None
    shown = displayed(total)
    return next((grade.name for grade in grades if shown >= grade.at_least), grades[-1].name)
