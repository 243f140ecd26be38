"""An edition as a table: one row a node, the tree first, then what hangs beside it."""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from crawlers.status import Labelled
from scoring.edition import params
from scoring.model import Check, Edition, Indicator


class Part(Labelled):
    """Where a node hangs."""

    INDEX = "index", "指标"
    VETO = "veto", "单项否决"
    DEDUCTION = "deductions", "扣分项"
    BONUS = "bonus", "加分项"


@dataclass(frozen=True, slots=True)
class EditionRow:
    """One node. `path`: the nodes above it, first level first; `weight`: points, the most a deduction takes, None for a veto.

    `source`: code of the item a deduction takes from. `score`: what a veto leaves (None: nothing).
    """

    part: Part
    path: tuple[Indicator, ...]
    node: Indicator
    weight: Decimal | None
    source: str = ""
    score: Decimal | None = None

    @property
    def parent(self) -> str:
        """Code of the node above; empty on the first level and beside the tree."""
        return self.path[-1].code if self.path else ""

    @property
    def criteria(self) -> str:
        """评分标准: the guide and its levels, or the rule and its parameters."""
        manual = self.node.manual
        if manual:
            return "\n".join(part for part in (manual.guide, self.levels) if part)
        return "\n".join(part for part in (self.node.rule, self.params) if part)

    @property
    def levels(self) -> str:
        """优=1；良=0.7, or empty."""
        manual = self.node.manual
        return "；".join(f"{name}={plain(ratio)}" for name, ratio in manual.levels.items()) if manual else ""

    @property
    def params(self) -> str:
        """The rule's parameters, a line each."""
        return params.write(given(self.node))


def rows(edition: Edition) -> list[EditionRow]:
    """Every node of an edition, in order."""
    found = [row for node in edition.index for row in _below((), node)]
    found += [EditionRow(Part.VETO, (), veto.leaf, None, score=veto.score) for veto in edition.vetoes]
    found += [EditionRow(Part.DEDUCTION, (), one.leaf, one.max, source=one.source) for one in edition.deductions]
    return found + [EditionRow(Part.BONUS, (), leaf, leaf.weight) for leaf in (edition.bonus.leaves if edition.bonus else ())]


def given(leaf: Indicator) -> dict[str, Any]:
    """The parameters that an edition wrote for a rule, and the defaults of the others."""
    return params.given(leaf.params)


def counts(edition: Edition) -> dict[Check, int]:
    """How many leaves are decided how."""
    leaves = list(edition.leaves())
    return {check: sum(leaf.check is check for leaf in leaves) for check in Check}


def unverified(edition: Edition) -> int:
    """How many leaves carry figures that nobody has held against their original text."""
    return sum(not leaf.verified for leaf in edition.leaves())


def plain(number: Decimal) -> str:
    """A weight as people write it: 18, 0.75."""
    return f"{number.normalize() + 0:f}"


def _below(path: tuple[Indicator, ...], node: Indicator) -> Iterator[EditionRow]:
    yield EditionRow(Part.INDEX, path, node, node.weight)
    for child in node.children:
        yield from _below((*path, node), child)
