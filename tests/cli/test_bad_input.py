"""Whatever a user gets wrong: one Chinese line that names the culprit, the right exit code, nothing half-written, never a traceback."""

import json
import re
import socket
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

from scoring.cli import run
from tests.services.hand import portal, with_period, write_run

CHECKOUT = Path(__file__).resolve().parents[2]
EDITION = str(CHECKOUT / "data" / "editions" / "ningbo-2020-bm.yml")


def register(folder: Path, **changes: object) -> str:
    """A site list of one unit, with something wrong in it."""
    content: dict[str, object] = {
        "format": 1,
        "title": "t",
        "units": [{"id": "u", "name": "单位", "group": "市直部门"}],
        "sites": [{"id": "s", "home": "http://s.example/"}],
        "scopes": [{"unit": "u", "site": "s"}],
    }
    path = folder / "sites.yml"
    path.write_text(json.dumps(content | changes, ensure_ascii=False), "utf-8")
    return str(path)


def edition(folder: Path, old: str, new: str) -> str:
    """The small edition with one thing changed."""
    path = folder / "edition.yml"
    text = Path(EDITION).read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    return str(path)


def text(folder: Path, name: str, content: str) -> str:
    """A file."""
    (folder / name).write_text(content, "utf-8")
    return str(folder / name)


def other_database(folder: Path) -> str:
    """A database that nobody published."""
    with duckdb.connect(str(folder / "other.duckdb")) as made:
        made.execute("CREATE TABLE t (x INTEGER)")
    return str(folder / "other.duckdb")


PERIOD = ["period", "create", "2026Q1", "--from", "2026-01-01", "--to", "2026-03-31"]
Case = Callable[[Path], list[str]]
CASES: dict[str, tuple[Case, int, str]] = {
    "unknown command": (lambda _: ["crwal"], 2, "crwal"),
    "unknown option": (lambda _: ["rank", "--perod", "x"], 2, "--perod"),
    "missing option": (lambda _: ["crawl"], 2, "--sites"),
    "bad choice": (lambda _: ["rank", "--format", "xml"], 2, "--format"),
    "surplus argument": (lambda _: ["doctor", "x"], 2, "x"),
    "sites: no such file": (lambda f: ["crawl", "--sites", str(f / "none.yml")], 2, "none.yml"),
    "sites: unknown key": (lambda f: ["crawl", "--sites", register(f, colour="red")], 2, "colour"),
    "sites: bad address": (lambda f: ["crawl", "--sites", register(f, sites=[{"id": "s", "home": "ftp:/x"}])], 2, "ftp:/x"),
    "sites: scope without site": (lambda f: ["crawl", "--sites", register(f, scopes=[{"unit": "u", "site": "z"}])], 2, "z"),
    "sites: newer": (lambda f: ["crawl", "--sites", register(f, format=2)], 2, "format"),
    "sites: wrong kind": (lambda f: ["crawl", "--sites", register(f, units=3)], 2, "units"),
    "sites: bad id": (lambda f: ["crawl", "--sites", register(f, sites=[{"id": "S S", "home": "http://s.example/"}])], 2, "sites.0.id"),
    "sites: broken address": (lambda f: ["crawl", "--sites", register(f, sites=[{"id": "s", "home": "http://[x/"}])], 2, "sites.0"),
    "sites: bad rate": (lambda f: ["crawl", "--sites", register(f, sites=[{"id": "s", "home": "http://s.example/", "rate": 99}])], 2, "rate"),
    "sites: not YAML": (lambda f: ["crawl", "--sites", text(f, "bad.yml", "a: [")], 2, "bad.yml"),
    "crawl: unknown edition": (lambda f: ["crawl", "--sites", register(f), "--edition", "nope"], 2, "nope"),
    "crawl: unknown site": (lambda f: ["crawl", "--sites", register(f), "--only", "zz"], 2, "zz"),
    "crawl: bad day": (lambda f: ["crawl", "--sites", register(f), "--as-of", "2026-13-01"], 2, "2026-13-01"),
    "crawl: before the web": (lambda f: ["crawl", "--sites", register(f), "--as-of", "1994-12-31"], 2, "1994-12-31"),
    "crawl: a day to come": (lambda f: ["crawl", "--sites", register(f), "--as-of", "9999-12-31"], 2, "9999-12-31"),
    "crawl: resume nothing": (lambda f: ["crawl", "--sites", register(f), "--resume", ""], 2, "--resume"),
    "crawl: resume elsewhere": (lambda f: ["crawl", "--sites", register(f), "--resume", "../x"], 2, "../x"),
    "crawl: no cluster address": (lambda f: ["crawl", "--sites", register(f), "--cluster", "nowhere"], 2, "nowhere"),
    "crawl: nobody at the cluster's address": (lambda f: ["crawl", "--sites", register(f), "--cluster", "tcp://127.0.0.1:9"], 2, "dask scheduler"),
    "crawl: no storage address": (lambda f: ["crawl", "--sites", register(f), "--runs", "bucket"], 2, "bucket"),
    "crawl: unknown storage": (lambda f: ["crawl", "--sites", register(f), "--runs", "nofs://bucket/runs"], 2, "nofs://bucket/runs"),
    "check: a day to come": (lambda _: ["check", "http://127.0.0.1:9/", "--as-of", "9999-12-31"], 2, "9999-12-31"),
    "crawl: nothing to resume": (lambda f: ["crawl", "--sites", register(f), "--resume", "gone"], 2, "gone"),
    "crawl: simulated sites, real home": (lambda f: ["crawl", "--sites", register(f, simulated=True)], 3, "模拟"),
    "period: unknown group": (lambda f: [*PERIOD, "--group", "甲=ningbo-2020-bm", "--sites", register(f)], 2, "甲"),
    "period: bad group": (lambda f: [*PERIOD, "--group", "市直部门", "--sites", register(f)], 2, "市直部门"),
    "period: unknown edition": (lambda f: [*PERIOD, "--group", "市直部门=x9", "--sites", register(f)], 2, "x9"),
    "period: bad id": (lambda f: ["period", "create", "a/b", *PERIOD[3:], "--group", "市直部门=ningbo-2020-bm", "--sites", register(f)], 2, "a/b"),
    "period: bad cutoff": (lambda f: [*PERIOD, "--group", "市直部门=ningbo-2020-bm", "--sites", register(f), "--cutoff", "soon"], 2, "soon"),
    "period: early cutoff": (lambda f: [*PERIOD, "--group", "市直部门=ningbo-2020-bm", "--sites", register(f), "--cutoff", "2025-12-31"], 2, "2025-12-31"),
    "period: simulated sites": (lambda f: [*PERIOD, "--group", "市直部门=ningbo-2020-bm", "--sites", register(f, simulated=True)], 2, "模拟"),
    "ingest: no such run": (lambda _: ["ingest", "gone"], 2, "gone"),
    "ingest: no home": (lambda _: ["ingest"], 2, "period create"),
    "assess: no home": (lambda _: ["assess"], 2, "period create"),
    "rank: nothing published": (lambda _: ["rank"], 2, "发布"),
    "rank: unknown period": (lambda _: ["rank", "--period", "1999Q9"], 2, "1999Q9"),
    "check: no address": (lambda _: ["check"], 2, "--unit"),
    "check: not an address": (lambda _: ["check", "www.example.com"], 2, "www.example.com"),
    "check: broken address": (lambda _: ["check", "http://[x/"], 2, "http://[x/"),
    "check: broken address of a scope": (lambda _: ["check", "http://[x/", "--scope", "field=甲"], 2, "http://[x/"),
    "inspect: not of the web": (lambda _: ["inspect", "ftp://x/"], 2, "https:// 网址或保存的网页文件，不能读取 ftp://x/"),
    "inspect: a script": (lambda _: ["inspect", "javascript:void(0)"], 2, "https:// 网址或保存的网页文件，不能读取 javascript:void(0)"),
    "inspect: broken address": (lambda _: ["inspect", "http://[x/"], 2, "http://[x/"),
    "check: bad scope": (lambda _: ["check", "http://a.example/x/", "--scope", "colour=red"], 2, "colour=red"),
    "check: unknown unit": (lambda f: ["check", "--unit", "nobody", "--sites", register(f)], 2, "nobody"),
    "check: bad number": (lambda _: ["check", "http://a.example/", "--fail-below", "many"], 2, "many"),
    "check: unknown edition": (lambda _: ["check", "http://a.example/", "--edition", "e0"], 2, "e0"),
    "check: unknown job": (lambda _: ["check", "--job", "../../etc"], 2, "../../etc"),
    "edition: no such file": (lambda f: ["edition", "validate", str(f / "e.yml")], 2, "e.yml"),
    "edition: sums": (lambda f: ["edition", "validate", edition(f, "weight: 6", "weight: 7")], 2, "权重"),
    "edition: unknown rule": (lambda f: ["edition", "validate", edition(f, "rule: column_present", "rule: column_absent")], 2, "p1-guide"),
    "edition: unknown column": (lambda f: ["edition", "validate", edition(f, "{column: guide}", "{column: gide}")], 2, "gide"),
    "edition: duplicate": (lambda f: ["edition", "validate", edition(f, "code: p1-guide-fresh", "code: p1-guide")], 2, "p1-guide"),
    "compute: no such code": (
        lambda f: ["compute", "--edition", EDITION, "--findings", text(f, "f.csv", "unit,group,code,outcome,ratio,points\nu,g,zz,MET,1,\n")],
        2,
        "zz",
    ),
    "compute: contradiction": (
        lambda f: ["compute", "--edition", EDITION, "--findings", text(f, "f.csv", "unit,group,code,outcome,ratio,points\nu,g,p1-guide,MET,0,\n")],
        2,
        "第 2 行",
    ),
    "verify: no database": (lambda f: ["verify", text(f, "notes.duckdb", "绝非数据库")], 2, "不是发布文件"),
    "verify: another database": (lambda f: ["verify", other_database(f)], 2, "没有发布文件的表"),
    "inspect: no such file": (lambda f: ["inspect", str(f / "p.html")], 2, "p.html"),
}


@pytest.mark.parametrize("name", CASES)
def test_one_line_and_nothing_written(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    case, code, culprit = CASES[name]
    home = tmp_path / "home"
    monkeypatch.setenv("DISCLOSURE_HOME", str(home))
    files = tmp_path / "files"
    files.mkdir()
    assert run(case(files)) == code
    said = capsys.readouterr()
    assert said.err.count("\n") == 1, said.err
    assert culprit in said.err
    assert re.search(r"[一-鿿]", said.err)
    assert "Traceback" not in said.err + said.out
    assert not re.search(r"Input should|Value error|Field required|Extra inputs|String should|validation error|Invalid", said.err), said.err
    assert not home.exists()


def test_an_incomplete_run_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ws = with_period(tmp_path)
    ws.close()
    write_run(tmp_path, portal("half"), complete=False)
    assert run(["ingest", "half", "--home", str(tmp_path)]) == 2
    assert "half" in capsys.readouterr().err


def test_locking_with_blockers_lists_them_and_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ws = with_period(tmp_path)
    write_run(tmp_path, portal("r1"))
    ws.close()
    assert run(["ingest", "--home", str(tmp_path)]) == 0
    assert "接收采集批次 1 个：r1" in capsys.readouterr().out
    assert run(["lock", "--home", str(tmp_path)]) == 3
    said = capsys.readouterr()
    assert said.out.count("p10-training") == 3
    assert "32 项未办结" in said.err
    assert run(["publish", "--home", str(tmp_path)]) == 3


def test_a_port_in_use_is_one_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        for command in ("serve", "demo"):
            assert run([command, "--port", port, "--home", str(tmp_path)]) == 2
            said = capsys.readouterr().err
            assert port in said
            assert said.count("\n") == 1
    assert list(tmp_path.iterdir()) == []


def test_demo_leaves_real_data_alone(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with_period(tmp_path).close()
    before = (tmp_path / "disclosure.duckdb").read_bytes()
    assert run(["demo", "--build-only", "--home", str(tmp_path)]) == 3
    assert "真实数据" in capsys.readouterr().err
    assert (tmp_path / "disclosure.duckdb").read_bytes() == before


@pytest.mark.parametrize("given", ["variable", "--home DIR", "--home=DIR"])
def test_an_internal_error_is_one_line_with_a_log(given: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setenv("DISCLOSURE_HOME", str(tmp_path if given == "variable" else tmp_path / "other"))
    monkeypatch.setattr("scoring.cli.doctor.read_home", broken)
    options = {"variable": [], "--home DIR": ["--home", str(tmp_path)], "--home=DIR": [f"--home={tmp_path}"]}[given]
    assert run(["doctor", *options]) == 70
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert not (tmp_path / "other").exists()
    (log,) = (tmp_path / "logs").iterdir()
    assert str(log) in said
    assert "boom" in log.read_text("utf-8")
