"""A scope that matches nothing is an error of the site list: named, exit 2, no score. And by which edition a unit checks itself."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawlers.demo import DemoCity
from crawlers.observation import load
from scoring.model import Role
from scoring.services import jobs, periods
from scoring.services.workspace import HomeFile, Workspace, utc_now, write_home
from tests.cli.when import said

GROUPS = {"区县": "ningbo-2020", "市直部门": "ningbo-2020-bm", "镇街": "ningbo-2020-zj-zh"}


@pytest.fixture(scope="module")
def city() -> Iterator[DemoCity]:
    with DemoCity.load() as made:
        made.start(made.ends[-1])
        yield made


@pytest.fixture
def home(city: DemoCity, tmp_path: Path) -> Path:
    """A simulated home whose site list has two good departments and, by mistake, two that match nothing."""
    path = tmp_path / "home"
    write_home(path, HomeFile(simulated=True, as_of=city.ends[-1], sites=dict(city.sites)))
    content = city.register().model_dump(mode="json")
    units = {"fagai": {}, "tongji": {}, "jiaoyu": {"value": f"http://{city.sites['portal']}/bm/nothing/"}, "songyan": {"value": "示例市没有这个镇"}}
    content["units"] = [one | {"parent": ""} for one in content["units"] if one["id"] in units]
    content["sites"] = [one for one in content["sites"] if one["id"] == "portal"]
    content["scopes"] = [one | units[one["unit"]] for one in content["scopes"] if one["unit"] in units]
    (path / "register.yml").write_text(json.dumps(content, ensure_ascii=False), "utf-8")
    return path


def test_a_crawl_names_every_scope_that_matches_nothing(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "crawl", "--sites", str(home / "register.yml"), "--home", str(home), "--workers", "0")
    assert (code, "采集完成" in out) == (2, True), err
    lines = err.strip().splitlines()
    assert len(lines) == 2
    for unit, kind, value in (("jiaoyu", "网址前缀", "/bm/nothing/"), ("songyan", "发布机构字段", "示例市没有这个镇")):
        (line,) = [line for line in lines if f"（{unit}）" in line]
        assert kind in line
        assert value in line
        assert "请核对站点清单" in line
    (marker,) = home.glob("runs/*/run.json")
    seen = load(marker.parent / "sites" / "portal.json")
    assert {scope.unit: scope.matched for scope in seen.scopes} == {"fagai": True, "tongji": True, "jiaoyu": False, "songyan": False}


@pytest.mark.parametrize("form", [[], ["--json"]])
def test_a_check_of_a_scope_that_matches_nothing_gives_no_score(home: Path, capsys: pytest.CaptureFixture[str], form: list[str]) -> None:
    code, out, err = said(capsys, "check", "--unit", "jiaoyu", "--edition", "ningbo-2020-bm", "--home", str(home), *form)
    assert (code, out) == (2, "")
    assert err.count("\n") == 1
    assert "示例市教育局（jiaoyu）" in err


def test_a_check_of_a_wrong_scope_option_gives_no_score(home: Path, city: DemoCity, capsys: pytest.CaptureFixture[str]) -> None:
    base = f"http://{city.sites['portal']}/"
    code, out, err = said(capsys, "check", f"{base}zwgkml/", "--scope", "field=示例市没有这个局", "--home", str(home))
    assert (code, out) == (2, "")
    assert "发布机构字段「示例市没有这个局」" in err


def test_a_unit_checks_itself_by_its_groups_edition(home: Path, city: DemoCity, capsys: pytest.CaptureFixture[str]) -> None:
    code, out, err = said(capsys, "check", "--unit", "fagai", "--home", str(home), "--json")
    assert (code, json.loads(out)["edition"], "--edition" in err) == (0, "ningbo-2020", True)
    ws = Workspace.open(home)
    periods.create(ws, "2026Q3", "三季度", GROUPS, city.ends[1], city.ends[2], None, city.register(), "a", role=Role.EVALUATOR, now=utc_now())
    assert {one.edition for one in jobs.targets(ws) if one.unit == "fagai"} == {"ningbo-2020-bm"}
    try:  # the database is in use, as it is while the dashboard runs
        code, out, err = said(capsys, "check", "--unit", "fagai", "--home", str(home), "--json")
    finally:
        ws.close()
    assert (code, json.loads(out)["edition"], err) == (0, "ningbo-2020-bm", "")
    assert said(capsys, "check", "--unit", "fagai", "--edition", "ningbo-2020", "--home", str(home), "--json")[0] == 0
