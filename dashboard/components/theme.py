"""Design tokens: status marks, bands, plotly template. Contrast and colour-blind safety were checked in LOOK.md §3."""

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

import plotly.graph_objects as go
import streamlit as st

from scoring.model import Outcome

FONT = "'PingFang SC','HarmonyOS Sans SC','Microsoft YaHei','Noto Sans SC','Source Han Sans SC','Noto Sans CJK SC','Source Sans',sans-serif"
CONFIG = {"displayModeBar": False, "displaylogo": False, "scrollZoom": False, "doubleClick": False, "modeBarButtonsToRemove": ["sendChartToCloud"]}

BAD, WARN, OK, NA = "#B83A48", "#CE7E03", "#2A9082", "#8492A2"
NO_MATCH = "#EEF1F5", "#262F3A"


@dataclass(frozen=True, slots=True)
class Mark:
    """Colour + shape + word of one outcome; `colour` names Streamlit's palette entry."""

    glyph: str
    icon: str
    colour: str
    tint: tuple[str, str]


MARKS: dict[Outcome, Mark] = {
    Outcome.UNMET: Mark("■", ":material/disabled_by_default:", "red", ("#FBECEE", "#5A2730")),
    Outcome.PARTIAL: Mark("▲", ":material/warning:", "yellow", ("#FDF3DF", "#57400F")),
    Outcome.NOT_OBSERVED: Mark("○", ":material/help:", "gray", ("#EEF1F5", "#364250")),
    Outcome.MET: Mark("●", ":material/check_circle:", "green", ("#E6F4F1", "#1C4A45")),
    Outcome.NOT_APPLICABLE: Mark("—", ":material/remove:", "gray", ("#FFFFFF", "#12171E")),
}

BAND_EDGES = tuple(Decimal(edge) for edge in ("0.4", "0.6", "0.75", "0.9"))
_BANDS = (
    (("#9E3A2B", "#DB8A5E", "#F6E3CC", "#A6CEC6", "#267D71"), ("#FFFFFF", "#101820", "#101820", "#101820", "#FFFFFF")),
    (("#DE7F63", "#96523B", "#3B3F45", "#2D6A63", "#4DBBAB"), ("#12171E", "#FFFFFF", "#FFFFFF", "#FFFFFF", "#12171E")),
)

_CLASSES = (
    (("#DCE8F4", "#A5C4E1", "#6294C5", "#2F649F", "#143A69"), ("#101820", "#101820", "#101820", "#FFFFFF", "#FFFFFF")),
    (("#1F3854", "#2E5B8B", "#4F86BF", "#8DB5E0", "#D6E5F6"), ("#FFFFFF", "#FFFFFF", "#12171E", "#12171E", "#12171E")),
)


def dark() -> bool:
    """True when the reader's system asked for the dark theme."""
    return st.context.theme.type == "dark"


def ink() -> str:
    """Text colour."""
    return "#E8EDF2" if dark() else "#101820"


def muted() -> str:
    """Colour of secondary text, still ≥ 4.5:1."""
    return "#B4C0CC" if dark() else "#566474"


def brand() -> str:
    """The single hue of amounts."""
    return "#6FA3E0" if dark() else "#1F5A9E"


def soft() -> str:
    """The same hue for intervals."""
    return "rgba(111,163,224,.34)" if dark() else "rgba(31,90,158,.24)"


def hair() -> str:
    """Hairlines and the range of a group."""
    return "rgba(150,165,182,.28)" if dark() else "rgba(110,125,142,.22)"


def paper() -> str:
    """Page background."""
    return "#12171E" if dark() else "#FFFFFF"


def unknown() -> str:
    """Cell colour where there is no value."""
    return NO_MATCH[dark()]


def bands() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill and text colours of the five bands of a 得分率, worst first."""
    return _BANDS[dark()]


def classes() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Fill and text colours of the five classes of a total, lowest first."""
    return _CLASSES[dark()]


def band(rate: Decimal) -> int:
    """The band of a 得分率; an edge belongs to the better band."""
    return sum(rate >= edge for edge in BAND_EDGES)


def tints(outcomes: list[Outcome]) -> list[str]:
    """Pale fills behind black words in tables."""
    return [MARKS[outcome].tint[dark()] for outcome in outcomes]


def is_phone() -> bool:
    """Used to shorten only; the layout itself reflows."""
    return "Mobi" in (st.context.headers.get("User-Agent") or "")


@lru_cache(maxsize=1)
def _template() -> Any:
    axis = {"showline": False, "zeroline": False, "ticks": "", "automargin": True, "fixedrange": True}
    return go.layout.Template(
        layout=go.Layout(
            font={"family": FONT, "size": 13},
            margin={"l": 8, "r": 8, "t": 8, "b": 8},
            showlegend=False,
            paper_bgcolor="rgba(0,0,0,0)",
            plot_bgcolor="rgba(0,0,0,0)",
            xaxis={**axis, "showgrid": True},
            yaxis={**axis, "showgrid": False},
            hovermode="closest",
            hoverlabel={"font": {"family": FONT, "size": 13}, "align": "left", "namelength": -1},
            dragmode=False,
            bargap=0.38,
        )
    )


def figure(height: int, **layout: Any) -> go.Figure:
    """An empty figure in the house look; titles, units and legends stand outside it."""
    # All at once: each update of a figure goes through its whole layout again.
    axes = {
        "xaxis": {"gridcolor": hair(), "tickfont": {"color": muted(), "size": 12}},
        "yaxis": {"gridcolor": hair(), "tickfont": {"color": ink(), "size": 13}},
    }
    return go.Figure(layout={"template": _template(), "height": height, "font": {"family": FONT, "size": 13, "color": ink()}, **axes, **layout})


def annotate(drawn: go.Figure, notes: list[dict[str, Any]]) -> None:
    """Write texts into a figure, all at once: `add_annotation` copies those that are there, which takes a second for thirty."""
    drawn.update_layout(annotations=[{"showarrow": False, "font": {"size": 12}, **note} for note in notes])


def show(drawn: go.Figure, *, alt: str, key: str) -> None:
    """Put a figure on the page with its takeaway for a reader who cannot see it."""
    st.plotly_chart(drawn, config=CONFIG, alt=alt, key=key, theme=None)


def show_clickable(drawn: go.Figure, *, alt: str, key: str, on_click: Callable[[list[Any]], None]) -> None:
    """The same for a figure whose points lead somewhere: `on_click` receives the `customdata` of the point.

    A selection outlives the browser's Back and would lead away again, so each one is taken under a key of its own.
    """
    count = f"{key}_clicks"
    widget = f"{key}_{st.session_state.get(count, 0)}"

    def taken() -> None:
        chosen = st.session_state[widget]["selection"]["points"]
        st.session_state[count] = st.session_state.get(count, 0) + 1
        if chosen and "customdata" in chosen[0]:
            on_click(list(chosen[0]["customdata"]))

    st.plotly_chart(drawn, config=CONFIG, alt=alt, key=widget, theme=None, on_select=taken, selection_mode="points")
