"""What an address asks of 单位画像 beside the unit: `indicator`, one leaf or everything below a first-level indicator, shown before all else."""

import streamlit as st

from dashboard.components import leaf, ui
from dashboard.strings import unit as words
from scoring.services.shapes import LeafResult, UnitProfile

_OPEN = 3


def card(profile: UnitProfile) -> None:
    """The asked findings; nothing where the address names no indicator of this unit."""
    asked = st.query_params.get("indicator", "")
    found = [one for one in profile.leaves if asked and asked in (one.code, one.first_level)]
    if not found:
        return
    titles = {node.code: node.title for node in profile.edition.index}
    title = found[0].title if found[0].code == asked else titles[asked]
    lost = [one for one in found if one.lost or len(found) == 1]
    with ui.card(words.ASKED.format(title=title), words.ASKED_NOTE.format(n=len(found), lost=sum(bool(one.lost) for one in found))):
        for one in lost:
            _finding(one, profile, opened=len(lost) <= _OPEN)
        if not lost:
            st.caption(words.ASKED_NONE)
        st.button(words.ASKED_CLOSE, icon=":material/close:", type="tertiary", key="unit_asked_close", on_click=_close)


def _finding(one: LeafResult, profile: UnitProfile, *, opened: bool) -> None:
    key = f"unit_asked_{one.code}"
    with st.expander(leaf.label(one), expanded=opened, key=key):
        leaf.body(one, key=key, indicator=one.code, source="unit", period=profile.period.ref, unit=profile.row.unit)


def _close() -> None:
    del st.query_params["indicator"]
