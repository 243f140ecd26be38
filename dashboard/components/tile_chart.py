"""Units where they lie: one equal square a unit, or the areas of a map that the user supplied. A click leads to the unit."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.components import theme
from dashboard.components.text import points, shortened, wrapped
from dashboard.strings import charts as words
from scoring.services.maps import Ring

_STEPS = tuple(Decimal(step) for step in ("0.1", "0.2", "0.5", "1", "2", "5", "10", "20", "25", "50"))
_CLASSES = 5
_WRITTEN = 60
"""More tiles than this carry no text; hovering and the table tell it."""


@dataclass(frozen=True, slots=True)
class Tile:
    """A unit to draw; `total` is None where it has no rank, and `state` then says why."""

    unit: str
    name: str
    total: Decimal | None
    state: str


def edges(totals: Sequence[Decimal]) -> tuple[Decimal, ...]:
    """The lower edges of the second to the last class of a total: round numbers, five classes at most."""
    if not totals:
        return ()
    low, high = min(totals), max(totals)
    for step in _STEPS:
        first = low // step * step
        if high < first + step * _CLASSES:
            return tuple(edge for n in range(1, _CLASSES) if (edge := first + step * n) <= high)
    return ()


def level(total: Decimal, lines: Sequence[Decimal]) -> int:
    """The class of a total among the five, so that the highest class is always the darkest."""
    return _CLASSES - 1 - len(lines) + sum(total >= line for line in lines)


def places(units: Sequence[str], given: Mapping[str, tuple[int, int]], *, across: int) -> dict[str, tuple[int, int]]:
    """Row and column of every unit: as given, without empty rows and columns around; the rest flow below in official order, all of them when none is given."""
    placed = {unit: given[unit] for unit in units if unit in given}
    top, left = min((row for row, _ in placed.values()), default=0), min((col for _, col in placed.values()), default=0)
    found = {unit: (row - top, col - left) for unit, (row, col) in placed.items()}
    below = 1 + max((row for row, _ in found.values()), default=-1)
    wide = max(1 + max((col for _, col in found.values()), default=0), 1 if placed else across)
    for n, unit in enumerate(unit for unit in units if unit not in placed):
        found[unit] = below + n // wide, n % wide
    return found


def tiles(shown: Sequence[Tile], given: Mapping[str, tuple[int, int]]) -> go.Figure:
    """The tile map. `shown` stands in official order."""
    count, phone = len(shown), theme.is_phone()
    across = max(1, min(count, math.ceil(math.sqrt(count * (1.0 if phone else 1.6))), 4 if phone and count <= _WRITTEN else 40))
    at = places([tile.unit for tile in shown], given, across=across)
    rows, cols = 1 + max(row for row, _ in at.values()), 1 + max(col for _, col in at.values())
    room = 330 if phone else 560
    size = max(8, min(96, room // cols))
    figure = theme.figure(rows * size + 8, margin={"l": 0, "r": 0, "t": 4, "b": 4})
    lines = edges([tile.total for tile in shown if tile.total is not None])
    fills, inks = theme.classes()
    gap = 5 if size > 40 else 2
    colours = [theme.unknown(), *fills]
    z: list[list[int | None]] = [[None] * cols for _ in range(rows)]
    for tile in shown:
        row, col = at[tile.unit]
        z[row][col] = 0 if (n := _level(tile, lines)) is None else n + 1
    scale = [[edge, colour] for n, colour in enumerate(colours) for edge in (n / len(colours), (n + 1) / len(colours))]
    look = {"showscale": False, "xgap": gap, "ygap": gap, "hoverongaps": False, "hoverinfo": "skip"}
    figure.add_trace(go.Heatmap(z=z, zmin=-0.5, zmax=len(colours) - 0.5, colorscale=scale, **look))
    if count <= _WRITTEN:
        names = dict(zip((tile.unit for tile in shown), shortened([tile.name for tile in shown]), strict=True))
        for grade, ink in [*enumerate(inks), (None, theme.ink())]:
            mine = [tile for tile in shown if _level(tile, lines) == grade]
            if mine:
                figure.add_trace(
                    go.Scatter(
                        x=[at[tile.unit][1] for tile in mine],
                        y=[at[tile.unit][0] for tile in mine],
                        text=[_written(tile, names[tile.unit], size) for tile in mine],
                        mode="text",
                        textfont={"size": 13 if size >= 70 else 12, "color": ink},
                        hoverinfo="skip",
                    )
                )
    figure.add_trace(_targets([(at[tile.unit][1], at[tile.unit][0]) for tile in shown], shown, size - gap, "square"))
    figure.update_xaxes(visible=False, range=[-0.5, cols - 0.5], constrain="domain")
    figure.update_yaxes(visible=False, range=[rows - 0.5, -0.5], scaleanchor="x", constrain="domain")
    return figure


def areas(shown: Sequence[Tile], shapes: Mapping[str, Sequence[Ring]]) -> go.Figure:
    """The user's own map: the areas of the units, one trace a class."""
    figure = theme.figure(340 if theme.is_phone() else 460, margin={"l": 0, "r": 0, "t": 4, "b": 4})
    lines = edges([tile.total for tile in shown if tile.total is not None])
    fills, _ = theme.classes()
    drawn = [tile for tile in shown if tile.unit in shapes]
    for n, fill in [*enumerate(fills), (None, theme.unknown())]:
        x: list[float | None] = []
        y: list[float | None] = []
        for tile in drawn:
            if _level(tile, lines) == n:
                for ring in shapes[tile.unit]:
                    x += [*(point[0] for point in ring), None]
                    y += [*(point[1] for point in ring), None]
        if x:
            line = {"color": theme.paper(), "width": 1.5}
            figure.add_trace(go.Scatter(x=x, y=y, mode="lines", fill="toself", fillcolor=fill, line=line, hoverinfo="skip"))
    middles = [_middle(max(shapes[tile.unit], key=len)) for tile in drawn]
    figure.add_trace(_targets(middles, drawn, 26, "circle"))
    if len(drawn) <= _WRITTEN:
        text = [f"<b>{_safe(name)}</b><br>{points(tile.total) if tile.total is not None else tile.state}" for tile, name in _named(drawn)]
        look = {"bgcolor": theme.paper(), "opacity": 0.9, "borderpad": 2, "captureevents": False}
        theme.annotate(figure, [{"x": x0, "y": y0, "text": written, **look} for (x0, y0), written in zip(middles, text, strict=True)])
    latitude = sum(y0 for _, y0 in middles) / len(middles) if middles else 0
    stretch = 1 / max(0.2, math.cos(math.radians(latitude))) if abs(latitude) <= 90 else 1
    figure.update_xaxes(visible=False, constrain="domain")
    figure.update_yaxes(visible=False, scaleanchor="x", scaleratio=stretch, constrain="domain")
    return figure


def _named(shown: Sequence[Tile]) -> list[tuple[Tile, str]]:
    return list(zip(shown, shortened([tile.name for tile in shown]), strict=True))


def _targets(at: Sequence[tuple[float, float]], shown: Sequence[Tile], size: int, symbol: str) -> go.Scatter:
    """What takes the clicks: a heatmap never reports any, and a point that skips hovering does not either."""
    return go.Scatter(
        x=[x for x, _ in at],
        y=[y for _, y in at],
        mode="markers",
        marker={"size": size, "symbol": symbol, "opacity": 0},
        selected={"marker": {"opacity": 0}},
        unselected={"marker": {"opacity": 0}},
        customdata=[[tile.unit, _safe(tile.name), _said(tile)] for tile in shown],
        hovertemplate=words.TILE_HOVER,
    )


def _level(tile: Tile, lines: Sequence[Decimal]) -> int | None:
    return None if tile.total is None else level(tile.total, lines)


def _said(tile: Tile) -> str:
    return tile.state if tile.total is None else words.TILE_SCORE.format(points=points(tile.total), state=tile.state)


def _written(tile: Tile, name: str, size: int) -> str:
    lines = wrapped(_safe(name), max(2, size // 15))
    if tile.total is None:
        return f"{lines}<br>{tile.state}"
    return f"{lines}<br><span style='font-size:{16 if size >= 70 else 13}px'><b>{points(tile.total)}</b></span>" + (f"<br>{tile.state}" if size >= 70 else "")


def _middle(ring: Ring) -> tuple[float, float]:
    """The centre of gravity of an area; the mean of its points where it has no extent."""
    area = x = y = 0.0
    for (x0, y0), (x1, y1) in zip(ring, ring[1:] + ring[:1], strict=True):
        cross = x0 * y1 - x1 * y0
        area, x, y = area + cross, x + (x0 + x1) * cross, y + (y0 + y1) * cross
    if abs(area) < 1e-12:
        return sum(point[0] for point in ring) / len(ring), sum(point[1] for point in ring) / len(ring)
    return x / (3 * area), y / (3 * area)


def _safe(name: str) -> str:
    """A name in a chart: plotly would take a tag for markup."""
    return name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
