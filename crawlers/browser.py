"""The optional browser (extra `browser`): runs the scripts of pages that cannot be read without, and takes pictures of what was confirmed lacking.

It has no way to the network of its own: every address a page asks for is handed to the crawl's `Fetcher`, so that robots rules, pace, address guard and limits
hold for scripts as they do for pages. Chromium's own sandbox stays on wherever it can (it cannot for root).
"""

import asyncio
import base64
import os
import shutil
import threading
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from crawlers.desk import DESK
from crawlers.fetch import Response

if TYPE_CHECKING:
    from playwright.async_api import Browser as Chromium
    from playwright.async_api import Page, Playwright, Route

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
WIDTH, HEIGHT = 1280, 900
_TALL = 2400
"""Pixels of a page that a picture shows at most: what stands lower is not what a finding is about."""
_AT_ONCE = 3
_REQUESTS = 60
_SECONDS = 90.0
_SETTLE = 1500
_JUMPS = 2
_NEEDED = frozenset({"document", "script", "xhr", "fetch"})
_SHOWN = _NEEDED | {"stylesheet", "image"}
_OFFLINE = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-breakpad",
    "--disable-remote-fonts",
    "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
    # Whatever is not handed to the fetcher meets a closed port, and no name is ever looked up by the browser itself.
    "--proxy-server=http://127.0.0.1:9",
    "--proxy-bypass-list=<-loopback>",
    "--host-resolver-rules=MAP * ~NOTFOUND",
)

T = TypeVar("T")
Ask = Callable[[str, str, str | None, str], Response]
"""(method, address, body, content type of the body) → the answer, asked for by the crawl's own fetcher."""


@dataclass(frozen=True, slots=True)
class Rendered:
    """A page after its scripts ran. `whole`: everything that its scripts asked for was had; otherwise what is lacking may be our fault. `url`: where scripts led."""

    url: str
    html: str
    whole: bool
    refused: tuple[str, ...] = ()
    picture: bytes = b""


class BrowserFailed(RuntimeError):
    """The browser could not be started or broke down; the message is one Chinese line."""


def executable() -> str | None:
    """Path of the system's Chromium; None when there is none or Playwright is not installed."""
    try:
        import playwright.async_api  # noqa: F401 - an optional extra
    except ImportError:
        return None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def wanted(asked: bool | None, *, here: bool) -> bool:
    """Whether a crawl uses a browser: as asked for, else wherever one is installed, but not for sites of this machine (`here`), whose findings are the same everywhere.

    Raises BrowserFailed when one is asked for and none can be had.
    """
    if asked and executable() is None:
        raise BrowserFailed("没有可用的浏览器：请安装 Chromium 与 Playwright（pip install 'disclosure-index[browser]'），或改用 --no-browser")
    return (executable() is not None and not here) if asked is None else asked


@dataclass
class _Visit:
    """One page being shown: what it asked for and what came of it."""

    first: Response
    ask: Ask
    wanted: frozenset[str]
    pool: ThreadPoolExecutor
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)
    requests: int = 0
    documents: int = 0
    refused: list[str] = field(default_factory=list)

    async def answer(self, route: "Route") -> None:
        """Give a page what it asks for through the crawl's fetcher, one request at a time."""
        request = route.request
        kind, url = request.resource_type, request.url
        if kind not in self.wanted or not url.startswith(("http://", "https://")):
            await route.abort()
            return
        if kind == "document":
            self.documents += 1
            if self.documents == 1:
                await _fulfil(route, self.first)
                return
            if request.frame.parent_frame is None and (self.documents > 1 + _JUMPS or urlsplit(url).netloc != urlsplit(self.first.final).netloc):
                await route.abort()
                return
        self.requests += 1
        if self.requests > _REQUESTS:
            self._miss(kind, url)
            await route.abort()
            return
        async with self.turn:
            sent = request.post_data
            form = (await request.all_headers()).get("content-type", "") if sent is not None else ""
            answer = await asyncio.get_running_loop().run_in_executor(self.pool, self.ask, request.method, url, sent, form)
        if answer.http is None:
            self._miss(kind, url)
            await route.abort()
            return
        if not answer.ok and not answer.gone:
            self._miss(kind, url)
        await _fulfil(route, answer)

    def _miss(self, kind: str, url: str) -> None:
        if kind in _NEEDED:
            self.refused.append(url)


async def _fulfil(route: "Route", answer: Response) -> None:
    await route.fulfill(
        status=answer.http or 200, body=answer.body, content_type=answer.content_type or "text/html", headers={"Access-Control-Allow-Origin": "*"}
    )


class Browser:
    """One Chromium for a process, started when first needed, in a thread of its own; safe to use from many threads. `close` ends it."""

    def __init__(self, path: str) -> None:
        self._path = path
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="browser", daemon=True)
        self._thread.start()
        self._pool = ThreadPoolExecutor(max_workers=_AT_ONCE, thread_name_prefix="browser-ask")
        self._slots: asyncio.Semaphore | None = None
        self._starting = asyncio.Lock()
        self._playwright: Playwright | None = None
        self._chromium: Chromium | None = None

    def render(self, first: Response, ask: Ask, *, picture: str = "") -> Rendered:
        """Show the page that `first` answered and read it when its scripts have settled. `picture`: a caption; with it the page's picture is taken too.

        Raises BrowserFailed.
        """
        return self._run(self._render(first, ask, picture), _SECONDS + 30)

    def close(self) -> None:
        """End Chromium and its thread."""
        self._run(self._stop(), 20)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)
        self._pool.shutdown(wait=False, cancel_futures=True)

    def _run(self, work: Coroutine[Any, Any, T], seconds: float) -> T:
        future = asyncio.run_coroutine_threadsafe(work, self._loop)
        try:
            with DESK.away():
                return future.result(seconds)
        except BrowserFailed:
            raise
        except Exception as error:  # whatever a page or Chromium did, the crawl goes on without the browser's help
            future.cancel()
            raise BrowserFailed(f"浏览器未能打开网页：{type(error).__name__}") from error

    async def _started(self) -> "Chromium":
        async with self._starting:
            if self._chromium is None or not self._chromium.is_connected():
                from playwright.async_api import async_playwright

                if self._playwright is None:
                    self._playwright = await async_playwright().start()
                flags = [*_OFFLINE, "--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else [*_OFFLINE]
                self._chromium = await self._playwright.chromium.launch(executable_path=self._path, args=flags)
                self._slots = asyncio.Semaphore(_AT_ONCE)
            return self._chromium

    async def _stop(self) -> None:
        if self._chromium is not None:
            await self._chromium.close()
        if self._playwright is not None:
            await self._playwright.stop()

    async def _render(self, first: Response, ask: Ask, caption: str) -> Rendered:
        chromium = await self._started()
        assert self._slots is not None
        async with self._slots:
            context = await chromium.new_context(
                viewport={"width": WIDTH, "height": HEIGHT}, locale="zh-CN", timezone_id="Asia/Shanghai", service_workers="block", accept_downloads=False
            )
            try:
                visit = _Visit(first, ask, _SHOWN if caption else _NEEDED, self._pool)
                await context.route("**/*", visit.answer)
                await context.route_web_socket("**/*", lambda socket: socket.close())
                page = await context.new_page()
                page.set_default_timeout(_SECONDS * 1000)
                await _show(page, first.final)
                html = await page.content()
                if not page.url.startswith(("http://", "https://")):
                    raise BrowserFailed(f"网页 {first.final} 的脚本跳转到了不能访问的地址")
                shot = await _picture(page, caption) if caption else b""
                return Rendered(page.url, html, not visit.refused, tuple(visit.refused), shot)
            finally:
                await context.close()


async def _show(page: "Page", url: str) -> None:
    from playwright.async_api import TimeoutError as Late

    page.on("dialog", lambda dialog: asyncio.ensure_future(dialog.dismiss()))
    await page.goto(url, wait_until="load", timeout=_SECONDS * 1000)
    try:
        await page.wait_for_load_state("networkidle", timeout=_SECONDS * 500)
    except Late:
        return  # a page that asks for ever: what stands there by now is what a reader sees
    await page.wait_for_timeout(_SETTLE)


async def _picture(page: "Page", caption: str) -> bytes:
    """A JPEG of the page with its address and the time above it; the caption is text, whatever it says."""
    tall = min(max(int(await page.evaluate("document.documentElement.scrollHeight")), HEIGHT), _TALL)
    shot = await page.screenshot(type="jpeg", quality=70, full_page=True, clip={"x": 0, "y": 0, "width": WIDTH, "height": tall}, animations="disabled")
    frame = await page.context.new_page()
    await frame.set_content(
        f'<body style="margin:0"><div style="background:#1f2937;color:#fff;font:15px/1.6 sans-serif;padding:8px 14px;overflow-wrap:anywhere">{escape(caption)}</div>'
        f'<img style="display:block;width:{WIDTH}px" src="data:image/jpeg;base64,{base64.b64encode(shot).decode()}"></body>'
    )
    await frame.wait_for_function("document.images[0].complete")
    return await frame.screenshot(type="jpeg", quality=70, full_page=True)


@cache
def shared() -> Browser | None:
    """This process's browser; None where none is installed."""
    path = executable()
    return Browser(path) if path else None
