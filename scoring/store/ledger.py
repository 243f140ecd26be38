"""What must be provable later: revisions, stored scores, jobs and the audit trail."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from scoring.store.database import Store, Writer, aware, utc


@dataclass(frozen=True, slots=True)
class Revision:
    """A locked state of a period. `file` is the published file's name and `disclosure` its 发布口径, None until published; `editions` maps a group to its edition's sha."""

    period: str
    n: int
    reason: str
    digest: str
    editions: Mapping[str, str]
    engine: str
    file: str | None
    at: datetime
    by: str = ""
    disclosure: str | None = None


@dataclass(frozen=True, slots=True)
class Reopening:
    """Revision `n` of a period was set aside, and why."""

    n: int
    reason: str
    by: str
    at: datetime


def audit(writer: Writer, at: datetime, actor: str, role: str, action: str, what: str, before: object = "", after: object = "") -> None:
    """Append one line to the audit trail; `before` and `after` become JSON unless they are text."""

    def plain(value: object) -> str:
        return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)

    writer.execute(
        'INSERT INTO audit (at_utc, actor, role, "action", object, before, after) VALUES (?, ?, ?, ?, ?, ?, ?)',
        *(utc(at), actor, role, action, what, plain(before), plain(after)),
    )


def trail(store: Store, what: str = "") -> list[dict[str, Any]]:
    """The audit trail, oldest first, of one object or (empty) of all."""
    return store.rows("SELECT * FROM audit WHERE $1 = '' OR object = $1 ORDER BY seq", what)


def add_revision(writer: Writer, revision: Revision, scores: Mapping[str, Sequence[Any]]) -> None:
    """Keep a locked state with its scores (columns of the table `score` without period and revision)."""
    writer.catalogue = True
    writer.execute(
        "INSERT INTO revision (period_id, n, reason, digest, editions, engine, file, at_utc, by_name) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        *(revision.period, revision.n, revision.reason, revision.digest, json.dumps(dict(revision.editions), ensure_ascii=False), revision.engine),
        *(revision.file, utc(revision.at), revision.by),
    )
    count = len(scores["unit_id"])
    writer.take_in("score", {"period_id": [revision.period] * count, "revision": [revision.n] * count, **scores})


def set_file(writer: Writer, period: str, n: int, file: str, disclosure: str) -> None:
    """Note where and how far a revision was published."""
    writer.catalogue = True
    writer.execute("UPDATE revision SET file = ?, disclosure = ? WHERE period_id = ? AND n = ?", file, disclosure, period, n)


def reopen(writer: Writer, period: str, reopening: Reopening) -> None:
    """Note that a revision was set aside."""
    writer.catalogue = True
    writer.execute("INSERT INTO reopening VALUES (?, ?, ?, ?, ?)", period, reopening.n, reopening.reason, reopening.by, utc(reopening.at))


def reopenings(store: Store, period: str) -> list[Reopening]:
    """The revisions of a period that were set aside, oldest first."""
    rows = store.rows("SELECT * FROM reopening WHERE period_id = ? ORDER BY at_utc, n", period)
    return [Reopening(row["n"], row["reason"], row["by_name"], aware(row["at_utc"])) for row in rows]


def revisions(store: Store, period: str) -> list[Revision]:
    """The locked states of a period, oldest first."""
    return [
        Revision(
            *(row["period_id"], row["n"], row["reason"], row["digest"], json.loads(row["editions"]), row["engine"], row["file"], aware(row["at_utc"])),
            *(row["by_name"] or "", row["disclosure"]),
        )
        for row in store.rows("SELECT * FROM revision WHERE period_id = ? ORDER BY n", period)
    ]


def scores(store: Store, period: str, n: int) -> list[dict[str, Any]]:
    """The stored scores of a revision."""
    return store.rows("SELECT unit_id, code, lower, upper, total, coverage FROM score WHERE period_id = ? AND revision = ? ORDER BY unit_id, code", period, n)


def add_job(writer: Writer, job: str, kind: str, owner: str, unit: str, title: str, at: datetime) -> None:
    """Note that a job was started."""
    writer.execute("INSERT INTO job VALUES (?, ?, ?, ?, ?, ?)", job, kind, owner, unit, title, utc(at))


def jobs_of(store: Store, owner: str, kind: str, limit: int) -> list[str]:
    """The newest jobs of an owner and a kind."""
    return [row["job_id"] for row in store.rows("SELECT job_id FROM job WHERE owner = ? AND kind = ? ORDER BY started DESC LIMIT ?", owner, kind, limit)]
