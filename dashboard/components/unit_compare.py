"""A unit beside its group: first-level indicators and dimensions against median and best; the same as a table."""

from collections.abc import Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.components import closer, tables, theme, ui, unit_charts
from dashboard.components.text import listed, percent, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import unit as words
from scoring.model import NodeScore
from scoring.services.peers import Peer
from scoring.services.shapes import Ranking, UnitProfile


def card(profile: UnitProfile, ranking: Ranking) -> None:
    """The dumbbell."""
    with ui.card(words.COMPARE, words.COMPARE_NOTE):
        chosen = st.segmented_control(
            words.COMPARE,
            [words.COMPARE_FIRST, words.COMPARE_DIMENSION],
            default=words.COMPARE_FIRST,
            required=True,
            key="unit_side",
            label_visibility="collapsed",
            bind="query-params",
        )
        fields = closer.fields(ranking)
        rows = fields.by_dimension(profile.row.unit) if chosen == words.COMPARE_DIMENSION else fields.by_first(profile.row.unit)
        if not rows:
            st.caption(words.COMPARE_NONE)
            return
        if rows[0].units == 1:
            st.caption(words.COMPARE_ALONE)
        low = [row.label for row in rows if row.below]
        alt = words.COMPARE_ALT.format(names=common.COMMA.join(low)) if low else words.COMPARE_NONE_LOW
        theme.show(unit_charts.dumbbell(rows), alt=alt, key="unit_compare")


def table(profile: UnitProfile, ranking: Ranking) -> None:
    """First-level indicators, then dimensions, in numbers."""
    nodes = profile.row.score.nodes
    fields = closer.fields(ranking)
    firsts, dimensions = fields.by_first(profile.row.unit), fields.by_dimension(profile.row.unit)
    first = {node.code: nodes.get(node.code) for node in profile.edition.index}
    known = {row.code: row for row in firsts}
    rows = [
        [
            node.title,
            points(score.total) if score and score.weight else common.NONE,
            points(score.weight) if score and score.weight else common.NONE,
            percent(score.rate) if score else common.NONE,
            *_beside(known.get(node.code)),
        ]
        for node in profile.edition.index
        for score in [first[node.code]]
    ]
    rows += [[row.label, common.NONE, common.NONE, percent(row.own), *_beside(row)] for row in dimensions]
    header = [words.COLUMN_TITLE, words.COLUMN_POINTS, words.COLUMN_FULL, words.COLUMN_RATE, words.COLUMN_MEDIAN, words.COLUMN_BEST]
    if theme.is_phone():
        header, rows = [header[0], *header[3:]], [[row[0], *row[3:]] for row in rows]
    right = {name: st.column_config.TextColumn(alignment="right", width=64) for name in header[1:]}
    with ui.card(words.SCORES, words.SCORES_NOTE):
        file = words.SCORES_FILE.format(period=profile.period.title, unit=profile.row.name)
        take = tables.Take("unit_scores_csv", file, lambda: csv(profile, firsts, dimensions))
        tables.show(pd.DataFrame(rows, columns=header), take=take, column_config=right, alt=words.SCORES_ALT)
        best = [words.BEST_AT.format(title=row.label, names=listed(row.best_units, 3)) for row in firsts if row.below]
        if best:
            st.caption(words.BEST.format(lines=common.SEMICOLON.join(best[:3])))


def csv(profile: UnitProfile, firsts: Sequence[Peer], dimensions: Sequence[Peer]) -> bytes:
    """The same as shown and unrounded."""
    nodes, known = profile.row.score.nodes, {row.code: row for row in firsts}
    lines: list[tuple[str, NodeScore | None, Decimal | None, Peer | None]] = []
    for node in profile.edition.index:
        score = nodes.get(node.code)
        lines.append((node.title, score if score and score.weight else None, score.rate if score else None, known.get(node.code)))
    lines += [(row.label, None, row.own, row) for row in dimensions]
    shown = [words.COLUMN_POINTS, words.COLUMN_FULL, words.COLUMN_RATE, words.COLUMN_MEDIAN, words.COLUMN_BEST]
    rows: list[list[object]] = []
    for title, score, rate, peer in lines:
        totals = (score.total, score.weight) if score else (None, None)
        rates = (rate, peer.median if peer else None, peer.best if peer else None)
        rows.append([title, *map(points, totals), *map(percent, rates), *map(unrounded, (*totals, *rates))])
    return to_csv([words.COLUMN_TITLE, *shown, *(common.UNROUNDED.format(name=name) for name in shown)], rows)


def _beside(row: Peer | None) -> list[str]:
    return [common.NONE, common.NONE] if row is None else [percent(row.median), percent(row.best)]
