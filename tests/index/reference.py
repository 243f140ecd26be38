"""The roll-up again, slowly: fractions, one node after the other, straight from DESIGN §6. What the fast one gives must be this."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from scoring.model import Edition, Finding, Indicator, Outcome, Scale
from scoring.parts import NotApplicable, PartSource
from scoring.rollup.compose import Inputs

Marks = tuple[Fraction, Fraction]
"""Lower and upper."""


@dataclass(frozen=True)
class Whole:
    """Interval and full marks of a unit, before vetoes."""

    lower: Fraction
    upper: Fraction
    full: Fraction


@dataclass(frozen=True)
class Reference:
    """One edition and the findings and duties of one group."""

    edition: Edition
    group: Sequence[tuple[Mapping[str, Finding], Collection[str]]]

    def score(self, n: int, inputs: Inputs | None = None) -> Whole:
        """The n-th unit of the group."""
        findings, duties = self.group[n]
        first = [one for node in self.edition.index if node.drawn and (one := self._node(node, findings, duties))]
        whole = sum((Fraction(node.weight) for node in self.edition.index if node.drawn), Fraction(0))
        base = whole if self.edition.not_applicable is NotApplicable.BASE else sum((one[3] for one in first), Fraction(0))
        marks = Fraction(self.edition.marks)
        low, up, full = (marks * sum((one[k] for one in first), Fraction(0)) / base if base else Fraction(0) for k in range(3))
        if self.edition.bonus:
            leaves = self.edition.bonus.leaves
            got = sum((each[0] for leaf in leaves if (each := self._leaf(leaf, findings, duties, Fraction(leaf.weight)))), Fraction(0))
            got = min(Fraction(self.edition.bonus.cap), got)
            low, up = (end + (got if end > Fraction(self.edition.bonus.above) else 0) for end in (low, up))
        return self._composed(Whole(low, up, full), inputs or {}) if self.edition.parts else Whole(low, up, full)

    def _node(self, node: Indicator, findings: Mapping[str, Finding], duties: Collection[str]) -> tuple[Fraction, Fraction, Fraction, Fraction] | None:
        """Lower, upper, full marks and weight, out of the node's own weight; None: 不涉及."""
        weight = Fraction(node.weight)
        if node.is_leaf:
            marks = self._leaf(node, findings, duties, Fraction(100) if self.edition.scale is Scale.WEIGHTS else weight)
            if marks is None and self.edition.not_applicable is NotApplicable.MEAN:
                marks = self._credit(node)
            if marks is None:
                return None
            low, up, full = *marks, weight
        else:
            children = [one for child in node.children if child.drawn and (one := self._node(child, findings, duties))]
            if not children:
                return None
            every = sum((Fraction(child.weight) for child in node.children if child.drawn), Fraction(0))
            base = every if self.edition.not_applicable is NotApplicable.BASE else sum((one[3] for one in children), Fraction(0))
            low, up, full = (weight * sum((one[k] for one in children), Fraction(0)) / base for k in range(3))
        for taken in self.edition.deductions:
            most = Fraction(taken.max)
            if taken.source == node.code and (marks := self._leaf(taken.leaf, findings, duties, most)):
                scaled = weight / 100 if self.edition.scale is Scale.WEIGHTS else Fraction(1)
                low, up = max(Fraction(0), low - (most - marks[0]) * scaled), max(Fraction(0), up - (most - marks[1]) * scaled)
        return low, up, full, weight

    def _leaf(self, leaf: Indicator, findings: Mapping[str, Finding], duties: Collection[str], scale: Fraction) -> Marks | None:
        finding = findings.get(leaf.code)
        if not set(leaf.needs) <= set(duties) or (finding and finding.outcome is Outcome.NOT_APPLICABLE):
            return None
        if finding is None or finding.outcome is Outcome.NOT_OBSERVED or finding.ratio is None:
            return Fraction(0), Fraction(leaf.weight)
        points = finding.params.get("points")
        got = Fraction(leaf.weight) * (Fraction(finding.ratio) if points is None else Fraction(points) / scale)
        return got, got

    def _credit(self, leaf: Indicator) -> Marks | None:
        each = [one for findings, duties in self.group if (one := self._leaf(leaf, findings, duties, self._scale(leaf)))]
        if not each:
            return None
        return sum((one[0] for one in each), Fraction(0)) / len(each), sum((one[1] for one in each), Fraction(0)) / len(each)

    def _scale(self, leaf: Indicator) -> Fraction:
        return Fraction(100) if self.edition.scale is Scale.WEIGHTS else Fraction(leaf.weight)

    def _composed(self, index: Whole, inputs: Inputs) -> Whole:
        parts: list[tuple[Fraction, Fraction, Fraction]] = []
        for part in self.edition.parts:
            given = [(Fraction(one.lower), Fraction(one.upper), Fraction(one.full)) for one in inputs.get(part.code, ()) if one.drawn]
            if part.source is PartSource.INDEX:
                given = [(index.lower, index.upper, index.full)]
            elif part.source is PartSource.IMPORT and not given:
                given = [(Fraction(0), Fraction(1), Fraction(1))]
            if given := [one for one in given if one[2]]:
                low, up = (sum((one[k] / one[2] for one in given), Fraction(0)) / len(given) for k in range(2))
                parts.append((low, up, Fraction(part.weight)))
        base = sum((one[2] for one in parts), Fraction(0))
        low, up = (100 * sum((one[k] * one[2] for one in parts), Fraction(0)) / base if base else Fraction(0) for k in range(2))
        return Whole(low, up, Fraction(100) if base else Fraction(0))
