"""Other sites that a site links to: whose they are and what they call themselves, and whether that has become something else since an earlier run."""

from collections.abc import Mapping
from dataclasses import replace

from crawlers.checks.identity import identity_of, owner_of, plain, same_name
from crawlers.checks.links import Found
from crawlers.checks.record import ExternalLink
from crawlers.checks.tries import Answer
from crawlers.observation import SiteObservation
from crawlers.page import Page
from crawlers.status import FetchStatus, LinkKind, PageState, Phase
from crawlers.visit import Visitor

_NAME = 120


def check_external(visitor: Visitor, links: Mapping[str, Found], answers: Mapping[str, Answer], earlier: SiteObservation | None) -> tuple[ExternalLink, ...]:
    """The first page of each other host that was asked in this run, beside what the earlier run knew of the same address."""
    before = {link.url: link for link in earlier.checks.external} if earlier is not None else {}
    found: dict[str, ExternalLink] = {}
    for url, answer in answers.items():
        link = links[url]
        if link.kind is LinkKind.EXTERNAL and link.host not in found and answer.fetch is not FetchStatus.CANCELLED:
            visit = visitor.seen(url, Phase.FIRST)
            state = visit.state if visit is not None and visit.response.ok else None
            page = visit.page if visit is not None and state in (PageState.CONTENT, PageState.PARKED) else None
            found[link.host] = _compared(_seen(link, answer, page), before.get(url), parked=state is PageState.PARKED)
    return tuple(found.values())


def known_addresses(earlier: SiteObservation | None) -> set[str]:
    """Addresses of other sites that an earlier run read: they are read again, so that there is something to compare."""
    return {link.url for link in earlier.checks.external} if earlier is not None else set()


def _seen(link: Found, answer: Answer, page: Page | None) -> ExternalLink:
    title = plain(page.title)[:_NAME] if page is not None else ""
    owner = owner_of(identity_of(page))[:_NAME] if page is not None else ""
    return ExternalLink(link.host, link.url, link.on, title, owner, answer.fetch)


def _compared(now: ExternalLink, was: ExternalLink | None, *, parked: bool) -> ExternalLink:
    """What the last run to see the page saw of it stays known through runs that did not."""
    title, owner = "", ""
    if was is not None:
        title, owner = (was.title, was.owner) if was.title or was.owner else (was.was_title, was.was_owner)
    changed: bool | None = None
    if parked:
        changed = True
    elif title and now.title and same_name(title, now.title):
        changed = False
    elif title and now.title and owner and now.owner:
        changed = owner != now.owner
    return replace(now, was_title=title, was_owner=owner, changed=changed)
