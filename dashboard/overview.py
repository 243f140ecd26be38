"""总览: what leaders open first. Published periods only."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard.components import group_page, links, overview_cards, people, printing, ranking_table, theme, ui
from dashboard.components.text import difference, listed, percent, plain, points, shown
from dashboard.strings import common
from dashboard.strings import overview as words
from scoring.model import Grade, Indicator
from scoring.permissions import Action, may
from scoring.services.shapes import Ranking, RankRow
from scoring.wording import displayed

_LONGEST = 40
_NAMED = 4


def render() -> None:
    """The page."""
    ranking = group_page.opened(words.TITLE, key="overview")
    if ranking is None:
        return
    if not ranking.rows:
        st.info(words.NO_UNITS, icon=":material/inbox:")
        return
    printing.a4()
    ui.conclusion(headline(ranking), _note(ranking))
    _figures(ranking)
    overview_cards.named_lists(ranking)
    # Intervals are the evaluators' reading; leaders find them explained in 方法说明.
    intervals = may(people.current().role, Action.VIEW_DRAFT) and st.toggle(words.INTERVALS, value=True, key="overview_intervals", bind="query-params")
    with st.grid(2, min_column_width=440):
        overview_cards.places(ranking)
        overview_cards.distribution(ranking, intervals=intervals)
    _table(ranking)
    with st.grid(2, min_column_width=440):
        overview_cards.rates(ranking)
        overview_cards.shortfalls(ranking)
    ui.source_of(ranking)


def headline(ranking: Ranking) -> str:
    """The answer in at most 40 characters: mean, change as displayed, weakest first-level indicator."""
    if ranking.mean is None:
        return words.HEAD_NONE.format(group=ranking.group)
    mean = points(ranking.mean)
    change = moved(ranking)
    weakest = weakest_node(ranking)
    if weakest is not None:
        node, rate = weakest
        for form in (words.HEAD, words.HEAD_WEAK):
            line = form.format(group=ranking.group, mean=mean, change=change, weak=node.title, rate=percent(rate))
            if len(line) <= _LONGEST:
                return line
    return words.HEAD_SHORT.format(group=ranking.group, mean=mean, change=change)


def weakest_node(ranking: Ranking) -> tuple[Indicator, Decimal] | None:
    """The first-level indicator with the lowest median 得分率."""
    rated = [(node, rate) for node in ranking.edition.index if (rate := ranking.medians.get(node.code)) is not None]
    return min(rated, key=lambda pair: pair[1], default=None)


def moved(ranking: Ranking) -> str:
    """How the mean of the units ranked in both periods changed, in words."""
    delta = difference(ranking.mean_both, ranking.previous_mean)
    if delta is None:
        return words.FIRST
    return words.SAME if delta == 0 else (words.HIGHER if delta > 0 else words.LOWER).format(n=points(abs(delta)))


def _note(ranking: Ranking) -> str:
    leaves = sum(1 for node in ranking.edition.index for _ in node.leaves())
    line = words.NOTE.format(period=ranking.period.title, group=ranking.group, n=len(ranking.rows), leaves=leaves, full=f"{ranking.edition.full:f}")
    return common.DOT.join(part for part in (line, left_out(ranking), _compared(ranking), ranking_table.caution(ranking)) if part)


def left_out(ranking: Ranking) -> str:
    """Which units the mean does not hold, and why; empty when it holds all."""
    out = [(row.name, why) for row in ranking.rows if (why := ranking_table.unranked(row))]
    if not out or len(out) == len(ranking.rows):
        return ""
    if len(out) > _NAMED:
        return words.LEFT_OUT_MANY.format(n=len(out), whys=common.COMMA.join(dict.fromkeys(why for _, why in out)))
    return words.LEFT_OUT.format(names=common.COMMA.join(words.LEFT_OUT_ONE.format(name=name, why=why) for name, why in out))


def _compared(ranking: Ranking) -> str:
    """Said only where the units of the two means are not those ranked in both periods anyway."""
    ranked = sum(row.score.rank is not None for row in ranking.rows)
    return words.COMPARED.format(n=ranking.compared) if ranking.compared and not ranked == ranking.compared == len(ranking.before) else ""


def _figures(ranking: Ranking) -> None:
    ranked = [row for row in ranking.rows if row.score.rank is not None]
    with st.grid(6, min_column_width=150):
        _metric(words.MEAN, points(ranking.mean), difference(ranking.mean_both, ranking.previous_mean), words.POINT, words.MEAN_HELP)
        if ranked:
            high, low = max(row.score.total for row in ranked), min(row.score.total for row in ranked)
            _named(words.BEST, high, ranked)
            _named(words.WORST, low, ranked)
            wide = difference(high, low)
            before = difference(max(ranking.before.values()), min(ranking.before.values())) if ranking.before else None
            _metric(words.SPREAD, points(wide), difference(wide, before), words.POINT, words.SPREAD_HELP, good=-1)
        good = _good_grade(ranking)
        if good is not None:
            now, more = at_least(ranking, good)
            _metric(words.GOOD.format(grade=good.name), f"{now} / {len(ranking.rows)}", more, words.ONE, words.GOOD_HELP)
        coverage = sum((row.score.coverage for row in ranking.rows), Decimal(0)) / len(ranking.rows)
        _metric(words.COVERAGE, percent(coverage), None, "", words.COVERAGE_HELP)


def _named(label: str, total: Decimal, ranked: Sequence[RankRow]) -> None:
    """The best or the worst total and whose it is."""
    names = [row.name for row in ranked if shown(row.score.total) == shown(total)]
    st.metric(
        label,
        points(total),
        plain(listed(names, 1)),
        delta_arrow="off",
        delta_color="gray",
        help=common.COMMA.join(map(plain, names[:20])),
        border=True,
        height="stretch",
    )


def _good_grade(ranking: Ranking) -> Grade | None:
    """The second-best grade: its line is the one leaders ask for."""
    grades = sorted(ranking.edition.grades, key=lambda grade: grade.at_least, reverse=True)
    return grades[min(1, len(grades) - 1)] if grades else None


def at_least(ranking: Ranking, grade: Grade) -> tuple[int, Decimal | None]:
    """Ranked units that reach the grade, as displayed, and how many more than all that reached it in the period before (None in the first period)."""
    now = sum(row.score.rank is not None and displayed(row.score.total) >= grade.at_least for row in ranking.rows)
    return now, Decimal(now - sum(displayed(total) >= grade.at_least for total in ranking.before.values())) if ranking.before else None


def _metric(label: str, value: str, delta: Decimal | None, unit: str, note: str, *, good: int = 1) -> None:
    amount = "" if delta is None else str(shown(abs(delta))) if unit == words.POINT else f"{abs(delta):f}"
    up, down = (words.DELTA_UP, words.DELTA_DOWN) if unit == words.POINT else (words.DELTA_MORE, words.DELTA_FEWER)
    change = None if delta is None else words.DELTA_SAME if delta == 0 else (up if delta > 0 else down).format(n=amount, unit=unit)
    st.metric(
        label,
        value,
        change,
        delta_arrow="off" if not delta else "up" if delta > 0 else "down",
        delta_color="gray" if not delta else "green" if delta * good > 0 else "red",
        help=note,
        border=True,
        height="stretch",
    )


def _table(ranking: Ranking) -> None:
    phone = theme.is_phone()
    with ui.card(words.TABLE):
        with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute"):
            st.caption(words.TABLE_NOTE)
            with st.container(horizontal=True, width="stretch" if phone else "content"):
                _find(ranking)
                if not phone:
                    ranking_table.download(ranking, key="overview")
        ranking_table.table(ranking, key="overview")
        if phone:
            ranking_table.download(ranking, key="overview")
        else:
            st.caption(words.TABLE_KEY.format(key=ranking_table.letter_key(ranking)))


def _find(ranking: Ranking) -> None:
    """A way to a unit by its name: quick among many, and the only one for a keyboard, since a table's buttons take clicks alone."""
    names = {row.unit: row.name for row in ranking.rows}

    def opened() -> None:
        unit = st.session_state["overview_find"]
        st.session_state["overview_find"] = None
        if unit:
            links.open_page("unit", unit=unit, period=ranking.period.ref)

    st.selectbox(
        words.FIND,
        list(names),
        index=None,
        format_func=lambda unit: names.get(unit, unit),
        key="overview_find",
        on_change=opened,
        placeholder=words.FIND,
        label_visibility="collapsed",
        icon=":material/search:",
        width="stretch" if theme.is_phone() else 200,
    )
