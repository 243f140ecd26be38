"""One owner process, threads that do not meet, and one clear line when a home cannot be used."""

import json
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from scoring.errors import BadInput, StoreBusy
from scoring.services.workspace import HomeFile, Workspace, write_home
from scoring.store import Store, database, owner_of

CHECKOUT = Path(__file__).resolve().parents[2]
HOLDER = "import sys, pathlib\nfrom scoring.store import Store\nstore = Store.open(pathlib.Path(sys.argv[1]))\nprint('open', flush=True)\nsys.stdin.read()\n"


def test_another_process_is_named(tmp_path: Path) -> None:
    path = tmp_path / "home" / "disclosure.duckdb"
    with subprocess.Popen([sys.executable, "-c", HOLDER, str(path)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=CHECKOUT, text=True) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "open"
        with pytest.raises(StoreBusy, match=str(holder.pid)) as caught:
            Store.open(path)
        assert "\n" not in str(caught.value)
        assert "网页" in str(caught.value)
        note = owner_of(path.parent)
        assert note is not None
        assert note["pid"] == holder.pid
        done = subprocess.run(
            [sys.executable, "-m", "scoring.cli", "assess", "--home", str(path.parent)], cwd=CHECKOUT, capture_output=True, text=True, check=False
        )
        assert done.returncode == 2
        assert str(holder.pid) in done.stderr
        assert done.stderr.count("\n") == 1
        assert holder.stdin is not None
        holder.stdin.close()
        holder.wait(20)
    Store.open(path).close()
    assert owner_of(path.parent) is None


def test_a_newer_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "disclosure.duckdb"
    store = Store.open(path)
    with store.write() as writer:
        writer.execute("INSERT INTO migration VALUES (9999, now()::TIMESTAMP)")
    store.close()
    with pytest.raises(BadInput, match=r"9999.*升级"):
        Store.open(path)


def test_a_migration_whose_number_was_left_free_is_done_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, known = tmp_path / "disclosure.duckdb", database.migrations()
    (later := tmp_path / "0900_later.sql").write_text("CREATE TABLE later (n INTEGER)", "utf-8")
    (between := tmp_path / "0800_between.sql").write_text("CREATE TABLE between_two (n INTEGER)", "utf-8")
    monkeypatch.setattr(database, "migrations", lambda: [*known, (900, later)])
    Store.open(path).close()
    monkeypatch.setattr(database, "migrations", lambda: [*known, (800, between), (900, later)])
    store = Store.open(path)
    assert [row["n"] for row in store.rows("SELECT n FROM migration ORDER BY n")][-2:] == [800, 900]
    assert store.rows("SELECT * FROM between_two") == store.rows("SELECT * FROM later") == []
    store.close()


def test_a_newer_or_damaged_home_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home.json").write_text(json.dumps({"schema": 99}), "utf-8")
    with pytest.raises(BadInput, match="升级"):
        Workspace.open(tmp_path)
    (tmp_path / "home.json").write_text("{", "utf-8")
    with pytest.raises(BadInput, match=r"home\.json"):
        Workspace.open(tmp_path)


def test_a_damaged_database_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "disclosure.duckdb").write_bytes(b"not a database" * 1000)
    with pytest.raises(BadInput, match=r"disclosure\.duckdb") as caught:
        Store.open(tmp_path / "disclosure.duckdb")
    assert "\n" not in str(caught.value)


def test_an_unwritable_home_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x", "utf-8")
    for home in (tmp_path / "file" / "home", Path("/proc/disclosure")):
        with pytest.raises(BadInput, match="--home") as caught:
            Workspace.open(home)
        assert str(home) in str(caught.value)


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_home_without_permission_is_one_line(tmp_path: Path) -> None:
    tmp_path.chmod(0o500)
    with pytest.raises(BadInput, match="--home"):
        Workspace.open(tmp_path)


def test_a_failed_write_leaves_nothing(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "a.duckdb")
    before = store.version
    with pytest.raises(RuntimeError), store.write() as writer:
        writer.execute("INSERT INTO period VALUES ('p', 't', DATE '2026-01-01', DATE '2026-01-02', NULL, 'open')")
        raise RuntimeError
    assert store.rows("SELECT * FROM period") == []
    assert store.version == before
    store.close()


def test_threads_read_and_write_at_once(tmp_path: Path) -> None:
    store = Store.open(tmp_path / "a.duckdb")
    wrong: list[Exception] = []

    def work(n: int) -> None:
        try:
            for i in range(20):
                with store.write() as writer:
                    writer.insert("job", [{"job_id": f"{n}-{i}", "kind": "check", "owner": "o", "unit_id": "u", "title": "t", "started": "2026-01-01"}])
                store.rows("SELECT count(*) FROM job")
        except Exception as error:  # whatever a thread meets must reach the test
            wrong.append(error)

    threads = [threading.Thread(target=work, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []
    assert store.rows("SELECT count(*) AS n FROM job") == [{"n": 160}]
    store.close()


def test_home_file_goes_round(tmp_path: Path) -> None:
    write_home(tmp_path, HomeFile(simulated=True, sites={"a": "127.0.0.1:1"}))
    kept = {"schema": 1, "simulated": True, "as_of": None, "sites": {"a": "127.0.0.1:1"}, "editions": {}}
    assert json.loads((tmp_path / "home.json").read_text("utf-8")) == kept
    ws = Workspace.open(tmp_path)
    assert ws.simulated
    ws.close()
