"""One availability round: what is recorded of each site, when a round says nothing, and a file that survives whoever writes it."""

import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from crawlers.manifest import RunError
from crawlers.probe import probe, verdict
from crawlers.probe_log import Control, Look, Round, append, files, read
from crawlers.register import Register
from crawlers.status import FetchStatus

AT = datetime(2026, 3, 30, 17, 30, tzinfo=UTC)  # the 31st in China
ASKED: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        site = self.path.strip("/").partition("/")[0]
        ASKED.append(self.path)
        code = {"shield": 412, "broken": 503}.get(site, 200)
        if self.path == "/robots.txt":
            code = 404
        self.send_response(code)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_address[1]
    server.shutdown()
    server.server_close()


def _register(*homes: tuple[str, str]) -> Register:
    sites = [{"id": name, "home": home, "rate": 0, "loopback": True} for name, home in homes]
    units = [{"id": name, "name": name, "group": "g"} for name, _ in homes]
    return Register.model_validate(
        {"format": 1, "title": "t", "units": units, "sites": sites, "scopes": [{"unit": name, "site": name} for name, _ in homes], "simulated": True}
    )


def _probe(register: Register, home: Path, **more: Any) -> Round:
    return probe(register, home, vantage="测试机", wait=2, clock=lambda: AT, **more)[0]


def test_a_round_says_of_each_site_how_its_home_page_answered(port: int, tmp_path: Path) -> None:
    base = f"http://127.0.0.1:{port}"
    made = _probe(_register(("up", f"{base}/up/"), ("shield", f"{base}/shield/"), ("broken", f"{base}/broken/"), ("gone", "http://127.0.0.1:9/")), tmp_path)
    assert [(look.site, look.status.value, look.http) for look in made.samples] == [
        ("up", "ok", 200),
        ("shield", "shield", 412),
        ("broken", "http_error", 503),
        ("gone", "refused", None),
    ]
    assert made.valid
    assert all(look.seconds < 2 for look in made.samples)
    (day, path), rounds = next(files(tmp_path / "probes")), read(tmp_path / "probes" / "2026-03-31.jsonl")
    assert (day.isoformat(), path.name) == ("2026-03-31", "2026-03-31.jsonl")
    assert rounds == ([made], 0)


def test_robots_txt_is_asked_for_once_a_day(port: int, tmp_path: Path) -> None:
    register = _register(("a", f"http://127.0.0.1:{port}/a/"))
    ASKED.clear()
    _probe(register, tmp_path)
    _probe(register, tmp_path)
    assert ASKED == ["/robots.txt", "/a/", "/a/"]


def test_a_site_whose_robots_txt_was_had_before_is_still_looked_at_when_it_breaks(port: int, tmp_path: Path) -> None:
    _probe(_register(("a", f"http://127.0.0.1:{port}/broken/")), tmp_path)
    rules = tmp_path / "probes" / "robots.json"
    rules.write_text(rules.read_text("utf-8").replace("2026-03-30", "2026-03-01"), "utf-8")
    assert _probe(_register(("a", f"http://127.0.0.1:{port}/broken/")), tmp_path).samples[0].http == 503


def _looks(*statuses: FetchStatus) -> list[Look]:
    return [Look(site=f"s{n}", at=AT, status=status, seconds=Decimal(1)) for n, status in enumerate(statuses)]


UP, NO, DOWN = Control(url="http://c/", answered=True), Control(url="http://d/", answered=False), FetchStatus.TIMEOUT


@pytest.mark.parametrize(
    ("statuses", "controls", "valid"),
    [
        ([FetchStatus.OK, DOWN], [], True),
        ([DOWN, FetchStatus.DNS], [], False),
        ([DOWN, FetchStatus.DNS], [UP], False),
        ([FetchStatus.SHIELD, DOWN], [], True),
        ([FetchStatus.OK, DOWN], [NO], False),
        ([FetchStatus.OK, DOWN], [NO, UP], True),
        ([DOWN], [], False),
        ([DOWN], [UP], True),
        ([FetchStatus.OK], [], True),
    ],
)
def test_the_probers_own_trouble_makes_a_round_void(statuses: list[FetchStatus], controls: list[Control], *, valid: bool) -> None:
    found, why = verdict(_looks(*statuses), controls)
    assert found is valid
    assert bool(why) is not valid


def test_a_torn_line_costs_its_own_round_only(port: int, tmp_path: Path) -> None:
    register = _register(("a", f"http://127.0.0.1:{port}/a/"))
    one = _probe(register, tmp_path)
    path = tmp_path / "probes" / "2026-03-31.jsonl"
    with path.open("ab") as file:
        file.write(one.model_dump_json().encode()[:60])  # killed while writing
    other = _probe(register, tmp_path)
    assert read(path) == ([one, other], 1)


def test_writers_at_once_lose_nothing(tmp_path: Path) -> None:
    rounds = [Round(round=f"r{n}", vantage="v", started=AT, finished=AT, valid=True, samples=tuple(_looks(*[FetchStatus.OK] * 200))) for n in range(24)]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: append(tmp_path, one), rounds))
    found, damaged = read(tmp_path / "2026-03-31.jsonl")
    assert damaged == 0
    assert sorted(one.round for one in found) == sorted(one.round for one in rounds)


def test_an_unknown_site_is_named(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="nobody"):
        _probe(_register(("a", "http://127.0.0.1:9/")), tmp_path, only=["nobody"])
