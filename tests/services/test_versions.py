"""Files of a newer version ask for an upgrade, whatever else they hold; damaged ones are named; nothing that a library says in English reaches a person."""

import json
import re
from pathlib import Path
from typing import Any

import pytest

from scoring.errors import BadInput
from scoring.services import runs
from scoring.services.workspace import read_home
from tests.services.hand import NOW, portal, with_period, write_run

_ENGLISH = re.compile(r"validation error|Input should|Field required|Extra inputs|\[type=|Expecting|pydantic", re.IGNORECASE)


def changed(path: Path, **change: Any) -> None:
    path.write_text(json.dumps(json.loads(path.read_text("utf-8")) | change), "utf-8")


@pytest.mark.parametrize("content", [{"schema": 2}, {"schema": 2, "simulated": {"city": "x"}, "tenants": []}])
def test_a_newer_home_asks_for_an_upgrade(content: dict[str, Any], tmp_path: Path) -> None:
    (tmp_path / "home.json").write_text(json.dumps(content), "utf-8")
    with pytest.raises(BadInput, match="升级"):
        read_home(tmp_path)


@pytest.mark.parametrize("content", ["{", "[]", '{"schema": "x"}', '{"simulated": "perhaps"}', '{"colour": 1}', '{"sites": 3}'])
def test_a_damaged_home_is_named_in_chinese(content: str, tmp_path: Path) -> None:
    (tmp_path / "home.json").write_text(content, "utf-8")
    with pytest.raises(BadInput, match=r"home\.json 内容有误") as caught:
        read_home(tmp_path)
    assert not _ENGLISH.search(str(caught.value))


def test_runs_of_a_newer_version_and_damaged_ones(tmp_path: Path) -> None:
    ws = with_period(tmp_path)
    changed(write_run(tmp_path, portal("plan")) / "plan.json", format=2, columns="elsewhere")
    changed(write_run(tmp_path, portal("run")) / "run.json", format=2, sites="elsewhere")
    (write_run(tmp_path, portal("cut")) / "plan.json").write_text("{", "utf-8")
    folder = write_run(tmp_path, portal("shape"))
    (folder / "sites" / "portal.json").write_text('{"site": 3}', "utf-8")
    from crawlers.manifest import file_sha

    changed(folder / "run.json", sites={"portal": {"status": "ok", "pages": 1, "failures": 0, "sha256": file_sha(folder / "sites" / "portal.json")}})
    folder = write_run(tmp_path, portal("seen"))
    changed(folder / "sites" / "portal.json", format=2, scopes="elsewhere")
    changed(folder / "run.json", sites={"portal": {"status": "ok", "pages": 1, "failures": 0, "sha256": file_sha(folder / "sites" / "portal.json")}})
    for name, word in (("seen", "升级"), ("plan", "升级"), ("run", "升级"), ("cut", "plan.json"), ("shape", "portal.json")):
        with pytest.raises(BadInput, match=word) as caught:
            runs.ingest(ws, ws.runs / name, now=NOW)
        assert name in str(caught.value)
        assert not _ENGLISH.search(str(caught.value))
    ws.close()
