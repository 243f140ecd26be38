"""依申请公开模拟测试台账: append-only; the newest row of a case is the case."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from scoring.facts import Attachment, Channel, Regular, RequestCase
from scoring.store.database import Store, Writer, aware, utc
from scoring.store.findings import SeqConflict

_PLAIN = ("applied", "what", "registered", "supplement", "supplemented", "extended", "consult_from", "consult_to", "answered", "served", "served_right")
_NEWEST = "SELECT * FROM request_case QUALIFY row_number() OVER (PARTITION BY case_id ORDER BY seq DESC) = 1 ORDER BY applied, case_id"


def all_cases(store: Store) -> list[RequestCase]:
    """Every case as it stands, by the day of its application."""
    return [_case(row) for row in store.rows(_NEWEST)]


def history(store: Store, case: str) -> list[RequestCase]:
    """Every entry of one case, oldest first."""
    return [_case(row) for row in store.rows("SELECT * FROM request_case WHERE case_id = ? ORDER BY seq", case)]


def last_number(writer: Writer, prefix: str) -> int:
    """How many cases have an id of this beginning."""
    return int(writer.rows("SELECT count(DISTINCT case_id) AS n FROM request_case WHERE starts_with(case_id, ?)", prefix)[0]["n"])


def add(writer: Writer, case: RequestCase, at: datetime) -> None:
    """Append an entry. Raises SeqConflict when another was first."""
    actual = int(writer.rows("SELECT coalesce(max(seq), 0) AS n FROM request_case WHERE case_id = ?", case.id)[0]["n"])
    if actual != case.seq - 1:
        raise SeqConflict(actual)
    row: dict[str, Any] = {"case_id": case.id, "seq": case.seq, "unit_id": case.unit, "channel": case.channel.value}
    row |= {name: getattr(case, name) for name in _PLAIN}
    row |= {
        "regular": case.regular.value if case.regular else None,
        "notes": case.notes,
        "attachments": json.dumps([[one.name, one.sha256, one.size] for one in case.attachments], ensure_ascii=False),
        "withdrawn": case.withdrawn,
        "why": case.why,
        "by_name": case.by,
        "at_utc": utc(at),
    }
    writer.insert("request_case", [row])


def _case(row: Mapping[str, Any]) -> RequestCase:
    return RequestCase(
        id=row["case_id"],
        unit=row["unit_id"],
        seq=row["seq"],
        channel=Channel(row["channel"]),
        regular=Regular(row["regular"]) if row["regular"] else None,
        notes=row["notes"],
        attachments=tuple(Attachment(*one) for one in json.loads(row["attachments"])),
        withdrawn=row["withdrawn"],
        why=row["why"],
        by=row["by_name"],
        at=aware(row["at_utc"]),
        **{name: row[name] for name in _PLAIN},
    )
