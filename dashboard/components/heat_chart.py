"""Units × indicators as banded cells with their numbers; every cell takes a click."""

from collections.abc import Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from dashboard.components import theme
from dashboard.components.text import percent, wrapped
from dashboard.strings import charts as words
from dashboard.strings import common
from scoring.model import Outcome
from scoring.services.matrix import Cell

_HATCH = "╱╱╱"
_ROOMY = 60
_TURNED, _TURNED_PHONE = 30, 12
"""Up to so many units stand in columns where the indicators are more: their names need the room of rows."""
_ROOM, _ROOM_PHONE = 1040, 250
_READABLE = 22


@dataclass(frozen=True, slots=True)
class Line:
    """A row or a column: what a click hands over, the name in full, and the name beside the cells."""

    id: str
    name: str
    short: str


def turned(units: int, indicators: int) -> bool:
    """Whether units stand in columns."""
    return (units <= (_TURNED_PHONE if theme.is_phone() else _TURNED) and indicators > 8) or (theme.is_phone() and 4 < units <= _TURNED_PHONE)


def crowded(units: int, indicators: int) -> bool:
    """Whether a column is too narrow for a name or a number: then columns are counted, and the numbers stand in the table."""
    across = units if turned(units, indicators) else indicators
    return (_ROOM_PHONE if theme.is_phone() else _ROOM) < _READABLE * across


def heat(units: Sequence[Line], indicators: Sequence[Line], cells: Sequence[Sequence[Cell]]) -> go.Figure:
    """`cells` by unit, then by indicator. Clicks hand over unit and indicator."""
    swap = turned(len(units), len(indicators))
    rows, columns = (indicators, units) if swap else (units, indicators)
    at = [
        (n, k, unit, indicator, cells[n][k]) if not swap else (k, n, unit, indicator, cells[n][k])
        for n, unit in enumerate(units)
        for k, indicator in enumerate(indicators)
    ]
    phone = theme.is_phone()
    tall = 32 if len(rows) <= _ROOMY else 22
    narrow = crowded(len(units), len(indicators))
    chars = max(2, min(8, (_ROOM_PHONE if phone else _ROOM) // max(len(columns), 1) // 13))
    heads = [str(n) if narrow else wrapped(_safe(column.short), chars) for n, column in enumerate(columns, 1)]
    side = [wrapped(_safe(row.short), 6 if phone else 20) for row in rows]
    tall = max(tall, 15 * max(label.count("<br>") + 1 for label in side) + 4)
    figure = theme.figure(tall * len(rows) + 20 + 16 * max(head.count("<br>") + 1 for head in heads), margin={"l": 4, "r": 4, "t": 4, "b": 4})
    fills, inks = theme.bands()
    z: list[list[int | None]] = [[None] * len(columns) for _ in rows]
    for y, x, _, _, cell in at:
        z[y][x] = 0 if cell is Outcome.NOT_OBSERVED else None if isinstance(cell, Outcome) else theme.band(cell) + 1
    colours = [theme.unknown(), *fills]
    scale = [[edge, colour] for n, colour in enumerate(colours) for edge in (n / len(colours), (n + 1) / len(colours))]
    gap = 2 if len(rows) <= _ROOMY else 1
    figure.add_trace(
        go.Heatmap(z=z, zmin=-0.5, zmax=len(colours) - 0.5, colorscale=scale, showscale=False, xgap=gap, ygap=gap, hoverongaps=False, hoverinfo="skip")
    )
    kinds = [(ink, [one for one in at if not isinstance(one[4], Outcome) and theme.band(one[4]) == n]) for n, ink in enumerate(inks)]
    kinds.append((theme.muted(), [one for one in at if isinstance(one[4], Outcome)]))
    size = 13 if tall >= 30 and not phone else 12
    for ink, mine in kinds:
        if mine and not narrow:
            figure.add_trace(
                go.Scatter(
                    x=[one[1] for one in mine],
                    y=[one[0] for one in mine],
                    text=[_written(one[4]) for one in mine],
                    mode="text",
                    textfont={"size": size, "color": ink},
                    hoverinfo="skip",
                )
            )
    figure.add_trace(
        go.Scatter(
            x=[one[1] for one in at],
            y=[one[0] for one in at],
            mode="markers",
            marker={"size": tall - 4, "symbol": "square", "opacity": 0},
            selected={"marker": {"opacity": 0}},
            unselected={"marker": {"opacity": 0}},
            customdata=[[one[2].id, one[3].id, _safe(one[2].name), _safe(one[3].name), said(one[4])] for one in at],
            hovertemplate=words.CELL_HOVER,
        )
    )
    figure.update_xaxes(side="top", showgrid=False, range=[-0.5, len(columns) - 0.5], tickangle=0)
    figure.update_xaxes(tickmode="array", tickvals=list(range(len(columns))), ticktext=heads)
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5], tickmode="array", tickvals=list(range(len(rows))), ticktext=side)
    return figure


def said(cell: Cell) -> str:
    """得分率 76%, 未判定, 不涉及."""
    return cell.zh if isinstance(cell, Outcome) else f"{words.RATE} {percent(cell)}"


def _written(cell: Cell) -> str:
    if isinstance(cell, Outcome):
        return common.NONE if cell is Outcome.NOT_APPLICABLE else _HATCH
    return percent(cell).rstrip("%")


def _safe(name: str) -> str:
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
