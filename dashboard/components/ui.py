"""Small pieces of a page: cards, badges, legends, empty states, the source line."""

from collections.abc import Mapping, Sequence
from typing import Literal

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from dashboard.components import address, theme
from dashboard.components.text import beijing, day, plain
from dashboard.strings import common as words
from scoring.disclosure import EVERYTHING
from scoring.model import Edition, Outcome, PeriodState
from scoring.services.shapes import PeriodInfo, Ranking

ORDER = (Outcome.UNMET, Outcome.PARTIAL, Outcome.NOT_OBSERVED, Outcome.MET)
"""Outcomes as pages list them: what costs points first."""


def badge(outcome: Outcome, count: int | None = None) -> str:
    """Markdown of an outcome's badge."""
    mark = theme.MARKS[outcome]
    return f":{mark.colour}-badge[{mark.icon} {outcome.zh}{'' if count is None else f' {count}'}]"


def badges(counts: Mapping[Outcome, int]) -> str:
    """Badges of all outcomes that occur; they sum to the number of indicators."""
    return " ".join(badge(outcome, counts[outcome]) for outcome in (*ORDER, Outcome.NOT_APPLICABLE) if counts.get(outcome))


def neutral(text: str, icon: str = "") -> str:
    """Markdown of a blue badge."""
    return f":blue-badge[{icon + ' ' if icon else ''}{plain(text)}]"


def quiet(text: str) -> str:
    """Markdown of a grey badge."""
    return f":gray-badge[{plain(text)}]"


def marked(outcome: Outcome) -> str:
    """Glyph and word of an outcome, for tables."""
    return f"{theme.MARKS[outcome].glyph} {outcome.zh}"


def heading(title: str) -> None:
    """The one h1 of a page."""
    st.title(title, anchor=False)


def conclusion(sentence: str, note: str = "") -> None:
    """The computed answer as h2, scope and caveat below it. Both may hold names from data, so they are written literally."""
    st.header(plain(sentence), anchor=False)
    if note:
        st.caption(plain(note))


def card(title: str, note: str = "") -> DeltaGenerator:
    """A bordered card with an h3."""
    box = st.container(border=True, height="stretch")
    box.subheader(plain(title), anchor=False)
    if note:
        box.caption(plain(note))
    return box


def legend(unknown: str = words.BAND_UNKNOWN) -> None:
    """Chips of the 得分率 bands; `unknown` names the cells without one."""
    fills, inks = theme.bands()
    chips = [chip(label, ink, fill) for label, ink, fill in zip(words.BANDS, inks, fills, strict=True)]
    chips.append(chip(unknown, theme.muted(), theme.unknown()))
    st.markdown(f":small[{words.BAND_RATE} {' '.join(chips)}]")


def chip(label: str, ink: str, fill: str) -> str:
    """Markdown of one chip of a legend."""
    return f':color[&nbsp;{label}&nbsp;]{{foreground="{ink}" background="{fill}"}}'


def source(period: PeriodInfo, edition: Edition, *, ranked: int, size: int, simulated: bool) -> None:
    """The line that closes every page with results; it goes by the state of the period."""
    published = words.PUBLISHED_AS.format(revision=period.revision or 1, at=beijing(period.published_at))
    published += words.EXTENT_AS.format(extent=period.disclosure.zh) if period.disclosure != EVERYTHING else ""
    state = {PeriodState.OPEN: words.DRAFT_AS, PeriodState.LOCKED: words.LOCKED_AS}.get(period.state, published)
    line = words.SOURCE.format(cutoff=day(period.cutoff or period.end), edition=edition.id, ranked=ranked, n=size, state=state)
    st.caption(":material/database: " + plain((words.SOURCE_SIMULATED if simulated else words.SOURCE_REAL) + words.DOT + line))


def source_of(ranking: Ranking) -> None:
    """The source line of a ranking."""
    ranked = sum(row.score.rank is not None for row in ranking.rows)
    source(ranking.period, ranking.edition, ranked=ranked, size=len(ranking.rows), simulated=ranking.simulated)


def table_height(rows: int, most: int) -> int | Literal["content"]:
    """As tall as its rows, up to `most` rows; then it scrolls."""
    return "content" if rows <= most else 38 * (most + 1)


def nothing_published() -> None:
    """The empty state of readers' pages."""
    st.info(words.NOTHING_PUBLISHED, icon=":material/inbox:")
    st.markdown(words.NOTHING_PUBLISHED_HOW)
    st.code(words.NOTHING_PUBLISHED_COMMANDS, language=None)


def workbench(periods: Sequence[PeriodInfo], *, key: str) -> PeriodInfo:
    """The period selector of an evaluator's page: opens on a period that can still be worked on."""
    by_id = {period.id: period for period in periods}
    workable = [period.id for period in periods if period.state is not PeriodState.PUBLISHED]
    default = next((period.id for period in periods if period.state is PeriodState.OPEN), (workable or list(by_id))[0])
    return by_id[address.select("period", titles(periods), default, icon=":material/calendar_month:", key=key, recall=workable)]


def titles(periods: Sequence[PeriodInfo]) -> dict[str, str]:
    """Choices of a period selector."""
    return address.titles(periods)
