"""Which pages there are, whose they are, and how one page opens another."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote, urlsplit

import streamlit as st

from dashboard import (
    briefing,
    cases,
    check,
    compare,
    draft,
    editions,
    evidence,
    heatmap,
    indicator,
    methods,
    overview,
    publish,
    reports,
    review,
    submission,
    unit,
)
from dashboard.components import boundary, links, people
from dashboard.strings import common as words
from dashboard.strings import navigation as names
from scoring.model import Role
from scoring.permissions import Action, may


@dataclass(frozen=True, slots=True)
class Entry:
    """A page: its address, what one must be allowed to do to open it, and where it stands in the menu (None: reached by links only)."""

    path: str
    title: str
    icon: str
    render: Callable[[], None]
    action: Action
    section: str | None


ENTRIES = (
    Entry("overview", names.OVERVIEW, ":material/leaderboard:", overview.render, Action.VIEW_RESULTS, ""),
    Entry("briefing", names.BRIEFING, ":material/smartphone:", briefing.render, Action.VIEW_RESULTS, ""),
    Entry("heatmap", names.HEATMAP, ":material/grid_on:", heatmap.render, Action.VIEW_RESULTS, ""),
    Entry("unit", names.UNIT, ":material/domain:", unit.render, Action.VIEW_RESULTS, ""),
    Entry("indicator", names.INDICATOR, ":material/checklist:", indicator.render, Action.VIEW_RESULTS, ""),
    Entry("compare", names.COMPARE, ":material/compare_arrows:", compare.render, Action.VIEW_RESULTS, ""),
    Entry("check", names.CHECK, ":material/fact_check:", check.render, Action.CHECK, ""),
    Entry("review", names.REVIEW, ":material/rate_review:", review.render, Action.REVIEW, words.SECTION_WORK),
    Entry("cases", names.CASES, ":material/mark_email_read:", cases.render, Action.REVIEW, words.SECTION_WORK),
    Entry("draft", names.DRAFT, ":material/format_list_numbered:", draft.render, Action.VIEW_DRAFT, words.SECTION_WORK),
    Entry("publish", names.PUBLISH, ":material/verified:", publish.render, Action.LOCK, words.SECTION_WORK),
    Entry("editions", names.EDITIONS, ":material/account_tree:", editions.render, Action.VIEW_RESULTS, ""),
    Entry("submission", names.SUBMISSION, ":material/approval:", submission.render, Action.APPROVE, ""),
    Entry("reports", names.REPORTS, ":material/summarize:", reports.render, Action.VIEW_RESULTS, ""),
    Entry("methods", names.METHODS, ":material/menu_book:", methods.render, Action.VIEW_RESULTS, ""),
    Entry("evidence", names.EVIDENCE, ":material/plagiarism:", evidence.render, Action.VIEW_RESULTS, None),
)
_HOME = {Role.LEADER: "overview", Role.EVALUATOR: "review", Role.STAFF: "check"}


def build(person: people.Person) -> Any:
    """Register every page; those of other roles stay out of the menu and say so when opened by a link."""
    menu: dict[str, list[Any]] = {"": []}
    pages: dict[str, Any] = {}
    for entry in ENTRIES:
        allowed = may(person.role, entry.action)
        shown = allowed and entry.section is not None
        page = st.Page(
            _body(entry, person, allowed=allowed),
            title=entry.title,
            icon=entry.icon,
            url_path="" if entry.path == "overview" else entry.path,
            default=entry.path == "overview",
            visibility="visible" if shown else "hidden",
        )
        pages[entry.path] = page
        menu.setdefault((entry.section or "") if shown else "", []).append(page)
    if unknown := unknown_path(st.context.url):
        # Streamlit answers an address without a page with an English box; registering the address keeps it from doing so.
        menu[""].append(st.Page(_lost, title=names.LOST, icon=":material/link_off:", url_path=unknown, visibility="hidden"))
    st.session_state[links.PAGES] = pages
    return st.navigation(menu, position="top")


def unknown_path(url: str | None) -> str:
    """The last part of an address that no page has; empty for a page's own address."""
    path = unquote(urlsplit(url or "").path).strip("/").rpartition("/")[2]
    base = str(st.get_option("server.baseUrlPath") or "").strip("/").rpartition("/")[2]
    return "" if path == base or any(path == entry.path for entry in ENTRIES if entry.path != "overview") else path


def _lost() -> None:
    st.title(names.LOST, anchor=False)
    st.info(names.LOST_WHY, icon=":material/link_off:")
    links.link("overview", names.LOST_HOME, icon=":material/leaderboard:")


def home_of(role: Role) -> str:
    """The page a role starts its work on."""
    return _HOME[role]


def _body(entry: Entry, person: people.Person, *, allowed: bool) -> Callable[[], None]:
    def run() -> None:
        if allowed:
            boundary.page(entry.render)
            return
        owner = names.OWNERS[entry.path]
        st.title(entry.title, anchor=False)
        st.info(words.NOT_YOURS.format(role=owner, mine=person.role.zh), icon=":material/lock:")
        if people.switchable():
            st.caption(words.NOT_YOURS_SWITCH)

    return run
