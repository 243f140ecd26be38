"""失分构成: where the points went, as a waterfall; and what would bring most of them back."""

import pandas as pd
import streamlit as st

from dashboard.components import closer, tables, theme, ui, unit_charts
from dashboard.components.text import difference, exact, plain, points, to_csv, unrounded
from dashboard.strings import common
from dashboard.strings import unit as words
from scoring.services import losses
from scoring.services.fixes import Fix, Plan
from scoring.services.losses import By
from scoring.services.shapes import UnitProfile


def lost(profile: UnitProfile) -> None:
    """The waterfall, by first-level indicator, dimension or leaf."""
    with ui.card(words.LOST, words.LOST_NOTE.format(full=exact(profile.row.score.full))):
        choices = {by.zh: by for by in By}
        chosen = st.segmented_control(
            words.LOST_BY, list(choices), default=By.FIRST.zh, required=True, key="unit_by", label_visibility="collapsed", bind="query-params"
        )
        down = losses.visible(losses.steps(profile, choices[chosen or By.FIRST.zh]))
        if not down:
            st.caption(words.LOST_NONE)
            return
        alt = words.LOST_ALT.format(first=unit_charts.label(down[0]), points=points(down[0].lost))
        theme.show(unit_charts.waterfall(down, full=profile.row.score.full, total=profile.row.score.total), alt=alt, key="unit_lost")
        if left := losses.remainder(profile, down):
            st.caption(words.LOST_ROUNDED.format(points=f"{abs(left):f}"))


def fixes(profile: UnitProfile) -> None:
    """The most worthwhile fixes with the rank that would follow."""
    plan, why = closer.plan(profile.period, profile.row.unit)
    with ui.card(words.FIXES, words.FIXES_NOTE):
        if plan is None:
            st.caption(plain(why))
            return
        todo = [fix for fix in plan.fixes if not fix.veto]
        if not plan.fixes:
            st.caption(words.FIXES_NONE)
            return
        st.markdown(f"**{plain(together(plan))}**")
        if todo:
            alt = words.FIXES_ALT.format(title=todo[0].leaf.title, points=points(todo[0].shown))
            theme.show(unit_charts.gains(todo), alt=alt, key="unit_fixes")
        with st.expander(words.FIXES_HOW, key="unit_fixes_how"):
            _table(profile, plan.fixes)
        if plan.more:
            st.caption(words.FIXES_MORE.format(n=plan.more))


def together(plan: Plan) -> str:
    """What follows from all of them, in one sentence; a veto is told first."""
    lines: list[str] = []
    held = [fix for fix in plan.fixes if fix.veto]
    if held:
        lifted = words.FIXES_LIFTED.format(n=len(held), total=points(plan.base.total))
        lines.append(lifted + (words.FIXES_RANK.format(rank=plan.base.rank) if plan.base.rank else words.FIXES_UNRANKED))
    if n := len(plan.fixes) - len(held):
        line = words.FIXES_ALL.format(n=n, total=points(plan.together.total), gain=points(difference(plan.together.total, plan.base.total)))
        rank, before = plan.together.rank, plan.now.rank
        if rank:
            line += words.FIXES_RANK.format(rank=rank)
            line += "" if before is None else words.FIXES_SAME if rank == before else words.FIXES_UP.format(n=before - rank) if rank < before else ""
        lines.append(line)
    return common.SEMICOLON.join(lines)


def csv(found: tuple[Fix, ...]) -> bytes:
    """Every fix, as shown and unrounded."""
    shown = [words.COLUMN_GAIN, words.COLUMN_AFTER]
    header = [words.COLUMN_CODE, words.COLUMN_LEAF, *shown, words.COLUMN_RANK, words.COLUMN_FIX, *(common.UNROUNDED.format(name=name) for name in shown)]
    rows = [
        [
            fix.leaf.code,
            fix.leaf.title,
            points(fix.shown),
            points(fix.total),
            common.NONE if fix.rank is None else fix.rank,
            fix.leaf.indicator.fix or common.NO_FIX,
            unrounded(fix.gain),
            unrounded(fix.total),
        ]
        for fix in found
    ]
    return to_csv(header, rows)


def _table(profile: UnitProfile, found: tuple[Fix, ...]) -> None:
    frame = pd.DataFrame(
        {
            words.COLUMN_LEAF: [fix.leaf.title for fix in found],
            words.COLUMN_GAIN: [points(fix.shown) for fix in found],
            words.COLUMN_AFTER: [points(fix.total) for fix in found],
            words.COLUMN_RANK: [common.NONE if fix.rank is None else str(fix.rank) for fix in found],
            words.COLUMN_FIX: [fix.leaf.indicator.fix or common.NO_FIX for fix in found],
        }
    )
    right = {name: st.column_config.TextColumn(alignment="right", width=76) for name in (words.COLUMN_GAIN, words.COLUMN_AFTER, words.COLUMN_RANK)}
    right[words.COLUMN_FIX] = st.column_config.TextColumn(width=420)
    file = words.FIXES_FILE.format(period=profile.period.title, unit=profile.row.name)
    tables.show(frame, take=tables.Take("unit_fixes_csv", file, lambda: csv(found)), column_config=right, alt=words.FIXES)
