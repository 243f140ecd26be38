"""Files of published results: written once under a name that is never used again, then only read."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import duckdb

from scoring.errors import BadInput
from scoring.store.database import Writer

FORMAT = 1
_SCHEMA = Path(__file__).with_name("published.sql")


class PublishedFile:
    """One file, opened for each read and closed after it; `rows` has the shape of `Store.rows`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def rows(self, sql: str, *params: Any) -> list[dict[str, Any]]:
        """Read. Raises BadInput when the file is damaged or newer than this program."""
        try:
            with duckdb.connect(str(self.path), read_only=True) as connection:
                return Writer(connection).rows(sql, *params)
        except duckdb.Error as error:
            raise BadInput(f"无法读取发布文件 {self.path}（{' '.join(str(error).split())[:120]}），请从备份恢复该文件") from error

    def meta(self) -> dict[str, str]:
        """The file's header."""
        found = {row["key"]: row["value"] for row in self.rows("SELECT * FROM meta")}
        if int(found["format"]) > FORMAT:
            raise BadInput(f"发布文件 {self.path} 的格式 {found['format']} 比本程序新，请升级程序后再读取")
        return found


def write(path: Path, meta: Mapping[str, str], tables: Mapping[str, Sequence[Mapping[str, Any]]]) -> None:
    """Write a new file."""
    with duckdb.connect(str(path)) as connection:
        writer = Writer(connection)
        writer.execute(_SCHEMA.read_text("utf-8"))
        writer.execute("BEGIN")
        writer.insert("meta", [{"key": key, "value": value} for key, value in {"format": str(FORMAT), **meta}.items()])
        for table, rows in tables.items():
            writer.insert(table, rows)
        writer.execute("COMMIT")
        writer.execute("CHECKPOINT")


def name_of(period: str, revision: int, digest: str) -> str:
    """The name under which a revision is published."""
    return f"{period}-r{revision}-{digest[:12]}.duckdb"


def newest(folder: Path) -> dict[str, Path]:
    """The file of the newest revision of each period."""
    best: dict[str, tuple[int, Path]] = {}
    for path in folder.glob("*-r*-*.duckdb"):
        period, revision, _ = path.stem.rsplit("-", 2)
        number = int(revision.removeprefix("r"))
        if number > best.get(period, (0, path))[0]:
            best[period] = number, path
    return {period: path for period, (_, path) in best.items()}
