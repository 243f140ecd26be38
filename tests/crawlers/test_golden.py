"""A page beside the JSON of its reading. A missing JSON is written and the test fails, so that somebody reads it before it counts."""

import json
from datetime import date
from pathlib import Path

import pytest

from crawlers.columns import load_columns
from crawlers.inspect import from_file, inspect

GOLDEN = Path(__file__).parent / "golden"
PAGES = sorted(GOLDEN.glob("*.html"))


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_page_reads_as_expected(path: Path) -> None:
    reading = inspect(from_file(path, "http://www.example.invalid/zwgk/index.html"), load_columns(), date(2026, 3, 31))
    expected = path.with_suffix(".json")
    if not expected.is_file():
        expected.write_text(json.dumps(reading, ensure_ascii=False, indent=1) + "\n", "utf-8")
        pytest.fail(f"{expected.name} was missing; it has been written: read it, correct it, commit it")
    assert reading == json.loads(expected.read_text("utf-8"))


def test_there_are_pages() -> None:
    assert len(PAGES) >= 10
