"""Charts of a group: banded heatmap, sorted bars, interval plot, ring."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.components import theme
from dashboard.components.text import percent, points, wrapped
from dashboard.strings import charts as words

CELL_LIMIT = 300
"""Units a heatmap shows at a time (DESIGN §8)."""


@dataclass(frozen=True, slots=True)
class Interval:
    """One unit of an interval plot; `before` is None in the first period, `unranked` is drawn hollow."""

    name: str
    low: Decimal
    high: Decimal
    at: Decimal
    before: Decimal | None
    label: str


def heatmap(units: Sequence[str], columns: Sequence[str], rates: Sequence[Sequence[Decimal | None]], *, chars: int = 4) -> go.Figure:
    """得分率 of units (rows) by first-level indicator (columns): five bands with the number in each cell, grey — where there is none."""
    fills, inks = theme.bands()
    height = 34 * len(units) + 20 + 18 * max((len(wrapped(column, chars).split("<br>")) for column in columns), default=1)
    figure = theme.figure(height, margin={"l": 4, "r": 4, "t": 4, "b": 4})
    across, down = list(range(len(columns))), list(range(len(units)))
    banded = [[None if rate is None else theme.band(rate) + 0.5 for rate in row] for row in rates]
    empty = [[0 if rate is None else None for rate in row] for row in rates]
    common = {"x": across, "y": down, "showscale": False, "xgap": 3, "ygap": 3, "hoverongaps": False}
    figure.add_trace(go.Heatmap(z=empty, colorscale=[[0, theme.unknown()], [1, theme.unknown()]], hoverinfo="skip", **common))
    hover = [
        [f"{unit} · {column}<br>{words.RATE} {percent(rate)}" for column, rate in zip(columns, row, strict=True)]
        for unit, row in zip(units, rates, strict=True)
    ]
    figure.add_trace(
        go.Heatmap(z=banded, zmin=0, zmax=len(fills), colorscale=_steps(fills), customdata=hover, hovertemplate="%{customdata}<extra></extra>", **common)
    )
    # Heatmap.textfont knows one colour only, so the numbers are a text layer per band.
    for level, ink in [*enumerate(inks), (None, theme.muted())]:
        cells = [(x, y, rate) for y, row in enumerate(rates) for x, rate in enumerate(row) if (None if rate is None else theme.band(rate)) == level]
        if cells:
            figure.add_trace(
                go.Scatter(
                    x=[x for x, _, _ in cells],
                    y=[y for _, y, _ in cells],
                    text=[percent(rate).rstrip("%") for _, _, rate in cells],
                    mode="text",
                    textfont={"size": 13, "color": ink},
                    hoverinfo="skip",
                )
            )
    figure.update_xaxes(side="top", showgrid=False, range=[-0.5, len(columns) - 0.5], tickangle=0)
    figure.update_xaxes(tickmode="array", tickvals=across, ticktext=[wrapped(column, chars) for column in columns])
    figure.update_yaxes(range=[len(units) - 0.5, -0.5], tickmode="array", tickvals=down, ticktext=list(units))
    return figure


def bars(labels: Sequence[str], values: Sequence[Decimal], *, red: int = 3) -> go.Figure:
    """Sorted bars, the first `red` in the colour of a problem, the rest grey. A line break in a label stays one."""
    lines = ["<br>".join(wrapped(part, 11 if theme.is_phone() else 16) for part in label.split("\n")) for label in labels]
    tallest = max((line.count("<br>") for line in lines), default=0)
    figure = theme.figure((20 + 14 * max(tallest, 1)) * len(labels) + 16, margin={"l": 8, "r": 44, "t": 4, "b": 4})
    figure.add_trace(
        go.Bar(
            y=list(range(len(labels))),
            x=[float(value) for value in values],
            orientation="h",
            marker={"color": [theme.BAD if n < red else theme.NA for n in range(len(labels))], "cornerradius": 3},
            text=[f"{value:.2f}" for value in values],
            textposition="outside",
            cliponaxis=False,
            customdata=[label.replace("\n", "<br>") for label in labels],
            hovertemplate="%{customdata}<br>%{text}<extra></extra>",
        )
    )
    figure.update_xaxes(visible=False, rangemode="tozero")
    figure.update_yaxes(
        range=[len(labels) - 0.5, -0.5],
        tickmode="array",
        tickvals=list(range(len(labels))),
        ticktext=lines,
    )
    return figure


def intervals(rows: Sequence[Interval], *, full: Decimal) -> go.Figure:
    """Scores with what they can become: thick line lower–upper, filled dot now, hollow dot in the period before, text at the right."""
    count = len(rows)
    figure = theme.figure(36 * count + 48, margin={"l": 8, "r": 72, "t": 28, "b": 4})
    down = list(range(count))
    lines_x: list[float | None] = []
    lines_y: list[int | None] = []
    for y, row in enumerate(rows):
        lines_x += [float(row.low), float(row.high), None]
        lines_y += [y, y, None]
    figure.add_trace(go.Scatter(x=lines_x, y=lines_y, mode="lines", line={"width": 12, "color": theme.soft()}, hoverinfo="skip"))
    before = [(float(row.before), y) for y, row in enumerate(rows) if row.before is not None]
    figure.add_trace(
        go.Scatter(
            x=[x for x, _ in before],
            y=[y for _, y in before],
            mode="markers",
            marker={"size": 9, "symbol": "circle-open", "line": {"width": 2}, "color": theme.NA},
            hoverinfo="skip",
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[float(row.at) for row in rows],
            y=down,
            mode="markers",
            marker={"size": 14, "color": theme.brand(), "line": {"width": 2, "color": theme.paper()}},
            customdata=[[row.name, points(row.at), points(row.low), points(row.high), row.label] for row in rows],
            hovertemplate=words.INTERVAL_HOVER,
        )
    )
    theme.annotate(figure, [{"x": 1, "xref": "paper", "xanchor": "left", "y": y, "text": f" {row.label}"} for y, row in enumerate(rows)])
    lowest = min((min(row.low, row.before if row.before is not None else row.low) for row in rows), default=Decimal(0))
    left = max(Decimal(0), lowest // 10 * 10 - (0 if lowest % 10 > 2 else 10))
    figure.update_xaxes(range=[float(left), float(max([full, *(row.high for row in rows)])) * 1.01], side="top", nticks=6)
    figure.update_yaxes(range=[count - 0.5, -0.5], tickmode="array", tickvals=down, ticktext=[row.name for row in rows])
    return figure


def ring(score: Decimal, full: Decimal, caption: str) -> go.Figure:
    """Current points of a self-check; only there."""
    figure = theme.figure(190, margin={"l": 4, "r": 4, "t": 4, "b": 4})
    got = float(min(max(score, Decimal(0)), full))
    figure.add_trace(
        go.Pie(
            values=[got, float(full) - got],
            hole=0.8,
            sort=False,
            direction="clockwise",
            marker={"colors": [theme.brand(), theme.hair()]},
            textinfo="none",
            hoverinfo="skip",
        )
    )
    figure.add_annotation(text=f"<b>{points(score)}</b>", font={"size": 36}, showarrow=False, y=0.55, yref="paper")
    figure.add_annotation(text=caption, font={"size": 13, "color": theme.muted()}, showarrow=False, y=0.28, yref="paper")
    return figure


def _steps(colours: Sequence[str]) -> list[list[object]]:
    scale: list[list[object]] = []
    for n, colour in enumerate(colours):
        scale += [[n / len(colours), colour], [(n + 1) / len(colours), colour]]
    return scale
