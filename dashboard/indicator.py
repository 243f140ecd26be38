"""指标分析: one indicator, any level, across the units of a group and across periods. Published files only, within the period's 发布口径."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard.components import (
    address,
    charts,
    closer,
    closing,
    data,
    indicator_charts,
    indicator_said,
    indicator_strip,
    indicator_table,
    leaf,
    links,
    printing,
    revision,
    theme,
    ui,
)
from dashboard.components.text import exact, listed, percent, plain
from dashboard.strings import common
from dashboard.strings import indicator as words
from scoring.model import Edition
from scoring.services import edition_rows
from scoring.services.edition_rows import Part
from scoring.services.indicator import IndicatorView
from scoring.services.shapes import PeriodInfo, Ranking
from scoring.wording import mean

_SHORTFALLS = 10


def render() -> None:
    """The page."""
    published = closing.readable(st.query_params.get("period", ""))
    printing.a4()
    ui.heading(words.TITLE)
    if not published:
        address.explain()
        ui.nothing_published()
        return
    with st.container(horizontal=True, key="indicator_filters"):
        period, group, ranking = _scope(published)
        code = _choose(ranking.edition) if ranking else ""
    address.keep(period=period.ref, group=group, indicator=code)
    address.explain()
    revision.banner(period)
    if ranking is None or not ranking.rows:
        st.info(words.NOT_TOLD if ranking is None else words.NO_UNITS, icon=":material/inbox:")
        return
    view = closer.indicator(period, group, code)
    ui.conclusion(indicator_said.headline(view), indicator_said.note(view))
    if said := indicator_said.cases(view):
        st.markdown(plain(said))
    _figures(view)
    with st.grid(2, min_column_width=440):
        _units(view)
        _over(view)
        _causes(view, ranking)
        _rule(view)
    indicator_table.card(view)
    ui.source_of(ranking)


def _scope(published: Sequence[PeriodInfo]) -> tuple[PeriodInfo, str, Ranking | None]:
    periods = {period.ref: period for period in published}
    period = periods[address.select("period", ui.titles(published), published[0].ref, icon=":material/calendar_month:", key="indicator")]
    groups = {name: name for name in period.groups}
    group = address.select("group", groups, next(iter(groups)), icon=":material/account_tree:", key="indicator", width=160, drops=("indicator", "unit"))
    return period, group, data.ranking(period, group) if period.disclosure.scored else None


def _choose(edition: Edition) -> str:
    rows = list(edition_rows.rows(edition))
    names = {row.node.code: "　" * len(row.path) + (row.node.title if row.part is Part.INDEX else f"{row.part.zh}：{row.node.title}") for row in rows}
    return address.select("indicator", names, next(iter(names)), icon=":material/checklist:", key="indicator", width=420)


def _figures(view: IndicatorView) -> None:
    judged = view.judged
    losing = sum(one.rate is not None and one.rate < 1 for one in judged)
    lost = [one.full - one.points for one in judged if one.points is not None]
    with st.grid(4, min_column_width=150):
        _metric(words.RATE, percent(view.difficulty), indicator_said.difficulty(view), words.RATE_HELP)
        value = view.discrimination
        shown = common.NONE if value is None else percent(value).rstrip("%").replace("-", "−")
        _metric(words.SEPARATES, shown, indicator_said.separates(view), words.SEPARATES_HELP)
        _metric(words.LOSING, f"{losing} / {len(judged)}", "", words.LOSING_HELP)
        _metric(words.LOSS, mean(sum(lost, Decimal(0)) / len(lost) if lost else None), "", words.LOSS_HELP)


def _metric(label: str, value: str, verdict: str, note: str) -> None:
    st.metric(label, value, verdict or None, delta_arrow="off", delta_color="gray", help=note, border=True, height="stretch")


def _units(view: IndicatorView) -> None:
    marks = [one for one in view.judged if one.rate is not None]
    leaf_, dots = view.row.node.is_leaf, indicator_charts.ROWS < len(marks) <= indicator_strip.MOST
    few = words.DOTS_NOTE if leaf_ else words.DOTS_NODE
    strip = words.STRIP_NOTE if leaf_ else words.STRIP_NODE
    with ui.card(words.DOTS, strip if dots else words.DOTS_MANY if len(marks) > indicator_strip.MOST else few):
        if not marks:
            st.caption(words.NONE_JUDGED)
            return
        alt = words.DOTS_ALT.format(said=indicator_said.headline(view))
        if dots:
            chosen = _picked(view)
            theme.show(indicator_strip.strip(marks, view.difficulty, chosen), alt=alt, key="indicator_units")
            if chosen and all(one.unit != chosen for one in marks):
                st.caption(words.CHOSEN_OUT)
            return
        draw = indicator_charts.histogram if len(marks) > indicator_strip.MOST else indicator_charts.units
        theme.show(draw(marks, view.difficulty), alt=alt, key="indicator_units")


def _picked(view: IndicatorView) -> str:
    """The unit that the strip picks out; none to begin with."""
    names = {"": words.CHOSEN_NONE, **{one.unit: one.name for one in view.marks}}
    chosen = address.select("unit", names, "", icon=":material/person_pin_circle:", key="indicator", recall=())
    address.keep(unit=chosen)
    address.explain()
    return chosen


def _over(view: IndicatorView) -> None:
    leaf_ = view.row.node.is_leaf
    with ui.card(words.OVER, words.OVER_NOTE if leaf_ else words.OVER_NODE):
        if len(view.spreads) < 2:
            st.caption(words.OVER_FIRST)
            return
        alt = words.OVER_ALT.format(rates=common.COMMA.join(f"{one.title} {percent(one.mean)}" for one in view.spreads))
        theme.show((indicator_charts.outcomes if leaf_ else indicator_charts.ranges)(view.spreads), alt=alt, key="indicator_over")
        if changed := [one.title for one in view.spreads if not one.same]:
            st.caption(words.OVER_CHANGED.format(titles=common.COMMA.join(changed)))


def _causes(view: IndicatorView, ranking: Ranking) -> None:
    if not view.row.node.is_leaf:
        _below(view, ranking)
        return
    with ui.card(words.CAUSES, words.CAUSES_NOTE):
        if not view.causes:
            st.caption(words.CAUSES_NONE)
        for cause in view.causes:
            with st.container(gap="xxsmall"):
                st.markdown(f"**{words.CAUSE.format(n=len(cause.units))}** &nbsp; :gray[{plain(listed(cause.units, 4))}]")
                st.text(cause.said)


def _below(view: IndicatorView, ranking: Ranking) -> None:
    codes = {one.code for one in view.row.node.leaves()}
    worst = [one for one in ranking.lost if one.leaf.code in codes][:_SHORTFALLS]
    with ui.card(words.CAUSES_NODE, words.CAUSES_NODE_NOTE.format(n=len(worst)) if worst else ""):
        if not worst:
            st.caption(words.CAUSES_NONE)
            return
        labels = [words.CAUSE_LABEL.format(title=one.leaf.title, losing=one.losing, units=one.units) for one in worst]
        alt = words.CAUSES_NODE_ALT.format(title=worst[0].leaf.title, points=mean(worst[0].mean))
        theme.show(charts.bars(labels, [one.mean for one in worst]), alt=alt, key="indicator_below")


def _rule(view: IndicatorView) -> None:
    node = view.row.node
    with ui.card(words.RULE, node.check.zh if node.check else ""):
        if not node.is_leaf:
            st.text(words.RULE_NODE.format(n=sum(1 for _ in node.leaves())))
            for child in node.children:
                label = words.RULE_CHILD.format(title=child.title, full=exact(child.weight))
                links.link("indicator", plain(label), icon=":material/checklist:", period=view.period.ref, group=view.group, indicator=child.code)
            return
        st.text(view.sentence)
        if node.needs:
            st.caption(plain(words.RULE_NEEDS.format(duties=common.COMMA.join(node.needs))))
        leaf.part(common.BASIS, node.basis or common.NO_BASIS)
        leaf.part(common.FIX, node.fix or common.NO_FIX)
        if view.row.params:
            with st.expander(words.RULE_PARAMS, key="indicator_params"):
                st.code(view.row.params, language=None, wrap_lines=True)
        if node.responsible:
            st.caption(plain(words.RULE_WHO.format(names=common.COMMA.join(node.responsible))))
