"""The life of a period: its stages, its 送审稿 and who read them. All append-only."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from scoring.store.database import Store, Writer, aware, utc


@dataclass(frozen=True, slots=True)
class StageRow:
    """A stage that was entered. `stage` is its value."""

    stage: str
    note: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Submission:
    """送审稿 `n` of a period. `digest` is that of the results as they then stood, `file` its name."""

    period: str
    n: int
    approvers: tuple[str, ...]
    note: str
    digest: str
    file: str
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Reading:
    """Somebody looked at a 送审稿 or took it away; `what` says which."""

    n: int
    reader: str
    what: str
    at: datetime


def add_stage(writer: Writer, period: str, stage: str, note: str, by: str, at: datetime) -> None:
    """Note that a stage began."""
    seq = writer.rows("SELECT coalesce(max(seq), 0) + 1 AS n FROM stage WHERE period_id = ?", period)[0]["n"]
    writer.execute("INSERT INTO stage VALUES (?, ?, ?, ?, ?, ?)", period, seq, stage, note, by, utc(at))


def stages(store: Store, period: str) -> list[StageRow]:
    """The stages of a period, oldest first."""
    rows = store.rows("SELECT * FROM stage WHERE period_id = ? ORDER BY seq", period)
    return [StageRow(row["stage"], row["note"], row["by_name"], aware(row["at_utc"])) for row in rows]


def add_submission(writer: Writer, made: Submission) -> None:
    """Keep a 送审稿."""
    names = json.dumps(made.approvers, ensure_ascii=False)
    writer.execute(
        "INSERT INTO submission VALUES (?, ?, ?, ?, ?, ?, ?, ?)", made.period, made.n, names, made.note, made.digest, made.file, made.by, utc(made.at)
    )


def submissions(store: Store, period: str | None = None) -> list[Submission]:
    """The 送审稿 of a period (or of all), newest first."""
    rows = store.rows("SELECT * FROM submission WHERE $1 IS NULL OR period_id = $1 ORDER BY at_utc DESC, n DESC", period)
    return [
        Submission(
            row["period_id"], row["n"], tuple(json.loads(row["approvers"])), row["note"], row["digest"], row["file"], row["by_name"], aware(row["at_utc"])
        )
        for row in rows
    ]


def add_reading(writer: Writer, period: str, reading: Reading) -> None:
    """Note a reading."""
    writer.execute("INSERT INTO submission_reading VALUES (?, ?, ?, ?, ?)", period, reading.n, reading.reader, reading.what, utc(reading.at))


def readings(store: Store, period: str) -> Sequence[Reading]:
    """Who read the 送审稿 of a period, newest first."""
    rows = store.rows("SELECT * FROM submission_reading WHERE period_id = ? ORDER BY at_utc DESC, n DESC", period)
    return [Reading(row["n"], row["reader"], row["what"], aware(row["at_utc"])) for row in rows]
