"""What leaders' pages read of published files beside rankings and profiles. Tests replace the service modules named here."""

from collections.abc import Callable, Sequence
from typing import Any

import streamlit as st

from dashboard.components import data, theme
from dashboard.components.boundary import home, service
from scoring.services import fixes as fixes_service
from scoring.services import maps, matrix
from scoring.services.fixes import Fix
from scoring.services.maps import Layout
from scoring.services.matrix import Matrix
from scoring.services.shapes import PeriodInfo, Ranking

_Key = tuple[str, str, int | None, str]


@st.cache_resource(max_entries=32, show_spinner=False)
def _matrix(key: _Key, codes: tuple[str, ...]) -> Matrix:
    return matrix.of(data.workspace(), key[1], key[3], codes)


@service
def rates(period: PeriodInfo, group: str, codes: Sequence[str]) -> Matrix:
    """The 得分率 of a group's units on some indicators; a published file is immutable, so it is kept by home, period and revision."""
    return _matrix((str(home()), period.ref, period.revision, group), tuple(codes))


@st.cache_resource(max_entries=256, show_spinner=False)
def _fixes(key: _Key, most: int) -> Sequence[Fix]:
    return fixes_service.best_fixes(data.workspace(), key[1], key[3], most)


def fixes(period: PeriodInfo, unit: str, most: int) -> Sequence[Fix]:
    """The fixes that bring a unit most, kept likewise; raises what the service raises, since a page has more to show than these."""
    return _fixes((str(home()), period.ref, period.revision, unit), most)


@st.cache_resource(max_entries=256, show_spinner=False)
def _made(key: tuple[object, ...], _make: Callable[[], Any]) -> Any:  # noqa: ARG001 - it is kept by the key
    return _make()


def kept(ranking: Ranking, name: str, make: Callable[[], Any], *more: object) -> Any:
    """A chart or a table's frame that follows from a published ranking, kept for the theme and width it was made for; `more`: what else it depends on.

    What comes of drafts is made anew. Nobody may change what is returned.
    """
    if ranking.draft or ranking.period.revision is None:
        return make()
    period = ranking.period
    return _made((str(home()), period.ref, period.revision, ranking.group, name, theme.dark(), theme.is_phone(), *more), make)


@service
def layout() -> Layout:
    """Where units lie on the page."""
    return maps.layout(data.workspace())
