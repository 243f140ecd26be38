"""A run directory elsewhere: files come whole, evidence opens from there, and what cannot be reached is one clear line."""

import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, ClassVar

import fsspec
import pytest
from fsspec.implementations.memory import MemoryFileSystem

from crawlers.evidence import EvidenceError, read_snapshot
from crawlers.manifest import RunError, read_run
from crawlers.observation import load
from crawlers.progress import Watch, note
from crawlers.run import crawl
from crawlers.storage import Storage, StorageError
from tests.crawlers.test_run import AS_OF, PLAN, register
from tests.demo.faults import misbehaving


@pytest.fixture
def memory() -> Iterator[str]:
    files = fsspec.filesystem("memory")
    files.store.clear()
    yield "memory://bucket/runs"
    files.store.clear()


@pytest.mark.parametrize("kind", ["memory", "folder"])
def test_files_come_and_go_whole(kind: str, memory: str, tmp_path: Path) -> None:
    there = Storage(f"{memory}/r" if kind == "memory" else f"file://{tmp_path}/there/r")
    (tmp_path / "a.json").write_bytes(b"0123456789")
    assert not there.has("sites/a.json")
    there.put(tmp_path / "a.json", "sites/a.json")
    assert there.has("sites/a.json")
    assert (there.read("sites/a.json"), there.read("sites/a.json", 3, 4)) == (b"0123456789", b"3456")
    there.fetch("sites/a.json", tmp_path / "b.json")
    assert (tmp_path / "b.json").read_bytes() == b"0123456789"
    with pytest.raises(StorageError, match=r"sites/none\.json") as caught:
        there.fetch("sites/none.json", tmp_path / "c.json")
    assert "\n" not in str(caught.value)
    assert sorted(path.name for path in tmp_path.iterdir() if path.is_file()) == ["a.json", "b.json"], "no part of a file is left"
    there.write("mark", b"x")
    assert there.read("mark") == b"x"


def test_no_bucket_is_made_of_a_misspelt_name(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Objects(MemoryFileSystem):  # type: ignore[misc]
        protocol = ("s3", "s3a")
        store: ClassVar[dict[str, Any]] = {}

        def makedirs(self, path: str, exist_ok: bool = False) -> None:
            raise AssertionError(f"a bucket would be made: {path} {exist_ok}")

        def put_file(self, lpath: str, rpath: str, **_: Any) -> None:
            raise FileNotFoundError(f"The specified bucket does not exist: {rpath} {lpath[:0]}")

    monkeypatch.setitem(sys.modules["fsspec.registry"]._registry, "s3", Objects)
    with misbehaving() as origin, pytest.raises(RunError, match=r"s3://buckit/runs.*does not exist"):
        crawl(register(f"{origin}/broken"), PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0, store="s3://buckit/runs")


@pytest.mark.parametrize("url", ["nofs://bucket/runs", "file:///proc/none/runs"])
def test_what_cannot_be_used_is_one_line_and_leaves_nothing(url: str, tmp_path: Path) -> None:
    with misbehaving() as origin, pytest.raises(RunError) as caught:
        crawl(register(f"{origin}/broken"), PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0, store=url)
    assert url in str(caught.value)
    assert "\n" not in str(caught.value)
    assert not (tmp_path / "r").exists()


def test_a_run_of_this_machine_keeps_its_evidence_elsewhere(memory: str, tmp_path: Path) -> None:
    with misbehaving() as origin, misbehaving() as other:
        sites = register(f"{origin}/broken", f"{other}/login")
        crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0, store=memory)
        assert read_run(tmp_path / "r").as_of == AS_OF
        assert not list((tmp_path / "r" / "sites").glob("*.warc*"))
        there = Storage(f"{memory}/r")
        for name in ("run.json", "plan.json", "start.json", "sites/s0.json", "sites/s1.json"):
            assert there.read(name) == (tmp_path / "r" / name).read_bytes()
        shot = load(tmp_path / "r" / "sites" / "s1.json").snapshots[0]
        assert "登录" in read_snapshot(tmp_path, f"r/s1@{shot.offset}+{shot.length}").body.decode()
        with pytest.raises(EvidenceError, match=r"位置不对|已损坏"):
            read_snapshot(tmp_path, f"r/s1@{shot.offset + 3}+{shot.length}")
        (tmp_path / "r" / "run.json").unlink()
        with pytest.raises(RunError, match="不能改到"):
            crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=date(2026, 3, 31), workers=0, resume=True, store="memory://elsewhere")
        assert crawl(sites, PLAN, runs=tmp_path, run_id="r", as_of=AS_OF, workers=0, resume=True).manifest.sites.keys() == {"s0", "s1"}


def test_a_costly_look_at_the_progress_is_not_taken_again_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [0.0]
    monkeypatch.setattr("crawlers.progress.time.monotonic", lambda: now[0])
    note(tmp_path / "a.progress", 1, 0, "http://a/1")
    watch = Watch(tmp_path, ["a"])
    read = watch._look

    def slowly() -> tuple[int, int, int, str]:
        now[0] += 0.1
        return read()

    monkeypatch.setattr(watch, "_look", slowly)
    assert watch.look()[1] == 1
    note(tmp_path / "a.progress", 2, 0, "http://a/2")
    now[0] += 1.0
    assert watch.look()[1] == 1, "a tenth of a second was spent on it a second ago"
    assert watch.look(whole=True)[1] == 2
    note(tmp_path / "a.progress", 3, 0, "http://a/3")
    now[0] += 2.0
    assert watch.look()[1] == 3


def test_progress_counts_finished_sites_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("crawlers.progress.time.monotonic", lambda: 0.0)  # however long a look takes
    watch = Watch(tmp_path, ["a", "b", "c"])
    assert watch.look() == (0, 0, 0, "")
    note(tmp_path / "a.progress", 3, 1, "http://a/3")
    note(tmp_path / "b.progress", 2, 0, "http://b/2")
    assert watch.look() == (0, 5, 1, "http://b/2")
    (tmp_path / "a.json").touch()
    assert watch.look() == (1, 5, 1, "http://b/2")
    note(tmp_path / "a.progress", 99, 99, "")
    assert watch.look() == (1, 5, 1, "http://b/2"), "what is done is not read again"
    (tmp_path / "b.progress").write_text("[1, ")
    assert watch.look() == (1, 3, 1, ""), "one that is being replaced is left out for a moment"
