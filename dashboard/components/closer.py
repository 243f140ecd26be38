"""What the pages that look closely (单位画像, 指标分析, 对比) ask of services; published results are immutable, so they are kept by home, period and revision.

Tests replace the service modules named here.
"""

from collections.abc import Callable, Sequence
from typing import TypeVar

import streamlit as st

from dashboard.components import data
from dashboard.components.boundary import attempt, home, service
from scoring.services import children as children_service
from scoring.services import course as course_service
from scoring.services import fixes as fixes_service
from scoring.services import indicator as indicator_service
from scoring.services import makeup as makeup_service
from scoring.services import peers
from scoring.services.children import Child
from scoring.services.course import Point
from scoring.services.fixes import Plan
from scoring.services.indicator import IndicatorView
from scoring.services.makeup import PartView
from scoring.services.peers import Fields
from scoring.services.shapes import PeriodInfo, Ranking

T = TypeVar("T")
_Key = tuple[str, str, int | None, str]
_BEST = 5


@st.cache_resource(max_entries=2048, show_spinner=False)
def _kept(what: str, key: _Key, _make: Callable[[], T]) -> T:  # noqa: ARG001 - it is kept by the key
    return _make()


def _key(period: PeriodInfo, unit: str) -> _Key:
    return str(home()), period.ref, period.revision, unit


def plan(period: PeriodInfo, unit: str) -> tuple[Plan | None, str]:
    """The five best fixes of a unit, or why none can be computed: a card may lack them, the page goes on."""
    return attempt(lambda: _kept("plan", _key(period, unit), lambda: fixes_service.plan(data.workspace(), period.ref, unit, _BEST)))


@service
def children(period: PeriodInfo, unit: str) -> Sequence[Child]:
    """The units below a unit."""
    return _kept("children", _key(period, unit), lambda: children_service.children(data.workspace(), period.ref, unit))


@service
def parts(period: PeriodInfo, unit: str) -> Sequence[PartView]:
    """What a unit's score is made of."""
    return _kept("parts", _key(period, unit), lambda: makeup_service.parts(data.workspace(), period.ref, unit))


@service
def course(period: PeriodInfo, unit: str) -> Sequence[Point]:
    """A unit's way through the periods: kept as long as no other period is published."""
    return _kept(f"course {_published()}", _key(period, unit), lambda: course_service.course(data.workspace(), period.ref, unit))


@st.cache_resource(max_entries=128, show_spinner=False)
def _view(key: _Key, code: str, known: str) -> IndicatorView:  # noqa: ARG001 - another published period changes its past
    return indicator_service.view(data.workspace(), key[1], key[3], code)


@service
def indicator(period: PeriodInfo, group: str, code: str) -> IndicatorView:
    """One indicator of a group; kept as long as no other period is published."""
    return _view(_key(period, group), code, _published())


def fields(ranking: Ranking) -> Fields:
    """The rates of a group's units, sorted out once."""
    return _kept("fields", _key(ranking.period, ranking.group), lambda: peers.fields(ranking))


def _published() -> str:
    return ",".join(f"{one.ref}@{one.revision}" for one in data.published_periods())
