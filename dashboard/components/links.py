"""From one page to another, with the ids the other page reads."""

from typing import Any
from urllib.parse import urlencode, urlsplit

import streamlit as st

PAGES = "navigation_pages"


def open_page(path: str, **ids: str) -> None:
    """Switch to a page (only in callbacks); in a test of a single page there is none to switch to, so only the address changes."""
    page = _pages().get(path)
    if page is None:
        st.query_params.update(ids)
    else:
        st.switch_page(page, query_params=ids)


def link(path: str, label: str, *, icon: str, **ids: str) -> None:
    """A link to a page that keeps the session."""
    page = _pages().get(path)
    if page is None:
        st.link_button(label, f"/{path}?{urlencode(ids)}", icon=icon)
    else:
        st.page_link(page, label=label, icon=icon, query_params=ids)


def outside(url: str, label: str, *, key: str) -> None:
    """A link to a page on the web; an address that is not http(s) is shown by the caller as text only."""
    if is_web(url):
        st.link_button(label, url, icon=":material/open_in_new:", type="tertiary", key=key)


def is_web(url: str) -> bool:
    """True for an address a browser may be sent to."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def _pages() -> dict[str, Any]:
    found: dict[str, Any] = st.session_state.get(PAGES, {})
    return found
