"""热力图: units × indicators as 得分率, and what most units lose points on. Published periods only."""

from collections.abc import Sequence
from decimal import Decimal

import streamlit as st

from dashboard.components import group_page, heat_card, theme, ui
from dashboard.components import published as reads
from dashboard.components.text import width
from dashboard.strings import heatmap as words
from scoring.model import Dimension, Indicator
from scoring.services.matrix import Matrix
from scoring.services.shapes import Ranking, RankRow

_LONGEST = 40
_ALL = 30
"""Every indicator at once is offered for groups up to this size (LOOK §12)."""


def render() -> None:
    """The page."""
    ranking = group_page.opened(words.TITLE, key="heatmap")
    if ranking is None:
        return
    if not ranking.rows or not ranking.edition.index:
        st.info(words.NO_INDEX if ranking.rows else words.EMPTY, icon=":material/inbox:")
        return
    leaves = sum(1 for node in ranking.edition.index for _ in node.leaves())
    ui.conclusion(headline(ranking), words.NOTE.format(period=ranking.period.title, group=ranking.group, n=len(ranking.rows), leaves=leaves))
    with st.container(horizontal=True, vertical_alignment="bottom", gap="medium", key="heatmap_choices"):
        level, chosen = _chosen(ranking)
        sort, hard = _order(chosen)
    if chosen:
        matrix = reads.rates(ranking.period, ranking.group, [node.code for node in chosen])
        rows, nodes = _sorted(ranking, matrix, chosen, sort, hard=hard)
        heat_card.matrix(ranking, matrix, rows, nodes, level)
    else:
        st.info(words.EMPTY, icon=":material/filter_alt_off:")
    heat_card.frequent(ranking)
    ui.source_of(ranking)


def headline(ranking: Ranking) -> str:
    """The two indicators on which most units lose points, in at most 40 汉字."""
    worst = heat_card.by_frequency(ranking)
    if not worst:
        return words.HEAD_NONE.format(group=ranking.group)
    first, second = worst[0], worst[min(1, len(worst) - 1)]
    values = {"first": first.leaf.title, "n": first.losing, "second": second.leaf.title, "m": second.losing}
    forms = ((words.HEAD,) if len(worst) > 1 else ()) + (words.HEAD_ONE,)
    short = words.HEAD_SHORT.format(n=len(worst), m=first.losing)
    return next((line for form in forms if width(line := form.format(**values)) <= _LONGEST), short)


def _chosen(ranking: Ranking) -> tuple[str, list[Indicator]]:
    """The chosen level with its indicators; empty when the dimensions leave none."""
    index = ranking.edition.index
    parents = {node.title: node for node in index if not node.is_leaf}
    levels = [words.LEVEL_FIRST, *([words.LEVEL_ALL] if parents and len(ranking.rows) <= _ALL else []), *parents]
    level = st.selectbox(words.LEVEL, levels, key="heatmap_level", bind="query-params", width="stretch" if theme.is_phone() else 220) or levels[0]
    if level == words.LEVEL_FIRST:
        return level, list(index)
    found = [leaf for node in ([parents[level]] if level in parents else index) for leaf in node.leaves()]
    present = [one.value for one in Dimension if any(leaf.dimension is one for leaf in found)]
    wanted = st.pills(words.DIMENSIONS, present, selection_mode="multi", key="heatmap_dimensions", bind="query-params") if len(present) > 1 else []
    return level, [leaf for leaf in found if not wanted or leaf.dimension in wanted]


def _order(nodes: Sequence[Indicator]) -> tuple[str, bool]:
    """How units are sorted (one of the words, or an indicator's code), and whether the hardest indicator comes first."""
    by_title = {words.SORT_BY.format(title=node.title): node.code for node in nodes}
    options = [words.SORT_RANK, words.SORT_NAME, words.SORT_ORDER, *by_title]
    sort = st.selectbox(words.SORT, options, key="heatmap_sort", bind="query-params", width="stretch" if theme.is_phone() else 220) or options[0]
    order = st.segmented_control(
        words.ORDER, [words.ORDER_TREE, words.ORDER_HARD], default=words.ORDER_TREE, required=True, key="heatmap_order", bind="query-params"
    )
    return by_title.get(sort, sort), order == words.ORDER_HARD


def _sorted(ranking: Ranking, matrix: Matrix, nodes: Sequence[Indicator], sort: str, *, hard: bool) -> tuple[list[RankRow], list[Indicator]]:
    rows, columns = list(ranking.rows), list(nodes)
    if sort == words.SORT_NAME:
        rows.sort(key=lambda row: row.name)
    elif sort == words.SORT_ORDER:
        rows.sort(key=lambda row: row.order)
    elif sort in matrix.codes:
        rows.sort(key=lambda row: _lowest_first(matrix, row, sort))
    if hard:
        columns.sort(key=lambda node: (matrix.means[node.code] is None, matrix.means[node.code] or Decimal(0)))
    return rows, columns


def _lowest_first(matrix: Matrix, row: RankRow, code: str) -> tuple[bool, Decimal]:
    cell = matrix.cell(row.unit, code)
    return (False, cell) if isinstance(cell, Decimal) else (True, Decimal(0))
