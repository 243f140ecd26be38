"""One file in data/editions that is no edition spoils nothing but itself."""

import shutil
from pathlib import Path

import pytest

from scoring.cli import run
from scoring.errors import BadInput
from scoring.services import editions
from tests.cli.test_bad_input import register


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    made = tmp_path / "editions"
    made.mkdir()
    shutil.copy(editions.FOLDER / "ningbo-2020-bm.yml", made)
    (made / "aaa.yml").write_text("edition: aaa\nformat: 1\ntitle: 坏的\nscale: points\ngrades: [{name: 合格, at_least: 0}]\nindex: []\n", "utf-8")
    monkeypatch.setattr(editions, "FOLDER", made)
    return made


@pytest.mark.usefixtures("folder")
def test_the_others_are_there_and_it_is_named() -> None:
    assert [one.id for one in editions.available()] == ["ningbo-2020-bm"]
    (line,) = editions.broken()
    assert "aaa.yml" in line
    assert "index" in line
    with pytest.raises(BadInput, match=r"可用的有：ningbo-2020-bm；另有 1 个文件不能加载：.*aaa\.yml"):
        editions.get("nope")
    with pytest.raises(BadInput, match="index"):  # asked for by name, it says itself what is wrong
        editions.get("aaa")


def test_a_crawl_goes_on_with_the_others(folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sites = register(tmp_path, sites=[{"id": "s", "home": "http://127.0.0.1:9/"}])
    assert run(["crawl", "--sites", sites, "--workers", "0", "--no-browser", "--home", str(tmp_path / "home")]) == 1  # nobody at that port
    said = capsys.readouterr()
    assert said.err.count("跳过不能加载的指标体系") == 1
    assert "aaa.yml" in said.err
    assert "采集完成" in said.out
    (folder / "ningbo-2020-bm.yml").unlink()
    assert run(["crawl", "--sites", sites, "--home", str(tmp_path / "other")]) == 2
    assert "没有可用的指标体系" in capsys.readouterr().err
