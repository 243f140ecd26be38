"""Processes that crawl: what they import, and how they hold memory."""

import ctypes
import os
import platform
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from crawlers import executors
from crawlers.process import share_one_heap, stay_on_core
from crawlers.work import Job
from tests.demo.faults import closed_port

_COMMAND = """
import sys
from pathlib import Path
with Path(sys.argv[1]).open("a") as marks:
    marks.write("imported\\n")
from datetime import date
from crawlers.run import crawl
from tests.crawlers.test_run import PLAN, register
if __name__ == "__main__":
    crawl(register(*sys.argv[3:]), PLAN, runs=Path(sys.argv[2]), run_id="r", as_of=date(2026, 3, 31), workers=2)
    assert sys.modules["__main__"].__dict__ is globals()
"""

_HEAPS = """
import ctypes, sys, threading
from selectolax.lexbor import LexborHTMLParser
from crawlers.process import share_one_heap

if "share" in sys.argv:
    share_one_heap()
gate = threading.Barrier(8)

def parse():
    gate.wait(20)
    trees = [LexborHTMLParser("<p>x</p>" * 5000) for _ in range(3)]
    gate.wait(20)
    del trees

threads = [threading.Thread(target=parse) for _ in range(8)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join(30)
libc = ctypes.CDLL(None)
libc.malloc_info(0, ctypes.c_void_p.in_dll(libc, "stdout"))
libc.fflush(None)
"""


def _heaps(*arguments: str) -> int:
    said = subprocess.run([sys.executable, "-c", _HEAPS, *arguments], capture_output=True, text=True, timeout=60, check=True).stdout
    return said.count("<heap nr=")


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc gives every thread a heap of its own")
def test_threads_that_parse_share_one_heap() -> None:
    assert _heaps() > 1, "the library gives threads heaps of their own by default; if not, there is nothing to switch off"
    assert _heaps("share") == 1


def test_where_the_library_has_no_such_options_nothing_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[object] = []

    def bare(name: object) -> object:
        asked.append(name)
        return object()

    monkeypatch.setattr(ctypes, "CDLL", bare)
    share_one_heap()
    assert asked == [None]


_CORES = """
import os, sys, threading
from crawlers.process import stay_on_core
stay_on_core(int(sys.argv[1]), int(sys.argv[2]))
seen = []
thread = threading.Thread(target=lambda: seen.append(os.sched_getaffinity(0)))
thread.start()
thread.join(20)
print(*sorted(seen[0]))
"""


@pytest.mark.skipif(not hasattr(os, "sched_getaffinity"), reason="the system does not say which cores there are")
def test_threads_of_processes_that_fill_the_cores_stay_on_one() -> None:
    def cores(number: int, processes: int) -> list[int]:
        told = subprocess.run([sys.executable, "-c", _CORES, str(number), str(processes)], capture_output=True, text=True, timeout=60, check=True).stdout
        return [int(core) for core in told.split()]

    mine = sorted(os.sched_getaffinity(0))
    assert [cores(number, len(mine)) for number in range(len(mine))] == [[core] for core in mine]
    assert cores(0, len(mine) - 1) == mine, "a core would be left idle"


@pytest.mark.parametrize(("usable", "place", "chosen"), [({0, 3}, (1, 2), [{3}]), ({0, 3}, (2, 3), [{0}]), ({0, 1, 2, 3}, (0, 2), []), ({5}, (0, 2), [])])
def test_a_core_is_chosen_only_where_processes_fill_them(
    usable: set[int], place: tuple[int, int], chosen: list[set[int]], monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[set[int]] = []
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: usable, raising=False)
    monkeypatch.setattr(os, "sched_setaffinity", lambda _, cores: told.append(cores), raising=False)
    stay_on_core(*place)
    assert told == chosen


@pytest.mark.parametrize("browser", [False, True])
def test_a_process_that_may_start_a_browser_leaves_it_all_cores(browser: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    told: list[tuple[int, int]] = []
    monkeypatch.setattr(executors, "stay_on_core", lambda *place: told.append(place))
    for setting in ("collect_seldom", "share_one_heap", "room_for", "crawl_group"):
        monkeypatch.setattr(executors, setting, lambda *_: None)
    job = Job((), (), ("a",), "r", date(2026, 3, 31), tmp_path, "", browser=browser)
    executors.crawl_batch([job], 1, 2)
    assert told == ([] if browser else [(1, 2)])


def test_processes_do_not_import_the_command(tmp_path: Path) -> None:
    script, marks = tmp_path / "command.py", tmp_path / "marks"
    script.write_text(_COMMAND)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    homes = [f"http://127.0.0.1:{closed_port()}/" for _ in range(2)]
    subprocess.run([sys.executable, str(script), str(marks), str(tmp_path / "runs"), *homes], env=environment, timeout=120, check=True)
    assert (tmp_path / "runs" / "r" / "run.json").is_file()
    assert marks.read_text() == "imported\n"
