"""Lists without an element for each entry: titles and days take turns under one parent (`a`, `ul`, `a`, `ul` …; `h3`, `p`, `h3`, `p` …; `em`, `a`, `em`, `a` …)."""

import re
from collections.abc import Sequence

from selectolax.lexbor import LexborNode

_WHOLE = re.compile(r"(?:19|20)\d{2}\s{0,2}[-/.年]\s{0,2}\d{1,2}\s{0,2}[-/.月]\s{0,2}\d{1,2}")
_SHORT = re.compile(r"[\[(（【]?\s?\d{1,2}\s?[-/.月]\s?\d{1,2}\s?日?\s?[\])）】]?")
_NODES, _LONG = 4, 60
"""Nodes beside a title that may hold its day, and characters of what they say: what says more is no day."""


def takes_turns(anchor: LexborNode) -> bool:
    """Whether a link stands bare among others, and a day beside it."""
    parent = anchor.parent
    if parent is None or parent.tag in ("body", "p", "td") or not (_day(anchor, forward=True) or _day(anchor, forward=False)):
        return False
    return any(node.mem_id != anchor.mem_id and node.tag == "a" for node in parent.iter())


def days(rows: Sequence[LexborNode]) -> dict[int, str]:
    """What the rows of one parent have beside them, by `mem_id`: the days after them, or those before them when the last has none after it; empty when there are none."""
    after = {row.mem_id: _day(row, forward=True) for row in rows}
    if after[rows[-1].mem_id]:
        return after
    before = {row.mem_id: _day(row, forward=False) for row in rows}
    return before if before[rows[0].mem_id] else {}


def _day(node: LexborNode, *, forward: bool) -> str:
    """The text between a title and the next one, where it states a day; empty otherwise."""
    pieces: list[str] = []
    mate = node.next if forward else node.prev
    for _ in range(_NODES):
        if mate is None or mate.tag in ("a", "br") or (mate.tag not in ("-text", "-comment") and mate.css_first("a[href]") is not None):
            break
        if mate.tag != "-comment":
            pieces.append(" ".join((mate.text_content or "").split() if mate.tag == "-text" else mate.text(separator=" ").split()))
        mate = mate.next if forward else mate.prev
    text = " ".join(piece for piece in (pieces if forward else reversed(pieces)) if piece)
    return text if len(text) <= _LONG and (_WHOLE.search(text) or _SHORT.fullmatch(text)) else ""
