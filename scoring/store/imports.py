"""Imported values: append-only; of each (period, unit, source, code) the newest is in force."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from scoring.facts import ImportedValue
from scoring.store.database import Store, Writer, aware, utc
from scoring.store.findings import decimal, text


def in_force(store: Store, period: str) -> dict[str, list[ImportedValue]]:
    """The values that count, by unit."""
    rows = store.rows(
        "SELECT * FROM import_value WHERE period_id = ? QUALIFY row_number() OVER (PARTITION BY unit_id, source, code ORDER BY seq DESC) = 1 ORDER BY unit_id, code, source",
        period,
    )
    found: dict[str, list[ImportedValue]] = {}
    for row in rows:
        found.setdefault(row["unit_id"], []).append(_value(row))
    return found


def history(store: Store, period: str, unit: str, code: str) -> list[ImportedValue]:
    """Every value ever imported for one leaf of one unit, oldest first."""
    return [_value(row) for row in store.rows("SELECT * FROM import_value WHERE period_id = ? AND unit_id = ? AND code = ? ORDER BY seq", period, unit, code)]


def add(writer: Writer, values: Sequence[tuple[str, ImportedValue]], at: datetime) -> None:
    """Append values, each with its unit."""
    writer.insert(
        "import_value",
        [
            {
                "period_id": one.period,
                "unit_id": unit,
                "source": one.source,
                "code": one.code,
                "seq": one.seq,
                "value": text(one.value),
                "level": one.level,
                "weight": str(one.weight),
                "file": one.file,
                "file_sha": one.file_sha,
                "row": one.row,
                "by_name": one.by,
                "at_utc": utc(at),
            }
            for unit, one in values
        ],
    )


def _value(row: Mapping[str, Any]) -> ImportedValue:
    weight = decimal(row["weight"])
    if weight is None:
        raise ValueError(row)
    return ImportedValue(
        period=row["period_id"],
        code=row["code"],
        source=row["source"],
        value=decimal(row["value"]),
        level=row["level"],
        weight=weight,
        seq=row["seq"],
        file=row["file"],
        file_sha=row["file_sha"],
        row=row["row"],
        by=row["by_name"],
        at=aware(row["at_utc"]),
    )
