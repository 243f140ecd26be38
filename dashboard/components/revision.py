"""What readers are told of a revision: that it corrects another, why, and what changed; or that scores are not published."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components import closing, links, tables, ui
from dashboard.components.text import percent, plain, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import revision as words
from scoring.disclosure import Extent
from scoring.model import Outcome
from scoring.services.corrections import LeafChange, UnitChange
from scoring.services.shapes import PeriodInfo


def banner(period: PeriodInfo) -> None:
    """Nothing for a first and only revision; else what it corrects, or that it was corrected."""
    if not period.newest:
        st.warning(words.OLD.format(n=period.revision), icon=":material/history:")
        links.link("overview", words.SEE_NEWEST, icon=":material/update:", period=period.id)
        return
    if period.corrects is None:
        return
    line = words.CORRECTED.format(n=period.revision, before=period.corrects, reason=period.reason)
    st.info(plain(line), icon=":material/published_with_changes:")
    found = closing.changes(period)
    with st.expander(words.CHANGED.format(n=len(found)), key=f"revision_{period.id}_{period.revision}"):
        table(found, period)
        links.link("overview", words.SEE_OLD.format(n=period.corrects), icon=":material/history:", period=f"{period.id}@{period.corrects}")


def table(found: Sequence[UnitChange], period: PeriodInfo) -> None:
    """Unit by unit: score, rank, and the leaves that differ."""
    if not found:
        st.caption(words.CHANGED_NONE)
        return
    frame = pd.DataFrame(
        {
            words.UNIT: [one.name for one in found],
            words.GROUP: [one.group for one in found],
            words.TOTAL: [_totals(one) for one in found],
            words.RANK: [_ranks(one) for one in found],
            words.LEAVES: [common.COMMA.join(_leaf(leaf) for leaf in one.leaves) or words.RANK_ONLY for one in found],
        }
    )
    widths = {words.LEAVES: st.column_config.TextColumn(width=560)}
    take = tables.Take("revision_csv", words.FILE.format(period=period.title), lambda: csv(found))
    tables.show(frame, take=take, most=12, column_config=widths, alt=words.ALT)


def csv(found: Sequence[UnitChange]) -> bytes:
    """One line a leaf that differs (one for a unit whose rank alone does), with both ranks and totals unrounded."""
    header = [words.UNIT, words.GROUP, *(side.format(name=name) for name in (words.RANK, words.TOTAL) for side in (words.BEFORE, words.AFTER))]
    header += [words.LEAF_TITLE, *(side.format(name=words.OUTCOME) for side in (words.BEFORE, words.AFTER))]
    rows: list[list[object]] = []
    for one in found:
        sides = (one.before, one.after)
        ranks = [words.UNRANKED if side is None or side[0] is None else side[0] for side in sides]
        totals = ["" if side is None else unrounded(side[1]) for side in sides]
        leaves = [[leaf.title, *_sides(leaf)] for leaf in one.leaves] or [[words.RANK_ONLY, "", ""]]
        rows += [[one.name, one.group, *ranks, *totals, *leaf] for leaf in leaves]
    return to_csv(header, rows)


def grades(period: PeriodInfo, group: str) -> None:
    """In place of a ranking, where scores are not published."""
    if period.disclosure.extent is Extent.OWN:
        ui.conclusion(words.OWN_HEAD.format(period=period.title, group=group), words.OWN_NOTE)
        return
    found = closing.grades(period, group)
    ui.conclusion(words.GRADES_HEAD.format(period=period.title, group=group), words.GRADES_NOTE.format(n=len(found)))
    frame = pd.DataFrame({words.UNIT: [name for _, name, _ in found], words.GRADE: [grade or words.SHORT_DATA for *_, grade in found]})
    file = words.GRADES_FILE.format(period=period.title, group=group)
    take = tables.Take("revision_grades_csv", file, lambda: to_csv(list(frame.columns), frame.itertuples(index=False)))
    tables.show(frame, take=take, most=30, alt=words.GRADES_ALT)


def _totals(one: UnitChange) -> str:
    if one.before is None or one.after is None:
        return words.NEW if one.before is None else words.GONE
    before, after = points(one.before[1]), points(one.after[1])
    return before if before == after else words.ARROW.format(before=before, after=after)


def _ranks(one: UnitChange) -> str:
    before, after = (words.UNRANKED if side is None or side[0] is None else str(side[0]) for side in (one.before, one.after))
    return before if before == after else words.ARROW.format(before=before, after=after)


def _sides(leaf: LeafChange) -> list[str]:
    return [
        common.NONE if side is None else words.SHARE.format(outcome=side[0].zh, share=percent(side[1])) if side[0] is Outcome.PARTIAL else side[0].zh
        for side in (leaf.before, leaf.after)
    ]


def _leaf(leaf: LeafChange) -> str:
    before, after = _sides(leaf)
    return words.LEAF.format(title=leaf.title, before=before, after=after)
