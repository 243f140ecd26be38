"""送审稿: what a named approver sees before locking, under a watermark with that person's name; each look is on record."""

from html import escape
from urllib.parse import quote

import pandas as pd
import streamlit as st

from dashboard.components import address, boundary, closing, people, ranking_table, tables, theme, ui
from dashboard.components.text import beijing, listed, percent, plain, points
from dashboard.strings import submission as words
from scoring.model import Role
from scoring.services.shapes import Ranking, RankRow
from scoring.services.submissions import View
from scoring.wording import period_title

_SEEN, _TAKEN = "submission_seen", "submission_taken"
_TILE = (
    "<svg xmlns='http://www.w3.org/2000/svg' width='520' height='260'><text x='260' y='130' text-anchor='middle' transform='rotate(-20 260 130)' "
    "font-family='sans-serif' font-size='17' fill='#8a1f2b'>{mark}</text></svg>"
)


def render() -> None:
    """The page."""
    sent = closing.waiting()
    with st.container(horizontal=True, vertical_alignment="center", horizontal_alignment="distribute", key="submission_top"):
        ui.heading(words.TITLE)
        if sent:
            titles = {one.period: period_title(one.period) for one in sent}
            period = address.select("period", titles, sent[0].period, icon=":material/calendar_month:", key="submission")
            address.keep(period=period)
    address.explain()
    if not sent:
        st.info(words.NONE, icon=":material/inbox:")
        st.caption(words.NONE_HOW)
        return
    actor = people.current()
    one = next(one for one in sent if one.period == period)
    look = (period, one.n, actor.name)
    found = closing.view(period, again=look in st.session_state.setdefault(_SEEN, set()))
    st.session_state[_SEEN].add(look)
    _watermark(found.mark)
    names = listed(found.submission.approvers)
    by, at = found.submission.by, beijing(found.submission.at)
    ui.conclusion(words.HEAD.format(period=found.period.title, n=found.submission.n), words.NOTE.format(by=by, at=at, names=names))
    st.warning(plain(found.mark), icon=":material/visibility_lock:")
    if actor.role is Role.EVALUATOR:
        st.caption(words.OWN)
    if found.submission.note:
        st.text(words.SAID.format(note=found.submission.note))
    _download(found)
    for ranking in found.rankings:
        with ui.card(ranking.group):
            _table(ranking)


def _table(ranking: Ranking) -> None:
    frame = pd.DataFrame(
        {
            words.RANK: [ranking_table.place(row) for row in ranking.rows],
            words.UNIT: [row.name for row in ranking.rows],
            words.TOTAL: ["" if row.short_of_data else points(row.score.total) for row in ranking.rows],
            words.RANGE: [f"{points(row.score.lower)}–{points(row.score.upper)}" if row.score.provisional else "" for row in ranking.rows],
            words.GRADE: [row.score.grade or words.SHORT_DATA for row in ranking.rows],
            words.COVERAGE: [percent(row.score.coverage) for row in ranking.rows],
            **{node.title: [percent(ranking_table.rate(row, node.code)) for row in ranking.rows] for node in ranking.edition.index},
            **{part.title: [_part(row, part.code) for row in ranking.rows] for part in ranking.edition.parts},
        }
    )
    order = (
        [words.RANK, words.UNIT, words.TOTAL, words.GRADE, words.RANGE] if theme.is_phone() else None
    )  # a telephone shows the result; the rest is in the file
    # Taken only as the watermarked file, in two steps that note the reader.
    tables.show(frame, take="submission_zip", most=30, column_order=order, alt=words.ALT.format(group=ranking.group))


def _part(row: RankRow, code: str) -> str:
    """得分率 of a part of a composed score; empty while nothing is known of it."""
    node = row.score.nodes.get(code)
    return percent(node.rate) if node is not None and node.observed else ""


def _download(found: View) -> None:
    """Two steps: the first notes who takes it and makes the file, the second hands it over."""
    key = (found.period.id, found.submission.n, people.current().name)
    taken = st.session_state.setdefault(_TAKEN, {})

    def prepare() -> None:
        content, error = boundary.attempt(lambda: closing.take(found.period.id))
        taken.clear()
        taken[key] = (content, error)

    content, error = taken.get(key, (None, ""))
    if error:
        boundary.failed(error)
    if content is None:
        st.button(words.PREPARE, icon=":material/branding_watermark:", key="submission_prepare", on_click=prepare)
        return
    name = words.FILE.format(period=found.period.id, n=found.submission.n, reader=key[2])
    st.download_button(words.DOWNLOAD, content, name, "application/zip", icon=":material/download:", key="submission_zip", on_click="ignore")


def _watermark(mark: str) -> None:
    """Tiles over the whole page that let every click through; a copy of the screen carries the reader's name."""
    tile = quote(_TILE.format(mark=escape(mark, quote=True)))
    rule = f'content:"";position:fixed;inset:0;z-index:999990;pointer-events:none;opacity:.16;background:url("data:image/svg+xml,{tile}")'
    st.html(f"<style>.stApp::after{{{rule}}}</style>")
