"""Charts of 对比: rates of several units, and of then and now, on one line each."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.components import theme
from dashboard.components.text import percent, wrapped

_SYMBOLS = ("circle", "square", "diamond", "triangle-up", "cross")
_LIGHT = ("#1F5A9E", "#CE7E03", "#2A9082", "#8E4A8C", "#B83A48")
_DARK = ("#6FA3E0", "#DD9420", "#3DA898", "#B97FC0", "#D9606C")
_APART = 0.14


@dataclass(frozen=True, slots=True)
class Line:
    """One indicator or dimension with a rate for each thing compared; None where there is none."""

    label: str
    rates: tuple[Decimal | None, ...]

    @property
    def spread(self) -> Decimal:
        """Highest less lowest."""
        known = [rate for rate in self.rates if rate is not None]
        return max(known) - min(known) if known else Decimal(0)


def several(lines: Sequence[Line], names: Sequence[str]) -> go.Figure:
    """A row a line; a shape and colour a unit, named in the legend above."""
    figure = _rows(lines)
    colours = _DARK if theme.dark() else _LIGHT
    middle = (len(names) - 1) / 2  # a little above one another, so that equal rates do not hide
    for n, name in enumerate(names):
        known = [(y, rate) for y, line in enumerate(lines) if (rate := line.rates[n]) is not None]
        figure.add_trace(
            go.Scatter(
                x=[float(rate) for _, rate in known],
                y=[y + _APART * (n - middle) for y, _ in known],
                mode="markers",
                name=name,
                marker={"size": 13, "symbol": _SYMBOLS[n], "color": colours[n], "line": {"width": 1, "color": theme.paper()}},
                customdata=[[name, lines[y].label, percent(rate)] for y, rate in known],
                hovertemplate="%{customdata[0]} %{customdata[1]} %{customdata[2]}<extra></extra>",
            )
        )
    rows = -(-len(names) // (2 if theme.is_phone() else 4))
    figure.update_layout(showlegend=True, height=figure.layout.height + 24 * rows, margin={"l": 8, "r": 24, "t": 30 + 24 * rows, "b": 4})
    figure.update_layout(legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "yref": "container", "x": 0, "font": {"size": 13}})
    figure.update_layout(legend={"y": 0.995, "yanchor": "top"})
    return figure


def twice(lines: Sequence[Line]) -> go.Figure:
    """Then (hollow) and now (filled; a square where it fell), with the number now."""
    figure = _rows(lines)
    for n in (0, 1):
        known = [(y, rate, line) for y, line in enumerate(lines) if (rate := line.rates[n]) is not None]
        fell = [n == 1 and line.rates[0] is not None and rate < line.rates[0] for _, rate, line in known]
        look = {"symbol": ["square" if one else "circle" for one in fell], "color": [theme.BAD if one else theme.brand() for one in fell], "size": 13}
        hollow = {"symbol": "circle-open", "color": theme.NA, "size": 11, "line": {"width": 2}}
        figure.add_trace(
            go.Scatter(
                x=[float(rate) for _, rate, _ in known],
                y=[y for y, _, _ in known],
                mode="markers+text" if n else "markers",
                text=[percent(rate) for _, rate, _ in known],
                textposition=["middle left" if one else "middle right" for one in fell],
                textfont={"size": 12},
                cliponaxis=False,
                marker=look if n else hollow,
                customdata=[[line.label, percent(rate)] for _, rate, line in known],
                hovertemplate="%{customdata[0]} %{customdata[1]}<extra></extra>",
            )
        )
    return figure


def _rows(lines: Sequence[Line]) -> go.Figure:
    figure = theme.figure(38 * len(lines) + 44, margin={"l": 8, "r": 44, "t": 26, "b": 4})
    across: list[float | None] = []
    down: list[int | None] = []
    for y, line in enumerate(lines):
        known = [float(rate) for rate in line.rates if rate is not None]
        if known:
            across += [min(known), max(known), None]
            down += [y, y, None]
    figure.add_trace(go.Scatter(x=across, y=down, mode="lines", line={"width": 4, "color": theme.hair()}, hoverinfo="skip", showlegend=False))
    lowest = min((float(rate) for line in lines for rate in line.rates if rate is not None), default=0.0)
    ticks = [tick for tick in range(0, 101, 20) if tick / 100 >= lowest - 0.12]
    figure.update_xaxes(side="top", range=[max(-0.08, lowest - 0.12), 1.1], tickmode="array", tickvals=[tick / 100 for tick in ticks])
    figure.update_xaxes(ticktext=[f"{tick}%" for tick in ticks])
    names = [wrapped(line.label, 8) for line in lines]
    figure.update_yaxes(range=[len(lines) - 0.5, -0.5], tickmode="array", tickvals=list(range(len(lines))), ticktext=names, ticklabelstandoff=6)
    return figure
