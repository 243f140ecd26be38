"""What leaders wait for: CPU time of a rerun of every page, first paint, and many sessions at once: `python -m benchmarks.dashboard`.

模拟 data of `benchmarks.publishing` (three groups, 120 leaves), published as twelve periods: one is locked and published, the others are copies of its file under other
names with other totals, since only reading is measured here. The pages show the largest group, half of all units. Workspaces are kept in build/dashboard-bench.

- rerun: milliseconds of CPU (script and reading; the machine may be shared) of a further run of the same page, median of 7, and of the first run.
- first paint: seconds in Chromium until the page's heading, its key figures and its first chart stand, medians of 5, in a browser that has opened nothing before and once more in the
  same one; also for a bare page of Streamlit with one chart of two bars: what Streamlit and plotly take by themselves on the machine.
- sessions: real websocket sessions of one server, each opening a page every 5–15 s; 95th percentile from the request to the end of the script, memory of the server.
"""

import argparse
import asyncio
import os
import random
import shutil
import socket
import statistics
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path

import duckdb
import psutil

from benchmarks.publishing import NOW, filled
from scoring.model import Role
from scoring.services import periods
from scoring.store import published

ROOT = Path(__file__).resolve().parents[1]
BUILT = ROOT / "build" / "dashboard-bench"
GROUP = "镇街"
PERIODS = 12
RERUNS = 7
LIMIT = 150
_ARRIVING = 0.4
"""The part of the time in which sessions arrive; their clicks count afterwards."""
PAGES = ("overview", "briefing", "heatmap", "unit", "indicator", "compare", "editions", "methods", "reports")
LIVE = ("overview", "briefing", "heatmap", "unit", "indicator", "compare")


def built(units: int) -> Path:
    """A home with twelve published periods; made once."""
    home = BUILT / str(units)
    if (home / "done").is_file():
        return home
    shutil.rmtree(home, ignore_errors=True)
    ws = filled(home, units)
    periods.lock(ws, "2026Q1", "a", NOW, role=Role.EVALUATOR)
    periods.publish(ws, "2026Q1", "a", NOW, role=Role.EVALUATOR)
    (path,) = ws.published.glob("*.duckdb")
    ws.close()
    for n in range(1, PERIODS):
        end = date(2026 - (n + 3) // 4, 3 * ((-n) % 4) + 3, 28)
        name = f"{end.year}Q{end.month // 3}"
        copy = path.with_name(published.name_of(name, 1, f"{n:012x}"))
        shutil.copyfile(path, copy)
        copy.chmod(0o644)
        told = {"period": name, "title": f"{end.year}年{'一二三四'[end.month // 3 - 1]}季度", "start": end.replace(day=1).isoformat(), "end": end.isoformat()}
        with duckdb.connect(str(copy)) as file:
            for key, value in {**told, "cutoff": end.isoformat()}.items():
                file.execute("UPDATE meta SET value = ? WHERE key = ?", [value, key])
            file.execute(
                "UPDATE total SET total = CAST(CAST(total AS DECIMAL(38, 12)) - ? AS VARCHAR), rank = 1 + (rank * 7 + ?) % 50 WHERE rank IS NOT NULL", [n, n]
            )
        copy.chmod(0o444)
    (home / "done").touch()
    return home


def reruns(home: Path, pages: list[str]) -> dict[str, tuple[float, float]]:
    """CPU milliseconds of the first run and of a further one, by page."""
    import streamlit as st
    from streamlit.testing.v1 import AppTest

    os.environ["DISCLOSURE_HOME"] = str(home)
    st.cache_resource.clear()
    found = {}
    for name in pages:
        at = AppTest.from_string(f"from dashboard import {name}; {name}.render()", default_timeout=300)
        for key, value in {"period": "2026Q1", "group": GROUP}.items():
            at.query_params[key] = value
        if name in ("unit", "briefing"):
            at.query_params["unit"] = _unit(home)
        first = _cpu(at.run)
        assert not at.exception, (name, at.exception)
        found[name] = first, statistics.median(_cpu(at.run) for _ in range(RERUNS))
    from dashboard.components import data

    data.workspace().close()
    return found


@contextmanager
def served(home: Path | None) -> Iterator[tuple[str, psutil.Process]]:
    """The dashboard of a home, or the bare page: host and port, and its process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    what = ["dashboard"] if home else ["streamlit", "run", str(ROOT / "benchmarks" / "served" / "bare.py")]
    command = [sys.executable, "-m", *what, "--server.port", str(port), "--server.address", "127.0.0.1"]
    environment = {**os.environ, "DISCLOSURE_HOME": str(home), "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        for _ in range(600):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"127.0.0.1:{port}", psutil.Process(process.pid)
    finally:
        process.terminate()
        process.wait(30)


def paint(url: str) -> list[float]:
    """Seconds until heading, key figures and first chart stand in a browser that has opened nothing before, and again in one that has; medians of 5, the server being warm."""
    from playwright.sync_api import sync_playwright

    seconds: list[list[float]] = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for n in range(6):
            marks = []
            context = browser.new_context(locale="zh-CN")
            for _ in range(2):
                page = context.new_page()
                start = time.perf_counter()
                page.goto(url)
                for wanted in ("h2", "[data-testid=stMetric]", "[data-testid=stPlotlyChart] .main-svg"):
                    page.wait_for_selector(wanted)
                    marks.append(time.perf_counter() - start)
                page.close()
            if n:
                seconds.append(marks)
            context.close()
        browser.close()
    return [statistics.median(column) for column in zip(*seconds, strict=True)]


async def _session(host: str, n: int, started: float, until: float, unit: str, took: list[float]) -> None:
    from streamlit.proto.BackMsg_pb2 import BackMsg
    from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
    from websockets import Subprotocol
    from websockets.asyncio.client import connect

    draw = random.Random(n)  # noqa: S311 - a reproducible benchmark
    await asyncio.sleep(draw.uniform(0, (until - started) * _ARRIVING))
    async with connect(f"ws://{host}/_stcore/stream", subprotocols=[Subprotocol("streamlit")], max_size=None, ping_interval=None, open_timeout=60) as socket_:
        while time.monotonic() < until:
            ask = BackMsg()
            name = draw.choice(LIVE)
            ask.rerun_script.page_name = "" if name == "overview" else name
            ask.rerun_script.query_string = f"period=2026Q1&group={GROUP}" + (f"&unit={unit}" if name in ("unit", "briefing") else "")
            start = time.perf_counter()
            await socket_.send(ask.SerializeToString())
            while True:
                got = ForwardMsg()
                got.ParseFromString(await socket_.recv())
                if got.WhichOneof("type") == "script_finished":
                    break
            if time.monotonic() > started + (until - started) * _ARRIVING:
                took.append(time.perf_counter() - start)
            await asyncio.sleep(draw.uniform(5, 15))


def sessions(host: str, server: psutil.Process, home: Path, count: int, seconds: float) -> tuple[list[float], float, float]:
    """How long every click took once all had arrived, the most memory of the server in MB, and the share of a core that it used."""
    took: list[float] = []
    peak = 0.0

    async def everybody() -> None:
        nonlocal peak
        started = time.monotonic()
        until = started + seconds
        unit = _unit(home)
        running = asyncio.gather(*(_session(host, n, started, until, unit, took) for n in range(count)))
        while not running.done():
            peak = max(peak, server.memory_info().rss / 1e6)
            await asyncio.wait([running], timeout=1)
        running.result()

    before, start = server.cpu_times(), time.monotonic()
    asyncio.run(everybody())
    after, passed = server.cpu_times(), time.monotonic() - start
    return took, peak, (after.user + after.system - before.user - before.system) / passed


def main(arguments: list[str] | None = None) -> None:
    """The growth curve, then the largest size in a browser and with many sessions."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--units", type=int, nargs="*", default=[100, 1000, 3000])
    parser.add_argument("--pages", nargs="*", default=list(PAGES))
    parser.add_argument("--sessions", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=90)
    parser.add_argument("--no-live", action="store_true", help="CPU time of reruns only")
    given = parser.parse_args(arguments)
    for units in given.units:
        home = built(units)
        size = sum(path.stat().st_size for path in (home / "published").glob("*.duckdb")) / 1e6
        print(f"{units:5} units × 120 leaves × {PERIODS} periods ({size:.0f} MB): CPU ms of a rerun (of the first run)")
        for name, (first, again) in reruns(home, given.pages).items():
            print(f"      {name:10} {again:6.0f}  ({first:.0f}){'' if again <= LIMIT else f'  more than {LIMIT} ms'}")
    if given.no_live or not given.units:
        return
    home = built(given.units[-1])
    if shutil.which("chromium"):
        with served(None) as (host, _):
            _paint("bare page of Streamlit", f"http://{host}/")
    with served(home) as (host, server):
        if shutil.which("chromium"):
            _paint("总览", f"http://{host}/?period=2026Q1&group={GROUP}")
        took, peak, used = sessions(host, server, home, given.sessions, given.seconds)
    if not took:
        print(f"{given.sessions} sessions: no click was answered in time")
        return
    took.sort()
    print(
        f"{given.sessions} sessions, {len(took)} clicks: median {took[len(took) // 2]:.2f} s, p95 {took[int(len(took) * 0.95)]:.2f} s; memory {peak:.0f} MB; {used:.2f} of a core"
    )


def _paint(name: str, url: str) -> None:
    seconds = paint(url)
    for when, (heading, numbers, chart) in (("first", seconds[:3]), ("a second", seconds[3:])):
        print(f"{name}, {when} visit: heading {heading:.1f} s, key figures {numbers:.1f} s, first chart {chart:.1f} s")


def _unit(home: Path) -> str:
    """A unit of the largest group."""
    (path,) = (home / "published").glob("2026Q1-*.duckdb")
    with duckdb.connect(str(path), read_only=True) as file:
        found = file.execute("SELECT min(unit_id) FROM period_unit WHERE group_name = ?", [GROUP]).fetchone()
    return str(found[0]) if found else ""


def _cpu(act: object) -> float:
    start = time.process_time()
    act()  # type: ignore[operator]
    return (time.process_time() - start) * 1e3


if __name__ == "__main__":
    main()
