"""What a column stands below, and what it costs to ask."""

import pytest

from crawlers import sections
from crawlers.columns import Column, load_columns


def test_what_a_column_stands_below() -> None:
    columns = load_columns()
    below = next(column for column in columns.values() if column.parent and columns[column.parent].parent)
    assert {below.parent, columns[below.parent].parent} <= sections.above(below.key)
    assert sections.above("no such column") == frozenset()


def test_the_dictionary_is_read_once_for_all_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    columns, read = load_columns(), []

    def counted() -> dict[str, Column]:
        read.append(1)
        return columns

    monkeypatch.setattr(sections, "load_columns", counted)
    for known in (sections._columns, sections._sections, sections.above, sections.section):
        known.cache_clear()
    for key in columns:
        sections.above(key)
    assert sections.section("政务公开平台") == sections.PLATFORM
    assert len(read) == 1
