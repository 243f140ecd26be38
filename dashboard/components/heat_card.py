"""The cards of 热力图: the matrix with its table and CSV, and 扣分频次前十."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import pandas as pd
import streamlit as st

from dashboard.components import charts, heat_chart, links, ranking_table, tables, theme, ui
from dashboard.components.text import percent, plain, shortened, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import heatmap as words
from scoring.model import Indicator, Outcome
from scoring.services.matrix import Cell, Matrix
from scoring.services.shapes import Ranking, RankRow, Shortfall
from scoring.wording import mean

PAGE = 50
_TOP = 10
_KEY = "heatmap_csv"


def matrix(ranking: Ranking, found: Matrix, rows: Sequence[RankRow], nodes: Sequence[Indicator], level: str) -> None:
    """The heatmap: 300 units at most, else one page of 50."""
    note = words.MATRIX_NOTE.format(hatch="╱╱")
    with ui.card(words.MATRIX.format(group=ranking.group), note):
        shown = list(rows)
        if len(rows) > charts.CELL_LIMIT:
            pages = -(-len(rows) // PAGE)
            page = st.pagination(pages, key="heatmap_page", bind="query-params")
            first = (page - 1) * PAGE
            shown = shown[first : first + PAGE]
            st.caption(words.MATRIX_PAGE.format(a=first + 1, b=first + len(shown), n=f"{len(rows):,}", size=PAGE))
        units = [heat_chart.Line(row.unit, row.name, short) for row, short in zip(shown, shortened([row.name for row in shown]), strict=True)]
        heads = [heat_chart.Line(node.code, node.title, node.title) for node in nodes]
        cells = [[found.cell(row.unit, node.code) for node in nodes] for row in shown]
        known = [node for node in nodes if found.means[node.code] is not None]
        hard = min(known, key=lambda node: found.means[node.code] or Decimal(0)).title if known else common.NONE
        ref = ranking.period.ref

        def opened(point: list[object]) -> None:
            links.open_page("unit", period=ref, unit=str(point[0]), indicator=str(point[1]))

        alt = words.MATRIX_ALT.format(units=len(shown), n=len(nodes), hard=hard)
        theme.show_clickable(heat_chart.heat(units, heads, cells), alt=alt, key="heatmap_matrix", on_click=opened)
        ui.legend(Outcome.NOT_OBSERVED.zh)
        if heat_chart.crowded(len(units), len(heads)):
            across = units if heat_chart.turned(len(units), len(heads)) else heads
            st.caption(plain(words.KEY.format(key=words.KEY_GAP.join(f"{n} {one.name}" for n, one in enumerate(across, 1)))))
        with st.expander(words.TABLE, key="heatmap_table", on_change="rerun", bind="query-params") as box:
            if box.open:
                tables.show(pd.DataFrame(_rows(found, shown, nodes), columns=_header(nodes)), take=_KEY, row_height=36, alt=words.TABLE_ALT)
        name = words.FILE.format(period=ranking.period.title, group=ranking.group, level=level)
        tables.download(tables.Take(_KEY, name, lambda: _csv(found, rows, nodes), words.DOWNLOAD))


def by_frequency(ranking: Ranking) -> list[Shortfall]:
    """The leaves on which units lose points, the largest share of units first."""
    return sorted((one for one in ranking.lost if one.losing), key=lambda one: (-Decimal(one.losing) / one.units, -one.mean))


def frequent(ranking: Ranking) -> None:
    """扣分频次前十, as bars and as a table."""
    every = by_frequency(ranking)
    worst = every[:_TOP]
    with ui.card(words.TOP, words.TOP_NOTE):
        if not worst:
            st.caption(words.TOP_NONE)
            return
        first = {leaf.code: node.title for node in ranking.edition.index for leaf in node.leaves()}
        frame = pd.DataFrame(
            {
                words.TOP_TITLE: [one.leaf.title for one in worst],
                words.TOP_UNITS: [words.TOP_OF.format(losing=one.losing, units=one.units) for one in worst],
                words.TOP_SHARE: [percent(share(one)) for one in worst],
                "bar": [float(share(one)) for one in worst],
                words.TOP_MEAN: [mean(one.mean) for one in worst],
                words.TOP_FIRST: [first.get(one.leaf.code, common.NONE) for one in worst],
            }
        )
        phone = theme.is_phone()
        config = {
            words.TOP_TITLE: st.column_config.TextColumn(width=150 if phone else 320),
            words.TOP_UNITS: st.column_config.TextColumn(width=72, alignment="right"),
            words.TOP_SHARE: st.column_config.TextColumn(width=56, alignment="right"),
            "bar": st.column_config.ProgressColumn("", format=" ", min_value=0, max_value=1, width=160),
            words.TOP_MEAN: st.column_config.TextColumn(width=72, alignment="right"),
        }
        order = [words.TOP_TITLE, words.TOP_UNITS, words.TOP_SHARE] if phone else None
        alt = words.TOP_ALT.format(title=worst[0].leaf.title, share=percent(share(worst[0])))
        name = words.TOP_FILE.format(period=ranking.period.title, group=ranking.group)
        take = tables.Take("heatmap_top_csv", name, lambda: top_csv(every, first), words.TOP_DOWNLOAD)
        tables.show(frame, take=take, row_height=36, column_config=config, column_order=order, alt=alt)


def top_csv(every: Sequence[Shortfall], first: Mapping[str, str]) -> bytes:
    """Every leaf that costs points, not the first ten alone; `first`: titles of first-level indicators by leaf."""
    header = [words.TOP_TITLE, words.TOP_FIRST, words.TOP_UNITS, words.TOP_SHARE, words.TOP_MEAN]
    header += [common.UNROUNDED.format(name=name) for name in (words.TOP_SHARE, words.TOP_MEAN)]
    rows = [
        [
            one.leaf.title,
            first.get(one.leaf.code, ""),
            words.TOP_OF.format(losing=one.losing, units=one.units),
            percent(share(one)),
            mean(one.mean),
            unrounded(share(one)),
            unrounded(one.mean),
        ]
        for one in every
    ]
    return to_csv(header, rows)


def share(one: Shortfall) -> Decimal:
    """The part of the judged units that loses points."""
    return Decimal(one.losing) / one.units if one.units else Decimal(0)


def _header(nodes: Sequence[Indicator]) -> list[str]:
    """Titles may repeat under different parents; a table's columns may not."""
    titles = [node.title for node in nodes]
    return [words.RANK, words.UNIT, *(title if titles.count(title) == 1 else f"{title}（{node.code}）" for title, node in zip(titles, nodes, strict=True))]


def _rows(found: Matrix, rows: Sequence[RankRow], nodes: Sequence[Indicator]) -> list[list[str]]:
    return [[ranking_table.place(row), row.name, *(_text(found.cell(row.unit, node.code)) for node in nodes)] for row in rows]


def _csv(found: Matrix, rows: Sequence[RankRow], nodes: Sequence[Indicator]) -> bytes:
    means = ["", words.HARD, *(percent(found.means[node.code]) for node in nodes), *(unrounded(found.means[node.code]) for node in nodes)]
    header = _header(nodes)
    exact = [[unrounded(cell) if isinstance(cell := found.cell(row.unit, node.code), Decimal) else "" for node in nodes] for row in rows]
    lines = [[*shown, *more] for shown, more in zip(_rows(found, rows, nodes), exact, strict=True)]
    return to_csv([*header, *(common.UNROUNDED.format(name=name) for name in header[2:])], [*lines, means])


def _text(cell: Cell) -> str:
    if isinstance(cell, Outcome):
        return common.NONE if cell is Outcome.NOT_APPLICABLE else cell.zh
    return percent(cell)
