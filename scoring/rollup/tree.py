"""The tree compiled into flat lists: the children of a node stand side by side, so that their marks are summed by slices.

Exact and fast: 150 leaves take some 0.15 ms. Nodes are numbered level by level; 0 is the root, which stands for the whole.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from operator import itemgetter
from typing import Any

from scoring.model import Edition, Finding, Indicator, Scale
from scoring.parts import NotApplicable
from scoring.rollup.leaf import GIVEN, HUNDRED, ONE, OUT, TWO, UNSEEN, ZERO, Leaf, compiled, given
from scoring.score import Nodes

Credits = Mapping[str, tuple[Decimal, Decimal]]
"""得分率 (lower, upper) by leaf code that a unit gets for what is 不涉及 for it (平均计入)."""

_Leaves = tuple[tuple[int, Leaf], ...]


@dataclass(frozen=True, slots=True)
class TreeScore:
    """What a tree gives: the interval out of `full` marks, `observed` of which were seen, and every node in the tree's order."""

    lower: Decimal
    upper: Decimal
    full: Decimal
    observed: Decimal
    nodes: Nodes
    dimensions: dict[str, Decimal | None]


class Tree:
    """An edition's index. Thread-safe: nothing of a unit is kept."""

    def __init__(self, edition: Edition) -> None:
        self._whole = edition.not_applicable is NotApplicable.BASE
        self._given = None if edition.scale is Scale.POINTS else HUNDRED
        nodes = [Indicator("", "", edition.marks, edition.index)]
        spans: list[tuple[int, int]] = []
        for node in nodes:  # grows while it is read: level by level
            children = [child for child in node.children if child.drawn]
            spans.append((len(nodes), len(nodes) + len(children)))
            nodes += children
        self._count = len(nodes)
        self._weights = [node.weight for node in nodes]
        self._inner = [(n, a, b, sum(self._weights[a:b], ZERO)) for n, (a, b) in enumerate(spans) if a < b]
        self._leaves: _Leaves = tuple((n, compiled(node, self._given)) for n, node in enumerate(nodes) if node.is_leaf)
        place = {node.code: n for n, node in enumerate(nodes)}
        taking: dict[int, list[Leaf]] = {}
        for one in edition.deductions:
            if one.source in place:
                taking.setdefault(place[one.source], []).append(Leaf(one.leaf.code, one.max, one.leaf.needs, one.max))
        self._taking = taking
        in_order = [node.code for first in edition.index for node in first.walk()]
        self._places = {code: n for n, code in enumerate(in_order)}
        self._in_order = _picker([place.get(code, self._count) for code in in_order])  # what was not drawn stands behind the others: 0
        self._dimensions = [(name, _picker(places)) for name, places in _dimensions(nodes).items()]
        self._due: dict[frozenset[str], tuple[_Leaves, _Leaves]] = {}

    def leaves(self) -> Iterator[Leaf]:
        """The leaves that count."""
        return (leaf for _, leaf in self._leaves)

    def score(self, findings: Mapping[str, Finding], duties: Collection[str], credit: Credits) -> TreeScore:
        """Score one unit; to be called with 50 digits."""
        lower, upper, effective, seen = self._marks(findings, duties, credit)
        base = self._gather(lower, upper, effective, findings, duties)
        full = self._spread(lower, upper, effective, base)
        total = [low if low is up or low == up else (low + up) / TWO for low, up in zip(lower, upper, strict=True)]
        observed = [out if known is True else out * known if known else ZERO for out, known in zip(full, seen, strict=True)]
        for n, a, b, _ in reversed(self._inner):
            if seen[a:b].count(True) == b - a:
                seen[n], observed[n] = True, full[n]
            else:
                seen[n], observed[n] = False, sum(observed[a:b], ZERO)
        rates = {name: (sum(pick(total), ZERO), sum(pick(full), ZERO)) for name, pick in self._dimensions}
        in_order = [self._in_order((*column, ZERO)) for column in (lower, upper, total, full, observed)]
        return TreeScore(
            lower[0],
            upper[0],
            full[0],
            observed[0],
            Nodes(self._places, (*in_order, in_order[3])),
            {name: part / whole if whole else None for name, (part, whole) in rates.items()},
        )

    def _marks(
        self, findings: Mapping[str, Finding], duties: Collection[str], credit: Credits
    ) -> tuple[list[Decimal], list[Decimal], list[Decimal], list[Any]]:
        """Marks of the leaves out of their own weights. `effective`: the weight, or 0 for 不涉及. `seen`: True, False, or the known share of a credited leaf."""
        lower, upper, effective = [ZERO] * self._count, [ZERO] * self._count, [ZERO] * self._count
        seen: list[Any] = [True] * self._count
        held = frozenset(duties)
        if (due := self._due.get(held)) is None:
            due = self._due[held] = _split(self._leaves, held)
        out = list(due[1])
        get = findings.get
        for n, leaf in due[0]:
            finding, weight = get(leaf.code), leaf.weight
            if finding is None or (outcome := finding.outcome) is UNSEEN:
                upper[n] = effective[n] = weight
                seen[n] = False
            elif outcome is OUT:
                out.append((n, leaf))
            elif (ratio := finding.ratio) is None:
                upper[n] = effective[n] = weight
                seen[n] = False
            else:
                lower[n] = upper[n] = weight * ratio if finding.reason_code not in GIVEN else given(finding, weight, leaf.scale)
                effective[n] = weight
        if credit:
            for n, leaf in out:
                if (rates := credit.get(leaf.code)) is not None:
                    lower[n], upper[n], effective[n] = leaf.weight * rates[0], leaf.weight * rates[1], leaf.weight
                    seen[n] = True if rates[0] == rates[1] else ONE - (rates[1] - rates[0])
        return lower, upper, effective, seen

    def _gather(
        self, lower: list[Decimal], upper: list[Decimal], effective: list[Decimal], findings: Mapping[str, Finding], duties: Collection[str]
    ) -> list[Decimal]:
        """Bottom up: marks of the inner nodes out of their own weights. Returns what the weights of each node's children are divided by."""
        base, weights, taking = [ZERO] * self._count, self._weights, self._taking
        for n, _ in self._leaves if taking else ():
            if n in taking and effective[n]:
                self._deduct(n, lower, upper, findings, duties)
        for n, a, b, whole in reversed(self._inner):
            applicable = sum(effective[a:b], ZERO)
            if not applicable:
                continue
            weight = weights[n]
            divisor = base[n] = whole if self._whole else applicable
            low, up = sum(lower[a:b], ZERO), sum(upper[a:b], ZERO)
            if divisor == weight:
                lower[n], upper[n], effective[n] = low, up, applicable
            else:
                effective[n] = out = weight if divisor == applicable else weight * applicable / divisor
                upper[n] = out if up == applicable else weight * up / divisor
                lower[n] = upper[n] if low == up else weight * low / divisor
            if n in taking:
                self._deduct(n, lower, upper, findings, duties)
        return base

    def _deduct(self, n: int, lower: list[Decimal], upper: list[Decimal], findings: Mapping[str, Finding], duties: Collection[str]) -> None:
        """(1 − ratio) × max off the item, which never falls below 0; an unobserved deduction widens the interval."""
        most = least = ZERO
        for leaf in self._taking[n]:
            if marks := leaf.marks(findings.get(leaf.code), duties):
                most += leaf.weight - marks[0]
                least += leaf.weight - marks[1]
        if self._given:
            most, least = most * self._weights[n] / self._given, least * self._weights[n] / self._given
        lower[n], upper[n] = max(ZERO, lower[n] - most), max(ZERO, upper[n] - least)

    def _spread(self, lower: list[Decimal], upper: list[Decimal], effective: list[Decimal], base: list[Decimal]) -> list[Decimal]:
        """Top down: marks become contributions to the whole. Returns each node's full marks; `lower` and `upper` are changed in place."""
        full = effective
        nominal = list(self._weights) if self._whole else full  # what a node would be worth if everything below it applied
        for n, a, b, _ in self._inner:
            divisor, above = base[n], nominal[n]
            if not divisor or divisor == above:
                continue
            for child in range(a, b):
                if not (out := effective[child]):
                    continue
                contribution = out * above / divisor
                up, low = upper[child], lower[child]
                upper[child] = contribution if up == out else up * above / divisor if up else ZERO
                lower[child] = upper[child] if low == up else low * above / divisor if low else ZERO
                if self._whole:
                    nominal[child] = nominal[child] * above / divisor
                full[child] = contribution
        return full


def _split(leaves: _Leaves, duties: frozenset[str]) -> tuple[_Leaves, _Leaves]:
    """The leaves that are due from a unit with these duties, and those that are not."""
    due = tuple(one for one in leaves if duties.issuperset(one[1].needs))
    return due, tuple(one for one in leaves if not duties.issuperset(one[1].needs))


def _dimensions(nodes: list[Indicator]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for n, node in enumerate(nodes):
        if node.is_leaf and node.dimension:
            found.setdefault(node.dimension.value, []).append(n)
    return found


def _picker(places: list[int]) -> Any:
    """A function that takes these places of a list; always as a tuple."""
    pick = itemgetter(*places)
    return pick if len(places) > 1 else lambda values: (pick(values),)
