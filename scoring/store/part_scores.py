"""Imported scores of parts: append-only, the newest of each unit and part is in force."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from scoring.parts import PartInput
from scoring.store.database import Writer, utc
from scoring.store.findings import Readable, decimal, text


@dataclass(frozen=True, slots=True)
class PartScore:
    """One imported score. `value` None: 不涉及. `row`: where it stands in the file."""

    unit: str
    code: str
    value: Decimal | None
    file: str
    sha: str
    row: int

    def input(self, full: Decimal) -> PartInput:
        """As it goes into a part of so many full marks."""
        value = self.value if self.value is not None else Decimal(0)
        return PartInput(self.file, value, value, full if self.value is not None else Decimal(0), sha=self.sha, row=self.row)


def in_force(store: Readable, period: str) -> dict[str, dict[str, PartScore]]:
    """The scores that count, by unit and part."""
    rows = store.rows("SELECT * FROM part_score WHERE period_id = ? ORDER BY seq", period)
    found: dict[str, dict[str, PartScore]] = {}
    for row in rows:
        found.setdefault(row["unit_id"], {})[row["code"]] = PartScore(
            row["unit_id"], row["code"], decimal(row["value"]), row["file"], row["file_sha"], row["row"]
        )
    return found


def add(writer: Writer, period: str, scores: Sequence[PartScore], by: str, at: datetime) -> None:
    """Append imported scores."""
    last: Mapping[tuple[str, str], int] = {
        (row["unit_id"], row["code"]): row["seq"]
        for row in writer.rows("SELECT unit_id, code, max(seq) AS seq FROM part_score WHERE period_id = ? GROUP BY ALL", period)
    }
    rows = [
        {
            "period_id": period,
            "unit_id": one.unit,
            "code": one.code,
            "seq": last.get((one.unit, one.code), 0) + 1,
            "value": text(one.value),
            "file": one.file,
            "file_sha": one.sha,
            "row": one.row,
            "by_name": by,
            "at_utc": utc(at),
        }
        for one in scores
    ]
    writer.insert("part_score", rows)
