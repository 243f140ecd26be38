"""What a file is that somebody took for a published one."""

from pathlib import Path

import duckdb

_EXAMPLE = "发布文件是本程序发布的 .duckdb 文件，如 2026Q1-r1-0123456789ab.duckdb"


def not_published(path: Path) -> str:
    """Why a file cannot be a published one, in Chinese; empty when it may be (whole or damaged)."""
    try:
        with path.open("rb") as file:
            begins = file.read(12)[8:]  # after a checksum of eight bytes
    except OSError:
        return ""  # that it cannot be read is said by whoever reads it
    if begins != b"DUCK":
        return f"{path} 不是发布文件：不是 DuckDB 数据库。{_EXAMPLE}"
    try:
        with duckdb.connect(str(path), read_only=True) as connection:
            tables = {str(name) for (name,) in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
    except duckdb.Error:
        return ""
    return "" if {"meta", "period_group"} <= tables else f"{path} 不是发布文件：是 DuckDB 数据库，但没有发布文件的表。{_EXAMPLE}"
