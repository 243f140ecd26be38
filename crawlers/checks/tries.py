"""Trying links: HEAD, then GET, then once more later. Dead is only what was seen to lead nowhere twice; whatever kept the crawler from seeing is unknown."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from urllib.parse import urlsplit

from crawlers.checks.links import Found
from crawlers.checks.outside import Outside
from crawlers.fetch import Fetcher
from crawlers.response import Response
from crawlers.status import FetchStatus, LinkKind, PageState, Phase
from crawlers.visit import Visit, Visitor

_SMALL = 2_048
"""A page of fewer bytes may be a notice that there is none, told with 200: it is read before it is believed."""
_NO_ANSWERER = (FetchStatus.DNS, FetchStatus.REFUSED)
_UNASKED = (FetchStatus.DNS, FetchStatus.ADDRESS_REFUSED, FetchStatus.ROBOTS, FetchStatus.CANCELLED)
_UNSEEN = [None, None]
_SILENT = 12
"""After so many other sites in a row that did not answer, the fault is with this machine's own line."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a link. `alive` None: not established."""

    alive: bool | None
    fetch: FetchStatus
    http: int | None = None
    page: PageState | None = None
    snapshot: int | None = None


def answer_of(visit: Visit, kind: LinkKind, *, own: bool) -> Answer:
    """What opening an address showed of it. `own`: it is the site's, so that nobody answering says nothing of one link."""
    response, state = visit.response, visit.state
    alive: bool | None = None
    if response.gone or (response.ok and state is PageState.SOFT_404):
        alive = False
    elif response.http is not None and 200 <= response.http < 300 and state not in (PageState.SHIELD, PageState.PARKED):
        # A page where a file should be may be a viewer, a login or an error in words of its own.
        misplaced = kind is LinkKind.ATTACHMENT and "html" in response.content_type.lower()
        alive = None if misplaced else True
    elif not own and response.status in _NO_ANSWERER:
        alive = False
    return Answer(alive, response.status, response.http, state, visit.seq if visit.seq >= 0 else None)


@dataclass
class Tries:
    """Tries links of one site. `on_site`: whether an address is the site's own; all others are asked through `outside`, and not at all where that is None."""

    visitor: Visitor
    on_site: Callable[[str], bool]
    outside: Outside | None
    _no_head: set[str] = field(default_factory=set)

    def seen(self, link: Found) -> Answer | None:
        """What the crawl itself saw of a link; None when it never had it. Dead on the only look is looked at once more."""
        looks = [self.visitor.seen(link.url, phase) for phase in (Phase.FIRST, Phase.SECOND)]
        if looks == _UNSEEN:  # as nearly all
            return None
        answers = [answer_of(visit, link.kind, own=True) for visit in looks if visit is not None and not visit.over_budget]
        if not answers:
            return None
        if answers[-1].alive is False and looks[1] is None:
            answers.append(answer_of(self.visitor.look(link.url, Phase.SECOND), link.kind, own=True))
        return _agreed(answers)

    def try_all(self, links: Iterable[Found]) -> dict[str, Answer]:
        """Ask for each link; those that seem dead are asked again when all others have been."""
        asked = [(link, self.on_site(link.url)) for link in links]
        found: dict[str, Answer] = {}
        silent = 0
        with self._others() as others:
            for link, own in asked:
                found[link.url] = self._ask(link, None if own else others) if own or (others and silent < _SILENT) else Answer(None, FetchStatus.CANCELLED)
                if not own and found[link.url].fetch not in _UNASKED[1:]:
                    silent = 0 if found[link.url].http is not None else silent + 1
        answered = any(found[link.url].http is not None for link, own in asked if not own)
        with self._others() as others:
            for link, own in asked:
                if found[link.url].alive is False:
                    found[link.url] = _agreed([found[link.url], self._confirm(link, found[link.url], None if own else others, answered)])
        return found

    def _ask(self, link: Found, by: Fetcher | None) -> Answer:
        """Ask once; a host whose HEAD turned out to say nothing of its pages is asked by GET from then on."""
        if by is not None and self.outside is not None and not self.outside.turns.take(link.host):
            return Answer(None, FetchStatus.CANCELLED)
        misled = False
        if link.host not in self._no_head and not link.read:
            head = self.visitor.head(link.url, by)
            if _shows_alive(head, link.kind):
                return Answer(True, head.status, head.http)
            if head.status in _UNASKED:
                return Answer(False if head.status is FetchStatus.DNS and by is not None else None, head.status)
            misled = not head.ok
        answer = answer_of(self.visitor.look(link.url, Phase.FIRST, by), link.kind, own=by is None)
        if misled and answer.alive:
            self._no_head.add(link.host)
        return answer

    def _confirm(self, link: Found, first: Answer, by: Fetcher | None, answered: bool) -> Answer:
        """The second look. That there is no such host, or nobody answering, is believed where other hosts did answer this machine."""
        if first.fetch is FetchStatus.DNS:
            gone = answered and self.outside is not None and self.outside.no_such_host(urlsplit(link.url).hostname or "")
            return first if gone else replace(first, alive=None)
        second = answer_of(self.visitor.look(link.url, Phase.SECOND, by), link.kind, own=by is None)
        return replace(second, alive=None) if second.fetch is FetchStatus.REFUSED and not answered else second

    @contextmanager
    def _others(self) -> Iterator[Fetcher | None]:
        """What asks other sites, knowing nothing of them yet."""
        if self.outside is None:
            yield None
            return
        fetcher = self.outside.fetcher()
        try:
            yield fetcher
        finally:
            fetcher.close()


def _agreed(answers: list[Answer]) -> Answer:
    """What several looks say together, the latest last: dead needs two, and one that saw it alive after that is believed."""
    last = answers[-1]
    if last.alive is False and (len(answers) < 2 or answers[-2].alive is not False):
        return replace(last, alive=None)
    return last


def _shows_alive(head: Response, kind: LinkKind) -> bool:
    """Whether headers alone are enough. Not for a page that is small, came from elsewhere or stands where a file should be: it may say that there is nothing."""
    if not head.ok or head.http is None or not 200 <= head.http < 300:
        return False
    html = "html" in head.content_type.lower()
    length = head.header("content-length")
    small = length.isdigit() and int(length[:12]) < (_SMALL if html else 1)
    moved = urlsplit(head.final).path.rstrip("/") != urlsplit(head.url).path.rstrip("/")
    return not small and not moved and not (kind is LinkKind.ATTACHMENT and html)
