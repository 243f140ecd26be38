"""A site's use of the optional browser: pages whose rows only scripts write are run, what was confirmed lacking is photographed. Bounded, and kept as evidence."""

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING, Protocol
from zoneinfo import ZoneInfo

from crawlers.browser import Ask, BrowserFailed, Rendered
from crawlers.evidence import EvidenceWriter
from crawlers.fetch import Response
from crawlers.link import is_article
from crawlers.observation import Snapshot
from crawlers.page import Page
from crawlers.status import FetchStatus, Made, PageState, Phase

if TYPE_CHECKING:
    from crawlers.visit import Visit

_RUNS = 150
_PICTURES = 60
_HTML = "text/html; charset=utf-8"
_BEIJING = ZoneInfo("Asia/Shanghai")


class Runs(Protocol):
    """What is asked of a browser; `crawlers.browser.Browser` is one."""

    def render(self, first: Response, ask: Ask, *, picture: str = "") -> Rendered:
        """Show a page; raises BrowserFailed."""
        ...


class Screen:
    """`ask` goes through the crawl's own fetcher. At most `runs` pages are run and `pictures` taken: a browser costs seconds a page, and requests at the site's pace."""

    def __init__(
        self,
        browser: Runs,
        writer: EvidenceWriter,
        snapshots: list[Snapshot],
        ask: Ask,
        now: Callable[[], datetime],
        runs: int = _RUNS,
        pictures: int = _PICTURES,
    ) -> None:
        self._browser, self._writer, self._snapshots, self._now = browser, writer, snapshots, now
        self._runs, self._pictures = runs, pictures
        self._ask = ask
        self._had: dict[tuple[str, str, str | None], Response] = {}
        self._taken: dict[str, int | None] = {}

    def due(self, visit: "Visit") -> bool:
        """Whether a page shows less than a reader would see: its rows are written by scripts and no interface gave them."""
        page = visit.page
        if page is None or page.settled or not visit.response.ok or visit.sent_home or is_article(visit.response.final):
            return False
        if visit.state is PageState.NEEDS_SCRIPT:
            return True
        if visit.state is not PageState.CONTENT:
            return False
        listing = visit.listing
        return listing.unread or (page.loads_by_script and not listing.items and not listing.empty)

    def run(self, visit: "Visit", phase: Phase) -> "Visit":
        """The page after its scripts ran; as it was when the browser could not show it. What is lacking for a script that was not had stays `needs_script`."""
        if self._runs <= 0:
            return visit
        self._runs -= 1
        try:
            shown = self._browser.render(visit.received, self._asked)
        except BrowserFailed:
            return visit
        body = shown.html.encode("utf-8", "replace")
        seq = self._keep(shown.url, _HTML, body, Made.RENDERED, phase)
        page = Page(shown.url, body, _HTML, visit.response.http, settled=shown.whole)
        return replace(visit, response=visit.received, page=page, seq=seq, asked=None, answer=None)

    def picture(self, response: Response, phase: Phase) -> int | None:
        """The number of a stored picture of the page, with its address and the time on it; None when none could be taken."""
        if response.final not in self._taken:
            self._taken[response.final] = self._photograph(response, phase) if self._pictures > 0 else None
        return self._taken[response.final]

    def _photograph(self, response: Response, phase: Phase) -> int | None:
        self._pictures -= 1
        caption = f"{response.final}　采集时间 {response.at.astimezone(_BEIJING):%Y-%m-%d %H:%M:%S}（北京时间）"
        try:
            shown = self._browser.render(response, self._asked, picture=caption)
        except BrowserFailed:
            return None
        return self._keep(response.final, "image/jpeg", shown.picture, Made.PICTURE, phase) if shown.picture else None

    def _keep(self, url: str, content_type: str, body: bytes, made: Made, phase: Phase) -> int:
        at = self._now()
        offset, length = self._writer.add_made(url, at, content_type, body)
        snapshot = Snapshot(len(self._snapshots), url, at, FetchStatus.OK, None, hashlib.sha256(body).hexdigest(), offset, length, phase, made)
        self._snapshots.append(snapshot)
        return snapshot.seq

    def _asked(self, method: str, url: str, body: str | None, content_type: str) -> Response:
        """Scripts, styles and pictures are shared by the pages of a site: each is asked for once."""
        key = (method, url, body)
        if key not in self._had:
            self._had[key] = self._ask(method, url, body, content_type)
        return self._had[key]
