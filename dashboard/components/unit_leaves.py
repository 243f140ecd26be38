"""A unit's leaves on 单位画像: what was lost, what is unknown, the rest, the list to take away."""

from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.components import leaf, links, tables, ui
from dashboard.components.text import exact, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import unit as words
from scoring.model import Outcome
from scoring.services.shapes import LeafResult, UnitProfile

_TOP = 10
_KEY = "unit_csv"


def vetoed(profile: UnitProfile) -> None:
    """What bars the unit from the ranking, opened, before anything else."""
    found = [one for one in profile.leaves if one.code in profile.row.score.veto]
    with st.container(key="unit_veto"):
        st.header(words.VETO.format(n=len(found)), anchor=False)
        nodes = profile.row.score.nodes
        earned = sum((nodes[node.code].total for node in profile.edition.index if node.code in nodes), Decimal(0))
        st.caption(words.VETO_NOTE.format(total=points(profile.row.score.total), points=points(earned)))
        _expanders(found, profile, "unit_veto_leaf", opened=len(found))


def scored(profile: UnitProfile) -> None:
    """Leaves of a unit that has a total: lost points first."""
    vetoes = set(profile.row.score.veto)
    lost = [one for one in profile.leaves if one.lost]
    unknown = [one for one in profile.leaves if one.outcome is Outcome.NOT_OBSERVED]
    rest = [one for one in profile.leaves if not one.lost and one.outcome is not Outcome.NOT_OBSERVED and one.code not in vetoes]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="unit_leaves_top"):
        st.header(words.LEAVES.format(n=len(lost), points=points(leaf.total_lost(lost))) if lost else words.LEAVES_NONE, anchor=False)
        _download(profile, short=False)
    if lost:
        st.caption(words.LEAVES_NOTE)
        _expanders(lost[:_TOP], profile, "unit_lost_leaf", opened=0 if vetoes else 1)
        if len(lost) > _TOP and st.toggle(words.REST.format(n=len(lost) - _TOP), key="unit_rest", bind="query-params"):
            _expanders(lost[_TOP:], profile, "unit_rest_leaf")
    if unknown:
        st.header(words.UNKNOWN.format(n=len(unknown)), anchor=False)
        st.caption(words.UNKNOWN_NOTE)
        leaf.unknown(unknown, key="unit_unknown", **_origin(profile))
    if rest:
        with st.expander(words.PASSED.format(n=len(rest)), key="unit_passed"):
            _table(rest)


def unscored(profile: UnitProfile) -> None:
    """Leaves of a 数据不足 unit: nothing here counts as lost."""
    unknown = [one for one in profile.leaves if one.outcome is Outcome.NOT_OBSERVED and one.full]
    known = [one for one in profile.leaves if one.outcome is not Outcome.NOT_OBSERVED and one.full]
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="unit_leaves_top"):
        st.header(words.UNKNOWN.format(n=len(unknown)), anchor=False)
        _download(profile, short=True)
    if unknown:
        leaf.unknown(unknown, key="unit_unknown", **_origin(profile))
    if known:
        with st.expander(words.KNOWN.format(n=len(known)), key="unit_passed"):
            st.caption(words.KNOWN_NOTE)
            _table(known)


def causes(profile: UnitProfile) -> list[tuple[str, int]]:
    """Why leaves are unknown, most frequent first."""
    found: dict[str, int] = {}
    for one in profile.leaves:
        if one.outcome is Outcome.NOT_OBSERVED and one.full:
            found[one.reason] = found.get(one.reason, 0) + 1
    return sorted(found.items(), key=lambda entry: -entry[1])


def _origin(profile: UnitProfile) -> dict[str, str]:
    return {"source": "unit", "period": profile.period.id, "unit": profile.row.unit}


def _expanders(leaves: list[LeafResult], profile: UnitProfile, key: str, *, opened: int = 0) -> None:
    with st.container(gap="xsmall"):
        for n, one in enumerate(leaves):
            with st.expander(leaf.label(one), expanded=n < opened, key=f"{key}_{one.code}"):
                leaf.body(one, key=f"{key}_{one.code}", indicator=one.code, **_origin(profile))
                ids = {"period": profile.period.ref, "group": profile.group, "unit": profile.row.unit, "indicator": one.code}
                links.link("indicator", words.EVERY_UNIT, icon=":material/checklist:", **ids)


def _table(leaves: list[LeafResult]) -> None:
    frame = pd.DataFrame(
        {
            words.COLUMN_OUTCOME: [ui.marked(one.outcome) for one in leaves],
            words.COLUMN_LEAF: [one.title for one in leaves],
            words.COLUMN_POINTS: [exact(one.points) for one in leaves],
            words.COLUMN_FULL: [exact(one.full) if one.full else common.NONE for one in leaves],
            words.COLUMN_REASON: [one.reason for one in leaves],
        }
    )
    tables.show(frame, take=_KEY, alt=words.PASSED_ALT)


def _download(profile: UnitProfile, *, short: bool) -> None:
    name = words.FILE.format(period=profile.period.title, unit=profile.row.name)
    tables.download(tables.Take(_KEY, name, lambda: csv(profile, short=short), words.DOWNLOAD))


def csv(profile: UnitProfile, *, short: bool) -> bytes:
    """Every leaf with its reason and evidence, points as shown and unrounded; nothing is lost where too little was seen (`short`)."""
    first = {node.code: node.title for node in profile.edition.index}
    header = [words.COLUMN_CODE, words.COLUMN_LEVEL, words.COLUMN_LEAF, words.COLUMN_OUTCOME, words.COLUMN_POINTS, words.COLUMN_FULL, words.COLUMN_LOST]
    header += [words.COLUMN_REASON, words.COLUMN_FIX, words.COLUMN_BASIS, words.COLUMN_URL, common.PICTURE]
    header += [common.UNROUNDED.format(name=name) for name in (words.COLUMN_POINTS, words.COLUMN_FULL, words.COLUMN_LOST)]
    rows: list[list[object]] = [
        [
            one.code,
            first.get(one.first_level, words.BESIDE),
            one.title,
            one.outcome.zh,
            exact(one.points),
            exact(one.full),
            common.NONE if short else exact(lost(one)),
            one.reason,
            one.indicator.fix,
            one.indicator.basis,
            one.evidence[0].url if one.evidence else "",
            leaf.picture(one),
            *map(unrounded, (one.points, one.full, None if short else lost(one))),
        ]
        for one in profile.leaves
    ]
    return to_csv(header, rows)


def lost(one: LeafResult) -> Decimal | None:
    """Points lost; 0 where it was scored and lost none, None where it was not scored."""
    return one.lost if one.lost is not None else Decimal(0) if one.points is not None else None
