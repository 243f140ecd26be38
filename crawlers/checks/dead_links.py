"""Dead links of a site: what the crawl opened anyway, and up to a number of further links of each kind."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from crawlers.checks.links import Found, select
from crawlers.checks.record import LinkCount
from crawlers.checks.tries import Answer, Tries
from crawlers.documents.personal import scrub
from crawlers.observation import DeadLink
from crawlers.status import LinkKind, Phase
from crawlers.visit import Visitor


@dataclass(frozen=True, slots=True)
class LinksSeen:
    """`checked`: links of which it was established whether they lead somewhere. `answers`: what came of each link that was tried, by address."""

    counts: tuple[LinkCount, ...]
    dead: tuple[DeadLink, ...]
    checked: int
    answers: dict[str, Answer]


def check_links(
    visitor: Visitor, links: Mapping[str, Found], tries: Tries, limit: int, home: str, keep: Callable[[Found], bool] = lambda _: False
) -> LinksSeen:
    """Try the links of a site. `limit`: of each kind, beyond those the crawl opened. `keep`: links to other sites that an earlier run read, to be read again."""
    answers = {url: answer for url, link in links.items() if (answer := tries.seen(link)) is not None}
    rest = [link for link in links.values() if link.url not in answers]
    rest.sort(key=lambda link: not keep(link))
    if limit:
        answers |= tries.try_all([link for kind in LinkKind for link in select(rest, kind, limit)])
    if any(answer.alive is False and tries.on_site(url) for url, answer in answers.items()):
        # A shield that has had enough may answer everything with 404: only a site whose home page is still there is believed.
        control = visitor.again(home, Phase.SECOND)
        if not control.response.ok and not control.over_budget:
            answers = {url: replace(answer, alive=None) if answer.alive is False and tries.on_site(url) else answer for url, answer in answers.items()}
    known = [(links[url], answer) for url, answer in answers.items()]
    dead = tuple(_record(link, answer) for link, answer in known if answer.alive is False)
    there = Counter(link.kind for link in links.values())
    return LinksSeen(tuple(_count(kind, known, there[kind]) for kind in LinkKind), dead, sum(answer.alive is not None for _, answer in known), answers)


def _record(link: Found, answer: Answer) -> DeadLink:
    return DeadLink(link.url, link.on, answer.http, link.kind, scrub(link.text), answer.fetch, answer.page, link.pages, answer.snapshot)


def _count(kind: LinkKind, known: Iterable[tuple[Found, Answer]], there: int) -> LinkCount:
    ours = [answer.alive for link, answer in known if link.kind is kind]
    return LinkCount(kind, len(ours), ours.count(False), ours.count(None), there)
