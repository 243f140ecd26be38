"""The cards of 总览: where units lie, how totals are spread, 得分率 by first-level indicator, common shortfalls, 名单."""

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import pandas as pd
import streamlit as st

from dashboard.components import charts, links, published, ranking_table, spread_chart, tables, theme, tile_chart, ui
from dashboard.components.text import change, percent, plain, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import overview as words
from scoring.services import listing
from scoring.services.shapes import Ranking, RankRow

_SHORTFALLS = 8


def places(ranking: Ranking) -> None:
    """The tile map, or the user's own map."""
    layout = published.layout()
    rows = sorted(ranking.rows, key=lambda row: row.order)
    tiles = [tile_chart.Tile(row.unit, row.name, row.score.total if row.score.rank is not None else None, _state(row)) for row in rows]
    mapped = any(tile.unit in layout.shapes for tile in tiles)
    placed = any(tile.unit in layout.tiles for tile in tiles)
    note = words.MAP_NOTE if mapped else words.TILES_NOTE if placed else words.TILES_FLOW_NOTE
    with ui.card(words.TILES.format(group=ranking.group), note):
        for problem in layout.problems:
            st.warning(plain(problem), icon=":material/wrong_location:")
        figure = published.kept(
            ranking, "places", lambda: tile_chart.areas(tiles, layout.shapes) if mapped else tile_chart.tiles(tiles, layout.tiles), layout.stamp
        )
        ref = ranking.period.ref

        def opened(point: list[object]) -> None:
            links.open_page("unit", unit=str(point[0]), period=ref)

        first = ranking.rows[0]
        best = words.TILES_BEST.format(name=first.name, points=points(first.score.total)) if first.score.rank is not None else words.NO_RANKED
        theme.show_clickable(figure, alt=words.TILES_ALT.format(n=len(tiles), best=best), key="overview_tiles", on_click=opened)
        _legend(tiles)
        if mapped and layout.approval:
            st.caption(plain(layout.approval))


def distribution(ranking: Ranking, *, intervals: bool) -> None:
    """A dot a unit for few units, a histogram for many; `intervals`: the evaluators' plot in place of the dots."""
    ranked = [row for row in ranking.rows if row.score.rank is not None]
    if intervals and ranked:
        show_intervals(ranking, key="overview_interval")
        return
    few = len(ranked) <= spread_chart.DOTS
    with ui.card(words.SPREAD_CARD, words.DOTS_NOTE if few else words.HISTOGRAM_NOTE):
        if not ranked:
            st.caption(words.NO_RANKED)
            return
        alt = words.SPREAD_ALT.format(low=points(min(row.score.total for row in ranked)), high=points(max(row.score.total for row in ranked)), n=len(ranked))
        if few:
            dots = [spread_chart.Dot(row.name, row.score.total, row.previous_total, change(row)) for row in ranked]
            figure = published.kept(ranking, "dots", lambda: spread_chart.dots(dots, mean=ranking.mean))
            theme.show(figure, alt=alt, key="overview_dots")
        else:
            figure = published.kept(
                ranking, "histogram", lambda: spread_chart.histogram([row.score.total for row in ranked], ranking.edition.grades, full=ranking.edition.full)
            )
            theme.show(figure, alt=alt, key="overview_histogram")


def show_intervals(ranking: Ranking, *, key: str) -> None:
    """The interval plot as a card."""
    rows = ranking_table.intervals(ranking)
    with ui.card(words.INTERVALS_TITLE, words.INTERVALS_NOTE):
        if all(row.low == row.high for row in rows):
            st.caption(words.INTERVALS_ALL_SURE)
        alt = words.INTERVALS_ALT.format(caution=ranking_table.caution(ranking) or words.INTERVALS_SEPARATE)
        figure = published.kept(ranking, "intervals", lambda: charts.intervals(rows[:30], full=ranking.edition.full))
        theme.show(figure, alt=alt, key=key)


def rates(ranking: Ranking) -> None:
    """Median and range of the 得分率 by first-level indicator."""
    rows = []
    for node in ranking.edition.index:
        known = [rate for row in ranking.rows if (rate := ranking_table.rate(row, node.code)) is not None]
        median = ranking.medians.get(node.code)
        if known and median is not None:
            rows.append(spread_chart.Range(node.title, median, min(known), max(known)))
    with ui.card(words.RATES, words.RATES_NOTE):
        if not rows:
            st.caption(words.NO_RANKED)
            return
        low = min(rows, key=lambda row: row.median)
        alt = words.RATES_ALT.format(weak=low.label, rate=percent(low.median))
        theme.show(published.kept(ranking, "rates", lambda: spread_chart.ranges(rows)), alt=alt, key="overview_rates")
        links.link("heatmap", words.SEE_HEATMAP, icon=":material/grid_on:", period=ranking.period.ref, group=ranking.group)


def shortfalls(ranking: Ranking) -> None:
    """What several units lose points on."""
    worst = [one for one in ranking.lost if one.common][:_SHORTFALLS]
    with ui.card(words.SHORTFALL, words.SHORTFALL_NOTE.format(n=len(worst)) if worst else ""):
        if not worst:
            st.caption(words.SHORTFALL_NONE)
            return
        labels = [words.SHORTFALL_LABEL.format(title=one.leaf.title, losing=one.losing, units=one.units) for one in worst]
        alt = words.SHORTFALL_ALT.format(title=worst[0].leaf.title, points=points(worst[0].mean))
        theme.show(published.kept(ranking, "shortfalls", lambda: charts.bars(labels, [one.mean for one in worst])), alt=alt, key="overview_shortfalls")


def named_lists(ranking: Ranking) -> None:
    """The 名单 published with the period; nothing at all where there is none."""
    if not ranking.period.lists:
        return
    with st.grid(2, min_column_width=340):
        for n, one in enumerate(ranking.period.lists):
            found = listing.entries(ranking, one)
            with ui.card(one.name, words.LIST_NOTE.format(rules=one.zh)):
                if not found:
                    st.caption(words.LIST_EMPTY)
                    continue
                frame = pd.DataFrame([_entry(entry) for entry in found], columns=[words.LIST_RANK, words.LIST_UNIT, words.LIST_SCORE, words.LIST_WHY])
                alt = words.LIST_ALT.format(name=one.name, n=len(found))
                name = words.LIST_FILE.format(period=ranking.period.title, group=ranking.group, name=one.name)
                take = tables.Take(f"overview_list_{n}", name, partial(_list_csv, found), words.LIST_DOWNLOAD)
                tables.show(frame, take=take, most=10, alt=alt)


def _list_csv(found: Sequence[listing.Entry]) -> bytes:
    header = [words.LIST_RANK, words.LIST_UNIT, words.LIST_SCORE, words.LIST_WHY, common.UNROUNDED.format(name=words.LIST_SCORE)]
    return to_csv(header, [[*_entry(one), unrounded(one.row.score.total)] for one in found])


def _entry(entry: listing.Entry) -> list[str]:
    row = entry.row
    why = common.COMMA.join(rule.zh for rule in entry.rules)
    return [str(row.score.rank), row.name, points(row.score.total), f"{why}（{change(row)}）"]


def _state(row: RankRow) -> str:
    return ranking_table.unranked(row) or change(row)


def _legend(tiles: Sequence[tile_chart.Tile]) -> None:
    lines = tile_chart.edges([tile.total for tile in tiles if tile.total is not None])
    fills, inks = theme.classes()
    labels = []
    if lines:
        low = [words.CLASS_BELOW.format(n=_edge(lines[0]))]
        middle = [words.CLASS_BETWEEN.format(a=_edge(a), b=_edge(b)) for a, b in pairwise(lines)]
        labels = [*low, *middle, words.CLASS_FROM.format(n=_edge(lines[-1]))]
    skip = len(fills) - len(labels)
    chips = [ui.chip(label, ink, fill) for label, ink, fill in zip(labels, inks[skip:], fills[skip:], strict=True)]
    if any(tile.total is None for tile in tiles):
        chips.append(ui.chip(words.CLASS_NONE, theme.ink(), theme.unknown()))
    if chips:
        st.markdown(f":small[{words.CLASS_TOTAL} {' '.join(chips)}]")


def _edge(line: object) -> str:
    return f"{line:f}".rstrip("0").rstrip(".") if "." in f"{line:f}" else f"{line:f}"
