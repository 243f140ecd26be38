"""One leaf as a reader meets it: 发现的问题 → 怎么改 → 评估依据 → 取证记录."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard.components import links, theme, ui
from dashboard.components.text import beijing, plain, points
from dashboard.strings import common as words
from scoring.model import EvidenceRef, Outcome
from scoring.services.shapes import LeafResult

_SHOWN = 3


def label(leaf: LeafResult) -> str:
    """The label of an expander: outcome with icon and colour, title, what can be gained."""
    mark = theme.MARKS[leaf.outcome]
    gain = words.CAN_GAIN.format(points=points(leaf.lost)) if leaf.lost else words.FULL_MARKS.format(full=points(leaf.full))
    return f":{mark.colour}[{mark.icon} {leaf.outcome.zh}] &nbsp; **{plain(leaf.title)}** &nbsp; :gray[{gain}]"


def scored(leaf: LeafResult) -> str:
    """What the leaf got, in words."""
    if not leaf.full:
        return words.BESIDE
    if leaf.points is None:
        return words.UNKNOWN_POINTS.format(full=points(leaf.full))
    return words.GOT.format(points=points(leaf.points), full=points(leaf.full))


def body(leaf: LeafResult, *, key: str) -> None:
    """The four parts, two columns where there is room."""
    with st.grid(2, min_column_width=320):
        with st.container():
            part(words.FOUND, leaf.reason)
            part(words.FIX, leaf.indicator.fix or words.NO_FIX)
            part(words.BASIS, leaf.indicator.basis or words.NO_BASIS)
            st.caption(scored(leaf))
            _review(leaf)
        with st.container():
            st.markdown(f"**{words.EVIDENCE}**")
            evidence(leaf.evidence, key=key)


def part(head: str, text: str) -> None:
    """A bold head with its text; the text may quote a page, so it is written literally."""
    with st.container(gap="xxsmall"):
        st.markdown(f"**{head}**")
        st.text(text)


def evidence(refs: Sequence[EvidenceRef], *, key: str) -> None:
    """Addresses and times; the stored copy opens on the evidence page, the live page in a new tab."""
    if not refs:
        st.caption(words.NO_EVIDENCE)
    for n, ref in enumerate(refs[:_SHOWN]):
        with st.container(key=f"{key}_evidence_{n}", gap="xsmall"):
            st.code(ref.url, language=None, wrap_lines=True)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(words.SEEN_AT.format(at=beijing(ref.at)), width="content")
                if ref.snapshot:
                    links.link("evidence", words.OPEN_STORED, icon=":material/plagiarism:", snapshot=ref.snapshot)
                else:
                    st.caption(words.NO_SNAPSHOT, width="content")
                links.outside(ref.url, words.OPEN_LIVE, key=f"{key}_live_{n}")
    if len(refs) > _SHOWN:
        st.caption(words.MORE_EVIDENCE.format(n=len(refs) - _SHOWN))


def total_lost(leaves: Sequence[LeafResult]) -> Decimal:
    """Points that these leaves could still gain."""
    return sum((leaf.lost for leaf in leaves if leaf.lost is not None), Decimal(0))


def by_outcome(leaves: Sequence[LeafResult]) -> dict[Outcome, list[LeafResult]]:
    """Leaves by outcome in the order pages list them, each most points first."""
    groups: dict[Outcome, list[LeafResult]] = {outcome: [] for outcome in (*ui.ORDER, Outcome.NOT_APPLICABLE)}
    for leaf in sorted(leaves, key=lambda one: -(one.lost or Decimal(0))):
        groups[leaf.outcome].append(leaf)
    return groups


def _review(leaf: LeafResult) -> None:
    if not leaf.reviewed:
        return
    st.caption(plain(words.REVIEWED.format(by=leaf.review_by, at=beijing(leaf.review_at))))
    if leaf.review_why:
        st.caption(plain(words.REVIEW_WHY.format(why=leaf.review_why)))
    if leaf.machine_outcome is not None and leaf.machine_outcome != leaf.outcome:
        st.caption(plain(words.MACHINE_SAID.format(outcome=leaf.machine_outcome.zh, reason=leaf.machine_reason)))
