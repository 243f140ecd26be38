"""Where units lie: from the home's files, and one clear line when they are wrong."""

import json
from pathlib import Path
from typing import Any

import pytest

from dashboard.components import tile_chart
from scoring.services import maps
from scoring.services.workspace import CHECKOUT, HomeFile, Workspace, write_home

SQUARE = [[120.0, 30.0], [121.0, 30.0], [121.0, 31.0], [120.0, 31.0], [120.0, 30.0]]


@pytest.fixture
def ws(tmp_path: Path) -> Workspace:
    write_home(tmp_path, HomeFile(simulated=True))
    return Workspace.open(tmp_path, write=False)


def feature(unit: Any = "a", kind: str = "Polygon", coordinates: Any = None) -> dict[str, Any]:
    return {"type": "Feature", "properties": {"unit": unit}, "geometry": {"type": kind, "coordinates": [SQUARE] if coordinates is None else coordinates}}


def collection(*features: Any, **more: Any) -> str:
    return json.dumps({"type": "FeatureCollection", "features": list(features), **more})


def test_without_files_nothing_is_placed(ws: Workspace) -> None:
    assert maps.layout(ws) == maps.Layout(stamp=(0, 0, 0))


def test_tiles_are_read_from_a_table_or_a_list_and_again_when_it_changes(ws: Workspace) -> None:
    (ws.home / "tiles.csv").write_text("row,unit,col,note\n0,a,3,x\n1,b,3,\n", "gb18030")
    assert maps.layout(ws).tiles == {"a": (0, 3), "b": (1, 3)}
    (ws.home / "tiles.csv").unlink()
    (ws.home / "tiles.yml").write_text("- {unit: a, row: 2, col: 0}\n", "utf-8")
    assert maps.layout(ws).tiles == {"a": (2, 0)}


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("tiles.csv", "unit,row\na,1\n", "缺少列 col"),
        ("tiles.csv", "unit,row,col\na,1,x\n", "第 2 行：col 应为 0 到 99 的整数"),
        ("tiles.csv", "unit,row,col\na,1,100\n", "col 应为 0 到 99"),
        ("tiles.csv", "unit,row,col\na,1,1\nb,1,1\n", "第 3 行：b 与 a 在同一格"),
        ("tiles.csv", "unit,row,col\na,1,1\na,1,2\n", "单位编号 a 重复"),
        ("tiles.csv", "unit,row,col\n,1,1\n", "单位编号为空"),
        ("tiles.yml", "{a: 1}", "应是列表"),
        ("tiles.yml", "- {unit: [", "不是有效的 YAML"),
        ("map.geojson", "{", "不是有效的 JSON"),
        ("map.geojson", "[]", "FeatureCollection"),
        ("map.geojson", collection(), "FeatureCollection"),
        ("map.geojson", collection(feature(), feature(None)), "第 2 个 feature 缺少属性 unit"),
        ("map.geojson", collection(feature(), feature()), "单位 a 出现两次"),
        ("map.geojson", collection(feature(kind="Point", coordinates=[1, 2])), "Polygon 或 MultiPolygon"),
        ("map.geojson", collection(feature(coordinates=[SQUARE[:3]])), "至少 4 个点"),
        ("map.geojson", collection(feature(coordinates=[[["x", 1]] * 5])), "coordinates 有误"),
        ("map.geojson", collection(feature(coordinates=[[[float("nan"), 1]] * 5])), "coordinates 有误"),
        ("map.geojson", collection(feature(coordinates=[SQUARE * 20_000])), "先简化边界"),
    ],
)
def test_a_wrong_file_is_told_in_one_line_and_not_used(ws: Workspace, name: str, text: str, said: str) -> None:
    (ws.home / name).write_text(text, "utf-8")
    found = maps.layout(ws)
    assert not found.tiles
    assert not found.shapes
    assert len(found.problems) == 1
    assert said in found.problems[0]
    assert "\n" not in found.problems[0]


def test_a_map_is_read_with_its_approval_and_without_holes(ws: Workspace) -> None:
    two = feature("b", "MultiPolygon", [[SQUARE, SQUARE], [SQUARE]])
    (ws.home / "map.geojson").write_text(collection(feature(), two, approval="审图号：示例 S(2026)001 号"), "utf-8")
    found = maps.layout(ws)
    assert {unit: len(rings) for unit, rings in found.shapes.items()} == {"a": 1, "b": 2}
    assert found.approval == "审图号：示例 S(2026)001 号"
    assert not found.problems


def test_the_shipped_tiles_fit_the_simulated_districts(ws: Workspace) -> None:
    (ws.home / "tiles.csv").write_bytes((CHECKOUT / "data" / "demo" / "tiles.csv").read_bytes())
    found = maps.layout(ws)
    assert not found.problems
    assert len(found.tiles) == 10


def test_every_unit_gets_a_place_of_its_own() -> None:
    given = {"a": (3, 5), "b": (4, 7)}
    at = tile_chart.places(["a", "b", "c", "d", "e", "f"], given, across=4)
    assert (at["a"], at["b"]) == ((0, 0), (1, 2)), "empty rows and columns around are left out"
    assert [at[unit] for unit in "cdef"] == [(2, 0), (2, 1), (2, 2), (3, 0)], "the rest flows below"
    assert list(tile_chart.places(["a", "b", "c"], {}, across=2).values()) == [(0, 0), (0, 1), (1, 0)]
    assert tile_chart.places([], {}, across=1) == {}
