"""Where units lie on the page: tiles placed by a table of the home, or a map that its user supplies. Positions are no results; no border data are shipped.

`tiles.csv` (or `tiles.yml`, a list of maps): `unit,row,col`, whole numbers from 0 to 99, one unit a place. `map.geojson`: a FeatureCollection of Polygon and
MultiPolygon features with the property `unit`. Whoever supplies one answers for its review (地图审核); its top-level `approval` (审图号) is shown below it.
"""

import json
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from crawlers import yml
from crawlers.oserror import said
from scoring.errors import BadInput
from scoring.services.workspace import Workspace
from scoring.tabular import csv_file

TILES, TILES_YAML, SHAPES = "tiles.csv", "tiles.yml", "map.geojson"
_MOST_BYTES = 8_000_000
_MOST_POINTS = 60_000
_FARTHEST = 99

Ring = tuple[tuple[float, float], ...]
"""The border of an area as points (x, y); holes are left out."""


@dataclass(frozen=True, slots=True)
class Layout:
    """Row and column by unit id; areas by unit id; the map's 审图号; and what is wrong with the files, one line each: what is wrong is not used. `stamp` changes with the files."""

    tiles: Mapping[str, tuple[int, int]] = field(default_factory=dict)
    shapes: Mapping[str, tuple[Ring, ...]] = field(default_factory=dict)
    approval: str = ""
    problems: tuple[str, ...] = ()
    stamp: tuple[int, ...] = ()


def layout(ws: Workspace) -> Layout:
    """What the home's files say; read again when one of them changes."""
    files = [ws.home / name for name in (TILES, TILES_YAML, SHAPES)]
    return _layout(tuple((path, path.stat().st_mtime_ns if path.is_file() else 0) for path in files))


@lru_cache(maxsize=8)
def _layout(files: tuple[tuple[Path, int], ...]) -> Layout:
    tiles: dict[str, tuple[int, int]] = {}
    shapes: dict[str, tuple[Ring, ...]] = {}
    problems: list[str] = []
    approval = ""
    for path, at in files:
        if not at or (tiles and path.name == TILES_YAML):
            continue
        try:
            data = _bytes(path)
            if path.name == SHAPES:
                shapes, approval = _shapes(data)
            else:
                tiles = _tiles(path.name, _table(data) if path.name == TILES else _listed(data))
        except BadInput as error:
            problems.append(str(error))
    return Layout(tiles, shapes, approval, tuple(problems), tuple(at for _, at in files))


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BadInput(f"{path.name} 超过 {_MOST_BYTES // 1_000_000} MB，请先简化边界")
        return path.read_bytes()
    except OSError as error:
        raise BadInput(f"无法读取 {path.name}（{said(error)}）") from error


def _table(data: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    rows = [[cell.value for cell in row] for row in csv_file.read(data, TILES).rows]
    head = [str(value).strip() for value in rows[0]] if rows else []
    if missing := [name for name in ("unit", "row", "col") if name not in head]:
        raise BadInput(f"{TILES} 缺少列 {'、'.join(missing)}；第一行应为 unit,row,col")
    for n, row in enumerate(rows[1:], 2):
        yield f"第 {n} 行", dict(zip(head, (str(value).strip() for value in row), strict=False))


def _listed(data: bytes) -> Iterator[tuple[str, Mapping[str, Any]]]:
    try:
        content = yml.load(data.decode("utf-8-sig"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise BadInput(f"{TILES_YAML} 不是有效的 YAML（{' '.join(str(error).split())[:80]}）") from error
    if not isinstance(content, list) or not all(isinstance(one, dict) for one in content):
        raise BadInput(f"{TILES_YAML} 应是列表，每项为 {{unit: 单位编号, row: 行, col: 列}}")
    for n, one in enumerate(content, 1):
        yield f"第 {n} 项", one


def _tiles(name: str, rows: Iterator[tuple[str, Mapping[str, Any]]]) -> dict[str, tuple[int, int]]:
    found: dict[str, tuple[int, int]] = {}
    taken: dict[tuple[int, int], str] = {}
    for where, row in rows:
        unit = str(row.get("unit") or "")
        place = _number(name, where, "row", row.get("row")), _number(name, where, "col", row.get("col"))
        if not unit or unit in found:
            raise BadInput(f"{name} {where}：单位编号{f' {unit} 重复' if unit else '为空'}")
        if other := taken.get(place):
            raise BadInput(f"{name} {where}：{unit} 与 {other} 在同一格（行 {place[0]}、列 {place[1]}）")
        found[unit], taken[place] = place, unit
    return found


def _number(name: str, where: str, column: str, value: object) -> int:
    text = str(value).strip()
    if not text.isdecimal() or int(text) > _FARTHEST:
        raise BadInput(f"{name} {where}：{column} 应为 0 到 {_FARTHEST} 的整数，现为 {text!r}")
    return int(text)


def _shapes(data: bytes) -> tuple[dict[str, tuple[Ring, ...]], str]:
    try:
        content = json.loads(data)
    except ValueError as error:
        raise BadInput(f"{SHAPES} 不是有效的 JSON（{error}）") from error
    features = content.get("features") if isinstance(content, dict) and content.get("type") == "FeatureCollection" else None
    if not isinstance(features, list) or not features:
        raise BadInput(f"{SHAPES} 应是有 features 的 FeatureCollection")
    found: dict[str, tuple[Ring, ...]] = {}
    count = 0
    for n, feature in enumerate(features, 1):
        where = f"{SHAPES} 第 {n} 个 feature"
        unit = (feature.get("properties") or {}).get("unit") if isinstance(feature, dict) else None
        if not isinstance(unit, str) or not unit:
            raise BadInput(f"{where} 缺少属性 unit（单位编号）")
        if unit in found:
            raise BadInput(f"{where}：单位 {unit} 出现两次，请合并为一个 MultiPolygon")
        found[unit] = tuple(_rings(where, feature.get("geometry")))
        count += sum(map(len, found[unit]))
    if count > _MOST_POINTS:
        raise BadInput(f"{SHAPES} 共 {count:,} 个边界点，超过 {_MOST_POINTS:,} 个，请先简化边界")
    approval = content.get("approval")
    return found, approval if isinstance(approval, str) else ""


def _rings(where: str, geometry: Any) -> Iterator[Ring]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if kind not in ("Polygon", "MultiPolygon"):
        raise BadInput(f"{where} 的 geometry 应为 Polygon 或 MultiPolygon")
    try:
        for polygon in [geometry["coordinates"]] if kind == "Polygon" else geometry["coordinates"]:
            ring = tuple((float(point[0]), float(point[1])) for point in polygon[0])
            if len(ring) < 4 or not all(math.isfinite(value) for point in ring for value in point):
                raise ValueError("a ring has four points at least")
            yield ring
    except (KeyError, IndexError, TypeError, ValueError) as error:
        raise BadInput(f"{where} 的 coordinates 有误，应为 [经度, 纬度] 的环，每环至少 4 个点") from error
