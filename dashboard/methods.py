"""方法说明: how points come about, the indicators in force, what the index cannot tell."""

import pandas as pd
import streamlit as st

from dashboard.components import address, closing, data, stability, tables, theme, ui
from dashboard.components.text import beijing, plain, points, to_csv
from dashboard.strings import common
from dashboard.strings import methods as words
from scoring.disclosure import Extent
from scoring.model import Check, Edition, Indicator
from scoring.services import edition_rows, rule_words

_WIDTHS = {words.COLUMN_LEVEL: 186, words.COLUMN_LEAF: 252, words.COLUMN_CHECK: 80, words.COLUMN_BASIS: 626}
"""Together as wide as a page of 1400 px allows, so that no column is cut."""


def render() -> None:
    """The page."""
    ui.heading(words.TITLE)
    ui.conclusion(words.HEAD, words.NOTE)
    _editions()
    _published()
    address.explain()
    st.header(words.SECTIONS_HEAD, anchor=False)
    with st.grid(2, min_column_width=440):
        for title, text in words.SECTIONS:
            with ui.card(title):
                st.text(text)


def _published() -> None:
    """What was published can be taken away and computed anew by anybody."""
    known = data.published_periods()
    if not known:
        return
    with ui.card(words.PUBLISHED, words.PUBLISHED_NOTE):
        by_ref = {one.ref: one for period in known for one in closing.revisions(period.id)}
        period = by_ref[address.select("period", ui.titles(list(by_ref.values())), next(iter(by_ref)), icon=":material/calendar_month:", key="methods")]
        address.keep(period=period.ref)
        name, digest, note = closing.named(period)
        st.caption(plain(words.EXTENT.format(n=period.revision, at=beijing(period.published_at), extent=period.disclosure.zh)))
        with st.container(horizontal=True):
            packed = words.BUNDLE_FILE.format(name=name.removesuffix(".duckdb"))
            st.download_button(
                words.BUNDLE, closing.exports(period), packed, "application/zip", icon=":material/folder_zip:", key="methods_zip", on_click="ignore"
            )
            file = words.NOTE_FILE.format(name=name.removesuffix(".duckdb"))
            st.download_button(words.NOTE_DOWNLOAD, note, file, "text/markdown", icon=":material/description:", key="methods_note", on_click="ignore")
        st.caption(words.CHECK_HOW)
        st.code(words.CHECK.format(name=name, digest=digest), language=None)
        with st.expander(words.NOTE_READ, key="methods_read"):
            st.markdown(note)
    if period.disclosure.extent is Extent.ALL:
        with st.expander(words.STABILITY, key="methods_stability", on_change="rerun", bind="query-params") as opened:
            if opened.open:
                groups = list(period.groups)
                group = st.segmented_control(words.GROUP, groups, default=groups[0], required=True, key="methods_group", bind="query-params")
                stability.show(data.published_stability(period, group or next(iter(period.groups))), key="methods")


def _editions() -> None:
    editions = in_force()
    if not editions:
        st.info(words.NO_EDITION, icon=":material/inbox:")
        st.caption(words.NO_EDITION_HOW)
        return
    chosen = st.segmented_control(
        words.CHOOSE,
        list(editions),
        default=next(iter(editions)),
        required=True,
        key="methods_edition",
        label_visibility="collapsed",
        bind="query-params",
    )
    _table(editions[chosen or next(iter(editions))])


def in_force() -> dict[str, Edition]:
    """The editions of the newest period by the groups they serve; those that ship with the product when there is no period."""
    periods = data.published_periods() or data.all_periods()
    if not periods:
        return {edition.title: edition for edition in data.available_editions()}
    groups: dict[str, list[str]] = {}
    for group, edition in periods[0].groups.items():
        groups.setdefault(edition, []).append(group)
    return {common.COMMA.join(names): data.edition(edition) for edition, names in groups.items()}


def _table(edition: Edition) -> None:
    leaves = [(node, leaf) for node in edition.index for leaf in node.leaves()]
    kinds = {kind: sum(leaf.check is kind for _, leaf in leaves) for kind in Check}
    note = words.TABLE_NOTE.format(
        title=edition.title,
        n=len(leaves),
        auto=kinds[Check.AUTO],
        assist=kinds[Check.ASSIST],
        manual=kinds[Check.MANUAL],
        full=f"{edition.full.normalize():f}",
    )
    with ui.card(words.TABLE, note):
        st.info(plain(edition.note or words.WEIGHT_NOTE), icon=":material/balance:")
        frame = pd.DataFrame(
            {
                words.COLUMN_LEVEL: [node.title for node, _ in leaves],
                words.COLUMN_LEAF: [leaf.title for _, leaf in leaves],
                words.COLUMN_WEIGHT: [f"{leaf.weight.normalize():f}" for _, leaf in leaves],
                words.COLUMN_CHECK: [_check(leaf) for _, leaf in leaves],
                words.COLUMN_DIMENSION: [leaf.dimension.zh if leaf.dimension else common.NONE for _, leaf in leaves],
                words.COLUMN_NEEDS: [words.NEEDS.format(duties=common.COMMA.join(leaf.needs)) if leaf.needs else common.NONE for _, leaf in leaves],
                words.COLUMN_RULE: [rule_words.sentence(leaf) for _, leaf in leaves],
                words.COLUMN_BASIS: [leaf.basis or common.NONE for _, leaf in leaves],
            }
        )
        shown = frame.drop(columns=[words.COLUMN_DIMENSION, words.COLUMN_NEEDS, words.COLUMN_RULE])
        shown[words.COLUMN_LEAF] = [
            words.LEAF_NEEDS.format(title=leaf.title, duties=common.COMMA.join(leaf.needs)) if leaf.needs else leaf.title for _, leaf in leaves
        ]
        shown[words.COLUMN_CHECK] = [text.partition(common.COMMA)[0] for text in frame[words.COLUMN_CHECK]]
        tables.show(
            shown,
            take="methods_csv",
            column_order=[words.COLUMN_LEAF, words.COLUMN_WEIGHT] if theme.is_phone() else None,
            column_config={
                words.COLUMN_WEIGHT: st.column_config.TextColumn(alignment="right", width=52),
                **{name: st.column_config.TextColumn(width=width) for name, width in _WIDTHS.items()},
            },
            alt=words.TABLE_ALT,
        )
        _sentences(edition)
        file = words.FILE.format(id=edition.id)
        tables.download(tables.Take("methods_csv", file, lambda: to_csv(list(frame.columns), frame.to_numpy().tolist()), words.DOWNLOAD))
        st.markdown(plain(rules(edition)))


def _sentences(edition: Edition) -> None:
    """How each leaf is judged, in full: a table would cut the sentences."""
    beside = {
        edition_rows.Part.VETO: [veto.leaf for veto in edition.vetoes],
        edition_rows.Part.DEDUCTION: [one.leaf for one in edition.deductions],
        edition_rows.Part.BONUS: list(edition.bonus.leaves if edition.bonus else ()),
    }
    groups = [(node.title, edition_rows.Part.INDEX, list(node.leaves())) for node in edition.index]
    groups += [(part.zh, part, leaves) for part, leaves in beside.items() if leaves]
    st.markdown(f"**{words.SENTENCES}**")
    for n, (title, part, leaves) in enumerate(groups):
        with st.expander(words.SENTENCES_OF.format(title=plain(title), n=len(leaves)), key=f"methods_rules_{edition.id}_{n}"):
            for leaf in leaves:
                st.markdown(f"**{plain(leaf.title)}**（{_check(leaf).partition(common.COMMA)[0]}）")
                st.text(rule_words.sentence(leaf, part))


def rules(edition: Edition) -> str:
    """Grades, vetoes and bonus in one paragraph."""
    parts: list[str] = []
    if edition.grades:
        grades = sorted(edition.grades, key=lambda grade: grade.at_least, reverse=True)
        parts.append(
            words.GRADES.format(grades=common.COMMA.join(words.GRADE.format(name=grade.name, points=f"{grade.at_least.normalize():f}") for grade in grades))
        )
    if edition.vetoes:
        parts.append(words.VETOES.format(names=common.COMMA.join(veto.leaf.title for veto in edition.vetoes)))
    if edition.bonus:
        parts.append(words.BONUS.format(above=points(edition.bonus.above), cap=points(edition.bonus.cap)))
    return "".join(parts)


def _check(leaf: Indicator) -> str:
    return leaf.check.zh if leaf.check else common.NONE
