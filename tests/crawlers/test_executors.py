"""Processes that crawl: what they import, and how they hold memory."""

import ctypes
import os
import platform
import subprocess
import sys
from pathlib import Path

import pytest

from crawlers.process import share_one_heap
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


def test_processes_do_not_import_the_command(tmp_path: Path) -> None:
    script, marks = tmp_path / "command.py", tmp_path / "marks"
    script.write_text(_COMMAND)
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).resolve().parents[2])}
    homes = [f"http://127.0.0.1:{closed_port()}/" for _ in range(2)]
    subprocess.run([sys.executable, str(script), str(marks), str(tmp_path / "runs"), *homes], env=environment, timeout=120, check=True)
    assert (tmp_path / "runs" / "r" / "run.json").is_file()
    assert marks.read_text() == "imported\n"
