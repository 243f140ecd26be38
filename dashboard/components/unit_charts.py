"""Charts of one unit: lost points, trend, comparison with its group."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

import plotly.graph_objects as go

from dashboard.components import theme
from dashboard.components.text import percent, points, wrapped
from dashboard.strings import charts as words
from scoring.services.shapes import UnitProfile

_VISIBLE = Decimal("0.05")


@dataclass(frozen=True, slots=True)
class Step:
    """One step down from full marks; `sure` is False for what is only unknown."""

    label: str
    lost: Decimal
    sure: bool = True


def steps(profile: UnitProfile) -> list[Step]:
    """From full marks down to the total: first-level indicators by loss, then half of what is unknown, then veto and deductions (negative: bonus)."""
    nodes = [(node, profile.row.score.nodes[node.code]) for node in profile.edition.index if node.code in profile.row.score.nodes]
    down = sorted((Step(node.title, score.weight - score.upper) for node, score in nodes), key=lambda step: -step.lost)
    unknown = sum((score.upper - score.total for _, score in nodes), Decimal(0))
    rest = profile.edition.full - profile.row.score.total - sum((step.lost for step in down), unknown)
    down.append(Step(words.UNSURE, unknown, sure=False))
    if rest >= _VISIBLE:
        down.append(Step(words.VETO if profile.row.score.veto else words.OTHER, rest))
    elif rest <= -_VISIBLE:
        down.append(Step(words.BONUS, rest, sure=False))
    return [step for step in down if abs(step.lost) >= _VISIBLE]


def waterfall(down: Sequence[Step], *, full: Decimal, total: Decimal) -> go.Figure:
    """Floating bars from full marks leftwards; both ends are reference lines, so no bar is cut off."""
    count = len(down)
    figure = theme.figure(34 * count + 64, margin={"l": 8, "r": 8, "t": 34, "b": 8})
    ends: list[Decimal] = []
    at = full
    for step in down:
        at -= step.lost
        ends.append(at)
    figure.add_trace(
        go.Bar(
            y=[wrapped(step.label, 8) for step in down],
            x=[float(step.lost) for step in down],
            base=[float(end) for end in ends],
            orientation="h",
            width=0.58,
            marker={"color": [theme.BAD if step.sure else theme.NA for step in down], "cornerradius": 3},
            customdata=[points(step.lost) for step in down],
            hovertemplate=words.LOST_HOVER,
        )
    )
    for n in range(count - 1):
        figure.add_shape(type="line", x0=float(ends[n]), x1=float(ends[n]), y0=n + 0.29, y1=n + 0.71, line={"color": theme.NA, "width": 1})
    figure.add_trace(
        go.Scatter(
            y=[wrapped(step.label, 8) for step in down],
            x=[float(max(end, end + step.lost)) for end, step in zip(ends, down, strict=True)],
            text=[f" {'−' if step.lost > 0 else '+'}{points(abs(step.lost))}" for step in down],
            mode="text",
            textposition="middle right",
            textfont={"size": 13},
            hoverinfo="skip",
        )
    )
    low, high = min([total, *ends]), full
    room = float(high - low or Decimal(1)) * (0.26 if theme.is_phone() else 0.18)
    for value, text, colour, bottom in ((full, words.FULL, theme.NA, 0.32), (total, words.SCORE, theme.brand(), count - 0.5)):
        figure.add_shape(type="line", x0=float(value), x1=float(value), y0=-0.5, y1=bottom, line={"color": colour, "width": 2})
        figure.add_annotation(x=float(value), y=1, yref="paper", yanchor="bottom", text=text.format(points=points(value)), showarrow=False, font={"size": 13})
    figure.update_xaxes(range=[float(low) - room, float(high) + room], showticklabels=False, showgrid=False)
    figure.update_yaxes(range=[count - 0.5, -0.5])
    return figure


def trend(history: Sequence[tuple[str, Decimal | None]], *, full: Decimal) -> go.Figure:
    """Totals by period with a label at each point; a period without a score leaves a gap."""
    names = [name for name, _ in history]
    values = [None if value is None else float(value) for _, value in history]
    known = [value for value in values if value is not None]
    figure = theme.figure(230, margin={"l": 8, "r": 24, "t": 20, "b": 8})
    figure.add_trace(
        go.Scatter(
            x=names,
            y=values,
            mode="lines+markers+text",
            text=[points(value) for _, value in history],
            textposition="top center",
            textfont={"size": 13},
            line={"color": theme.brand(), "width": 3},
            marker={"size": 9},
            hovertemplate="%{x} %{text}<extra></extra>",
            cliponaxis=False,
        )
    )
    low, high = (min(known), max(known)) if known else (0.0, float(full))
    figure.update_xaxes(type="category", showgrid=False, range=[-0.4, len(names) - 0.6])
    figure.update_yaxes(showgrid=True, nticks=5, tickfont={"size": 12}, range=[max(0.0, low - 5), min(float(full) * 1.05, high + 6)])
    return figure


@dataclass(frozen=True, slots=True)
class Compared:
    """A unit's 得分率 beside the median and the range of its group."""

    label: str
    own: Decimal
    median: Decimal
    low: Decimal
    high: Decimal


def dumbbell(rows: Sequence[Compared]) -> go.Figure:
    """● not below the median, ■ below it, ◇ the median, grey line the range of the group."""
    figure = theme.figure(38 * len(rows) + 44, margin={"l": 8, "r": 48, "t": 26, "b": 4})
    lines_x: list[float | None] = []
    lines_y: list[int | None] = []
    for y, row in enumerate(rows):
        lines_x += [float(row.low), float(row.high), None]
        lines_y += [y, y, None]
    down = list(range(len(rows)))
    labels = [row.label for row in rows]
    figure.add_trace(go.Scatter(x=lines_x, y=lines_y, mode="lines", line={"width": 10, "color": theme.hair()}, hoverinfo="skip"))
    figure.add_trace(
        go.Scatter(
            x=[float(row.median) for row in rows],
            y=down,
            mode="markers",
            customdata=labels,
            hovertemplate=words.MEDIAN_HOVER,
            marker={"size": 11, "symbol": "diamond-open", "color": theme.NA, "line": {"width": 2}},
        )
    )
    figure.add_trace(
        go.Scatter(
            x=[float(row.own) for row in rows],
            y=down,
            mode="markers+text",
            text=[percent(row.own) for row in rows],
            textposition=["middle right" if row.own >= row.median else "middle left" for row in rows],
            textfont={"size": 12},
            cliponaxis=False,
            customdata=labels,
            hovertemplate=words.OWN_HOVER,
            marker={
                "size": 13,
                "color": [theme.brand() if row.own >= row.median else theme.BAD for row in rows],
                "symbol": ["circle" if row.own >= row.median else "square" for row in rows],
            },
        )
    )
    lowest = min((float(min(row.low, row.own)) for row in rows), default=0.0)
    figure.update_xaxes(tickformat=".0%", side="top", nticks=5, range=[max(-0.08, lowest - 0.12), 1.1])
    figure.update_xaxes(tickvals=[tick / 100 for tick in range(0, 101, 20) if tick / 100 >= lowest - 0.12])
    figure.update_yaxes(range=[len(rows) - 0.5, -0.5], tickmode="array", tickvals=down, ticktext=[wrapped(label, 8) for label in labels])
    return figure
