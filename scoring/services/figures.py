"""Numbers as exports and the canonical text write them: 12 places, half up; empty for none."""

from collections.abc import Iterator
from decimal import Decimal
from functools import lru_cache

from scoring.score import Nodes
from scoring.services.compute import exact

Texts = tuple[str, str, str, str, str]
"""得分, 下限, 上限, 满分 and 得分率 of one node."""


@lru_cache(maxsize=1 << 16)
def places(value: Decimal | None) -> str:
    """A number for an export: 12 places, half up; empty for None."""
    return exact(value) or ""


@lru_cache(maxsize=1 << 16)
def rate(total: Decimal, full: Decimal) -> str:
    """得分率 with 12 places; empty when nothing applies."""
    return places(total / full) if full else ""


_NONE, _WHOLE = places(Decimal(0)), places(Decimal(1))


def of_nodes(nodes: Nodes) -> Iterator[Texts]:
    """The numbers of every node of a unit, in their order.

    A unit's nodes are many and mostly have no interval and full marks or none: what two columns share is written once.
    """
    lower, upper, total, weight, *_ = nodes.columns
    for low, up, points, full in zip(lower, upper, total, weight, strict=True):
        text = places(points)
        if points == full:
            most, share = text, _WHOLE if full else ""
        else:
            most, share = places(full), rate(points, full) if points else _NONE
        if low is points and up is points:
            yield text, text, text, most, share
        else:
            yield text, places(low), places(up), most, share
