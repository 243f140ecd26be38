"""One portal with 60 scoped units: is each address fetched once, and how does the cost grow with units? `python -m benchmarks.portal`."""

import tempfile
import threading
import time
from collections import Counter
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from crawlers.columns import load_columns
from crawlers.observation import load
from crawlers.plan import Plan, PlannedColumn
from crawlers.register import Register
from crawlers.run import crawl
from crawlers.status import Phase

KEYS = ("guide", "annual", "duties", "leaders", "regulations", "interpretation", "penalties", "services", "budget", "notices")
AS_OF = date(2026, 3, 31)


class _Portal(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    units = 60

    def do_GET(self) -> None:
        """A home page, a page of departments, a page a unit, a list a column."""
        columns = load_columns() if not hasattr(_Portal, "columns") else _Portal.columns
        _Portal.columns = columns  # type: ignore[attr-defined]
        parts = self.path.strip("/").split("/")
        if self.path == "/":
            body = '<a href="/bm/">部门信息公开</a>'
        elif parts == ["bm"]:
            body = "".join(f'<li><a href="/bm/u{number}/">示例单位{number}</a></li>' for number in range(self.units))
        elif len(parts) == 2:
            body = '<a href="/">首页</a><a href="/bm/">部门信息公开</a>' + "".join(
                f'<li><a href="/bm/{parts[1]}/{key}/">{columns[key].name}</a></li>' for key in KEYS
            )
        elif len(parts) == 3:
            body = "".join(
                f'<li><a href="/bm/{parts[1]}/{parts[2]}/t202603{day:02d}_{day}.html">关于第{day}号事项的通知</a><span>2026-03-{day:02d}</span></li>'
                for day in range(1, 21)
            )
        else:
            body = ""
        payload = f"<html><head><meta charset='utf-8'><title>示例市</title></head><body><ul>{body}</ul><p>{'模拟数据。' * 100}</p></body></html>".encode()
        self.send_response(200 if body else 404)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(payload)))
        self.end_headers()
        self.wfile.write(payload)

    def log_message(self, *args: object) -> None:
        """Silence."""


def register(netloc: str, units: int) -> Register:
    """The portal with `units` prefix scopes."""
    home = f"http://{netloc}/"
    names = [f"u{number}" for number in range(units)]
    return Register.model_validate(
        {
            "format": 1,
            "title": "示例市",
            "simulated": True,
            "units": [{"id": name, "name": name, "group": "市直部门"} for name in names],
            "sites": [{"id": "portal", "home": home, "rate": 0, "loopback": True}],
            "scopes": [{"unit": name, "site": "portal", "kind": "prefix", "entry": f"{home}bm/{name}/", "value": f"{home}bm/{name}/"} for name in names],
        }
    )


def measure(units: int) -> tuple[int, int, int, float]:
    """(requests of the first look, most often one address was asked in it, requests of the second look, seconds)."""
    _Portal.units = units
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Portal)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    columns = load_columns()
    plan = Plan(columns=tuple(PlannedColumn(column=columns[key], stale_after=columns[key].days) for key in KEYS))
    try:
        with tempfile.TemporaryDirectory() as folder:
            began = time.perf_counter()
            summary = crawl(register(f"127.0.0.1:{server.server_port}", units), plan, runs=Path(folder), run_id="r", as_of=AS_OF, workers=0)
            seconds = time.perf_counter() - began
            observation = load(summary.path / "sites" / "portal.json")
    finally:
        server.shutdown()
        server.server_close()
    assert all(seen.match is not None for scope in observation.scopes for seen in scope.sightings), "every column of every unit is there"
    first = Counter(snapshot.url for snapshot in observation.snapshots if snapshot.phase is Phase.FIRST)
    return sum(first.values()), max(first.values()), len(observation.snapshots) - sum(first.values()), seconds


def main() -> None:
    """Print the growth curve."""
    print("units  first-look requests  most often one address  second-look requests  seconds")
    for units in (15, 30, 60):
        requests, most, second, seconds = measure(units)
        print(f"{units:5d}  {requests:19d}  {most:22d}  {second:20d}  {seconds:7.2f}")


if __name__ == "__main__":
    main()
