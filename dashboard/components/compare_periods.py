"""对比 of one unit in two periods: what changed and why, finding by finding."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pandas as pd
import streamlit as st

from dashboard.components import compare_charts, compare_parts, data, leaf, theme, ui
from dashboard.components.compare_charts import Line
from dashboard.components.text import exact, plain, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import compare as words
from scoring.model import Dimension
from scoring.services import contrast
from scoring.services.contrast import LeafTurn, Turn
from scoring.services.shapes import PeriodInfo, UnitProfile
from scoring.wording import score_change

_TOP = 10


def show(before: PeriodInfo, now: PeriodInfo, unit: str) -> None:
    """Everything below the filters; the unit is in both periods."""
    then, after = data.profile(before, unit), data.profile(now, unit)
    found = contrast.turns(then, after)
    ui.conclusion(headline(then, after), _note(then, after))
    _badges(found)
    if then.edition.sha != after.edition.sha:
        st.info(plain(words.EDITIONS.format(before=then.edition.id, after=after.edition.id)), icon=":material/account_tree:")
    with st.grid(2, min_column_width=440):
        compare_parts.rates(
            _firsts(then, after), _dimensions(then, after), compare_charts.twice, words.RATES_THEN.format(before=then.period.title, after=after.period.title)
        )
        _changes([one for one in found if one.turn is not Turn.SAME], then, after)
    _table(found, then, after)


def headline(then: UnitProfile, after: UnitProfile) -> str:
    """从 81.3 分到 83.1 分，提高 1.8 分，退 1 位, from what is displayed."""
    one, two = then.row, after.row
    if one.short_of_data or two.short_of_data:
        return words.HEAD_PERIODS_NONE.format(unit=two.name)
    moved = ""
    if one.score.rank is not None and two.score.rank is not None:
        places = one.score.rank - two.score.rank
        moved = words.MOVED_SAME if not places else (words.MOVED_UP if places > 0 else words.MOVED_DOWN).format(n=abs(places))
    change = score_change(two.score.total, one.score.total)
    return words.HEAD_PERIODS.format(unit=two.name, before=points(one.score.total), after=points(two.score.total), change=change, moved=moved)


def csv(found: Sequence[LeafTurn], then: UnitProfile, after: UnitProfile) -> bytes:
    """Every leaf with both results, points and reasons."""
    header = [words.LEVEL, words.LEAF, words.TURN]
    for period in (then.period.title, after.period.title):
        header += [words.RESULT_OF.format(name=period), words.POINTS_OF.format(name=period), words.REASON_OF.format(name=period)]
    header.append(words.GAINED)
    points_of = [words.POINTS_OF.format(name=period) for period in (then.period.title, after.period.title)]
    header += [common.UNROUNDED.format(name=name) for name in (*points_of, words.GAINED)]
    rows: list[list[object]] = []
    for one in found:
        row: list[object] = [one.first_level, one.title, words.TURNS[one.turn]]
        for side in (one.before, one.after):
            row += ["", "", ""] if side is None else [side.said, exact(side.points), side.reason]
        rows.append([*row, exact(one.gained), *(unrounded(side.points if side else None) for side in (one.before, one.after)), unrounded(one.gained)])
    return to_csv(header, rows)


def _note(then: UnitProfile, after: UnitProfile) -> str:
    line = words.NOTE_PERIODS.format(before=then.period.title, after=after.period.title, group=after.group)
    told = not then.row.short_of_data and not after.row.short_of_data
    return f"{line} · {words.DOUBT}" if told and contrast.doubtful(then.row.score, after.row.score) else line


def _badges(found: Sequence[LeafTurn]) -> None:
    def total(turn: Turn) -> str:
        return points(abs(sum((one.gained for one in found if one.turn is turn and one.gained is not None), Decimal(0))))

    count = {turn: sum(one.turn is turn for one in found) for turn in Turn}
    parts: list[str] = []
    if n := count[Turn.BETTER]:
        parts.append(f":green-badge[{words.BADGE_BETTER.format(n=n, points=total(Turn.BETTER))}]")
    if n := count[Turn.WORSE]:
        parts.append(f":red-badge[{words.BADGE_WORSE.format(n=n, points=total(Turn.WORSE))}]")
    quiet = [
        (words.BADGE_ADDED, count[Turn.ADDED]),
        (words.BADGE_REMOVED, count[Turn.REMOVED]),
        (words.BADGE_KNOWN, count[Turn.KNOWN] + count[Turn.UNKNOWN] + count[Turn.OUT]),
        (words.BADGE_RULE, sum(one.rule for one in found)),
    ]
    parts += [ui.quiet(text.format(n=n)) for text, n in quiet if n]
    if parts:
        st.markdown(" ".join(parts))


def _firsts(then: UnitProfile, after: UnitProfile) -> list[Line]:
    shared = [node for node in after.edition.index if any(one.code == node.code for one in then.edition.index)]
    return [Line(node.title, (then.row.rates.get(node.code), after.row.rates.get(node.code))) for node in shared]


def _dimensions(then: UnitProfile, after: UnitProfile) -> list[Line]:
    def rate(profile: UnitProfile, one: Dimension) -> Decimal | None:
        return None if profile.row.short_of_data else profile.row.score.dimensions.get(one)

    return [Line(one.zh, (rate(then, one), rate(after, one))) for one in Dimension]


def _changes(found: Sequence[LeafTurn], then: UnitProfile, after: UnitProfile) -> None:
    with ui.card(words.CHANGES, words.CHANGES_NOTE.format(n=min(_TOP, len(found))) if found else ""):
        if not found:
            st.caption(words.CHANGES_NONE)
        for one in found[:_TOP]:
            colour = "green" if one.turn is Turn.BETTER else "red" if one.turn is Turn.WORSE else "gray"
            gained = "" if not one.gained else f"{'+' if one.gained > 0 else '−'}{exact(abs(one.gained))}"
            with st.expander(f":{colour}[{words.TURNS[one.turn]} {gained}] &nbsp; **{plain(one.title)}**", key=f"compare_turn_{one.code}"):
                for period, side in ((then.period.title, one.before), (after.period.title, one.after)):
                    if side is None:
                        st.caption(plain(words.LOST_THEN.format(period=period)))
                        continue
                    leaf.part(plain(words.THEN.format(period=period, outcome=compare_parts.cell(side))), side.reason)
                if one.rule:
                    st.caption(words.RULE_CHANGED)


def _table(found: Sequence[LeafTurn], then: UnitProfile, after: UnitProfile) -> None:
    with ui.card(words.TABLE):
        name = words.FILE_PERIODS.format(unit=after.row.name, before=then.period.title, after=after.period.title)
        only, take = compare_parts.head(lambda: csv(found, then, after), name)
        rows = [one for one in found if one.turn is not Turn.SAME or not only]
        if not rows:
            st.caption(words.CHANGES_NONE)
            return
        phone = theme.is_phone()
        frame = pd.DataFrame(
            {
                words.LEAF: [one.title for one in rows],
                words.TURN: [words.TURNS[one.turn] for one in rows],
                then.period.title: [compare_parts.cell(one.before) for one in rows],
                after.period.title: [compare_parts.cell(one.after) for one in rows],
                words.GAINED: [_signed(one.gained) for one in rows],
                words.LEVEL: [one.first_level or common.NONE for one in rows],
            }
        )
        if phone:
            frame = frame.drop(columns=[words.TURN, words.LEVEL, words.GAINED])
        config: dict[str, Any] = {words.LEAF: st.column_config.TextColumn(width=130 if phone else 260), words.LEVEL: st.column_config.TextColumn(width=150)}
        config[words.GAINED] = st.column_config.TextColumn(width=90, alignment="right")
        compare_parts.table(frame, config, take)


def _signed(value: Decimal | None) -> str:
    if value is None:
        return common.NONE
    return "0" if not value else f"{'+' if value > 0 else '−'}{exact(abs(value))}"
