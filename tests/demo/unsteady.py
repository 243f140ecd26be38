"""The simulated city on a bad day: delays, resets, time-outs, 429, 503 and truncated answers, the same ones for the same seed whatever the order of requests."""

import random
import socket
import struct
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zlib import crc32

from crawlers.demo.content import ROOT
from crawlers.demo.server import DemoCity, Handler

Fault = Literal["delay", "hang", "reset", "busy", "broken", "truncated", "cut"]


@dataclass(frozen=True, slots=True)
class Rates:
    """How often each thing happens to a request, from 0 to 1. `busy`: 429 with Retry-After: 1; `broken`: 503; `truncated`: less body than Content-Length says.

    `cut`: a body that ends early with no length stated, so that nothing shows it. `down`: addresses that hang for their first requests (`down_for`), tries
    included, so that a whole look fails; `dead`: addresses that hang every time.
    """

    delay: float = 0.2
    hang: float = 0.05
    reset: float = 0.03
    busy: float = 0.01
    broken: float = 0.02
    truncated: float = 0.02
    cut: float = 0.02
    down: float = 0.02
    dead: float = 0.01


class _Unsteady(Handler):
    def _answer(self) -> None:
        city = self.server.city
        assert isinstance(city, UnsteadyCity)
        fault = city.fault(self.server.site, self.command, self.path)
        match fault:
            case "delay":
                time.sleep(city.dice(self.server.site, self.path).uniform(0.0, 0.05))
                super()._answer()
            case "hang":
                time.sleep(city.silence)
                self._break_off()
            case "reset":
                self._break_off()
            case "busy":
                self._refuse("429 Too Many Requests", "Retry-After: 1")
            case "broken":
                self._refuse("503 Service Unavailable")
            case "truncated" | "cut":
                self._truncate(stated=fault == "truncated")
            case None:
                super()._answer()

    do_GET = do_POST = do_HEAD = _answer  # noqa: N815

    def _refuse(self, status: str, *headers: str) -> None:
        self._drop_form()
        self.wfile.write("\r\n".join([f"HTTP/1.1 {status}", "Content-Type: text/html", "Content-Length: 4", *headers, "", "busy"]).encode())

    def _truncate(self, *, stated: bool) -> None:
        city = self.server.city
        assert isinstance(city, UnsteadyCity)
        reply = city.reply(self.server.site, self.command, self.path, self._drop_form())
        lines = [f"HTTP/1.1 {reply.status} Demo", f"Content-Type: {reply.content_type}", "Connection: close"]
        lines += [f"{name}: {value}" for name, value in reply.headers.items()]
        if stated:
            lines.append(f"Content-Length: {len(reply.body) + 1}")
        body = b"" if self.command == "HEAD" else reply.body[: int(len(reply.body) * city.cut_at(self.server.site, self.command, self.path))]
        with suppress(OSError):
            self.wfile.write("\r\n".join([*lines, "", ""]).encode("latin-1") + body)
        self.close_connection = True

    def _drop_form(self) -> str:
        return self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode("utf-8", "replace")

    def _break_off(self) -> None:
        with suppress(OSError):
            self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True


class UnsteadyCity(DemoCity):
    """`seed` None: a good day. `silence`: seconds for which a hanging address says nothing; more than the time-out. `happened` counts the faults."""

    handler = _Unsteady

    def __init__(self, root: Path = ROOT) -> None:
        super().__init__(root)
        self.seed: int | None = None
        self.rates = Rates()
        self.silence = 2.0
        self.down_for = 3
        self.happened: Counter[str] = Counter()
        self._times: Counter[tuple[str, str, str]] = Counter()
        self._counting = threading.Lock()

    def begin(self, seed: int | None) -> None:
        """Another day: every address is new again."""
        self.seed = seed
        self._times.clear()
        self._asked.clear()
        self.happened.clear()

    def dice(self, *about: object) -> random.Random:
        """The same dice for the same seed and subject."""
        return random.Random(crc32(repr((self.seed, about)).encode()))  # noqa: S311 - chance that can be had again

    def fault(self, site: str, method: str, target: str) -> Fault | None:
        """What happens to this request."""
        if self.seed is None:
            return None
        with self._counting:
            self._times[site, method, target] += 1
            times = self._times[site, method, target]
        fault = self._drawn(site, method, target, times)
        if fault is not None:
            self.happened[fault] += 1
        return fault

    def cut_at(self, site: str, method: str, target: str) -> float:
        """The share of a body that arrives, each time another."""
        return self.dice(site, method, target, "cut", self._times[site, method, target]).uniform(0.2, 0.9)

    def _drawn(self, site: str, method: str, target: str, times: int) -> Fault | None:
        lasting = self.dice(site, target).random()
        if lasting < self.rates.dead or (lasting < self.rates.dead + self.rates.down and times <= self.down_for):
            return "hang"
        drawn = self.dice(site, method, target, times).random()
        kinds: tuple[Fault, ...] = ("delay", "hang", "reset", "busy", "broken", "truncated", "cut")
        for kind in kinds:
            drawn -= getattr(self.rates, kind)
            if drawn < 0:
                return kind
        return None
