"""The ranking as a table, its CSV, and what both pages of a ranking compute from it."""

from bisect import bisect_left, bisect_right
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import links, published, tables, theme
from dashboard.components.charts import Interval
from dashboard.components.text import change, listed, percent, plain, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import ranking as words
from scoring.model import Outcome, PeriodState
from scoring.services.shapes import Ranking, RankRow
from scoring.wording import displayed

_COUNTED = (Outcome.UNMET, Outcome.PARTIAL, Outcome.NOT_OBSERVED, Outcome.MET, Outcome.NOT_APPLICABLE)
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


def letters(ranking: Ranking) -> dict[str, str]:
    """A short head for each first-level indicator, by code."""
    return {node.code: _LETTERS[n % 26] for n, node in enumerate(ranking.edition.index)}


def letter_key(ranking: Ranking) -> str:
    """What the letters stand for, in one line."""
    return words.KEY_GAP.join(f"{letter} {node.title}" for node, letter in zip(ranking.edition.index, letters(ranking).values(), strict=True))


def place(row: RankRow) -> str:
    """Rank as shown; — when the unit is not ranked."""
    return words.NONE if row.score.rank is None else str(row.score.rank)


def spreads(ranking: Ranking) -> dict[str, str]:
    """Ranks that every ranked unit may take within the intervals of all ranked units, by id."""
    ranked = [row.score for row in ranking.rows if row.score.rank is not None]
    lows, highs = sorted(displayed(score.lower) for score in ranked), sorted(displayed(score.upper) for score in ranked)
    found = {}
    for score in ranked:
        best = 1 + len(lows) - bisect_right(lows, displayed(score.upper))
        worst = len(highs) - bisect_left(highs, displayed(score.lower))
        found[score.unit] = words.PLACE.format(n=best) if best >= worst else words.PLACES.format(a=best, b=worst)
    return found


def intervals(ranking: Ranking) -> list[Interval]:
    """Ranked units for the interval plot."""
    places = spreads(ranking)
    return [
        Interval(row.name, row.score.lower, row.score.upper, row.score.total, row.previous_total, places[row.unit])
        for row in ranking.rows
        if row.score.rank is not None
    ]


def caution(ranking: Ranking) -> str:
    """The sentence naming units that cannot be told apart; empty when there are none."""
    sets = [words.AMONG.format(names=listed(names)) for names in ranking.inseparable if len(names) > 1]
    return words.INSEPARABLE.format(names=words.OR.join(sets[:2])) if sets else ""


def table(ranking: Ranking, *, key: str, waiting: Mapping[str, int] | None = None) -> None:
    """The ranking with a button to each unit's page; fewer columns on a phone. `waiting` adds the evaluator's columns."""
    phone = theme.is_phone()
    frame = published.kept(ranking, "table", lambda: _frame(ranking, phone)) if waiting is None else _frame(ranking, phone, waiting)
    config = _columns(ranking, frame, phone)
    widget = f"{key}_open"
    config["open"] = st.column_config.ButtonColumn("", type="tertiary", width=48 if phone else 64, key=widget, on_click=_open, args=(ranking, widget))
    alt = words.ALT.format(group=ranking.group, n=len(ranking.rows))
    tables.show(frame, take=f"{key}_csv", most=30, column_config=config, alt=alt, placeholder=words.NONE)
    for line in vetoes(ranking):
        st.caption(plain(line))


def _frame(ranking: Ranking, phone: bool, waiting: Mapping[str, int] | None = None) -> pd.DataFrame:
    rows = ranking.rows
    totals = [None if row.short_of_data else float(row.score.total) for row in rows]
    cells: dict[str, Any] = {"rank": [place(row) for row in rows], "name": [row.name for row in rows], "total": totals, "bar": totals}
    cells |= {"change": [change(row) for row in rows], "grade": [_grade(row) for row in rows]}
    if phone:
        del cells["bar"], cells["grade"]
    elif waiting is not None:
        places = spreads(ranking)
        cells["spread"] = [places.get(row.unit, words.NONE) for row in rows]
        cells["coverage"] = [percent(row.score.coverage) for row in rows]
        cells["waiting"] = [waiting.get(row.unit, 0) for row in rows]
    else:
        for code in letters(ranking):
            cells[code] = [percent(rate(row, code)) for row in rows]
        if max((len(row.history) for row in rows), default=0) > 1:
            cells["history"] = pd.Series([trail(row) for row in rows], dtype=object)
    return pd.DataFrame({**cells, "open": [words.OPEN] * len(rows)})


def _columns(ranking: Ranking, frame: pd.DataFrame, phone: bool) -> dict[str, Any]:
    full = float(ranking.edition.full)
    config: dict[str, Any] = {
        "rank": st.column_config.TextColumn(words.RANK, width=40 if phone else 56, alignment="center"),
        "name": st.column_config.TextColumn(words.UNIT, width=76 if phone else 110 if max(map(len, frame["name"]), default=0) <= 6 else 200),
        "total": st.column_config.NumberColumn(words.TOTAL, format="%.1f", width=64),
        "bar": st.column_config.ProgressColumn("", format=" ", min_value=0, max_value=full, width=112),
        "change": st.column_config.TextColumn(words.CHANGE, width=72 if phone else 84),
        "grade": st.column_config.TextColumn(words.GRADE, width=112 if "waiting" in frame else 84),
        "spread": st.column_config.TextColumn(words.SPREAD, width=92),
        "coverage": st.column_config.TextColumn(words.COVERAGE, width=76, help=words.COVERAGE_HELP),
        "waiting": st.column_config.NumberColumn(words.WAITING, width=76),
        "history": st.column_config.LineChartColumn(words.HISTORY, y_min=0, y_max=full, width=96, help=words.HISTORY_HELP),
    }
    for node, letter in zip(ranking.edition.index, letters(ranking).values(), strict=True):
        config[node.code] = st.column_config.TextColumn(letter, help=words.RATE_OF.format(title=node.title), width=58, alignment="right")
    return {name: column for name, column in config.items() if name in frame}


def trail(row: RankRow) -> list[float] | None:
    """Totals of the periods since the last one without a rank, so that no line is drawn across a gap; None when there are fewer than two."""
    known: list[float] = []
    for value in row.history:
        known = [] if value is None else [*known, float(value)]
    return known if len(known) > 1 else None


def vetoes(ranking: Ranking) -> list[str]:
    """Why vetoed units have the score they have and others are not ranked: one line for all of the same reason."""
    titles = {veto.leaf.code: veto.leaf.title for veto in ranking.edition.vetoes}
    excluded: dict[str, list[str]] = {}
    vetoed: dict[tuple[str, str], list[str]] = {}
    for row in ranking.rows:
        if row.excluded:
            excluded.setdefault(row.excluded, []).append(row.name)
        elif row.score.veto:
            names = words.COMMA.join(titles.get(code, code) for code in row.score.veto)
            vetoed.setdefault((names, points(row.score.total)), []).append(row.name)
    out = [words.EXCLUDED_WHY.format(unit=listed(units), why=why) for why, units in excluded.items()]
    return out + [words.VETO_WHY.format(unit=listed(units), names=names, total=total) for (names, total), units in vetoed.items()]


def download(ranking: Ranking, *, key: str) -> None:
    """The ranking as CSV, made when somebody takes it."""
    name = words.FILE.format(period=ranking.period.title, group=ranking.group, draft=words.FILE_DRAFT if ranking.period.state is PeriodState.OPEN else "")
    tables.download(tables.Take(f"{key}_csv", name, lambda: as_csv(ranking), words.DOWNLOAD))


def as_csv(ranking: Ranking) -> bytes:
    """The content of the download: as shown, then the same numbers unrounded (得分率 as a share of 1); no score of a unit of which too little was seen."""
    nodes = ranking.edition.index
    header = [words.RANK, words.UNIT, words.GRADE, words.TOTAL, words.LOWER, words.UPPER, words.COVERAGE, words.CHANGE]
    header += [words.RATE_OF.format(title=node.title) for node in nodes]
    header += [outcome.zh for outcome in _COUNTED]
    numbers = [words.TOTAL, words.LOWER, words.UPPER, words.COVERAGE, *(words.RATE_OF.format(title=node.title) for node in nodes)]
    header += [common.UNROUNDED.format(name=name) for name in numbers]
    rows = [
        [
            place(row),
            row.name,
            _grade(row),
            *(points(None if row.short_of_data else value) for value in (row.score.total, row.score.lower, row.score.upper)),
            percent(row.score.coverage),
            change(row).split(" ", 1)[-1],
            *(percent(rate(row, node.code)) for node in nodes),
            *(row.counts.get(outcome, 0) for outcome in _COUNTED),
            *(unrounded(None if row.short_of_data else value) for value in (row.score.total, row.score.lower, row.score.upper)),
            unrounded(row.score.coverage),
            *(unrounded(rate(row, node.code)) for node in nodes),
        ]
        for row in ranking.rows
    ]
    return to_csv(header, rows)


def rate(row: RankRow, code: str) -> Decimal | None:
    """得分率 of a first-level indicator; None where too little was seen to show one."""
    return row.rates.get(code)


def unranked(row: RankRow) -> str:
    """Why a unit has no rank: 暂不纳入, 单项否决 or 数据不足; empty when it has one."""
    if row.score.rank is not None:
        return ""
    if row.excluded:
        return words.EXCLUDED
    return words.VETO if row.score.veto else words.SHORT_DATA


def _grade(row: RankRow) -> str:
    if why := unranked(row):
        return why
    return (row.score.grade or words.NONE) + (words.PROVISIONAL_MARK if row.score.provisional else "")


def _open(ranking: Ranking, widget: str) -> None:
    click = st.session_state[widget]
    if click is not None:
        links.open_page("review" if ranking.draft else "unit", unit=ranking.rows[click.row].unit, period=ranking.period.ref)
