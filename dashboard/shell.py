"""The frame around every page: language, banner of a simulated workspace, role switch."""

from pathlib import Path

import streamlit as st

from dashboard import navigation
from dashboard.components import data, links, memory, people, theme
from dashboard.strings import common as words
from dashboard.strings import people as names
from scoring.model import Role

_CHINESE = (
    "const html = document.documentElement; const mark = () => { if (html.lang !== 'zh-CN') html.lang = 'zh-CN'; };"
    " mark(); new MutationObserver(mark).observe(html, {attributes: true, attributeFilter: ['lang']});"
)
"""Whatever sets the language after us is set right again."""
_STATIC = Path(__file__).resolve().parent.parent / "static"


def configure() -> None:
    """Page config; Streamlit ships `lang="en"`, which makes readers and translators misread the page."""
    memory.set_aside()
    st.set_page_config(page_title=words.PRODUCT, page_icon=str(_STATIC / "icon.png"), layout="wide")
    st.logo(str(_STATIC / "logo.png"), size="medium")
    st.html(f"<script>{_CHINESE}</script>", unsafe_allow_javascript=True)


def run() -> None:
    """Show the page of the address to the person in front of it."""
    if people.switchable():
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="shell_banner"):
            why = "" if theme.is_phone() else f" :small[:gray[{words.SIMULATED_WHY}]]"  # the badge and the roles fill a telephone's line
            st.markdown(f":orange-badge[:material/science: {words.SIMULATED}]{why}", width="content")
            st.segmented_control(
                words.ROLE,
                [role.zh for role in names.ROLES],
                default=Role.LEADER.zh,
                required=True,
                key=people.KEY,
                bind="query-params",
                label_visibility="collapsed",
                on_change=_switched,
            )
    elif data.simulated():
        st.markdown(f":orange-badge[:material/science: {words.SIMULATED}] :small[:gray[{words.SIMULATED_WHY}]]")
    navigation.build(people.current()).run()


def _switched() -> None:
    """Another person sits down: start on that person's first page."""
    chosen = next((role for role in Role if role.zh == st.session_state[people.KEY]), Role.LEADER)
    links.open_page(navigation.home_of(chosen))
