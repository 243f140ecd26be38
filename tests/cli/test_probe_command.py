"""`probe`: one round a call, from cron; what is closed is named, an invalid round says so, and nothing is written for a bad call."""

import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from tests.cli.test_bad_input import register
from tests.cli.when import said


class _Open(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/robots.txt" else 200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"ok")

    def log_message(self, format: str, *args: object) -> None: ...  # noqa: A002


@pytest.fixture
def port() -> object:
    with ThreadingHTTPServer(("127.0.0.1", 0), _Open) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield server.server_address[1]
        server.shutdown()


def sites(folder: Path, port: object) -> str:
    there = [
        {"id": "s", "home": f"http://127.0.0.1:{port}/", "loopback": True, "rate": 0},
        {"id": "gone", "home": "http://127.0.0.1:9/", "loopback": True, "rate": 0},
    ]
    return register(folder, sites=there)


def test_a_round_is_kept_and_what_is_closed_is_named(port: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    home = tmp_path / "home"
    given = ("probe", "--sites", sites(tmp_path, port), "--home", str(home), "--vantage", "机房甲")
    code, out, err = said(capsys, *given)
    assert code == 0
    assert "网站 2 个，打开 1 个" in out
    assert "机房甲" in out
    assert "打不开：gone（" in err
    assert said(capsys, *given)[0] == 0
    lines = [json.loads(line) for file in (home / "probes").iterdir() for line in file.read_text("utf-8").splitlines() if '"round"' in line]
    assert len(lines) == 2  # appended, never replaced
    assert not (home / "disclosure.duckdb").exists()
    code, _, err = said(capsys, *given, "--control", "http://127.0.0.1:9/")
    assert (code, "本轮无效" in err) == (1, True)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (("--vantage", "a b"), "--vantage"),
        (("--control", "www.example.com"), "--control"),
        (("--only", "zz"), "zz"),
    ],
)
def test_a_bad_call_is_one_line_and_writes_nothing(more: tuple[str, str], words: str, port: object, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = said(capsys, "probe", "--sites", sites(tmp_path, port), "--home", str(tmp_path / "home"), *more)
    assert (code, err.count("\n"), words in err) == (2, 1, True), err
    assert not (tmp_path / "home").exists()
