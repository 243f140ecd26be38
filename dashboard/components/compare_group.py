"""对比 of one group in two periods: its mean, its units, its indicators."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import address, compare_charts, compare_parts, tables, theme, ui
from dashboard.components.compare_charts import Line
from dashboard.components.text import difference, plain, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import compare as words
from scoring.services import contrast
from scoring.services.contrast import Moved
from scoring.services.shapes import Ranking, RankRow
from scoring.wording import mean, score_change

_TOP = 12


def show(before: Ranking, now: Ranking) -> None:
    """Everything below the filters."""
    found = contrast.moves(before, now)
    ui.conclusion(headline(found, now), note(found, before, now))
    if before.edition.sha != now.edition.sha:
        st.info(plain(words.EDITIONS.format(before=before.edition.id, after=now.edition.id)), icon=":material/account_tree:")
    with st.grid(2, min_column_width=440):
        shared = [node for node in now.edition.index if any(one.code == node.code for one in before.edition.index)]
        lines = [Line(node.title, (before.medians.get(node.code), now.medians.get(node.code))) for node in shared]
        compare_parts.rates(lines, (), compare_charts.twice, words.RATES_THEN.format(before=before.period.title, after=now.period.title), title=words.MEDIANS)
        _shortfalls(before, now)
    _moves(found, before, now)


def headline(found: Sequence[Moved], now: Ranking) -> str:
    """The mean then and now of the units ranked in both periods, as displayed."""
    both = [(one.before.score.total, one.after.score.total) for one in found if one.gained is not None and one.before and one.after]
    if not both:
        return words.HEAD_GROUP_NONE.format(group=now.group)
    then, after = (sum(totals, Decimal(0)) / len(both) for totals in zip(*both, strict=True))
    return words.HEAD_GROUP.format(group=now.group, before=points(then), after=points(after), change=score_change(after, then))


def note(found: Sequence[Moved], before: Ranking, now: Ranking) -> str:
    """Scope and how many rose and fell."""
    both = [one.places for one in found if one.gained is not None and one.places is not None]
    up, down = sum(places > 0 for places in both), sum(places < 0 for places in both)
    return words.NOTE_GROUP.format(before=before.period.title, after=now.period.title, n=len(both), up=up, down=down)


def csv(found: Sequence[Moved], before: Ranking, now: Ranking) -> bytes:
    """Every unit with ranks and totals of both periods."""
    header = [words.UNIT]
    for period in (before.period.title, now.period.title):
        header += [f"{period}{words.RANKS}", f"{period}{words.TOTALS}"]
    header += [words.PLACES, words.GAINED]
    header += [common.UNROUNDED.format(name=f"{period}{words.TOTALS}") for period in (before.period.title, now.period.title)]
    rows = [[one.name, *_side(one.before), *_side(one.after), _places(one), _gained(one), *map(_total, (one.before, one.after))] for one in found]
    return to_csv(header, rows)


def _moves(found: Sequence[Moved], before: Ranking, now: Ranking) -> None:
    with ui.card(words.MOVES, words.MOVES_NOTE):
        name = words.FILE_GROUP.format(group=now.group, before=before.period.title, after=now.period.title)
        take = tables.above(tables.Take("compare_group_csv", name, lambda: csv(found, before, now), words.DOWNLOAD))
        frame = pd.DataFrame(
            {
                words.UNIT: [one.name for one in found],
                words.RANKS: [words.ARROW.format(before=_side(one.before)[0], after=_side(one.after)[0]) for one in found],
                words.PLACES: [_places(one) for one in found],
                words.TOTALS: [words.ARROW.format(before=_side(one.before)[1], after=_side(one.after)[1]) for one in found],
                words.GAINED: [_gained(one) for one in found],
            }
        )
        if theme.is_phone():
            frame = frame.drop(columns=[words.RANKS, words.GAINED])
        frame["open"] = [words.OPEN if one.before and one.after else None for one in found]
        config: dict[str, Any] = {
            words.UNIT: st.column_config.TextColumn(width=110 if theme.is_phone() else 220),
            words.GAINED: st.column_config.TextColumn(alignment="right", width=90),
            "open": st.column_config.ButtonColumn("", type="tertiary", width=56, key="compare_open", on_click=_open, args=(found, before, now)),
        }
        alt = words.MOVES_ALT.format(n=len(found))
        tables.show(frame, take=take, column_config=config, alt=alt, placeholder=common.NONE)


def _shortfalls(before: Ranking, now: Ranking) -> None:
    then = {one.leaf.code: one for one in before.lost}
    after = {one.leaf.code: one for one in now.lost}
    shared = {leaf.code: leaf.title for leaf in now.edition.leaves() if any(one.code == leaf.code for one in before.edition.leaves())}
    known = [(code, title, then.get(code), after.get(code)) for code, title in shared.items() if code in then or code in after]
    changes = [(title, old.mean if old else Decimal(0), new.mean if new else Decimal(0), old, new) for _, title, old, new in known]
    every = sorted(changes, key=lambda one: -abs(one[2] - one[1]))
    changes = [one for one in every if mean(one[1]) != mean(one[2])][:_TOP]
    with ui.card(words.SHORTFALLS, words.SHORTFALLS_NOTE.format(n=len(changes)) if changes else ""):
        if not changes:
            st.caption(words.SHORTFALLS_NONE)
            return
        frame = pd.DataFrame(
            {
                words.LEAF: [one[0] for one in changes],
                words.MEAN_CHANGE: [_signed(one[2] - one[1]) for one in changes],
                words.MEAN_NOW: [mean(one[2]) for one in changes],
                words.LOSING: [words.ARROW.format(before=one[3].losing if one[3] else 0, after=one[4].losing if one[4] else 0) for one in changes],
            }
        )
        right = {name: st.column_config.TextColumn(alignment="right", width=64) for name in (words.MEAN_CHANGE, words.MEAN_NOW)}
        file = words.FILE_SHORTFALLS.format(group=now.group, before=before.period.title, after=now.period.title)
        header = [words.LEAF, *(words.MEAN_OF.format(name=period.title) for period in (before.period, now.period)), words.MEAN_CHANGE]
        header += [words.LOSING_OF.format(name=period.title) for period in (before.period, now.period)]
        rows = [[title, *map(unrounded, (old, new, new - old)), *(one.losing if one else 0 for one in sides)] for title, old, new, *sides in every]
        take = tables.Take("compare_shortfalls_csv", file, lambda: to_csv(header, rows))
        tables.show(frame, take=take, most=_TOP, column_config=right, alt=words.SHORTFALLS)


def _side(row: RankRow | None) -> tuple[str, str]:
    if row is None:
        return common.NONE, common.NONE
    return str(row.score.rank) if row.score.rank is not None else common.NONE, common.NONE if row.short_of_data else points(row.score.total)


def _total(row: RankRow | None) -> str:
    return "" if row is None or row.short_of_data else unrounded(row.score.total)


def _places(one: Moved) -> str:
    if one.before is None or one.after is None:
        return words.NEW_UNIT if one.before is None else words.GONE_UNIT
    if one.places is None:
        return common.NONE
    return common.LEVEL if not one.places else (common.UP if one.places > 0 else common.DOWN).format(n=abs(one.places))


def _gained(one: Moved) -> str:
    return common.NONE if one.before is None or one.after is None or one.gained is None else _difference(one.before, one.after)


def _difference(before: RankRow, after: RankRow) -> str:
    gap = difference(after.score.total, before.score.total) or Decimal(0)
    return f"{'+' if gap > 0 else '−' if gap < 0 else ''}{abs(gap)}"


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else '−'}{mean(abs(value))}"


def _open(found: Sequence[Moved], before: Ranking, now: Ranking) -> None:
    click = st.session_state["compare_open"]
    if click is not None and found[click.row].before and found[click.row].after:
        st.session_state["compare_what"] = words.UNIT_PERIODS
        address.keep(unit=found[click.row].unit, period=now.period.ref, before=before.period.ref)
