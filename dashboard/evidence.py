"""取证: a stored page as text and source. What the page says is data: never HTML, never Markdown, never a script."""

import streamlit as st

from dashboard.components import data, links, ui
from dashboard.components.text import beijing
from dashboard.strings import common
from dashboard.strings import evidence as words
from scoring.services.shapes import StoredPage

_LIMIT = 60_000
_HEIGHT = 520


def render() -> None:
    """The page; `?snapshot=run/site@offset+length`."""
    ui.heading(words.TITLE)
    # A "+" typed into an address bar arrives as a space.
    address = st.query_params.get("snapshot", "").strip().replace(" ", "+")
    if not address:
        st.info(words.NONE, icon=":material/plagiarism:")
        st.caption(words.NONE_HOW)
        st.code(words.FORMAT, language=None)
        return
    page = data.stored_page(address)
    ui.conclusion(words.HEAD.format(at=beijing(page.at)), words.NOTE)
    _facts(page)
    text, source = st.tabs([words.TEXT, words.SOURCE])
    with text:
        _literal(page.text or words.EMPTY_TEXT)
    with source:
        _literal(page.source)
        st.download_button(words.DOWNLOAD_SOURCE, page.source.encode(), words.FILE, "text/plain", icon=":material/download:", on_click="ignore")


def _facts(page: StoredPage) -> None:
    with st.container(border=True):
        with st.grid(4, min_column_width=200):
            _fact(words.PAGE_TITLE, page.title or words.NO_TITLE)
            _fact(words.AT, beijing(page.at))
            _fact(
                words.HTTP,
                page.status_zh if page.http is None or str(page.http) in page.status_zh else words.HTTP_VALUE.format(zh=page.status_zh, code=page.http),
            )
            _fact(words.ENCODING, page.encoding or common.NONE)
        for label, value in ((words.URL, page.url), (words.ADDRESS, page.address), (words.SHA, page.sha256)):
            with st.container(gap="xxsmall"):
                st.caption(label)
                st.code(value, language=None, wrap_lines=True)
        links.outside(page.url, words.OPEN_LIVE, key="evidence_live")


def _fact(label: str, value: str) -> None:
    with st.container(gap="xsmall"):
        st.caption(label)
        st.text(value)


def _literal(content: str) -> None:
    if len(content) > _LIMIT:
        st.caption(words.CUT.format(n=f"{_LIMIT:,}"))
    st.code(content[:_LIMIT], language=None, wrap_lines=True, height=_HEIGHT if content.count("\n") > 24 or len(content) > 3_000 else "content")
