"""A crawl killed with -9 goes on where it was: it asks no page again that it had, and finds what an undisturbed one finds."""

import json
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from crawlers.evidence import EvidenceWriter, read_snapshot
from crawlers.fetch import Fetcher
from crawlers.journal import Journal, Kept, Recorder, robots_in
from crawlers.manifest import RunBusy, RunError, read_run
from crawlers.observation import load
from crawlers.plan import Plan, PlannedColumn
from crawlers.response import Response
from crawlers.run import crawl
from crawlers.status import FetchStatus
from tests.conftest import ROOT
from tests.crawlers.counted import CountedCity, timeless, written
from tests.crawlers.web import NOW, Answer, Web, column

DAY = date(2026, 9, 30)
PLAN = Plan(
    columns=tuple(
        PlannedColumn(column=column(key, name), stale_after=days, pages=2)
        for key, name, days in (("news", "政务要闻", 14), ("notices", "通知公告", 30), ("rules", "规范性文件", 400), ("nowhere", "不存在的栏目", 90))
    ),
    links=10,
)


@dataclass
class Attempts:
    """Crawls the city in processes; the n-th attempt is killed at the request that `kill_at` says."""

    city: CountedCity
    folder: Path
    sites: tuple[str, ...]
    workers: int = 0
    kills: int = 0
    process: subprocess.Popen[bytes] | None = field(default=None)

    def run(self, kill_at: int | None, pause: float = 0.0) -> None:
        how = "resume" if (self.folder / "r").is_dir() else "fresh"
        where = [str(self.folder.parent / "register.json"), str(self.folder.parent / "plan.json"), str(self.folder), DAY.isoformat(), str(self.workers), how]
        before = sum(self.city.numbers.values())
        fired = threading.Event()

        def count(site: str, number: int) -> None:
            if kill_at is not None and not fired.is_set() and sum(self.city.numbers.values()) - before >= kill_at:
                fired.set()
                time.sleep(pause)
                assert self.process is not None
                self.process.send_signal(signal.SIGKILL)

        self.city.on_request = count
        self.process = subprocess.Popen([sys.executable, "-m", "tests.crawlers.crawling", *where, *self.sites], cwd=ROOT)
        self.process.wait(timeout=120)
        self.city.on_request = None
        self.kills += self.process.returncode == -signal.SIGKILL
        assert self.process.returncode == (-signal.SIGKILL if fired.is_set() else 0)


@pytest.fixture
def city() -> Iterator[CountedCity]:
    with CountedCity.load() as served:
        served.start(DAY)
        yield served


def prepared(city: CountedCity, tmp_path: Path, *sites: str) -> Attempts:
    written(city.register(), tmp_path / "register.json")
    PLAN.write(tmp_path / "plan.json")
    return Attempts(city, tmp_path / "runs", sites)


def test_killed_at_random_points_it_asks_nothing_twice_and_finds_the_same(city: CountedCity, tmp_path: Path) -> None:
    crawl(city.register(), PLAN, runs=tmp_path / "whole", run_id="r", as_of=DAY, only=["lanwan"], workers=0)
    once = Counter(city.asked)
    total = once.total()
    city.forget()
    attempts = prepared(city, tmp_path, "lanwan")
    dice = random.Random(20260930)  # noqa: S311 - the same points every time
    for _ in range(4):
        attempts.run(dice.randint(1, total // 5), pause=dice.choice((0.0, 0.002, 0.01)))
    attempts.run(None)
    assert attempts.kills == 4
    again = city.asked - once
    assert again.total() <= attempts.kills, f"besides the request under way at each kill, asked twice: {again}"
    assert not once - city.asked
    whole, pieces = (tmp_path / place / "r" / "sites" / "lanwan.json" for place in ("whole", "runs"))
    assert timeless(whole) == timeless(pieces)
    observation = load(pieces)
    for shot in observation.snapshots:
        if shot.length:
            stored = read_snapshot(tmp_path / "runs", f"r/lanwan@{shot.offset}+{shot.length}")
            assert (stored.url, stored.sha256, stored.at) == (shot.url, shot.sha256, shot.at)
    ends = sorted((shot.offset, shot.offset + shot.length) for shot in observation.snapshots if shot.length)
    assert all(one[1] == other[0] for one, other in pairwise(ends)), "no record is stored twice or left over"
    assert ends[-1][1] == pieces.with_name("lanwan.warc.gz").stat().st_size
    assert {path.name for path in pieces.parent.iterdir()} == {"lanwan.json", "lanwan.warc.gz"}
    assert read_run(tmp_path / "runs" / "r").sites["lanwan"].pages == observation.pages


def test_a_worker_process_that_is_killed_costs_no_page(city: CountedCity, tmp_path: Path) -> None:
    sites = ("qinghe", "heting", "zhangdu", "mochuan")
    crawl(city.register(), PLAN, runs=tmp_path / "whole", run_id="r", as_of=DAY, only=sites, workers=0)
    once = Counter(city.asked)
    city.forget()
    attempts = prepared(city, tmp_path, *sites)
    attempts.workers = 2
    killed: list[int] = []

    def kill_a_worker(site: str, number: int) -> None:
        if number == 12 and not killed and attempts.process is not None:
            workers = [one for one in psutil.Process(attempts.process.pid).children() if "spawn_main" in " ".join(one.cmdline())]
            killed.append(workers[0].pid)
            workers[0].kill()

    watcher = threading.Thread(target=lambda: attempts.run(None))
    watcher.start()
    time.sleep(0.1)
    city.on_request = kill_a_worker
    watcher.join(timeout=120)
    assert killed
    again = city.asked - once
    assert again.total() <= 2, f"besides the requests under way in the killed process, asked twice: {again}"
    for site in sites:
        assert timeless(tmp_path / "whole" / "r" / "sites" / f"{site}.json") == timeless(tmp_path / "runs" / "r" / "sites" / f"{site}.json")


def test_two_crawls_of_one_run_are_kept_apart(city: CountedCity, tmp_path: Path) -> None:
    attempts = prepared(city, tmp_path, "qinghe")
    attempts.run(5)
    with (tmp_path / "runs" / "r" / "start.json").open("r+b") as mark:
        from crawlers.lock import held

        assert held(mark)
        with pytest.raises(RunBusy, match="正由另一个进程采集"):
            crawl(city.register(), PLAN, runs=tmp_path / "runs", run_id="r", as_of=DAY, only=["qinghe"], workers=0, resume=True)
    summary = crawl(city.register(), PLAN, runs=tmp_path / "runs", run_id="r", as_of=DAY, only=["qinghe"], workers=0, resume=True)
    assert summary.manifest.sites["qinghe"].status is FetchStatus.OK


def answer(url: str, status: FetchStatus = FetchStatus.OK, body: bytes = b"<html>x</html>", http: int | None = 200) -> Response:
    return Response(url, url, status, NOW, http, {"Content-Type": "text/html", "Set-Cookie": "a=b"}, body, 0.25)


def test_a_torn_line_or_record_is_cut_off(tmp_path: Path) -> None:
    journal, part = tmp_path / "s.journal", tmp_path / "s.warc.part"
    asked = []
    with Journal(journal, part) as notes, EvidenceWriter(part, notes.end) as writer:
        notes.note_robots("http://x", "User-agent: *\nDisallow: /a\n")
        for name in ("a", "b", "c"):
            question = notes.asked("GET", f"http://x/{name}", None)
            got = answer(f"http://x/{name}", body=name.encode() * 2000)
            asked.append(question)
            notes.note(question, Kept(got, *writer.add(got.final, got.at, 200, dict(got.headers), got.body), got.sha256))
    whole_journal, whole_part = journal.read_bytes(), part.read_bytes()
    lines = whole_journal.splitlines(keepends=True)
    ends = [json.loads(line)["offset"] + json.loads(line)["length"] for line in lines[2:]]
    for cut in (len(whole_journal) - 1, len(whole_journal) - len(lines[-1]) // 2, len(whole_journal) - len(lines[-1])):
        journal.write_bytes(whole_journal[:cut])
        part.write_bytes(whole_part + b"half a record")
        with Journal(journal, part) as notes:
            assert notes.end == ends[1]
            assert journal.read_bytes() == b"".join(lines[:-1])
            assert notes.had(asked[2]) is None
            had = notes.had(asked[1])
            assert had is not None and (had.response.body, had.response.seconds) == (b"b" * 2000, 0.25)
            with EvidenceWriter(part, notes.end):
                assert part.read_bytes() == whole_part[: ends[1]]
    journal.write_bytes(whole_journal)
    part.write_bytes(whole_part[: ends[0] + 5])
    with Journal(journal, part) as notes:
        assert notes.end == ends[0], "a line whose record is not there is worth nothing"
        assert notes.had(asked[1]) is None
    journal.write_bytes(whole_journal.replace(b'{"journal": 1}', b'{"journal": 9}'))
    with Journal(journal, part) as notes:
        assert (notes.end, notes.robots) == (0, {}), "what a newer version wrote is not read"
    journal.write_bytes(whole_journal)
    part.write_bytes(whole_part[: ends[0]] + bytes(len(whole_part) - ends[0]))
    with Journal(journal, part) as notes:
        assert notes.had(asked[1]) is None, "evidence that does not open as what it was is asked for again"
        assert notes.had(asked[0]) is not None
        notes.finish()
    assert robots_in(journal) == {"http://x": "User-agent: *\nDisallow: /a\n"}
    assert b"Set-Cookie" not in whole_journal


def test_what_failed_is_tried_again_and_keeps_its_turn(tmp_path: Path) -> None:
    url = "http://x/list"
    pages: dict[str, Answer | list[Answer]] = {url: [FetchStatus.TIMEOUT, "<html>second look</html>"], "http://x/gone": 404}
    better: dict[str, Answer | list[Answer]] = {url: "<html>better now</html>"}
    for answers, expected in ((pages, [FetchStatus.TIMEOUT, FetchStatus.OK]), (better, [FetchStatus.OK, FetchStatus.OK])):
        web = Web(answers)
        with Journal(tmp_path / "s.journal", tmp_path / "s.warc.part") as notes, EvidenceWriter(tmp_path / "s.warc.part", notes.end) as writer:
            recorder = Recorder(fetcher_of(web), writer, notes)
            got = [recorder.get(url).response for _ in range(2)]
            gone = recorder.get("http://x/gone").response
        assert [one.status for one in got] == expected
        assert got[1].body == b"<html>second look</html>", "the second time it was asked keeps the answer of the second time"
        assert gone.http == 404
    assert web.asked == {url: 1}


def fetcher_of(web: Web) -> Fetcher:
    return web  # type: ignore[return-value]


def test_evidence_without_an_observation_is_taken_up_again(city: CountedCity, tmp_path: Path) -> None:
    attempts = prepared(city, tmp_path, "qinghe")
    attempts.run(40)
    sites = tmp_path / "runs" / "r" / "sites"
    (sites / "qinghe.warc.part").replace(sites / "qinghe.warc.gz")  # as a kill between the two leaves it
    had = city.asked.total()
    attempts.run(None)
    once = Counter(city.asked)
    city.forget()
    crawl(city.register(), PLAN, runs=tmp_path / "whole", run_id="r", as_of=DAY, only=["qinghe"], workers=0)
    assert once.total() <= city.asked.total() + 1
    assert had >= 40


def test_a_run_of_nothing_is_not_resumed(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="没有可续采"):
        crawl(CountedCity.load().register(), PLAN, runs=tmp_path, run_id="none", as_of=DAY, workers=0, resume=True)
