"""Charts of one indicator: its units, its periods."""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.components import theme, ui
from dashboard.components.text import percent, wrapped
from dashboard.strings import indicator as words
from scoring.model import Outcome
from scoring.services.indicator import Mark, Spread

ROWS = 30
"""Beyond so many units names are unreadable: a strip of dots, then a histogram."""
_BINS = 20
_SYMBOLS = {Outcome.MET: ("circle", theme.OK), Outcome.PARTIAL: ("triangle-up", theme.WARN), Outcome.UNMET: ("square", theme.BAD)}


def units(marks: Sequence[Mark], mean: Decimal | None) -> go.Figure:
    """One row a unit, from best to worst: its 得分率 with the shape and colour of its outcome (blue above leaves)."""
    figure = theme.figure(28 * len(marks) + 48, margin={"l": 8, "r": 48, "t": 30, "b": 4})
    down = list(range(len(marks)))
    symbols, colours = looks(marks)
    figure.add_trace(
        go.Scatter(
            x=[float(one.rate or 0) for one in marks],
            y=down,
            mode="markers+text",
            text=[percent(one.rate) for one in marks],
            textposition="middle right",
            textfont={"size": 12},
            cliponaxis=False,
            customdata=[[one.name, percent(one.rate)] for one in marks],
            hovertemplate=words.DOT_HOVER,
            marker={"size": 13, "symbol": symbols, "color": colours},
        )
    )
    mean_line(figure, mean)
    figure.update_xaxes(side="top", range=[-0.04, 1.06], tickmode="array", tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0%", "25%", "50%", "75%", "100%"])
    names = [wrapped(one.name, 12) for one in marks]
    figure.update_yaxes(range=[len(marks) - 0.5, -0.5], tickmode="array", tickvals=down, ticktext=names, ticklabelstandoff=6)
    return figure


def looks(marks: Sequence[Mark]) -> tuple[list[str], list[str]]:
    """Shapes and colours of units: those of the outcome, blue above leaves."""
    found = [_SYMBOLS.get(one.outcome, ("circle", theme.brand())) if one.outcome else ("circle", theme.brand()) for one in marks]
    return [symbol for symbol, _ in found], [colour for _, colour in found]


def histogram(marks: Sequence[Mark], mean: Decimal | None) -> go.Figure:
    """How many units lie in each twentieth of the 得分率."""
    counts = [0] * _BINS
    for one in marks:
        counts[min(_BINS - 1, int((one.rate or 0) * _BINS))] += 1
    figure = theme.figure(280, margin={"l": 8, "r": 8, "t": 30, "b": 8})
    figure.add_trace(
        go.Bar(
            x=[(n + 0.5) / _BINS for n in range(_BINS)],
            y=counts,
            width=0.9 / _BINS,
            marker={"color": theme.brand(), "cornerradius": 2},
            customdata=[f"{100 * n // _BINS}–{100 * (n + 1) // _BINS}%" for n in range(_BINS)],
            hovertemplate=words.BAR_HOVER,
        )
    )
    mean_line(figure, mean)
    figure.update_xaxes(showgrid=False, range=[-0.01, 1.01], tickmode="array", tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0%", "25%", "50%", "75%", "100%"])
    figure.update_yaxes(showgrid=True, rangemode="tozero", tickformat="d")
    return figure


def outcomes(spreads: Sequence[Spread]) -> go.Figure:
    """Outcomes by period as stacked bars, with the counts in them."""
    figure = theme.figure(46 * len(spreads) + 60, margin={"l": 8, "r": 8, "t": 4, "b": 4}, barmode="stack", showlegend=True)
    figure.update_layout(legend={"orientation": "h", "yanchor": "bottom", "y": 1.0, "x": 0, "traceorder": "normal"})
    rows = list(range(len(spreads)))
    order = (Outcome.MET, Outcome.PARTIAL, Outcome.UNMET, Outcome.NOT_OBSERVED, Outcome.NOT_APPLICABLE)
    colours = {
        Outcome.MET: theme.OK,
        Outcome.PARTIAL: theme.WARN,
        Outcome.UNMET: theme.BAD,
        Outcome.NOT_OBSERVED: theme.NA,
        Outcome.NOT_APPLICABLE: theme.hair(),
    }
    for outcome in order:
        counts = [one.counts.get(outcome, 0) for one in spreads]
        if not any(counts):
            continue
        figure.add_trace(
            go.Bar(
                y=rows,
                x=counts,
                orientation="h",
                width=0.6,
                name=ui.marked(outcome),
                marker={"color": colours[outcome]},
                text=[str(count) if count else "" for count in counts],
                textposition="inside",
                insidetextanchor="middle",
                textangle=0,
                textfont={"size": 13, "color": theme.ink() if outcome is Outcome.NOT_APPLICABLE else "#101820" if outcome is Outcome.PARTIAL else "#FFFFFF"},
                customdata=[[one.title, outcome.zh] for one in spreads],
                hovertemplate=words.OVER_HOVER,
            )
        )
    figure.update_xaxes(visible=False)
    figure.update_yaxes(range=[len(spreads) - 0.5, -0.5], tickmode="array", tickvals=rows, ticktext=[one.title for one in spreads], ticklabelstandoff=6)
    return figure


def ranges(spreads: Sequence[Spread]) -> go.Figure:
    """得分率 by period: thin line lowest to best, thick line the middle half, dot the mean with its number."""
    known = [one for one in spreads if one.mean is not None]
    figure = theme.figure(46 * len(known) + 48, margin={"l": 8, "r": 40, "t": 26, "b": 4})
    rows = list(range(len(known)))
    for ends, width, colour in ((("low", "best"), 3, theme.NA), (("quarter", "three_quarters"), 12, theme.soft())):
        across: list[float | None] = []
        down: list[int | None] = []
        for y, one in enumerate(known):
            across += [float(getattr(one, ends[0])), float(getattr(one, ends[1])), None]
            down += [y, y, None]
        figure.add_trace(go.Scatter(x=across, y=down, mode="lines", line={"width": width, "color": colour}, hoverinfo="skip"))
    figure.add_trace(
        go.Scatter(
            x=[float(one.mean or 0) for one in known],
            y=rows,
            mode="markers+text",
            text=[percent(one.mean) for one in known],
            textposition="top center",
            textfont={"size": 12},
            cliponaxis=False,
            marker={"size": 13, "color": theme.brand()},
            customdata=[[one.title, percent(one.mean), percent(one.low), percent(one.best)] for one in known],
            hovertemplate=words.OVER_RANGE,
        )
    )
    figure.update_xaxes(side="top", range=[-0.04, 1.06], tickmode="array", tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0%", "25%", "50%", "75%", "100%"])
    figure.update_yaxes(range=[len(known) - 0.4, -0.7], tickmode="array", tickvals=rows, ticktext=[one.title for one in known], ticklabelstandoff=6)
    return figure


def mean_line(figure: go.Figure, mean: Decimal | None) -> None:
    """The mean as a dotted line."""
    if mean is not None:
        figure.add_vline(x=float(mean), line={"color": theme.muted(), "width": 1, "dash": "dot"})
