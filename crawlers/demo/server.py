"""Serves the simulated city on this machine: one port a site, as of a settable day."""

import sys
import threading
from collections.abc import Mapping
from contextlib import suppress
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from crawlers import yml
from crawlers.demo.content import ROOT, load_site, period_ends, site_ids, wording
from crawlers.demo.pages import Reply
from crawlers.demo.portal import PortalSite
from crawlers.demo.site import DemoSite
from crawlers.register import Register


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128
    allow_reuse_address = True
    city: "DemoCity"
    site: str

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is not worth a traceback; anything else is."""
        if not isinstance(sys.exc_info()[1], (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


class Handler(BaseHTTPRequestHandler):
    """Answers for one site of the city."""

    protocol_version = "HTTP/1.1"
    server: _Server
    timeout = 30

    def _answer(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        form = self.rfile.read(length).decode("utf-8", "replace") if length else ""
        reply = self.server.city.reply(self.server.site, self.command, self.path, form)
        lines = [
            f"HTTP/1.1 {reply.status} {'OK' if reply.status == 200 else 'Demo'}",
            f"Content-Type: {reply.content_type}",
            f"Content-Length: {len(reply.body)}",
        ]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        if self.close_connection:
            lines.append("Connection: close")
        body = b"" if self.command == "HEAD" else reply.body
        self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)

    do_GET = do_POST = do_HEAD = _answer  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        """Silence: the crawler keeps its own record."""


class DemoCity:
    """示例市: the simulated sites and their register. `as_of` may be set while the servers run."""

    handler: type[Handler] = Handler

    def __init__(self, root: Path) -> None:
        self.root = root
        self.words = wording(root)
        self.ends = period_ends(root)
        self.as_of = self.ends[-1]
        self.sites: dict[str, str] = {}
        self._servers: list[_Server] = []
        self._built: dict[tuple[str, date], DemoSite] = {}
        self._cache: dict[tuple[str, date, str, str, str], Reply] = {}
        self._asked: set[tuple[str, date, str, str, str]] = set()
        self._lock = threading.Lock()

    @classmethod
    def load(cls, root: Path = ROOT) -> Self:
        """Read `data/demo`. Raises pydantic.ValidationError or ContentError when its YAML is wrong."""
        city = cls(root)
        for site in site_ids(root):
            load_site(root, site, city.as_of)
        return city

    def start(self, as_of: date, ports: Mapping[str, int] | None = None) -> None:
        """Serve every site on 127.0.0.1, on the given ports or on free ones. Raises OSError when a port is taken."""
        self.as_of = as_of
        try:
            for site in site_ids(self.root):
                server = _Server(("127.0.0.1", (ports or {}).get(site, 0)), self.handler)
                server.city, server.site = self, site
                self._servers.append(server)
                self.sites[site] = f"127.0.0.1:{server.server_address[1]}"
                threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.1}, name=f"demo-{site}", daemon=True).start()
        except OSError:
            self.stop()
            raise

    def stop(self) -> None:
        """Close every port."""
        for server in self._servers:
            with suppress(OSError):
                server.shutdown()
                server.server_close()
        self._servers.clear()
        self.sites.clear()
        self._built.clear()
        self._cache.clear()
        self._asked.clear()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.stop()

    def site(self, site: str, as_of: date | None = None) -> DemoSite:
        """A site as of a day, without a server between."""
        day = as_of or self.as_of
        with self._lock:
            if (site, day) not in self._built:
                content = load_site(self.root, site, day)
                kind = PortalSite if content.hosted else DemoSite
                self._built[site, day] = kind(content, self.words, day, self.sites.get(site, "127.0.0.1:0"))
            return self._built[site, day]

    def reply(self, site: str, method: str, target: str, form: str = "") -> Reply:
        """What the site answers today."""
        key = (site, self.as_of, method, target, form)
        if (known := self._cache.get(key)) is None:
            with self._lock:
                new = key not in self._asked
                self._asked.add(key)
            if new and (first := self.site(site).first_reply(target)) is not None:
                return first
            known = self._cache[key] = self.site(site).respond(method, target, form)
        return known

    def register(self) -> Register:
        """`register.yml` with the ports that are being served."""
        raw = yml.load((self.root / "register.yml").read_text("utf-8"))

        def filled(text: str, site: str) -> str:
            return text.replace("{port}", self.sites.get(site, "127.0.0.1:80").rsplit(":", 1)[1])

        for entry in raw["sites"]:
            entry["home"] = filled(entry["home"], entry["id"])
        for scope in raw["scopes"]:
            for name in ("entry", "value"):
                if name in scope:
                    scope[name] = filled(scope[name], scope["site"])
        return Register.model_validate(raw)
