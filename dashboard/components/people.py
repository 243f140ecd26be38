"""Who is in front of the page. Sign-in comes with deployment; until then a simulated workspace lets one choose, a real one serves this machine's operator."""

from dataclasses import dataclass

import streamlit as st

from dashboard.components import data
from dashboard.strings import people as words
from scoring.model import Role

KEY = "role"
_LOOPBACK = ("127.0.0.1", "localhost", "::1")


@dataclass(frozen=True, slots=True)
class Person:
    """A signed-in person: the name that goes into the records, and the role."""

    name: str
    role: Role


def switchable() -> bool:
    """The role switch exists only in a simulated workspace that nobody else can reach."""
    return data.simulated() and _local()


def current() -> Person:
    """The person of this session."""
    if switchable():
        chosen = st.session_state.get(KEY) or st.query_params.get(KEY)
        role = next((role for role in Role if role.zh == chosen), Role.LEADER)
        return Person(words.SIMULATED_NAMES[role], role)
    return Person(words.OPERATOR, Role.EVALUATOR) if _local() else Person(words.VISITOR, Role.LEADER)


def _local() -> bool:
    return st.get_option("server.address") in _LOOPBACK
