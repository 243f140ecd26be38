"""对比 of two to five units of a group in one period."""

import itertools
from collections.abc import Sequence
from functools import partial
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import compare_charts, compare_parts, data, leaf, theme, ui
from dashboard.components.text import difference, exact, plain, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import compare as words
from scoring.services import contrast
from scoring.services.contrast import Across
from scoring.services.shapes import Ranking, RankRow

MOST = 5
_TOP = 8


def show(ranking: Ranking, chosen: Sequence[str]) -> None:
    """Everything below the filters."""
    if len(chosen) < 2:
        st.info(words.CHOOSE_MORE, icon=":material/add_circle:")
        return
    profiles = [data.profile(ranking.period, unit) for unit in chosen]
    rows = [profile.row for profile in profiles]
    found = contrast.across(profiles)
    different = [one for one in found if one.differs]
    note = words.NOTE_UNITS.format(period=ranking.period.title, group=ranking.group, n=len(found), k=len(different))
    doubt = doubtful(rows)
    ui.conclusion(headline(rows), f"{note} · {doubt}" if doubt else note)
    _metrics(rows)
    names = [row.name for row in rows]
    with st.grid(2, min_column_width=440):
        lines = compare_parts.first_lines(ranking.edition, rows), compare_parts.dimension_lines(rows)
        compare_parts.rates(*lines, partial(compare_charts.several, names=names), words.RATES_NOTE)
        _different(different, names)
    _table(ranking, found, names)


def headline(rows: Sequence[RankRow]) -> str:
    """Who is ahead and by how much, as displayed."""
    told = sorted((row for row in rows if not row.short_of_data), key=lambda row: -row.score.total)
    if len(told) < 2:
        return words.HEAD_NONE
    best, low = told[0], told[-1]
    gap = difference(best.score.total, low.score.total)
    if not gap:
        return words.HEAD_SAME.format(names=common.COMMA.join(row.name for row in told), total=points(best.score.total))
    if len(told) == 2:
        return words.HEAD_TWO.format(best=best.name, total=points(best.score.total), low=low.name, gap=points(gap))
    return words.HEAD_MANY.format(n=len(told), best=best.name, total=points(best.score.total), low=low.name, least=points(low.score.total))


def doubtful(rows: Sequence[RankRow]) -> str:
    """The pairs next to each other that cannot be told apart; empty when there are none."""
    told = sorted((row for row in rows if not row.short_of_data), key=lambda row: -row.score.total)
    pairs = [(one, two) for one, two in itertools.pairwise(told) if contrast.doubtful(one.score, two.score)]
    return common.SEMICOLON.join(words.DOUBT_PAIR.format(one=one.name, two=two.name) for one, two in pairs)


def _metrics(rows: Sequence[RankRow]) -> None:
    with st.grid(len(rows), min_column_width=150):
        for row in rows:
            grade = row.score.grade or common.SHORT_DATA
            rank = words.METRIC_UNRANKED.format(grade=grade) if row.score.rank is None else words.METRIC_RANK.format(rank=row.score.rank, grade=grade)
            total = common.NONE if row.short_of_data else points(row.score.total)
            st.metric(plain(words.METRIC.format(name=row.name)), total, plain(rank), delta_arrow="off", delta_color="gray", border=True, height="stretch")


def _different(found: Sequence[Across], names: Sequence[str]) -> None:
    with ui.card(words.DIFFERENT, words.DIFFERENT_NOTE.format(n=min(_TOP, len(found))) if found else ""):
        if not found:
            st.caption(words.DIFFERENT_NONE)
        for one in found[:_TOP]:
            marks = " ".join(f"{theme.MARKS[result.outcome].glyph} {name}" for name, result in zip(names, one.results, strict=True) if result is not None)
            with st.expander(f"**{plain(one.title)}** &nbsp; :gray[{plain(marks)}]", key=f"compare_leaf_{one.code}"):
                for name, result in zip(names, one.results, strict=True):
                    if result is not None:
                        leaf.part(plain(name), f"{compare_parts.cell(result)}\n{result.reason}")


def _table(ranking: Ranking, found: Sequence[Across], names: Sequence[str]) -> None:
    with ui.card(words.TABLE):
        name = words.FILE_UNITS.format(period=ranking.period.title, group=ranking.group)
        only, take = compare_parts.head(lambda: csv(found, names), name)
        rows = [one for one in found if one.differs or not only]
        if not rows:
            st.caption(words.DIFFERENT_NONE)
            return
        phone = theme.is_phone()
        columns = {words.LEAF: [one.title for one in rows]}
        if not phone:
            columns[words.LEVEL] = [one.first_level or common.NONE for one in rows]
        config: dict[str, Any] = {words.LEAF: st.column_config.TextColumn(width=130 if phone else 260), words.LEVEL: st.column_config.TextColumn(width=150)}
        for n, unit in enumerate(names):
            columns[unit] = [compare_parts.cell(one.results[n]) for one in rows]
            config[unit] = st.column_config.TextColumn(width=90 if phone else 130)
        compare_parts.table(pd.DataFrame(columns), config, take)


def csv(found: Sequence[Across], names: Sequence[str]) -> bytes:
    """Every leaf with result, points and reason of each unit."""
    header = [words.LEVEL, words.LEAF]
    for name in names:
        header += [words.RESULT_OF.format(name=name), words.POINTS_OF.format(name=name), words.REASON_OF.format(name=name)]
    header += [common.UNROUNDED.format(name=words.POINTS_OF.format(name=name)) for name in names]
    rows: list[list[object]] = []
    for one in found:
        row: list[object] = [one.first_level, one.title]
        for result in one.results:
            row += ["", "", ""] if result is None else [result.said, exact(result.points), result.reason]
        rows.append([*row, *(unrounded(result.points if result else None) for result in one.results)])
    return to_csv(header, rows)


def default(ranking: Ranking) -> list[str]:
    """The first two of the ranking."""
    return [row.unit for row in ranking.rows[:2]]
