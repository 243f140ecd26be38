"""Opening pages of one site: each address once a look, every response kept as evidence, splash and frame pages followed."""

import re
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property, partial
from urllib.parse import parse_qsl, urldefrag, urlsplit

from crawlers.awake import PARSED
from crawlers.dialects import list_sources, read_answer, read_list
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Fetcher, Response
from crawlers.journal import Journal, Kept, Recorder
from crawlers.listing import Listing, Request
from crawlers.observation import Snapshot
from crawlers.page import Page
from crawlers.part import at, is_route
from crawlers.screen import Runs, Screen
from crawlers.status import FetchStatus, Made, PageState, Phase

_HOPS = 2
_PAGER = re.compile(r"下一?页|后一页|共\s*(?:[2-9]|[1-9]\d+)\s*页")
_SILENT = 12


@dataclass(frozen=True)
class Visit:
    """One opened address: how the request ended, and the page when one came.

    `asked`: where the rows of this page were asked for, when it holds none itself, and `answer`: what came of it. `via`: the splash or frame page that led here.
    `like`: an earlier visit that brought the same bytes from the same address; what was read of it is read.
    """

    response: Response
    page: Page | None
    seq: int
    as_of: date
    sent_home: bool = False
    over_budget: bool = False
    asked: Request | None = None
    answer: "Visit | None" = None
    via: "Visit | None" = None
    like: "Visit | None" = None

    @property
    def body(self) -> bytes:
        """What was received: a page keeps it, or has it again from the evidence."""
        return self.response.body or (self.page.body if self.page is not None else b"")

    @property
    def received(self) -> Response:
        """The response with what was received."""
        return replace(self.response, body=self.body)

    @cached_property
    def listing(self) -> Listing:
        """The list of the page: the rows it was given by an interface, where it has them from one, else those it holds."""
        assert self.page is not None
        if self.asked is None and self.like is not None and self.like.page is self.page and self.like.asked is None:
            return self.like.listing
        if self.asked is None:
            listing = read_list(self.page, self.as_of)
            # A pager that only a click turns was not turned, and a tab shows how a list begins: the end of such a list was not seen.
            cut = self.page.is_part or (self.page.settled and _PAGER.search(self.page.text))
            return replace(listing, hidden=True) if cut and not listing.more else listing
        had = self.answer.page if self.answer is not None and self.answer.response.ok else None
        return read_answer(self.asked, had, self.as_of, None if self._is_answer else self.page)

    @property
    def _is_answer(self) -> bool:
        """Whether this is the answer of an interface itself rather than a page that shows it."""
        return self.asked is not None and self.answer is not None and self.answer.page is self.page

    @property
    def state(self) -> PageState | None:
        """What the page is; None when none came."""
        if self.page is None:
            return None
        if self._is_answer:
            return PageState.NEEDS_SCRIPT if self.listing.unread else PageState.CONTENT
        if self.sent_home:
            return PageState.SOFT_404
        shell = self.page.state is PageState.NEEDS_SCRIPT and self.asked is not None and not self.listing.unread
        return PageState.CONTENT if shell else self.page.state

    @property
    def dead(self) -> bool:
        """Whether the address leads to nothing: 404, 410, a soft 404. That is an answer, not a failure to look."""
        return (self.response.gone and self.asked is None) or self.state is PageState.SOFT_404

    @property
    def readable(self) -> bool:
        """Whether there is content to read."""
        return self.response.ok and self.state is PageState.CONTENT

    @property
    def result(self) -> str:
        """Value of the FetchStatus or PageState, for a 查找路径."""
        return str(self.state.value if self.response.ok and self.state else self.response.status.value)


class Visitor:
    """Opens addresses of one site. `budget`: pages it may cost; afterwards every opening is an unread page, never a missing one.

    The same holds once the site has cost `seconds`, or has not answered `_SILENT` times in a row: one site must not hold up a run.
    """

    def __init__(
        self,
        fetcher: Fetcher,
        writer: EvidenceWriter,
        as_of: date,
        budget: int,
        on_page: Callable[[str, bool], None],
        seconds: float = 7200.0,
        journal: Journal | None = None,
        browser: Runs | None = None,
    ) -> None:
        self._fetcher, self._writer, self._as_of, self._budget, self._on_page = fetcher, writer, as_of, budget, on_page
        self._recorder = Recorder(fetcher, writer, journal)
        self._until = time.monotonic() + seconds
        self._silent = self._heads = 0
        self._seen: dict[tuple[Phase, str, object], Visit] = {}
        self._first: dict[tuple[str, str, str], Visit] = {}
        self.snapshots: list[Snapshot] = []
        self.pages = self.failures = 0
        """Pages asked for; of them, those that brought no answer about the page."""
        self.home = ""
        self.screen = Screen(browser, writer, self.snapshots, self._for_script, fetcher.now) if browser is not None else None

    def visits(self) -> list[Visit]:
        """Everything opened, in order."""
        return list(self._seen.values())

    @property
    def left(self) -> int:
        """Requests that may still be made."""
        return max(0, self._budget - self.pages - self._heads)

    @property
    def spent(self) -> bool:
        """Whether nothing more may be asked: the budget or the time is used up, or the site has fallen silent."""
        return len(self.snapshots) + self._heads >= self._budget or self._silent >= _SILENT or time.monotonic() > self._until

    def seen(self, url: str, phase: Phase) -> Visit | None:
        """What a look saw of an address; None when it did not open it."""
        return self._seen.get((phase, url, None))

    def look(self, url: str, phase: Phase, by: Fetcher | None = None) -> Visit:
        """Open an address for what it answers itself, or give what this look saw of it: no rows are asked for, no splash page is followed, no script run.

        `by`: another fetcher, for an address of another site; what that one does not answer says nothing of this site.
        """
        if (known := self.seen(url, phase)) is None:
            known = self._seen[phase, url, None] = self.again(url, phase, by)
        return known

    def again(self, url: str, phase: Phase, by: Fetcher | None = None) -> Visit:
        """Ask for an address whatever was seen of it before."""
        return self._barred(url) if self.spent else self._store(url, phase, None, by)

    def open(self, url: str, phase: Phase, data: tuple[tuple[str, str], ...] | None = None, hops: int = _HOPS) -> Visit:
        """Open an address, or give what this look already saw of it. Splash pages and frames are followed, within the site only."""
        if (known := self._seen.get((phase, url, data))) is not None:
            return known
        if self.spent:
            visit = self._seen[phase, url, data] = self._barred(url)
            return visit
        bare, fragment = urldefrag(url)
        visit = at(self.open(bare, phase, data, hops), url) if fragment else self._store(url, phase, data)
        if fragment and not is_route(url):
            self._seen[phase, url, data] = visit
            return visit
        if hops and visit.page is not None and visit.state in (PageState.SPLASH, PageState.FRAME) and _same_host(visit.page.jump, visit.response.final):
            led = self.open(visit.page.jump, phase, hops=hops - 1)
            # A frame that is not there leaves a page that is: what it should have shown is unread, not gone.
            visit = visit if visit.state is PageState.FRAME and led.dead else replace(led, via=visit)
        elif data is None:
            visit = self._with_rows(visit, phase)
            if self.screen is not None and self.screen.due(visit):
                visit = self.screen.run(visit, phase)
        self._seen[phase, url, data] = visit
        return visit

    def shown(self, visit: Visit, phase: Phase) -> Visit:
        """An opened page as a browser shows it once its scripts have run; as it is where there is no browser."""
        if self.screen is None or visit.page is None or self.snapshots[visit.seq].made is Made.RENDERED:
            return visit
        run = self.screen.run(visit, phase)
        self._seen |= {key: run for key, known in self._seen.items() if known is visit}
        return run

    def _for_script(self, method: str, url: str, body: str | None, content_type: str) -> Response:
        """What a script asks for, at the site's pace and within its budget. A form may be posted; anything else that would be sent is not."""
        if method == "GET" and (known := self._seen.get((Phase.FIRST, url, None))) is not None and not known.over_budget:
            return known.received
        form = tuple(parse_qsl(body, keep_blank_values=True)) if body is not None and "urlencoded" in content_type else None
        if self.spent or (method != "GET" and form is None):
            return Response(url, url, FetchStatus.CANCELLED, self._fetcher.now())
        self._heads += 1
        return self._recorder.get(url, form).response

    def _with_rows(self, visit: Visit, phase: Phase) -> Visit:
        """Ask for the rows that a page shows but does not hold; where it names several sources, until one answers with rows."""
        best = visit
        if (
            visit.page is None
            or visit.sent_home
            or visit.page.is_routed
            or visit.page.state not in (PageState.CONTENT, PageState.NEEDS_SCRIPT, PageState.FRAME)
        ):
            return visit
        for source in list_sources(visit.page, self._as_of):
            asked = replace(visit, asked=source, answer=self._ask(source, phase))
            if best is visit or not asked.listing.unread:
                best = asked
            if asked.listing.items:
                break
        return best

    def _ask(self, request: Request, phase: Phase) -> Visit | None:
        """The answer of an interface, as it came; None when its address is not the site's own kin."""
        key = (phase, request.url, request.data)
        if not _kin(request.url, request.base):
            return None
        if key not in self._seen:
            self._seen[key] = self._barred(request.url) if self.spent else self._store(request.url, phase, request.data)
        return self._seen[key]

    def _barred(self, url: str) -> Visit:
        return Visit(Response(url, url, FetchStatus.CANCELLED, self._fetcher.now()), None, -1, self._as_of, over_budget=True)

    def follow(self, request: Request, phase: Phase) -> Visit:
        """Open a further page of a list."""
        if request.dialect is None:
            return self.open(request.url, phase, request.data)
        answer = self._ask(request, phase)
        return replace(answer or self._barred(request.url), asked=request, answer=answer)

    def head(self, url: str, by: Fetcher | None = None) -> Response:
        """Ask for the headers of an address alone; nothing is kept of it, but it counts towards the budget."""
        if self.spent:
            return Response(url, url, FetchStatus.CANCELLED, self._fetcher.now())
        self._heads += 1
        return self._recorder.head(url, by)

    def _page(self, kept: Kept) -> Page:
        """The page of an answer; at rest, its body stands in the evidence alone."""
        response = kept.response
        again = partial(self._writer.body, kept.offset, kept.length, len(response.body), kept.sha256) if kept.sha256 else None
        return Page(response.final, response.body, response.content_type, response.http, woken=PARSED.wake, again=again)

    def _store(self, url: str, phase: Phase, data: tuple[tuple[str, str], ...] | None, by: Fetcher | None = None) -> Visit:
        kept = self._recorder.get(url, data, by)
        response = kept.response
        if by is None:
            self._silent = self._silent + 1 if response.http is None else 0
        seq = len(self.snapshots)
        sha = kept.sha256
        self.snapshots.append(Snapshot(seq, response.final, response.at, response.status, response.http, sha, kept.offset, kept.length, phase))
        self.pages += 1
        self.failures += not (response.ok or response.gone)
        self._on_page(url, response.ok or response.gone)
        kind = response.content_type.lower()
        readable = response.ok and (not kind or any(word in kind for word in ("html", "xml", "text", "json", "javascript")))
        like = self._first.get((response.final, response.content_type, sha)) if readable and sha else None
        page = like.page if like is not None else self._page(kept) if readable else None
        if page is not None and sha:
            response = replace(response, body=b"")  # the page has it, or the evidence
        sent_home = bool(self.home) and response.final != url and response.final.rstrip("/") == self.home.rstrip("/") and not _is_home_path(url)
        visit = Visit(response, page, seq, self._as_of, sent_home, like=like)
        if readable and sha and like is None:
            self._first[response.final, response.content_type, sha] = visit
        return visit


def _kin(url: str, other: str) -> bool:
    """Whether two addresses belong to one owner: the same host, or hosts of one government below the same name."""
    hosts = [(urlsplit(address).hostname or "").removeprefix("www.").split(".") for address in (url, other)]
    if hosts[0] == hosts[1]:
        return True
    return all(host[-2:] == ["gov", "cn"] and len(host) > 2 for host in hosts) and hosts[0][-3:] == hosts[1][-3:]


def _same_host(url: str, other: str) -> bool:
    return bool(url) and url != other and urlsplit(url).netloc == urlsplit(other).netloc


def _is_home_path(url: str) -> bool:
    parts = urlsplit(url)
    return (
        parts.path.rstrip("/").rsplit("/", 1)[-1] in ("", "index.html", "index.htm", "index.shtml", "index.jsp", "default.html") and parts.path.count("/") <= 1
    )
