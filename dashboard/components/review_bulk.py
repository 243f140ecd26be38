"""One reason for every leaf of a unit that nobody can see: each becomes a review of its own."""

from collections.abc import Container
from functools import partial

import streamlit as st

from dashboard.components import boundary, data, review_card
from dashboard.components.people import Person
from dashboard.components.text import plain, points
from dashboard.strings import common
from dashboard.strings import review as words
from scoring.model import Check, Outcome
from scoring.services.reviews import Decision
from scoring.services.shapes import LeafResult, PeriodInfo, UnitProfile

_LEAST = 2


def open_leaves(profile: UnitProfile, waiting: Container[str]) -> list[LeafResult]:
    """The leaves that the action settles: not those a person scores, not those already settled."""
    return [one for one in profile.leaves if one.code in waiting and one.check is not Check.MANUAL and one.outcome is Outcome.NOT_OBSERVED]


def show(period: PeriodInfo, profile: UnitProfile, waiting: Container[str], *, actor: Person) -> None:
    """The action behind an expander, with the list, one reason and a confirmation."""
    leaves = open_leaves(profile, waiting)
    if len(leaves) < _LEAST:
        return
    key = f"review_bulk_{period.id}_{profile.row.unit}_{len(leaves)}"
    with st.expander(words.BULK.format(n=len(leaves)), icon=":material/visibility_off:", key=key):
        st.caption(words.BULK_NOTE)
        st.caption(plain(common.COMMA.join(one.title for one in leaves)))
        st.text_area(words.BULK_WHY, key=f"{key}_why", placeholder=words.BULK_WHY_HINT, height=80)
        sure = st.checkbox(words.BULK_SURE.format(n=len(leaves)), key=f"{key}_sure")
        st.button(
            words.BULK_DO,
            icon=":material/done_all:",
            disabled=not sure,
            key=f"{key}_do",
            on_click=_record,
            args=(period, profile, leaves, actor, f"{key}_why"),
        )


def _record(period: PeriodInfo, profile: UnitProfile, leaves: list[LeafResult], actor: Person, field: str) -> None:
    why = str(st.session_state.get(field) or "").strip()
    if not why:
        review_card.say(error=words.NEED_WHY)
        return
    for n, one in enumerate(leaves):
        decision = Decision(period.id, profile.row.unit, one.code, one.seq, Outcome.NOT_OBSERVED, why=why)
        saved, error = boundary.attempt(partial(data.decide, decision, actor=actor.name, role=actor.role))
        if saved is None:
            review_card.say(error=words.BULK_STOPPED.format(n=n, why=error))
            return
    total = data.draft_profile(period, profile.row.unit).row.score.total
    review_card.say(done=words.BULK_DONE.format(n=len(leaves), total=points(total)))
