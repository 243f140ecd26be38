"""The units of a large group on one indicator: a dot a unit, piled up where several have the same 得分率, with one unit picked out."""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.components import theme
from dashboard.components.indicator_charts import looks, mean_line
from dashboard.components.text import percent
from dashboard.strings import indicator as words
from scoring.services.indicator import Mark

MOST = 300
"""Beyond so many dots nobody tells one from another: a histogram."""
_COLUMNS = 60
"""Dots within a sixtieth of the scale stand on one pile."""
_COUNTED = 10
"""A pile of so many is counted in words."""
_HEIGHT, _LOWEST = 320, 12


def strip(marks: Sequence[Mark], mean: Decimal | None, chosen: str = "") -> go.Figure:
    """得分率 from left to right; shape and colour are the outcome (blue above leaves). `chosen`: a unit's id, ringed and named."""
    piles: dict[int, list[Mark]] = {}
    for one in marks:
        piles.setdefault(int((one.rate or 0) * _COLUMNS), []).append(one)
    figure = theme.figure(_HEIGHT, margin={"l": 8, "r": 8, "t": 34, "b": 8})
    at = {one.unit: (float(one.rate or 0), n) for pile in piles.values() for n, one in enumerate(pile)}
    symbols, colours = looks(marks)
    tallest = max(_LOWEST, *map(len, piles.values()))
    figure.add_trace(
        go.Scatter(
            x=[at[one.unit][0] for one in marks],
            y=[at[one.unit][1] for one in marks],
            mode="markers",
            customdata=[[one.name, percent(one.rate)] for one in marks],
            hovertemplate=words.DOT_HOVER,
            cliponaxis=False,
            marker={"size": max(5, min(11, 220 // tallest)), "symbol": symbols, "color": colours, "opacity": 0.8},
        )
    )
    notes = [
        {
            "x": float(sum((one.rate or Decimal(0) for one in pile), Decimal(0)) / len(pile)),
            "y": len(pile),
            "yanchor": "bottom",
            "text": words.PILE.format(n=len(pile)),
        }
        for pile in piles.values()
        if len(pile) >= _COUNTED
    ]
    for one in (one for one in marks if one.unit == chosen):
        x, y = at[one.unit]
        ring = {"size": 18, "symbol": "circle-open", "color": theme.ink(), "line": {"width": 3}}
        figure.add_trace(go.Scatter(x=[x], y=[y], mode="markers", marker=ring, hoverinfo="skip", cliponaxis=False))
        label = {
            "text": words.CHOSEN_AT.format(name=one.name, rate=percent(one.rate)),
            "xanchor": "right" if x > 1 / 2 else "left",
            "xshift": -14 if x > 1 / 2 else 14,
        }
        notes.append({"x": x, "y": y, "yanchor": "middle", "font": {"size": 13}, "bgcolor": theme.paper(), **label})
    theme.annotate(figure, notes)
    mean_line(figure, mean)
    figure.update_xaxes(showgrid=True, range=[-0.03, 1.03], tickmode="array", tickvals=[0, 0.25, 0.5, 0.75, 1], ticktext=["0%", "25%", "50%", "75%", "100%"])
    figure.update_yaxes(visible=False, range=[-1, tallest + 2])
    return figure
