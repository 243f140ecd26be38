"""The only SQL: a DuckDB file per home, its migrations and views, and the files of published results."""

from scoring.store.database import Store, Writer, aware, owner_of, utc

__all__ = ["Store", "Writer", "aware", "owner_of", "utc"]
