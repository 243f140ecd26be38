"""The units below a unit, and what its score is made of."""

from collections.abc import Sequence
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import closer, links, tables, theme, ui
from dashboard.components.text import listed, percent, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import unit as words
from scoring.disclosure import EVERYTHING
from scoring.parts import PartSource
from scoring.services.children import Child
from scoring.services.makeup import PartView
from scoring.services.shapes import UnitProfile

_WORST = 3


def below(profile: UnitProfile) -> None:
    """Departments and towns of a district, most points lost first; nothing for a unit without any."""
    found = closer.children(profile.period, profile.row.unit)
    if not found:
        return
    with ui.card(words.CHILDREN.format(n=len(found)), sentence(found)):
        if profile.period.disclosure != EVERYTHING:
            st.caption(words.CHILDREN_TOLD)
        phone = theme.is_phone()
        frame = pd.DataFrame(
            {
                words.COLUMN_UNIT: [one.name for one in found],
                words.COLUMN_PLACE: [place(one) for one in found],
                words.COLUMN_TOTAL: [common.NONE if one.short else points(one.total) for one in found],
                words.COLUMN_LOST: [None if one.short else float(one.lost) for one in found],
                words.COLUMN_WORST: [_worst(one) for one in found],
            }
        )
        pulls = any(one.pull is not None for one in found)
        if pulls:
            frame[words.COLUMN_PULL] = [common.NONE if one.pull is None else points(one.pull) for one in found]
        if phone:
            frame = frame.drop(columns=[words.COLUMN_TOTAL, words.COLUMN_WORST])
        frame["open"] = words.OPEN
        most = max((float(one.lost) for one in found if not one.short), default=1.0) or 1.0
        config: dict[str, Any] = {
            words.COLUMN_UNIT: st.column_config.TextColumn(width=110 if phone else 200),
            words.COLUMN_PLACE: st.column_config.TextColumn(width=84 if phone else 150),
            words.COLUMN_TOTAL: st.column_config.TextColumn(alignment="right", width=64),
            words.COLUMN_LOST: st.column_config.ProgressColumn(format="%.1f", min_value=0, max_value=most, width=84 if phone else 150),
            words.COLUMN_WORST: st.column_config.TextColumn(width=280),
            words.COLUMN_PULL: st.column_config.TextColumn(alignment="right", width=84, help=words.PULL_HELP),
            "open": st.column_config.ButtonColumn("", type="tertiary", width=56, key="unit_children_open", on_click=_open, args=(profile, found)),
        }
        file = words.CHILDREN_FILE.format(period=profile.period.title, unit=profile.row.name)
        take = tables.Take("unit_children_csv", file, lambda: csv(found), words.CHILDREN_DOWNLOAD)
        tables.show(frame, take=take, most=12, column_config=config, alt=sentence(found), placeholder=common.NONE)


def sentence(found: Sequence[Child]) -> str:
    """Who pulls it down, in one sentence."""
    losing = [one for one in found if not one.short and one.lost > 0]
    short = sum(one.short for one in found)
    line = (
        words.CHILDREN_NONE
        if not losing
        else words.CHILDREN_WORST.format(names=listed([words.CHILD_LOST.format(name=one.name, points=points(one.lost)) for one in losing[:_WORST]]))
    )
    return line + (words.CHILDREN_SHORT.format(n=short) if short else "")


def place(one: Child) -> str:
    """第 3 名（市直部门 6 个）, or why there is none."""
    if one.rank is not None:
        return words.PLACE.format(rank=one.rank, group=one.group, size=one.size)
    return words.PLACE_EXCLUDED if one.excluded else words.PLACE_VETO if one.veto else common.SHORT_DATA


def made_of(profile: UnitProfile) -> None:
    """组成: the parts of a composed score."""
    found = closer.parts(profile.period, profile.row.unit)
    if not found:
        return
    with ui.card(words.PARTS, words.PARTS_NOTE):
        frame = pd.DataFrame(
            {
                words.COLUMN_PART: [one.part.title for one in found],
                words.COLUMN_WEIGHT: [f"{one.part.weight.normalize():f}%" for one in found],
                words.COLUMN_RATE: [percent(one.rate) for one in found],
                words.COLUMN_PART_POINTS: [points(one.points) if one.weight else words.PART_OUT for one in found],
                words.COLUMN_FULL: [points(one.weight) if one.weight else common.NONE for one in found],
                words.COLUMN_SOURCE: [source(one) for one in found],
            }
        )
        config = {
            name: st.column_config.TextColumn(alignment="right", width=84)
            for name in (words.COLUMN_WEIGHT, words.COLUMN_RATE, words.COLUMN_PART_POINTS, words.COLUMN_FULL)
        }
        config[words.COLUMN_SOURCE] = st.column_config.TextColumn(width=420)
        file = words.PARTS_FILE.format(period=profile.period.title, unit=profile.row.name)
        take = tables.Take("unit_parts_csv", file, lambda: parts_csv(found))
        tables.show(frame, take=take, column_config=config, alt=words.PARTS)


def source(one: PartView) -> str:
    """Where a part's score comes from, with the seed of its draw."""
    kind = one.part.source
    if kind is PartSource.INDEX:
        return words.SOURCE_INDEX
    if kind is PartSource.IMPORT:
        return common.COMMA.join(words.SOURCE_FILE.format(name=each.source, row=each.row) for each in one.files) or words.SOURCE_NO_FILE
    if not one.inputs:
        return words.SOURCE_NO_CHILDREN
    line = words.SOURCE_CHILDREN.format(n=one.counted)
    return line if one.seed is None else line + words.SOURCE_SAMPLE.format(of=len(one.inputs), seed=one.seed)


def _worst(one: Child) -> str:
    return common.NONE if one.short or not one.worst else words.WORST.format(title=one.worst, points=points(one.worst_lost))


def parts_csv(found: Sequence[PartView]) -> bytes:
    """The parts as shown and unrounded."""
    shown = [words.COLUMN_RATE, words.COLUMN_PART_POINTS, words.COLUMN_FULL]
    header = [words.COLUMN_PART, words.COLUMN_WEIGHT, *shown, words.COLUMN_SOURCE, *(common.UNROUNDED.format(name=name) for name in shown)]
    rows: list[list[object]] = []
    for one in found:
        earned = points(one.points) if one.weight else words.PART_OUT
        full = points(one.weight) if one.weight else common.NONE
        exact = [unrounded(one.rate), *((unrounded(one.points), unrounded(one.weight)) if one.weight else ("", ""))]
        rows.append([one.part.title, f"{one.part.weight.normalize():f}%", percent(one.rate), earned, full, source(one), *exact])
    return to_csv(header, rows)


def csv(found: Sequence[Child]) -> bytes:
    """Every unit below, as shown and unrounded."""
    numbers = [words.COLUMN_TOTAL, words.COLUMN_LOST, words.COLUMN_PULL]
    header = [words.COLUMN_UNIT, common.GROUP, words.COLUMN_PLACE, words.COLUMN_TOTAL, words.COLUMN_LOST, words.COLUMN_WORST, words.COLUMN_PULL]
    header += [common.UNROUNDED.format(name=name) for name in numbers]
    rows = [
        [
            one.name,
            one.group,
            place(one),
            *(common.NONE if one.short else points(value) for value in (one.total, one.lost)),
            _worst(one),
            common.NONE if one.pull is None else points(one.pull),
            *(unrounded(None if one.short else value) for value in (one.total, one.lost)),
            unrounded(one.pull),
        ]
        for one in found
    ]
    return to_csv(header, rows)


def _open(profile: UnitProfile, found: Sequence[Child]) -> None:
    click = st.session_state["unit_children_open"]
    if click is not None:
        links.open_page("unit", unit=found[click.row].unit, period=profile.period.ref)
