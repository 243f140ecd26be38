"""What could cost points: when a sighting is a negative, what stands beside it as its 查找路径, and a name that proves nothing."""

import re
from dataclasses import replace
from datetime import date

from crawlers.columns import Column
from crawlers.look import Candidate, Look
from crawlers.observation import Sighting, Step
from crawlers.plan import PlannedColumn
from crawlers.status import DocumentKind, FetchStatus, Looked, Match, PageState
from crawlers.visit import Visit

_MENUS = 12


def is_negative(seen: Sighting, planned: PlannedColumn, as_of: date) -> bool:
    """Whether a sighting could cost points: missing, unread, dead, blank, a guide that lacks elements, or older than the plan's smallest age."""
    if seen.match is None or (seen.fetch is not None and seen.fetch is not FetchStatus.OK) or seen.page not in (PageState.CONTENT, None):
        return True
    if planned.column.reads is DocumentKind.GUIDE and not seen.elements_unread and len(seen.elements) < len(planned.column.elements):
        return True
    return planned.stale_after is not None and (seen.newest is None or (as_of - seen.newest).days > planned.stale_after)


def with_path(seen: Sighting, planned: PlannedColumn, look: Look, again: Look) -> Sighting:
    """A negative with its 查找路径: menus opened, names tried, links considered, words searched and hits. A missing column is confirmed only after everything was read."""
    column = planned.column
    steps = look.path[:_MENUS]
    if more := len(look.path) - _MENUS:
        steps += [Step("打开", f"另有 {more} 个页面", look.entry.response.final, str(more))] if more > 0 else []
    steps.append(Step("比对名称", "、".join((column.name, *column.aliases)), look.entry.response.final, str(len(look.candidates.get(column.key, [])))))
    steps += [Step("相近名称", candidate.text, candidate.url, "contained") for candidate in look.contained.get(column.key, [])[:5]]
    if seen.page is not None and (why := again.whys.get(seen.url) or look.whys.get(seen.url)):
        steps.append(Step("打开栏目", why, seen.url, seen.page.value))
    steps += look.searches.get(column.key, again.searches.get(column.key, []))[:3]
    confirmed = seen.confirmed and (seen.match is not None or (look.looked is again.looked is Looked.COMPLETE and seen.complete and not look.hides(column.key)))
    return replace(seen, path=tuple(steps), confirmed=confirmed)


def ambiguous(candidate: Candidate, visit: Visit) -> Sighting:
    """A name that stands somewhere, without proof that what it leads to is the column."""
    return Sighting(
        candidate.key, candidate.text, Match.CONTAINED, candidate.url, visit.response.status, visit.response.http, visit.state, snapshot=seq_of(visit)
    )


def bears(column: Column, visit: Visit) -> bool:
    """Whether a page bears a column's name: in its metadata, its breadcrumb or its title."""
    page = visit.page
    return page is not None and (column.called(page.own_name) or any(column.called(part) for part in re.split(r"[_|｜—\-]+", page.title[:120])))


def seq_of(visit: Visit) -> int | None:
    """The number of the stored response."""
    return visit.seq if visit.seq >= 0 else None
