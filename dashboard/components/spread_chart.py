"""How the totals of a group lie: a dot a unit for few, a histogram with the tiers of the grades for many; and 得分率 over a group."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import plotly.graph_objects as go

from dashboard.components import theme
from dashboard.components.text import percent, points, wrapped
from dashboard.strings import charts as words
from scoring.model import Grade
from scoring.wording import displayed

DOTS = 30
"""Up to so many units each get a line of their own."""
_STEPS = tuple(Decimal(step) for step in ("0.5", "1", "2", "5", "10", "20", "50"))
_BINS = 24


@dataclass(frozen=True, slots=True)
class Dot:
    """A ranked unit; `before` is None in the first period."""

    name: str
    at: Decimal
    before: Decimal | None
    label: str


def dots(rows: Sequence[Dot], *, mean: Decimal | None) -> go.Figure:
    """● now, ○ in the period before, the dashed line the mean; the change stands at the right."""
    figure = theme.figure(30 * len(rows) + 44, margin={"l": 8, "r": 84, "t": 26, "b": 4})
    down = list(range(len(rows)))
    before = [(float(row.before), y) for y, row in enumerate(rows) if row.before is not None]
    lines_x: list[float | None] = []
    lines_y: list[int | None] = []
    for y, row in enumerate(rows):
        if row.before is not None:
            lines_x += [float(row.before), float(row.at), None]
            lines_y += [y, y, None]
    figure.add_trace(go.Scatter(x=lines_x, y=lines_y, mode="lines", line={"width": 3, "color": theme.soft()}, hoverinfo="skip"))
    hollow = {"size": 9, "symbol": "circle-open", "line": {"width": 2}, "color": theme.NA}
    figure.add_trace(go.Scatter(x=[x for x, _ in before], y=[y for _, y in before], mode="markers", marker=hollow, hoverinfo="skip"))
    figure.add_trace(
        go.Scatter(
            x=[float(row.at) for row in rows],
            y=down,
            mode="markers",
            marker={"size": 13, "color": theme.brand()},
            customdata=[[row.name, points(row.at), row.label] for row in rows],
            hovertemplate=words.DOT_HOVER,
        )
    )
    theme.annotate(figure, [{"x": 1, "xref": "paper", "xanchor": "left", "y": y, "text": f" {row.label}"} for y, row in enumerate(rows)])
    if mean is not None:
        figure.add_vline(x=float(mean), line={"color": theme.muted(), "width": 1, "dash": "dot"})
    known = [value for row in rows for value in (row.at, row.before) if value is not None]
    low, high = (min(known), max(known)) if known else (Decimal(0), Decimal(100))
    pad = max((high - low) / 20, Decimal(1))
    figure.update_xaxes(range=[float(max(Decimal(0), low - pad)), float(high + pad)], side="top", nticks=6)
    chars = 6 if theme.is_phone() else 12
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5], tickmode="array", tickvals=down, ticktext=[wrapped(row.name, chars) for row in rows])
    return figure


def histogram(totals: Sequence[Decimal], grades: Sequence[Grade], *, full: Decimal) -> go.Figure:
    """How many units have how many points; dashed lines are the grades, with how many units reach each."""
    shown = [displayed(total) for total in totals]
    low, high = min(shown), max(shown)
    step = next((one for one in _STEPS if (high - low) / one <= _BINS), _STEPS[-1])
    first = low // step
    counts = [0] * (int(high // step - first) + 1)
    for total in shown:
        counts[int(total // step - first)] += 1
    starts = [step * (first + n) for n in range(len(counts))]
    figure = theme.figure(300, margin={"l": 8, "r": 8, "t": 30, "b": 8}, bargap=0.06)
    figure.add_trace(
        go.Bar(
            x=[float(start + step / 2) for start in starts],
            y=counts,
            width=float(step) * 0.94,
            marker={"color": theme.brand(), "opacity": 0.55, "cornerradius": 2},
            customdata=[f"{start.normalize():f}–{(start + step).normalize():f}" for start in starts],
            hovertemplate=words.BIN_HOVER,
        )
    )
    left, right = starts[0], starts[-1] + step
    notes: list[dict[str, Any]] = []
    above: Decimal | None = None
    for grade in sorted(grades, key=lambda one: one.at_least, reverse=True):
        reached = sum(total >= grade.at_least and (above is None or total < above) for total in shown)
        top = right if above is None else min(right, above)
        if left < grade.at_least < right:
            figure.add_vline(x=float(grade.at_least), line={"color": theme.muted(), "width": 1.5, "dash": "dash"})
        if reached:
            middle = (max(left, grade.at_least) + top) / 2
            label = words.GRADE_LINE.format(grade=grade.name, n=f"{reached:,}")
            notes.append({"x": float(middle), "y": 1, "yref": "paper", "yanchor": "bottom", "text": label})
        above = grade.at_least
    theme.annotate(figure, notes)
    figure.update_xaxes(range=[float(left), float(min(right, max(full, right)))], showgrid=False, nticks=8)
    figure.update_yaxes(showgrid=True, nticks=5, tickfont={"size": 12}, tickformat=",d")
    return figure


@dataclass(frozen=True, slots=True)
class Range:
    """The 得分率 of one indicator over a group."""

    label: str
    median: Decimal
    low: Decimal
    high: Decimal


def ranges(rows: Sequence[Range]) -> go.Figure:
    """Median as a dot (■ the lowest of all), with its number; the grey bar reaches from the lowest unit to the highest."""
    figure = theme.figure(40 * len(rows) + 40, margin={"l": 8, "r": 48, "t": 26, "b": 4})
    down = list(range(len(rows)))
    lines_x: list[float | None] = []
    lines_y: list[int | None] = []
    for y, row in enumerate(rows):
        lines_x += [float(row.low), float(row.high), None]
        lines_y += [y, y, None]
    figure.add_trace(go.Scatter(x=lines_x, y=lines_y, mode="lines", line={"width": 10, "color": theme.hair()}, hoverinfo="skip"))
    worst = min((row.median for row in rows), default=Decimal(0))
    low = [row.median == worst and worst < 1 for row in rows]
    figure.add_trace(
        go.Scatter(
            x=[float(row.median) for row in rows],
            y=down,
            mode="markers+text",
            text=[percent(row.median) for row in rows],
            textposition="middle right",
            textfont={"size": 12},
            cliponaxis=False,
            customdata=[[row.label, *(percent(value) for value in (row.median, row.low, row.high))] for row in rows],
            hovertemplate=words.RANGE_HOVER,
            marker={"size": 13, "color": [theme.BAD if one else theme.brand() for one in low], "symbol": ["square" if one else "circle" for one in low]},
        )
    )
    left = max(Decimal(0), min((row.low for row in rows), default=Decimal(0)) - Decimal("0.05"))
    figure.update_xaxes(tickformat=".0%", side="top", range=[float(left), 1.08], tickvals=[tick / 100 for tick in range(0, 101, 20)])
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5], tickmode="array", tickvals=down, ticktext=[wrapped(row.label, 8) for row in rows])
    return figure
