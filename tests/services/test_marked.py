# ruff: noqa: DTZ001 - the database keeps naive UTC
"""The mark of a finding: what the database computes is what the definition says, for every kind of value."""

import hashlib
from datetime import datetime
from typing import Any

import duckdb
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scoring.store.findings import SEEN
from scoring.store.marked import MARKED, marked_in

TEXT = st.one_of(st.none(), st.text(st.characters(exclude_characters="\x00", codec="utf-8")))
NUMBER = st.one_of(st.none(), st.integers(0, 2**31 - 1))
TIMES = st.one_of(st.none(), st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1)), st.just(datetime(2026, 4, 2)))
KINDS: dict[str, st.SearchStrategy[Any]] = {"seq": NUMBER, "finding_seq": NUMBER, "review_seq": NUMBER, "review_of": NUMBER, "review_at": TIMES}
SQL = dict.fromkeys(("seq", "finding_seq", "review_seq", "review_of"), "INTEGER") | {"review_at": "TIMESTAMP", "reviewed": "BOOLEAN"}


def expected(row: dict[str, Any]) -> str:
    """The definition of docs and canonical text, in Python."""
    parts = ["\x00" if row[name] is None else str(row[name]) for name in MARKED]
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]


class Table:
    """A table `finding` of one row."""

    def __init__(self, row: dict[str, Any]) -> None:
        self._connection = duckdb.connect()
        columns = ", ".join(f"{name} {SQL.get(name, 'VARCHAR')}" for name in SEEN)
        self._connection.execute(f"CREATE TABLE finding ({columns})")
        self._connection.execute(f"INSERT INTO finding VALUES ({', '.join('?' for _ in SEEN)})", [row[name] for name in SEEN])  # noqa: S608 - columns of ours

    def arrow(self, sql: str, *params: object) -> pa.Table:
        with self._connection.cursor() as cursor:
            return cursor.sql(sql, params=list(params)).to_arrow_table()


@settings(deadline=None, max_examples=50)
@given(st.fixed_dictionaries({name: KINDS.get(name, TEXT) for name in MARKED if name != "reviewed"} | {"reviewed": st.one_of(st.none(), st.booleans())}))
def test_a_mark_is_what_its_definition_says(row: dict[str, Any]) -> None:
    row = {"unit_id": "u", "code": "a", **row}
    assert marked_in(Table(row)).marks() == {"u": {"a": expected(row)}}


@pytest.mark.parametrize("name", MARKED)
def test_every_column_counts(name: str) -> None:
    row: dict[str, Any] = dict.fromkeys(SEEN, None) | {"unit_id": "u", "code": "a"}
    other = row | {name: True if name == "reviewed" else datetime(2026, 1, 1) if name == "review_at" else 1 if name in SQL else "x"}
    assert marked_in(Table(row)).marks() != marked_in(Table(other)).marks()
