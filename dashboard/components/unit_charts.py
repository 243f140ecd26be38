"""Charts of one unit: lost points, what fixes bring, its way through the periods, comparison with its group."""

from collections.abc import Sequence
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.components import theme
from dashboard.components.text import exact, percent, points, wrapped
from dashboard.strings import unit_charts as words
from scoring.services.course import Point
from scoring.services.fixes import Fix
from scoring.services.losses import Kind, Step
from scoring.services.peers import Peer

_KINDS = {
    Kind.NO_DIMENSION: words.NO_DIMENSION,
    Kind.UNSURE: words.UNSURE,
    Kind.VETO: words.VETO,
    Kind.VETO_OPEN: words.VETO_OPEN,
    Kind.OTHER: words.OTHER,
    Kind.BONUS: words.BONUS,
}
_FEW = 12


def label(step: Step) -> str:
    """What a step is called."""
    if step.kind is Kind.REST:
        return words.REST.format(n=step.count)
    return _KINDS.get(step.kind, step.label)


def waterfall(down: Sequence[Step], *, full: Decimal, total: Decimal) -> go.Figure:
    """Floating bars from full marks leftwards; both ends are reference lines, so no bar is cut off."""
    count = len(down)
    chars = 8 if theme.is_phone() else 12
    names = [wrapped(label(step), chars) for step in down]
    figure = theme.figure(max(34, 20 + 14 * max((name.count("<br>") for name in names), default=0)) * count + 64, margin={"l": 8, "r": 8, "t": 34, "b": 8})
    ends: list[Decimal] = []
    at = full
    for step in down:
        at -= step.lost
        ends.append(at)
    rows = list(range(count))
    figure.add_trace(
        go.Bar(
            y=rows,
            x=[float(step.lost) for step in down],
            base=[float(end) for end in ends],
            orientation="h",
            width=0.58,
            marker={"color": [theme.BAD if step.sure and step.kind is not Kind.REST else theme.NA for step in down], "cornerradius": 3},
            customdata=[[label(step), points(step.lost)] for step in down],
            hovertemplate=words.LOST_HOVER,
        )
    )
    for n in range(count - 1):
        figure.add_shape(type="line", x0=float(ends[n]), x1=float(ends[n]), y0=n + 0.29, y1=n + 0.71, line={"color": theme.NA, "width": 1})
    figure.add_trace(
        go.Scatter(
            y=rows,
            x=[float(max(end, end + step.lost)) for end, step in zip(ends, down, strict=True)],
            text=[f" {'−' if step.lost > 0 else '+'}{points(abs(step.lost))}" for step in down],
            mode="text",
            textposition="middle right",
            textfont={"size": 13},
            hoverinfo="skip",
        )
    )
    low, high = min([total, *ends]), max([full, *ends])
    room = float(high - low or Decimal(1)) * (0.26 if theme.is_phone() else 0.18)
    for value, text, colour, bottom in ((full, words.FULL, theme.NA, 0.32), (total, words.SCORE, theme.brand(), count - 0.5)):
        figure.add_shape(type="line", x0=float(value), x1=float(value), y0=-0.5, y1=bottom, line={"color": colour, "width": 2})
        figure.add_annotation(
            x=float(value),
            y=1,
            yref="paper",
            yanchor="bottom",
            text=text.format(points=exact(value) if value == full else points(value)),
            showarrow=False,
            font={"size": 13},
        )
    figure.update_xaxes(range=[float(low) - room, float(high) + room], showticklabels=False, showgrid=False)
    figure.update_yaxes(range=[count - 0.5, -0.5], tickmode="array", tickvals=rows, ticktext=names)
    return figure


def gains(fixes: Sequence[Fix]) -> go.Figure:
    """What each fix brings, with the rank that would follow."""
    names = [wrapped(fix.leaf.title, 8 if theme.is_phone() else 12) for fix in fixes]
    rows = list(range(len(fixes)))
    tallest = max((name.count("<br>") for name in names), default=0)
    figure = theme.figure((22 + 14 * max(1, tallest)) * len(fixes) + 16, margin={"l": 8, "r": 8, "t": 4, "b": 4})
    texts = [words.GAIN.format(points=points(fix.shown)) + (words.GAIN_RANK.format(rank=fix.rank) if fix.rank else "") for fix in fixes]
    figure.add_trace(
        go.Bar(
            y=rows,
            x=[float(fix.shown) for fix in fixes],
            orientation="h",
            width=0.58,
            marker={"color": theme.brand(), "cornerradius": 3},
            text=texts,
            textposition="outside",
            cliponaxis=False,
            textfont={"size": 13},
            customdata=[[fix.leaf.title, points(fix.total)] for fix in fixes],
            hovertemplate=words.GAIN_HOVER,
        )
    )
    most = max((float(fix.shown) for fix in fixes), default=1.0)
    figure.update_xaxes(visible=False, range=[0, most * (2.3 if theme.is_phone() else 1.7)])
    figure.update_yaxes(range=[len(fixes) - 0.5, -0.5], tickmode="array", tickvals=rows, ticktext=names, ticklabelstandoff=6)
    return figure


def trend(way: Sequence[Point], *, full: Decimal) -> go.Figure:
    """Totals by period with a label at each point, and the group's mean as a dotted line; a period without a score leaves a gap."""
    values = [None if one.total is None else float(one.total) for one in way]
    means = [None if one.mean is None else float(one.mean) for one in way]
    under = [one.total is not None and one.mean is not None and one.mean > one.total for one in way]
    figure = _course(way, values, [points(one.total) for one in way], under)
    figure.add_trace(
        go.Scatter(
            x=list(range(len(way))),
            y=means,
            mode="lines",
            line={"color": theme.NA, "width": 2, "dash": "dot"},
            customdata=[[one.title, points(one.mean)] for one in way],
            hovertemplate=words.MEAN_HOVER,
        )
    )
    last = next((n for n in range(len(way) - 1, -1, -1) if means[n] is not None), None)
    if last is not None:
        mean = words.MEAN.format(points=points(way[last].mean))
        figure.add_annotation(x=last, y=means[last], text=mean, showarrow=False, yshift=14 if under[last] else -14, font={"size": 12, "color": theme.muted()})
    known = [value for value in (*values, *means) if value is not None]
    low, high = (min(known), max(known)) if known else (0.0, float(full))
    figure.update_yaxes(range=[max(0.0, low - 6), min(float(full) * 1.05, high + 6)])
    return figure


def ranks(way: Sequence[Point]) -> go.Figure:
    """Ranks by period, the first on top."""
    places = [None if one.rank is None else float(one.rank) for one in way]
    figure = _course(way, places, [words.RANK.format(rank=one.rank) if one.rank else "" for one in way], [False] * len(way))
    worst = max((one.ranked for one in way), default=1)
    figure.update_yaxes(range=[worst + 0.8, 0.2], tickformat="d", dtick=1 if worst <= _FEW else None)
    return figure


def _course(way: Sequence[Point], values: Sequence[float | None], texts: Sequence[str], under: Sequence[bool]) -> go.Figure:
    figure = theme.figure(250, margin={"l": 8, "r": 24, "t": 20, "b": 8})
    places = list(range(len(way)))
    figure.add_trace(
        go.Scatter(
            x=places,
            y=values,
            mode="lines+markers+text",
            text=texts,
            textposition=["bottom center" if one else "top center" for one in under],
            textfont={"size": 13},
            line={"color": theme.brand(), "width": 3},
            marker={"size": 9},
            customdata=[[one.title] for one in way],
            hovertemplate="%{customdata[0]} %{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    names = [wrapped(one.title, 6 if len(way) > 3 or theme.is_phone() else 12) for one in way]
    figure.update_xaxes(showgrid=False, range=[-0.45, len(way) - 0.55], tickmode="array", tickvals=places, ticktext=names)
    figure.update_yaxes(showgrid=True, nticks=5, tickfont={"size": 12})
    return figure


def dumbbell(rows: Sequence[Peer]) -> go.Figure:
    """● not below the median, ■ below it, ◇ the median, ┃ the best; a grey line from the lowest to the best of the group."""
    figure = theme.figure(38 * len(rows) + 44, margin={"l": 8, "r": 48, "t": 26, "b": 4})
    down = list(range(len(rows)))
    lines_x: list[float | None] = []
    lines_y: list[int | None] = []
    for y, row in enumerate(rows):
        lines_x += [float(row.low), float(row.best), None]
        lines_y += [y, y, None]
    figure.add_trace(go.Scatter(x=lines_x, y=lines_y, mode="lines", line={"width": 10, "color": theme.hair()}, hoverinfo="skip"))
    for value, symbol, size, hover in (("best", "line-ns", 14, words.BEST_HOVER), ("median", "diamond-open", 11, words.MEDIAN_HOVER)):
        figure.add_trace(
            go.Scatter(
                x=[float(getattr(row, value)) for row in rows],
                y=down,
                mode="markers",
                customdata=[[row.label, percent(getattr(row, value))] for row in rows],
                hovertemplate=hover,
                marker={"size": size, "symbol": symbol, "color": theme.NA, "line": {"width": 2, "color": theme.muted()}},
            )
        )
    figure.add_trace(
        go.Scatter(
            x=[float(row.own) for row in rows],
            y=down,
            mode="markers+text",
            text=[percent(row.own) for row in rows],
            textposition=["middle left" if row.below else "middle right" for row in rows],
            textfont={"size": 12},
            cliponaxis=False,
            customdata=[[row.label, percent(row.own)] for row in rows],
            hovertemplate=words.OWN_HOVER,
            marker={
                "size": 13,
                "color": [theme.BAD if row.below else theme.brand() for row in rows],
                "symbol": ["square" if row.below else "circle" for row in rows],
            },
        )
    )
    lowest = min((float(min(row.low, row.own)) for row in rows), default=0.0)
    figure.update_xaxes(side="top", range=[max(-0.08, lowest - 0.12), 1.1])
    ticks = [tick for tick in range(0, 101, 20) if tick / 100 >= lowest - 0.12]
    figure.update_xaxes(tickmode="array", tickvals=[tick / 100 for tick in ticks], ticktext=[f"{tick}%" for tick in ticks])
    names = [wrapped(row.label, 8) for row in rows]
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5], tickmode="array", tickvals=down, ticktext=names)
    return figure
