"""Files of published results: written once under a name that is never used again, then only read."""

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Self, TypeAlias

import duckdb
import pyarrow as pa

from scoring.errors import BadInput

FORMAT = 2
_SCHEMA = Path(__file__).with_name("published.sql")
_TABLES = "SELECT table_name, comment FROM duckdb_tables() WHERE NOT internal ORDER BY table_name"
_COLUMNS = "SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal ORDER BY table_name, column_index"
_NAME = re.compile(r"(?P<period>[A-Za-z0-9][A-Za-z0-9-]*)-r(?P<n>\d+)-[0-9a-f]{12}")
_ORDERS = {"total": "unit_id", "period_unit": "unit_id"}

Columns: TypeAlias = "Mapping[str, Sequence[Any]] | pa.Table"
"""A table by column; every column has the same length."""


class PublishedFile:
    """One file; `rows` has the shape of `Store.rows`. `keep` holds it open for further reads: only for files whose names are never used again.

    Others are opened for each read, or for the whole of a `with` block: opening takes as long as reading a small table.
    """

    def __init__(self, path: Path, *, keep: bool = True) -> None:
        self.path = path
        self._keep = keep
        self._held: duckdb.DuckDBPyConnection | None = None

    def __enter__(self) -> Self:
        with self._named():
            self._held = self._opened()
        return self

    def __exit__(self, *_: object) -> None:
        if self._held is not None and not self._keep:
            self._held.close()
        self._held = None

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Read. Raises BadInput when the file is missing or damaged."""
        names, found = self.tuples(sql, *params)
        return [dict(zip(names, row, strict=True)) for row in found]

    def tuples(self, sql: str, *params: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The same as names and tuples: for many rows."""
        with self._cursor() as cursor:
            cursor.execute(sql, list(params))
            return [column[0] for column in cursor.description or ()], cursor.fetchall()

    def arrow(self, sql: str, *params: Any) -> pa.Table:
        """The same by column."""
        with self._cursor() as cursor:
            return cursor.sql(sql, params=list(params)).to_arrow_table()

    @contextmanager
    def _cursor(self) -> Iterator[duckdb.DuckDBPyConnection]:
        with self._named():
            connection = self._held or self._opened()
            try:
                with connection.cursor() as cursor:
                    yield cursor
            finally:
                if not self._keep and connection is not self._held:
                    connection.close()

    def _opened(self) -> duckdb.DuckDBPyConnection:
        if not self.path.is_file():
            raise BadInput(f"没有发布文件 {self.path}，请检查路径或从备份恢复")
        return _kept(self.path) if self._keep else duckdb.connect(str(self.path), read_only=True)

    @contextmanager
    def _named(self) -> Iterator[None]:
        try:
            yield
        except duckdb.Error as error:
            raise BadInput(f"无法读取发布文件 {self.path}（{' '.join(str(error).split())[:120]}），请从备份恢复该文件") from error

    def meta(self) -> dict[str, str]:
        """The file's header. Raises BadInput for a file of another format."""
        found = {row["key"]: row["value"] for row in self.rows("SELECT * FROM meta")}
        given = found.get("format", "")
        if not given.isdecimal() or int(given) > FORMAT:
            raise BadInput(f"发布文件 {self.path} 的格式 {given} 比本程序新，请升级程序后再读取")
        if int(given) < FORMAT:
            raise BadInput(f"发布文件 {self.path} 由较早的版本写成（格式 {given}，本程序为 {FORMAT}），请用当时的程序读取，或重新发布")
        return found

    def dictionary(self) -> list[tuple[str, str, str]]:
        """Table, column (empty for the table itself) and comment, by table."""
        return _dictionary(self.tuples(_TABLES)[1], self.tuples(_COLUMNS)[1])


@cache
def dictionary() -> list[tuple[str, str, str]]:
    """The dictionary of a file that is written now, known before it is."""
    with duckdb.connect() as connection:
        connection.execute(_SCHEMA.read_text("utf-8"))
        return _dictionary(connection.execute(_TABLES).fetchall(), connection.execute(_COLUMNS).fetchall())


def _dictionary(tables: Sequence[tuple[Any, ...]], columns: Sequence[tuple[Any, ...]]) -> list[tuple[str, str, str]]:
    return [row for name, told in tables for row in ((name, "", told or ""), *((name, column, said or "") for table, column, said in columns if table == name))]


@lru_cache(maxsize=16)
def _kept(path: Path) -> duckdb.DuckDBPyConnection:
    return duckdb.connect(str(path), read_only=True)


def write(path: Path, meta: Mapping[str, str], tables: Mapping[str, Columns]) -> None:
    """Write a new file. `finding` and `node` come by unit and code: rows of a unit stand together, which makes the file small and a unit's page fast."""
    with duckdb.connect(str(path)) as connection:
        connection.execute("BEGIN")
        connection.execute(_SCHEMA.read_text("utf-8"))
        head = {"format": str(FORMAT), **meta}
        for table, columns in {"meta": {"key": list(head), "value": list(head.values())}, **tables}.items():
            if not isinstance(columns, pa.Table):
                types = dict(connection.execute("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [table]).fetchall())
                columns = pa.table({name: pa.array(values, _ARROW[types[name]]) for name, values in columns.items()})  # noqa: PLW2901 - the same, typed
            if not columns.num_rows:
                continue
            connection.register("given", columns)
            names = ", ".join(f'"{name}"' for name in columns.column_names)
            order = f" ORDER BY {_ORDERS[table]}" if table in _ORDERS else ""
            connection.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM given{order}")  # noqa: S608 - tables and columns of ours
            connection.unregister("given")
        connection.execute("COMMIT")
        connection.execute("CHECKPOINT")


_ARROW = {"VARCHAR": pa.string(), "INTEGER": pa.int32(), "BOOLEAN": pa.bool_(), "TIMESTAMP": pa.timestamp("us")}


def name_of(period: str, revision: int, digest: str) -> str:
    """The name under which a revision is published."""
    return f"{period}-r{revision}-{digest[:12]}.duckdb"


def revisions(folder: Path) -> dict[str, dict[int, Path]]:
    """The published files by period and revision."""
    found: dict[str, dict[int, Path]] = {}
    for path in folder.glob("*.duckdb"):
        if name := _NAME.fullmatch(path.stem):
            found.setdefault(name["period"], {})[int(name["n"])] = path
    return {period: dict(sorted(by_number.items())) for period, by_number in found.items()}


def newest(folder: Path) -> dict[str, Path]:
    """The file of the newest revision of each period."""
    return {period: by_number[max(by_number)] for period, by_number in revisions(folder).items()}
