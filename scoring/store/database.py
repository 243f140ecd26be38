"""The DuckDB file of a home: one owner process, a cursor per call, one writer at a time, numbered migrations."""

import json
import os
import re
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import psutil
import pyarrow as pa

from crawlers.oserror import said
from scoring.errors import BadInput, StoreBusy

_HERE = Path(__file__).parent
_PID = re.compile(r"PID (\d+)")


def migrations() -> list[tuple[int, Path]]:
    """Number and file of every migration, in order."""
    return sorted((int(path.name[:4]), path) for path in (_HERE / "migrations").glob("[0-9][0-9][0-9][0-9]_*.sql"))


class Writer:
    """One open transaction. Rows are mappings of column to value; timestamps must be naive UTC (see `utc`)."""

    def __init__(self, cursor: duckdb.DuckDBPyConnection, types: dict[str, dict[str, str]] | None = None) -> None:
        self._cursor = cursor
        self._types = {} if types is None else types
        self.catalogue = False
        """Set by whoever changes units, sites, editions, periods or revisions."""
        self.scores = True
        """Unset by whoever changes nothing that scores follow from: states of periods, revisions, the life of a period."""

    def execute(self, sql: str, *params: Any) -> None:
        """Run one statement."""
        self._cursor.execute(sql, list(params))

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Read inside the transaction."""
        return _rows(self._cursor, sql, params)

    def insert(self, table: str, rows: Sequence[Mapping[str, Any]], *, replace: bool = False) -> None:
        """Add many rows in one statement (`replace`: instead of rows with the same key). Every row has the keys of the first."""
        if not rows:
            return
        if (types := self._types.get(table)) is None:
            found = self.rows("SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", table)
            types = self._types[table] = {row["column_name"]: row["data_type"] for row in found}
        names = list(rows[0])
        values = ", ".join(f"unnest(${n}::{types[name]}[])" for n, name in enumerate(names, 1))
        columns = ", ".join(f'"{name}"' for name in names)
        verb = "INSERT OR REPLACE" if replace else "INSERT"
        self.execute(f"{verb} INTO {table} ({columns}) SELECT {values}", *([row[name] for row in rows] for name in names))

    def take_in(self, table: str, columns: Mapping[str, Sequence[Any]]) -> None:
        """Add many rows by column: a tenth of the time of `insert` for hundreds of thousands; types are those that the values have."""
        self._cursor.register("given", pa.table({name: pa.array(values) for name, values in columns.items()}))
        names = ", ".join(f'"{name}"' for name in columns)
        self.execute(f"INSERT INTO {table} ({names}) SELECT {names} FROM given")  # noqa: S608 - tables and columns of ours
        self._cursor.unregister("given")


class Store:
    """The database of one home. Open it once per process; share it between threads; close it before another process may have it."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, path: Path) -> None:
        self._connection = connection
        self._lock = threading.RLock()
        self.path = path
        self.version = 0
        """Grows with every write: a key for caches of what was read."""
        self.catalogue_version = 0
        """Grows when units, sites, editions, periods or revisions change."""
        self.score_version = 0
        """Grows when anything is written that scores may follow from."""
        self._types: dict[str, dict[str, str]] = {}

    @classmethod
    def open(cls, path: Path) -> "Store":
        """Open (or create) the file. Raises StoreBusy when another process has it, BadInput when it is newer, damaged or unwritable."""
        owner = path.with_name("owner.json")
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            connection = duckdb.connect(str(path))
        except OSError as error:
            raise BadInput(f"无法写入数据目录 {path.parent}（{said(error)}），请检查权限或用 --home 另指定目录") from error
        except duckdb.IOException as error:
            if "lock" in str(error):
                raise StoreBusy(_busy(owner, str(error))) from error
            raise BadInput(f"无法打开数据库 {path}（{_line(error)}），请检查目录权限、磁盘空间或文件是否损坏") from error
        except duckdb.Error as error:
            raise BadInput(f"无法打开数据库 {path}（{_line(error)}），文件可能已损坏，请从备份恢复") from error
        store = cls(connection, path)
        try:
            store._migrate()
            _write_owner(owner)
        except BadInput:
            connection.close()
            raise
        except OSError as error:
            connection.close()
            raise BadInput(f"无法写入数据目录 {path.parent}（{said(error)}），请检查权限或用 --home 另指定目录") from error
        return store

    def close(self) -> None:
        """Release the file."""
        with self._lock:
            self.path.with_name("owner.json").unlink(missing_ok=True)
            self._connection.close()

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Read through a cursor of its own, so that threads do not meet."""
        with self._connection.cursor() as cursor:
            return _rows(cursor, sql, params)

    def tuples(self, sql: str, *params: Any) -> tuple[list[str], list[tuple[Any, ...]]]:
        """The same as names and tuples: for many rows."""
        with self._connection.cursor() as cursor:
            cursor.execute(sql, list(params))
            return [column[0] for column in cursor.description or ()], cursor.fetchall()

    def arrow(self, sql: str, *params: Any) -> pa.Table:
        """The same by column: for rows that go on to another file as they are."""
        with self._connection.cursor() as cursor:
            return cursor.sql(sql, params=list(params)).to_arrow_table()

    @contextmanager
    def write(self) -> Iterator[Writer]:
        """The one open transaction of this process; rolled back when the block raises."""
        with self._lock, self._connection.cursor() as cursor:
            cursor.execute("BEGIN")
            try:
                writer = Writer(cursor, self._types)
                yield writer
            except BaseException:
                cursor.execute("ROLLBACK")
                raise
            cursor.execute("COMMIT")
            self.version += 1
            self.catalogue_version += writer.catalogue
            self.score_version += writer.scores

    def _migrate(self) -> None:
        known = migrations()
        with self.write() as writer:
            writer.execute("CREATE TABLE IF NOT EXISTS migration (n INTEGER PRIMARY KEY, at_utc TIMESTAMP NOT NULL)")
            done = {row["n"] for row in writer.rows("SELECT n FROM migration")}
            if newer := done - {n for n, _ in known}:
                raise BadInput(f"数据库 {self.path} 由更新的版本写成（结构 {max(newer)}，本程序到 {known[-1][0]}），请升级程序后再打开")
            for n, path in known:
                if n not in done:
                    writer.execute(path.read_text("utf-8"))
                    writer.execute("INSERT INTO migration VALUES (?, ?)", n, datetime.now(UTC).replace(tzinfo=None))
            writer.execute((_HERE / "views.sql").read_text("utf-8"))


def utc(at: datetime) -> datetime:
    """An aware instant as the naive UTC that the database keeps."""
    return at.astimezone(UTC).replace(tzinfo=None)


def aware(at: datetime) -> datetime:
    """What the database keeps, as an aware UTC instant."""
    return at.replace(tzinfo=UTC)


def owner_of(home: Path) -> dict[str, Any] | None:
    """Who has the database open: `pid`, `command`, `since`; None when nobody left a note or that process is gone."""
    try:
        note: dict[str, Any] = json.loads((home / "owner.json").read_text("utf-8"))
        return note if psutil.pid_exists(int(note["pid"])) else None
    except (OSError, ValueError, KeyError):
        return None


def _write_owner(path: Path) -> None:
    note = {"pid": os.getpid(), "command": " ".join(sys.argv)[:200], "since": datetime.now(UTC).isoformat(timespec="seconds")}
    path.write_text(json.dumps(note, ensure_ascii=False), "utf-8")


def _busy(owner: Path, message: str) -> str:
    note = owner_of(owner.parent)
    found = _PID.search(message)
    pid = found.group(1) if found else str(note["pid"]) if note else "未知"
    return f"数据库正被进程 {pid} 占用：网页运行时请在网页中操作（新完成的采集由它每 5 秒自动接收，评分与草稿排名见「评分」「草稿排名」页），或先停止该进程再用命令行"


def _rows(cursor: duckdb.DuckDBPyConnection, sql: str, params: Sequence[Any]) -> list[dict[str, Any]]:
    cursor.execute(sql, list(params))
    names = [column[0] for column in cursor.description or ()]
    return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]


def _line(error: Exception) -> str:
    return " ".join(str(error).split())[:200]
