"""Wording, escaping, and the rules of the house for pages."""

import ast
import csv
import io
import re
from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from dashboard import check, draft, evidence, methods, overview, publish, review, unit
from dashboard.components.text import cell, difference, plain, to_csv, width
from dashboard.components.theme import band
from tests.dashboard import fake_index
from tests.dashboard.fake import World

ROOT = Path(__file__).resolve().parents[2]
STRINGS = sorted(path.stem for path in (ROOT / "dashboard" / "strings").glob("*.py") if path.stem != "__init__")
HAN = "[\u4e00-\u9fff]"


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (tuple, list)):
        for one in value:
            yield from strings(one)
    elif isinstance(value, dict):
        yield from strings(list(value.values()))


def texts_of(module: ModuleType) -> Iterator[str]:
    for name, value in vars(module).items():
        if name.isupper():
            yield from strings(value)


@pytest.mark.parametrize("name", STRINGS)
def test_chinese_punctuation_is_full_width(name: str) -> None:
    for text in texts_of(import_module(f"dashboard.strings.{name}")):
        if not re.search(HAN, text) or text.startswith("disclosure "):
            continue
        assert not re.search(f"{HAN}[,;:!?()]|[,;:!?(]{HAN}", re.sub(r"<[^>]+>|%?{{[^}}]*}}", "", text)), text
        assert not re.search(f"{HAN}\\.(?!\\w)", text), text
        assert '"' not in text, text


@pytest.mark.parametrize("name", STRINGS)
def test_numbers_stand_apart_from_han(name: str) -> None:
    for text in texts_of(import_module(f"dashboard.strings.{name}")):
        if "·" in text or text.startswith(("▲", "▼", "第")):
            continue
        assert not re.search(f"\\d(?!\\d*年|\\d*季|%){HAN}", text), text


@pytest.mark.parametrize("name", STRINGS)
def test_no_blame_words(name: str) -> None:
    for text in texts_of(import_module(f"dashboard.strings.{name}")):
        assert not re.search("差评|黑榜|垫底|置信区间", text), text


def test_chinese_stands_in_strings_only() -> None:
    for path in [ROOT / "app.py", *(ROOT / "dashboard").glob("*.py"), *(ROOT / "dashboard" / "components").glob("*.py")]:
        tree = ast.parse(path.read_text(encoding="utf-8"))
        documentation = {
            id(node.body[0].value)
            for node in ast.walk(tree)
            if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef)) and node.body and isinstance(node.body[0], ast.Expr)
        }
        documentation |= {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in documentation:
                found = re.search(f"{HAN}+", node.value)
                assert found is None or path.name == "text.py", f"{path.name}:{node.lineno} {node.value}"


def test_app_is_small_and_pages_too() -> None:
    assert len((ROOT / "app.py").read_text(encoding="utf-8").splitlines()) <= 40
    for path in (ROOT / "dashboard").rglob("*.py"):
        assert len(path.read_text(encoding="utf-8").splitlines()) <= 300, path.name


def test_pages_reach_data_through_one_module() -> None:
    for path in (ROOT / "dashboard").rglob("*.py"):
        for line in path.read_text(encoding="utf-8").splitlines():
            if re.match(r"\s*(from|import) (crawlers|duckdb|scoring\.(store|rules|rollup|edition)\b)", line):
                raise AssertionError(f"{path.name}: {line}")
    for module in (check, draft, evidence, methods, overview, publish, review, unit):
        assert not [name for name in vars(module) if name in ("drafts", "results", "jobs", "reviews")]


@pytest.mark.parametrize(
    "foreign", ["**粗**", "[a](http://x)", ":red[x]", "<b>", "$x$", "`c`", "# h", "1. a", "- a", "a_b_", "~~x~~", "| a |", ":material/home:"]
)
def test_plain_escapes_every_mark(foreign: str) -> None:
    escaped = plain(foreign)
    assert re.sub(r"\\(.)", r"\1", escaped).replace("\u2060", "") == foreign
    assert not re.search(r"(?<!\\)[*_\[\]<>`$#|~]", escaped)


def test_plain_parts_what_streamlit_finds_after_escapes_are_resolved() -> None:
    for foreign in (":material/home:", ":tada:", "http://evil.example", "www.evil.example", "a@b.example"):
        resolved = re.sub(r"\\(.)", r"\1", plain(foreign))
        assert not re.search(r":\w|://|www\.|@\w", resolved), resolved


def test_plain_is_one_line_without_control_characters() -> None:
    assert plain("a\n\u202eb\u200b\tc") == "a bc" or plain("a\n\u202eb\u200b\tc") == "a b c"


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1"])
def test_csv_cells_are_no_formulas(text: str) -> None:
    assert str(cell(text)).startswith("'")
    rows = list(csv.reader(io.StringIO(to_csv(["a"], [[text]]).decode("utf-8-sig"))))
    assert rows[1] == ["'" + text]
    assert cell(-1) == "-1"


def test_change_is_the_difference_of_displayed_values() -> None:
    assert difference(Decimal("70.04"), Decimal("69.96")) == 0
    assert difference(Decimal("70.05"), Decimal("70.04")) == Decimal("0.1")
    assert difference(Decimal(1), None) is None


def test_bands_put_an_edge_into_the_better_band() -> None:
    assert [band(Decimal(rate)) for rate in ("0", "0.39", "0.4", "0.6", "0.75", "0.9", "1")] == [0, 0, 1, 2, 3, 4, 4]


def test_headlines_stay_short(world: World) -> None:
    for period in ("2026Q1", "2026Q2"):
        for group in (fake_index.GROUP, fake_index.OTHER):
            ranking = world.ranking(None, period, group)
            assert len(overview.headline(ranking)) <= 40
            for row in ranking.rows:
                assert width(unit.headline(world.profile(None, period, row.unit))) <= 40
