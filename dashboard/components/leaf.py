"""One leaf as a reader meets it: 发现的问题 → 怎么改 → 评估依据 → 取证记录."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard.components import links, theme, ui
from dashboard.components.text import beijing, exact, plain
from dashboard.strings import common as words
from scoring.model import EvidenceRef, Outcome
from scoring.services import fixes
from scoring.services.shapes import LeafResult

_SHOWN = 3


def label(leaf: LeafResult) -> str:
    """The label of an expander: outcome with icon and colour, title, what can be gained."""
    mark = theme.MARKS[leaf.outcome]
    gain = gain_of(leaf) if leaf.lost else words.FULL_MARKS.format(full=exact(leaf.full)) if leaf.full else words.BESIDE
    return f":{mark.colour}[{mark.icon} {leaf.outcome.zh}] &nbsp; **{plain(leaf.title)}** &nbsp; :gray[{gain}]"


def recoverable(leaf: LeafResult) -> bool:
    """True when points were lost that can still be gained; a deadline that has passed cannot be met again this year."""
    return bool(leaf.lost) and leaf.reason_code not in fixes.LATE


def gain_of(leaf: LeafResult) -> str:
    """What mending it brings, in words."""
    return (words.CAN_GAIN if recoverable(leaf) else words.GONE).format(points=exact(leaf.lost))


def scored(leaf: LeafResult) -> str:
    """What the leaf got, in words."""
    if not leaf.full:
        return words.BESIDE
    if leaf.points is None:
        return words.UNKNOWN_POINTS.format(full=exact(leaf.full))
    return words.GOT.format(points=exact(leaf.points), full=exact(leaf.full))


def body(leaf: LeafResult, *, key: str, **origin: str) -> None:
    """The four parts, two columns where there is room. `origin`: ids that lead from the stored page back to this finding."""
    with st.grid(2, min_column_width=320):
        with st.container():
            part(words.FOUND, leaf.reason)
            part(words.FIX, leaf.indicator.fix or words.NO_FIX)
            part(words.BASIS, leaf.indicator.basis or words.NO_BASIS)
            st.caption(scored(leaf))
            from_run(leaf)
            _review(leaf)
        with st.container():
            st.markdown(f"**{words.EVIDENCE}**")
            evidence(leaf.evidence, key=key, **origin)
            if leaf.outcome in (Outcome.UNMET, Outcome.PARTIAL) and not any(ref.picture for ref in leaf.evidence):
                st.caption(words.NO_PICTURE)


def from_run(leaf: LeafResult) -> None:
    """Which run the machine's finding comes from."""
    if leaf.run:
        st.caption(plain(words.FROM_RUN.format(run=leaf.run)))


def picture(leaf: LeafResult) -> str:
    """What a problem list says of the screenshot: its stored address, that there is none and why, or nothing where none is due."""
    if leaf.outcome not in (Outcome.UNMET, Outcome.PARTIAL):
        return ""
    return next((ref.snapshot for ref in leaf.evidence if ref.picture), words.NO_PICTURE)


def part(head: str, text: str) -> None:
    """A bold head with its text; the text may quote a page, so it is written literally."""
    with st.container(gap="xxsmall"):
        st.markdown(f"**{head}**")
        st.text(text)


def evidence(refs: Sequence[EvidenceRef], *, key: str, **origin: str) -> None:
    """Addresses and times; the stored copy opens on the evidence page, the live page in a new tab."""
    if not refs:
        st.caption(words.NO_EVIDENCE)
    for n, ref in enumerate(refs[:_SHOWN]):
        with st.container(key=f"{key}_evidence_{n}", gap="xsmall"):
            st.code(ref.url, language=None, wrap_lines=True)
            with st.container(horizontal=True, vertical_alignment="center"):
                st.caption(words.SEEN_AT.format(at=beijing(ref.at)), width="content")
                if ref.picture:
                    links.link("evidence", words.OPEN_PICTURE, icon=":material/photo_camera:", snapshot=ref.snapshot, **origin)
                elif ref.snapshot:
                    links.link("evidence", words.OPEN_STORED, icon=":material/plagiarism:", snapshot=ref.snapshot, **origin)
                else:
                    st.caption(words.NO_SNAPSHOT, width="content")
                links.outside(ref.url, words.OPEN_LIVE, key=f"{key}_live_{n}")
    if len(refs) > _SHOWN:
        st.caption(words.MORE_EVIDENCE.format(n=len(refs) - _SHOWN))


def total_lost(leaves: Sequence[LeafResult]) -> Decimal:
    """Points that these leaves lost."""
    return sum((leaf.lost for leaf in leaves if leaf.lost is not None), Decimal(0))


def total_gain(leaves: Sequence[LeafResult]) -> Decimal:
    """Points that these leaves could still gain."""
    return total_lost([leaf for leaf in leaves if recoverable(leaf)])


def unknown(leaves: Sequence[LeafResult], *, key: str, **origin: str) -> None:
    """未判定 leaves behind one expander, by what kept us from looking; a reason that stands alone keeps its four parts."""
    reasons: dict[str, list[LeafResult]] = {}
    for leaf in leaves:
        reasons.setdefault(leaf.reason, []).append(leaf)
    mark = theme.MARKS[Outcome.NOT_OBSERVED]
    with st.expander(f":{mark.colour}[{mark.icon}] {words.UNKNOWN_SEE.format(n=len(leaves))}", key=key):
        for reason, group in sorted(reasons.items(), key=lambda entry: -len(entry[1])):
            with st.container(border=True):
                st.markdown(
                    f"**{plain(words.COMMA.join(leaf.title for leaf in group) if len(group) <= _SHOWN else words.UNKNOWN_GROUP.format(n=len(group)))}**"
                )
                if len(group) == 1:
                    body(group[0], key=f"{key}_{group[0].code}", **{**origin, "indicator": group[0].code})
                    continue
                st.text(reason)
                if len(group) > _SHOWN:
                    st.caption(plain(words.COMMA.join(leaf.title for leaf in group)))
                evidence(group[0].evidence, key=f"{key}_{group[0].code}", **{**origin, "indicator": group[0].code})


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
