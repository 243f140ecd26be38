"""取证: a stored page as text and source. What the page says is data: never HTML, never Markdown, never a script."""

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from dashboard.components import data, links, people, tables, ui
from dashboard.components.text import beijing, plain, to_csv
from dashboard.strings import common
from dashboard.strings import evidence as words
from scoring.permissions import Action, may
from scoring.services.shapes import LeafResult, StoredPage

_LIMIT = 60_000
_HEIGHT = 520


def render() -> None:
    """The page; `?snapshot=run/site@offset+length`, with the ids of the finding it was opened from."""
    ui.heading(words.TITLE)
    # A "+" typed into an address bar arrives as a space.
    address = st.query_params.get("snapshot", "").strip().replace(" ", "+")
    if not address:
        st.info(words.NONE, icon=":material/plagiarism:")
        st.caption(words.NONE_HOW)
        st.code(words.FORMAT, language=None)
        return
    _origin()
    page = data.stored_page(address)
    ui.conclusion((words.HEAD_PICTURE if page.picture else words.HEAD).format(at=beijing(page.at)), words.NOTE_PICTURE if page.picture else words.NOTE)
    _facts(page)
    if page.picture:
        st.image(page.picture, caption=words.PICTURE_NOTE)
        st.download_button(words.DOWNLOAD_PICTURE, page.picture, words.PICTURE_FILE, "image/jpeg", icon=":material/download:", on_click="ignore")
        return
    names = [words.TEXT, words.ITEMS.format(n=len(page.items)), words.SOURCE] if page.items else [words.TEXT, words.SOURCE]
    tabs = dict(zip(names, st.tabs(names, key="evidence_tab", bind="query-params"), strict=True))
    with tabs[words.TEXT]:
        _literal(page.text or words.EMPTY_TEXT)
    if page.items:
        with tabs[names[1]]:
            _items(page)
    with tabs[words.SOURCE]:
        _literal(page.source)
        st.download_button(words.DOWNLOAD_SOURCE, page.source.encode(), words.FILE, "text/plain", icon=":material/download:", on_click="ignore")


def _items(page: StoredPage) -> None:
    """The list as the readers see it, so that the newest date of a finding can be pointed at."""
    st.caption(words.ITEMS_NOTE)
    frame = pd.DataFrame(
        {
            words.ITEM_DATE: [day or common.NONE for day, _, _ in page.items],
            words.ITEM_TITLE: [title for _, title, _ in page.items],
            words.ITEM_URL: [url for _, _, url in page.items],
        }
    )
    take = tables.Take("evidence_items_csv", words.ITEMS_FILE, lambda: to_csv(list(frame.columns), frame.itertuples(index=False)))
    tables.show(frame, take=take, most=16, alt=words.ITEMS_ALT.format(n=len(frame)))


def _origin() -> None:
    """The finding that this page was opened from, and the way back; nothing when the address names none (or none that this person may see)."""
    ids = {name: str(value) for name in ("source", "period", "unit", "indicator", "job") if (value := st.query_params.get(name))}
    source = ids.pop("source", "")
    if source not in words.BACK:
        return
    name, found = _finding(source, ids)
    back = {key: value for key, value in ids.items() if source in ("review", "indicator") or key != "indicator"}
    with st.container(border=True, key="evidence_origin"):
        if found is not None:
            st.markdown(f"**{plain(words.OF.format(unit=name, title=found.title))}** {ui.badge(found.outcome)}")
            st.text(found.reason)
        links.link(source, words.BACK[source], icon=":material/arrow_back:", **back)


def _finding(source: str, ids: dict[str, str]) -> tuple[str, LeafResult | None]:
    code = ids.get("indicator", "")
    if source == "check":
        result = data.found(ids.get("job", ""))
        return (result.unit_name, _leaf(result.leaves, code)) if result else ("", None)
    draft = source == "review"
    if draft and not may(people.current().role, Action.VIEW_DRAFT):
        return "", None
    period = next((one for one in (data.all_periods() if draft else data.published_periods()) if one.id == ids.get("period")), None)
    if period is None:
        return "", None
    names = {row.unit: row.name for group in period.groups for row in (data.draft_ranking if draft else data.ranking)(period, group).rows}
    unit = ids.get("unit", "")
    if unit not in names:
        return "", None
    return names[unit], _leaf((data.draft_profile if draft else data.profile)(period, unit).leaves, code)


def _leaf(leaves: Sequence[LeafResult], code: str) -> LeafResult | None:
    return next((one for one in leaves if one.code == code), None)


def _facts(page: StoredPage) -> None:
    with st.container(border=True):
        with st.grid(4, min_column_width=200):
            if not page.picture:
                _fact(words.PAGE_TITLE, page.title or words.NO_TITLE)
            _fact(words.MADE, page.made_zh or common.NONE)
            _fact(words.AT, beijing(page.at))
            if page.http is not None:
                _fact(words.HTTP, words.HTTP_VALUE.format(zh=page.status_zh, code=page.http))
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
