"""The roll-up: findings of one unit and an edition give an interval of points for every node (DESIGN §6).

Node = W · Σ sᵢ / Σ wᵢ over the applicable children, in Decimal with 50 digits and one division a node; what does not apply is shared out among siblings. All
points are contributions to the unit's total, so that children sum to their parent and the first level to the total (before bonus and veto). Coverage is taken
on the same shared-out marks: without deductions and vetoes, upper − lower = full marks × (1 − coverage).
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from decimal import Context, Decimal, localcontext

from scoring.model import Edition, Finding, Indicator, NodeScore, Outcome, Scale, UnitScore
from scoring.reasons import Reason
from scoring.wording import displayed

PRECISION = 50
_CONTEXT = Context(prec=PRECISION)
_ZERO, _ONE, _TWO, _HUNDRED = Decimal(0), Decimal(1), Decimal(2), Decimal(100)
_GIVEN = frozenset({Reason.MANUAL_POINTS.value, Reason.GIVEN_POINTS.value})
_PLACE = NodeScore("", _ZERO, _ZERO, _ZERO, _ZERO, _ZERO, _ZERO)  # keeps a node's place in the tree's order until its children are done
_NO_DEDUCTIONS: tuple["_Leaf", ...] = ()


@dataclass(frozen=True, slots=True)
class LeafPoints:
    """A leaf's share of the total: `full` marks after 不涉及 was shared out, `points` and `lost` (None while unobserved or 不涉及)."""

    points: Decimal | None
    full: Decimal
    lost: Decimal | None


@dataclass(frozen=True, slots=True)
class _Leaf:
    code: str
    weight: Decimal
    needs: tuple[str, ...]
    scale: Decimal  # given points ÷ scale × weight: the weight itself, or 100

    def marks(self, finding: Finding | None, duties: Collection[str]) -> tuple[Decimal, Decimal] | None:
        """Marks (lower, upper) of `weight`; None: 不涉及."""
        for duty in self.needs:
            if duty not in duties:
                return None
        if finding is None:
            return _ZERO, self.weight
        outcome = finding.outcome
        if outcome is Outcome.NOT_APPLICABLE:
            return None
        if outcome is Outcome.NOT_OBSERVED or finding.ratio is None:
            return _ZERO, self.weight
        if finding.reason_code in _GIVEN:
            points = Decimal(str(finding.params["points"]))
            marks = points if self.scale == self.weight else points * self.weight / self.scale
        else:
            marks = self.weight * finding.ratio
        return marks, marks


@dataclass(slots=True)
class _Node:
    """One node of the compiled tree. `leaf` None for an inner node. The `_` fields hold one unit's marks while it is being scored."""

    code: str
    weight: Decimal
    children: tuple["_Node", ...]
    leaf: _Leaf | None
    dimension: str
    deductions: tuple[_Leaf, ...] = _NO_DEDUCTIONS
    lower: Decimal = _ZERO
    upper: Decimal = _ZERO
    base: Decimal = _ZERO
    applies: bool = True
    seen: bool = True


class Rollup:
    """An edition compiled for scoring many units. Not to be shared between threads: each call works in the tree's own fields."""

    def __init__(self, edition: Edition) -> None:
        self.edition = edition
        given = None if edition.scale is Scale.POINTS else _HUNDRED
        taking: dict[str, list[_Leaf]] = {}
        for deduction in edition.deductions:
            taking.setdefault(deduction.source, []).append(_Leaf(deduction.leaf.code, deduction.max, deduction.leaf.needs, deduction.max))
        self._given = given
        self._first = tuple(self._compile(node, taking) for node in edition.index)
        self._vetoes = [(veto.leaf.code, veto.leaf.needs, veto.score) for veto in edition.vetoes]
        self._bonus = [_Leaf(leaf.code, leaf.weight, leaf.needs, leaf.weight) for leaf in edition.bonus.leaves] if edition.bonus else []
        self._dimensions = tuple(dict.fromkeys(leaf.dimension.value for node in edition.index for leaf in node.leaves() if leaf.dimension))

    def score(self, findings: Mapping[str, Finding], duties: Collection[str], unit: str = "") -> UnitScore:
        """The index of one unit. A missing finding is NOT_OBSERVED; a leaf whose needs are not all among `duties` is 不涉及 whatever the finding."""
        with localcontext(_CONTEXT):
            return self._score(findings, duties, unit)

    def _compile(self, node: Indicator, taking: Mapping[str, list[_Leaf]]) -> _Node:
        leaf = _Leaf(node.code, node.weight, node.needs, self._given or node.weight) if node.is_leaf else None
        children = tuple(self._compile(child, taking) for child in node.children)
        dimension = node.dimension.value if node.dimension and leaf else ""
        return _Node(node.code, node.weight, children, leaf, dimension, tuple(taking.get(node.code, _NO_DEDUCTIONS)))

    def _score(self, findings: Mapping[str, Finding], duties: Collection[str], unit: str) -> UnitScore:
        full = self.edition.full
        for node in self._first:
            self._gather(node, findings, duties)
        base = sum((node.weight for node in self._first if node.applies), _ZERO)
        nodes: dict[str, NodeScore] = {}
        rates: dict[str, list[Decimal]] = {name: [_ZERO, _ZERO] for name in self._dimensions}
        observed = applicable = lower = upper = _ZERO
        if base:
            lower = self._share(sum((node.lower for node in self._first if node.applies), _ZERO), full, base)
            upper = self._share(sum((node.upper for node in self._first if node.applies), _ZERO), full, base)
        for node in self._first:
            one, two = self._spread(node, full, base, nodes, rates)
            observed, applicable = observed + one, applicable + two
        coverage = _ZERO if not applicable else _ONE if observed == applicable else observed / applicable
        lower, upper = self._add_bonus(lower, upper, findings, duties)
        lower, upper, veto, veto_open = self._veto(lower, upper, findings, duties)
        total = lower if lower == upper else (lower + upper) / _TWO
        return UnitScore(
            unit=unit,
            total=total,
            lower=lower,
            upper=upper,
            coverage=coverage,
            grade=self._grade(total, coverage, vetoed=bool(veto)),
            rank=None,
            veto=tuple(veto),
            veto_open=tuple(veto_open),
            nodes=nodes,
            dimensions={name: part / whole if whole else None for name, (part, whole) in rates.items()},
        )

    def _gather(self, node: _Node, findings: Mapping[str, Finding], duties: Collection[str]) -> None:
        """Marks of a node out of its own weight, bottom up."""
        if node.leaf:
            finding = findings.get(node.code)
            marks = node.leaf.marks(finding, duties)
            node.applies = marks is not None
            node.seen = finding is not None and finding.outcome is not Outcome.NOT_OBSERVED
            node.lower, node.upper = marks or (_ZERO, _ZERO)
        else:
            base = lower = upper = _ZERO
            for child in node.children:
                self._gather(child, findings, duties)
                if child.applies:
                    base += child.weight
                    lower += child.lower
                    upper += child.upper
            node.base, node.applies = base, base > 0
            if node.applies:
                node.upper = self._share(upper, node.weight, base)
                node.lower = node.upper if lower == upper else self._share(lower, node.weight, base)
            else:
                node.lower = node.upper = _ZERO
        if node.deductions and node.applies:
            self._deduct(node, findings, duties)

    def _deduct(self, node: _Node, findings: Mapping[str, Finding], duties: Collection[str]) -> None:
        """(1 − ratio) × max off the item, which never falls below 0; an unobserved deduction widens the interval."""
        most = least = _ZERO
        for leaf in node.deductions:
            if marks := leaf.marks(findings.get(leaf.code), duties):
                most += leaf.weight - marks[0]
                least += leaf.weight - marks[1]
        if self._given:
            most, least = most * node.weight / self._given, least * node.weight / self._given
        node.lower, node.upper = max(_ZERO, node.lower - most), max(_ZERO, node.upper - least)

    @staticmethod
    def _share(marks: Decimal, weight: Decimal, base: Decimal) -> Decimal:
        return marks if base == weight else weight * marks / base

    def _spread(self, node: _Node, above: Decimal, base: Decimal, nodes: dict[str, NodeScore], rates: Mapping[str, list[Decimal]]) -> tuple[Decimal, Decimal]:
        """Top down: marks become contributions, out of `above` shared by `base`. Observed and applicable full marks of the node."""
        if not node.applies:
            for each in _below(node):
                nodes[each.code] = NodeScore(each.code, _ZERO, _ZERO, _ZERO, _ZERO, _ZERO, _ZERO)
            return _ZERO, _ZERO
        if above == base:
            full, lower, upper = node.weight, node.lower, node.upper
        else:
            full = node.weight * above / base
            upper = full if node.upper == node.weight else node.upper * above / base if node.upper else _ZERO
            lower = upper if node.lower == node.upper else node.lower * above / base if node.lower else _ZERO
        total = lower if lower == upper else (lower + upper) / _TWO
        if node.leaf:
            observed = full if node.seen else _ZERO
            nodes[node.code] = NodeScore(node.code, lower, upper, total, full, observed, full)
            if node.dimension:
                rate = rates[node.dimension]
                rate[0] += total
                rate[1] += full
            return observed, full
        nodes[node.code] = _PLACE
        observed = _ZERO
        seen = True
        for child in node.children:
            part, whole = self._spread(child, full, node.base, nodes, rates)
            observed += part
            seen = seen and part == whole
        observed = full if seen else observed
        nodes[node.code] = NodeScore(node.code, lower, upper, total, full, observed, full)
        return observed, full

    def _add_bonus(self, lower: Decimal, upper: Decimal, findings: Mapping[str, Finding], duties: Collection[str]) -> tuple[Decimal, Decimal]:
        bonus = self.edition.bonus
        if not bonus:
            return lower, upper
        granted = self._granted(findings, duties)
        return lower + (granted if lower > bonus.above else _ZERO), upper + (granted if upper > bonus.above else _ZERO)

    def _granted(self, findings: Mapping[str, Finding], duties: Collection[str]) -> Decimal:
        """A bonus is claimed, not missed: what nobody has scored adds nothing, to either end (docs/decisions/0004)."""
        cap = self.edition.bonus.cap if self.edition.bonus else _ZERO
        return min(cap, sum((marks[0] for leaf in self._bonus if (marks := leaf.marks(findings.get(leaf.code), duties))), _ZERO))

    def bonus_open(self, findings: Mapping[str, Finding], duties: Collection[str], score: UnitScore) -> Decimal:
        """加分待评: the most that bonus leaves nobody has scored yet can still add to the total; 0 where the result can never exceed `above`."""
        bonus = self.edition.bonus
        if not bonus or score.veto or sum((score.nodes[node.code].upper for node in self._first), _ZERO) <= bonus.above:
            return _ZERO
        with localcontext(_CONTEXT):
            most = sum((marks[1] for leaf in self._bonus if (marks := leaf.marks(findings.get(leaf.code), duties))), _ZERO)
            return min(bonus.cap, most) - self._granted(findings, duties)

    def _veto(self, lower: Decimal, upper: Decimal, findings: Mapping[str, Finding], duties: Collection[str]) -> tuple[Decimal, Decimal, list[str], list[str]]:
        """A veto that holds limits both ends; one that nobody could observe limits the lower end only."""
        held: list[str] = []
        unknown: list[str] = []
        for code, needs, score in self._vetoes:
            finding = findings.get(code)
            if any(duty not in duties for duty in needs):
                continue
            if finding is None or finding.outcome is Outcome.NOT_OBSERVED:
                unknown.append(code)
                lower = _ZERO if score is None else min(lower, score)
            elif finding.outcome is Outcome.UNMET:
                held.append(code)
                lower = _ZERO if score is None else min(lower, score)
                upper = _ZERO if score is None else min(upper, score)
        return lower, upper, held, unknown

    def _grade(self, total: Decimal, coverage: Decimal, *, vetoed: bool) -> str | None:
        """The class of the displayed total; the lowest one after a veto; None below the coverage threshold (数据不足)."""
        grades = self.edition.grades
        if vetoed:
            return grades[-1].name
        if coverage < self.edition.coverage:
            return None
        shown = displayed(total)
        return next((grade.name for grade in grades if shown >= grade.at_least), grades[-1].name)


def roll_up(edition: Edition, findings: Mapping[str, Finding], duties: Collection[str], unit: str = "") -> UnitScore:
    """The index of one unit. For many units, compile once: `Rollup(edition)`."""
    return Rollup(edition).score(findings, duties, unit)


def leaf_points(edition: Edition, score: UnitScore) -> dict[str, LeafPoints]:
    """Points, shared-out full marks and loss of every leaf of the tree; the full marks of a node's leaves sum to the node's."""
    result = {}
    for leaf in (leaf for node in edition.index for leaf in node.leaves()):
        node = score.nodes[leaf.code]
        known = bool(node.weight) and node.observed == node.applicable
        result[leaf.code] = LeafPoints(node.total if known else None, node.weight, node.weight - node.total if known else None)
    return result


def _below(node: _Node) -> list[_Node]:
    return [node, *(each for child in node.children for each in _below(child))]
